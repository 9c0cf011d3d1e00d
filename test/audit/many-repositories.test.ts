import { beforeAll, describe, expect, test } from 'vitest';
import { type Config, parseConfig } from '../../src/config.ts';
import { type Files, nodeFiles } from '../../src/files.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { auditCollected, auditFolders, collectText, withoutProvenance } from '../collected.ts';
import fc from '../fast-check.ts';

// The evidence of one folder must not sort before all others in every run.
const folders = ['apps', 'hosts', 'ops', 'zone'];

describe.each(['nordfisk', 'plant', 'webshop', 'hospital'])('the sources of %s', (sample) => {
  let config: Config;
  let files: Files;
  beforeAll(async () => {
    // Without its root, the git history around the samples is no part of the test.
    const { root, history, ...onDisk } = nodeFiles(`inventories/${sample}`);
    files = onDisk;
    const text = await files.text('landscape.yaml');
    const read = parseConfig(text, 'landscape.yaml', sourceKinds);
    // Durations are named by paths, and paths differ.
    config = { ...read, systems: [], freshness: { ...read.freshness, durations: [] } };
  });

  test('make one audit, scanned at once or collected in any number of repositories', async () => {
    const owners = fc.noShrink(
      fc.array(fc.constantFrom(...folders), { minLength: 20, maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(owners, async (owner) => {
        const placed = config.sources.map((source, index) => ({
          source,
          folder: owner[index % owner.length] ?? '',
        }));
        const contents: Record<string, string> = {};
        for (const name of new Set(placed.map(({ folder }) => folder))) {
          const own = placed.filter(({ folder }) => folder === name);
          const sources = own.map(({ source }) => source);
          contents[`${name}.jsonl`] = await collectText({ ...config, sources }, files, name);
        }
        const collected = withoutProvenance(await auditCollected(config, contents));
        expect(collected).toEqual(withoutProvenance(await auditFolders(config, files, placed)));
      }),
      { numRuns: 2 },
    );
  }, 120_000);
});
