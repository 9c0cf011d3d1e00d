/** A word, a literal text without its quotes, or a sign of Groovy. */
export interface GroovyToken {
  readonly kind: 'word' | 'text' | 'sign';
  readonly text: string;
  readonly line: number;
}

const mostTokens = 200_000;
const quotes = ["'''", '"""', "'", '"'];

/**
 * Splits a Groovy text. Comments are left out; `${env.ERP_URL}` in a text becomes `${ERP_URL}`, as a
 * shell would write it.
 * @param firstLine the line of the file that the text begins in
 */
export function listGroovyTokens(text: string, firstLine: number): GroovyToken[] {
  const tokens: GroovyToken[] = [];
  let line = firstLine;
  const word = /[A-Za-z_]\w*|\d+/y;
  for (let at = 0; at < text.length && tokens.length < mostTokens; ) {
    const sign = text[at] ?? '';
    if (sign === '\n') {
      line++;
      at++;
    } else if (/\s/.test(sign)) at++;
    else if (text.startsWith('//', at) || (sign === '#' && at === 0)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      const next = end < 0 ? text.length : end + 2;
      line += countLines(text, at, next);
      at = next;
    } else {
      const quote = quotes.find((mark) => text.startsWith(mark, at));
      if (quote !== undefined) {
        const end = findEnd(text, at + quote.length, quote);
        const inside = text.slice(at + quote.length, end);
        tokens.push({ kind: 'text', text: openText(inside, quote), line });
        const next = Math.min(text.length, end + quote.length);
        line += countLines(text, at, next);
        at = next;
        continue;
      }
      word.lastIndex = at;
      const found = word.exec(text)?.[0];
      tokens.push(
        found === undefined
          ? { kind: 'sign', text: sign, line }
          : { kind: 'word', text: found, line },
      );
      at += found?.length ?? 1;
    }
  }
  return tokens;
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1))
    count++;
  return count;
}

/** Where the closing quote stands; a text of one line ends with it at the latest. */
function findEnd(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) return at;
    else if (quote.length === 1 && text[at] === '\n') return at;
  }
  return text.length;
}

function openText(text: string, quote: string): string {
  const plain = text.replace(/\\(\r?\n|[\s\S])/g, (_, sign: string) => {
    if (sign === 'n') return '\n';
    if (sign === 't') return '\t';
    if (sign.endsWith('\n')) return '';
    // A dollar sign that is escaped stays one for the shell.
    return sign;
  });
  if (!quote.startsWith('"')) return plain;
  return plain.replace(/\$\{([^{}]{1,400})\}/g, (whole, inside: string) => {
    const name = /^\s*(?:(?:env|params)\.)?([A-Za-z_]\w*)\s*$/.exec(inside)?.[1];
    return name === undefined
      ? /^[\w:#%/*.-]+$/.test(inside)
        ? whole
        : `$${'{GROOVY}'}`
      : `\${${name}}`;
  });
}
