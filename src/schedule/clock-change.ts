import { dayMs } from './calendar.ts';
import type { ListInstants } from './runs.ts';
import { listStretches, type Stretch } from './zone.ts';

/**
 * What a scheduler does when its clock is changed. `skipped` are the local times that never come:
 * their runs are left out, take place at the moment of the change, or the first of them is moved on by
 * the length of the change and the search goes on from there. `repeated` are those that come twice: `distinct` runs both times, except that a run
 * does not follow another at the same reading of the clock.
 */
export interface ClockRule {
  readonly skipped: 'left-out' | 'at-change' | 'moved-on';
  readonly repeated: 'both' | 'first' | 'second' | 'distinct';
  /** Changes of so many ms or more are not handled: skipped is left out, repeated runs both times. */
  readonly below?: number;
}

/** The plain rule: it runs whenever the clock reads a time of the schedule. */
export const asTheClockReads: ClockRule = { skipped: 'left-out', repeated: 'both' };

/**
 * Puts local times on the line of real instants. `listLocal` gives the local times in a span of local
 * times, as ms as if the clock were in UTC, ascending.
 */
export function placeOnClock(
  listLocal: ListInstants,
  timezone: string,
  rule: ClockRule,
): ListInstants {
  return (from, to) => {
    // A change just before `from` decides what happens after it.
    const stretches = listStretches(timezone, from - dayMs, to + dayMs);
    const instants: number[] = [];
    const isDistinct = rule.repeated === 'distinct';
    let lastLocal = Number.NaN;
    for (const [index, { offset }] of stretches.entries()) {
      const { low, high, moved } = findBounds(stretches, index, rule, listLocal);
      if (moved !== undefined && moved >= from && moved < to) instants.push(moved);
      // Only the neighbourhood of the span is of interest, and for `distinct` the run before it.
      const first = from + offset;
      const locals = listLocal(
        Math.max(low, isDistinct ? first - dayMs : first),
        Math.min(high, to + offset),
      );
      for (const local of locals) {
        if (local >= first && !(isDistinct && local === lastLocal)) instants.push(local - offset);
        lastLocal = local;
      }
    }
    return instants;
  };
}

/** The local times of a stretch that run, and the instant of a run that was moved to before them. */
function findBounds(
  stretches: readonly Stretch[],
  index: number,
  rule: ClockRule,
  listLocal: ListInstants,
): { readonly low: number; readonly high: number; readonly moved?: number } {
  const stretch = stretches[index] ?? { start: 0, offset: 0 };
  const before = stretches[index - 1];
  const after = stretches[index + 1];
  const end = (after?.start ?? Number.POSITIVE_INFINITY) + stretch.offset;
  const high =
    after && rule.repeated === 'second' && isHandled(rule, stretch, after)
      ? Math.min(end, after.start + after.offset)
      : end;
  const low = stretch.start + stretch.offset;
  if (!before || !isHandled(rule, before, stretch)) return { low, high };
  const moved = moveSkipped(listLocal, before, stretch, rule);
  // The moved run may also be one of those that follow.
  if (moved !== undefined) return { low: moved + stretch.offset + 1, high, moved };
  return rule.repeated === 'first'
    ? { low: Math.max(low, stretch.start + before.offset), high }
    : { low, high };
}

function isHandled(rule: ClockRule, before: Stretch, after: Stretch): boolean {
  return rule.below === undefined || Math.abs(after.offset - before.offset) < rule.below;
}

/** The instant at which the runs of a skipped time take place, if they do. */
function moveSkipped(
  listLocal: ListInstants,
  before: Stretch,
  { start, offset }: Stretch,
  rule: ClockRule,
): number | undefined {
  if (rule.skipped === 'left-out' || offset < before.offset) return undefined;
  const [first] = listLocal(start + before.offset, start + offset);
  if (first === undefined) return undefined;
  return rule.skipped === 'moved-on' ? first - before.offset : start;
}
