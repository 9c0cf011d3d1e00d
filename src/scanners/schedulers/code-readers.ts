import { airflowReader } from './airflow.ts';
import { hangfireReader } from './hangfire.ts';
import { mysqlEventReader } from './mysql-events.ts';
import { nodeTimerReader } from './node-timers.ts';
import { oracleReader } from './oracle.ts';
import { pgCronReader } from './pg-cron.ts';
import { apschedulerReader, celeryReader } from './python-timers.ts';
import { quartzReader, quartzXmlReader } from './quartz.ts';
import type { SchedulerReader } from './scheduled-job.ts';
import { springReader } from './spring.ts';
import { sqlServerAgentReader } from './sql-server-agent.ts';

/** Readers of schedules that stand in programs. A file may be of several. */
export const codeSchedulerReaders: readonly SchedulerReader[] = [
  springReader,
  quartzReader,
  quartzXmlReader,
  hangfireReader,
  airflowReader,
  celeryReader,
  apschedulerReader,
  nodeTimerReader,
  oracleReader,
  sqlServerAgentReader,
  pgCronReader,
  mysqlEventReader,
];
