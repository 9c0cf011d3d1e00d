import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { auditImpact, type ImpactRequest } from '../../src/audit/audit-impact.ts';
import { type Audit, audit } from '../../src/audit.ts';
import { run } from '../../src/cli/main.ts';
import { type Config, parseConfig } from '../../src/config.ts';
import { nodeFiles } from '../../src/files.ts';
import { renderPage } from '../../src/renderers/explain/page.ts';
import { drawImpact } from '../../src/renderers/impact/mermaid.ts';
import { layOutImpact } from '../../src/renderers/impact/page.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { auditFiles, drawInventory } from '../audit-files.ts';
import { captureOutput } from './capture-output.ts';

const samples = ['nordfisk', 'plant', 'webshop', 'hospital'];
const known = new Map<string, Promise<{ config: Config; result: Audit }>>();

/** The audit of a sample, made once. */
function readSample(sample: string): Promise<{ config: Config; result: Audit }> {
  const made = known.get(sample) ?? read(sample);
  known.set(sample, made);
  return made;
}

async function read(sample: string): Promise<{ config: Config; result: Audit }> {
  const files = nodeFiles(`inventories/${sample}`);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return { config, result: await audit(config, files, { today: '2026-11-02', strict: false }) };
}

async function answer(sample: string, request: ImpactRequest, width = 80): Promise<string> {
  const { config, result } = await readSample(sample);
  const report = auditImpact(result, config, request);
  return renderPage(layOutImpact(report, result), { color: false, width });
}

/** Answers that a person has read. Read them aloud before you update them. */
const golden: readonly (readonly [file: string, sample: string, request: ImpactRequest])[] = [
  ['all-in-short', 'nordfisk', { text: 'erp', questions: [] }],
  ['outage-of-a-system', 'nordfisk', { text: 'erp', questions: ['outage'] }],
  ['outage-of-a-gateway', 'webshop', { text: 'api-gateway', questions: ['outage'] }],
  ['outage-of-a-broker', 'plant', { text: 'mqtt', questions: ['outage'] }],
  ['outage-of-a-job-server', 'nordfisk', { text: 'etl01', questions: ['outage'] }],
  ['outage-of-a-link', 'nordfisk', { text: 'warehouse erp', questions: ['outage'] }],
  ['late-data', 'nordfisk', { text: 'production', questions: ['late'] }],
  ['api-change', 'hospital', { text: 'records', questions: ['api-change'] }],
  [
    'api-change-of-one-object',
    'plant',
    { text: 'erp', questions: ['api-change'], object: 'production orders' },
  ],
  ['retirement', 'webshop', { text: 'wms', questions: ['retire'] }],
  ['nobody', 'hospital', { text: 'research', questions: [] }],
];

