import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const readme = await readFile('README.md', 'utf8');

describe('the README', () => {
  test('shows the diagram that a scan of nordfisk draws', async () => {
    const diagram = await readFile('reports/nordfisk/landscape.mmd', 'utf8');
    expect(readme).toContain(`\`\`\`mermaid\n${diagram}\`\`\``);
  });

  test('shows the summary that a scan of nordfisk prints', async () => {
    const output = await mkdtemp(path.join(tmpdir(), 'landscape-readme-'));
    const args = ['bin/landscape.js', 'scan', 'inventories/nordfisk', '-o', output];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    await rm(output, { recursive: true, force: true });
    expect(readme).toContain(stdout.trim().replace(output, 'landscape-report'));
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
