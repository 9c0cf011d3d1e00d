import { describe, expect, test } from 'vitest';
import { drawConnections } from './scan.ts';
import {
  drawCalls,
  drawJobs,
  drawProblems,
  drawSafeguards,
  scanFixture,
  scanText,
} from './schedulers-files.ts';

describe('Windows Task Scheduler', () => {
  test('several tasks of one export in UTF-16', async () => {
    const found = await scanFixture('tasks.xml', { host: 'app02', timezone: 'Europe/Oslo' });
    expect(drawJobs(found)).toEqual([
      '10 \\Nordfisk\\Stock export @app02 NORDFISK\\svc-export: FREQ=WEEKLY;BYDAY=MON,TUE,WED,THU,FRI;BYHOUR=22;BYMINUTE=30;BYSECOND=0 Europe/Oslo',
      '63 \\Nordfisk\\Copy labels @app02: FREQ=MINUTELY;INTERVAL=15;UNTIL=2026-10-25T02:00:00 UTC | off',
    ]);
    expect(drawCalls(found)).toEqual([
      '\\Nordfisk\\Stock export > C:\\Jobs\\Export-Stock.ps1',
      '\\Nordfisk\\Copy labels > C:\\Jobs\\print.bat',
    ]);
    expect(drawConnections(found)).toEqual(['63 <- labels01 smb [out/today.csv]']);
    expect(drawSafeguards(found)).toEqual([
      '44 \\Nordfisk\\Stock export +retry RestartOnFailure: 3 times, every PT1M',
      '48 \\Nordfisk\\Stock export +timeout ExecutionTimeLimit: PT2H',
      '43 \\Nordfisk\\Stock export +locking MultipleInstancesPolicy: IgnoreNew',
    ]);
    expect(drawProblems(found)).toEqual([
      '10 each run begins up to PT5M later, which is not counted',
      '25 it starts when somebody logs on, by no clock',
    ]);
  });

  test('a PowerShell command is read as one', async () => {
    const task = `<Task xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><Actions><Exec><Command>C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe</Command><Arguments>-NoProfile -Command "Invoke-WebRequest -Uri https://portal.nordfisk.example/a -OutFile a.csv"</Arguments></Exec></Actions></Task>`;
    const found = await scanText('Fetch.xml', task);
    expect(drawJobs(found)).toEqual(['1 Fetch: ']);
    expect(drawConnections(found)).toEqual(['1 <- portal.nordfisk.example https']);
  });

  test('the table of schtasks', async () => {
    const found = await scanFixture('schtasks.csv');
    expect(drawJobs(found)).toEqual([
      '3 \\Nordfisk\\Prices @APP02 SYSTEM: FREQ=WEEKLY;BYDAY=MON,TUE,WED,THU,FRI;BYHOUR=22;BYMINUTE=30;BYSECOND=0 -',
      '4 \\Nordfisk\\Often @APP02 svc: Daily, Every 1 day(s), N/A, 8:00:00 AM - | off',
    ]);
    expect(drawCalls(found)).toEqual(['\\Nordfisk\\Prices > C:\\Program Files\\Export\\run.bat']);
    expect(drawProblems(found)).toEqual([
      expect.stringMatching(/^4 its trigger .*export it as XML$/),
    ]);
  });
});

