import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { writeBelow } from '../files/repository.ts';
import { captureOutput } from './capture-output.ts';
import { openFolders } from './since-folder.ts';

const shown = captureOutput();
const newFolder = openFolders();
const kinds = [
  'diagram',
  'metrics',
  'summary',
  'systems',
  'links',
  'owners',
  'findings',
  'freshness',
  'waves',
];
const block = (asked: string): string =>
  `<!-- landscape:begin ${asked} -->\n<!-- landscape:end -->\n`;
const landscape = {
  'landscape.yaml': 'name: A\nsources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
  'systems.csv':
    'id,name,domain,team\nerp,ERP,Sales,Blue\nwms,Warehouse,Logistics,Red\npim,PIM,Sales,\n',
  'links.csv':
    'id,from,to,protocol,objects,status\nL1,erp,wms,https,orders,\nL2,pim,erp,sftp,prices,draft\n',
};

const docs = (folder: string, ...args: readonly string[]): Promise<number> =>
  run([
    'node',
    'landscape',
    'docs',
    ...args.map((arg) => (/^[a-z].*\.md$/.test(arg) ? path.join(folder, arg) : arg)),
    folder,
    '--no-cache',
    '--today',
    '2026-11-02',
  ]);

async function newLandscape(pages: Readonly<Record<string, string>>): Promise<string> {
  const folder = await newFolder();
  await writeBelow(folder, { ...landscape, ...pages });
  return folder;
}

const read = (folder: string, file = 'a.md'): Promise<string> =>
  readFile(path.join(folder, file), 'utf8');

/** What stands between the markers of the only block of a page. */
async function fill(asked: string): Promise<string> {
  const folder = await newLandscape({ 'a.md': block(asked) });
  expect(await docs(folder, 'a.md'), shown.errors).toBe(0);
  const lines = (await read(folder)).split('\n');
  return lines.slice(1, -2).join('\n').trim();
}

test('a stale page is told, filled, and then no longer stale until the landscape changes', async () => {
  const text = `# Title\r\n\r\n${kinds.map(block).join('text\n')}`;
  const folder = await newLandscape({ 'a.md': text });
  expect(await docs(folder, '--check')).toBe(1);
  expect(shown.out).toContain(`${path.join(folder, 'a.md')}:3: diagram is stale`);
  expect(shown.out).toContain('9 of 9 blocks in 1 file stale; run: landscape docs');
  expect(await read(folder)).toBe(text);
  expect(await docs(folder)).toBe(0);
  const filled = await read(folder);
  const { mtimeMs } = await stat(path.join(folder, 'a.md'));
  expect(await docs(folder, '--check')).toBe(0);
  expect(await docs(folder)).toBe(0);
  expect(await read(folder)).toBe(filled);
  expect((await stat(path.join(folder, 'a.md'))).mtimeMs).toBe(mtimeMs);
  await writeBelow(folder, { 'links.csv': `${landscape['links.csv']}L3,wms,pim,ftp,stock,\n` });
  shown.out = '';
  expect(await docs(folder, '--check', '--json')).toBe(1);
  const { written, blocks } = JSON.parse(shown.out) as {
    written: boolean;
    blocks: { kind: string; stale: boolean }[];
  };
  expect(written).toBe(false);
  expect(blocks.filter(({ stale }) => !stale).map(({ kind }) => kind)).toEqual([
    'freshness',
    'waves',
  ]);
});

describe('a block', () => {
  test.each([
    ['metrics', '**3** systems · **2** links · **2** point-to-point · **1** unregistered'],
    ['summary', '3 systems are wired by 2 links'],
    ['systems domain=sales limit=1', 'And 1 more system.'],
    ['links system=warehouse', '| ERP | Warehouse | https | orders |'],
    ['links registered=no', '| PIM | ERP | sftp | prices |'],
    ['owners', '| Blue | 1 |'],
    ['findings rule=no-owner system=pim', 'PIM'],
    ['findings rule=no-owner system=wms', 'No finding.'],
    ['findings severity=error', 'No finding.'],
    ['freshness', 'No data ages: no schedule is known.'],
    ['diagram focus=ERP', 'flowchart LR'],
    ['waves', 'wave'],
  ])('%s', async (asked, expected) => {
    expect(await fill(asked)).toContain(expected);
  });

  test('that is narrowed leaves the rest out', async () => {
    expect(await fill('links system=warehouse')).not.toContain('PIM');
    expect(await fill('links registered=yes')).not.toContain('prices');
    expect(await fill('diagram focus=warehouse')).not.toContain('PIM');
    expect(await fill('diagram focus=warehouse depth=2')).toContain('PIM');
    expect(await fill('systems domain=Logistics')).not.toContain('ERP');
  });

  test('may be about another landscape, seen from its page', async () => {
    const folder = await newLandscape({});
    await mkdir(path.join(folder, 'docs'));
    await writeFile(path.join(folder, 'docs/a.md'), block('metrics landscape=..'));
    const empty = await newFolder();
    const page = path.join(folder, 'docs/a.md');
    expect(await run(['node', 'landscape', 'docs', page, empty, '--no-cache'])).toBe(0);
    expect(await read(folder, 'docs/a.md')).toContain('**3** systems');
  });
});

