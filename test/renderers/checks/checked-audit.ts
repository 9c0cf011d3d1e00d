import { memoryFiles } from '../../../src/files.ts';
import { toVerdict } from '../../../src/finding/verdict.ts';
import type { Acceptance, Finding } from '../../../src/finding.ts';
import type { Checked } from '../../../src/renderers/checks/checked.ts';
import { auditFiles, drawInventory } from '../../audit-files.ts';
import fc from '../../fast-check.ts';
import { hostileNames } from '../browser.ts';

/** A check of findings that are given, over a small landscape. */
export async function openChecked(
  contents = drawInventory('erp -> crm; crm -> wms'),
): Promise<(findings: readonly Finding[], changes?: Partial<Checked>) => Checked> {
  const audit = await auditFiles(contents, { tool: '1.2.3' });
  return (findings, changes = {}) => ({
    audit: { ...audit, findings },
    verdict: toVerdict(findings, changes.failOn),
    failOn: 'error',
    files: memoryFiles(contents),
    below: 'ops',
    configFile: 'landscape.yaml',
    terminal: { color: false, width: 80 },
    ...changes,
  });
}

/** A finding with all that it must have. */
export function makeFinding(changes: Partial<Finding> = {}): Finding {
  return {
    rule: 'unregistered-link',
    severity: 'error',
    subject: 'erp=>crm#other',
    message: 'erp → crm is not registered.',
    remedy: 'Register it.',
    related: [],
    evidence: [{ file: 'scripts/push.sh', line: 14, column: 3 }],
    fingerprint: '0123456789abcdef',
    ...changes,
  };
}

/** Who accepts a finding until the end of the year. */
export const loan: Acceptance = {
  owner: 'Lager',
  reason: 'found at the start',
  acceptedOn: '2026-10-01',
  expires: '2026-12-31',
  origin: { file: 'landscape-baseline.yaml', line: 3, column: 5 },
};

/** What gives orders to one of the readers, if it is not written as text. */
const orders = [
  '::error file=x::y',
  '::set-env name=PATH::/tmp',
  '::stop-commands::x',
  '##[add-path]/tmp',
  '##vso[task.setvariable variable=PATH]/tmp',
  "##teamcity[buildStop comment='x']",
  "|'[]|0x0041|n",
  '%0A::error::x%0D%25%250A%3A%AZP25%5D%3B',
  ']]><x a="b">&amp;&#0;',
  '\u0000\u0008\u000b\ufffe\uffff\ud800',
  '```\n# x\n<!-- -->',
  '@everyone ![x](https://x.example/y.png) </details>',
  'a,b=c;d:e]f',
  'line\r\n::warning::x',
  '../../../etc/passwd',
  'a/../b/./c//d e?f#g.sh',
];

/** A text that one reader or another would take for more than text. */
export const hostileText = fc.oneof(
  fc.constantFrom(...orders, ...hostileNames),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...orders), { minLength: 1, maxLength: 3 }).map((all) => all.join(' ')),
);

/** Findings whose every text is hostile. */
export const hostileFindings: fc.Arbitrary<Finding[]> = fc.array(
  fc
    .record({
      rule: fc.constantFrom('unregistered-link', 'no-owner', 'credential-in-code'),
      severity: fc.constantFrom('error' as const, 'warn' as const, 'info' as const),
      subject: fc.oneof(hostileText, fc.constant('erp=>crm#other')),
      message: hostileText,
      remedy: hostileText,
      related: fc.array(hostileText, { maxLength: 2 }),
      evidence: fc.array(
        fc.record({
          file: hostileText,
          line: fc.integer({ min: 1, max: 9999 }),
          column: fc.integer({ min: 1, max: 300 }),
        }),
        { maxLength: 3 },
      ),
      fingerprint: fc.string({
        unit: fc.constantFrom(...'0123456789abcdef'),
        minLength: 16,
        maxLength: 16,
      }),
      isAccepted: fc.boolean(),
      hasAlso: fc.boolean(),
      owner: hostileText,
    })
    .map(({ isAccepted, hasAlso, owner, ...finding }) => ({
      ...finding,
      ...(isAccepted && { accepted: { ...loan, owner, reason: owner } }),
      ...(hasAlso && { also: [{ ...finding, rule: 'no-safeguard' }] }),
    })),
  { maxLength: 8 },
);
