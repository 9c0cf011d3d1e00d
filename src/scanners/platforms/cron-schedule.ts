import { findCronError, type Schedule } from '../../schedule.ts';
import { readPeriod, toInterval } from '../schedulers/interval-schedule.ts';

/** Five fields are cron, six or seven Quartz; `5m` and ISO 8601 are periods. Undefined for the rest. */
export function toCronSchedule(written: string, timezone: string): Schedule | undefined {
  const expression = written.trim().replace(/\s+/g, ' ').slice(0, 200);
  const period = readPeriod(expression);
  if (period !== undefined && period > 0) return toInterval(period, timezone);
  const fields = expression.split(' ').length;
  if (fields === 6 || fields === 7) return { expression, timezone, scheduler: 'quartz' };
  return findCronError(expression) === undefined ? { expression, timezone } : undefined;
}
