import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { toCsv } from '../../src/renderers/csv.ts';
import { verifyPlan } from '../../src/verify/verify-plan.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-again-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = (...names: string[]) => path.join(folder, ...names);

async function plan(name: string, today: string, ...args: string[]) {
  const code = await run([
    'node',
    'landscape',
    'plan',
    'inventories/plant',
    '--today',
    today,
    '--no-progress',
    '-o',
    file(name),
    ...args,
  ]);
  expect(code, shown.errors).toBe(0);
  const found = JSON.parse(await readFile(file(name, 'plan.json'), 'utf8'));
  expect(verifyPlan(found)).toEqual([]);
  return found;
}

/** The tasks of a plan with what somebody noted. */
async function note(name: string, notes: Record<string, [status: string, hours: string]>) {
  const rows = parse(await readFile(file(name, 'plan-tasks.csv'), 'utf8')) as string[][];
  const [header = [], ...tasks] = rows;
  const at = (column: string) => header.indexOf(column);
  for (const task of tasks) {
    const [status, hours] = notes[task[0] ?? ''] ?? [];
    if (status !== undefined) task[at('status')] = status;
    if (hours !== undefined) task[at('actual hours')] = hours;
  }
  await writeFile(file(name, 'tasks.csv'), toCsv(rows));
}

test('planning again on the same day changes nothing', async () => {
  const before = await plan('a', '2026-11-02');
  const after = await plan('b', '2026-11-02', '--from', file('a', 'plan.json'));
  expect(after.waves).toEqual(before.waves);
  expect(after).toMatchObject({ changes: [], fixed: [], start: before.start });
});

test('what is done or under way stays, what it needs is there, and waves that are over are closed', async () => {
  await plan('c', '2026-11-02');
  await note('c', {
    'move:hr=>finance#file': ['Done', '12,5'],
    'adapter:erp@data-pipeline': ['In Progress', ''],
  });
  const after = await plan(
    'd',
    '2027-02-10',
    ...['--from', file('c', 'plan.json'), '--done-tasks', file('c', 'tasks.csv')],
  );
  expect(after.fixed).toEqual([
    { task: 'adapter:erp@data-pipeline', wave: 1, status: 'started', plannedHours: 16 },
    { task: 'adapter:finance@integration-platform', wave: 1, status: 'done', plannedHours: 16 },
    { task: 'adapter:hr@integration-platform', wave: 1, status: 'done', plannedHours: 16 },
    { task: 'move:hr=>finance#file', wave: 1, status: 'done', plannedHours: 8, actualHours: 12.5 },
  ]);
  const links = after.waves.flatMap((wave: { links: string[] }) => wave.links);
  expect(links).not.toContain('hr=>finance#file');
  expect(after.waves[0].number).toBe(2);
  const built = after.waves.flatMap((wave: { adapters: unknown[] }) => wave.adapters);
  expect(built).not.toContainEqual({ system: 'erp', platform: 'data-pipeline' });
  const text = await readFile(file('d', 'migration-plan.md'), 'utf8');
  expect(text).toMatch(/3 tasks of the earlier plan are done, 1 under way/);
  expect(text).toMatch(/1 task took 13 hours, and 8 were planned/);

  // And once more from there: what was noted before need not be noted again.
  const later = await plan('e', '2027-02-10', '--from', file('d', 'plan.json'));
  expect(later.fixed).toEqual(after.fixed);
  expect(later.changes).toEqual([]);
});

test.each([
  [['--done-tasks', 'tasks.csv'], /--from <plan\.json>/],
  [['--from', 'package.json'], /package\.json: waves/],
])('%j is refused', async (args, message) => {
  expect(
    await run(['node', 'landscape', 'plan', 'inventories/plant', '--no-progress', ...args]),
  ).toBe(2);
  expect(shown.errors).toMatch(message);
});

test('a status that nobody knows is refused with its line', async () => {
  await plan('h', '2026-11-02');
  await note('h', { 'move:hr=>finance#file': ['perhaps', ''] });
  const args = ['--from', file('h', 'plan.json'), '--done-tasks', file('h', 'tasks.csv')];
  expect(
    await run(['node', 'landscape', 'plan', 'inventories/plant', '--no-progress', ...args]),
  ).toBe(2);
  expect(shown.errors).toMatch(
    /tasks\.csv:\d+.*"perhaps" is no status; write open, started or done/,
  );
});
