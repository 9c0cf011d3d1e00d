import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Audit, audit } from '../src/audit.ts';
import { parseConfig } from '../src/config.ts';
import { nodeFiles } from '../src/files.ts';
import { sourceKinds } from '../src/scanners/index.ts';

const samples = ['nordfisk', 'plant', 'webshop', 'hospital'] as const;

async function auditSample(sample: string): Promise<Audit> {
  const files = nodeFiles(`inventories/${sample}`);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return audit(config, files, { today: '2026-11-02', strict: true });
}

interface ExpectedLink {
  readonly key: string;
  readonly initiator: string;
  readonly registered: boolean;
  readonly class: string;
  readonly where: readonly string[];
}

/** The table under "What a scan must find" in the README of a sample. */
async function readExpected(sample: string): Promise<ExpectedLink[]> {
  const text = await readFile(`inventories/${sample}/README.md`, 'utf8');
  const rows = text.split('\n').flatMap((line) => {
    const cells = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim());
    return cells.length === 7 && (cells[4] === 'yes' || cells[4] === 'no') ? [cells] : [];
  });
  return rows.map(
    ([
      from = '',
      to = '',
      family = '',
      initiator = '',
      registered,
      witnesses = '',
      where = '',
    ]) => ({
      key: `${from}=>${to}#${family}`,
      initiator,
      registered: registered === 'yes',
      class: witnesses,
      where: where.split(';').filter((place) => place.includes(':')),
    }),
  );
}

describe.each([...samples, 'federated'])('%s', (sample) => {
  test('exactly the links of its README are found', async () => {
    const expected = await readExpected(sample);
    expect(expected.length).toBeGreaterThan(5);
    const { links } = await auditSample(sample);
    const found = links.map(({ key, initiator, registered, class: witnesses }) => ({
      key,
      initiator,
      registered,
      class: witnesses.join('+'),
    }));
    const wanted = expected.map(({ where: _where, ...link }) => link);
    expect(found).toEqual(wanted.sort((a, b) => (a.key < b.key ? -1 : 1)));
  });

  test('every link has its file and line', async () => {
    const { links } = await auditSample(sample);
    const places = new Map(
      links.map(({ key, evidence }) => [
        key,
        evidence.map(({ origin }) => `${origin.file}:${origin.line}`),
      ]),
    );
    for (const { key, where } of await readExpected(sample)) {
      for (const place of where) expect(places.get(key), key).toContain(place);
    }
  });
});

describe.each(samples)('%s', (sample) => {
  test('every finding names a place, and the planted faults are among them', async () => {
    const { findings } = await auditSample(sample);
    for (const finding of findings)
      expect(finding.evidence.length, finding.message).toBeGreaterThan(0);
    const named = new Set(findings.map(({ rule }) => rule));
    for (const rule of [
      'unregistered-link',
      'shadow-link',
      'unobserved-link',
      'no-owner',
      'credential-in-code',
    ]) {
      expect(named, sample).toContain(rule);
    }
  });

  test('no secret of its scripts is in the audit', async () => {
    const text = JSON.stringify(await auditSample(sample));
    expect(text).toContain('***');
    for (const secret of await plantedSecrets(sample)) expect(text).not.toContain(secret);
  });

  test('its logs are what the generator makes of traffic.json', async () => {
    const generator = '../inventories/generate-logs.mjs';
    const { toLogFiles } = (await import(generator)) as { toLogFiles(traffic: unknown): string[] };
    const traffic = await readFile(`inventories/${sample}/logs/traffic.json`, 'utf8');
    const made = toLogFiles(JSON.parse(traffic));
    expect(made.length).toBeGreaterThan(0);
    for (const [index, text] of made.entries()) {
      const packed = await readFile(`inventories/${sample}/logs/access-${index + 1}.log.gz`);
      expect(gunzipSync(packed).toString('utf8') === text).toBe(true);
    }
  });
});

/** The values that stand after `user:` or in a password assignment of the sample's scripts. */
async function plantedSecrets(sample: string): Promise<string[]> {
  const files = nodeFiles(`inventories/${sample}`);
  const secrets: string[] = [];
  for (const file of await files.find('scripts')) {
    const text = await files.text(file);
    for (const match of text.matchAll(
      /-u "\w+:([^"$]+)"|:\/\/\w+:([^@$"{]+)@|password="([^"$]+)"/g,
    )) {
      secrets.push(match[1] ?? match[2] ?? match[3] ?? '');
    }
  }
  expect(secrets.length, `${sample} plants a credential`).toBeGreaterThan(0);
  return secrets;
}

test('nordfisk: two malformed log lines are counted, the registry alone is 10 links and 9 pairs', async () => {
  const { coverage, analysis } = await auditSample('nordfisk');
  const log = coverage.sources.find(({ kind }) => kind === 'gateway');
  expect(log).toMatchObject({ records: 4449, parsed: 4447, skipped: 2 });
  expect(log?.skippedPlaces.map(({ place }) => `${place.file}:${place.line}`)).toEqual([
    'logs/access-1.log.gz:1531',
    'logs/access-2.log.gz:1436',
  ]);
  expect(analysis.coupling).toMatchObject({ systems: 7, links: 16, connectedPairs: 13 });
});
