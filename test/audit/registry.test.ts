import { describe, expect, test } from 'vitest';
import { writeBundle } from '../../src/audit/write-bundle.ts';
import type { Audit } from '../../src/audit.ts';
import { parseConfig } from '../../src/config.ts';
import { memoryFiles } from '../../src/files.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { auditFiles } from '../audit-files.ts';

const registry = {
  'landscape.yaml': `sources:
  - inventory: systems.csv
  - inventory: links.csv
systems:
  - { id: tax, team: State }
aliases:
  planning-vip: erp
  shared: erp
rules:
  no-safeguard: info
  unregistered-link: warn
`,
  'systems.csv':
    'id,name,hosts,owner,team\nerp,ERP,erp.example,Ada Berg,A\nwms,WMS,wms.example,,B\n',
  'links.csv': 'id,from,to,protocol\nL1,erp,wms,https\n',
};

async function bundle(contents: Record<string, string> = registry): Promise<string> {
  const files = memoryFiles(contents);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  const provenance = {
    name: 'registry',
    repository: 'https://git.example.org/r',
    commit: 'a1b2c3d',
  };
  return JSON.stringify(
    await writeBundle(config, files, { today: '2026-11-02', provenance, tool: '0.0.0' }),
  );
}

async function auditMember(
  text: string,
  { config = '', script = 'curl https://erp.example/orders\n' } = {},
): Promise<Audit> {
  return auditFiles({
    'landscape.yaml': `registry: bundle.json\nsources:\n  - scripts: bin\n    system: wms\n${config}`,
    'bundle.json': text,
    'bin/x.sh': script,
  });
}

test('systems and links of a bundle are as if inventoried here', async () => {
  const { systems, links, registrations, coverage, findings } = await auditMember(await bundle());
  expect(systems.map(({ id, registered }) => [id, registered])).toEqual([
    ['erp', true],
    ['tax', true],
    ['wms', true],
  ]);
  expect(links.map(({ key, registered, class: seen }) => [key, registered, ...seen])).toEqual([
    ['erp=>wms#http', true, 'declared', 'coded'],
  ]);
  expect(findings.filter(({ rule }) => rule === 'unregistered-link')).toEqual([]);
  expect(registrations[0]?.origin).toEqual({
    file: 'registry/links.csv',
    line: 2,
    column: 1,
    repository: 'https://git.example.org/r',
    commit: 'a1b2c3d',
  });
  expect(coverage.sources.find(({ kind }) => kind === 'registry')).toMatchObject({
    source: 'bundle.json',
    records: 4,
    parsed: 4,
  });
});

test('its aliases and rules apply', async () => {
  const script = 'curl -d @x http://planning-vip/x\n';
  const { links, findings } = await auditMember(await bundle(), { script });
  expect(links.map(({ key }) => key)).toEqual(['erp=>wms#http', 'wms=>erp#http']);
  const found = findings.filter(({ rule }) => rule === 'unregistered-link');
  expect(found.map(({ subject, severity }) => [subject, severity])).toEqual([
    ['wms=>erp#http', 'warn'],
  ]);
});

test('what the configuration says itself wins, and the contradiction is told', async () => {
  const config = 'aliases: { Shared: tax }\nrules: { unregistered-link: error, no-owner: off }\n';
  const script = 'curl -d @x http://shared/x\n';
  const { links, findings } = await auditMember(await bundle(), { config, script });
  expect(links.map(({ key }) => key)).toEqual(['erp=>wms#http', 'wms=>tax#http']);
  expect(findings.find(({ rule }) => rule === 'unregistered-link')?.severity).toBe('error');
  const told = findings.filter(({ rule }) => rule === 'conflicting-registry');
  expect(
    told.map(({ message, evidence }) => [message, ...evidence.map(({ file }) => file)]),
  ).toEqual([
    [
      'The alias "shared" stands for tax here and for erp in registry; here it is tax.',
      'landscape.yaml',
      'registry/landscape.yaml',
    ],
    [
      'The rule unregistered-link is "error" here and "warn" in registry; here it is "error".',
      'landscape.yaml',
      'registry/landscape.yaml',
    ],
  ]);
});

test('a member is not told of contradictions inside the registry, the whole is', async () => {
  const systems = `${registry['systems.csv']}erp,ERP2,erp.example,,A\n`;
  const text = await bundle({ ...registry, 'systems.csv': systems });
  const count = async (config: string): Promise<number> =>
    (await auditMember(text, { config })).conflicts.length;
  expect(await count('')).toBeGreaterThan(0);
  expect(await count('scope: member\n')).toBe(0);
  const clash = 'scope: member\nsystems: [{ id: erp, team: C }]\n';
  const { conflicts } = await auditMember(text, { config: clash });
  expect(conflicts.map(({ message }) => message)).toContain(
    'Two sources disagree on the team of erp: "C" and "A".',
  );
});

