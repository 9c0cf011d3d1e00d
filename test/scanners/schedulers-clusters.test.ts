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

describe('Kubernetes', () => {
  test('CronJobs of several documents and lists', async () => {
    const found = await scanFixture('cronjobs.yaml');
    expect(drawJobs(found)).toEqual([
      '13 trade/stock-export: 30 22 * * 1-5 Europe/Oslo',
      '45 heartbeat: */5 * * * * UTC | off',
      '65 image-only: {{ .Values.schedule }} UTC',
    ]);
    expect(drawConnections(found)).toEqual([
      '13 <- db.wms.nordfisk.example postgresql [stock]',
      '13 -> erp.nordfisk.example https',
      '45 <- portal.nordfisk.example https',
    ]);
    expect(drawSafeguards(found, /Policy|Seconds|backoff|^set -e/)).toEqual([
      '15 trade/stock-export +locking concurrencyPolicy: Forbid',
      '19 trade/stock-export +timeout activeDeadlineSeconds: 1800',
      '18 trade/stock-export +retry backoffLimit: 3',
      '13 trade/stock-export +failure-propagation set -e ends the script at the first failure',
      '66 image-only +retry backoffLimit is not set, which means 6',
    ]);
    expect(drawProblems(found)).toEqual([
      '71 this CronJob has no schedule',
      '65 the schedule "{{ .Values.schedule }}" is filled in when the manifest is rendered',
    ]);
    expect(found.coverage).toMatchObject({ unit: 'jobs', parsed: 3, skipped: 1 });
  });

  test.each([
    ['an allowed overlap is no lock', 'concurrencyPolicy: Allow', []],
    [
      'a replaced run is locked out',
      'concurrencyPolicy: Replace',
      ['+locking concurrencyPolicy: Replace'],
    ],
  ])('%s', async (_, line, expected) => {
    const text = `kind: CronJob\nmetadata: {name: x}\nspec:\n  schedule: "@hourly"\n  ${line}\n`;
    const drawn = drawSafeguards(await scanText('x.yaml', text));
    expect(drawn.map((row) => row.replace(/^\d+ x /, ''))).toEqual(expected);
  });

  test('a schedule that a cluster refuses is told and kept', async () => {
    const text = 'kind: CronJob\nmetadata: {name: x}\nspec:\n  schedule: "0 25 * * *"\n';
    const found = await scanText('x.yaml', text);
    expect(drawJobs(found)).toEqual(['4 x: 0 25 * * * UTC']);
    expect(drawProblems(found)[0]).toMatch(
      /^4 the schedule "0 25 \* \* \*" cannot be followed: hour/,
    );
  });

  test('two jobs of one name keep ids of their own', async () => {
    const one = 'kind: CronJob\nmetadata: {name: x}\nspec: {schedule: "0 1 * * *"}\n';
    const ids = (await scanText('x.yaml', `${one}---\n${one}`)).of('job').map(({ id }) => id);
    expect(ids).toEqual(['x.yaml: x', 'x.yaml: x (2)']);
  });

  test('a Deployment is no job', async () => {
    const found = await scanText('x.yaml', 'kind: Deployment\nspec: {schedule: "0 1 * * *"}\n');
    expect(drawJobs(found)).toEqual([]);
    expect(drawProblems(found)[0]).toMatch(
      /no file of a known scheduler; known are Windows.*AutoSys JIL$/,
    );
  });
});

describe('GitHub Actions', () => {
  test('jobs that a schedule starts, and what they connect to', async () => {
    const found = await scanFixture('.github/workflows/nightly.yml');
    expect(drawJobs(found)).toEqual([
      '12 fetch: 15 2 * * * Europe/Oslo + 0 6 * * 1-5 UTC',
      '27 deliver:  | after fetch',
      '33 weekdays: 0 6 * * 1-5 UTC',
    ]);
    expect(drawConnections(found)).toEqual([
      '12 <- erp.nordfisk.example https',
      '33 <- portal.nordfisk.example https',
    ]);
    expect(drawCalls(found)).toEqual(['deliver > ./scripts/deliver.sh']);
    expect(drawSafeguards(found, /minutes|concurrency|slack|continue/)).toEqual([
      '14 fetch +timeout timeout-minutes: 20',
      '8 fetch +locking concurrency: one run at a time',
      '26 fetch +alerting a step that runs on failure: slackapi/slack-github-action@v2',
      '8 deliver +locking concurrency: one run at a time',
      '31 deliver -failure-propagation continue-on-error: true',
      '8 weekdays +locking concurrency: one run at a time',
    ]);
    expect(found.of('credential')).toEqual([]);
  });

  test('a workflow that only pushes start has no jobs', async () => {
    const text =
      'on:\n  push:\n  # schedule:\n  #   - cron: "0 1 * * *"\njobs:\n  a:\n    steps: []\n';
    expect(drawJobs(await scanText('.github/workflows/ci.yml', text))).toEqual([]);
  });

  test('a schedule of six fields is kept with the reason', async () => {
    const text = 'on:\n  schedule:\n    - cron: "0 0 1 * * *"\njobs:\n  a:\n    steps: []\n';
    const found = await scanText('w.yml', text);
    expect(drawJobs(found)).toEqual(['5 a: 0 0 1 * * * UTC']);
    expect(drawProblems(found)).toEqual([
      expect.stringMatching(/^3 .*cannot be followed: 6 fields/),
    ]);
  });
});

