import type { Freshness } from '../../analyzers/freshness/model.ts';
import { groupBy, sortBy, sortedUnique } from '../../order.ts';

/** Who gets an object late when it is late where it is born. */
export interface LateData {
  readonly origin: string;
  readonly object: string;
  /** Systems that it surely reaches, whatever it is called there, by id. */
  readonly surely: readonly string[];
  /** Systems that it may reach: it comes this way, but nobody says that it is passed on. */
  readonly possibly: readonly string[];
}

/** Follows every object from where it is born; what reaches most systems goes first. */
export function listLateData(freshness: readonly Freshness[]): readonly LateData[] {
  const born = groupBy(freshness, ({ origin, object }) => JSON.stringify([origin, object]));
  const all = [...born.values()].flatMap((rows): LateData[] => {
    const [first] = rows;
    if (!first) return [];
    const { origin, object } = first;
    const reached = (certainty: Freshness['certainty']): string[] =>
      sortedUnique(
        rows.filter((row) => row.certainty === certainty).map(({ consumer }) => consumer),
      );
    const surely = reached('declared');
    const possibly = reached('possible').filter((system) => !surely.includes(system));
    return [{ origin, object, surely, possibly }];
  });
  return sortBy(
    all,
    ({ surely }) => -surely.length,
    ({ possibly }) => -possibly.length,
    ({ object }) => object,
    ({ origin }) => origin,
  );
}
