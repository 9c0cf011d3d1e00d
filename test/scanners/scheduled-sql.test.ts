import { describe, expect, test } from 'vitest';
import { drawJobs, drawSafeguards, firstRuns, readJobs } from './scheduled-jobs.ts';

const command = (text: string) => readJobs('a.sql', text).jobs.map((job) => job.command);

describe('Oracle', () => {
  test('named arguments, attributes and ENABLE in any order', () => {
    const text = `BEGIN
  SYS.DBMS_SCHEDULER.CREATE_JOB
    ( job_name        => 'DW.NIGHTLY'
     ,start_date      => TO_TIMESTAMP_TZ('2021/01/01 14:30:00.000000 Europe/Oslo','yyyy/mm/dd hh24:mi:ss.ff tzr')
     ,repeat_interval => 'FREQ=DAILY; BYHOUR=2;'
     ,job_type        => 'STORED_PROCEDURE'
     ,job_action      => 'DW.LOAD_ALL');
  SYS.DBMS_SCHEDULER.SET_ATTRIBUTE(name => 'DW.NIGHTLY', attribute => 'RESTARTABLE', value => TRUE);
  SYS.DBMS_SCHEDULER.SET_ATTRIBUTE(name => 'NIGHTLY', attribute => 'max_run_duration', value => INTERVAL '2' HOUR);
  dbms_scheduler.add_job_email_notification(job_name => 'NIGHTLY', recipients => 'dw@acme.com');
  SYS.DBMS_SCHEDULER.ENABLE(name => 'DW.NIGHTLY');
END;
/
`;
    expect(drawJobs('a.sql', text)).toEqual([
      '2 DW.NIGHTLY: oracle FREQ=DAILY; BYHOUR=2 (Europe/Oslo) from 2021-01-01T14:30',
    ]);
    expect(command(text)).toEqual([{ language: 'sql', text: 'CALL DW.LOAD_ALL();' }]);
    expect(drawSafeguards('a.sql', text)).toEqual([
      '8 retry provides',
      '9 timeout provides',
      '10 alerting provides',
    ]);
    // The minute is that of the start.
    expect(firstRuns('a.sql', text, '2026-10-24', 2)).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
    ]);
  });

  test('arguments by place, schedules and programs by name, and what stays disabled', () => {
    const text = `BEGIN
  dbms_scheduler.create_schedule('HOURLY', '28-APR-08 07.15.00 PM Australia/Sydney', 'FREQ=HOURLY');
  dbms_scheduler.create_program(program_name => 'GET', program_type => 'EXECUTABLE', program_action => '/opt/erp/get.sh');
  dbms_scheduler.create_job(job_name => 'A', program_name => 'GET', schedule_name => 'HOURLY', enabled => TRUE);
  dbms_scheduler.create_job('B', 'PLSQL_BLOCK', 'BEGIN load(''x''); END;', 0, SYSTIMESTAMP, 'FREQ=WEEKLY;BYDAY=MON');
  dbms_scheduler.create_job(job_name => 'C', job_type => 'PLSQL_BLOCK', job_action => 'x;', schedule_name => 'ELSEWHERE', enabled => TRUE);
  -- dbms_scheduler.create_job(job_name => 'NO', repeat_interval => 'FREQ=DAILY', enabled => TRUE);
END;
`;
    expect(drawJobs('a.sql', text)).toEqual([
      '4 A: oracle FREQ=HOURLY (Australia/Sydney) from 2008-04-28T19:15',
      '5 B: off, oracle FREQ=WEEKLY;BYDAY=MON',
      '6 C: oracle ELSEWHERE',
    ]);
    expect(command(text)[0]).toEqual({ language: 'shell', text: '/opt/erp/get.sh' });
    expect(readJobs('a.sql', text).flaws).toEqual([
      { line: 5, reason: 'it is created disabled, and this file does not enable it' },
      { line: 6, reason: 'its schedule ELSEWHERE is not created in this file' },
    ]);
  });

  test('an offset is a zone', () => {
    const text = `exec dbms_scheduler.create_job(job_name => 'A', job_action => 'x', enabled => true, repeat_interval => 'FREQ=DAILY',
 start_date => TO_TIMESTAMP_TZ('2012/11/13 17:22:21.000000 +04:00','yyyy/mm/dd hh24:mi:ss.ff tzr'));`;
    expect(firstRuns('a.sql', text, '2026-10-24', 1)).toEqual(['2026-10-24T13:22']);
  });

  test('DBMS_JOB', () => {
    const text = `DECLARE v NUMBER; BEGIN
DBMS_JOB.SUBMIT(v, 'pkg.refresh;', SYSDATE, 'TRUNC(SYSDATE) + 1 + 2/24');
DBMS_JOB.SUBMIT(job => v, what => 'once;', next_date => SYSDATE);
DBMS_JOB.SUBMIT(job => v, what => 'open;', interval => f_interval());
END;
`;
    expect(drawJobs('a.pkb', text)).toEqual([
      '2 pkg.refresh;: oracle TRUNC(SYSDATE) + 1 + 2/24',
      '3 once;: no schedule',
      '4 open;: no schedule',
    ]);
    expect(readJobs('a.pkb', text).flaws).toEqual([
      { line: 4, reason: 'the interval of the job is not written here' },
    ]);
  });
});