describe('GitLab', () => {
  test('jobs of a pipeline that name the schedule', async () => {
    const found = await scanFixture('.gitlab-ci.yml');
    expect(drawJobs(found)).toEqual(['10 pull-stock: ', '18 publish:  | after pull-stock']);
    expect(drawConnections(found)).toEqual(['10 <- wms.nordfisk.example https']);
    expect(drawCalls(found)).toEqual(['publish > ./publish.sh']);
    expect(drawSafeguards(found, /^(?:retry|timeout|resource|allow)/)).toEqual([
      '10 pull-stock +retry retry: 2',
      '10 pull-stock +timeout timeout: 30 minutes',
      '13 pull-stock +locking resource_group: stock',
      '21 publish -failure-propagation allow_failure: true',
    ]);
    expect(drawProblems(found)[0]).toBe(
      '10 when this job runs stands on the GitLab server only; export its pipeline_schedules',
    );
  });

  test('exported schedules, with the zones that Rails names', async () => {
    const found = await scanFixture('pipeline_schedules.json');
    expect(drawJobs(found)).toEqual([
      '6 Nightly stock: 30 1 * * * Europe/Stockholm',
      '15 Old import: 0 4 * * 0 UTC | off',
      '22 Elsewhere: 0 4 * * 0 Middle-earth',
    ]);
    expect(drawProblems(found)).toEqual([
      '22 the zone "Middle-earth" has no IANA name that is known',
    ]);
  });
});

describe('Jenkins', () => {
  const config = 'jenkins/jobs/finance/jobs/invoices/config.xml';

  test('a job of a folder, by its full name', async () => {
    const found = await scanFixture(config);
    expect(drawJobs(found)).toEqual([
      '20 finance/invoices: TZ=Europe/Oslo/# nights of working days/H 2 * * 1-5 -',
    ]);
    expect(found.of('job')[0]?.schedules[0]?.name).toBe('finance/invoices');
    expect(drawConnections(found)).toEqual([
      '20 <- erp.nordfisk.example https',
      '20 -> finance.nordfisk.example https',
    ]);
    expect(drawSafeguards(found, /^hudson|concurrent/)).toEqual([
      '37 finance/invoices +alerting hudson.tasks.Mailer',
      '42 finance/invoices +timeout hudson.plugins.build__timeout.BuildTimeoutWrapper',
      '28 finance/invoices +locking concurrentBuild: false, so that a run waits for the last one',
    ]);
  });

  test('without its folders the name that H is drawn by is not known', async () => {
    const { of } = await scanText(
      'export.xml',
      '<project><triggers><hudson.triggers.TimerTrigger><spec>H 2 * * *</spec></hudson.triggers.TimerTrigger></triggers></project>',
    );
    expect(of('job')[0]?.schedules).toEqual([
      { expression: 'H 2 * * *', timezone: '', scheduler: 'jenkins' },
    ]);
  });

  test('a declarative Jenkinsfile', async () => {
    const found = await scanFixture('Jenkinsfile', { host: 'ci01', timezone: 'Europe/Paris' });
    expect(drawJobs(found)).toEqual([
      '4 Jenkinsfile @ci01: TZ=Europe/Oslo/45 3 * * * Europe/Paris',
    ]);
    expect(drawConnections(found)).toEqual([
      '4 <- quality.nordfisk.example https',
      '4 -> data.nordfisk.example scp [/in/certificates.json]',
    ]);
    expect(drawSafeguards(found, /retry|timeout|Concurrent|mail|slack/)).toEqual([
      '7 Jenkinsfile +locking disableConcurrentBuilds()',
      "8 Jenkinsfile +timeout timeout(time: 1, unit: 'HOURS')",
      '17 Jenkinsfile +retry retry(3)',
      '29 Jenkinsfile +alerting mail in failure',
    ]);
  });

  test.each([
    [
      "properties([pipelineTriggers([cron('H/15 * * * *')])])\nnode { sh 'x' }",
      ['H/15 * * * *'],
      [],
    ],
    [
      "pipeline { triggers { cron(env.X == 'main' ? 'H 2 * * *' : '') } }",
      ['H 2 * * *'],
      [/only where a condition holds/],
    ],
    ['pipeline { triggers { cron(schedule) } }', [], [/computed when the pipeline runs/]],
    ["pipeline { triggers { parameterizedCron('0 3 * * * %A=1') } }", ['0 3 * * *'], []],
    ["pipeline { /* triggers { cron('0 1 * * *') } */ }", [], []],
    ["pipeline { environment { A = 'cron(0 1)' } steps { cron('0 1 * * *') } }", [], []],
    [
      "pipeline { triggers { cron('99 3 * * *') } }",
      ['99 3 * * *'],
      [/cannot be followed: minute "99"/],
    ],
  ])('%s', async (text, expected, problems) => {
    const found = await scanText('Jenkinsfile', text);
    expect(
      found.of('job').flatMap(({ schedules }) => schedules.map((one) => one.expression)),
    ).toEqual(expected);
    const drawn = drawProblems(found);
    expect(drawn).toHaveLength(problems.length);
    for (const [index, problem] of problems.entries()) expect(drawn[index]).toMatch(problem);
  });
});
