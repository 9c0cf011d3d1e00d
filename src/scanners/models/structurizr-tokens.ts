import type { Spot } from './model.ts';

/** A statement of the Structurizr DSL: the words of one line. */
export interface Statement extends Spot {
  /** Without quotes. */
  readonly words: readonly string[];
  /** Whether it ends with a brace that opens a block. */
  readonly opens: boolean;
  /** A brace that closes one, alone on its line. */
  readonly closes: boolean;
}

const mostStatements = 200_000;
const longestWord = 10_000;

/**
 * Cuts a text of the Structurizr DSL into statements: one a line, where a backslash at its end goes on,
 * `"""` begins a text of many lines, and `//`, `#` and the likes begin comments.
 */
export function* readStatements(text: string): Generator<Statement> {
  const lines = text.split(/\r\n|\r|\n/);
  let isComment = false;
  let count = 0;
  for (let at = 0; at < lines.length && count < mostStatements; at++) {
    const line = at + 1;
    let content = lines[at] ?? '';
    if (isComment) {
      const end = content.indexOf('*/');
      if (end < 0) continue;
      content = content.slice(end + 2);
      isComment = false;
    }
    if (/^\s*\/\*/.test(content)) {
      const end = content.indexOf('*/');
      isComment = end < 0;
      if (isComment) continue;
      content = content.slice(end + 2);
    }
    if (/^\s*(?:\/\/|#)/.test(content) || content.trim() === '') continue;
    while (/\\\s*$/.test(content) && at + 1 < lines.length && content.length < longestWord)
      content = `${content.replace(/\\\s*$/, '')}${(lines[++at] ?? '').trimStart()}`;
    const block = content.indexOf('"""');
    if (block >= 0) {
      const rest = [content.slice(block + 3)];
      while (at + 1 < lines.length && !rest.at(-1)?.includes('"""')) rest.push(lines[++at] ?? '');
      content = `${content.slice(0, block)}"…"`;
    }
    const words = cutWords(content);
    count++;
    const column = content.length - content.trimStart().length + 1;
    const opens = words.at(-1) === '{';
    yield {
      line,
      column,
      words: (opens ? words.slice(0, -1) : words).map(unquote),
      opens,
      closes: words.length === 1 && words[0] === '}',
    };
  }
}

function cutWords(content: string): string[] {
  return (content.slice(0, longestWord * 4).match(/"(?:\\.|[^"\\])*"?|[^\s"]+/g) ?? []).filter(
    (word) => word !== '',
  );
}

function unquote(word: string): string {
  if (!word.startsWith('"')) return word;
  return word
    .slice(1, word.length > 1 && word.endsWith('"') ? -1 : undefined)
    .replaceAll('\\"', '"');
}
