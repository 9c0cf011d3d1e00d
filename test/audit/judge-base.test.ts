import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeBase } from '../../src/audit/judge-base.ts';
import type { Judged } from '../../src/audit.ts';
import type { Cache } from '../../src/files/cache.ts';
import { openBase } from '../../src/files/open-base.ts';
import { landscape, openFolders, toFinance, writeRepository } from '../cli/since-folder.ts';
import { writeBelow } from '../files/repository.ts';
import { commitAll, git, hasGit } from '../files/run-git.ts';

const newFolder = openFolders();

/** A cache that counts what is stored. */
function openMemory(): Cache & { readonly stored: string[]; text: string | undefined } {
  return {
    stored: [],
    text: undefined,
    async load() {
      return this.text;
    },
    async store(_name, text) {
      this.text = text;
      this.stored.push(text);
    },
  };
}

async function judge(folder: string, kept: Cache, today = '2026-11-02'): Promise<Judged> {
  const base = openBase(folder, 'main');
  try {
    const judged = await judgeBase(base, 'landscape.yaml', kept, {
      today,
      tool: '1',
      strict: true,
    });
    if (!judged) throw new Error('the base has a configuration');
    return judged.audit;
  } finally {
    base.close();
  }
}

/** A base that reads an inventory which git does not keep, and one link that is not registered. */
async function writeBase(): Promise<string> {
  const folder = await newFolder();
  const { 'systems.csv': systems, ...rest } = landscape;
  const config = rest['landscape.yaml'].replace('systems.csv', '"*systems.csv"');
  await writeRepository(folder, {
    ...rest,
    'landscape.yaml': config,
    '.gitignore': '*systems.csv\n',
    'scripts/old.sh': toFinance,
  });
  await writeBelow(folder, { 'systems.csv': systems });
  return folder;
}

describe.skipIf(!hasGit)('the audit of a base is kept', () => {
  test('and found again, whatever the change does to what git keeps', async () => {
    const folder = await writeBase();
    const kept = openMemory();
    const first = await judge(folder, kept);
    await writeFile(path.join(folder, 'scripts/crm.sh'), toFinance);
    await rm(path.join(folder, 'links.csv'));
    expect(await judge(folder, kept)).toEqual(JSON.parse(JSON.stringify(first)));
    expect(kept.stored).toHaveLength(1);
  });

  test('and made anew where anything differs that it was made of', async () => {
    const folder = await writeBase();
    const kept = openMemory();
    await judge(folder, kept);
    const steps: [string, () => Promise<unknown>, string?][] = [
      ['another day', async () => undefined, '2026-11-03'],
      [
        'an inventory with other content',
        () => writeFile(path.join(folder, 'systems.csv'), `${landscape['systems.csv']}hr,,A\n`),
      ],
      ['one more inventory', () => writeFile(path.join(folder, 'more-systems.csv'), 'id\nx\n')],
      ['one inventory less', () => rm(path.join(folder, 'more-systems.csv'))],
      [
        'an inventory that git now keeps',
        async () => {
          git(folder, 'add', '-f', 'systems.csv');
          await writeFile(path.join(folder, 'more-systems.csv'), landscape['systems.csv']);
          commitAll(folder);
        },
      ],
      [
        'another base',
        async () => {
          commitAll(folder);
          git(folder, 'branch', '-f', 'main');
        },
      ],
    ];
    for (const [index, [what, change, today]] of steps.entries()) {
      await change();
      await judge(folder, kept, today);
      expect([what, kept.stored.length]).toEqual([what, index + 2]);
      // The next step begins at the first day again.
      if (today !== undefined) {
        await judge(folder, kept);
        kept.stored.pop();
      }
    }
  });

  test.each([
    ['cut', (text: string) => text.slice(0, text.length / 2)],
    ['of something else', () => '{}'],
    ['without findings', (text: string) => text.replace('"findings":[{', '"found":[{')],
    ['with a key alone', (text: string) => text.split('\n')[0] ?? ''],
  ])('and not believed where it is broken: %s', async (_what, damage) => {
    const folder = await writeBase();
    const kept = openMemory();
    const first = await judge(folder, kept);
    expect(first.findings).not.toEqual([]);
    kept.text = damage(kept.text ?? '');
    expect(await judge(folder, kept)).toEqual(first);
    expect(kept.stored).toHaveLength(2);
  });
});
