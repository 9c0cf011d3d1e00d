import type { MaskedSource } from './source-mask.ts';

/** An argument of a call, or an entry of a list or dictionary. */
export interface SourceArgument {
  /** Of `name = value`, `name: value` and `'name': value`. */
  readonly name?: string;
  /** The value as it is written, without comments. */
  readonly text: string;
  /** Where the value begins. */
  readonly at: number;
}

/** What stands between two brackets. */
export interface SourceCall {
  readonly args: readonly SourceArgument[];
  /** Behind the closing bracket. */
  readonly end: number;
}

const longestCall = 40_000;
const mostArguments = 500;
const mostCalls = 2_000;
const mostUnclosed = 50;

/** Reads what stands in the brackets that open at a place; nothing where they never close. */
export function readCall(source: MaskedSource, open: number): SourceCall | undefined {
  const { mask } = source;
  const last = Math.min(mask.length, open + longestCall);
  const args: SourceArgument[] = [];
  let depth = 0;
  let start = open + 1;
  for (let at = open + 1; at < last; at++) {
    const sign = mask[at] ?? '';
    if (sign === '(' || sign === '[' || sign === '{') depth++;
    else if (sign === ')' || sign === ']' || sign === '}') {
      if (--depth >= 0) continue;
      addArgument(source, start, at, args);
      return { args, end: at + 1 };
    } else if (sign === ',' && depth === 0) {
      if (args.length >= mostArguments) return undefined;
      addArgument(source, start, at, args);
      start = at + 1;
    }
  }
  return undefined;
}

function addArgument(
  { text, mask }: MaskedSource,
  start: number,
  end: number,
  args: SourceArgument[],
): void {
  const written = mask.slice(start, end);
  if (text.slice(start, end).trim() === '') return;
  const match = /^\s*(?:([\w.-]{1,80})|(["'])\s*\2)\s*(?:=(?![=>~])|:(?!:))/.exec(written);
  const from = start + (match?.[0].length ?? 0);
  const value = text.slice(from, end);
  const name =
    match?.[1] ??
    (match
      ? text
          .slice(start, from)
          .replace(/[:=]\s*$/, '')
          .trim()
          .slice(1, -1)
      : undefined);
  args.push({
    ...(name === undefined ? {} : { name }),
    text: value.trim(),
    at: from + value.length - value.trimStart().length,
  });
}

/** The calls of functions whose names a pattern ends with; the pattern is global and ends at `(`. */
export function* listCalls(
  source: MaskedSource,
  pattern: RegExp,
): Iterable<SourceCall & { readonly match: RegExpMatchArray; readonly at: number }> {
  let calls = 0;
  let unclosed = 0;
  for (const match of source.mask.matchAll(pattern)) {
    const call = readCall(source, match.index + match[0].length - 1);
    if (call) yield { ...call, match, at: match.index };
    else unclosed++;
    // No person writes so many.
    if (++calls >= mostCalls || unclosed >= mostUnclosed) return;
  }
}

/** The value of an argument by its name. */
export function argumentNamed(
  args: readonly SourceArgument[],
  ...names: readonly string[]
): SourceArgument | undefined {
  return args.find(({ name }) => name !== undefined && names.includes(name));
}

/** The value of an argument without a name, by its number among those. */
export function argumentAt(
  args: readonly SourceArgument[],
  index: number,
): SourceArgument | undefined {
  return args.filter(({ name }) => name === undefined)[index];
}

const literal =
  /^\s*(?:[rRbBuUfF@$]{0,2})(?:"""((?:[^"]|"(?!""))*)"""|'''((?:[^']|'(?!''))*)'''|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`)/s;

/**
 * The text that an expression stands for: literals, also several in a row or joined by `+`, and names
 * that the file gives a literal. Nothing where it is made of more than that.
 */
export function readText(source: MaskedSource, written: string, depth = 0): string | undefined {
  if (written.length > 10_000 || depth > 3) return undefined;
  let rest = written.trim();
  // A text in brackets, as Python breaks long ones.
  while (rest.startsWith('(') && rest.endsWith(')')) rest = rest.slice(1, -1).trim();
  let text: string | undefined;
  while (rest !== '') {
    const match = literal.exec(rest);
    const name = match ? undefined : /^(?:[A-Za-z_$][\w$]*\.)*([A-Za-z_$][\w$]*)/.exec(rest);
    const part = match
      ? undoEscapes(match.slice(1).find((group) => group !== undefined) ?? '')
      : name
        ? readConstant(source, name[1] ?? '', depth)
        : undefined;
    if (part === undefined) return undefined;
    text = (text ?? '') + part;
    rest = rest
      .slice((match ?? name)?.[0].length)
      .replace(/^\s*\+?/, '')
      .trimStart();
  }
  return text;
}

/** The text that the file assigns to a name, where that is a literal. */
function readConstant(source: MaskedSource, name: string, depth: number): string | undefined {
  const value = findAssigned(source, name);
  return value !== undefined && /^[rRbBuUfF@$]{0,2}["'`]/.test(value)
    ? readText(source, value, depth + 1)
    : undefined;
}

/** What the file assigns to a name, to the end of the statement or line. */
function findAssigned(source: MaskedSource, name: string): string | undefined {
  const start = placeAssigned(source, name);
  if (start === undefined) return undefined;
  const end = /;|\n(?!\s*[+"'.])|$/.exec(source.mask.slice(start, start + 4_000))?.index ?? 0;
  return source.text.slice(start, start + end).trim();
}

/** Where the value begins that the file first assigns to a name. */
export function placeAssigned(source: MaskedSource, name: string): number | undefined {
  if (!/^[A-Za-z_$][\w$]{0,80}$/.test(name)) return undefined;
  const match = new RegExp(
    `(?<![\\w.$])${name.replaceAll('$', '\\$')}\\s{0,20}(?::\\s{0,9}[\\w.<>?]{1,60}\\s{0,9})?=(?![=>])`,
  ).exec(source.mask);
  if (!match) return undefined;
  const value = match.index + match[0].length;
  return value + (/^\s*/.exec(source.mask.slice(value, value + 200))?.[0].length ?? 0);
}

/** A whole number: `5_000L`, products such as `60 * 1000`, and names that the file gives one. */
export function readNumber(source: MaskedSource, written: string, depth = 0): number | undefined {
  let product = 1;
  for (const factor of written
    .trim()
    .replace(/^\(|\)$/g, '')
    .split('*')) {
    const digits = /^\s*(\d[\d_]{0,15}(?:\.\d{1,6})?)[lLfFdD]?\s*$/.exec(factor)?.[1];
    const name = /^\s*(?:[A-Za-z_]\w*\.)*([A-Za-z_]\w*)\s*$/.exec(factor)?.[1];
    const assigned = name === undefined || depth > 2 ? undefined : findAssigned(source, name);
    const value =
      digits === undefined
        ? assigned === undefined
          ? undefined
          : readNumber(source, assigned, depth + 1)
        : Number(digits.replaceAll('_', ''));
    if (value === undefined) return undefined;
    product *= value;
  }
  return product;
}

function undoEscapes(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, sign: string) =>
    sign === 'n' ? '\n' : sign === 't' ? '\t' : sign === '\n' ? '' : sign,
  );
}
