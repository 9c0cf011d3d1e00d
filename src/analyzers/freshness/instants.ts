/** Instants at one distance from each other: `first`, `first + step` … `count` of them. In ms. */
export interface Progression {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/**
 * Sorted instants in ms since 1970, as the progressions they are made of: a job that runs every
 * minute is one of them, a job of working days one a week.
 */
export type Instants = readonly Progression[];

/**
 * Packs instants as they come, without holding them all.
 * @throws RangeError where one is earlier than the one before it, or is no number
 */
export function packInstants(instants: Iterable<number>): Instants {
  const packed: Progression[] = [];
  let first = 0;
  let last = Number.NEGATIVE_INFINITY;
  let step = 0;
  let count = 0;
  for (const instant of instants) {
    if (!(instant >= last) || instant === Number.POSITIVE_INFINITY)
      throw new RangeError(`instants must rise, but ${instant} follows ${last}`);
    if (instant === last) continue;
    if (count === 1) step = instant - first;
    if (count > 0 && instant - last !== step) {
      packed.push({ first, step, count });
      count = 0;
    }
    if (count === 0) {
      first = instant;
      step = 0;
    }
    last = instant;
    count++;
  }
  if (count > 0) packed.push({ first, step, count });
  return packed;
}

/** The instants one by one, from `from` on up to but without `until`. */
export function openInstants(
  instants: Instants,
  until: number = Number.POSITIVE_INFINITY,
  from: number = Number.NEGATIVE_INFINITY,
): Float64Array {
  const parts = instants.map(({ first, step, count }) => {
    const skipped = from <= first ? 0 : step > 0 ? Math.ceil((from - first) / step) : count;
    const taken = until > first ? (step > 0 ? Math.ceil((until - first) / step) : count) : 0;
    return { first, step, start: skipped, end: Math.min(count, taken) };
  });
  const length = parts.reduce((sum, { start, end }) => sum + Math.max(0, end - start), 0);
  const opened = new Float64Array(length);
  let next = 0;
  for (const { first, step, start, end } of parts)
    for (let index = start; index < end; index++) opened[next++] = first + index * step;
  return opened;
}

/** How many instants these are. */
export function countInstants(instants: Instants): number {
  return instants.reduce((sum, { count }) => sum + count, 0);
}

/** Whether a job starts at this instant. */
export function hasInstant(instants: Instants, instant: number): boolean {
  return instants.some(({ first, step, count }) => {
    const past = instant - first;
    return past === 0 || (past > 0 && past <= step * (count - 1) && past % step === 0);
  });
}
