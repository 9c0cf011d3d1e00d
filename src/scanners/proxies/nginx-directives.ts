/** A word of an nginx configuration, quotes and escapes undone, and where it stands (1-based). */
export interface NginxWord {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** `name argument argument;`, or a block: the words before its brace and what stands inside. */
export interface NginxDirective {
  readonly words: readonly NginxWord[];
  /** Absent: no block. */
  readonly block?: readonly NginxDirective[];
}

const mostWords = 100_000;
const mostArguments = 2_000;
const deepest = 50;

/**
 * The directives of an nginx configuration as a tree. Broken text gives what could be read:
 * unclosed blocks end with the file, and what nests deeper than 50 blocks is left out.
 */
export function readNginxDirectives(text: string): NginxDirective[] {
  const root: NginxDirective[] = [];
  const open: NginxDirective[][] = [root];
  let tooDeep = 0;
  let words: NginxWord[] = [];
  for (const { sign, ...word } of readWords(text)) {
    if (sign === undefined) {
      if (words.length < mostArguments) words.push(word);
      continue;
    }
    const siblings = open.at(-1) ?? root;
    if (sign === ';') {
      if (words.length > 0 && tooDeep === 0) siblings.push({ words });
    } else if (sign === '{') {
      if (open.length > deepest) tooDeep++;
      else {
        const block: NginxDirective[] = [];
        siblings.push({ words, block });
        open.push(block);
      }
    } else if (tooDeep > 0) tooDeep--;
    else if (open.length > 1) open.pop();
    words = [];
  }
  return root;
}

interface Piece extends NginxWord {
  /** One of `; { }` that stood there without quotes. */
  readonly sign?: string;
}

const piece =
  /(\n)|[^\S\n]+|#[^\n]*|([;{}])|"((?:[^"\\]|\\.){0,4000})"|'((?:[^'\\]|\\.){0,4000})'|((?:\$\{[^{}\s]{0,100}\}|\\.|[^\s;{}\\]){1,4000})|\\/gsy;

function* readWords(text: string): Iterable<Piece> {
  const pattern = new RegExp(piece);
  let line = 1;
  let lineStart = 0;
  let count = 0;
  let lua = false;
  while (pattern.lastIndex < text.length && count < mostWords) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) {
      pattern.lastIndex = at + 1;
      continue;
    }
    const [whole, newline, sign, double, single, plain] = match;
    if (newline) {
      line++;
      lineStart = at + 1;
      continue;
    }
    const column = at - lineStart + 1;
    const word = double ?? single ?? plain;
    if (word !== undefined) {
      count++;
      lua = plain?.endsWith('_by_lua_block') ?? false;
      yield { text: plain ?? undoEscapes(word), line, column };
    } else if (sign !== undefined) {
      count++;
      yield { text: sign, line, column, sign };
      // Lua has other quotes and comments, and none of it is a directive.
      if (sign === '{' && lua) pattern.lastIndex = endOfLua(text, at);
      lua = false;
    }
    const passed =
      pattern.lastIndex > at + whole.length ? text.slice(at, pattern.lastIndex) : whole;
    for (let found = passed.indexOf('\n'); found >= 0; found = passed.indexOf('\n', found + 1)) {
      line++;
      lineStart = at + found + 1;
    }
  }
}

/** In quotes, a backslash guards the quote; in a regex it must stay. */
function undoEscapes(quoted: string): string {
  return quoted.includes('\\') ? quoted.replace(/\\(["'])/g, '$1') : quoted;
}

/** The brace that closes a block of Lua, or the end of the text. */
function endOfLua(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const sign = text[at];
    if (sign === '{') depth++;
    else if (sign === '}') {
      if (--depth === 0) return at;
    } else if (sign === '-' && text[at + 1] === '-') {
      const end = text.indexOf('\n', at);
      if (end < 0) return text.length;
      at = end;
    } else if (sign === '"' || sign === "'") {
      for (at++; at < text.length && text[at] !== sign && text[at] !== '\n'; at++)
        if (text[at] === '\\') at++;
    }
  }
  return text.length;
}
