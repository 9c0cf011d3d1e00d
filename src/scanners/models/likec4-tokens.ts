import type { Spot } from './model.ts';

/** A word, a quoted text or a sign of a LikeC4 file. */
export interface Token extends Spot {
  readonly text: string;
  readonly isQuoted: boolean;
  /** It is the first of its line. */
  readonly isFirst: boolean;
}

const pattern =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'''[\s\S]*?(?:'''|$)|"""[\s\S]*?(?:"""|$)|'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?|<->|->|-\[|\]->|[{}()=;,:<>[\]]|#?[\p{L}\p{N}_*.@%/-]+?(?=->|-\[|\]->|[{}()=;,:<>[\]'"\s]|$)|\n|\S/gu;
const mostTokens = 1_000_000;

/** Cuts a LikeC4 file into its words, comments left out. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let lineStart = 0;
  let isFirst = true;
  for (const { 0: written, index } of text.matchAll(pattern)) {
    if (tokens.length >= mostTokens) break;
    if (written !== '\n' && !/^\/[/*]/.test(written)) {
      const quotes = /^(?:'''|""")/.test(written) ? 3 : /^['"]/.test(written) ? 1 : 0;
      tokens.push({
        text:
          quotes === 0
            ? written
            : written
                .slice(quotes, -quotes)
                .replace(/\\(['"\\])/g, '$1')
                .trim(),
        isQuoted: quotes > 0,
        isFirst,
        line,
        column: index - lineStart + 1,
      });
      isFirst = false;
    }
    for (let at = written.indexOf('\n'); at >= 0; at = written.indexOf('\n', at + 1)) {
      line++;
      lineStart = index + at + 1;
      isFirst = true;
    }
  }
  return tokens;
}