describe('nothing is written', () => {
  test.each([
    ['diagrm', '"diagrm" is nothing that can be filled in', 'Did you mean "diagram"?'],
    ['links sytem=erp', 'links takes no sytem=', 'Did you mean "system"?'],
    ['links system=erq', 'no system is called "erq".', 'Did you mean "erp"?'],
    ['links domain=Sale', 'no system is in the domain', 'Did you mean "Sales"?'],
    ['links registered=maybe', 'write yes, no'],
    ['systems limit=0', 'limit=0 is no whole number'],
    ['findings rule=no-ownr', 'rule=no-ownr is not known', 'Did you mean "no-owner"?'],
    ['diagram group=team', 'write domain, owner, site, criticality, wave'],
    ['diagram constructor=1', 'takes no constructor='],
    ['constructor', '"constructor" is nothing that can be filled in'],
  ])('where a block of one page is wrong: %s', async (asked, ...words) => {
    const pages = { 'a.md': block('metrics'), 'b.md': block(asked) };
    const folder = await newLandscape(pages);
    expect(await docs(folder)).toBe(2);
    expect(shown.errors).toContain(`${path.join(folder, 'b.md')}:1:1: `);
    for (const word of words) expect(shown.errors).toContain(word);
    expect(await read(folder)).toBe(pages['a.md']);
  });

  test('where there is nothing to fill', async () => {
    const folder = await newLandscape({ 'a.md': '# Nothing\n' });
    expect(await docs(folder, '--check')).toBe(2);
    expect(shown.errors).toContain('no Markdown file below it has a block');
    expect(await docs(folder, 'a.md', '--check')).toBe(2);
    expect(shown.errors).toContain('a.md: has no block to fill');
    expect(await docs(folder, 'b.md')).toBe(2);
    expect(await docs(folder, 'not-markdown')).toBe(2);
    expect(shown.errors).toContain('is no Markdown file');
  });
});

describe('names that are hostile', () => {
  const names = [
    '<script>alert(1)</script>',
    '<!-- landscape:end -->',
    '```',
    '| a | b |',
    'end',
    '"]; click s0 "javascript:alert(1)"',
    '\u202eabc\u200b',
    '![x](https://example.org/x.png)',
    'x'.repeat(10_000),
  ];
  let filled = '';
  beforeAll(async () => {
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const rows = names.map((name, at) => `s${at},${cell(name)},${cell(name)},${cell(name)}\n`);
    const { mkdtemp, rm } = await import('node:fs/promises');
    const { tmpdir } = await import('node:os');
    const folder = await mkdtemp(path.join(tmpdir(), 'landscape-docs-'));
    await writeBelow(folder, {
      ...landscape,
      'systems.csv': `id,name,domain,team\n${rows.join('')}`,
      'links.csv': `id,from,to,protocol,objects\n${names.map((name, at) => `L${at},s${at},s${(at + 1) % names.length},https,${cell(name)}\n`).join('')}`,
      'a.md': kinds.map(block).join('\n'),
    });
    await docs(folder);
    await docs(folder);
    filled = await read(folder);
    expect(await docs(folder, '--check')).toBe(0);
    await rm(folder, { recursive: true });
  });

  test('end no block, open no fence, and make no markup', () => {
    expect(filled.match(/^<!-- landscape:end -->$/gm)).toHaveLength(kinds.length);
    const outsideCode = filled.replace(/^(`{3,})[^`\n]*\n[\s\S]*?^\1$/gm, '');
    expect(outsideCode).not.toContain('<script');
    expect(outsideCode).not.toMatch(/(?<!\\)!\[/);
    expect(outsideCode.match(/^```/gm)).toBeNull();
  });
});
