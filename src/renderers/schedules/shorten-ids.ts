import { groupBy } from '../../order.ts';

/** Id → its last part where it is a path, which tells most, and no other id ends alike; else itself. */
export function shortenIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const ends = ids.map((id): readonly [string, string] => [
    id,
    /^[^\s:]+$/.test(id) ? (id.split('/').at(-1) ?? id) : id,
  ]);
  const groups = groupBy(ends, ([, end]) => end);
  return new Map(ends.map(([id, end]) => [id, groups.get(end)?.length === 1 && end ? end : id]));
}
