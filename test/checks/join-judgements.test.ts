import { describe, expect, test } from 'vitest';
import { joinJudgements } from '../../src/checks/join-judgements.ts';
import { type Finding, listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

const base = {
  'landscape.yaml': `sources:
  - inventory: systems.csv
  - inventory: links.csv
  - cron: cron.d/jobs
    host: wms.example
  - scripts: scripts
    system: wms
`,
  'systems.csv': 'id,hosts,team\nerp,erp.example,A\nwms,wms.example,A\n',
  'links.csv': 'id,from,to,protocol\nL1,wms,erp,https\n',
  'cron.d/jobs': '5 * * * * root /scripts/pull.sh >/dev/null 2>&1\n',
  'scripts/pull.sh': 'curl -o in.csv http://erp.example/orders\n',
};
const registered = { ...base, 'links.csv': `${base['links.csv']}L2,erp,wms,https\n` };

const tell = (findings: readonly Finding[]): string[] =>
  findings.map(({ rule, also = [] }) => [rule, ...also.map((each) => each.rule)].join(' + '));

describe('a new link', () => {
  test('is one finding, and what other rules say of it hangs on it', async () => {
    const { findings } = await auditFiles(base);
    expect(tell(findings)).toEqual(['unregistered-link + no-safeguard + cleartext-protocol']);
    expect(findings[0]?.also?.[0]).toMatchObject({
      subject: 'erp=>wms#http',
      severity: 'warn',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  test('once registered leaves the others to stand by themselves, under the names they had', async () => {
    const before = listJudgements((await auditFiles(base)).findings);
    const { findings } = await auditFiles(registered);
    expect(tell(findings)).toEqual(['no-safeguard', 'cleartext-protocol']);
    expect(before.map(({ fingerprint }) => fingerprint)).toEqual(
      expect.arrayContaining(findings.map(({ fingerprint }) => fingerprint)),
    );
  });

  test('never hides what is heavier', async () => {
    const { findings } = await auditFiles({
      ...base,
      'landscape.yaml': `${base['landscape.yaml']}rules: { unregistered-link: warn, no-safeguard: error }\n`,
    });
    expect(tell(findings)).toEqual(['no-safeguard + unregistered-link + cleartext-protocol']);
    expect(findings[0]?.severity).toBe('error');
  });

  test('does not take along what is no judgement on it, such as a secret in its script', async () => {
    const { findings } = await auditFiles({
      ...base,
      'scripts/pull.sh': 'curl -u "u:Secret-1" -o in.csv http://erp.example/orders\n',
    });
    expect(tell(findings)).toEqual([
      'unregistered-link + no-safeguard + cleartext-protocol',
      'credential-in-code',
    ]);
  });
});

test('no judgement is lost or told twice, and the heaviest leads', () => {
  const rules = ['unregistered-link', 'shadow-link', 'no-owner', 'stale-data'];
  const finding = fc.record({
    rule: fc.constantFrom(...rules),
    subject: fc.constantFrom('a=>b#http', 'b=>c#file', 'a'),
    severity: fc.constantFrom('error' as const, 'warn' as const, 'info' as const),
  });
  fc.assert(
    fc.property(fc.array(finding, { maxLength: 12 }), (given) => {
      const findings = given.map(
        (each, index): Finding => ({
          ...each,
          message: '',
          remedy: '',
          related: [],
          evidence: [],
          fingerprint: String(index),
        }),
      );
      const joined = joinJudgements(findings, rules);
      const names = listJudgements(joined).map(({ fingerprint }) => fingerprint);
      expect(names.sort()).toEqual(findings.map(({ fingerprint }) => fingerprint).sort());
      const rank = { error: 0, warn: 1, info: 2 };
      for (const { severity, subject, also = [] } of joined)
        for (const each of also) {
          expect(each.subject).toBe(subject);
          expect(rank[each.severity]).toBeGreaterThanOrEqual(rank[severity]);
        }
    }),
  );
});
