import { findFirstLook, findLastLook, isOver, type Looks } from './looks.ts';
import { countUpTo, type OpenSteps, type Steps } from './steps.ts';

/** Which data counts: that born in [from, to), followed up to `knownUntil`. In ms. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly knownUntil: number;
}

/** The oldest that data gets, in ms; NaN where none counts or nobody looks. */
export interface Ages {
  readonly atRest: number;
  /** When it is that old at rest. */
  readonly atRestAt: number;
  /** Whether newer data was still missing when the known runs ended. */
  readonly isCut: boolean;
  readonly atRead: number;
  readonly atReadAt: number;
}

/** What k runs in a row that fail do to one consumer. */
export interface FailureAges extends Ages {
  /** The first that fails, as a number into the runs. */
  readonly run: number;
  /** From when until when there is older data than there would be; Infinity: nothing known ends it. */
  readonly from: number;
  readonly until: number;
  /** When somebody first sees it; NaN where nobody does. */
  readonly firstLook: number;
  /** How many failures in a row, from this one on, do the same; one where anybody looks. */
  readonly alike: number;
}

/** One delivery as a consumer behind it sees it. */
export interface DeliveryView {
  readonly runs: Float64Array;
  /** When the data was born that each run reads, -Infinity where there is none. */
  readonly births: Float64Array;
  /** When which run came to the consumer first: its start, as a birth. */
  readonly arrivals: OpenSteps;
  /** The stretches that the arrivals are packed in. */
  readonly stretches: Steps;
  /** What comes to the consumer on other ways; none where this is the only one. */
  readonly around: OpenSteps | undefined;
  readonly looks: Looks | undefined;
}

const none = Number.NEGATIVE_INFINITY;

/**
 * Limits births to the horizon. Where nothing that is born in it arrives, the newest data from
 * before it counts instead: a monthly job is not fresh because it does not run this week.
 */
export function limitBirths({ births }: OpenSteps, span: Span): Span {
  const before = countUpTo(births, span.from);
  const first = births[before - 1] === span.from ? before - 1 : before;
  const next = births[first];
  const standing = births[first - 1];
  if ((next !== undefined && next < span.to) || standing === undefined) return span;
  return { ...span, from: standing };
}

/** How old data gets where every run succeeds. */
export function measureAges(
  { times, births }: OpenSteps,
  span: Span,
  looks: Looks | undefined,
): Ages {
  const oldest = startAges();
  let look = 0;
  for (let index = 0; index < times.length; index++) {
    const from = times[index] ?? 0;
    const to = times[index + 1];
    while (looks && isOver(looks, look, from)) look++;
    const isSeen =
      looks !== undefined && (looks.starts[look] ?? Number.NaN) < (to ?? span.knownUntil);
    addStretch(oldest, from, to, births[index] ?? none, span, isSeen ? looks : undefined);
  }
  return oldest;
}

/**
 * Lets each k runs in a row fail that start before the end of the horizon, and tells what becomes of
 * the consumer where it makes a difference. The ages are those of the time in which it does (for
 * k > 1 also those between).
 * @param matters given an age in ms that is not exceeded, and whether somebody looks meanwhile:
 * whether to work the failure out
 */
export function visitFailures(
  view: DeliveryView,
  failed: number,
  span: Span,
  matters: (mostAge: number, isSeen: boolean) => boolean,
  visit: (ages: FailureAges) => void,
): void {
  const { runs, arrivals, looks, stretches } = view;
  const lost = findRuns(runs, arrivals.births);
  let next = 0;
  let look = 0;
  let part = 0;
  let partEnd = stretches.counts[0] ?? 0;
  for (let first = 0; first < lost.length; first++) {
    const from = arrivals.times[first] ?? 0;
    while (looks && isOver(looks, look, from)) look++;
    if (first >= partEnd) partEnd += stretches.counts[++part] ?? 1;
    // Of the runs since the last that came, only those near this one take it along.
    const since = (lost[first - 1] ?? -1) + 1;
    const last = lost[first] ?? 0;
    for (let run = Math.max(since, last - failed + 1); run <= last; run++) {
      if ((runs[run] ?? 0) >= span.to) return;
      while (next < lost.length && (lost[next] ?? 0) < run + failed) next++;
      const to = findEnd(view, run, lost[next - 1] ?? run, arrivals.times[next]);
      if (to <= from) continue;
      const before = birthBefore(view, run);
      const end = Math.min(to, span.knownUntil);
      const isSeen = looks !== undefined && (looks.starts[look] ?? end) < end;
      const alike = isSeen ? 1 : countAlike(view, lost, first, partEnd, failed, span, look);
      if (matters(Math.floor(end) - Math.max(before, span.from), isSeen)) {
        const ages = measureStretches(from, to, before, view, span);
        ages.run = run;
        ages.from = from;
        ages.until = to;
        ages.alike = alike;
        if (looks && isSeen) ages.firstLook = findFirstLook(looks, from, end);
        visit(ages);
      }
      first += alike - 1;
    }
  }
}

