import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
afterEach(() => vi.unstubAllEnvs());

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-widths-'));
  await cp('inventories/plant', path.join(folder, 'plant'), { recursive: true });
  for (const name of ['a', 'b'])
    await cp('reports/plant/audit.json', path.join(folder, 'audits', `${name}.json`));
  const block = '<!-- landscape:begin owners -->\n<!-- landscape:end -->\n';
  await writeFile(path.join(folder, 'page.md'), block.repeat(2));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Every command that prints for people; `@` is the folder of the landscape, `%` one for output. */
const commands = [
  'scan @ -o %/out',
  'check @',
  'baseline @ --owner Team --reason found --baseline %/accepted.yaml',
  'plan @ -o %/out',
  'impact manufacturing @',
  'impact manufacturing @ --outage',
  'impact manufacturing @ --retire',
  'explain manufacturing @',
  'unresolved @',
  'diff reports/nordfisk/audit.json reports/plant/audit.json',
  'history %/audits',
  'collect @ -o %/evidence.jsonl',
  'bundle @ -o %/bundle.json',
  'init @ --print',
  'docs @ %/page.md',
  'docs @ %/page.md --check',
  'diagram @ --split -o %/parts',
  'export @ --format csv=%/tables --format dot=%/landscape.dot',
  'register @ --all --print',
];

test.each(commands.flatMap((command) => [80, 200].map((width) => [command, width] as const)))(
  '%s keeps to %i columns',
  { timeout: 120_000 },
  async (command, width) => {
    vi.stubEnv('COLUMNS', String(width));
    // A pipeline must not accept its own findings, and these tests run in one, too.
    vi.stubEnv('CI', undefined);
    const place = path.join(folder, 'plant');
    const words = command.split(' ').map((word) => word.replace('@', place).replace('%', folder));
    const dates = /^(?:init|diff|history)/.test(command) ? [] : ['--today', '2026-11-02'];
    const code = await run(['node', 'landscape', ...words, ...dates]);
    expect([0, 1], shown.errors).toContain(code);
    expect(shown.out).not.toBe('');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours and orders to a terminal are what must not be there
    expect(shown.out).not.toMatch(/\u001b/);
    const lines = shown.out.replaceAll(folder, '').split('\n');
    // One word that is longer than the line, as a path or a pattern, cannot be broken.
    const tooLong = lines.filter((line) => line.length > width && /\S\s+\S.*\s/.test(line.trim()));
    expect(tooLong).toEqual([]);
  },
);

test('a wide terminal shows more of a long name, and no longer sentences', async () => {
  const scan = async (width: number): Promise<string> => {
    shown.out = '';
    vi.stubEnv('COLUMNS', String(width));
    await run([
      'node',
      'landscape',
      'impact',
      'manufacturing',
      'inventories/plant',
      '--today',
      '2026-11-02',
    ]);
    return shown.out;
  };
  const [narrow, wide] = [await scan(80), await scan(200)];
  expect(wide.split('\n').length).toBeLessThan(narrow.split('\n').length);
  expect(wide.replace(/\s+/g, ' ')).toBe(narrow.replace(/\s+/g, ' '));
});
