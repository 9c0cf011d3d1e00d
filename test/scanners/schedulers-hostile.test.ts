import { describe, expect, test } from 'vitest';
import { loadScanner } from '../../src/scanners/index.ts';
import { schedulerReaders } from '../../src/scanners/schedulers/readers.ts';
import fc from '../fast-check.ts';
import { drawJobs, drawProblems, readFixture, scanFixture, scanText } from './schedulers-files.ts';

const fixtures = [
  'cronjobs.yaml',
  '.github/workflows/nightly.yml',
  '.gitlab-ci.yml',
  'pipeline_schedules.json',
  'jenkins/jobs/finance/jobs/invoices/config.xml',
  'Jenkinsfile',
  'tasks.xml',
  'schtasks.csv',
  'control-m.xml',
  'control-m.json',
  'nightly.jil',
];

async function textOf(name: string): Promise<string> {
  const bytes = await readFixture(name);
  return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** Reads a text with every reader, whether it matches or not; the places must be in the file. */
function readWithAll(file: string, text: string): void {
  const lines = text.split('\n').length;
  for (const reader of schedulerReaders) {
    reader.matches(file, text);
    const { jobs, skipped, flaws = [] } = reader.read(text, file);
    const names = jobs.map(({ name }) => name);
    expect(new Set(names).size, reader.name).toBe(names.length);
    for (const { line } of [...jobs, ...skipped, ...flaws]) {
      expect(line, reader.name).toBeGreaterThanOrEqual(1);
      expect(line, reader.name).toBeLessThanOrEqual(lines + 1);
    }
  }
}

test('every file is known by one reader only', async () => {
  for (const name of fixtures) {
    const text = await textOf(name);
    const known = schedulerReaders.filter((reader) => reader.matches(name, text));
    expect([name, known.length]).toEqual([name, 1]);
  }
});

test.each([
  ['settings.xml', '<?xml version="1.0"?><configuration><add key="a" value="b"/></configuration>'],
  [
    'pom.xml',
    '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion></project>',
  ],
  ['page.html', '<!DOCTYPE html><TABLE class="x"><tr><td>JOB</td></tr></TABLE>'],
  ['docker-compose.yml', 'services:\n  cron:\n    image: x\n'],
  ['ci.yml', 'on: push\njobs:\n  a:\n    steps: []\n'],
  ['package.json', '{"Type": "module", "cron": "0 1 * * *"}'],
  ['notes.txt', 'We insert_job: nothing here, kind: CronJob is only a word\n'],
  ['build.groovy', "pipeline { triggers { cron('0 1 * * *') } }"],
  ['empty', ''],
])('%s is of no scheduler', (file, text) => {
  expect(schedulerReaders.filter((reader) => reader.matches(file, text))).toEqual([]);
});

describe('broken files', () => {
  test.each(fixtures)('%s, cut anywhere or with lines lost, doubled and swapped', async (name) => {
    const text = await textOf(name);
    const lines = text.split('\n');
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.nat(lines.length - 1),
        fc.constantFrom('cut', 'lose', 'double', 'swap', 'insert'),
        fc.constantFrom('"', "'", '<', '>', '{', '}', '%', '\u0000', ']]>', '/*', '&lol;', '\t'),
        (at, line, kind, sign) => {
          const changed = [...lines];
          if (kind === 'lose') changed.splice(line, 1);
          if (kind === 'double') changed.splice(line, 0, lines[line] ?? '');
          if (kind === 'swap') changed.push(...changed.splice(0, line));
          const mutated =
            kind === 'cut'
              ? text.slice(0, at)
              : kind === 'insert'
                ? text.slice(0, at) + sign + text.slice(at)
                : changed.join('\n');
          for (const reader of schedulerReaders) {
            if (!reader.matches(name, mutated)) continue;
            const { jobs } = reader.read(mutated, name);
            expect(new Set(jobs.map((job) => job.name)).size).toBe(jobs.length);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each(fixtures)('%s with each reader', async (name) => {
    readWithAll(name, await textOf(name));
  });

  test('any text with any reader', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => readWithAll('x', text)),
      { numRuns: 300 },
    );
  });
});

/** Texts made to hang or blow up a careless reader, each a few MB. */
const big = 400_000;
const hostile: readonly (readonly [string, string, () => string])[] = [
  [
    'entities that double',
    'x.xml',
    () =>
      `<!DOCTYPE d [${Array.from({ length: 60 }, (_, n) => `<!ENTITY e${n + 1} "&e${n};&e${n};">`).join('')}]><DEFTABLE><JOB JOBNAME="&e60;" CMDLINE="&e60;"/></DEFTABLE>`,
  ],
  [
    'jobs in jobs',
    'x.xml',
    () => `<DEFTABLE>${'<FOLDER FOLDER_NAME="a"><JOB JOBNAME="b">'.repeat(20_000)}`,
  ],
  [
    'one condition for all',
    'x.xml',
    () =>
      `<DEFTABLE>${'<JOB JOBNAME="j" TIMEFROM="2200" WEEKDAYS="ALL"><INCOND NAME="c"/><OUTCOND NAME="c" SIGN="+"/></JOB>'.repeat(3_000)}</DEFTABLE>`,
  ],
  [
    'many tasks and names',
    'x.xml',
    () =>
      `<Tasks xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">${'<!-- \\a -->\n<Task><Triggers/></Task>\n'.repeat(20_000)}</Tasks>`,
  ],
  ['open texts', 'Jenkinsfile', () => `pipeline { ${"'''".repeat(big / 4)} `],
  ['open brackets', 'Jenkinsfile', () => `pipeline { ${'cron('.repeat(big / 4)}`],
  ['slashes', 'Jenkinsfile', () => `pipeline { ${'/'.repeat(big)}`],
  [
    'aliases that double',
    'x.yaml',
    () =>
      `kind: CronJob\n${Array.from({ length: 40 }, (_, n) => `a${n}: &a${n} [${n === 0 ? '1' : `*a${n - 1}, *a${n - 1}`}]`).join('\n')}\nspec: {schedule: *a39}\n`,
  ],
  ['deep lists', 'x.yaml', () => `kind: CronJob\nspec: ${'['.repeat(20_000)}`],
  [
    'many documents',
    'x.yaml',
    () => 'kind: CronJob\nspec: {schedule: "0 1 * * *"}\n---\n'.repeat(2_000),
  ],
  [
    'extends itself',
    '.gitlab-ci.yml',
    () => 'a:\n  extends: [a, a, a, a, a, a, a, a]\n  only: [schedules]\n  script: x\n',
  ],
  [
    'boxes in a ring',
    'x.jil',
    () =>
      'insert_job: a job_type: b\nbox_name: b\ncondition: s(b)\ninsert_job: b job_type: b\nbox_name: a\ncondition: s(a)\n',
  ],
  ['open comments', 'x.jil', () => `insert_job: a\n${'/*'.repeat(big / 2)}`],
  [
    'open comments on lines of their own',
    'x.jil',
    () => `insert_job: a\n${'/*\n'.repeat(big / 4)}`,
  ],
  ['a long condition', 'x.jil', () => `insert_job: a\ncondition: ${'s('.repeat(big / 2)}`],
  ['a long line', 'x.jil', () => `insert_job: a\ncommand: ${'x'.repeat(8_000_000)}`],
  [
    'open quotes',
    'x.csv',
    () => `"HostName","TaskName","Next Run Time","Task To Run"\n${'"a""'.repeat(big)}`,
  ],
  [
    'deep folders',
    'x.json',
    () =>
      `${'{"F": {"Type": "Folder", "J": {"Type": "Job:Command"}, "G": '.repeat(80)}1${'}}'.repeat(80)}`,
  ],
];

describe('hostile files end in bounded time', () => {
  test.each(hostile)(
    '%s',
    async (_, file, write) => {
      const text = write();
      const start = performance.now();
      await scanText(file, text);
      expect(performance.now() - start).toBeLessThan(8_000);
    },
    30_000,
  );
});

describe('a source of jobs', () => {
  test('what names no host and no zone takes those of the source', async () => {
    const options = { host: 'batch01', timezone: 'Europe/Oslo' };
    const drawn = drawJobs(await scanFixture('nightly.jil', options));
    expect(drawn.filter((line) => line.includes('@batch01'))).toEqual([
      '3 NORDFISK_NIGHT @batch01 batch: 0 23 * * 1-5 Europe/Oslo + 30 22 * * 1-5 Europe/Oslo',
      '39 CLOSE @batch01: at 23:15 on days of MONTH_END Europe/Oslo',
    ]);
  });

  test('clusters and servers that run by UTC keep it', async () => {
    const drawn = drawJobs(await scanFixture('cronjobs.yaml', { timezone: 'Asia/Tokyo' }));
    expect(drawn[1]).toBe('45 heartbeat: */5 * * * * UTC | off');
  });

  test('secrets are reported and never shown', async () => {
    const text =
      'insert_job: A   job_type: c\ncommand: curl -u svc:Sommer2026x https://erp.nordfisk.example/x\n';
    const found = await scanText('x.jil', text);
    expect(found.of('credential')).toHaveLength(1);
    expect(JSON.stringify([found.evidence, found.coverage])).not.toContain('Sommer2026x');
  });

  test('a zone that does not exist and a key that is none are refused', async () => {
    const { options } = await loadScanner('jobs');
    expect(options.safeParse({ timezone: 'Europe/Olso' }).success).toBe(false);
    expect(options.safeParse({ user: 'root' }).success).toBe(false);
    expect(options.safeParse({ host: 'a', timezone: 'Europe/Oslo' }).success).toBe(true);
  });

  test('UTF-16 without a byte order mark is read', async () => {
    const bytes = (await readFixture('tasks.xml')).subarray(2);
    const { scan } = await import('./scan.ts');
    const found = await scan('jobs', { 'tasks.xml': bytes });
    expect(found.of('job')).toHaveLength(2);
    expect(drawProblems(found)).toHaveLength(2);
  });
});
