import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { parseConfig } from '../../src/config.ts';
import { toPlainText } from '../../src/evidence/plain-text.ts';
import type { Evidence } from '../../src/evidence.ts';
import { memoryFiles } from '../../src/files.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { auditFiles } from '../audit-files.ts';
import { collectText } from '../collected.ts';
import fc from '../fast-check.ts';
import { scan } from './scan.ts';

const member = {
  'landscape.yaml':
    'sources:\n  - inventory: s.csv\n  - cron: crontab\n    host: etl01\n  - scripts: bin\n    system: wms\n',
  's.csv': 'id,name,hosts,owner,team\nerp,ERP,erp.example,Ada Berg,Sales\nwms,WMS,wms.example,,\n',
  crontab: '0 5 * * * etl /opt/bin/pull.sh\n',
  'bin/pull.sh': 'curl https://erp.example/orders\n',
};

async function collectMember(contents: Record<string, string>, name: string): Promise<string> {
  const files = memoryFiles(contents);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return collectText(config, files, name);
}

let text = '';
let lines: string[] = [];
beforeAll(async () => {
  text = await collectMember(member, 'north');
  lines = text.trimEnd().split('\n');
});

const read = (content: string | Uint8Array, options = {}) =>
  scan('evidence', { 'north.jsonl': content }, options);

async function auditEvidence(
  contents: Record<string, string | Uint8Array>,
  options = '',
  strict = false,
): Promise<Audit> {
  const config = `sources:\n  - evidence: "*.jsonl*"${options}\n`;
  return auditFiles({ 'landscape.yaml': config, ...contents }, { strict });
}

/** The first line with some of its keys changed. */
function header(changes: Record<string, unknown>): string {
  return JSON.stringify({ ...JSON.parse(lines[0] ?? ''), ...changes });
}

const system: Evidence = {
  kind: 'system',
  scanner: 'inventory',
  witness: 'declared',
  environment: 'prod',
  confidence: 1,
  origin: { file: 's.csv', line: 9, column: 1 },
  id: 'crm',
  registered: true,
  fields: {},
};

/** A file with one piece of evidence. */
function one(item: unknown): string {
  return `${header({ evidence: 1 })}\n${typeof item === 'string' ? item : JSON.stringify(item)}\n`;
}

test('places, scripts and jobs stand below the name of the collection', async () => {
  const { evidence, of } = await read(text);
  expect(new Set(evidence.map(({ origin }) => origin.file))).toEqual(
    new Set(['north/s.csv', 'north/crontab', 'north/bin/pull.sh']),
  );
  expect(
    evidence.every(({ origin }) => origin.repository === 'https://git.example.org/north'),
  ).toBe(true);
  expect(evidence.every(({ origin }) => origin.commit === 'a1b2c3d')).toBe(true);
  expect(of('job').map(({ id }) => id)).toEqual(['north/crontab: /opt/bin/pull.sh']);
  expect(of('calls-script').map(({ script }) => script)).toEqual(['/opt/bin/pull.sh']);
  expect(of('ownership').map(({ script }) => script)).toEqual(['north/bin/pull.sh']);
});

test('two repositories with the same paths stay two things', async () => {
  const south = {
    'landscape.yaml': 'sources:\n  - scripts: bin\n    system: erp\n',
    'bin/pull.sh': 'curl https://wms.example/stock\n',
  };
  const { links } = await auditEvidence({
    'a.jsonl': text,
    'b.jsonl': await collectMember(south, 'south'),
  });
  const made = links.map(({ key, implementations }) => [
    key,
    ...implementations.map(({ id }) => id),
  ]);
  expect(made).toEqual([
    ['erp=>wms#http', 'north/bin/pull.sh'],
    ['wms=>erp#http', 'south/bin/pull.sh'],
  ]);
});

test('people are not named, unless the landscape shows them', async () => {
  expect(text).not.toContain('Ada Berg');
  expect(text).toMatch(/"owner":"person-[0-9a-f]{8}","team":"Sales"/);
  const shown = `showPeople: true\n${member['landscape.yaml']}`;
  expect(await collectMember({ ...member, 'landscape.yaml': shown }, 'north')).toContain(
    'Ada Berg',
  );
});

test('what is collected again elsewhere keeps its repository', async () => {
  const config = 'sources:\n  - evidence: north.jsonl\n';
  const region = await collectMember({ 'landscape.yaml': config, 'north.jsonl': text }, 'region');
  const { evidence } = await read(region);
  expect(evidence.every(({ origin }) => origin.file.startsWith('region/north/'))).toBe(true);
  expect(evidence[0]?.origin.repository).toBe('https://git.example.org/north');
  expect(evidence).toHaveLength(lines.length - 1);
});

