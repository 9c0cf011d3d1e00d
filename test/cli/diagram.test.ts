import { spawn } from 'node:child_process';
import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-test-diagram-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Draws Nordfisk. */
async function diagram(...more: string[]): Promise<number> {
  const common = ['inventories/nordfisk', '--no-cache', '--no-progress'];
  return run(['node', 'landscape', 'diagram', ...common, ...more]);
}

describe('landscape diagram', () => {
  test('prints what a scan writes', async () => {
    expect(await diagram('--today', '2026-11-02')).toBe(0);
    expect(shown.out).toBe(await readFile('reports/nordfisk/landscape.mmd', 'utf8'));
    expect(shown.errors).toBe('');
  });

  test('around a system by any of its names', async () => {
    expect(await diagram('--focus', 'cold storage')).toBe(0);
    expect(shown.out).toContain(
      'Warehouse and cold storage sends data to 4 systems and takes it from 2',
    );
    expect(shown.out).not.toContain('"Quality"');
    expect(shown.out).toMatch(/class s\d focus/);
  });

  test.each([
    ['traffic', 'sankey-beta'],
    ['hotspots', 'quadrantChart'],
    ['waves', 'gantt\n  title Waves'],
    ['week', 'displayMode: compact'],
  ])('--kind %s', async (kind, text) => {
    expect(await diagram('--kind', kind)).toBe(0);
    expect(shown.out).toContain(text);
  });

  test.each([
    ['landscape.mmd', 'flowchart LR'],
    ['landscape.dot', 'digraph landscape {'],
    ['landscape.GV', 'digraph landscape {'],
  ])('the ending of %s tells the format', async (name, text) => {
    const file = path.join(folder, name);
    expect(await diagram('-o', file)).toBe(0);
    expect(await readFile(file, 'utf8')).toContain(text);
    expect(shown.out).toBe('');
  });

  test('--split writes an index and a page for each group', async () => {
    const to = path.join(folder, 'parts');
    expect(await diagram('--split', '-o', to, '--group', 'owner')).toBe(0);
    expect(shown.out).toMatch(/^\d+ systems and 16 links in \d+ pictures on \d+ pages\.\nOpen /);
    const index = await readFile(path.join(to, 'index.md'), 'utf8');
    const pages = (await readdir(to)).filter((name) => name !== 'index.md');
    for (const page of pages) {
      expect(index).toContain(`(${page})`);
      expect(await readFile(path.join(to, page), 'utf8')).toContain('flowchart LR');
    }
    shown.out = '';
    expect(await diagram('--split', '-o', to, '--json')).toBe(0);
    expect(JSON.parse(shown.out)).toMatchObject({ drawn: { links: 16 }, left: { links: 0 } });
  });

  test.each([
    [['--split'], '-o diagrams'],
    [['--split', '-o', 'x', '--kind', 'week'], 'only a flowchart'],
    [['--split', '-o', 'x', '--format', 'dot'], 'one DOT file holds everything'],
    [['--split', '-o', 'x', '--focus', 'erp'], 'give one'],
    [['--split', '-o', 'x', '--watch'], 'leave --split out'],
  ])('%j is refused before anything is read', async (args, message) => {
    expect(await diagram(...args)).toBe(2);
    expect(shown.errors).toContain(message);
  });

  test('--json tells what was drawn', async () => {
    expect(await diagram('--json', '--group', 'owner')).toBe(0);
    expect(JSON.parse(shown.out)).toMatchObject({
      kind: 'flowchart',
      format: 'mermaid',
      title: 'Nobody registered 6 of 16 links',
      text: expect.stringContaining('"Logistics IT"'),
    });
  });

  test.each([
    [['--kind', 'trafic'], 'Did you mean "traffic"?'],
    [['--group', 'team'], 'write domain, owner, site, criticality or wave'],
    [['--format', 'gif'], 'write mermaid, dot, svg, png or pdf'],
    [['-o', 'x.jpg'], 'the ending tells no format'],
    [['-o', 'x.svg', '--format', 'png'], 'contradict'],
    [['--kind', 'traffic', '--focus', 'erp'], 'does not go with --focus'],
    [['--kind', 'week', '--format', 'dot'], 'does not go with --format dot'],
    [['--depth', '2'], 'name it with --focus'],
    [['--focus', 'erp', '--depth', 'x'], 'whole number'],
    [['--focus', 'INT-002'], 'name a system'],
    [['--focus', 'epr'], 'erp'],
    [['--watch'], 'name it: -o'],
    [['--format', 'svg', '--json'], '--json goes with text'],
  ])('%j is refused with a remedy', async (options, remedy) => {
    expect(await diagram(...options)).toBe(2);
    expect(shown.errors).toContain(remedy);
    expect(shown.out).toBe('');
  });

  test('what cannot be drawn is exit 2 with the reason', async () => {
    await writeFile(path.join(folder, 'landscape.yaml'), 'sources:\n  - inventory: s.csv\n');
    await writeFile(path.join(folder, 's.csv'), 'id\na\n');
    const args = ['node', 'landscape', 'diagram', folder, '--no-cache', '--no-progress'];
    expect(await run([...args, '--kind', 'traffic'])).toBe(2);
    expect(shown.errors).toContain('gateway logs show calls of fewer than two pairs');
    expect(await run(args)).toBe(0);
    expect(shown.out).toContain('No link was found');
  });
});

