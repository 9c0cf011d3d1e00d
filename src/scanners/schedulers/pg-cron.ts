import { isTimezone } from '../../schedule.ts';
import { collectJobs } from './collect-jobs.ts';
import type { SchedulerReader } from './scheduled-job.ts';
import { readSqlTokens } from './sql-calls.ts';
import { isSqlFile } from './sql-file.ts';

/** Jobs of pg_cron. Its clock is UTC unless `cron.timezone` is set. */
export const pgCronReader: SchedulerReader = {
  name: 'jobs of pg_cron',
  matches: (file, text) =>
    isSqlFile(file) && /\bcron\s{0,3}\.\s{0,3}schedule(?:_in_database)?\s{0,3}\(/i.test(text),
  read: (text) => {
    const found = collectJobs();
    const sql = readSqlTokens(text);
    const set = /\bcron\.timezone\s{0,9}(?:=|to)\s{0,9}'([^'\n]{1,60})'/i.exec(text)?.[1];
    const timezone = set !== undefined && isTimezone(set) ? set : '';
    for (const call of sql.callsOf('cron', ['schedule', 'schedule_in_database'])) {
      // schedule(expression, command) has no name.
      const isNamed =
        call.procedure === 'schedule_in_database' ||
        call.written('job_name') !== undefined ||
        call.written('command', 2) !== undefined;
      const expression = call.value('schedule', isNamed ? 1 : 0);
      const command = call.value('command', isNamed ? 2 : 1);
      const name = isNamed ? call.value('job_name', 0) : undefined;
      if (expression === undefined) {
        found.skip(call.line, 'the schedule of the job is not written here');
        continue;
      }
      found.add({
        name: name ?? (command ?? expression).trim().slice(0, 60),
        line: call.line,
        schedules: [{ expression: expression.trim(), timezone, scheduler: 'pg-cron' }],
        ...(command === undefined ? {} : { command: { text: command, language: 'sql' } }),
        ...(call.value('active', 5) === 'false' ? { disabled: true } : {}),
      });
    }
    return found.finish();
  },
};
