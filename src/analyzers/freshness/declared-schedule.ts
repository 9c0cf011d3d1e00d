import { findCronError, type Schedule } from '../../schedule.ts';

/** What a registry says in words. */
export type DeclaredSchedule =
  | { readonly kind: 'schedule'; readonly schedule: Schedule }
  | { readonly kind: 'at-once' }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Texts that say that data moves as soon as it changes. */
const atOnce =
  /^(?:(?:near[ -])?real[ -]?time|live|event(?:s|[ -](?:driven|based))?|on (?:change|event)|immediate(?:ly)?|continuous(?:ly)?|streaming|instant(?:ly)?|synchronous(?:ly)?|sync)$/;

/** Texts that name no time at all. */
const byHand =
  /^(?:(?:on )?demand|on[ -]demand|manual(?:ly)?|by hand|ad[ -]?hoc|as needed|when needed|on request|irregular(?:ly)?)$/;

/** Texts that say how often, but not when. */
const howOften: Readonly<Record<string, string>> = {
  hourly: 'PT1H',
  daily: 'P1D',
  nightly: 'P1D',
  weekly: 'P7D',
  'every minute': 'PT1M',
  'every hour': 'PT1H',
  'every day': 'P1D',
  'every night': 'P1D',
  'every week': 'P7D',
};

/** Texts of longer periods, whose day is unknown and whose length differs. */
const longPeriods =
  /^(?:(?:bi|twice )?(?:monthly|quarterly|yearly|annually)|fortnightly|biweekly|every (?:month|quarter|year)|month[ -]end)$/;

const units: Readonly<Record<string, string>> = { m: 'M', h: 'H', d: 'D', s: 'S' };

const dayGroups: Readonly<Record<string, string>> = {
  daily: '*',
  nightly: '*',
  'every day': '*',
  'every night': '*',
  weekdays: '1-5',
  'working days': '1-5',
  workdays: '1-5',
  weekends: '0,6',
  werktags: '1-5',
  täglich: '*',
};

/** Names of days in English and German, of which no one means two days. */
const dayNames: Readonly<Record<string, number>> = {
  su: 0,
  sun: 0,
  sunday: 0,
  sundays: 0,
  so: 0,
  sonntag: 0,
  mo: 1,
  mon: 1,
  monday: 1,
  mondays: 1,
  montag: 1,
  tu: 2,
  tue: 2,
  tues: 2,
  tuesday: 2,
  tuesdays: 2,
  di: 2,
  dienstag: 2,
  we: 3,
  wed: 3,
  wednesday: 3,
  wednesdays: 3,
  mi: 3,
  mittwoch: 3,
  th: 4,
  thu: 4,
  thur: 4,
  thurs: 4,
  thursday: 4,
  thursdays: 4,
  do: 4,
  donnerstag: 4,
  fr: 5,
  fri: 5,
  friday: 5,
  fridays: 5,
  freitag: 5,
  sa: 6,
  sat: 6,
  saturday: 6,
  saturdays: 6,
  samstag: 6,
};

/**
 * Reads the schedule that a row of a registry gives: a crontab's fields, or words that can only mean
 * one thing ("every 15 min", "Mo-Fr 22:30"). Anything else is unknown, with the reason.
 */
export function readDeclaredSchedule(schedule: Schedule): DeclaredSchedule {
  const { expression } = schedule;
  const fault = findCronError(expression);
  const text = expression.trim().toLowerCase().replace(/\s+/g, ' ').slice(0, 200);
  if (schedule.scheduler !== undefined || fault === undefined)
    return { kind: 'schedule', schedule };
  if (atOnce.test(text)) return { kind: 'at-once' };
  if (byHand.test(text)) return unknown(`"${expression}" is no time`);
  if (longPeriods.test(text)) return unknown(`"${expression}" does not say on which day`);
  const period = howOften[text] ?? readEvery(text);
  if (period !== undefined)
    return {
      kind: 'schedule',
      schedule: { expression: `R/${period}`, timezone: 'UTC', scheduler: 'interval' },
    };
  const fields = readDaysAndTimes(text);
  if (fields !== undefined)
    return { kind: 'schedule', schedule: { ...schedule, expression: fields } };
  // What looks like a line of a crontab is told what cron would say.
  if (/^[\d*/,-]+(?: [\w*/,-]+){4}$/.test(text))
    return unknown(`the schedule "${expression}" is not valid: ${fault}`);
  return unknown(`"${shorten(expression)}" is no schedule that can be followed`);
}

/** The days of the week that a text such as `mon-fri` or `mon, thu` names, for a crontab. */
export function readDays(text: string): string | undefined {
  const days = text
    .trim()
    .toLowerCase()
    .replace(/\s*(?:-|–|\bto\b|\bbis\b)\s*/g, '-');
  const group = dayGroups[days];
  if (group !== undefined) return group;
  const found = new Set<number>();
  for (const part of days.split(/\s*[,;+/&]\s*|\s+and\s+|\s+und\s+|\s+/)) {
    const names = part.split('-');
    const first = dayNames[names[0] ?? ''];
    const last = dayNames[names.at(-1) ?? ''];
    if (first === undefined || last === undefined || names.length > 2) return undefined;
    for (let day = first; ; day = (day + 1) % 7) {
      found.add(day);
      if (day === last) break;
    }
  }
  return [...found].sort((a, b) => a - b).join();
}

/** As in "every 15 minutes"; longer units do not divide a day, and so need no start to be exact. */
function readEvery(text: string): string | undefined {
  const match =
    /^(?:every|alle) (\d{1,4}) ?(s|m|h|d)(?:ec|ecs|econds?|in|ins|inutes?|inuten|ours?|rs?|ays?)?\.?$/.exec(
      text,
    );
  const [, count, letter = ''] = match ?? [];
  const unit = units[letter];
  if (count === undefined || unit === undefined || Number(count) === 0) return undefined;
  return unit === 'D' ? `P${count}D` : `PT${count}${unit}`;
}

/** As in "Mo-Fr 22:30" or "daily at 06:00 and 18:00", as the five fields of a crontab. */
function readDaysAndTimes(text: string): string | undefined {
  const match =
    /^([a-zä][a-zä ,;+/&–-]*?),? (?:at |um |@ ?)?(\d{1,2}[:.]\d{2}(?:(?:,| and| und|;|\/)? ?\d{1,2}[:.]\d{2})*)(?: ?(?:h|uhr))?$/.exec(
      text,
    );
  const days = readDays(match?.[1] ?? '');
  if (!match || days === undefined) return undefined;
  const times = [...(match[2] ?? '').matchAll(/(\d{1,2})[:.](\d{2})/g)].map(
    ([, hour, minute]) => [Number(hour), Number(minute)] as const,
  );
  const [first] = times;
  if (!first || times.some(([hour, minute]) => hour > 23 || minute > 59)) return undefined;
  // One line of a crontab tells several times only where they share their minute.
  if (times.some(([, minute]) => minute !== first[1])) return undefined;
  return `${first[1]} ${times.map(([hour]) => hour).join()} * * ${days}`;
}

function unknown(reason: string): DeclaredSchedule {
  return { kind: 'unknown', reason };
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
