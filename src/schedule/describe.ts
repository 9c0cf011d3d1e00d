import { formatSchedule, type Schedule } from '../schedule.ts';
import { hourMs, minuteMs, secondMs } from './calendar.ts';
import { monthNames, weekdayNames } from './calendar-names.ts';
import { cronNicknames } from './cron.ts';
import {
  dayField,
  type Field,
  hourField,
  minuteField,
  monthField,
  readField,
  weekdayField,
} from './fields.ts';
import { readIsoDuration, readSystemdSpan } from './time-span.ts';

const rules = { stepAfterNumber: true, sundayEnds: true };

/**
 * A schedule in plain words, such as "Monday to Friday at 22:30, Europe/Oslo", for the common forms;
 * the expression with its zone for all others.
 */
export function describeSchedule(schedule: Schedule): string {
  const words = describeWhen(schedule);
  if (words === undefined) return formatSchedule(schedule);
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return schedule.timezone === '' || isWithoutClock(words)
    ? sentence
    : `${sentence}, ${schedule.timezone}`;
}

function isWithoutClock(words: string): boolean {
  return /^(?:when|every \d+ (?:second|minute)s$|every minute$)/.test(words);
}

function describeWhen({ expression, scheduler = 'cron' }: Schedule): string | undefined {
  const text = expression.trim().replace(/\s+/g, ' ');
  if (text.length > 200) return undefined;
  switch (scheduler) {
    case 'cron':
    case 'cron-tz':
    case 'kubernetes':
    case 'github':
    case 'gitlab':
    case 'airflow':
    case 'control-m':
    case 'autosys':
    case 'pg-cron':
      if (text === '@reboot') return 'when the machine starts';
      return describeFields((cronNicknames.get(text) ?? text).split(' '));
    case 'quartz':
    case 'spring':
      return describeSixFields(text.split(' '), scheduler);
    case 'jenkins':
      return describeFields(text.split(' '));
    case 'systemd':
      return describeTimer(text);
    case 'anacron':
      return describePeriod(text);
    case 'interval':
      return describeLength(readIsoDuration(/\/(P\w+)$/.exec(text)?.[1] ?? ''));
    default:
      return undefined;
  }
}

/** Quartz counts weekdays from Sunday as 1, so that only their names are taken. */
function describeSixFields(fields: readonly string[], scheduler: 'quartz' | 'spring') {
  const [second, minute = '', hour = '', day = '', month = '', weekday = '', year = '*'] = fields;
  if (second !== '0' || year !== '*' || fields.length < 6) return undefined;
  if (scheduler === 'quartz' && /\d/.test(weekday)) return undefined;
  return describeFields([minute, hour, day.replace('?', '*'), month, weekday.replace('?', '*')]);
}

function describeTimer(text: string): string | undefined {
  const period = /^OnUnitActiveSec=(.+)$/.exec(text);
  if (period) return describeLength(readSystemdSpan(period[1] ?? ''));
  const event = text.replace(/^OnCalendar=/, '');
  if (event === 'weekly') return describeFields(['0', '0', '*', '*', '1']);
  const shorthand =
    /^(?:hourly|daily|monthly|yearly)$/.test(event) && cronNicknames.get(`@${event}`);
  if (shorthand) return describeFields(shorthand.split(' '));
  const match = /^(?:([A-Za-z.,]+) )?(?:\*-\*-\* )?(\d\d?):(\d\d)(?::00)?$/.exec(event);
  if (!match) return undefined;
  const days = match[1]?.replaceAll('..', '-') ?? '*';
  return describeFields([match[3] ?? '', match[2] ?? '', '*', '*', days]);
}

function describePeriod(text: string): string | undefined {
  const period = /^(@?\w+) \d+/.exec(text)?.[1];
  if (period === '@monthly') return 'once a month';
  if (period === '@yearly') return 'once a year';
  const days = period === '@daily' ? 1 : period === '@weekly' ? 7 : Number(period);
  return days > 0 ? (days === 1 ? 'once a day' : `every ${days} days`) : undefined;
}

