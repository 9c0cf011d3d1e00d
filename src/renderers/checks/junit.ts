import type { Finding } from '../../finding.ts';
import { groupBy } from '../../order.ts';
import { escapeXml } from '../escape-xml.ts';
import { formatCount } from '../wording.ts';
import { type Checked, placeFinding } from './checked.ts';
import { tellFinding, tellVerdict } from './words.ts';

/** Whether a finding is a failed test, one that was left out, or one that passed with a remark. */
type Outcome = 'failure' | 'skipped' | 'remark';

/**
 * JUnit's XML: a suite for each rule, a case for each finding. What fails the check is a failure, what
 * is accepted or allowed is skipped, the rest passes with its text as output; so the suites are red
 * exactly where the check is.
 */
export function renderJunit(checked: Checked): string {
  const { audit, verdict } = checked;
  const suites = groupBy(audit.findings, ({ rule }) => rule);
  const failures = count(checked, audit.findings, 'failure');
  const skipped = count(checked, audit.findings, 'skipped');
  return `${[
    '<?xml version="1.0" encoding="UTF-8"?>',
    open('testsuites', {
      name: `landscape check: ${audit.name}`,
      tests: audit.findings.length + 1,
      failures,
      errors: 0,
      skipped,
    }),
    ...writeSuite('landscape', [], checked, [
      `    ${open('testcase', { classname: 'landscape', name: 'judged' })}`,
      `      <system-out>${escapeShown(tellVerdict(verdict))}</system-out>`,
      '    </testcase>',
    ]),
    ...[...suites].flatMap(([rule, findings]) =>
      writeSuite(
        rule,
        findings,
        checked,
        findings.flatMap((finding) => writeCase(checked, finding)),
      ),
    ),
    '</testsuites>',
  ].join('\n')}\n`;
}

function writeSuite(
  name: string,
  findings: readonly Finding[],
  checked: Checked,
  cases: readonly string[],
): string[] {
  const failures = count(checked, findings, 'failure');
  const skipped = count(checked, findings, 'skipped');
  const tests = Math.max(1, findings.length);
  return [
    `  ${open('testsuite', { name, tests, failures, errors: 0, skipped })}`,
    ...cases,
    '  </testsuite>',
  ];
}

function writeCase(checked: Checked, finding: Finding): string[] {
  const { file, line } = placeFinding(checked, finding.evidence);
  const [message = '', ...rest] = tellFinding(checked, finding);
  const text = escapeShown([message, ...rest, `${file}:${line}`].join('\n'));
  const inner: Record<Outcome, string> = {
    failure: `${open('failure', { message, type: finding.rule })}${text}</failure>`,
    skipped: `${open('skipped', { message: tellSkipped(checked, finding, rest) })}</skipped>`,
    remark: `<system-out>${text}</system-out>`,
  };
  return [
    `    ${open('testcase', { classname: `landscape.${finding.rule}`, name: message, file, line })}`,
    `      ${inner[judge(checked, finding)]}`,
    '    </testcase>',
  ];
}

function tellSkipped({ verdict }: Checked, { accepted }: Finding, rest: readonly string[]): string {
  return accepted
    ? rest.join(' ')
    : `One of ${formatCount(verdict.failing)} open, ${formatCount(verdict.allowed)} allowed. ${rest.join(' ')}`;
}

function judge({ verdict, failOn }: Checked, { severity, accepted }: Finding): Outcome {
  if (accepted) return 'skipped';
  const isHeavy = severity === 'error' || (severity === 'warn' && failOn === 'warn');
  if (!isHeavy) return 'remark';
  return verdict.isClean ? 'skipped' : 'failure';
}

function count(checked: Checked, findings: readonly Finding[], outcome: Outcome): number {
  return findings.filter((finding) => judge(checked, finding) === outcome).length;
}

function open(name: string, attributes: Readonly<Record<string, string | number>>): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${escapeShown(String(value)).replaceAll('\n', '&#10;')}"`,
  );
  return `<${name}${written.join('')}>`;
}

/** GitHub's runner obeys lines that begin like a command of its own, in whatever it shows. */
function escapeShown(text: string): string {
  return escapeXml(text)
    .replaceAll('&#10;', '\n')
    .replaceAll('##', '#&#35;')
    .replace(/^([^\S\n]*):(?=:)/gm, '$1&#58;');
}
