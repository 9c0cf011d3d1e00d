/** Minutes of an hour and the hours that have them: each pair of the two is one time of the day. */
export interface TimeGroup {
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
}

/**
 * Times of a day, in minutes after midnight, as the fewest lines that a calendar of hours and minutes
 * needs: 08:00 and 08:30 to 16:30 every hour are one or two lines, not eighteen.
 */
export function groupTimes(times: Iterable<number>): TimeGroup[] {
  const byMinute = new Map<number, Set<number>>();
  for (const time of times) {
    const hours = byMinute.get(time % 60) ?? new Set();
    hours.add(Math.floor(time / 60));
    byMinute.set(time % 60, hours);
  }
  const groups = new Map<string, { hours: number[]; minutes: number[] }>();
  for (const [minute, set] of [...byMinute].sort(([a], [b]) => a - b)) {
    const hours = [...set].sort((a, b) => a - b);
    const key = hours.join(',');
    const group = groups.get(key) ?? { hours, minutes: [] };
    group.minutes.push(minute);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** A sorted list of numbers as a field of cron writes it: `*` for all, ranges and single numbers. */
export function toCronField(values: readonly number[], low: number, high: number): string {
  if (values.length === high - low + 1) return '*';
  const parts: string[] = [];
  for (let index = 0; index < values.length; ) {
    let end = index;
    while (values[end + 1] === (values[end] ?? 0) + 1) end++;
    if (end - index >= 2) parts.push(`${values[index]}-${values[end]}`);
    else for (let at = index; at <= end; at++) parts.push(String(values[at]));
    index = end + 1;
  }
  return parts.join(',');
}

/** `2230` or `22:30` as minutes after midnight; undefined where it is no time of the day. */
export function readDayTime(text: string): number | undefined {
  const match = /^(\d{1,2}):?(\d{2})$/.exec(text.trim());
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2])];
  return match && hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}
