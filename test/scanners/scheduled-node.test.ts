import { expect, test } from 'vitest';
import { codeSchedulerReaders } from '../../src/scanners/schedulers/code-readers.ts';
import { drawJobs, readJobs } from './scheduled-jobs.ts';

test.each([
  [
    "import cron from 'node-cron';\ncron.schedule('0 2 * * *', () => { run(); }, { timezone: 'Europe/Oslo' });",
    '2 stock: cron 0 2 * * * (Europe/Oslo)',
  ],
  [
    "const nodeCron = require('node-cron');\nnodeCron.schedule(NIGHTLY, run, { name: 'night', scheduled: false });\nconst NIGHTLY = '5 1 * * *';",
    '2 night: off, cron 5 1 * * *',
  ],
  [
    "import { CronJob } from 'cron';\nnew CronJob('0 30 2 * * 1-5', function () {}, null, true, 'America/New_York');",
    '2 stock: spring 0 30 2 * * 1-5 (America/New_York)',
  ],
  [
    "import { CronJob } from 'cron';\nCronJob.from({ cronTime: '*/10 * * * *', onTick: run, timeZone: 'UTC' });",
    '2 stock: cron */10 * * * * (UTC)',
  ],
  [
    "import schedule from 'node-schedule';\nschedule.scheduleJob('nightly', '42 3 * * *', () => {});",
    '2 stock: cron 42 3 * * *',
  ],
  [
    "import { Cron } from 'croner';\nconst job = new Cron('0 12 * * 5', { timezone: 'Europe/Oslo' }, run);",
    '2 stock: cron 0 12 * * 5 (Europe/Oslo)',
  ],
  [
    "import { Cron, CronExpression } from '@nestjs/schedule';\nclass S {\n@Cron(CronExpression.EVERY_DAY_AT_2AM, { timeZone: 'Europe/Oslo' })\nasync exportStock() {} }",
    '3 exportStock: spring 0 0 2 * * * (Europe/Oslo)',
  ],
  [
    "import { Cron, CronExpression } from '@nestjs/schedule';\nclass S {\n@Cron(CronExpression.MONDAY_TO_FRIDAY_AT_09_30PM, { name: 'late' }) x() {} }",
    '3 late: spring 0 30 21 * * 1-5',
  ],
  [
    "import { Interval } from '@nestjs/schedule';\nclass S {\n@Interval('poll', 10_000)\npublic poll() {} }",
    '3 poll: interval R/PT10S',
  ],
])('%s', (text, drawn) => {
  expect(drawJobs('src/stock.ts', text)).toEqual([drawn]);
  expect(readJobs('src/stock.ts', text).jobs[0]?.scripts).toEqual(['src/stock.ts']);
});

test.each([
  ['another library', "import cron from './cron.ts';\ncron.schedule('0 2 * * *', run);"],
  ['a comment', "import cron from 'node-cron';\n// cron.schedule('0 2 * * *', run);"],
  ['a text', "import cron from 'node-cron';\nlog(\"cron.schedule('0 2 * * *', run)\");"],
  ['a template', "import cron from 'node-cron';\nlog(`cron.schedule('0 2 * * *', run)`);"],
  ['a method of another object', "import cron from 'node-cron';\nboat.schedule('0 2 * * *', run);"],
])('%s is none', (_, text) => {
  expect(drawJobs('a.js', text)).toEqual([]);
});

test('what stands elsewhere is told', () => {
  const text =
    "import cron from 'node-cron';\ncron.schedule(process.env.CRON, run);\ncron.schedule('0 2 * * *', run, { timezone: config.tz });";
  expect(readJobs('a.js', text).flaws).toEqual([
    { line: 2, reason: 'the schedule is not known: its value is set elsewhere' },
    { line: 3, reason: 'the time zone config.tz is not known here' },
  ]);
});

/** Openings of everything that the readers look for, which never end, and the words that they look for. */
const openings: readonly (readonly [file: string, piece: string])[] = [
  ['a.java', 'import org.springframework.scheduling.annotation.Scheduled; @Scheduled(cron = "'],
  ['a.java', 'import org.springframework.scheduling.annotation.Scheduled;\n@Scheduled(((('],
  ['a.java', 'import org.quartz.*; cronSchedule(newTrigger().forJob('],
  ['a.cs', 'using Hangfire; RecurringJob.AddOrUpdate(x => '],
  ['a.py', 'from airflow import DAG\nDAG("x", default_args={{{'],
  ['a.py', 'from airflow import DAG\nx = x\nDAG(x, schedule=x)\n'],
  ['a.py', 'celery beat_schedule = {"a": {"schedule": crontab('],
  ['a.py', 'apscheduler sched.add_job(x, "cron", '],
  ['a.ts', "import cron from 'node-cron';\ncron.schedule(`"],
  ['a.ts', "import cron from 'node-cron';\ncron.schedule('\\"],
  ['a.sql', 'dbms_scheduler.create_job(job_name => '],
  ['a.sql', "EXEC sp_add_job @job_name = N'"],
  ['a.sql', "SELECT cron.schedule('x', "],
  ['a.sql', 'CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS ('],
  ['a.xml', '<cron-expression><cron>'],
];

test.each(openings)('%s: %s, again and again, is read in little time', (file, piece) => {
  const texts = [
    piece.repeat(Math.ceil(300_000 / piece.length)),
    `${piece}${'('.repeat(200_000)}`,
    `${piece}${'"'.repeat(200_000)}`,
    `${piece}${"\\'".repeat(100_000)}`,
    `${piece}${' '.repeat(200_000)}`,
    `${piece}\u0000\uD800${'a = a\n'.repeat(30_000)}`,
  ];
  const begin = performance.now();
  for (const text of texts)
    for (const reader of codeSchedulerReaders)
      if (reader.matches(file, text)) reader.read(text, file, (key) => `\${${key}}`);
  expect(performance.now() - begin).toBeLessThan(5_000);
});
