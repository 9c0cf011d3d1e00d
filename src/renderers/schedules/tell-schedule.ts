import { describeSchedule } from '../../schedule/describe.ts';
import { formatSchedule, type Schedule } from '../../schedule.ts';

/** A schedule in plain words with the expression behind them, or the expression alone. */
export function tellSchedule(schedule: Schedule): string {
  const words = describeSchedule(schedule);
  return words === formatSchedule(schedule) ? words : `${words} (${schedule.expression})`;
}
