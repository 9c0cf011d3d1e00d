import { countDays, type Day, secondMs } from './calendar.ts';
import { listTimes, type Pattern } from './pattern.ts';
import type { RunsError } from './runs.ts';
import { isTimezone } from './zone-of.ts';

/** A calendar event, and the zone at its end if it names one. */
export interface CalendarEvent extends Pattern {
  readonly zone?: string;
}

/** One term of a list: `stop` and `step` are absent where they are not written. */
interface Term {
  readonly start: number;
  readonly stop?: number;
  readonly step?: number;
}

/** The terms of a part, `undefined` for `*`. */
type Part = readonly Term[] | undefined;

const shorthands: Readonly<Record<string, string>> = {
  minutely: '*-*-* *:*:00',
  hourly: '*-*-* *:00:00',
  daily: '*-*-* 00:00:00',
  monthly: '*-*-01 00:00:00',
  weekly: 'Mon *-*-* 00:00:00',
  yearly: '*-01-01 00:00:00',
  annually: '*-01-01 00:00:00',
  anually: '*-01-01 00:00:00',
  quarterly: '*-01,04,07,10-01 00:00:00',
  semiannually: '*-01,07-01 00:00:00',
  'semi-annually': '*-01,07-01 00:00:00',
  biannually: '*-01,07-01 00:00:00',
  'bi-annually': '*-01,07-01 00:00:00',
};

/** From Sunday on, as `Day.weekday` counts. */
const weekdayNames = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const chain = String.raw`\*|\d[\d./,]*`;
const dateForm = new RegExp(`^(?:(?:(${chain})-)?(${chain})([-~])(${chain}))$`);
const timeForm = new RegExp(`^(${chain}):(${chain})(?::(${chain}))?$`);

/**
 * Reads a calendar event as systemd.time(7) describes them: weekdays, date and time, each of which may
 * be absent, with lists, ranges `..`, steps `/`, `~` to count days from the end of the month, and a
 * time zone at the end.
 */
export function readCalendarEvent(written: string): CalendarEvent | RunsError {
  const wrong = { error: `"${written}" is no calendar event` };
  const words = written.trim().split(/ +/);
  const last = words.at(-1) ?? '';
  const named = words.length > 1 && /^[A-Za-z]/.test(last) && !readWeekdays(last);
  const zone = named ? (/^utc$/i.test(last) ? 'UTC' : last) : undefined;
  if (zone !== undefined) words.pop();
  if (zone !== undefined && !isTimezone(zone)) return { error: `"${zone}" is no time zone` };
  const short = words.length === 1 ? words[0]?.toLowerCase() : undefined;
  if (short !== undefined && Object.hasOwn(shorthands, short))
    words.splice(0, 1, ...(shorthands[short] ?? '').split(' '));
  const event = readWords(words);
  if (!event) return wrong;
  if ('error' in event) return event;
  return zone === undefined ? event : { ...event, zone };
}

function readWords(words: readonly string[]): Pattern | RunsError | undefined {
  const rest = [...words];
  const stamp = /^@(\d{1,11})$/.exec(rest[0] ?? '');
  if (stamp && rest.length === 1) return readStamp(Number(stamp[1]));
  const weekdays = readWeekdays(rest[0] ?? '');
  if (weekdays) rest.shift();
  const date = dateForm.exec(rest[0] ?? '');
  if (date) rest.shift();
  const time = timeForm.exec(rest[0] ?? '');
  if (time) rest.shift();
  if (rest.length > 0 || (!weekdays && !date && !time)) return undefined;
  const fromEnd = date?.[3] === '~';
  const parts = {
    year: readPart(date?.[1] ?? '*', 1970, 2199, fixYear),
    month: readPart(date?.[2] ?? '*', 1, 12),
    day: readPart(date?.[4] ?? '*', 1, fromEnd ? 28 : 31, undefined, false, fromEnd),
    hour: readPart(time?.[1] ?? '0', 0, 23),
    minute: readPart(time?.[2] ?? '0', 0, 59),
    second: readPart(time?.[3] ?? '0', 0, 59.999999, undefined, true),
  };
  const { year, month, day, hour, minute, second } = parts;
  if (!year || !month || !day || !hour || !minute || !second) return undefined;
  const seconds = listValues(second.part, 0, 59.999999);
  if (seconds.length > 60) return { error: 'it runs more than once a second' };
  const isYear = new Set(listValues(year.part, 1970, 2199));
  const isMonth = new Set(listValues(month.part, 1, 12));
  const toDays = openDays(day.part, fromEnd);
  return {
    times: listTimes(
      listValues(hour.part, 0, 23),
      listValues(minute.part, 0, 59),
      seconds.map((value) => Math.floor(value * secondMs + 1e-6) / secondMs),
    ),
    isDay: (at) =>
      (!weekdays || weekdays.has(at.weekday)) &&
      isYear.has(at.year) &&
      isMonth.has(at.month) &&
      toDays(at),
    everyDay: !year.part && isMonth.size === 12 && !day.part && (!weekdays || weekdays.size === 7),
  };
}

