import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findBase } from '../../src/cli/find-base.ts';
import { openLandscape } from '../../src/cli/landscape-options.ts';
import { openBase } from '../../src/files/open-base.ts';
import { openReadingCache } from '../../src/scanners/scripts/reading-cache.ts';
import { landscape, openFolders, writeRepository } from '../cli/since-folder.ts';
import { hasGit } from './run-git.ts';

const newFolder = openFolders();
const scripts = Object.fromEntries(
  Array.from({ length: 120 }, (_, at) => [`scripts/s${at}.sh`, `curl https://crm.example/${at}\n`]),
);

async function openChanged(): Promise<string> {
  const folder = await newFolder();
  await writeRepository(folder, { ...landscape, ...scripts });
  for (const file of Object.keys(scripts))
    await writeFile(path.join(folder, file), 'echo changed\n');
  return folder;
}

describe.skipIf(!hasGit)('the files of a base', () => {
  test('are as git has them in whatever order they are asked for', async () => {
    const base = openBase(await openChanged(), 'main');
    try {
      const files = base.open(() => true);
      const digest = (text: string) => createHash('sha256').update(text).digest('hex');
      expect(await files.digest('scripts/s0.sh')).toBe(digest(scripts['scripts/s0.sh'] ?? ''));
      for (const turn of [1, 2])
        for (const [file, text] of Object.entries(scripts)) {
          expect([turn, await files.size(file)]).toEqual([turn, text.length]);
          expect(await files.text(file)).toBe(text);
        }
      for (const [file, text] of Object.entries(scripts))
        expect(await files.digest(file)).toBe(digest(text));
      await expect(files.text('scripts/none.sh')).rejects.toThrow('scripts/none.sh');
    } finally {
      base.close();
    }
  });

  test('are read into once for both sides where nothing is kept between runs', async () => {
    const folder = await openChanged();
    const options = { cache: false, color: false, progress: false, since: 'main' };
    const judging = { today: '2026-11-02', tool: '1', strict: true };
    const found = await findBase(await openLandscape(folder, options), options, judging);
    if (!found) throw new Error('a base was asked for');
    const readings = await openReadingCache(found.cache, ['scripts'], []);
    const [file = '', text = ''] = Object.entries(scripts)[7] ?? [];
    expect(readings.find(readings.keyOf({ language: 'shell', file, text }))).toBeDefined();
  }, 60_000);
});
