import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import type { Finding } from '../../src/finding.ts';
import { tellScan } from '../../src/renderers/terminal.ts';
import { chooseWorst } from '../../src/renderers/worst-findings.ts';
import fc from '../fast-check.ts';

function toFinding(rule: string, at: number): Finding {
  return {
    rule,
    severity: 'warn',
    subject: `s${at}`,
    message: `${rule} ${at}`,
    remedy: '',
    related: [],
    evidence: [],
    fingerprint: String(at),
  };
}

test('as many rules as there is room for, and the first of each', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'), { maxLength: 40 }),
      fc.integer({ min: 1, max: 8 }),
      (rules, most) => {
        const findings = rules.map(toFinding);
        const chosen = chooseWorst(findings, most);
        expect(chosen).toHaveLength(Math.min(most, findings.length));
        expect(new Set(chosen.map(({ rule }) => rule)).size).toBe(
          Math.min(most, new Set(rules).size),
        );
        expect(chosen).toEqual(findings.filter((finding) => chosen.includes(finding)));
        for (const rule of new Set(chosen.map((each) => each.rule)))
          expect(chosen).toContain(findings.find((finding) => finding.rule === rule));
      },
    ),
  );
});

test('the summary of a scan tells different things, and how many more of each there are', async () => {
  const audit = JSON.parse(await readFile('reports/nordfisk/audit.json', 'utf8')) as Audit;
  const told = tellScan(audit, { width: 80, color: false, folder: '' }).join('\n');
  const rules = new Set(
    audit.findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
  );
  expect(rules.size).toBeGreaterThan(1);
  for (const rule of [...rules].slice(0, 5)) {
    const all = audit.findings.filter((finding) => finding.rule === rule && !finding.accepted);
    expect(told).toContain(all[0]?.message.slice(0, 40) ?? 'none');
  }
  expect(told).toMatch(/and \d+ more of unregistered-link|and \d+ more of [a-z-]+/);
});
