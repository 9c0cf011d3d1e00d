/** A word of an Apache configuration without its quotes, and where it stands (1-based). */
export interface ApacheWord {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** `Name argument argument`, or a section: the words in its angle brackets and what stands inside. */
export interface ApacheDirective {
  readonly words: readonly ApacheWord[];
  /** Absent: no section. */
  readonly block?: readonly ApacheDirective[];
}

const mostLines = 50_000;
const longestLine = 10_000;
const mostArguments = 200;
const deepest = 50;

/**
 * The directives of an Apache configuration as a tree. Lines that end in a backslash go on in the
 * next one. Broken text gives what could be read: unclosed sections end with the file.
 */
export function readApacheDirectives(text: string): ApacheDirective[] {
  const root: ApacheDirective[] = [];
  const open: { name: string; block: ApacheDirective[] }[] = [{ name: '', block: root }];
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/, mostLines);
  for (let index = 0; index < lines.length; index++) {
    const parts = [lines[index] ?? ''];
    const first = index;
    if (/^\s*(?:#|$)/.test(parts[0] ?? '')) continue;
    while (parts.at(-1)?.endsWith('\\') && index + 1 < lines.length && parts.length < 500) {
      parts[parts.length - 1] = parts.at(-1)?.slice(0, -1) ?? '';
      parts.push(lines[++index] ?? '');
    }
    addDirective(readWords(parts, first + 1), open);
  }
  return root;
}

function addDirective(
  words: readonly ApacheWord[],
  open: { name: string; block: ApacheDirective[] }[],
): void {
  const [head, ...rest] = words;
  if (!head) return;
  const siblings = open.at(-1)?.block;
  if (head.text.startsWith('</')) {
    const name = head.text.slice(2).replace(/>$/, '').toLowerCase();
    const at = open.findLastIndex((section) => section.name === name);
    if (at > 0) open.splice(at);
  } else if (head.text.startsWith('<')) {
    const own = [head, ...rest].map((word, index) => ({
      ...word,
      text: index === 0 ? word.text.slice(1) : word.text,
    }));
    const inside = own
      .map((word, index) =>
        index === own.length - 1 ? { ...word, text: word.text.replace(/>$/, '') } : word,
      )
      .filter((word) => word.text !== '');
    const block: ApacheDirective[] = [];
    siblings?.push({ words: inside, block });
    if (open.length <= deepest) open.push({ name: inside[0]?.text.toLowerCase() ?? '', block });
  } else siblings?.push({ words });
}

/** The words of a line and of those it goes on in; a backslash guards a quote inside quotes. */
function readWords(parts: readonly string[], first: number): ApacheWord[] {
  const pattern = /"((?:[^"\\]|\\.)*)"(?=[\s>]|$)|'((?:[^'\\]|\\.)*)'(?=[\s>]|$)|\S+/g;
  const words: ApacheWord[] = [];
  let part = 0;
  let start = 0;
  for (const match of parts.join('').slice(0, longestLine).matchAll(pattern)) {
    if (words.length >= mostArguments) break;
    while (part + 1 < parts.length && match.index >= start + (parts[part]?.length ?? 0))
      start += parts[part++]?.length ?? 0;
    const [whole, double, single] = match;
    const text = double ?? single;
    words.push({
      text: text === undefined ? whole : text.replace(/\\(["'\\])/g, '$1'),
      line: first + part,
      column: match.index - start + 1,
    });
  }
  return words;
}
