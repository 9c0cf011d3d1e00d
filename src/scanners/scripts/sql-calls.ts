/** A call of a function with texts as its first arguments. */
export interface SqlCall {
  readonly name: string;
  /** The leading arguments that are texts, without quotes; at most two. */
  readonly args: readonly string[];
  readonly at: number;
}

const text = /'((?:[^']|''){0,8000})'|\$(\w{0,20})\$/y;
const next = /\s*(?:::\s*\w+(?:\s+varying)?)?\s*,\s*/y;

/**
 * Finds the calls that a pattern names; it must end behind the bracket and capture the name.
 * Texts may stand in quotes or between `$tag$`, with a cast behind them.
 */
export function findCalls(source: string, pattern: RegExp): SqlCall[] {
  return [...source.matchAll(pattern)].map((match) => {
    const args: string[] = [];
    let at = match.index + match[0].length;
    at += /^\s*/.exec(source.slice(at, at + 200))?.[0].length ?? 0;
    while (args.length < 2) {
      const found = readText(source, at);
      if (!found) break;
      args.push(found.value);
      next.lastIndex = found.end;
      if (!next.test(source)) break;
      at = next.lastIndex;
    }
    return { name: match[1] ?? '', args, at: match.index };
  });
}

function readText(source: string, at: number): { value: string; end: number } | undefined {
  text.lastIndex = at;
  const match = text.exec(source);
  if (!match) return undefined;
  if (match[1] !== undefined) return { value: match[1].replaceAll("''", "'"), end: text.lastIndex };
  const tag = match[0];
  const start = at + tag.length;
  const end = source.indexOf(tag, start);
  return end < 0 ? undefined : { value: source.slice(start, end), end: end + tag.length };
}
