import { access, readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { rules } from '../../src/checks/index.ts';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';
import { findBase, readExamples } from './examples.ts';

/** Audits an example, compared with how it was before where it says so. */
async function auditExample(files: Record<string, string>): Promise<Audit> {
  const before = findBase(files);
  return auditFiles(files, before && { base: await auditFiles(before) });
}

describe.each(rules.map(({ name }) => name))('%s', (name) => {
  test('has a page with a failing and a passing example, and both are right', async () => {
    await access(`docs/rules/${name}.md`);
    const { fails, passes } = await readExamples(`docs/rules/${name}.md`);
    expect(fails.length, 'failing examples').toBeGreaterThan(0);
    expect(passes.length, 'passing examples').toBeGreaterThan(0);
    for (const files of fails) {
      const { findings } = await auditExample(files);
      const own = listJudgements(findings).filter(({ rule }) => rule === name);
      expect(own.length, `the failing example of ${name}`).toBeGreaterThan(0);
      for (const finding of own) {
        expect(finding.evidence.length, 'every finding names a place').toBeGreaterThan(0);
        expect(finding.remedy).not.toBe('');
        expect(finding.fingerprint).toMatch(/^[0-9a-f]{16}$/);
      }
      const all = listJudgements(findings);
      expect(new Set(all.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);
    }
    for (const files of passes) {
      const { findings } = await auditExample(files);
      expect(listJudgements(findings).map(({ rule }) => rule)).not.toContain(name);
    }
  });

  test('can be set to any severity, and off', async () => {
    const [files] = (await readExamples(`docs/rules/${name}.md`)).fails;
    const yaml = (files?.['landscape.yaml'] ?? '').replace(/^rules:.*\n(?: .*\n)*/m, '');
    for (const severity of ['info', 'off']) {
      const { findings } = await auditExample({
        ...files,
        'landscape.yaml': `${yaml}\nrules: { ${name}: ${severity} }\n`,
      });
      const found = listJudgements(findings).filter(({ rule }) => rule === name);
      if (severity === 'off') expect(found).toEqual([]);
      else for (const finding of found) expect(finding.severity).toBe('info');
    }
  });
});

describe('fingerprints', () => {
  const files = {
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - scripts: scripts\n    system: b\n',
    's.csv': 'id,hosts,team\na,a.example,T\nb,,T\n',
    'scripts/pull.sh': 'curl -u "u:Secret-1" https://a.example/x\n',
  };
  const fingerprints = async (given: Record<string, string>) =>
    (await auditFiles(given)).findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`);

  test('survive moved lines, renamed files and reordered rows', async () => {
    const before = await fingerprints(files);
    expect(before).toHaveLength(2);
    const { 'scripts/pull.sh': script, ...rest } = files;
    expect(await fingerprints({ ...files, 'scripts/pull.sh': `\n\n# moved\n${script}` })).toEqual(
      before,
    );
    expect(await fingerprints({ ...rest, 'scripts/other/name.sh': script })).toEqual(before);
    expect(
      await fingerprints({ ...files, 's.csv': 'id,hosts,team\nb,,T\na,a.example,T\n' }),
    ).toEqual(before);
    expect(
      await fingerprints({ ...files, 'scripts/pull.sh': script.replaceAll('\n', '\r\n') }),
    ).toEqual(before);
  });
});

test.each(rules)(
  'the page of $name says whether it runs in a member',
  async ({ name, needsWhole }) => {
    const page = await readFile(`docs/rules/${name}.md`, 'utf8');
    const said = /^\| With `scope: member` \| (on|off)\b/m.exec(page)?.[1];
    expect(said).toBe(needsWhole ? 'off' : 'on');
  },
);

test('a member of a larger landscape is not judged by what is absent', async () => {
  const files = {
    'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - gateway: log\n    routes: { /a: a }\n',
    's.csv': 'id,hosts,team\na,,\nb,10.0.0.1,T\n',
    log: '10.0.0.1 - - [30/Oct/2026:06:00:01 +0100] "GET /a HTTP/1.1" 200 9 "-" "x"\n',
  };
  const rulesOf = async (scope: string): Promise<string[]> => {
    const config = `scope: ${scope}\n${files['landscape.yaml']}`;
    const { findings } = await auditFiles({ ...files, 'landscape.yaml': config });
    return [...new Set(findings.map(({ rule }) => rule))].sort();
  };
  expect(await rulesOf('whole')).toEqual(['no-owner', 'shadow-link']);
  expect(await rulesOf('member')).toEqual([]);
});

test('a member of a larger landscape is not judged by what it does not see', async () => {
  const files = {
    'landscape.yaml':
      'scope: member\nsources:\n  - inventory: s.csv\n  - scripts: scripts\n    system: b\n',
    's.csv': 'id,team\na,T\nb,T\n',
    'scripts/pull.sh': 'curl https://elsewhere.example/x\n',
  };
  expect((await auditFiles(files)).findings).toEqual([]);
  const whole = await auditFiles({
    ...files,
    'landscape.yaml': files['landscape.yaml'].replace('scope: member\n', ''),
  });
  expect(whole.findings).toMatchObject([{ rule: 'unresolved-reference', severity: 'info' }]);
});
