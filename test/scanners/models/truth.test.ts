import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { archimateReader } from '../../../src/scanners/models/archimate-xml.ts';
import { eventCatalogReader } from '../../../src/scanners/models/event-catalog.ts';
import type { Included, ModelReader } from '../../../src/scanners/models/model.ts';
import { structurizrReader } from '../../../src/scanners/models/structurizr-dsl.ts';
import { scanModels } from './draw-models.ts';

const folder = new URL('../../fixtures/models/', import.meta.url);
const read = (file: string): Promise<string> => readFile(new URL(file, folder), 'utf8');
const nothing = async (): Promise<Included> => ({ reason: 'there is no such file' });

/** The first columns of each row; names there hold no comma. */
async function readRows(file: string): Promise<string[][]> {
  return (await read(file))
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

async function readNamed(reader: ModelReader, file: string) {
  const model = await reader.read(await read(file), file, nothing);
  const names = new Map(model.elements.map(({ id, name }) => [id, name]));
  return model.relations.map((relation) => ({
    ...relation,
    from: names.get(relation.from) ?? relation.from,
    to: names.get(relation.to) ?? relation.to,
  }));
}

test('every relationship of a workspace is read, those of its views apart', async () => {
  const found = await readNamed(structurizrReader, 'big-bank-plc.dsl');
  const rows = await readRows('structurizr-bigbank.csv');
  // Steps of dynamic views begin behind the model, and repeat its relationships or answer them.
  const ofModel = rows.filter((row) => Number(/#L(\d+)/.exec(row.at(-1) ?? '')?.[1]) < 150);
  expect(ofModel).toHaveLength(27);
  const names: Readonly<Record<string, string>> = {
    primaryDatabaseServer: 'Oracle - Primary',
    secondaryDatabaseServer: 'Oracle - Secondary',
  };
  expect(found.map(({ from, to, line }) => `${line} ${from} → ${to}`)).toEqual(
    ofModel.map(
      ([from = '', to = '', ...rest]) =>
        `${/#L(\d+)/.exec(rest.at(-1) ?? '')?.[1]} ${names[from] ?? from} → ${names[to] ?? to}`,
    ),
  );
});

test('every relation of an ArchiMate model is read', async () => {
  const found = await archimateReader.read(
    await read('Archisurance.archimate'),
    'a.archimate',
    nothing,
  );
  const names = new Map(found.elements.map(({ id, name }) => [id, name.trim()]));
  const pairs = found.relations.map(({ from, to }) => `${names.get(from)},${names.get(to)}`).sort();
  const rows = (await readRows('archisurance-relations.csv')).map(
    ([from, to]) => `${from?.trim()},${to?.trim()}`,
  );
  expect(pairs).toHaveLength(rows.length);
  expect(pairs).toHaveLength(176);
  // Names of the file that hold a comma are cut in the rows.
  const cut = (pair: string): boolean => pair.includes('"') || pair.includes('&');
  expect(pairs.filter((pair) => !cut(pair))).toEqual(
    expect.arrayContaining(rows.filter((row) => !cut(row))),
  );
});

test('of an ArchiMate model, what components exchange is a link, and the rest is counted', async () => {
  const { of, coverage } = await scanModels({
    'a.archimate': await read('Archisurance.archimate'),
  });
  const links = of('connection').map(({ summary }) => summary);
  expect(links).toHaveLength(9);
  // "CRM System" serves "Web portal": the portal asks.
  const served = of('connection').find(({ summary }) =>
    summary.startsWith('CRM System → Web portal'),
  );
  expect(served).toMatchObject({
    initiator: 'to',
    direction: 'unknown',
    declared: { approved: false },
  });
  expect(coverage.leftOut).toMatchObject({
    'ArchiMate Access': 13,
    'relation with ArchiMate BusinessFunction': 14,
  });
  expect(coverage).toMatchObject({ skipped: 0 });
});

test('every message that a service of an EventCatalog sends or receives is read', async () => {
  const files = await readdir(new URL('eventcatalog/', folder), { recursive: true });
  const found: string[] = [];
  for (const file of files.filter((each) => each.endsWith('.mdx'))) {
    const model = await eventCatalogReader.read(await read(`eventcatalog/${file}`), file, nothing);
    for (const { element, name, does } of model.offers ?? [])
      found.push(`${element},${name},${does}`);
  }
  const rows = (await readRows('eventcatalog-default.csv')).map((row) => row.join(','));
  expect(rows).toHaveLength(83);
  expect(found.sort()).toEqual(rows.sort());
});
