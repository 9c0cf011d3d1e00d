/** A line longer than this is cut: no access log holds one, and memory must stay bounded. */
const maxLineBytes = 1024 * 1024;

/** One line and its number from 1; `cut` where it was longer than the bound. */
export interface Line {
  readonly text: string;
  readonly number: number;
  readonly cut: boolean;
}

/** Cuts chunks of bytes into lines, in constant memory. Invalid UTF-8 becomes replacement characters. */
export async function* readLines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Line> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let cut = false;
  let number = 0;
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      number++;
      yield toLine(rest + text.slice(start, end), number, cut);
      rest = '';
      cut = false;
      start = end + 1;
    }
    if (rest.length < maxLineBytes) rest += text.slice(start);
    if (rest.length >= maxLineBytes) {
      rest = rest.slice(0, maxLineBytes);
      cut = true;
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield toLine(rest, number + 1, cut);
}

function toLine(text: string, number: number, cut: boolean): Line {
  // A log that was cut while its writer held it open begins with zeros.
  let start = 0;
  while (text.charCodeAt(start) === 0) start++;
  return {
    text: text.slice(start, text.endsWith('\r') ? -1 : undefined),
    number,
    cut: cut || text.length >= maxLineBytes,
  };
}
