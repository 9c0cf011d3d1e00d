import { describe, expect, test } from 'vitest';
import { writeBundle } from '../../src/audit/write-bundle.ts';
import type { Audit } from '../../src/audit.ts';
import { parseConfig } from '../../src/config.ts';
import { memoryFiles } from '../../src/files.ts';
import { listJudgements } from '../../src/finding.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { auditFiles } from '../audit-files.ts';

const registry = {
  'landscape.yaml': `sources:
  - inventory: systems.csv
  - inventory: links.csv
limits: { fanIn: 1, cyclicGroup: 1 }
naming: { "{system}.corp.example": }
policies:
  - name: quiet
    reason: finance is served by the warehouse alone
    forbid: { from: { id: [crm, erp] }, to: { id: finance } }
overrides:
  - systems: [crm]
    rules: { unregistered-link: info }
`,
  'systems.csv': 'id,hosts,team\nerp,,A\ncrm,,A\nfinance,,A\nwms,,A\n',
  'links.csv':
    'id,from,to,protocol\nL1,erp,finance,sftp\nL2,wms,finance,sftp\nL3,erp,wms,sftp\nL4,wms,erp,sftp\n',
};

async function bundle(): Promise<string> {
  const files = memoryFiles(registry);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return JSON.stringify(
    await writeBundle(config, files, {
      today: '2026-11-02',
      provenance: { name: 'registry' },
      tool: '0',
    }),
  );
}

const auditMember = async (script: string, config = '', text?: string): Promise<Audit> =>
  auditFiles({
    'landscape.yaml': `scope: member\nregistry: bundle.json\nsources:\n  - scripts: bin\n    system: crm\n${config}`,
    'bundle.json': text ?? (await bundle()),
    'bin/x.sh': script,
  });

const judged = ({ findings }: Audit): string[] =>
  listJudgements(findings)
    .filter(({ rule }) => rule !== 'no-safeguard')
    .map(({ rule, severity, subject }) => `${rule} ${severity} ${subject}`)
    .sort();

describe('what a bundle carries of how to judge', () => {
  test('a member that breaks nothing hears nothing of what rows alone break', async () => {
    expect(judged(await auditMember('ls\n'))).toEqual([]);
  });

  test('policies, limits, overrides and naming hold for the code of a member', async () => {
    const audit = await auditMember('curl -T x https://finance.corp.example/in\n');
    expect(judged(audit)).toEqual([
      'fan-in-limit warn finance',
      'forbidden-link error crm=>finance#http',
      'unregistered-link info crm=>finance#http',
    ]);
    const all = listJudgements(audit.findings);
    expect(all.find(({ rule }) => rule === 'fan-in-limit')?.evidence.at(-1)).toMatchObject({
      file: 'registry/landscape.yaml',
      line: 4,
    });
  });

  test('the file of the member wins, and is told to say something else', async () => {
    const audit = await auditMember(
      'curl -T x https://finance.corp.example/in\n',
      'limits: { fanIn: 9 }\npolicies:\n  - { name: quiet, reason: none, forbid: { to: { id: erp } } }\noverrides:\n  - { systems: [crm], rules: { unregistered-link: error } }\n',
    );
    expect(judged(audit)).toEqual([
      'conflicting-registry warn limit fanIn',
      'conflicting-registry warn policy "quiet"',
      'unregistered-link error crm=>finance#http',
    ]);
  });

  test('a bundle of version 1 carries none of it, and is still read', async () => {
    const { gate: _, ...old } = JSON.parse(await bundle());
    const audit = await auditMember('ls\n', '', JSON.stringify({ ...old, version: 1 }));
    expect(judged(audit)).toEqual([]);
  });

  test.each([
    ['limits', { limits: { fanIn: 'x' } }],
    ['policies', { policies: [{ name: 'x' }] }],
    ['overrides', { overrides: [{ rules: {} }] }],
    ['naming', { naming: { '*': null } }],
  ])('one with broken %s is refused whole', async (_, broken) => {
    const whole = JSON.parse(await bundle());
    const text = JSON.stringify({ ...whole, gate: { ...whole.gate, ...broken } });
    await expect(auditMember('ls\n', '', text)).rejects.toThrow(
      /^bundle\.json:1:1: is not understood/,
    );
  });
});
