import { listStretches } from '../../schedule/zone.ts';

const day = 86_400_000;

/** The instants in ms at which clocks of a zone show a local time: none, one or two. */
export function findInstants(local: number, timezone: string): number[] {
  const to = local + 2 * day;
  const stretches = listStretches(timezone, local - 2 * day, to);
  return stretches.flatMap(({ start, offset }, index) => {
    const instant = local - offset;
    return instant >= start && instant < (stretches[index + 1]?.start ?? to) ? [instant] : [];
  });
}

/** When a day begins in a zone, in ms; where a change of the clock skips midnight, right after it. */
export function startOfDay(date: string, timezone: string): number {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  for (let minutes = 0; minutes <= 180; minutes += 30) {
    const [first] = findInstants(midnight + minutes * 60_000, timezone);
    if (first !== undefined) return first;
  }
  return midnight;
}

/** Tells the local time in ms of rising instants of a span. */
export function openClock(timezone: string, from: number, to: number): (instant: number) => number {
  const stretches = listStretches(timezone, from, to);
  return (instant) => {
    let offset = stretches[0]?.offset ?? 0;
    for (const stretch of stretches) {
      if (stretch.start > instant) break;
      offset = stretch.offset;
    }
    return instant + offset;
  };
}

/** A local time in ms as `YYYY-MM-DD`. */
export function toDate(local: number): string {
  return new Date(local).toISOString().slice(0, 10);
}
