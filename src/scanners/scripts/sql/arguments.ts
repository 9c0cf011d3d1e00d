import type { Token } from './tokens.ts';

/** An argument of a call: from `start` to before `end`. */
export interface SqlArgument {
  readonly name?: string;
  readonly start: number;
  readonly end: number;
}

/** The arguments from behind an opening bracket, or of `EXEC name …` to where the list ends. */
export function listArguments(
  tokens: readonly Token[],
  from: number,
  isBracketed = true,
): SqlArgument[] {
  const args: SqlArgument[] = [];
  let depth = 0;
  let start = from;
  let at = from;
  const last = Math.min(tokens.length, from + 2_000);
  for (; at < last; at++) {
    const token = tokens[at];
    if (!token || token.kind === 'line') break;
    if (token.kind === 'word' && !isBracketed && isStatementWord(tokens, at)) break;
    if (token.kind !== 'symbol') continue;
    if (token.text === '(' || token.text === '[') depth++;
    else if ((token.text === ')' || token.text === ']') && --depth < 0) break;
    else if (token.text === ';') break;
    else if (token.text === ',' && depth === 0) {
      args.push(toArgument(tokens, start, at));
      start = at + 1;
    }
  }
  if (at > start) args.push(toArgument(tokens, start, at));
  return args;
}

/** T-SQL needs no `;`: a word that is no value begins the next statement. */
function isStatementWord(tokens: readonly Token[], index: number): boolean {
  return /^(?:go|select|insert|update|delete|merge|exec|execute|declare|set|if|else|begin|end|print|return|create|drop|alter|use|while|union)$/.test(
    tokens[index]?.word ?? '',
  );
}

function toArgument(tokens: readonly Token[], start: number, end: number): SqlArgument {
  const name = tokens[start];
  const sign = tokens[start + 1];
  const isNamed =
    sign?.kind === 'symbol' &&
    (sign.text === '=>' || sign.text === ':=' || (sign.text === '=' && name?.text.startsWith('@')));
  return isNamed && name
    ? { name: name.text.replace(/^@/, '').toLowerCase(), start: start + 2, end }
    : { start, end };
}