describe('Control-M', () => {
  test('folders of jobs in XML', async () => {
    const found = await scanFixture('control-m.xml');
    expect(drawJobs(found)).toEqual([
      '5 WMS-NIGHT/WMS_EXPORT @etl01 wms: 30 22 * * 1-5 -',
      '16 WMS-NIGHT/ERP_IMPORT @erp01 erp:  | after WMS-NIGHT/WMS_EXPORT',
      '22 WMS-NIGHT/POLL @etl01: 0 8-17 * * 1-5 - + 30 8-16 * * 1-5 -',
      '23 WMS-NIGHT/MONTH_END @etl01: 15 23 L * * -',
      '24 WMS-NIGHT/HOLIDAYS: from 2000 days ALL calendar CAL_NO -',
      '28 FIN/REPORT @win07: 30 7 * * 0 Control-M CET',
    ]);
    expect(drawCalls(found)).toEqual([
      'WMS-NIGHT/WMS_EXPORT > /opt/etl/export_stock.sh',
      'WMS-NIGHT/POLL > /opt/etl/poll.sh',
      'WMS-NIGHT/MONTH_END > /opt/etl/month/close.sh',
      'FIN/REPORT > C:\\Reports\\weekly.bat',
    ]);
    expect(drawConnections(found)).toEqual(['16 <- erp.nordfisk.example https']);
    expect(drawSafeguards(found, /RERUN|SHOUT|^ON/)).toEqual([
      '5 WMS-NIGHT/WMS_EXPORT +retry MAXRERUN: 2',
      '8 WMS-NIGHT/WMS_EXPORT +monitoring SHOUT WHEN EXECTIME',
      '10 WMS-NIGHT/WMS_EXPORT +alerting ON NOTOK: DOMAIL',
      '20 WMS-NIGHT/ERP_IMPORT -failure-propagation ON COMPSTAT GT 0: ends as OK',
    ]);
    expect(drawProblems(found)).toEqual([
      '24 when it runs cannot be followed: its days are those of the calendar CAL_NO',
      '28 its time zone CET is defined on the Control-M server',
      '16 it waits for "MAINFRAME_DONE", which no job of the file sets',
    ]);
  });

  test.each([
    ['TIMEFROM="0200" WEEKDAYS="1"', ['0 2 * * 1'], [/new day of its server/]],
    ['TIMEFROM="2200" WEEKDAYS="1" DAYS="1,15" DAYS_AND_OR="O"', ['0 22 1,15 * 1'], []],
    [
      'TIMEFROM="2200" WEEKDAYS="1" DAYS="1,15" DAYS_AND_OR="A"',
      ['from 2200 weekdays 1 days 1 15'],
      [/must both match/],
    ],
    ['TIMEFROM="2200" WEEKDAYS="1" DAYS="ALL" DAYS_AND_OR="O"', ['0 22 * * *'], []],
    ['TIMEFROM="2200" DAYS="D3,-D4"', ['from 2200 days D3 -D4'], [/a way of its own/]],
    ['TIMEFROM="2200" DAYS="ALL" JAN="1" FEB="0" MAR="1"', ['0 22 * 1,3 *'], []],
    ['WEEKDAYS="1"', ['weekdays 1'], [/names no time/]],
    ['TIMEFROM="2200"', ['from 2200'], [/names no days/]],
    [
      'CYCLIC="1" CYCLIC_TYPE="S" CYCLIC_TIMES_SEQUENCE="0800,1330" WEEKDAYS="ALL"',
      ['0 8 * * *', '30 13 * * *'],
      [],
    ],
    [
      'CYCLIC="1" INTERVAL="00001H" IND_CYCLIC="E" TIMEFROM="2200" WEEKDAYS="ALL"',
      ['0 22,23 * * *'],
      [/counts from the end/, /stop at midnight/],
    ],
    [
      'CYCLIC="1" INTERVAL="00030S" TIMEFROM="0800" WEEKDAYS="ALL"',
      ['every 0.5 minutes from 0800 weekdays ALL'],
      [/no number of minutes/],
    ],
  ])('%s', async (attributes, expected, problems) => {
    const found = await scanText(
      'x.xml',
      `<DEFTABLE><FOLDER FOLDER_NAME="F"><JOB JOBNAME="J" ${attributes}/></FOLDER></DEFTABLE>`,
    );
    expect(found.of('job')[0]?.schedules.map(({ expression }) => expression)).toEqual(expected);
    const drawn = drawProblems(found);
    expect(drawn).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(drawn[index]).toMatch(problem);
  });

  test('jobs as code, with defaults and a flow', async () => {
    const found = await scanFixture('control-m.json');
    expect(drawJobs(found)).toEqual([
      '6 StockFlow/Export @etl01 etl: 30 22 * * 1-5 -',
      '16 StockFlow/Import @erp01 etl:  | after StockFlow/Export',
      '17 StockFlow/Every @etl01 etl: 0 9,10 * * * - + 20,40 9 * * * -',
    ]);
    expect(drawConnections(found)).toEqual(['6 <- wms.nordfisk.example https']);
    expect(drawCalls(found)).toEqual([
      'StockFlow/Import > /opt/erp/import.sh',
      'StockFlow/Every > /opt/etl/poll.sh',
    ]);
    expect(drawSafeguards(found, /Rerun|if /)).toEqual([
      '9 StockFlow/Export +retry RerunLimit: 2',
      '10 StockFlow/Export +alerting if NOTOK: Mail',
    ]);
    expect(drawProblems(found)).toEqual([]);
  });

  test('events join jobs across folders', async () => {
    const job = (adds: string, waits: string) => ({
      Type: 'Job:Command',
      Command: 'true',
      add: { Type: 'AddEvents', Events: [{ Event: adds }] },
      wait: { Type: 'WaitForEvents', Events: [{ Event: waits }] },
    });
    const text = JSON.stringify({
      A: { Type: 'Folder', One: job('one-done', 'never-set') },
      B: { Type: 'Folder', Sub: { Type: 'SubFolder', Two: job('two-done', 'one-done') } },
    });
    const found = await scanText('x.json', text);
    expect(found.of('job').map(({ id, after }) => [id, after])).toEqual([
      ['x.json: A/One', undefined],
      ['x.json: B/Sub/Two', ['x.json: A/One']],
    ]);
    expect(drawProblems(found)).toEqual([
      '1 it waits for "never-set", which no job of the file sets',
      '1 when it runs cannot be followed: it names no days',
    ]);
  });
});

