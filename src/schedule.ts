import { Cron } from 'croner';

/** When a job runs: the expression as its scheduler writes it, and the zone its clock is in. */
export interface Schedule {
  readonly expression: string;
  readonly timezone: string;
}

/** The nicknames of crontab(5) that stand for five fields. */
const nicknames: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

/**
 * Why a cron daemon would refuse these five fields or this nickname, or `undefined` if it would not.
 * `~` random ranges of cronie are checked as the plain range they are drawn from.
 */
export function findCronError(expression: string): string | undefined {
  if (expression === '@reboot' || nicknames[expression]) return undefined;
  if (expression.startsWith('@')) return `unknown nickname ${expression}`;
  const plain = expression.replace(/\d*~\d*/g, (range) => {
    const [low, high] = range.split('~');
    return low && high ? `${low}-${high}` : '*';
  });
  try {
    // croner's own extensions (L, W, #, ?, seconds) are no part of crontab(5).
    if (/[LW#?]/.test(plain.replace(/[A-Za-z]{3}/g, '')))
      return `"${expression}" is not in the form of crontab(5)`;
    new Cron(plain, { mode: '5-part', paused: true, sloppyRanges: false });
    return undefined;
  } catch (error) {
    return error instanceof Error
      ? error.message.replace(/^CronPattern: /, '')
      : 'not a cron expression';
  }
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
