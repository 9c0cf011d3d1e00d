import { writeHole } from '../program/open-text.ts';

/**
 * `word`: a bare name. `name`: one in `"`, `[ ]` or backticks. `text`: a literal, quotes undone.
 * `variable`: of a client or a template (`:'x'`, `&x`, `$(x)`) or of T-SQL (`@x`), as a hole where
 * the client fills it. `line`: a line for the client, such as `\connect` or `:r`.
 */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'variable' | 'symbol' | 'line';
  readonly text: string;
  /** Lower case for a bare word, else empty. */
  readonly word: string;
  readonly at: number;
  readonly end: number;
  /** Where a text begins inside its quotes. */
  readonly inner?: number;
}

const blank = /[\s\u00A0\uFEFF]+/y;
const wordPattern = /[\p{L}_][\p{L}\p{N}_$#]*/uy;
const numberPattern = /\d[\d.]*(?:e[+-]?\d+)?/iy;
const dollarTag = /\$[A-Za-z_]{0,40}\$/y;
/** `:'x'`, `:"x"`, `:x`, `&x.`, `&&x`, `$(x)`, `${x}`, `$x`; the name is in one of the groups. */
const clientVariable =
  /:(['"])(\w{1,80})\1|:(?=[A-Za-z_])(\w{1,80})|&&?([A-Za-z_]\w{0,79})\.?|\$\((\w{1,80})\)|\$\{([^{}\n]{1,200})\}|\$([A-Za-z_]\w{0,79})/y;
const templateVariable = /\{\{([^{}]{0,400})\}\}/y;
const templateBlock = /\{%[^{}]{0,2000}%\}|\{#[^{}]{0,4000}#\}/y;
const hole = /\{[^{}\n]{1,300}\}/y;
const serverVariable = /@@?[\p{L}_#][\p{L}\p{N}_$#@]*/uy;
const bracketName = /\[([^[\]\n'"]{1,128})\]/y;
/** A prefix that makes the text behind it one of its own kind: `N'…'`, `E'…'`, `q'[…]'`. */
const textPrefix = /(?:n|e|b|x|r|u&|nq|q)(?=')/iy;
const clientLine =
  /\\[^\n]{0,4000}|!{1,2}[^\n]{0,4000}|:(?:r|connect|setvar|!!)\b[^\n]{0,4000}|def(?:ine)?\s+\w{1,80}\s*=[^\n]{0,4000}/iy;
const remark = /(?:rem(?:ark)?|prompt|pro)(?=\s|$)[^\n]*/iy;

/** Takes SQL apart, in any dialect. Comments, remarks and rows of data behind `COPY … FROM stdin` are left out. */
export function tokenize(source: string): Token[] {
  const text = blankRows(source);
  const tokens: Token[] = [];
  const isMysql = /\bengine\s{0,3}=|^delimiter\s/im.test(text);
  const hasTemporaryTables = /\b(?:from|into|join|table|update)\s{1,9}#\w/i.test(text);
  let at = 0;
  let isLineStart = true;

  const match = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text) ?? undefined;
  };
  const add = (kind: Token['kind'], value: string, end: number, inner?: number): void => {
    tokens.push({
      kind,
      text: value,
      word: kind === 'word' ? value.toLowerCase() : '',
      at,
      end,
      ...(inner === undefined ? {} : { inner }),
    });
    at = end;
    isLineStart = false;
  };
  const skipLine = (): void => {
    const end = text.indexOf('\n', at);
    at = end < 0 ? text.length : end;
  };
  const touches = (): boolean => {
    const last = tokens.at(-1);
    return last !== undefined && last.end === at && last.kind !== 'symbol';
  };

  while (at < text.length) {
    const space = match(blank);
    if (space) {
      if (space[0].includes('\n')) isLineStart = true;
      at += space[0].length;
      continue;
    }
    const character = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (skipComment(character, next)) continue;
    if (isLineStart && isStatementStart() && match(remark)) skipLine();
    else if (isLineStart && isClientLine(character)) {
      const line = match(clientLine)?.[0] ?? character;
      add('line', line.trim(), at + line.length);
    } else if (character === "'") readQuoted(at, false);
    else if (match(textPrefix)) {
      const prefix = match(textPrefix)?.[0] ?? '';
      if (/q$/i.test(prefix)) readAlternative(at + prefix.length);
      else readQuoted(at + prefix.length, /^[er]$/i.test(prefix));
    } else if (character === '"' || character === '`') readName(character);
    else if (character === '$' && match(dollarTag)) readDollars(match(dollarTag)?.[0] ?? '$$');
    else readRest(character);
  }
  return tokens;

  function skipComment(character: string, next: string): boolean {
    if (character === '/' && next === '*') {
      const end = text.indexOf('*/', at + 2);
      at = end < 0 ? text.length : end + 2;
      return true;
    }
    if (!(character === '-' && next === '-') && !(character === '#' && isRemark(next)))
      return false;
    skipLine();
    return true;
  }

  function isStatementStart(): boolean {
    const last = tokens.at(-1);
    return last === undefined || /^[;/]$/.test(last.text) || last.kind === 'line';
  }

  /** A line that begins with `!` runs a command, unless it goes on with `!= x`. */
  function isClientLine(character: string): boolean {
    return match(clientLine) !== undefined && (character !== '!' || isStatementStart());
  }

  /** `#` begins a comment in MySQL and in scripts that are put together; `#t` is a table in T-SQL. */
  function isRemark(next: string): boolean {
    if (/\w/.test(next)) return isLineStart && !hasTemporaryTables;
    return isLineStart || (isMysql && /\s/.test(next));
  }

  function readQuoted(open: number, hasEscapes: boolean): void {
    let end = open + 1;
    for (; end < text.length; end++) {
      if (text[end] === '\\' && (hasEscapes || isEscapedQuote(end))) end++;
      else if (text[end] === "'") {
        if (text[end + 1] !== "'") break;
        end++;
      }
    }
    const inner = text.slice(open + 1, end);
    add('text', undouble(hasEscapes ? inner.replaceAll("\\'", "''") : inner), end + 1, open + 1);
  }

  /** `it\'s`, but not the end of `C:\folder\'`. */
  function isEscapedQuote(backslash: number): boolean {
    return text[backslash + 1] === "'" && /[\p{L}\p{N}]/u.test(text[backslash + 2] ?? '');
  }

  /** `q'[…]'` and its like. */
  function readAlternative(open: number): void {
    const delimiter = text[open + 1] ?? '';
    const closing = { '[': ']', '(': ')', '{': '}', '<': '>' }[delimiter] ?? delimiter;
    const end = text.indexOf(`${closing}'`, open + 2);
    const stop = end < 0 ? text.length : end;
    add('text', text.slice(open + 2, stop), Math.min(text.length, stop + 2), open + 2);
  }

  function readDollars(tag: string): void {
    const start = at + tag.length;
    const end = text.indexOf(tag, start);
    const stop = end < 0 ? text.length : end;
    add('text', text.slice(start, stop), Math.min(text.length, stop + tag.length), start);
  }

  function readName(quote: string): void {
    const triple = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    const end = text.indexOf(triple, at + triple.length);
    // A quote that is never closed must not swallow the rest of the file.
    if (end < 0 || end - at > 8_000) add('symbol', quote, at + 1);
    else add('name', text.slice(at + triple.length, end), end + triple.length, at + triple.length);
  }

  function readRest(character: string): void {
    const template = match(templateVariable);
    if (template) {
      add('variable', readTemplate(template[1] ?? ''), at + template[0].length);
      return;
    }
    const block = match(templateBlock);
    if (block) {
      at += block[0].length;
      return;
    }
    const variable = text[at - 1] === ':' ? undefined : match(clientVariable);
    if (variable) {
      const name = variable.slice(2).find((group) => group !== undefined) ?? '';
      add('variable', writeHole(toHole(name)), at + variable[0].length);
      return;
    }
    const filled = match(hole);
    if (filled) add('variable', filled[0], at + filled[0].length);
    else if (character === '@' && !touches() && match(serverVariable)) {
      const name = match(serverVariable)?.[0] ?? '@';
      add('variable', name, at + name.length);
    } else if (character === '[' && !touches() && match(bracketName)) {
      const name = match(bracketName);
      add('name', name?.[1] ?? '', at + (name?.[0].length ?? 1), at + 1);
    } else if (match(wordPattern)) {
      const word = match(wordPattern)?.[0] ?? character;
      add('word', word, at + word.length);
    } else if (match(numberPattern)) {
      const number = match(numberPattern)?.[0] ?? character;
      add('number', number, at + number.length);
    } else {
      const double = /^(?:\|\||:=|=>|::|<=|>=|<>|!=)$/.test(text.slice(at, at + 2));
      add('symbol', text.slice(at, at + (double ? 2 : 1)), at + (double ? 2 : 1));
    }
  }
}

/**
 * Undoes doubled quotes and keeps every offset, for a statement inside a text is read again with
 * its places: ` '` opens and `' ` closes.
 */
function undouble(inner: string): string {
  let opens = false;
  return inner.replace(/''/g, () => {
    opens = !opens;
    return opens ? " '" : "' ";
  });
}

/** `X:-default` of a template that a shell fills, or a plain name. */
function toHole(name: string): Parameters<typeof writeHole>[0] {
  const [, plain = name, fallback] = /^([\w.]{1,80})(?::?-(.*))?$/.exec(name) ?? [];
  return { kind: 'env', name: plain, ...(fallback === undefined ? {} : { fallback }) };
}

/** `env_var('X', 'default')`, `var('x')` and plain names of a template. */
function readTemplate(inner: string): string {
  const call = /^\s*(?:env_var|var)\(\s*["'](\w+)["']\s*(?:,\s*["']([^"']*)["'])?/.exec(inner);
  if (call)
    return writeHole({
      kind: 'env',
      name: call[1] ?? '',
      ...(call[2] === undefined ? {} : { fallback: call[2] }),
    });
  const plain = /^\s*([\w.]{1,80})\s*$/.exec(inner)?.[1];
  return plain
    ? writeHole({ kind: 'env', name: plain })
    : writeHole({ kind: 'unknown', text: inner });
}

/** Rows behind `COPY … FROM stdin;` up to `\.` are data. */
function blankRows(text: string): string {
  if (!/\bfrom\s{1,9}stdin\b/i.test(text)) return text;
  const parts: string[] = [];
  let at = 0;
  for (const match of text.matchAll(
    /^\s{0,20}\\?copy\b[^;\n]{0,4000}\bfrom\s{1,9}stdin\b[^;\n]{0,400};?[^\n]*\n/gim,
  )) {
    if (match.index < at) continue;
    const start = match.index + match[0].length;
    const end = text.indexOf('\n\\.', start - 1);
    // Without an end the rows come from somewhere else, and statements follow.
    if (end < 0) break;
    const stop = end + 3;
    parts.push(text.slice(at, start), text.slice(start, stop).replace(/[^\n]/g, ' '));
    at = stop;
  }
  parts.push(text.slice(at));
  return parts.join('');
}