/** The tool itself, with what it printed until it ended or was told to. */
function start(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['bin/landscape.js', 'diagram', ...args, '--no-cache'], {
    env: { ...process.env, ...env },
  });
  const said = { out: '', errors: '' };
  child.stdout.on('data', (bytes) => {
    said.out += String(bytes);
  });
  child.stderr.on('data', (bytes) => {
    said.errors += String(bytes);
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return { child, said, ended };
}

describe('pictures', () => {
  test('are drawn by the browser that ships with an optional package, and leave nothing behind', async () => {
    const temporary = await mkdtemp(path.join(folder, 'tmp-'));
    const browserless = { CHROME_PATH: '', PUPPETEER_EXECUTABLE_PATH: '', TMPDIR: temporary };
    for (const [name, begin] of [
      ['n.svg', '<svg'],
      ['n.png', '\u0089PNG'],
      ['n.pdf', '%PDF'],
    ] as const) {
      const file = path.join(folder, name);
      const { said, ended } = start(['inventories/nordfisk', '-o', file], browserless);
      const code = await ended;
      if (said.errors.includes('the browser does not start')) return;
      expect(said.errors).toBe('');
      expect(code).toBe(0);
      expect((await readFile(file, 'latin1')).startsWith(begin)).toBe(true);
    }
    expect(await readFile(path.join(folder, 'n.svg'), 'utf8')).toContain(
      'Nobody registered 6 of 16 links',
    );
    expect(await readdir(temporary)).toEqual([]);
  }, 120_000);

  test('without the browser that is named, the remedy is told', async () => {
    const file = path.join(folder, 'none.svg');
    const { said, ended } = start(['inventories/nordfisk', '-o', file], {
      CHROME_PATH: path.join(folder, 'no-chrome'),
    });
    expect(await ended).toBe(2);
    expect(said.errors).toMatch(/CHROME_PATH names .* where no program is\. Install Chrome/);
  });

  test('a browser that does not start is exit 2 with the remedy', async () => {
    const { said, ended } = start(['inventories/nordfisk', '-o', path.join(folder, 'none.svg')], {
      CHROME_PATH: '/bin/false',
    });
    expect(await ended).toBe(2);
    expect(said.errors).toContain('/bin/false: the browser does not start');
  });
});

test('--watch draws again when a source changes, keeps the last good picture, and ends with 0', async () => {
  const watched = path.join(folder, 'watched');
  await cp('inventories/nordfisk', watched, { recursive: true });
  const file = path.join(watched, 'landscape.mmd');
  const { child, said, ended } = start([watched, '-o', file, '--watch']);
  const until = async (isTrue: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await isTrue())) await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const watches = (): number => said.errors.split('Watching the sources').length - 1;
  await until(() => watches() === 1);
  await appendFile(path.join(watched, 'systems.csv'), 'new-one,Brand new\n');
  await until(() => watches() === 2);
  expect(await readFile(file, 'utf8')).toContain('"Brand new"');
  await writeFile(path.join(watched, 'landscape.yaml'), 'nonsense: [');
  await until(() => watches() === 3);
  expect(said.errors).toContain('landscape.yaml');
  expect(await readFile(file, 'utf8')).toContain('"Brand new"');
  child.kill('SIGINT');
  expect(await ended).toBe(0);
}, 60_000);
