import { dayMs, minuteMs } from './calendar.ts';

/** The runs of one schedule. */
export interface Runs {
  /**
   * The instants in [from, to) at which it runs, in ms since 1970, ascending. Where there would be
   * more than two million, only the first run of each minute is given; `each` gives all.
   */
  readonly runs: (from: number, to: number) => number[];
  /** The same instants one by one, in little memory. */
  readonly each: (from: number, to: number) => Generator<number>;
  /** At most so many runs on one day. */
  readonly perDay: number;
  /** The time in ms between any run and the next, where it is always the same. */
  readonly everyMs?: number;
  /**
   * A run may begin up to so many minutes later than its instant: the scheduler adds a random or
   * hashed delay that the schedule does not tell. The instant is the earliest.
   */
  readonly jitterMinutes: number;
  /**
   * `known`: the instants are those of the schedule. `assumed`: only the time between runs is known,
   * and the instants are counted from 1970. `none`: no clock starts it (@reboot).
   */
  readonly phase: 'known' | 'assumed' | 'none';
  /** What was assumed, in plain sentences. */
  readonly notes: readonly string[];
}

/** Why a schedule cannot be opened, as a phrase that completes "the schedule is not valid: …". */
export interface RunsError {
  readonly error: string;
}

/** Lists the instants of [from, to); the span is at most a few weeks when `each` asks. */
export type ListInstants = (from: number, to: number) => number[];

interface RunsFacts {
  readonly list: ListInstants;
  readonly perDay: number;
  readonly everyMs?: number | undefined;
  readonly jitterMinutes?: number;
  readonly phase?: Runs['phase'];
  readonly notes?: readonly string[];
}

const mostRuns = 2_000_000;

/** Makes `Runs` of a function that lists the instants of a span. */
export function makeRuns(facts: RunsFacts): Runs {
  const { list, perDay, everyMs } = facts;
  const step = perDay > 1000 ? dayMs : 28 * dayMs;
  function* each(from: number, to: number): Generator<number> {
    for (let at = from; at < to; at += step) yield* list(at, Math.min(at + step, to));
  }
  return {
    runs: (from, to) => {
      if (!(from < to)) return [];
      if (((to - from) / dayMs) * perDay <= mostRuns) return list(from, to);
      return firstOfMinutes(each(from, to));
    },
    each,
    perDay,
    ...(everyMs === undefined ? {} : { everyMs }),
    jitterMinutes: facts.jitterMinutes ?? 0,
    phase: facts.phase ?? 'known',
    notes: facts.notes ?? [],
  };
}

function firstOfMinutes(instants: Iterable<number>): number[] {
  const kept: number[] = [];
  let minute = Number.NEGATIVE_INFINITY;
  for (const instant of instants) {
    const next = Math.floor(instant / minuteMs);
    if (next !== minute) kept.push(instant);
    minute = next;
  }
  return kept;
}

/** Runs that follow each other at the same distance, through `anchor`; `first` is the first of all. */
export function makeEvenRuns(
  everyMs: number,
  anchor: number,
  facts: Omit<RunsFacts, 'list' | 'perDay' | 'everyMs'> & { readonly first?: number } = {},
): Runs {
  const { first = Number.NEGATIVE_INFINITY, ...rest } = facts;
  return makeRuns({
    ...rest,
    perDay: Math.ceil(dayMs / everyMs),
    everyMs,
    list: (from, to) => {
      const instants: number[] = [];
      const low = Math.max(from, first);
      for (let index = Math.ceil((low - anchor) / everyMs); ; index++) {
        const instant = anchor + index * everyMs;
        if (!(instant < to)) return instants;
        instants.push(instant);
      }
    },
  });
}

/** Joins the runs of several lines: an instant that two of them share is one run. */
export function joinRuns(all: readonly Runs[]): Runs {
  const [only] = all;
  if (only && all.length === 1) return only;
  const phases = new Set(all.map(({ phase }) => phase));
  return makeRuns({
    perDay: all.reduce((sum, { perDay }) => sum + perDay, 0),
    jitterMinutes: Math.max(0, ...all.map(({ jitterMinutes }) => jitterMinutes)),
    phase: phases.has('assumed') ? 'assumed' : phases.has('known') ? 'known' : 'none',
    notes: [...new Set(all.flatMap(({ notes }) => notes))],
    list: (from, to) => toAscending(all.flatMap(({ runs }) => runs(from, to))),
  });
}

/** The instants in order, each once. */
function toAscending(instants: readonly number[]): number[] {
  const sorted = [...instants].sort((a, b) => a - b);
  return sorted.filter((instant, index) => index === 0 || instant !== sorted[index - 1]);
}

/** Runs that no clock starts. */
export function makeNoRuns(note: string): Runs {
  return makeRuns({ list: () => [], perDay: 0, phase: 'none', notes: [note] });
}
