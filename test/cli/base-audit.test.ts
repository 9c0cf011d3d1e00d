import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { run } from '../../src/cli/main.ts';
import { auditFiles } from '../audit-files.ts';
import { captureOutput } from './capture-output.ts';

const shown = captureOutput();

let folder = '';
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-base-'));
  const files = {
    'landscape.yaml':
      'sources:\n  - inventory: s.csv\n  - inventory: l.csv\nrules: { ratchet: error }\n',
    's.csv': 'id,team\na,T\nb,T\nc,T\n',
    'l.csv': 'id,from,to\n1,a,b\n',
  };
  const before = await auditFiles(files);
  await writeFile(at('base.json'), JSON.stringify(before));
  await writeFile(at('none.json'), '{}');
  await writeFile(at('other.json'), JSON.stringify({ ...before, name: 'Another' }));
  const broken = { ...before, links: before.links.map(({ class: _class, ...link }) => link) };
  await writeFile(at('broken.json'), JSON.stringify(broken));
  for (const [name, text] of Object.entries({ ...files, 'l.csv': `${files['l.csv']}2,a,c\n` }))
    await writeFile(at(name), text);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function check(...options: string[]): Promise<number> {
  const fixed = ['--today', '2026-11-02', '--no-color', '--no-progress', '--no-cache'];
  return run(['node', 'landscape', 'check', folder, ...fixed, ...options]);
}

test('check --base-audit fails on what got worse', async () => {
  expect(await check('--base-audit', at('base.json'))).toBe(1);
  expect(shown.out).toContain('Point-to-point links rose from 1 to 2');
});

test('without it a ratchet is exit 2, and so is what is no audit', async () => {
  expect(await check()).toBe(2);
  expect(shown.errors).toContain('landscape.yaml:4:');
  expect(shown.errors).toContain('--base-audit');
  expect(await check('--base-audit', at('none.json'))).toBe(2);
  expect(shown.errors).toContain('none.json: is no audit');
  expect(await check('--base-audit', at('broken.json'))).toBe(2);
  expect(shown.errors).toContain('links.0.class is not what a scan writes');
  expect(await check('--base-audit', at('other.json'))).toBe(2);
  expect(shown.errors).toContain('is an audit of "Another", and this landscape is "Landscape"');
  expect(await check('--base-audit', at('missing.json'))).toBe(2);
  expect(shown.errors).toContain('missing.json');
});
