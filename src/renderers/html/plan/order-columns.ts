import { sortBy, sortedUnique } from '../../../order.ts';

/** An exchange between the two columns of a picture. */
interface Pair {
  readonly from: string;
  readonly to: string;
}

const sweeps = 4;

/**
 * Orders senders and takers so that few lines cross: each goes to the mean place of its partners,
 * in turns (the barycentre heuristic of Sugiyama, Tagawa and Toda, 1981).
 */
export function orderColumns(pairs: readonly Pair[]): {
  readonly senders: readonly string[];
  readonly takers: readonly string[];
} {
  let senders = sortedUnique(pairs.map(({ from }) => from));
  let takers = sortedUnique(pairs.map(({ to }) => to));
  for (let sweep = 0; sweep < sweeps; sweep++) {
    takers = sortByMean(takers, (id) =>
      pairs.flatMap(({ from, to }) => (to === id ? [senders.indexOf(from)] : [])),
    );
    senders = sortByMean(senders, (id) =>
      pairs.flatMap(({ from, to }) => (from === id ? [takers.indexOf(to)] : [])),
    );
  }
  return { senders, takers };
}

function sortByMean(ids: readonly string[], places: (id: string) => readonly number[]): string[] {
  const mean = (id: string): number => {
    const all = places(id);
    return all.reduce((sum, place) => sum + place, 0) / Math.max(1, all.length);
  };
  return sortBy(ids, mean, (id) => id);
}
