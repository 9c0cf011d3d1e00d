/** One line of a text file; without a text where it is too long to be read. */
export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string | undefined;
}

/**
 * The lines of a file that comes in chunks. Memory is bounded by the longest line that is allowed.
 * @param mostBytes longer lines come without a text
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  mostBytes: number,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8');
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  const take = (part: Uint8Array): void => {
    length += part.length;
    if (length <= mostBytes) parts.push(part.slice());
    else parts = [];
  };
  const finish = (): Line => {
    number++;
    const text = length > mostBytes ? undefined : decoder.decode(Buffer.concat(parts));
    parts = [];
    length = 0;
    return { number, text };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      take(chunk.subarray(start, end));
      yield finish();
      start = end + 1;
    }
    if (start < chunk.length) take(chunk.subarray(start));
  }
  if (length > 0) yield finish();
}