describe('SQL Server Agent', () => {
  const job = (rest: string, options = '@enabled=1') => `USE [msdb]
GO
DECLARE @jobId BINARY(16)
EXEC @ReturnCode = msdb.dbo.sp_add_job @job_name=N'Load stock', ${options},
		@job_id = @jobId OUTPUT
IF (@@ERROR <> 0 OR @ReturnCode <> 0) GOTO QuitWithRollback
${rest}`;
  const daily = `EXEC @ReturnCode = msdb.dbo.sp_add_jobschedule @job_id=@jobId, @name=N'Daily',
		@enabled=1, @freq_type=8, @freq_interval=62, @freq_subday_type=1, @freq_recurrence_factor=1,
		@active_start_date=20240101, @active_end_date=99991231, @active_start_time=223000`;

  test('as Management Studio writes them', () => {
    const text = job(
      `EXEC @ReturnCode = msdb.dbo.sp_add_jobstep @job_id=@jobId, @step_name=N'Load',
		@retry_attempts=3, @retry_interval=5, @on_fail_action=3, @subsystem=N'TSQL',
		@command=N'EXEC dbo.LoadStock', @output_file_name=N'D:\\log\\stock.txt'
${daily}
GO`,
      `@enabled=1, @notify_level_email=2, @notify_email_operator_name=N'DBA'`,
    );
    expect(drawJobs('a.sql', text)).toEqual([
      '4 Load stock: sql-server freq_type=8 freq_interval=62 freq_subday_type=1 freq_recurrence_factor=1 active_start_date=20240101 active_end_date=99991231 active_start_time=223000',
    ]);
    expect(command(text)).toEqual([{ language: 'sql', text: 'EXEC dbo.LoadStock' }]);
    expect(drawSafeguards('a.sql', text)).toEqual([
      '4 alerting provides',
      '7 retry provides',
      '7 failure-propagation defeats',
      '7 traceability provides',
    ]);
    expect(firstRuns('a.sql', text, '2026-10-23', 2)).toEqual([
      '2026-10-23T22:30',
      '2026-10-26T22:30',
    ]);
  });

  test('commands of the system, and steps that nobody reads', () => {
    const steps = `EXEC msdb.dbo.sp_add_jobstep @job_id=@jobId, @subsystem=N'CmdExec', @command=N'G:\\get.bat'
EXEC msdb.dbo.sp_add_jobstep @job_id=@jobId, @subsystem=N'SSIS', @command=N'/SQL "x"'`;
    expect(command(job(steps))).toEqual([{ language: 'batch', text: 'G:\\get.bat' }]);
    expect(readJobs('a.sql', job(steps)).flaws).toEqual([
      { line: 8, reason: 'the step is run by SSIS and not read' },
    ]);
  });

  test('no mail without a receiver, no retry at zero, off and switched-off schedules', () => {
    const text = job(
      `EXEC msdb.dbo.sp_add_jobstep @job_id=@jobId, @retry_attempts=0, @command=N'x'
${daily.replace('@enabled=1', '@enabled=0')}`,
      "@enabled=0, @notify_level_email=2, @notify_email_operator_name=N''",
    );
    expect(drawSafeguards('a.sql', text)).toEqual([]);
    expect(drawJobs('a.sql', text)).toEqual(['4 Load stock: off, no schedule']);
  });

  test('names by variables, and schedules that several jobs share', () => {
    const text = `DECLARE @name sysname = N'One'
EXEC msdb.dbo.sp_add_job @job_name = @name;
EXEC dbo.sp_add_job @job_name = N'Two';
EXEC msdb.dbo.sp_add_schedule @schedule_name = N'Late', @freq_type = 4, @freq_interval = 1, @active_start_time = 233000;
EXEC sp_attach_schedule @job_name = N'One', @schedule_name = N'Late';
EXEC sp_attach_schedule @job_name = N'Two', @schedule_name = N'Late';
EXEC sp_attach_schedule @job_name = N'Three', @schedule_name = N'Late';
-- EXEC dbo.sp_add_job @job_name = N'No';
PRINT 'EXEC dbo.sp_add_job @job_name = N''No''';
`;
    expect(drawJobs('a.sql', text)).toEqual([
      '2 One: sql-server freq_type=4 freq_interval=1 active_start_time=233000',
      '3 Two: sql-server freq_type=4 freq_interval=1 active_start_time=233000',
    ]);
    expect(readJobs('a.sql', text).flaws).toEqual([
      { line: 7, reason: 'sp_attach_schedule is for a job that this file does not make' },
    ]);
  });
});

