import { readdir, readFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { costsSchema } from '../../src/config/costs.ts';
import { freshnessSchema } from '../../src/config/freshness.ts';
import { overrideSchema } from '../../src/config/overrides.ts';
import { toPlanSchema } from '../../src/config/plan.ts';
import { isoDate, sourceSchema, writtenSchema } from '../../src/config.ts';
import { loadScanner, sourceKinds } from '../../src/scanners/index.ts';
import { type Column, linkColumns, systemColumns } from '../../src/scanners/inventory/columns.ts';
import { criticalities, styles, systemKinds } from '../../src/vocabulary.ts';
import { parseYaml } from '../../src/yaml.ts';

type Schema = Record<string, unknown>;
type ObjectSchema = Schema & { properties: Record<string, Schema>; required?: string[] };

/** A day is a text in JSON, whatever YAML takes it for. */
const toSchema = (schema: z.ZodType): ObjectSchema =>
  z.toJSONSchema(schema, {
    io: 'input',
    reused: 'ref',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string' });
    },
  }) as unknown as ObjectSchema;

/** A schema as a part of a larger one: what it repeats moves to the definitions of the whole. */
const toPart = (schema: z.ZodType, name: string, definitions: Schema): ObjectSchema => {
  const text = JSON.stringify(toSchema(schema)).replaceAll('#/$defs/__schema', `#/$defs/${name}`);
  const { $schema, $defs = {}, ...rest } = JSON.parse(text) as ObjectSchema;
  for (const [key, definition] of Object.entries($defs as Schema))
    definitions[key.replace('__schema', name)] = definition;
  return rest;
};

const patterns = {
  anyOf: [
    { type: 'string', minLength: 1 },
    { type: 'array', items: { type: 'string', minLength: 1 }, minItems: 1 },
  ],
  description: 'a path, a folder or a glob, or a list of them',
};

/** Engines in place of a log have options of their own. */
const engines = ['clickhouse', 'trino', 'duckdb'];
const kindsOfSources: readonly (readonly [kind: string, engine?: string])[] = [
  ...sourceKinds.map((kind) => [kind] as const),
  ...engines.map((engine) => ['gateway', engine] as const),
];

const toSource = async (
  [kind, engine]: (typeof kindsOfSources)[number],
  definitions: Schema,
): Promise<Schema> => {
  const scanner = await loadScanner(kind, engine === undefined ? {} : { engine });
  const options = toPart(scanner.options, engine ?? kind, definitions);
  const { properties } = toPart(sourceSchema, 'source', definitions);
  return {
    type: 'object',
    properties: { [kind]: patterns, ...properties, ...options.properties },
    required: [kind, ...(options.required ?? [])],
    additionalProperties: false,
  };
};

const makeLandscapeSchema = async (): Promise<ObjectSchema> => {
  const $defs: Schema = {};
  const { properties, ...schema } = toPart(writtenSchema, 'written', $defs);
  const sources: Schema[] = [];
  // One after the other, for each adds to the definitions.
  for (const kind of kindsOfSources) sources.push(await toSource(kind, $defs));
  const part = (of: z.ZodType, name: string): Schema => toPart(of, name, $defs);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'landscape-yaml-1',
    title: 'landscape.yaml; docs/configuration.md says what each key means',
    ...schema,
    properties: {
      ...properties,
      sources: { type: 'array', items: { anyOf: sources } },
      systems: { type: 'array', items: row(systemColumns) },
      overrides: { type: 'array', items: part(overrideSchema, 'override') },
      freshness: part(freshnessSchema, 'freshness'),
      costs: part(costsSchema, 'costs'),
      plan: part(toPlanSchema(isoDate), 'plan'),
    },
    $defs,
  };
};