describe('an answer', () => {
  test.each(golden)('%s', async (file, sample, request) => {
    await expect(await answer(sample, request)).toMatchFileSnapshot(`impact/${file}.txt`);
  });

  test('each golden file is of a test', async () => {
    expect((await readdir('test/cli/impact')).sort()).toEqual(
      [...golden.map(([file]) => `${file}.txt`), 'outage.mmd'].sort(),
    );
  });

  test('stands in the documentation as it is printed', async () => {
    const docs = await readFile('docs/impact.md', 'utf8');
    expect(docs).toContain(await readFile('test/cli/impact/outage-of-a-job-server.txt', 'utf8'));
  });

  test.each([80, 200])('fits %i columns, for whatever is asked', async (width) => {
    for (const sample of samples) {
      const { result } = await readSample(sample);
      const all = [...result.systems.map(({ id }) => id), ...result.links.map(({ key }) => key)];
      for (const text of all)
        for (const questions of [[], ['outage'], ['retire']] as const) {
          const page = await answer(sample, { text, questions }, width);
          expect(page).not.toMatch(/undefined|NaN|\[object|[ \t]$/m);
          for (const line of page.split('\n')) {
            if (line.startsWith('    ') || !line.trim().includes(' ')) continue;
            expect(line.length, line).toBeLessThanOrEqual(width);
          }
        }
    }
  });

  test('a late batch from production reaches all six others', async () => {
    const { config, result } = await readSample('nordfisk');
    const request = { text: 'production', questions: ['late'] } as const;
    const [impact] = auditImpact(result, config, request).impacts;
    expect(impact?.hits.map(({ system }) => system).sort()).toEqual([
      'data',
      'erp',
      'finance',
      'quality',
      'transport',
      'warehouse',
    ]);
    expect(impact?.severity.worst).toBe('mission-critical');
  });

  test('a change of the ERP touches all of a shop that calls it, and nobody is surely down', async () => {
    const result = await auditFiles(
      drawInventory('erp -> crm; erp -> wms; erp -> shop; crm -> wms; crm -> shop; wms -> shop'),
    );
    const request = { text: 'erp', questions: [] } as const;
    const { impacts } = auditImpact(result, {} as Config, request);
    const told = impacts.map(({ question, hits }) => [
      question,
      hits.map(({ system, kind, certainty }) => `${system} ${certainty} ${kind}`),
    ]);
    const others = (says: string): string[] => ['crm', 'shop', 'wms'].map((id) => `${id} ${says}`);
    // The inventory names neither who calls nor how, so whoever waits is not known.
    expect(Object.fromEntries(told)).toEqual({
      outage: expect.arrayContaining([...others('certain stale'), ...others('possible down')]),
      'api-change': others('possible must-change'),
      late: others('certain stale'),
      retire: expect.arrayContaining(others('possible loses-data')),
    });
  });

  test('a part of a system stands for the whole, and says so', async () => {
    const page = await answer('nordfisk', { text: 'erp-db', questions: ['late'], depth: 1 });
    expect(page).toContain('ERP database is part of ERP');
    expect(page).not.toContain('Data platform');
  });

  test('as a flowchart of what is hit alone', async () => {
    const { config, result } = await readSample('webshop');
    const request = { text: 'kafka', questions: ['outage'], depth: 2 } as const;
    const { impacts } = auditImpact(result, config, request);
    await expect(drawImpact(impacts, result)).toMatchFileSnapshot('impact/outage.mmd');
  });
});

describe('landscape impact', () => {
  const shown = captureOutput();
  const impact = (...argv: string[]): Promise<number> =>
    run(['node', 'landscape', 'impact', ...argv, '--no-cache', '--no-progress']);
  const nordfisk = 'inventories/nordfisk';

  test('as JSON: each question with its hits, ways and severity', async () => {
    expect(await impact('erp', nordfisk, '--outage', '--late', '--json')).toBe(0);
    const { impacts } = JSON.parse(shown.out);
    expect(impacts.map(({ question }: { question: string }) => question)).toEqual([
      'outage',
      'late',
    ]);
    expect(impacts[0].hits).toContainEqual({
      system: 'finance',
      kind: 'down',
      certainty: 'certain',
      distance: 1,
      path: ['erp=>finance#database'],
      through: ['erp', 'finance'],
      objects: [],
      criticality: 'business-critical',
      alsoFrom: [],
    });
  });

  test('with --quiet says nothing, and as a flowchart only that', async () => {
    expect(await impact('erp', nordfisk, '--quiet')).toBe(0);
    expect(shown.out).toBe('');
    expect(await impact('erp', nordfisk, '--late', '--format', 'mermaid')).toBe(0);
    expect(shown.out).toMatch(/^---\ntitle: .+\n---\nflowchart LR\n/);
  });

  test.each([
    ['nothing of that name', ['warehose'], /"warehose" is no system.*Did you mean "warehouse"/],
    ['an object that nobody carries', ['erp', '--object', 'order'], /Did you mean "orders"/],
    ['a depth that is none', ['erp', '--depth', '0'], /--depth "0" is no number of links/],
    ['a format that is none', ['erp', '--format', 'svg'], /write text or mermaid/],
    ['two outputs', ['erp', '--format', 'mermaid', '--json'], /give one of them/],
    ['a finding', ['a13eb99b'], /is a finding of no-safeguard; name its subject: warehouse=>erp/],
    ['what has no system', ['prices.fishmarket.example'], /has no system yet/],
  ])('%s: told, and exit 2', async (_name, [subject = '', ...flags], message) => {
    expect(await impact(subject, nordfisk, ...flags)).toBe(2);
    expect(shown.errors).toMatch(message);
    expect(shown.out).toBe('');
  });
});
