import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { scan } from './scan.ts';

const folder = new URL('../fixtures/inventory/waltz/', import.meta.url);

/** What each file of a loader's own tests holds, counted with another reader. */
const held: Readonly<Record<string, string>> = {
  'CAPABILITY.tsv': '41 systems',
  'REGULATION.tsv': '19 systems',
  'arch-review.tsv': '0, 15 skipped',
  'businesses.csv': '4 systems',
  'entity-statistic-values.csv': '0, 19 skipped',
  'entity-statistics.csv': '6 systems',
  'importer-experiment.csv': '3 systems',
  'importer-experiment.tsv': '3 systems',
  'logical-data-elements.csv': '6 systems',
  'logical.xlsx': '1 links',
  'org-units.csv': '30 systems',
  'physical.xlsx': '1 links',
  'products-flat.csv': '31 systems',
  'regions.csv': '244 systems',
  'scenario-rating-import-template.csv': '32 systems',
  'simple.csv': '2 systems',
  'test-assessment-rating-items.tsv': '1 systems',
  'test-bad-taxonomy-items.csv': '3 systems',
  'test-measurable-rating-items-with-blanks.tsv': '3 systems',
  'test-measurable-rating-items.csv': '3 systems',
  'test-measurable-rating-items.tsv': '3 systems',
  'test-relationship-error-item.tsv': '1 links',
  'test-relationship-item.tsv': '3 links',
  'test-taxonomy-items-aliased.csv': '3 systems',
  'test-taxonomy-items-with-blanks.tsv': '3 systems',
  'test-taxonomy-items-with-commented-lines.csv': '3 systems',
  'test-taxonomy-items.csv': '3 systems',
  'test-taxonomy-items.tsv': '3 systems',
};

test('every file is read, or its rows are skipped with the reason', async () => {
  const told: Record<string, string> = {};
  for (const file of (await readdir(folder)).sort()) {
    const { of, coverage } = await scan('inventory', {
      [file]: await readFile(new URL(file, folder)),
    });
    const [systems, links] = [of('system').length, of('connection').length];
    const found = links > 0 ? `${links} links` : systems > 0 ? `${systems} systems` : '0';
    told[file] = coverage.skipped > 0 ? `${found}, ${coverage.skipped} skipped` : found;
    expect(coverage.records).toBe(coverage.parsed + coverage.skipped);
    expect(coverage.skippedPlaces.length).toBe(coverage.skipped);
  }
  expect(told).toEqual(held);
});
