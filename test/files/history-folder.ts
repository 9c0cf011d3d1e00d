import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import type { History } from '../../src/files/git-history.ts';
import { nodeFiles } from '../../src/files.ts';
import { addLine, type Objects, toGitFiles, writeBelow } from './repository.ts';

/** Makes temporary folders that are gone after the tests of a file. */
export function openFolders(): () => Promise<string> {
  const made: string[] = [];
  afterAll(async () => {
    for (const folder of made) await rm(folder, { recursive: true, force: true });
  });
  return async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'landscape-history-'));
    made.push(folder);
    return folder;
  };
}

/** What git tells of files in a folder, as the scanners ask for it. */
export async function readHistory(
  folder: string,
  files: readonly string[],
  above = false,
): Promise<History> {
  const history = await nodeFiles(folder).history?.(files, above);
  if (!history) throw new Error('files on disk have a history');
  return history;
}

/** `file: 2 authors, Ada on 2023-01-02`, sorted. */
export function drawHistory({ authors }: History): string[] {
  return [...authors]
    .map(([file, { count, last, lastOn }]) => `${file}: ${count}, ${last} on ${lastOn}`)
    .sort();
}

/** A checkout in which Ada writes two scripts and Bo changes one of them a day later. */
export async function writeCheckout(folder: string, inner = '.'): Promise<string> {
  const objects: Objects = new Map();
  const head = addLine(objects, [
    { by: 'Ada <ada@example.org>', files: { 'a.sh': '1', 'b/c.sh': '1' } },
    { by: 'Bo <bo@example.org>', files: { 'a.sh': '1', 'b/c.sh': '2' } },
  ]);
  const git = Object.entries(toGitFiles(objects, head)).map(([file, content]) => [
    `${inner}/.git/${file}`,
    content,
  ]);
  await writeBelow(folder, {
    ...Object.fromEntries(git),
    [`${inner}/a.sh`]: '1',
    [`${inner}/b/c.sh`]: '2',
  });
  return head;
}
