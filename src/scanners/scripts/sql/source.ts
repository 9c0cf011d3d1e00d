import { type Token, tokenize } from './tokens.ts';

/** A text taken apart, and where its parts stand in the file. */
export interface Source {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The offset in the file of an offset in this text. */
  readonly place: (offset: number) => number;
}

/** Statements are long, but what says where data goes stands near their beginning. */
const maxLookAhead = 600;

/** Takes the text of a file apart. */
export function openSource(text: string): Source {
  return { text, tokens: tokenize(text), place: (offset) => offset };
}

/** Takes a statement inside a text apart; `place` says where its parts stand in the file. */
export function openInnerSource(text: string, place: (offset: number) => number): Source {
  return { text, tokens: tokenize(text), place };
}

/** Whether the tokens at an index are these words and symbols. */
export function matches(tokens: readonly Token[], index: number, words: string): boolean {
  return words.split(' ').every((word, offset) => {
    const token = tokens[index + offset];
    return token !== undefined && (token.word || token.text) === word && token.kind !== 'text';
  });
}

/** The first of these words from an index to the end of its statement, at any depth. */
export function findWord(
  tokens: readonly Token[],
  from: number,
  words: readonly string[],
  limit: number = maxLookAhead,
): number | undefined {
  const last = Math.min(tokens.length, from + limit);
  for (let index = from; index < last; index++) {
    const token = tokens[index];
    if (!token || (token.kind === 'symbol' && token.text === ';')) return undefined;
    if (token.word !== '' && words.includes(token.word)) return index;
  }
  return undefined;
}

/** A name of one or more parts; a part may be missing, as in `server.db..table`. */
export interface DottedName {
  readonly parts: readonly string[];
  /** The index behind it. */
  readonly end: number;
  readonly isQuoted: boolean;
}

/** Reads `a.b.c`; parts may be filled in by a client. */
export function readName(tokens: readonly Token[], index: number): DottedName | undefined {
  const parts: string[] = [];
  let isQuoted = false;
  let at = index;
  while (parts.length < 8) {
    const token = tokens[at];
    if (token && isNamePart(token)) {
      // A backtick pair may hold the whole path.
      isQuoted ||= token.kind === 'name';
      parts.push(token.text);
      at++;
      if (tokens[at]?.text !== '.' || tokens[at]?.kind !== 'symbol') break;
      at++;
    } else if (parts.length > 0 && token?.kind === 'symbol' && token.text === '.') {
      parts.push('');
      at++;
    } else break;
  }
  return parts.length === 0 || parts.at(-1) === '' ? undefined : { parts, end: at, isQuoted };
}

function isNamePart({ kind, text }: Token): boolean {
  return (
    kind === 'word' || kind === 'name' || (kind === 'variable' && !text.startsWith('@')) || false
  );
}

/** Options of a statement: `KEY = 'value'`, `key 'value'`, `'key' = 'value'` → index of the value. */
export function readOptions(
  tokens: readonly Token[],
  from: number,
  limit: number = maxLookAhead,
): ReadonlyMap<string, number> {
  const options = new Map<string, number>();
  const last = Math.min(tokens.length, from + limit);
  for (let index = from; index < last; index++) {
    const token = tokens[index];
    if (!token || (token.kind === 'symbol' && token.text === ';')) break;
    const isText = token.kind === 'text' || token.kind === 'name';
    const key = token.word || (isText ? token.text.toLowerCase() : '');
    if (key === '' || key.length > 80) continue;
    let value = index + 1;
    const sign = tokens[value];
    const isAssigned = sign?.kind === 'symbol' && /^(?:=|=>|:=)$/.test(sign.text);
    if (isAssigned) value++;
    // A list counts by its first item.
    while (/^[([]$/.test(tokens[value]?.text ?? '') && isAssigned) value++;
    const found = tokens[value];
    const holds =
      found !== undefined &&
      (found.kind === 'text' ||
        found.kind === 'variable' ||
        (isAssigned && found.kind !== 'symbol') ||
        (found.kind === 'name' && !isText));
    if (!holds || (isText && !isAssigned) || options.has(key)) continue;
    options.set(key, value);
  }
  return options;
}

/** Finds line and column of an offset. */
export function toPositions(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

/** A name as the database compares it. */
export function foldName(name: string): string {
  return name.replace(/["[\]`]/g, '').toLowerCase();
}