describe('a file is refused', () => {
  test.each<[string, () => Record<string, string | Uint8Array>, RegExp]>([
    [
      'that a newer version wrote',
      () => ({ 'a.jsonl': header({ version: 3 }) }),
      /^a\.jsonl:1:1: is written in version 3 of the format.*reads version 2; update landscape/,
    ],
    [
      'without a header',
      () => ({ 'a.jsonl': lines.slice(1).join('\n') }),
      /^a\.jsonl:1:1: holds no header.*landscape collect/,
    ],
    [
      'that is empty',
      () => ({ 'a.jsonl': '' }),
      /^a\.jsonl:1:1: the file is empty; write it again/,
    ],
    [
      'that is no text',
      () => ({ 'a.jsonl': new Uint8Array([0, 255, 1, 10, 3]) }),
      /holds no header/,
    ],
    [
      'whose name leaves its folder',
      () => ({ 'a.jsonl': header({ name: '../registry' }) }),
      /header is not understood \(name: is no name/,
    ],
    [
      'with a key that nobody knows',
      () => ({ 'a.jsonl': header({ trusted: true }) }),
      /header is not understood.*trusted/,
    ],
    [
      'beside one of the same name',
      () => ({ 'a.jsonl': text, 'b.jsonl': text }),
      /^a\.jsonl and b\.jsonl were both collected from "north"; keep the newer/,
    ],
    [
      'that lost more lines than minParsed allows',
      () => ({ 'a.jsonl': `${lines.slice(0, 3).join('\n')}\n` }),
      /landscape\.yaml:2:5: 2 of \d+ lines were understood.*\n.*the header counts \d+ lines and 2 are there; copy the file again/,
    ],
    [
      'whose gzip is cut',
      () => ({ 'a.jsonl.gz': gzipSync(text).subarray(0, 600) }),
      /lines were understood|ends too early/,
    ],
  ])('%s', async (_, contents, message) => {
    await expect(auditEvidence(contents())).rejects.toThrow(message);
  });

  test('with rows of a registry that were not understood, by a gate', async () => {
    const flawed = {
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n',
      's.csv': 'id,name,kind\nerp,ERP,appliance\n',
    };
    const contents = { 'a.jsonl': await collectMember(flawed, 'north') };
    await expect(auditEvidence(contents, '', true)).rejects.toThrow(/^north\/s\.csv:2/);
    await expect(auditEvidence(contents)).resolves.toBeDefined();
  });

  test('if an option there names a system that nobody describes here', async () => {
    const lost = await collectMember(
      { ...member, 'landscape.yaml': 'sources:\n  - scripts: bin\n    system: wns\n' },
      'south',
    );
    await expect(auditEvidence({ 'a.jsonl': text, 'b.jsonl': lost })).rejects.toThrow(
      'south/landscape.yaml:3:5: no source describes the system "wns". Did you mean "wms"?',
    );
  });
});

describe('a line is counted and left out', () => {
  test.each<[string, () => string, RegExp]>([
    ['that is no JSON', () => '{"kind":"sys', /^the line is no JSON$/],
    [
      'of an unknown kind',
      () => JSON.stringify({ ...system, kind: 'truth' }),
      /"kind" is none of system, connection/,
    ],
    ['with a key too many', () => JSON.stringify({ ...system, trusted: true }), /trusted/],
    [
      'with the key __proto__',
      () => JSON.stringify(system).replace('{', '{"__proto__":{"x":1},'),
      /__proto__/,
    ],
    ['that lacks a key', () => JSON.stringify({ ...system, id: undefined }), /id: /],
    [
      'with a confidence above 1',
      () => JSON.stringify({ ...system, confidence: 2 }),
      /confidence: /,
    ],
    [
      'with a witness of its own',
      () => JSON.stringify({ ...system, witness: 'sworn' }),
      /witness: /,
    ],
    ['with a list in place of a text', () => JSON.stringify({ ...system, id: ['a'] }), /id: /],
    [
      'that never ends',
      () => JSON.stringify({ ...system, id: 'x'.repeat(9_000_000) }),
      /too long to be evidence/,
    ],
    ['that nests without end', () => '['.repeat(200_000), /no JSON|no evidence/],
  ])('%s', async (_, line, reason) => {
    const { evidence, coverage } = await read(one(line()));
    expect(evidence).toEqual([]);
    expect(coverage).toMatchObject({ records: 1, parsed: 0, skipped: 1 });
    expect(coverage.skippedPlaces[0]?.place).toEqual({ file: 'north.jsonl', line: 2, column: 1 });
    expect(coverage.skippedPlaces[0]?.reason).toMatch(reason);
  });

  test('whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.json(), fc.string())), async (others) => {
        const kept = others.map((line) => line.replaceAll('\n', ' '));
        const { coverage } = await read(`${header({ evidence: 0 })}\n${kept.join('\n')}`);
        expect(coverage.parsed).toBe(0);
        expect(coverage.skipped).toBe(kept.filter((line) => line.trim() !== '').length);
      }),
      { numRuns: 100 },
    );
  });
});

describe('texts are made plain', () => {
  const textOf = async (id: string): Promise<string | undefined> =>
    (await read(one({ ...system, id }))).of('system')[0]?.id;

  test.each([
    ['a secret', 'postgres://erp:hunter2@db.example/x', 'postgres://erp:***@db.example/x'],
    ['a control character', 'erp\u001b[31m\u0000', 'erp [31m '],
    ['a change of direction', 'erp\u202Egpj', 'erp gpj'],
    ['a text that is plain', 'Måløy → Ålesund', 'Måløy → Ålesund'],
  ])('%s', async (_, given, expected) => {
    expect(await textOf(given)).toBe(expected);
  });

  test('a long one is cut', async () => {
    expect(await textOf('x'.repeat(100_000))).toHaveLength(4000);
  });

  test('once is enough', () => {
    const parts = fc.constantFrom('password=', 'a', '"', '\u0007', 'tiger', ' ', 'x'.repeat(3990));
    fc.assert(
      fc.property(
        fc.array(parts).map((all) => all.join('')),
        (given) => {
          expect(toPlainText(toPlainText(given))).toBe(toPlainText(given));
        },
      ),
    );
  });
});

test('`registry: false` lets the rows of others declare, and not approve', async () => {
  const { of } = await read(one(system), { registry: false });
  expect(of('system').map(({ registered }) => registered)).toEqual([false]);
  const { systems } = await auditEvidence({ 'a.jsonl': text }, '\n    registry: false');
  expect(systems.map(({ registered }) => registered)).toEqual([false, false]);
});

test('`environment` holds for evidence that says prod', async () => {
  const { links } = await auditEvidence({ 'a.jsonl': text }, '\n    environment: test');
  expect(links).toEqual([]);
});
