/** A regex as a tree, as far as a machine of finite states can follow it. */
export type PatternNode =
  | { readonly kind: 'sign'; readonly fits: (code: number) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly items: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly item: PatternNode;
      readonly least: number;
      /** Absent: any number. */
      readonly most?: number;
    };

interface Reader {
  readonly source: string;
  at: number;
  ignoreCase: boolean;
  depth: number;
}

const longestPattern = 2_000;
const deepest = 40;
const mostRepeats = 200;

/**
 * Parses what PCRE, RE2 and Go share: literals, classes, groups, choices, repeats, anchors.
 * Undefined for anything else, so that a pattern is never half understood.
 */
export function parsePattern(source: string, ignoreCase: boolean): PatternNode | undefined {
  if (source.length > longestPattern) return undefined;
  const flags = /^\(\?i\)/.test(source);
  const reader: Reader = { source, at: flags ? 4 : 0, ignoreCase: ignoreCase || flags, depth: 0 };
  const tree = readChoice(reader);
  return tree && reader.at === source.length ? tree : undefined;
}

function readChoice(reader: Reader): PatternNode | undefined {
  if (++reader.depth > deepest) return undefined;
  const items: PatternNode[] = [];
  for (;;) {
    const sequence = readSequence(reader);
    if (!sequence) return undefined;
    items.push(sequence);
    if (reader.source[reader.at] !== '|') break;
    reader.at++;
  }
  reader.depth--;
  return items.length === 1 ? items[0] : { kind: 'choice', items };
}

function readSequence(reader: Reader): PatternNode | undefined {
  const items: PatternNode[] = [];
  while (reader.at < reader.source.length && !/[|)]/.test(reader.source[reader.at] ?? '')) {
    const atom = readAtom(reader);
    const item = atom && readRepeat(reader, atom);
    if (!item) return undefined;
    items.push(item);
  }
  return { kind: 'sequence', items };
}

function readAtom(reader: Reader): PatternNode | undefined {
  const sign = reader.source[reader.at++] ?? '';
  switch (sign) {
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    case '.':
      return { kind: 'sign', fits: (code) => code !== 10 };
    case '(':
      return readGroup(reader);
    case '[':
      return readClass(reader);
    case '\\':
      return readEscape(reader);
    case '*':
    case '+':
    case '?':
      return undefined;
    default:
      return literal(sign, reader.ignoreCase);
  }
}

function literal(sign: string, ignoreCase: boolean): PatternNode {
  const lower = sign.toLowerCase().charCodeAt(0);
  const upper = sign.toUpperCase().charCodeAt(0);
  const own = sign.charCodeAt(0);
  return {
    kind: 'sign',
    fits: ignoreCase ? (code) => code === lower || code === upper : (code) => code === own,
  };
}

function readGroup(reader: Reader): PatternNode | undefined {
  const head = /^\?(?::|P?<[A-Za-z_]\w{0,60}>)/.exec(
    reader.source.slice(reader.at, reader.at + 70),
  );
  if (!head && reader.source[reader.at] === '?') return undefined;
  reader.at += head?.[0].length ?? 0;
  const inside = readChoice(reader);
  if (!inside || reader.source[reader.at] !== ')') return undefined;
  reader.at++;
  return inside;
}

const shorthands: Readonly<Record<string, (code: number) => boolean>> = {
  d: (code) => code >= 48 && code <= 57,
  s: (code) => code === 32 || (code >= 9 && code <= 13),
  w: (code) =>
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 97 && code <= 122),
};

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What an escape stands for: one sign, or a shorthand class. */
function readEscaped(reader: Reader): string | ((code: number) => boolean) | undefined {
  const sign = reader.source[reader.at++];
  if (sign === undefined) return undefined;
  const positive = shorthands[sign];
  if (positive) return positive;
  const negative = shorthands[sign.toLowerCase()];
  if (negative) return (code) => !negative(code);
  return controls[sign] ?? (/[A-Za-z0-9]/.test(sign) ? undefined : sign);
}

