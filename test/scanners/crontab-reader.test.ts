import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { crontabReader } from '../../src/scanners/schedulers/crontab.ts';

const folder = new URL('../fixtures/cron/debian/', import.meta.url);
const line = '0 1 * * * root /opt/a.sh\n';

test.each([
  ['cron.d/stock', line, true],
  ['deploy/crontab', `# jobs\n\n${line}`, true],
  ['deploy/crontab.txt', line, true],
  ['deploy/etl.cron', '@daily root x\n', true],
  ['deploy/crontabs/etl', '0 1 * * mon-fri x\n', true],
  ['etc/anacrontab', '1 5 cron.daily run-parts /etc/cron.daily\n', true],
  ['etc/anacrontab', '@daily root x\n', false],
  ['cron.d/README', 'Put one file for each job here.\n', false],
  ['cron.d/README', '# 0 1 * * * root commented\n', false],
  ['src/crontab.ts', line, false],
  ['docs/cron.md', line, false],
])('%s with %j: %s', (file, text, expected) => {
  expect(crontabReader.matches(file, text)).toBe(expected);
});

test('a file that is too large is left alone', () => {
  expect(crontabReader.matches('crontab', `${' '.repeat(1_000_001)}${line}`)).toBe(false);
});

test('every real crontab is known, and no timer is', () => {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const crontabs = names.filter((name) => /cron\.d\/|crontab$/.test(name));
  expect(crontabs.length).toBeGreaterThan(15);
  for (const name of crontabs)
    expect([
      name,
      crontabReader.matches(name, readFileSync(new URL(name, folder), 'utf8')),
    ]).toEqual([name, true]);
  for (const name of names.filter((file) => file.endsWith('.timer')))
    expect(crontabReader.matches(name, readFileSync(new URL(name, folder), 'utf8'))).toBe(false);
});

test('in a repository no zone is known, unless the file says it', () => {
  const { jobs } = crontabReader.read(`${line}CRON_TZ=Europe/Oslo\n${line}`, 'cron.d/a');
  expect(jobs.map(({ schedules }) => schedules[0]?.timezone)).toEqual(['', 'Europe/Oslo']);
});

test('what the scheduler hands to the command is kept apart from it', () => {
  const { jobs } = crontabReader.read('0 1 * * * root sftp u@h%put a%bye\n', 'cron.d/a');
  expect(jobs[0]?.command).toEqual({ text: 'sftp u@h', language: 'shell', input: 'put a\nbye' });
});
