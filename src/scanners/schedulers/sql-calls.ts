import { listArguments, type SqlArgument } from '../scripts/sql/arguments.ts';
import { type Token, tokenize } from '../scripts/sql/tokens.ts';

/** A call in a SQL file: `package.procedure(name => value, …)` or `EXEC procedure @name = value, …`. */
export interface SqlCall {
  /** The last part of its name, lower case. */
  readonly procedure: string;
  readonly line: number;
  /** The value of an argument by name, else by its place, as a text or number. */
  value(name: string, index?: number): string | undefined;
  /** The same as it is written, with what a function makes of it. */
  written(name: string, index?: number): string | undefined;
}

/** The tokens of a SQL file, with their lines. */
export interface SqlTokens {
  readonly text: string;
  readonly tokens: readonly Token[];
  lineOf(at: number): number;
  /** Calls of procedures of a package or schema: `dbms_scheduler`, `cron`. */
  callsOf(owner: string, procedures: readonly string[]): readonly SqlCall[];
  /** Calls of procedures by `EXEC`, in any schema. */
  executed(procedures: readonly string[]): readonly SqlCall[];
}

/** Takes a SQL file apart. */
export function readSqlTokens(text: string): SqlTokens {
  const tokens = tokenize(text);
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index);
  const lineOf = (at: number): number => {
    let low = 0;
    let high = breaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
  const variables = readVariables(tokens);
  const toCall = (index: number, from: number, isBracketed: boolean): SqlCall => {
    const args = listArguments(tokens, from, isBracketed);
    const find = (name: string, place: number | undefined): SqlArgument | undefined =>
      args.find((each) => each.name === name) ??
      (place === undefined || args[place]?.name !== undefined ? undefined : args[place]);
    const written = (name: string, place?: number): string | undefined => {
      const found = find(name, place);
      const [first, last] = [tokens[found?.start ?? -1], tokens[(found?.end ?? 0) - 1]];
      return first && last ? text.slice(first.at, last.end) : undefined;
    };
    return {
      procedure: tokens[index]?.text.toLowerCase() ?? '',
      line: lineOf(tokens[index]?.at ?? 0),
      written,
      value: (name, place) => {
        const found = find(name, place);
        const parts = found ? tokens.slice(found.start, found.end) : [];
        const value = joinTexts(parts, variables);
        return value ?? (parts.length === 1 ? variables.get(parts[0]?.text ?? '') : undefined);
      },
    };
  };
  return {
    text,
    tokens,
    lineOf,
    callsOf: (owner, procedures) =>
      tokens.flatMap((token, index) =>
        procedures.includes(toWord(token)) &&
        tokens[index - 1]?.text === '.' &&
        toWord(tokens[index - 2]) === owner &&
        tokens[index + 1]?.text === '('
          ? [toCall(index, index + 2, true)]
          : [],
      ),
    executed: (procedures) =>
      tokens.flatMap((token, index) =>
        procedures.includes(toWord(token)) && isExecuted(tokens, index)
          ? [toCall(index, index + 1, false)]
          : [],
      ),
  };
}

function toWord(token: Token | undefined): string {
  return token?.kind === 'word' || token?.kind === 'name' ? token.text.toLowerCase() : '';
}

/** `EXEC [@result =] [msdb.dbo.]procedure`, also as the first words of a batch. */
function isExecuted(tokens: readonly Token[], index: number): boolean {
  let at = index - 1;
  for (let parts = 0; parts < 4 && tokens[at]?.text === '.'; parts++) {
    at--;
    if (toWord(tokens[at]) !== '') at--;
  }
  if (tokens[at]?.text === '=') at -= 2;
  return (
    /^exec(?:ute)?$/.test(tokens[at]?.word ?? '') ||
    tokens[index + 1]?.text.startsWith('@') === true
  );
}

/** Variables of T-SQL and PL/SQL that are given one literal. */
function readVariables(tokens: readonly Token[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const [index, token] of tokens.entries()) {
    if (token.text !== '=' && token.text !== ':=') continue;
    const value = tokens[index + 1];
    if (value?.kind !== 'text' && value?.kind !== 'number') continue;
    for (let at = index - 1; at >= Math.max(0, index - 6); at--) {
      const name = tokens[at];
      const isVariable = name?.text.startsWith('@') || (token.text === ':=' && at === index - 1);
      if (!name || !isVariable) continue;
      if (!values.has(name.text)) values.set(name.text, value.text);
      break;
    }
  }
  return values;
}

/** Texts that `||` or `+` joins; nothing where anything else is among them. */
function joinTexts(
  parts: readonly Token[],
  variables: ReadonlyMap<string, string>,
): string | undefined {
  let joined: string | undefined;
  for (const [index, { kind, text }] of parts.entries()) {
    if (index % 2 === 1) {
      if (text === '||' || text === '+') continue;
      // `@job_id = @jobId OUTPUT`
      return /^out(?:put)?$/i.test(text) ? joined : undefined;
    }
    const value =
      kind === 'text' || kind === 'number'
        ? text
        : kind === 'word' && /^(?:true|false|null)$/i.test(text)
          ? text.toLowerCase()
          : variables.get(text);
    if (value === undefined) return undefined;
    joined = (joined ?? '') + value;
  }
  return joined;
}
