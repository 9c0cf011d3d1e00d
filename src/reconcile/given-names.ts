import type { SystemEvidence } from '../evidence.ts';
import type { GivenName } from '../landscape.ts';
import { sortBy } from '../order.ts';

/** What a row calls its system. Hosts are lower case, as everywhere. */
export function listGiven({ fields, origin, witness, drawn }: SystemEvidence): GivenName[] {
  const by = drawn ? 'model' : witness === 'declared' ? 'inventory' : 'code';
  return [
    ...(fields.name === undefined ? [] : [{ kind: 'name' as const, value: fields.name }]),
    ...(fields.aliases ?? []).map((value) => ({ kind: 'alias' as const, value })),
    ...(fields.hosts ?? []).map((value) => ({ kind: 'host' as const, value: value.toLowerCase() })),
  ].map((name) => ({ ...name, by, origin }));
}

const kinds: readonly GivenName['kind'][] = ['name', 'alias', 'host'];

/** One order, and of one name in one file only the first place, so that no list grows with the code. */
export function sortGiven(given: readonly GivenName[]): GivenName[] {
  const sorted = sortBy(
    given,
    ({ kind }) => kinds.indexOf(kind),
    ({ value }) => value,
    ({ origin }) => origin.file,
    ({ origin }) => origin.line,
    ({ origin }) => origin.column,
    ({ by }) => by,
  );
  const first = new Map<string, GivenName>();
  for (const name of sorted) {
    const key = [name.kind, name.value, name.origin.repository, name.origin.file].join('\u0000');
    if (!first.has(key)) first.set(key, name);
  }
  return [...first.values()];
}
