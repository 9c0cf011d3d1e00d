import { sortBy } from '../../order.ts';
import { toHours, toTime } from './figures.ts';
import type { CriticalRun, Delivery } from './model.ts';

/** How many kinds of critical runs are listed for one consumer. */
const mostListed = 20;

interface Found {
  readonly edge: number;
  readonly delivery: Delivery;
  readonly run: number;
  readonly oldestAt: number;
  readonly unnoticed: number;
  alike: number;
}

/** A run whose failure is found, and how many from it on do the same. Instants in ms. */
interface FailedRuns {
  readonly edge: number;
  readonly delivery: Delivery;
  readonly run: number;
  readonly oldestAt: number;
  readonly firstLook: number;
  readonly alike: number;
}

/** The runs whose failure makes the data oldest, as they are found. Ages in ms. */
export interface CriticalRuns {
  /** NaN until there is one. */
  readonly age: () => number;
  readonly add: (age: number, failure: FailedRuns) => void;
  readonly list: () => {
    readonly runs: CriticalRun[];
    readonly count: number;
    readonly age: number;
  };
}

/** Starts an empty list; runs alike (one delivery, unnoticed as long) share an entry. */
export function startCriticalRuns(): CriticalRuns {
  let oldest = Number.NaN;
  let count = 0;
  let latest: Found | undefined;
  let found = new Map<string, Found>();
  return {
    age: () => oldest,
    add(age, { edge, delivery, run, oldestAt, firstLook, alike }) {
      if (Number.isNaN(age) || age < oldest) return;
      if (age !== oldest) {
        oldest = age;
        count = 0;
        found.clear();
        latest = undefined;
      }
      count += alike;
      const unnoticed = firstLook - run;
      // A job without readers has many runs alike in a row.
      if (!latest || latest.edge !== edge || !Object.is(latest.unnoticed, unnoticed)) {
        const key = `${edge} ${unnoticed}`;
        latest = found.get(key) ?? { edge, delivery, run, oldestAt, unnoticed, alike: 0 };
        found.set(key, latest);
        // What is dropped here is behind what is listed, and stays there whatever comes.
        if (found.size > 8 * mostListed)
          found = new Map(
            order(found.values()).map((kept) => [`${kept.edge} ${kept.unnoticed}`, kept]),
          );
      }
      latest.alike += alike;
    },
    list() {
      const runs = order(found.values()).map(
        ({ delivery, run, oldestAt, unnoticed, alike }): CriticalRun => ({
          link: delivery.link,
          ...(delivery.job !== undefined && { job: delivery.job }),
          run: toTime(run),
          ageHours: toHours(oldest) ?? 0,
          oldestAt: toTime(oldestAt),
          hoursUnnoticed: toHours(unnoticed),
          alike,
        }),
      );
      return { runs, count, age: oldest };
    },
  };
}

/** The longest unnoticed first; where nobody looks at all, last. */
function order(found: Iterable<Found>): Found[] {
  return sortBy(
    found,
    ({ unnoticed }) => (Number.isNaN(unnoticed) ? 1 : -unnoticed),
    ({ run }) => run,
    ({ edge }) => edge,
  ).slice(0, mostListed);
}
