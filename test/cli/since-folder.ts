import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect } from 'vitest';
import type { Change } from '../../src/audit/narrow-to-change.ts';
import { run } from '../../src/cli/main.ts';
import type { Finding } from '../../src/finding.ts';
import { writeBelow } from '../files/repository.ts';
import { commitAll, git } from '../files/run-git.ts';
import type { Shown } from './capture-output.ts';

/** A landscape without a finding: one script, its row, three systems with owners. */
export const landscape = {
  'landscape.yaml':
    'name: L\nsources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: scripts\n    system: warehouse\nrules: { no-safeguard: "off" }\n',
  'systems.csv':
    'id,hosts,team\nwarehouse,warehouse.example,A\nfinance,finance.example,A\ncrm,crm.example,A\n',
  'links.csv': 'id,from,to,protocol\nL1,warehouse,crm,https\n',
  'scripts/crm.sh': 'curl -T /tmp/orders https://crm.example/orders\n',
};

/** A line that makes a link from the warehouse to finance. */
export const toFinance = 'curl -T /tmp/invoices sftp://finance.example/in\n';

/** Makes temporary folders that are gone after each test. */
export function openFolders(): () => Promise<string> {
  const made: string[] = [];
  afterEach(async () => {
    for (const folder of made.splice(0))
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'landscape-since-'));
    made.push(folder);
    return folder;
  };
}

/** Writes a repository with the landscape on `main`, and checks out a branch `change`. */
export async function writeRepository(
  folder: string,
  files: Readonly<Record<string, string>> = landscape,
): Promise<void> {
  git(folder, 'init', '-q', '-b', 'main');
  await writeBelow(folder, files);
  commitAll(folder);
  git(folder, 'checkout', '-q', '-b', 'change');
}

/** What `check --json` prints. */
export interface Checked {
  readonly clean: boolean;
  readonly change?: Change;
  readonly findings: readonly Finding[];
}

/** Runs `landscape check` on a folder and returns its exit code. */
export function check(shown: Shown, folder: string, ...args: string[]): Promise<number> {
  shown.out = '';
  shown.errors = '';
  const fixed = ['--today', '2026-11-02', '--no-color', '--no-progress'];
  return run(['node', 'landscape', 'check', folder, ...fixed, ...args]);
}

/** The same as JSON; what is no verdict fails the test. */
export async function checkJson(shown: Shown, folder: string, ...args: string[]): Promise<Checked> {
  const code = await check(shown, folder, '--json', ...args);
  expect(code, shown.errors).toBeLessThan(2);
  const checked = JSON.parse(shown.out) as Checked;
  expect(code).toBe(checked.clean ? 0 : 1);
  return checked;
}

/** `rule subject` of each finding, sorted. */
export function draw({ findings }: Checked): string[] {
  return findings.map(({ rule, subject }) => `${rule} ${subject}`).sort();
}
