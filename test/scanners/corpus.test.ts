import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Scan, scan } from './scan.ts';

const fixtures = new URL('../fixtures/', import.meta.url);

/** Files that nobody here wrote, and the kind of source that each folder of them is. */
const folders: readonly (readonly [folder: string, kind: string, pattern: RegExp])[] = [
  ['inventory/waltz', 'inventory', /./],
  ['inventory/konveyor', 'inventory', /\.csv$/],
  ['inventory/dc', 'inventory', /\.csv$/],
  ['models', 'model', /\.(?:dsl|archimate)$/],
  ['models/archi', 'model', /./],
  ['models/structurizr', 'model', /./],
  ['models/eventcatalog', 'model', /\.mdx?$/],
  ['proxies/kong-deck', 'platform', /\.yaml$/],
  ['platforms/mirth', 'platform', /./],
];

/** What is told of a file: what was found, what was left out, or why it was not read. */
function tell({ evidence, coverage }: Scan): string {
  const found = new Map<string, number>();
  for (const { kind } of evidence) found.set(kind, (found.get(kind) ?? 0) + 1);
  const counted = [...found].sort().map(([kind, count]) => `${count} ${kind}`);
  const left = Object.values(coverage.leftOut ?? {}).reduce((sum, count) => sum + count, 0);
  if (left > 0) counted.push(`${left} left out`);
  if (coverage.skipped > 0) counted.push(`${coverage.skipped} skipped`);
  return counted.join(', ');
}

describe.each(folders)('%s, as %s:', (folder, kind, pattern) => {
  test('every file is read or refused with a reason, and nothing is lost between', async () => {
    const root = new URL(`${folder}/`, fixtures);
    const entries = await readdir(root, { recursive: folder.endsWith('eventcatalog') });
    const files = entries.filter((file) => pattern.test(file)).sort();
    expect(files.length).toBeGreaterThan(0);
    const silent: string[] = [];
    for (const file of files) {
      const result = await scan(kind, { [file]: await readFile(new URL(file, root)) });
      const { coverage, evidence } = result;
      expect(coverage.records, file).toBe(coverage.parsed + coverage.skipped);
      for (const { place, reason } of coverage.skippedPlaces) {
        expect(place.file).toBe(file);
        expect(place.line).toBeGreaterThan(0);
        expect(reason).toMatch(/\w{3}/);
      }
      for (const { origin } of evidence) expect(origin.line, file).toBeGreaterThan(0);
      const isKnown = coverage.formats.length > 0;
      if (tell(result) === '' && coverage.records === 0 && !isKnown) silent.push(file);
    }
    expect(silent).toEqual([]);
  });
});

test('the CSV files of Archi, whole: relations find their elements', async () => {
  const root = new URL('models/archi/', fixtures);
  const told: Record<string, string> = {};
  for (const number of [1, 2, 3, 4]) {
    const files = (await readdir(root)).filter((file) => file.startsWith(`test${number}-`));
    const contents: Record<string, Uint8Array> = {};
    for (const file of files) contents[file] = await readFile(new URL(file, root));
    told[`test${number}`] = tell(await scan('model', contents));
  }
  // Elements of other layers, and the relations between them: counted, each with its elements found.
  expect(told).toEqual({
    test1: '8 left out',
    test2: '8 left out',
    test3: '11 left out',
    test4: '10 left out',
  });
});

test.each([
  ['include-url.dsl', /nothing is fetched from the network/],
  ['include-file.dsl', /there is no such file/],
  ['unexpected-tokens-before-workspace.dsl', /"hello" begins no statement/],
])('%s: what is not read is told with its line', async (file, reason) => {
  const text = await readFile(new URL(`models/structurizr/${file}`, fixtures));
  const { coverage } = await scan('model', { [file]: text });
  expect(coverage.skippedPlaces.map((each) => each.reason).join()).toMatch(reason);
});
