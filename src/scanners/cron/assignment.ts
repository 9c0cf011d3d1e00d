/** A line that sets a variable for the jobs below it. Cron expands nothing in the value. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/**
 * Reads `NAME = value` as load_env() of cronie's src/env.c does: either side may stand in quotes,
 * nothing may follow a quoted value, and an unquoted one ends with the line, `#` and all.
 */
export function readAssignment(line: string): Assignment | undefined {
  const name = readName(line);
  if (!name) return undefined;
  const rest = line.slice(name.end).trim();
  const quote = rest[0];
  if (quote !== '"' && quote !== "'") return { name: name.text, value: rest };
  const end = rest.indexOf(quote, 1);
  if (end < 0 || end < rest.length - 1) return undefined;
  return { name: name.text, value: rest.slice(1, end) };
}

/** The name and where the text behind its equals sign begins. */
function readName(line: string): { readonly text: string; readonly end: number } | undefined {
  const equals = line.indexOf('=');
  if (equals < 1) return undefined;
  const before = line.slice(0, equals).trim();
  const quoted = /^(["'])([^"'=]*)\1$/.exec(before);
  const text = quoted ? quoted[2] : before;
  if (text === undefined || text === '') return undefined;
  // Outside quotes a blank ends the name, and only the sign may follow.
  return quoted || /^[^\s"']\S*$/.test(text) ? { text, end: equals + 1 } : undefined;
}
