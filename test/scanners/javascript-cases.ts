import type { JavascriptEntry } from '../../src/scanners/scripts/clients/javascript-entry.ts';

/** A script, and what it connects to. */
export type Case = readonly [text: string, expected: readonly string[]];

/** The same script with a file of its own in the place of each library. */
export function withoutLibraries(text: string): string {
  return text.replace(/(from |require\(|import\()'(?!\.)([^']+)'/g, "$1'./own/$2.js'");
}

/** The entries of a table that no script mentions. */
export function listUnmentioned(
  entries: readonly JavascriptEntry[],
  cases: readonly Case[],
): string[] {
  const all = cases.map(([text]) => text).join('\n');
  return entries.flatMap(({ calls }) =>
    calls.some((call) => all.includes(call.replace(/^(@?[^.#]*).*$/, '$1')))
      ? []
      : [calls.join(' ')],
  );
}