test('a rule that this version does not have is left out, and told', async () => {
  const given = JSON.parse(await bundle());
  const origin = { file: 'landscape.yaml', line: 9, column: 3 };
  given.rules.push({ rule: 'of-tomorrow', severity: 'error', origin });
  const { coverage } = await auditMember(JSON.stringify(given));
  expect(coverage.sources.find(({ kind }) => kind === 'registry')?.flaws).toMatchObject(
    [
      { place: { file: 'registry/landscape.yaml', line: 9 }, reason: /^"of-tomorrow" is no rule/ },
    ].map((flaw) => ({ ...flaw, reason: expect.stringMatching(flaw.reason) })),
  );
});

test('a bundle names no people', async () => {
  expect(await bundle()).not.toContain('Ada');
});

describe('refused with a remedy', () => {
  test.each<[string, (given: Record<string, unknown>) => unknown, RegExp]>([
    [
      'a newer version',
      (given) => ({ ...given, version: 3 }),
      /^bundle\.json:1:1: is written in version 3.*update landscape here/,
    ],
    [
      'no bundle',
      () => ({ links: [] }),
      /^bundle\.json:1:1: is no bundle; write it again with "landscape bundle"/,
    ],
    ['an unknown key', (given) => ({ ...given, trusted: true }), /is not understood \(.*trusted/],
    [
      'a row that is none',
      (given) => ({ ...given, links: given['systems'] }),
      /is not understood \(links\.0: is no row of a link/,
    ],
    [
      'an alias for nothing',
      (given) => ({
        ...given,
        aliases: [{ pattern: 'a', system: 'erq', origin: { file: 'l.yaml', line: 7, column: 3 } }],
      }),
      /^registry\/l\.yaml:7:3: no source describes the system "erq"\. Did you mean "erp"/,
    ],
  ])('%s', async (_, change, message) => {
    const text = JSON.stringify(change(JSON.parse(await bundle())));
    await expect(auditMember(text)).rejects.toThrow(message);
  });

  test('broken JSON', async () => {
    await expect(auditMember('{')).rejects.toThrow(/^bundle\.json:1:1: is no bundle/);
  });

  test('a missing file', async () => {
    const given = { 'landscape.yaml': 'registry: ../r/bundle.json\n' };
    await expect(auditFiles(given)).rejects.toThrow(
      /^landscape\.yaml:1:1: \.\.\/r\/bundle\.json.*landscape bundle -o bundle\.json$/,
    );
  });

  test('a row of the registry that is not understood', async () => {
    const links = `${registry['links.csv']}L2,erp,,https\n`;
    await expect(bundle({ ...registry, 'links.csv': links })).rejects.toThrow(/^links\.csv:3/);
  });

  test('a landscape without a registry', async () => {
    const given = { 'landscape.yaml': 'sources:\n  - scripts: bin\n', 'bin/a.sh': '' };
    await expect(bundle(given)).rejects.toThrow(/landscape\.yaml:1:1: there is no row to bundle/);
  });
});

test('what the registry accepts is accepted here, and is not stale where it is not found', async () => {
  const fingerprintOf = async (script: string): Promise<string> => {
    const { findings } = await auditMember(await bundle(), { script });
    return findings.find(({ rule }) => rule === 'unregistered-link')?.fingerprint ?? '';
  };
  const script = 'curl -d @x https://erp.example/x\n';
  const entry = (fingerprint: string): string =>
    `  - { fingerprint: "${fingerprint}", rule: unregistered-link, subject: x, owner: A, reason: known, acceptedOn: 2026-11-01, expires: 2026-12-01 }\n`;
  const text = await bundle({
    ...registry,
    'landscape-baseline.yaml': `version: 1\naccepted:\n${entry(await fingerprintOf(script))}${entry('0123456789abcdef')}`,
  });
  const { findings } = await auditMember(text, { config: 'scope: member\n', script });
  expect(findings.map(({ rule }) => rule)).not.toContain('stale-baseline');
  expect(findings.find(({ rule }) => rule === 'unregistered-link')).toMatchObject({
    accepted: {
      owner: 'A',
      reason: 'known',
      origin: { file: 'registry/landscape-baseline.yaml', line: 3 },
    },
  });
});