function readStamp(seconds: number): Pattern {
  const instant = seconds * secondMs;
  const number = Math.floor(instant / 86_400_000);
  return {
    times: [instant - number * 86_400_000],
    isDay: (day) => day.number === number,
    everyDay: false,
  };
}

/** `Mon..Wed,Sat,` with full or short names; `-` is an older way to write `..`. */
function readWeekdays(text: string): Set<number> | undefined {
  const days = new Set<number>();
  const terms = text.toLowerCase().replace(/,$/, '').split(',');
  for (const term of terms) {
    const [first, last, ...more] = term.split(/\.\.|-/).map((name) => {
      const index = weekdayNames.findIndex((full) => name === full || name === full.slice(0, 3));
      return index < 0 ? undefined : (index + 6) % 7;
    });
    if (first === undefined || more.length > 0) return undefined;
    if (/\.\.|-/.test(term) && last === undefined) return undefined;
    // Weeks begin on Monday and ranges do not run over their end.
    if ((last ?? first) < first) return undefined;
    for (let day = first; day <= (last ?? first); day++) days.add((day + 1) % 7);
  }
  return days;
}

const fixYear = (year: number): number =>
  year < 70 ? year + 2000 : year < 100 ? year + 1900 : year;

/** Reads the terms of a part, or `undefined` where systemd would refuse them. */
function readPart(
  text: string,
  low: number,
  high: number,
  fix: (value: number) => number = (value) => value,
  fractions = false,
  fromEnd = false,
): { readonly part: Part } | undefined {
  if (text === '*') return fractions ? { part: [{ start: 0, step: 1 }] } : { part: undefined };
  const number = fractions ? String.raw`\d+(?:\.\d+)?` : String.raw`\d+`;
  const form = new RegExp(`^(${number})(?:\\.\\.(${number}))?(?:/(${number}))?$`);
  const terms: Term[] = [];
  for (const written of text.split(',')) {
    const match = form.exec(written);
    if (!match || written.length > 40) return undefined;
    const start = fix(Number(match[1]));
    const stop = match[2] === undefined ? undefined : fix(Number(match[2]));
    const step = match[3] === undefined ? (stop === undefined ? undefined : 1) : Number(match[3]);
    if (start < low || start > high || (stop ?? low) > high || (stop ?? start) < start)
      return undefined;
    if (step !== undefined && !hasRoom(start, stop, step, low, high, fromEnd)) return undefined;
    terms.push({
      start,
      ...(stop === undefined ? {} : { stop }),
      ...(step === undefined ? {} : { step }),
    });
  }
  return { part: terms };
}

/** An open step must lead to one more value at least, or systemd refuses it. */
function hasRoom(
  start: number,
  stop: number | undefined,
  step: number,
  low: number,
  high: number,
  fromEnd: boolean,
): boolean {
  if (step < 1e-6 || step > high - low) return false;
  if (stop !== undefined) return true;
  return fromEnd ? start - step >= low : start + step <= high;
}

/** The values of a part, ascending; a part of more than 61 distinct seconds is cut there. */
function listValues(part: Part, low: number, high: number): number[] {
  const values = new Set<number>();
  for (const { start, stop, step } of part ?? [{ start: low, step: 1 }]) {
    const end = stop ?? (step === undefined ? start : high);
    const count = step === undefined ? 0 : Math.min(300, Math.floor((end - start) / step + 1e-9));
    for (let index = 0; index <= count; index++) values.add(start + index * (step ?? 0));
  }
  return [...values].sort((a, b) => a - b);
}

function openDays(part: Part, fromEnd: boolean): (day: Day) => boolean {
  if (!part) return () => true;
  if (!fromEnd) {
    const days = new Set(listValues(part, 1, 31));
    return ({ day }) => days.has(day);
  }
  const byLength = new Map<number, Set<number>>();
  return ({ day, year, month }) => {
    const last = countDays(year, month);
    let days = byLength.get(last);
    if (!days) {
      days = new Set(part.flatMap((term) => countFromEnd(term, last)));
      byLength.set(last, days);
    }
    return days.has(day);
  };
}

/** `~3` is the third day from the end; an open step goes towards the end. */
function countFromEnd({ start, stop, step }: Term, last: number): number[] {
  if (stop === undefined && step !== undefined)
    return listValues([{ start: last + 1 - start, stop: last, step }], 1, last);
  return listValues(
    [{ start, ...(stop === undefined ? {} : { stop, step: step ?? 1 }) }],
    1,
    31,
  ).map((days) => last + 1 - days);
}
