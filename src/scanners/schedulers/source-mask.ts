/** How a language writes comments and texts: `slashes` is Java, Kotlin, C#, JavaScript. */
export type CommentStyle = 'slashes' | 'hash';

/** A program without its comments. All three texts have the same length, so places agree. */
export interface MaskedSource {
  readonly file: string;
  /** Comments are blank. */
  readonly text: string;
  /** Comments and the insides of texts are blank: what is found here is code. */
  readonly mask: string;
  /** The line of a place, from 1. */
  lineOf(at: number): number;
}

const quotes = new Set(['"', "'", '`']);

/**
 * Blanks what is no code, so that declarations can be searched for without a parser. A quote that is
 * never closed ends with its line, and a comment that is never closed is none.
 */
export function maskSource(source: string, file: string, style: CommentStyle): MaskedSource {
  const text: string[] = [];
  const mask: string[] = [];
  let kept = 0;
  const keep = (to: number): void => {
    const part = source.slice(kept, to);
    text.push(part);
    mask.push(part);
    kept = to;
  };
  const blank = (from: number, to: number, isComment: boolean): void => {
    keep(from);
    const part = source.slice(from, to);
    const spaces = part.replace(/[^\n]/g, ' ');
    text.push(isComment ? spaces : part);
    mask.push(spaces);
    kept = to;
  };
  // Looked for once: a text full of comments that never close must cost nothing.
  const lastClose = source.lastIndexOf('*/');
  const starts = style === 'hash' ? /["'#]/g : /["'`]|\/[/*]/g;
  for (let match = starts.exec(source); match; match = starts.exec(source)) {
    const at = match.index;
    const sign = source[at] ?? '';
    if (quotes.has(sign)) {
      const { inner, end, close } = findText(source, at, style);
      blank(inner, end, false);
      starts.lastIndex = close;
      continue;
    }
    const end = source.startsWith('/*', at)
      ? at < lastClose
        ? source.indexOf('*/', at + 2) + 2
        : 0
      : lineEnd(source, at);
    if (end < at + 1) continue;
    blank(at, end, true);
    starts.lastIndex = end;
  }
  keep(source.length);
  let breaks: number[] | undefined;
  return {
    file,
    text: text.join(''),
    mask: mask.join(''),
    lineOf: (at) => {
      breaks ??= [...source.matchAll(/\n/g)].map(({ index }) => index);
      return countBefore(breaks, at) + 1;
    },
  };
}

interface FoundText {
  /** Where its inside begins and ends. */
  readonly inner: number;
  readonly end: number;
  /** Behind its closing quote. */
  readonly close: number;
}

function findText(source: string, at: number, style: CommentStyle): FoundText {
  const quote = source[at] ?? '"';
  const triple = quote.repeat(3);
  if (quote !== '`' && source.startsWith(triple, at)) {
    const end = source.indexOf(triple, at + 3);
    if (end >= 0) return { inner: at + 3, end, close: end + 3 };
  }
  if (quote === '`') {
    const end = findQuote(source, at, quote, true);
    return end < 0 ? { inner: at, end: at, close: at + 1 } : { inner: at + 1, end, close: end + 1 };
  }
  if (style === 'slashes' && quote === '"' && /@\$?$/.test(source.slice(Math.max(0, at - 2), at))) {
    // C#: no escapes, and a quote is doubled.
    let end = source.indexOf('"', at + 1);
    while (end >= 0 && source[end + 1] === '"') end = source.indexOf('"', end + 2);
    if (end >= 0) return { inner: at + 1, end, close: end + 1 };
  }
  const end = findQuote(source, at, quote, false);
  const stop = end < 0 ? lineEnd(source, at) : end;
  return { inner: at + 1, end: stop, close: end < 0 ? stop : stop + 1 };
}

function findQuote(source: string, at: number, quote: string, overLines: boolean): number {
  for (let end = at + 1; end < source.length; end++) {
    const sign = source[end];
    if (sign === '\\') end++;
    else if (sign === quote) return end;
    else if (sign === '\n' && !overLines) return -1;
  }
  return -1;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}

/** How many of the ascending numbers are below one. */
function countBefore(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
