import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder: string;

/** What a command prints, and its exit code. */
async function call(...args: string[]) {
  shown.out = '';
  shown.errors = '';
  const code = await run(['node', 'landscape', ...args]);
  return { code, stdout: shown.out, stderr: shown.errors };
}

const planSample = (...args: string[]) =>
  call('plan', 'inventories/nordfisk', '--today', '2026-11-02', '--no-color', ...args);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-plan-'));
  await run([
    'node',
    'landscape',
    'plan',
    'inventories/nordfisk',
    '-o',
    folder,
    '--quiet',
    '--no-progress',
  ]);
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const file = (name: string) => path.join(folder, name);
const read = async (name: string) => JSON.parse(await readFile(file(name), 'utf8'));

test('tells wave by wave what moves, what it is worth and where it is', async () => {
  const planned = await planSample('-o', folder);
  expect(planned.code).toBe(0);
  expect(planned.stdout).toMatch(/Wave 1 {2}2026-11-02 to 2027-01-31 {2}3 links/);
  expect(planned.stdout).toMatch(/Wave 1 moves Finance → Data platform/);
  expect(planned.stdout.replace(/\s+/g, ' ')).toMatch(
    /worth 9\d\d hours of today.*proved: no other plan is worth more/,
  );
  expect(planned.stdout).toContain(`Open   ${file('plan.json')}`);
});

test('two runs write the same bytes', async () => {
  const before = await readFile(file('plan.json'), 'utf8');
  const other = await mkdtemp(path.join(tmpdir(), 'landscape-plan-'));
  await planSample('-o', other, '--quiet');
  expect(await readFile(path.join(other, 'plan.json'), 'utf8')).toBe(before);
  await rm(other, { recursive: true });
});

test('tasks wait for what they need, and their hours are those of the waves', async () => {
  const tasks = parse(await readFile(file('plan-tasks.csv'), 'utf8'), {
    columns: true,
  }) as Record<string, string>[];
  const plan = await read('plan.json');
  const ids = new Set(tasks.map(({ id }) => id));
  expect(ids.size).toBe(tasks.length);
  const waveOf = new Map(tasks.map(({ id, wave }) => [id, Number(wave)]));
  for (const { after, wave } of tasks)
    for (const id of (after ?? '').split(' ').filter((one) => one !== '')) {
      expect(ids).toContain(id);
      expect(waveOf.get(id)).toBeLessThanOrEqual(Number(wave));
    }
  for (const { number, effortHours } of plan.waves)
    expect(
      tasks
        .filter(({ wave }) => Number(wave) === number)
        .reduce((sum, one) => sum + Number(one['hours']), 0),
    ).toBe(effortHours);
});

test('more waves and fewer hours are asked for on the command line', async () => {
  const other = await mkdtemp(path.join(tmpdir(), 'landscape-plan-'));
  const { stdout } = await planSample('-o', other, '--json', '--waves', '6', '--capacity', '80');
  const plan = JSON.parse(stdout);
  expect(plan.model.waves).toHaveLength(6);
  expect(plan.waves.every((wave: { effortHours: number }) => wave.effortHours <= 80)).toBe(true);
  await rm(other, { recursive: true });
});

describe('plan verify', () => {
  test('accepts what was written', async () => {
    const { code, stdout } = await call('plan', 'verify', file('plan.json'));
    expect(stdout).toMatch(/holds: 9 items over 4 waves/);
    expect(code).toBe(0);
  });

  test('refuses a plan that was changed, and says where', async () => {
    const plan = await read('plan.json');
    plan.waves[1].links.push(plan.waves[0].links[0]);
    await writeFile(file('changed.json'), JSON.stringify(plan));
    const { code, stdout } = await call('plan', 'verify', file('changed.json'));
    expect(stdout).toMatch(/does not hold:\n.*is there 2 times: wave 1, wave 2/);
    expect(code).toBe(1);
    const json = await call('plan', 'verify', file('changed.json'), '--json');
    expect(JSON.parse(json.stdout).wrong.length).toBeGreaterThan(0);
  });

  test('what is no plan is exit 2', async () => {
    const { code, stderr } = await call('plan', 'verify', 'package.json');
    expect(stderr).toMatch(/package\.json: waves: .*\n/);
    expect(code).toBe(2);
  });
});

test.each([
  [['--waves', '1'], /--waves "1" is no number from 2 to 24/],
  [['--waves', '2.5'], /--waves "2\.5" is no whole number/],
  [['--capacity', 'much'], /--capacity "much" is no number/],
  [['--time-limit', ''], /--time-limit "" is no number/],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await planSample('-o', folder, ...args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
