import picomatch from 'picomatch';
import type { Alias } from './identity.ts';

/** An alias that fits, and the id of its system. */
export interface AliasHit {
  readonly pattern: string;
  readonly id: string;
}

interface Entry extends AliasHit {
  readonly number: number;
  readonly matches: (text: string) => boolean;
}

/**
 * Finds the first alias, in the order they are written, that fits one of several texts. Names are
 * looked up; patterns are asked only where the end of the text is that of the pattern.
 * @param idOf the system that a name means; an alias for none fits nothing
 */
export function indexAliases(
  aliases: readonly Alias[],
  idOf: (name: string) => string | undefined,
): (texts: readonly string[]) => AliasHit | undefined {
  const exact = new Map<string, Entry>();
  const byEnd = new Map<string, Entry[]>();
  for (const [number, { pattern, system }] of aliases.entries()) {
    const id = idOf(system);
    if (id === undefined) continue;
    const written = pattern.toLowerCase();
    if (isLiteral(written)) {
      const matches = (text: string): boolean => text === written;
      if (!exact.has(written)) exact.set(written, { pattern, id, number, matches });
      continue;
    }
    const end = /[a-z0-9._-]*$/.exec(written)?.[0] ?? '';
    const entries = byEnd.get(end) ?? [];
    byEnd.set(end, entries);
    const matches = picomatch(written, { dot: true, nocase: true });
    entries.push({ pattern, id, number, matches: (text) => matches(text) });
  }
  const lengths = [...new Set([...byEnd.keys()].map(({ length }) => length))];
  return (texts) => {
    let first: Entry | undefined;
    const consider = (entry: Entry | undefined, text: string): void => {
      if (!entry || (first && first.number <= entry.number)) return;
      if (entry.matches(text)) first = entry;
    };
    for (const given of texts) {
      const text = given.toLowerCase();
      consider(exact.get(text), text);
      for (const length of lengths)
        for (const entry of byEnd.get(text.slice(text.length - length)) ?? [])
          if (text.length >= length) consider(entry, text);
    }
    return first;
  };
}

/** Without a sign that a glob could read as more than itself. */
function isLiteral(pattern: string): boolean {
  return /^[\p{L}\p{N} ._:@/-]*$/u.test(pattern) && !pattern.startsWith('./');
}
