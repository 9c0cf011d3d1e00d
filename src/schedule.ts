import { Cron } from 'croner';

/** When a job runs: the expression as its scheduler writes it, and the zone its clock is in. */
export interface Schedule {
  readonly expression: string;
  readonly timezone: string;
}

/** The nicknames of crontab(5) that stand for five fields. */
const nicknames = new Set([
  '@yearly',
  '@annually',
  '@monthly',
  '@weekly',
  '@daily',
  '@midnight',
  '@hourly',
]);

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly words?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day of month', low: 1, high: 31 },
  {
    name: 'month',
    low: 1,
    high: 12,
    words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  {
    name: 'day of week',
    low: 0,
    high: 7,
    words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
  },
];

/**
 * Why a cron daemon would refuse these five fields or this nickname, or `undefined` if it would not.
 * The grammar is cronie's (src/entry.c): names stand in ranges too, `~` draws from a range, a range
 * may end on a Sunday, and a step may be larger than its range, which leaves the first value.
 */
export function findCronError(expression: string): string | undefined {
  if (expression === '@reboot' || nicknames.has(expression)) return undefined;
  if (expression.startsWith('@')) return `unknown nickname ${expression}`;
  const parts = expression.split(' ');
  if (parts.length !== fields.length) return `${parts.length} fields where five are expected`;
  const plain: string[] = [];
  for (const [index, field] of fields.entries()) {
    const terms = (parts[index] ?? '').split(',').map((term) => readTerm(term, field));
    const bad = terms.find((term) => 'error' in term);
    if (bad && 'error' in bad) return bad.error;
    plain.push(terms.map((term) => ('plain' in term ? term.plain : '')).join(','));
  }
  try {
    new Cron(plain.join(' '), { mode: '5-part', paused: true });
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^CronPattern: /, '')
      : 'not a cron expression';
  }
}

/** One term of a field: in a form that every parser of five fields takes, or what is wrong with it. */
function readTerm(term: string, field: Field): { plain: string } | { error: string } {
  const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$|^(\w*)~(\w*)$/.exec(term);
  if (!match) return { error: `"${term}" is no ${field.name}` };
  const [, star, first, last, step, randomFirst, randomLast] = match;
  const words = [first ?? randomFirst, last ?? randomLast].map((word) => word || undefined);
  const numbers = words.map((word) => (word === undefined ? undefined : toNumber(word, field)));
  for (const [index, word] of words.entries()) {
    const number = numbers[index];
    if (word !== undefined && (number === undefined || number < field.low || number > field.high))
      return { error: `${field.name} "${word}" is not from ${field.low} to ${field.high}` };
  }
  if (step !== undefined && Number(step) === 0) return { error: `a step of 0 in "${term}"` };
  if (step !== undefined && !star && last === undefined)
    return { error: `"${term}" has a step but no range` };
  const low = numbers[0] ?? field.low;
  const given = numbers[1] ?? (star || randomFirst !== undefined ? field.high : low);
  const high = given === 0 && low > 0 && field.high === 7 && step === undefined ? 7 : given;
  if (low > high) return { error: `the range "${term}" runs backwards` };
  if (step !== undefined && Number(step) > high - low) return { plain: `${low}` };
  const range = star ? '*' : low === high ? `${low}` : `${low}-${high}`;
  return { plain: step === undefined ? range : `${range}/${step}` };
}

function toNumber(word: string, field: Field): number | undefined {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  const index = field.words?.indexOf(word.toLowerCase()) ?? -1;
  return index < 0 ? undefined : index + field.low;
}

/** Whether the runtime knows this IANA time zone. */
export function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Writes a schedule as people read it in reports. */
export function formatSchedule(schedule: Schedule): string {
  return schedule.timezone ? `${schedule.expression} (${schedule.timezone})` : schedule.expression;
}