const text = { type: ['string', 'number', 'boolean', 'null'] };
const list = { anyOf: [text, { type: 'array', items: text }] };
const oneOf = (values: readonly string[]): Schema => ({
  anyOf: [
    { enum: [...values, null] },
    { type: 'string', description: 'or a word for one of them' },
  ],
});
const lists: readonly Column[] = ['hosts', 'aliases', 'tags', 'objects', 'via', 'from', 'to'];
const values: Partial<Record<Column, readonly string[]>> = {
  kind: systemKinds,
  criticality: criticalities,
  style: styles,
  initiator: ['from', 'to', 'carrier', 'unknown', 'push', 'pull', 'both'],
  status: ['approved', 'proposed', 'rejected', 'retired', 'draft'],
};
const row = (columns: readonly Column[]): Schema => ({
  type: 'object',
  properties: Object.fromEntries(
    columns.map((column) => {
      const words = values[column];
      return [column, words ? oneOf(words) : lists.includes(column) ? list : text];
    }),
  ),
});

const inventorySchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'landscape-inventory-1',
  title: 'An inventory as YAML or JSON; docs/configuration.md says what each column means',
  description:
    'A list of rows, or lists of them under any key. A row with both ends is a link, any other a system. Other keys are left alone.',
  anyOf: [
    { type: 'array', items: { $ref: '#/$defs/row' } },
    {
      type: 'object',
      properties: {
        systems: { type: 'array', items: { $ref: '#/$defs/system' } },
        links: { type: 'array', items: { $ref: '#/$defs/link' } },
      },
    },
  ],
  $defs: {
    system: { ...row(systemColumns), anyOf: [{ required: ['id'] }, { required: ['name'] }] },
    link: {
      ...row(linkColumns),
      allOf: [
        { anyOf: [{ required: ['from'] }, { required: ['source'] }] },
        { anyOf: [{ required: ['to'] }, { required: ['target'] }] },
      ],
    },
    row: { anyOf: [{ $ref: '#/$defs/link' }, { $ref: '#/$defs/system' }] },
  },
};

const isValid = (schema: Schema, value: unknown): string[] => {
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  const errors = validate(value) ? [] : (validate.errors ?? []);
  return errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
};

/** Days as JSON has them. */
const read = async (file: URL): Promise<unknown> =>
  JSON.parse(JSON.stringify(parseYaml(await readFile(file, 'utf8'), file.pathname).value));

describe('the schemas that ship', () => {
  test.each([
    ['landscape.schema.json', makeLandscapeSchema],
    ['inventory.schema.json', async () => inventorySchema],
  ])('%s is the one that files are read by', async (file, make) => {
    await expect(`${JSON.stringify(await make(), null, 2)}\n`).toMatchFileSnapshot(
      `../../docs/schemas/${file}`,
    );
  });

  test('every sample is valid, and a key too many is not', async () => {
    const schema = await makeLandscapeSchema();
    const folder = new URL('../../inventories/', import.meta.url);
    const samples = (await readdir(folder, { withFileTypes: true })).filter((each) =>
      each.isDirectory(),
    );
    expect(samples.length).toBeGreaterThan(3);
    for (const { name } of samples) {
      const value = await read(new URL(`${name}/landscape.yaml`, folder));
      expect([name, isValid(schema, value)]).toEqual([name, []]);
    }
    expect(isValid(schema, { sorces: [] })).not.toEqual([]);
    expect(isValid(schema, { sources: [{ inventory: 'a.csv', colums: {} }] })).not.toEqual([]);
    expect(isValid(schema, { sources: [{ inventory: 'a.csv', direction: 'call' }] })).toEqual([]);
  });

  test('inventories: what is asked for, and what is left alone', () => {
    const link = { from: 'erp', to: ['wms', 'crm'], objects: ['orders'], remark: 'kept' };
    expect(isValid(inventorySchema, { systems: [{ id: 17 }], links: [link], other: 1 })).toEqual(
      [],
    );
    expect(isValid(inventorySchema, [{ name: 'ERP' }, link])).toEqual([]);
    expect(isValid(inventorySchema, { links: [{ from: 'erp' }] })).not.toEqual([]);
    expect(isValid(inventorySchema, { systems: [{ owner: 'Ada' }] })).not.toEqual([]);
  });
});