describe('AutoSys', () => {
  test('boxes, conditions and times', async () => {
    const found = await scanFixture('nightly.jil');
    expect(drawJobs(found)).toEqual([
      '3 NORDFISK_NIGHT batch: 0 23 * * 1-5 Europe/Oslo + 30 22 * * 1-5 Europe/Oslo',
      '13 EXPORT_STOCK @etl01 etl: 0 23 * * 1-5 Europe/Oslo + 30 22 * * 1-5 Europe/Oslo',
      '23 IMPORT_STOCK @erp01:  | after EXPORT_STOCK',
      '30 POLL @etl01: 0,30 8-16 * * * - | off',
      '39 CLOSE: at 23:15 on days of MONTH_END -',
    ]);
    expect(found.of('job').map(({ durationMs }) => durationMs)).toEqual([
      undefined,
      720_000,
      undefined,
      undefined,
      undefined,
    ]);
    expect(drawConnections(found)).toEqual(['23 <- erp.nordfisk.example https']);
    expect(drawCalls(found)).toEqual([
      'EXPORT_STOCK > /opt/etl/export_stock.sh',
      'POLL > /opt/etl/poll.sh',
      'CLOSE > /opt/etl/close.sh',
    ]);
    expect(drawSafeguards(found, /^(?!curl)/)).toEqual([
      '9 NORDFISK_NIGHT +alerting alarm_if_fail: 1',
      '19 EXPORT_STOCK +retry n_retrys: 2',
      '20 EXPORT_STOCK +timeout term_run_time: 30',
      '18 EXPORT_STOCK +traceability std_err_file: /var/log/export.err',
      '28 IMPORT_STOCK +alerting send_notification: y',
      '27 IMPORT_STOCK +locking condition: not while ERP_BACKUP runs',
      '46 POLL +alerting alarm_if_fail: 1',
    ]);
    expect(drawProblems(found)).toEqual([
      '23 it waits for MAINFRAME_JOB^PRD, which the file does not define',
      '39 when it runs cannot be followed: its days are those of the calendar MONTH_END',
    ]);
  });

  test.each([
    ['date_conditions: 0\nstart_times: "10:00"\ndays_of_week: all', [], []],
    ['date_conditions: 1\nstart_times: "10:00"', ['at 10:00'], [/names no days/]],
    ['date_conditions: 1\ndays_of_week: all', ['on all'], [/names no times/]],
    [
      'date_conditions: 1\ndays_of_week: sa, su\nstart_times: "25:00"',
      ['at 25:00 on sa su'],
      [/no times of the day/],
    ],
    [
      'date_conditions: 1\ndays_of_week: su\nstart_mins: 10\nrun_window: "22:00-02:00"',
      ['at minutes 10 on su'],
      [/over midnight/],
    ],
    [
      'date_conditions: 1\ndays_of_week: su\nstart_times: "10:00"\nexclude_calendar: HOLIDAYS',
      ['0 10 * * 0'],
      [/HOLIDAYS are left out/],
    ],
    [
      'date_conditions: 1\ndays_of_week: su\nstart_times: "10:00"\ntimezone: Chicago',
      ['0 10 * * 0'],
      [/Chicago is defined on the AutoSys server/],
    ],
    ['box_name: NOWHERE', [], [/box NOWHERE, which the file does not define/]],
    ['condition: s(A) | s(B)', [], [/waits for A/, /waits for B/]],
  ])('%s', async (attributes, expected, problems) => {
    const found = await scanText(
      'x.jil',
      `insert_job: J   job_type: c\ncommand: true\n${attributes}\n`,
    );
    expect(found.of('job')[0]?.schedules.map(({ expression }) => expression)).toEqual(expected);
    const drawn = drawProblems(found);
    expect(drawn).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(drawn[index]).toMatch(problem);
  });
});
