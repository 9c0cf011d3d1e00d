import { groupBy, sortBy } from '../../order.ts';
import { toTime } from './figures.ts';
import { type Instants, openInstants } from './instants.ts';

/** A job, where it runs, and what it puts load on. */
export interface PlannedJob {
  readonly job: string;
  readonly host?: string;
  readonly target?: string;
  readonly runs: Instants;
  /** In ms; 0 where it is not known. */
  readonly durationMs: number;
  /** Whether the duration is a guess. */
  readonly assumed: boolean;
}

/** Jobs of one host or target that start in the same minute. */
export interface SharedMinute {
  readonly place: 'host' | 'target';
  readonly name: string;
  readonly jobs: readonly string[];
  /** In how many minutes exactly these start. */
  readonly times: number;
  /** The first of them, ISO 8601 UTC. */
  readonly first: string;
}

/** A job of which a run starts while the one before still runs. */
export interface Overlap {
  readonly job: string;
  /** How many runs start too early. */
  readonly times: number;
  /** The first of them, ISO 8601 UTC. */
  readonly first: string;
  readonly durationMinutes: number;
  readonly shortestGapMinutes: number;
  readonly assumed: boolean;
}

export interface Collisions {
  /** Most jobs first, then the most often. */
  readonly sharedMinutes: readonly SharedMinute[];
  readonly overlaps: readonly Overlap[];
  /** Further sets of jobs that share minutes, beyond those that are kept of a place. */
  readonly leftOut: number;
}

const msOfMinute = 60_000;
/** So much time is unpacked at once, and so many sets are kept of one place. */
const stretch = 7 * 24 * 60 * msOfMinute;
const mostSets = 500;

/** Finds jobs that get in each other's way, or in their own, within a horizon in ms. */
export function findCollisions(
  jobs: readonly PlannedJob[],
  horizon: { readonly from: number; readonly to: number },
): Collisions {
  const shared = (['host', 'target'] as const).flatMap((place) =>
    [...groupBy(jobs, (job) => job[place] ?? '')]
      .filter(([name, group]) => name !== '' && group.length > 1)
      .map(([name, group]) => findSharedMinutes(place, name, group, horizon)),
  );
  return {
    sharedMinutes: sortBy(
      shared.flatMap(({ found }) => found),
      ({ jobs: together }) => -together.length,
      ({ times }) => -times,
      ({ place }) => place,
      ({ name }) => name,
      ({ first }) => first,
      ({ jobs: together }) => together.join(),
    ),
    overlaps: sortBy(
      jobs.flatMap((job) => findOverlap(job, horizon) ?? []),
      ({ times }) => -times,
      ({ job }) => job,
      ({ first }) => first,
    ),
    leftOut: shared.reduce((sum, { leftOut }) => sum + leftOut, 0),
  };
}

function findSharedMinutes(
  place: SharedMinute['place'],
  name: string,
  group: readonly PlannedJob[],
  { from, to }: { readonly from: number; readonly to: number },
): { found: SharedMinute[]; leftOut: number } {
  // Jobs with the same runs always start together, so only different ones are walked.
  const plans = [...groupBy(group, ({ runs }) => JSON.stringify(runs)).values()];
  const sets = new Map<string, { plans: number[]; times: number; first: number }>();
  const dropped = new Set<string>();
  for (let start = from; start < to; start += stretch) {
    const starts = gatherStarts(plans, start, Math.min(to, start + stretch));
    for (let index = 0; index < starts.length; ) {
      const minute = Math.floor((starts[index] ?? 0) / plans.length);
      const together: number[] = [];
      for (; Math.floor((starts[index] ?? Number.NaN) / plans.length) === minute; index++) {
        const plan = (starts[index] ?? 0) % plans.length;
        if (together.at(-1) !== plan) together.push(plan);
      }
      if (together.length === 1 && plans[together[0] ?? 0]?.length === 1) continue;
      const key = together.join();
      const known = sets.get(key);
      if (known) known.times++;
      else if (sets.size < mostSets)
        sets.set(key, { plans: together, times: 1, first: minute * msOfMinute });
      else if (dropped.size < 100 * mostSets) dropped.add(key);
    }
  }
  const found = [...sets.values()].map(({ plans: together, times, first }) => ({
    place,
    name,
    jobs: together.flatMap((plan) => plans[plan]?.map(({ job }) => job) ?? []).sort(),
    times,
    first: toTime(first),
  }));
  return { found, leftOut: dropped.size };
}

/** Each start as its minute times the number of plans, plus the number of its plan; sorted. */
function gatherStarts(
  plans: readonly (readonly PlannedJob[])[],
  from: number,
  to: number,
): Float64Array {
  const opened = plans.map((group) => openInstants(group[0]?.runs ?? [], to, from));
  const starts = new Float64Array(opened.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const [plan, runs] of opened.entries())
    for (const run of runs) starts[next++] = Math.floor(run / msOfMinute) * plans.length + plan;
  return starts.sort();
}

function findOverlap(
  { job, runs, durationMs, assumed }: PlannedJob,
  { from, to }: { readonly from: number; readonly to: number },
): Overlap | undefined {
  if (durationMs <= 0) return undefined;
  const starts = openInstants(runs, to, from);
  let times = 0;
  let first = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < starts.length; index++) {
    const start = starts[index] ?? 0;
    const gap = start - (starts[index - 1] ?? 0);
    shortest = Math.min(shortest, gap);
    if (gap >= durationMs) continue;
    if (times === 0) first = start;
    times++;
  }
  if (times === 0) return undefined;
  return {
    job,
    times,
    first: toTime(first),
    durationMinutes: durationMs / msOfMinute,
    shortestGapMinutes: shortest / msOfMinute,
    assumed,
  };
}
