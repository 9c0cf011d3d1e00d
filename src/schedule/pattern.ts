import { type Day, dayMs, hourMs, minuteMs, secondMs, toDay } from './calendar.ts';
import { type ClockRule, placeOnClock } from './clock-change.ts';
import type { ListInstants } from './runs.ts';
import { makeRuns, type Runs } from './runs.ts';

/** Days of the calendar, and the times at which it runs on each of them. */
export interface Pattern {
  readonly isDay: (day: Day) => boolean;
  /** Ms after local midnight, ascending. */
  readonly times: readonly number[];
  /** Whether `isDay` accepts every day. */
  readonly everyDay: boolean;
}

/** Every combination of these hours, minutes and seconds, as ms after midnight, ascending. */
export function listTimes(
  hours: readonly number[],
  minutes: readonly number[],
  seconds: readonly number[] = [0],
): number[] {
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) =>
      seconds.map((second) => hour * hourMs + minute * minuteMs + second * secondMs),
    ),
  );
}

/** The local times of a pattern, as `placeOnClock` wants them. */
export function listLocalTimes({ isDay, times }: Pattern): ListInstants {
  return (from, to) => {
    const locals: number[] = [];
    const last = Math.ceil(to / dayMs);
    for (let number = Math.floor(from / dayMs); number < last; number++) {
      if (!isDay(toDay(number))) continue;
      const midnight = number * dayMs;
      const whole = midnight >= from && midnight + dayMs <= to;
      if (whole) for (const time of times) locals.push(midnight + time);
      else
        for (const time of times)
          if (midnight + time >= from && midnight + time < to) locals.push(midnight + time);
    }
    return locals;
  };
}

/** The runs of a pattern on the clock of a zone. */
export function runPattern(
  pattern: Pattern,
  timezone: string,
  rule: ClockRule,
  facts: Pick<Runs, 'jitterMinutes' | 'notes'>,
): Runs {
  return makeRuns({
    ...facts,
    list: placeOnClock(listLocalTimes(pattern), timezone, rule),
    perDay: pattern.times.length,
    everyMs: findStep(pattern, timezone, rule),
  });
}

/**
 * The distance of runs that are always equally far apart: every day, dividing the day, and either in
 * a zone that never changes or in steps of at most half an hour that run whatever the clock does.
 */
function findStep({ times, everyDay }: Pattern, timezone: string, rule: ClockRule) {
  const [first, second] = times;
  if (!everyDay || first === undefined) return undefined;
  const step = second === undefined ? dayMs : second - first;
  if (step * times.length !== dayMs) return undefined;
  if (times.some((time, index) => time !== first + index * step)) return undefined;
  if (/^(?:Etc\/)?(?:UTC|GMT|UCT|Zulu)$/i.test(timezone)) return step;
  // Offsets have changed by multiples of half an hour everywhere since 1987.
  const plain = rule.skipped === 'left-out' && rule.repeated === 'both';
  return plain && (30 * minuteMs) % step === 0 ? step : undefined;
}
