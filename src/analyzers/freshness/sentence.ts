import { monthNames, weekdayNames } from '../../schedule/calendar-names.ts';
import type { FailedRun, FailedRunEffect } from './failed-run.ts';

/** The words that figures do not know. */
export interface SentenceWords {
  /** How people call a system. */
  readonly nameOf: (system: string) => string;
  /** What runs, as in "the stock export"; else it is "the run". */
  readonly job?: string;
  /** The IANA zone in which times are told. */
  readonly timezone: string;
}

/**
 * Says in one sentence what a failed run does: who works with data how old, and how long nobody can
 * notice. Ages are rounded up and the hours unnoticed down to a tenth, so that it stays true.
 * Nothing, where the failure makes no data older.
 */
export function describeFailedRun(
  { run, effects }: FailedRun,
  { nameOf, job = 'run', timezone }: SentenceWords,
): string | undefined {
  if (effects.length === 0) return undefined;
  const object = listWords(effects.map((effect) => effect.object));
  const seen = effects.filter(({ ageAtReadHours }) => ageAtReadHours !== null);
  const told = seen.length > 0 ? seen : effects.filter(({ ageAtRestHours }) => ageAtRestHours);
  const start = `If the ${job} of ${tellTime(run, timezone)} fails`;
  const sure = told.filter(({ certainty }) => certainty === 'declared');
  const listed = sure.length > 0 ? sure : told;
  const oldest = findOldest(listed);
  if (!oldest)
    return `${start}, ${nameAll(effects, nameOf)} ${verb(effects, 'have')} no ${object}.`;
  const rest = effects.filter(({ consumer }) => !listed.some((one) => one.consumer === consumer));
  const maybe = listed === sure ? '' : 'possibly ';
  const when = tellTime(oldest.at, timezone);
  const main =
    seen.length > 0
      ? `${nameAll(listed, nameOf)} ${maybe}${verb(listed, 'work')} with ${object} up to ${tellHours(oldest.hours, Math.ceil)} old on ${when}`
      : `${nameAll(listed, nameOf)} ${maybe}${verb(listed, 'hold')} ${object} up to ${tellHours(oldest.hours, Math.ceil)} old until ${when}`;
  return `${start}, ${main}${tellRest(rest, nameOf)}; ${tellUnnoticed(effects)}.`;
}

/** The oldest data, as it is read or else at rest, and when it is that old. */
function findOldest(
  effects: readonly FailedRunEffect[],
): { hours: number; at: string } | undefined {
  let oldest: { hours: number; at: string } | undefined;
  for (const effect of effects) {
    const hours = effect.ageAtReadHours ?? effect.ageAtRestHours;
    const at = effect.oldestAtRead ?? effect.oldestAtRest;
    if (hours !== null && !(oldest && oldest.hours >= hours)) oldest = { hours, at };
  }
  return oldest;
}

function tellRest(rest: readonly FailedRunEffect[], nameOf: SentenceWords['nameOf']): string {
  const sure = rest.filter(({ certainty }) => certainty === 'declared');
  const known = new Set(sure.map(({ consumer }) => consumer));
  const possible = rest.filter(({ consumer }) => !known.has(consumer));
  const late = sure.length > 0 ? `, ${nameAll(sure, nameOf)} ${verb(sure, 'get')} it late too` : '';
  const maybe = possible.length > 0 ? `, and possibly ${nameAll(possible, nameOf)} too` : '';
  return late + maybe;
}

function tellUnnoticed(effects: readonly FailedRunEffect[]): string {
  const hours = effects.flatMap(({ hoursUnnoticed }) => hoursUnnoticed ?? []);
  if (hours.length === 0) return 'nobody is known to look at it meanwhile';
  return `nobody can see it in the data for ${tellHours(Math.min(...hours), Math.floor)}`;
}

function verb(effects: readonly FailedRunEffect[], plural: string): string {
  if (new Set(effects.map(({ consumer }) => consumer)).size > 1) return plural;
  return plural === 'have' ? 'has' : `${plural}s`;
}

function nameAll(effects: readonly FailedRunEffect[], nameOf: SentenceWords['nameOf']): string {
  return listWords(effects.map(({ consumer }) => nameOf(consumer)));
}

function listWords(words: readonly string[]): string {
  const distinct = [...new Set(words)];
  const last = distinct.pop() ?? '';
  return distinct.length === 0 ? last : `${distinct.join(', ')} and ${last}`;
}

/** Hours to a tenth; what is shorter than an hour in minutes. */
function tellHours(hours: number, round: (value: number) => number): string {
  // Figures carry six digits, so what a binary fraction adds or lacks is below this.
  const slack = round === Math.ceil ? -1e-5 : 1e-5;
  const [value, unit] =
    hours < 1 ? [round(hours * 60 + slack), 'minute'] : [round(hours * 10 + slack) / 10, 'hour'];
  return `${Math.max(0, value)} ${unit}${value === 1 ? '' : 's'}`;
}

/** As in "Friday 30 October at 22:30"; the same on every machine. */
function tellTime(time: string, timezone: string): string {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(time));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const [year, month, day] = [part('year'), part('month'), part('day')].map(Number);
  const weekday = new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day)).getUTCDay();
  const date = `${weekdayNames[weekday]} ${day} ${monthNames[(month ?? 1) - 1]}`;
  return `${date} at ${part('hour')}:${part('minute')}`;
}
