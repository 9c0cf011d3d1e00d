import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { run } from '../src/cli/main.ts';
import { captureOutput } from './cli/capture-output.ts';

const readme = await readFile('README.md', 'utf8');

const shown = captureOutput();

describe('the README', () => {
  test('and the pages beside it show what a scan of the samples finds', async () => {
    const args = ['docs', '--check', '--no-cache', '--today', '2026-11-02'];
    const code = await run(['node', 'landscape', ...args, 'README.md', 'docs/docs.md']);
    expect(code, shown.out + shown.errors).toBe(0);
  });

  test('names the test command that continuous integration runs', async () => {
    const ci = await readFile('.ci/run', 'utf8');
    const command = 'npm ci && npm test';
    expect(readme).toContain(command);
    expect(ci).toContain(command);
  });

  test('links only to what exists', async () => {
    for (const match of readme.matchAll(/\]\(([^)#]+)\)/g)) {
      const target = match[1] ?? '';
      if (/^https?:/.test(target)) continue;
      await expect(
        import('node:fs/promises').then(({ access }) => access(target)),
        target,
      ).resolves.toBeUndefined();
    }
  });
});

test('the lock file names no registry host', async () => {
  const lock = JSON.parse(await readFile('package-lock.json', 'utf8')) as {
    packages: Record<string, { resolved?: string }>;
  };
  const hosts = Object.values(lock.packages).flatMap(({ resolved }) =>
    resolved ? [resolved] : [],
  );
  expect(hosts).toEqual([]);
});
