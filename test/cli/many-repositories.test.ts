import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const sample = 'inventories/federated';
const bin = path.resolve('bin/landscape.js');
let folder = '';

function landscape(...args: string[]): Promise<Run> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [bin, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

const runs = new Map<string, Run>();
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-test-'));
  await cp(sample, path.join(folder, sample), {
    recursive: true,
    filter: (file) => !/(?:bundle\.json|collected|\.landscape)$/.test(file),
  });
  const text = await readFile(`${sample}/README.md`, 'utf8');
  for (const [, command = ''] of text.matchAll(/^npx landscape (.+)$/gm))
    runs.set(command, await landscape(...command.split(' ')));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const runOf = (start: string): Run | undefined =>
  [...runs].find(([command]) => command.startsWith(start))?.[1];

async function auditOf(place: string): Promise<Audit> {
  const { stdout } = await landscape('scan', place, '--json', '--today', '2026-11-02', '-o', 'out');
  return JSON.parse(stdout) as Audit;
}

/** What an audit says, without the names of repositories and commits. */
function tell({ inputs, coverage, ...said }: Audit): unknown {
  const text = JSON.stringify(said).replaceAll('"registry/', '"');
  return JSON.parse(text, (key, value: unknown) =>
    key === 'repository' || key === 'commit' ? undefined : value,
  );
}

describe('the commands of inventories/federated', () => {
  test('all run, and only the repository with a new link fails its check', () => {
    const codes = [...runs].map(([command, { code }]) => `${command.split(' -')[0]}: ${code}`);
    expect(codes).toEqual([
      `bundle ${sample}/registry: 0`,
      `check ${sample}/ticketing: 1`,
      `collect ${sample}/ticketing: 0`,
      `check ${sample}/fleet: 0`,
      `collect ${sample}/fleet: 0`,
      `check ${sample}/hosts: 0`,
      `collect ${sample}/hosts: 0`,
      `scan ${sample}/registry: 0`,
    ]);
    expect([...runs.values()].map(({ stderr }) => stderr).join('')).toBe('');
    expect(runOf(`check ${sample}/ticketing`)?.stdout).toContain(
      'Fleet operations → Ticketing over https is point-to-point and not',
    );
  });

  test('a member says nothing of the whole', () => {
    const said = runOf(`check ${sample}/fleet`)?.stdout ?? '';
    expect(said).toContain('Passed: no error, 0 warnings, 0 notes.');
  });

  test('collected evidence makes the audit of one scan over all folders', async () => {
    const collected = await auditOf(`${sample}/registry`);
    expect(tell(collected)).toEqual(tell(await auditOf(sample)));
    expect(collected.links.map(({ key }) => key)).toContain('fleet=>finance#file');
    expect(collected.coverage.sources.map(({ kind, source }) => `${kind} ${source}`)).toEqual([
      'cron hosts: cron.d/etl01-*',
      'evidence collected/*.jsonl.gz',
      'inventory integrations.csv',
      'inventory systems.csv',
      'scripts fleet: scripts',
      'scripts ticketing: scripts',
    ]);
  });

  test('the same input makes the same bytes, packed or not', async () => {
    const again = ['collect', `${sample}/fleet`, '--name', 'fleet', '--quiet', '-o'];
    await landscape(...again, 'again.jsonl.gz');
    const first = await readFile(path.join(folder, sample, 'registry/collected/fleet.jsonl.gz'));
    expect(first.equals(await readFile(path.join(folder, 'again.jsonl.gz')))).toBe(true);
    const { stdout } = await landscape(...again, '-');
    await landscape(...again, 'again.jsonl');
    expect(stdout).toBe(await readFile(path.join(folder, 'again.jsonl'), 'utf8'));
  });

  test('a name that could leave its folder is refused', async () => {
    const { code, stderr } = await landscape('collect', `${sample}/fleet`, '--name', '../fleet');
    expect(code).toBe(2);
    expect(stderr).toContain('--name "../fleet" is no name; write letters');
  });

  test('a registry that others read through a third one is refused', async () => {
    const { code, stderr } = await landscape('bundle', `${sample}/fleet`);
    expect(code).toBe(2);
    expect(stderr).toContain('landscape.yaml:3:1: a registry that reads another one');
  });
});
