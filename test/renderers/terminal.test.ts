import { expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { toVerdict } from '../../src/finding/verdict.ts';
import type { Finding } from '../../src/finding.ts';
import { renderScanSummary } from '../../src/renderers/terminal.ts';
import { renderCheck } from '../../src/renderers/terminal-check.ts';
import { auditFiles, drawInventory } from '../audit-files.ts';

const audit = await auditFiles({
  ...drawInventory('a -> b; b -> c; c -> a'),
  'landscape.yaml':
    'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: ops\n',
  'ops/.gitignore': 'local.sh\n',
  'ops/local.sh': 'curl https://a.example\n',
  'ops/run.sh': 'echo\n',
});

const make = (
  rule: string,
  severity: Finding['severity'],
  number: number,
  remedy = '',
): Finding => ({
  rule,
  severity,
  subject: audit.links[0]?.key ?? '',
  message: `${rule} number ${number}`,
  remedy: remedy || `mend ${rule}`,
  related: [],
  evidence: [],
  fingerprint: `${rule} ${number}`,
});
const repeat = (count: number, rule: string, severity: Finding['severity']): Finding[] =>
  Array.from({ length: count }, (_, at) => make(rule, severity, at + 1));

const terminal = { color: false, width: 80 };
const scan = (findings: readonly Finding[]): string =>
  renderScanSummary({ ...audit, findings } as Audit, { ...terminal, reports: [], folder: '' });
const check = (findings: readonly Finding[]): string =>
  renderCheck({ ...audit, findings }, toVerdict(findings, 'error', 0), terminal, new Map());

test('the worst findings are of several rules, and all others are counted', () => {
  const text = scan([
    ...repeat(9, 'one', 'error'),
    ...repeat(3, 'two', 'warn'),
    ...repeat(1, 'three', 'warn'),
    ...repeat(4, 'four', 'info'),
  ]);
  const shown = [...text.matchAll(/- (\w+) number (\d)/g)].map(
    ([, rule, number]) => `${rule} ${number}`,
  );
  expect(shown).toEqual(['one 1', 'one 2', 'one 3', 'two 1', 'three 1']);
  expect(text).toContain('and 6 more of one\n');
  expect(text).toContain('and 2 more of two\n');
  expect(text).toContain('and 4 others in the report');
});

test('of one rule alone, five of its findings are shown', () => {
  const text = scan(repeat(12, 'one', 'error'));
  expect(text.match(/- one number/g)).toHaveLength(5);
  expect(text).toContain('and 7 more of one\n');
  expect(text).not.toContain('others in the report');
});

test('a rule has one heading, each remedy of it stands once, and a link has its key', () => {
  const text = check([
    make('one', 'error', 1, 'do this'),
    make('one', 'error', 2, 'do that'),
    make('one', 'error', 3, 'do this'),
  ]);
  expect(text.match(/^ {2}one$/gm)).toHaveLength(1);
  expect(text.match(/What to do: do this/g)).toHaveLength(1);
  expect(text.match(/What to do: do that/g)).toHaveLength(1);
  expect(text.match(/^ {4}key a=>b#other$/gm)).toHaveLength(3);
});

test('hundreds of findings of one rule are cut, and the rest is told', () => {
  const text = check(repeat(500, 'one', 'error'));
  expect(text.match(/- one number/g)).toHaveLength(60);
  expect(text).toContain('and 440 more of one: landscape check --json');
  expect(text).toContain('Failed: 500 errors');
});

test('a check says what it read, and a scan what was left to .gitignore', () => {
  expect(check([]).replace(/\n/g, ' ')).toMatch(
    /Read \d+ files of 3 sources with \d+ rows, lines and scripts, none skipped: 3 systems, 3 links, 3 registry rows\./,
  );
  expect(scan([])).toMatch(/scripts +ops +\d+ scripts, 1 file left to \.gitignore/);
});