function describeLength(ms: number | undefined): string | undefined {
  const units = [
    ['hour', hourMs],
    ['minute', minuteMs],
    ['second', secondMs],
  ] as const;
  for (const [name, length] of units)
    if (ms !== undefined && ms > 0 && ms % length === 0)
      return ms === length ? `every ${name}` : `every ${ms / length} ${name}s`;
  return undefined;
}

function describeFields(fields: readonly string[]): string | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = fields;
  if (fields.length !== 5) return undefined;
  const minutes = readValues(minute, minuteField);
  const hours = readValues(hour, hourField);
  const days = readValues(day, dayField);
  const months = readValues(month, monthField);
  const weekdays = readValues(weekday, weekdayField);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  const ofWeek = [...new Set(weekdays.map((value) => value % 7))];
  const [allDays, allWeekdays] = [days.length === 31, ofWeek.length === 7];
  // Two restricted day fields mean different things to different schedulers.
  if (!allDays && !allWeekdays) return undefined;
  const when = describeTimes(minutes, hours);
  if (when === undefined) return undefined;
  const inMonths =
    months.length === 12 ? '' : ` in ${join(months.map((value) => monthNames[value - 1] ?? ''))}`;
  if (!allWeekdays) return `${describeWeekdays(ofWeek)}${inMonths} ${when}`;
  if (!allDays) {
    if (days.length > 4) return undefined;
    const named = join(days.map(toOrdinal));
    return inMonths === ''
      ? `on the ${named} of the month ${when}`
      : `on the ${named}${inMonths.replace(' in ', ' of ')} ${when}`;
  }
  if (inMonths !== '') return `every day${inMonths} ${when}`;
  return when.startsWith('at ') ? `every day ${when}` : when;
}

function readValues(text: string, field: Field): readonly number[] | undefined {
  const read = readField(text, field, rules);
  return 'error' in read ? undefined : read.values;
}

function describeTimes(minutes: readonly number[], hours: readonly number[]): string | undefined {
  const step = findStep(minutes, 60);
  const [minute = 0] = minutes;
  if (hours.length === 24) {
    if (minutes.length === 1) return minute === 0 ? 'every hour' : `every hour at minute ${minute}`;
    return step === 1 ? 'every minute' : step === undefined ? undefined : `every ${step} minutes`;
  }
  if (minutes.length * hours.length <= 4)
    return `at ${join(hours.flatMap((hour) => minutes.map((at) => `${pad(hour)}:${pad(at)}`)))}`;
  const [first = 0] = hours;
  const last = hours.at(-1) ?? 0;
  if (hours.length !== last - first + 1) return undefined;
  const span = `from ${pad(first)}:${pad(minute)} to ${pad(last)}:${pad(minutes.at(-1) ?? 0)}`;
  if (minutes.length === 1) return `every hour ${span}`;
  return step === undefined
    ? undefined
    : `${step === 1 ? 'every minute' : `every ${step} minutes`} ${span}`;
}

/** The distance of values that go evenly round a cycle. */
function findStep(values: readonly number[], cycle: number): number | undefined {
  const [first = 0, second] = values;
  if (second === undefined || (second - first) * values.length !== cycle) return undefined;
  return values.every((value, index) => value === first + index * (second - first))
    ? second - first
    : undefined;
}

/** Weeks begin on Monday here: `1-5` is Monday to Friday, `0,6` Saturday and Sunday. */
function describeWeekdays(values: readonly number[]): string {
  const order = values.map((value) => (value + 6) % 7).sort((a, b) => a - b);
  const [first = 0] = order;
  const last = order.at(-1) ?? 0;
  const toName = (index: number) => weekdayNames[(index + 1) % 7] ?? '';
  if (order.length > 2 && last - first + 1 === order.length)
    return `${toName(first)} to ${toName(last)}`;
  return join(order.map(toName));
}

function toOrdinal(value: number): string {
  const ends = ['th', 'st', 'nd', 'rd'];
  const isTeen = value > 10 && value < 14;
  return `${value}${(isTeen ? undefined : ends[value % 10]) ?? 'th'}`;
}

function join(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? '')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
