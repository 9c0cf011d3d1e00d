import { dayMs, minuteMs } from './calendar.ts';

/** A time from which a zone's clock is so far ahead of UTC, until the next stretch begins. */
export interface Stretch {
  /** Instant in ms since 1970. */
  readonly start: number;
  /** Local time less UTC, in ms. */
  readonly offset: number;
}

interface Zone {
  readonly offsetAt: (instant: number) => number;
  /** The changes of each UTC year that was asked for. */
  readonly changes: Map<number, readonly Stretch[]>;
}

const zones = new Map<string, Zone>();

/**
 * The stretches of unchanged offset that cover [from, to), the first one beginning at `from`. Offsets
 * come from the runtime's IANA data (ECMA-402 Intl), changes are found to the minute. Changes less
 * than a week apart that undo each other are not seen; the IANA data has none since 1970.
 */
export function listStretches(timezone: string, from: number, to: number): Stretch[] {
  const zone = openZone(timezone);
  const stretches: Stretch[] = [{ start: from, offset: zone.offsetAt(from) }];
  if (zone.offsetAt === alwaysZero) return stretches;
  const lastYear = new Date(to).getUTCFullYear();
  for (let year = new Date(from).getUTCFullYear(); year <= lastYear; year++) {
    for (const change of changesOf(zone, year))
      if (change.start > from && change.start < to) stretches.push(change);
  }
  return stretches;
}

const alwaysZero = (): number => 0;

function openZone(timezone: string): Zone {
  let zone = zones.get(timezone);
  if (!zone) {
    zone = {
      offsetAt: /^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu)$/i.test(timezone)
        ? alwaysZero
        : readOffsets(timezone),
      changes: new Map(),
    };
    zones.set(timezone, zone);
  }
  return zone;
}

function readOffsets(timezone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (instant) => {
    const whole = Math.floor(instant / 1000) * 1000;
    const numbers = format.format(whole).match(/\d+/g)?.map(Number) ?? [];
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] = numbers;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };
}

function changesOf(zone: Zone, year: number): readonly Stretch[] {
  let changes = zone.changes.get(year);
  if (!changes) {
    changes = findChanges(zone, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
    zone.changes.set(year, changes);
  }
  return changes;
}

function findChanges({ offsetAt }: Zone, from: number, to: number): Stretch[] {
  const changes: Stretch[] = [];
  // A change at the first instant of the year belongs to it, so the walk begins a minute before.
  let before = from - minuteMs;
  let offset = offsetAt(before);
  for (let at = from; before < to - minuteMs; at = Math.min(at + 7 * dayMs, to - minuteMs)) {
    const next = offsetAt(at);
    if (next !== offset) {
      let [low, high] = [before, at];
      while (high - low > minuteMs) {
        const middle = low + Math.floor((high - low) / (2 * minuteMs)) * minuteMs;
        if (offsetAt(middle) === offset) low = middle;
        else high = middle;
      }
      changes.push({ start: high, offset: offsetAt(high) });
    }
    before = at;
    offset = next;
  }
  return changes;
}
