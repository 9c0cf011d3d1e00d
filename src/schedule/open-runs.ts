import type { Schedule } from '../schedule.ts';
import { openAnacron } from './anacron.ts';
import { openCron } from './cron.ts';
import { cronDialects } from './cron-dialects.ts';
import { openInterval, openMysql, openTimedelta } from './interval.ts';
import { openJenkins } from './jenkins.ts';
import { openOracle } from './oracle.ts';
import { openQuartz } from './quartz.ts';
import { makeNoRuns, type Runs, type RunsError } from './runs.ts';
import type { Scheduler } from './scheduler.ts';
import { openSpring } from './spring.ts';
import { openSqlServer } from './sql-server.ts';
import { openSystemd } from './systemd.ts';

/** Longer ones are no schedules that people write. */
const longest = 10_000;

const openers: Readonly<Record<Scheduler, (schedule: Schedule) => Runs | RunsError>> = {
  cron: (schedule) => openCron(schedule, cronDialects.cron),
  'cron-tz': (schedule) => openCron(schedule, cronDialects['cron-tz']),
  kubernetes: (schedule) => openCron(schedule, cronDialects.kubernetes),
  github: (schedule) => openCron(schedule, cronDialects.github),
  gitlab: (schedule) => openCron(schedule, cronDialects.gitlab),
  airflow: openAirflow,
  'pg-cron': (schedule) => openCron(schedule, cronDialects['pg-cron']),
  'control-m': (schedule) => openCron(schedule, cronDialects['control-m']),
  autosys: (schedule) => openCron(schedule, cronDialects.autosys),
  quartz: openQuartz,
  spring: openSpring,
  jenkins: openJenkins,
  systemd: openSystemd,
  anacron: openAnacron,
  interval: openInterval,
  mysql: openMysql,
  oracle: openOracle,
  windows: openOracle,
  'sql-server': openSqlServer,
};

/**
 * The runs of a schedule over the real calendar, by the rules of its scheduler (cronie where none is
 * named), or why the scheduler would refuse it or it cannot be followed. docs/schedules.md tells the
 * rules and where they come from.
 */
export function openRuns(schedule: Schedule): Runs | RunsError {
  if (schedule.expression.length > longest)
    return { error: `it is longer than ${longest} characters` };
  const runs = openers[schedule.scheduler ?? 'cron'](schedule);
  return 'error' in runs || schedule.delayMinutes === undefined
    ? runs
    : { ...runs, jitterMinutes: runs.jitterMinutes + schedule.delayMinutes };
}

function openAirflow(schedule: Schedule): Runs | RunsError {
  const text = schedule.expression.trim();
  if (/^(?:@once|@continuous|@none|none)$/i.test(text))
    return makeNoRuns('it runs at no time of the calendar');
  return openTimedelta(schedule) ?? openCron(schedule, cronDialects.airflow);
}