test('pg_cron', () => {
  const text = `ALTER SYSTEM SET cron.timezone = 'Europe/Oslo';
SELECT cron.schedule('nightly', '30 3 * * *', $$CALL load_stock()$$);
SELECT cron.schedule('0 10 * * *', 'VACUUM');
SELECT cron.schedule_in_database('weekly', '0 4 * * 0', 'VACUUM', 'other');
SELECT cron.schedule(job_name => 'often', schedule => '30 seconds', command => 'SELECT 1');
SELECT cron.schedule('open', my_schedule(), 'SELECT 1');
-- SELECT cron.schedule('no', '* * * * *', 'x');
SELECT 'cron.schedule(''no'', ''* * * * *'', ''x'')';
SELECT cron.unschedule('old');
SELECT app.schedule('no', '0 1 * * *', 'x');
`;
  expect(drawJobs('a.sql', text)).toEqual([
    '2 nightly: pg-cron 30 3 * * * (Europe/Oslo)',
    '3 VACUUM: pg-cron 0 10 * * * (Europe/Oslo)',
    '4 weekly: pg-cron 0 4 * * 0 (Europe/Oslo)',
    '5 often: pg-cron 30 seconds (Europe/Oslo)',
  ]);
  expect(command(text)[0]).toEqual({ language: 'sql', text: 'CALL load_stock()' });
  expect(readJobs('a.sql', text).skipped).toEqual([
    { line: 6, reason: 'the schedule of the job is not written here' },
  ]);
});

test('MySQL events', () => {
  const text = `DELIMITER //
CREATE DEFINER=\`root\`@\`%\` EVENT IF NOT EXISTS shop.nightly
  ON SCHEDULE EVERY 1 DAY STARTS (TIMESTAMP(CURRENT_DATE) + INTERVAL 1 DAY + INTERVAL 2 HOUR)
  ON COMPLETION PRESERVE COMMENT 'loads'
  DO BEGIN
    DELETE FROM a; INSERT INTO b SELECT 1;
  END //
CREATE OR REPLACE EVENT six ON SCHEDULE EVERY 6 HOUR STARTS '2026-01-01 00:00:00' DO CALL f();
CREATE EVENT off ON SCHEDULE EVERY 1 WEEK DISABLE DO CALL g();
CREATE EVENT counted ON SCHEDULE EVERY 2 HOUR STARTS NOW() + INTERVAL 5 MINUTE DO CALL h();
DROP EVENT gone;
-- CREATE EVENT no ON SCHEDULE EVERY 1 DAY DO CALL f();
SELECT event FROM t ON SCHEDULE;
`;
  expect(drawJobs('a.sql', text)).toEqual([
    '2 shop.nightly: mysql EVERY 1 DAY from 1970-01-01T02:00',
    "8 six: mysql EVERY 6 HOUR STARTS '2026-01-01 00:00:00'",
    '9 off: off, mysql EVERY 1 WEEK',
    '10 counted: mysql EVERY 2 HOUR',
  ]);
  expect(command(text)[0]?.text).toContain('INSERT INTO b');
  expect(command(text)[1]?.text).toBe('CALL f();');
  expect(readJobs('a.sql', text).flaws).toEqual([
    {
      line: 10,
      reason: 'its start is counted from when it is created, so its times are not known',
    },
  ]);
  expect(firstRuns('a.sql', text, '2026-10-24', 1)[0]).toBe('2026-10-24T02:00');
});
