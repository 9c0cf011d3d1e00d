/** A word of an HAProxy configuration, quotes and escapes undone, and its column (1-based). */
export interface HaproxyWord {
  readonly text: string;
  readonly column: number;
}

/** A line that is not empty, and the section it stands in. */
export interface HaproxyLine {
  /** `global`, `defaults`, `frontend`, `backend`, `listen` …; `''` before the first. */
  readonly section: string;
  /** The name behind the section's keyword. */
  readonly name: string;
  /** Whether the line begins the section. */
  readonly isHead: boolean;
  readonly words: readonly HaproxyWord[];
  /** 1-based. */
  readonly line: number;
}

const mostLines = 50_000;
const longestLine = 10_000;
const mostWords = 500;
const sections =
  /^(?:global|defaults|frontend|backend|listen|resolvers|userlist|peers|mailers|program|http-errors|ring|log-forward|cache|fcgi-app|crt-store|traces|log-profile)$/;

/** The lines of an HAProxy configuration in words, without comments. */
export function readHaproxyLines(text: string): HaproxyLine[] {
  const result: HaproxyLine[] = [];
  let section = '';
  let name = '';
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/, mostLines);
  for (const [index, line] of lines.entries()) {
    const words = splitWords(line.slice(0, longestLine));
    const first = words[0]?.text;
    if (first === undefined) continue;
    const isHead = sections.test(first);
    if (isHead) {
      section = first;
      name = words[1]?.text ?? '';
    }
    result.push({ section, name, isHead, words, line: index + 1 });
  }
  return result;
}

/** Words between blanks; quotes keep blanks together, a backslash guards a sign outside of `'`. */
function splitWords(line: string): HaproxyWord[] {
  const words: HaproxyWord[] = [];
  let text = '';
  let start = -1;
  let quote = '';
  for (let at = 0; at <= line.length && words.length < mostWords; at++) {
    const sign = line[at];
    const isEnd = sign === undefined || (quote === '' && (/\s/.test(sign) || sign === '#'));
    if (isEnd) {
      if (start >= 0) words.push({ text, column: start + 1 });
      if (sign === undefined || sign === '#') break;
      text = '';
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (quote === '' && (sign === '"' || sign === "'")) quote = sign;
    else if (sign === quote) quote = '';
    else if (sign === '\\' && quote !== "'" && at + 1 < line.length) {
      const next = line[++at] ?? '';
      // What only HAProxy's own reader unescapes; the rest belongs to a regex.
      text += /[\s"'#\\]/.test(next) ? next : `\\${next}`;
    } else text += sign;
  }
  return words;
}