function readEscape(reader: Reader): PatternNode | undefined {
  const next = reader.source[reader.at];
  if (next === 'A' || next === 'z' || next === 'Z') {
    reader.at++;
    return { kind: next === 'A' ? 'start' : 'end' };
  }
  const escaped = readEscaped(reader);
  if (escaped === undefined) return undefined;
  return typeof escaped === 'string'
    ? literal(escaped, reader.ignoreCase)
    : { kind: 'sign', fits: escaped };
}

function readClass(reader: Reader): PatternNode | undefined {
  const { source } = reader;
  const negated = source[reader.at] === '^';
  if (negated) reader.at++;
  const tests: ((code: number) => boolean)[] = [];
  for (let first = true; ; first = false) {
    const sign = source[reader.at++];
    if (sign === undefined || (sign === '[' && source[reader.at] === ':')) return undefined;
    if (sign === ']' && !first) break;
    const from = sign === '\\' ? readEscaped(reader) : sign;
    if (from === undefined) return undefined;
    if (typeof from !== 'string') {
      tests.push(from);
      continue;
    }
    let to: string = from;
    if (source[reader.at] === '-' && source[reader.at + 1] !== ']') {
      reader.at++;
      const end = source[reader.at++];
      const last = end === '\\' ? readEscaped(reader) : end;
      if (typeof last !== 'string') return undefined;
      to = last;
    }
    tests.push(range(from.charCodeAt(0), to.charCodeAt(0)));
  }
  const fits = (code: number): boolean => tests.some((test) => test(code));
  const either = reader.ignoreCase
    ? (code: number): boolean => fits(code) || fits(otherCase(code))
    : fits;
  return { kind: 'sign', fits: negated ? (code) => !either(code) : either };
}

function range(from: number, to: number): (code: number) => boolean {
  return (code) => code >= from && code <= to;
}

function otherCase(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  return code >= 97 && code <= 122 ? code - 32 : code;
}

function readRepeat(reader: Reader, item: PatternNode): PatternNode | undefined {
  const rest = reader.source.slice(reader.at, reader.at + 12);
  const match = /^(?:[*+?]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\})/.exec(rest);
  if (!match) return item;
  reader.at += match[0].length;
  if (reader.source[reader.at] === '?') reader.at++;
  // Possessive, or a repeat of a repeat.
  else if (/^[*+{]/.test(reader.source.slice(reader.at))) return undefined;
  const [whole, count, comma, limit] = match;
  if (whole === '*') return { kind: 'repeat', item, least: 0 };
  if (whole === '+') return { kind: 'repeat', item, least: 1 };
  if (whole === '?') return { kind: 'repeat', item, least: 0, most: 1 };
  const least = Number(count);
  const most = limit === undefined ? least : Number(limit);
  if (least > mostRepeats || most > mostRepeats || most < least) return undefined;
  return comma && limit === undefined
    ? { kind: 'repeat', item, least }
    : { kind: 'repeat', item, least, most };
}

/**
 * The literal text that whatever fits the pattern begins with; `''` where it begins with none or may
 * fit in the middle of a text.
 * @param anchored whether the pattern fits at the start only, with or without a `^`
 */
export function literalPrefix(source: string, anchored = false): string {
  const start = source.startsWith('^');
  if ((!start && !anchored) || hasOuterChoice(source)) return '';
  let prefix = '';
  for (let at = start ? 1 : 0; at < source.length; at++) {
    let sign = source[at] ?? '';
    if (sign === '\\') {
      sign = source[++at] ?? '';
      if (sign === '' || /[A-Za-z0-9]/.test(sign)) break;
    } else if (/[.[\](){}*+?|^$]/.test(sign)) break;
    const next = source[at + 1] ?? '';
    if (next === '*' || next === '?' || next === '{') break;
    prefix += sign;
  }
  return prefix;
}

function hasOuterChoice(source: string): boolean {
  let depth = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at];
    if (sign === '\\') at++;
    else if (inClass) inClass = sign !== ']';
    else if (sign === '[') inClass = true;
    else if (sign === '(') depth++;
    else if (sign === ')') depth--;
    else if (sign === '|' && depth <= 0) return true;
  }
  return false;
}