function birthBefore({ births }: DeliveryView, run: number): number {
  return run === 0 ? none : (births[run - 1] ?? none);
}

/**
 * Until when the failure of runs makes a difference: until the first run after them comes, or data as
 * new on other ways. -Infinity where they bring nothing newer than the run before them.
 */
function findEnd(
  view: DeliveryView,
  run: number,
  lastLost: number,
  back: number = Number.POSITIVE_INFINITY,
): number {
  const newest = view.births[lastLost] ?? none;
  if (newest <= birthBefore(view, run)) return none;
  return view.around ? Math.min(back, findTime(view.around, newest)) : back;
}

/**
 * How many arrivals from one on are alike in all but their time: where the runs of the delivery copy
 * the origin itself, come to the consumer one by one in one rhythm, and nobody looks meanwhile.
 */
function countAlike(
  { runs, births, arrivals, around, looks }: DeliveryView,
  lost: Int32Array,
  first: number,
  partEnd: number,
  failed: number,
  span: Span,
  look: number,
): number {
  const left = partEnd - failed - first;
  if (left <= 1 || around || births !== runs) return 1;
  const time = arrivals.times[first] ?? 0;
  const start = arrivals.births[first] ?? 0;
  const rhythm = (arrivals.times[first + 1] ?? 0) - time;
  const before = arrivals.births[first - 1];
  if (before !== start - rhythm || before < span.from) return 1;
  const unseen = (looks?.starts[look] ?? Number.POSITIVE_INFINITY) - time;
  const alike = Math.min(
    left,
    Math.ceil((span.to - start) / rhythm),
    Math.floor(unseen / rhythm) - failed,
  );
  const isOneByOne =
    (lost[first + alike - 1 + failed] ?? 0) - (lost[first - 1] ?? 0) === alike + failed;
  return alike > 1 && isOneByOne ? alike : 1;
}

/** From when on the steps hold data that is at least this new. */
function findTime({ times, births }: OpenSteps, birth: number): number {
  const older = countUpTo(births, birth);
  const index = births[older - 1] === birth ? older - 1 : older;
  return times[index] ?? Number.POSITIVE_INFINITY;
}

/** The numbers of runs by their starts, both sorted. */
function findRuns(runs: Float64Array, starts: Float64Array): Int32Array {
  const numbers = new Int32Array(starts.length);
  let run = -1;
  for (let index = 0; index < starts.length; index++) {
    const start = starts[index] ?? 0;
    run = runs[run + 1] === start ? run + 1 : countUpTo(runs, start) - 1;
    numbers[index] = run;
  }
  return numbers;
}

type OldestAges = { -readonly [key in keyof FailureAges]: FailureAges[key] };

function startAges(): OldestAges {
  return {
    atRest: Number.NaN,
    atRestAt: Number.NaN,
    isCut: false,
    atRead: Number.NaN,
    atReadAt: Number.NaN,
    run: -1,
    from: Number.NaN,
    until: Number.NaN,
    firstLook: Number.NaN,
    alike: 1,
  };
}

/** The ages of [from, to) where the delivery brought nothing newer than `birth`. */
function measureStretches(
  from: number,
  to: number,
  birth: number,
  { around, looks }: DeliveryView,
  span: Span,
): OldestAges {
  const oldest = startAges();
  let start = from;
  let held = birth;
  if (around) {
    let index = countUpTo(around.times, from);
    held = Math.max(held, around.births[index - 1] ?? none);
    for (; (around.times[index] ?? to) < to; index++) {
      const newer = around.births[index] ?? none;
      if (newer <= held) continue;
      const end = around.times[index] ?? to;
      addStretch(oldest, start, end, held, span, looks);
      start = end;
      held = newer;
    }
  }
  addStretch(oldest, start, Number.isFinite(to) ? to : undefined, held, span, looks);
  return oldest;
}

/** Notes how old data gets that stands from one time to another, or to the end of what is known. */
function addStretch(
  oldest: OldestAges,
  from: number,
  to: number | undefined,
  birth: number,
  span: Span,
  looks: Looks | undefined,
): void {
  if (birth < span.from || birth >= span.to) return;
  const end = to ?? span.knownUntil;
  const age = Math.floor(end) - birth;
  if (!(age < oldest.atRest) && (age !== oldest.atRest || (oldest.isCut && to !== undefined))) {
    oldest.atRest = age;
    oldest.atRestAt = Math.floor(end);
    oldest.isCut = to === undefined;
  }
  const look = looks ? findLastLook(looks, from, end) : Number.NaN;
  if (look - birth > oldest.atRead || (Number.isNaN(oldest.atRead) && !Number.isNaN(look))) {
    oldest.atRead = look - birth;
    oldest.atReadAt = look;
  }
}
