import type { Judged } from '../audit.ts';
import { formatPlace } from '../errors.ts';
import type { Verdict } from '../finding/verdict.ts';
import { type Finding, listJudgements } from '../finding.ts';
import { groupBy } from '../order.ts';
import { tellAcceptance } from './acceptance.ts';
import type { Frame } from './checks/frames.ts';
import { tellVerdict } from './checks/words.ts';
import { writeFinding } from './terminal.ts';
import { writeFrame } from './terminal-frame.ts';
import {
  clean,
  type Paint,
  painter,
  type TerminalOptions,
  type TextStyle,
  wrap,
} from './terminal-text.ts';
import { formatCount, plural, sumReferences } from './wording.ts';

/**
 * The list of a check: what is open, what is accepted for now, then what they come to.
 * @param frames the lines that findings are about, by fingerprint
 */
export function renderCheck(
  audit: Judged,
  verdict: Verdict,
  options: TerminalOptions,
  frames: ReadonlyMap<string, Frame>,
): string {
  const paint = painter(options);
  const open = audit.findings.filter(({ accepted }) => !accepted);
  const sections = (
    [
      ['Errors', 'error'],
      ['Warnings', 'warn'],
      ['Notes', 'info'],
    ] as const
  ).flatMap(([title, severity]) => {
    const findings = open.filter((finding) => finding.severity === severity);
    return findings.length === 0
      ? []
      : [paint('bold', title), ...writeGroups(findings, audit, frames, paint, options.width)];
  });
  return `${[
    ...sections,
    ...writeAccepted(audit, paint, options.width),
    ...wrap(tellVerdict(verdict), options.width).map((line) =>
      verdict.isClean ? line : paint('red', line),
    ),
    ...tellBaseline(audit).flatMap((line) => wrap(line, options.width)),
    ...tellRead(audit).flatMap((line) => wrap(line, options.width)),
  ].join('\n')}\n`;
}

/** The denominators: what was read, what of it was not understood, and what it came to. */
function tellRead({ coverage, systems, links, registrations }: Judged): string[] {
  const sum = (key: 'files' | 'records' | 'skipped'): number =>
    coverage.sources.reduce((total, source) => total + source[key], 0);
  const { references, resolved } = sumReferences(coverage.references);
  const skipped = sum('skipped');
  return [
    `Read ${plural(sum('files'), 'file')} of ${plural(coverage.sources.length, 'source')} with ${plural(sum('records'), 'row, line or script', 'rows, lines and scripts')}, ${skipped === 0 ? 'none' : formatCount(skipped)} skipped: ${plural(systems.length, 'system')}, ${plural(links.length, 'link')}, ${plural(registrations.length, 'registry row')}.`,
    ...(references > 0
      ? [
          `${formatCount(resolved)} of ${plural(references, 'reference')} ${resolved === 1 ? 'leads' : 'lead'} to a system.`,
        ]
      : []),
  ];
}

/** How many findings are accepted, and how that differs from what the baseline lists. */
function tellBaseline({ baseline, findings }: Judged): string[] {
  const judgements = listJudgements(findings);
  const isOwn = ({ accepted }: Finding): boolean => accepted?.origin.file === baseline?.file;
  const accepted = judgements.filter((finding) => finding.accepted);
  const own = accepted.filter(isOwn).length;
  const lapsed = judgements.filter((finding) => finding.lapsed).length;
  const commented = accepted.filter((finding) => finding.accepted?.isComment).length;
  const foreign = accepted.length - own - commented;
  const elsewhere = [
    ...(commented > 0 ? [`${formatCount(commented)} accepted by comments in the code.`] : []),
    ...(foreign > 0 ? [`${formatCount(foreign)} accepted by the registry.`] : []),
  ];
  if (!baseline) return elsewhere;
  const fewer = baseline.entries - own;
  const over = lapsed > 0 ? `, ${formatCount(lapsed)} of them over or outgrown` : '';
  return [
    `${formatCount(own)} accepted by ${clean(baseline.file)}${fewer > 0 ? `, ${formatCount(fewer)} fewer than it lists${over}` : ''}.`,
    ...elsewhere,
  ];
}

const styles: Readonly<Record<Finding['severity'], TextStyle>> = {
  error: 'red',
  warn: 'yellow',
  info: 'dim',
};

/** Of one rule; who has more than this needs a list for programs. */
const mostOfRule = 60;

/** Findings of one rule stand under one heading: what, where, and once for each remedy what to do. */
function writeGroups(
  findings: readonly Finding[],
  { today, links }: Pick<Judged, 'today' | 'links'>,
  frames: ReadonlyMap<string, Frame>,
  paint: Paint,
  width: number,
): string[] {
  const keys = new Set(links.map(({ key }) => key));
  return [...groupBy(findings, ({ rule }) => rule).values()].flatMap((ofRule) => {
    const [first] = ofRule;
    if (!first) return [];
    const rest = ofRule.length - mostOfRule;
    const byRemedy = groupBy(ofRule.slice(0, mostOfRule), ({ remedy }) => remedy);
    return [
      `  ${paint(styles[first.severity], first.rule)}`,
      ...[...byRemedy].flatMap(([remedy, group]) => [
        ...group.flatMap((finding) => [
          ...writeFinding(finding, paint, width),
          ...(keys.has(finding.subject) ? [writeKey(finding.subject, paint)] : []),
          ...writeFrame(frames.get(finding.fingerprint), paint, width),
          ...indent(tellAcceptance(finding, today) ?? '', width),
          ...writeAlso(finding, today, width),
        ]),
        ...wrap(`What to do: ${clean(remedy)}`, width - 4).map((line) => `    ${line}`),
      ]),
      ...(rest > 0
        ? [`  - and ${formatCount(rest)} more of ${first.rule}: landscape check --json`]
        : []),
      '',
    ];
  });
}

/** By what `register` and `explain` take the link. */
function writeKey(key: string, paint: Paint): string {
  return `    ${paint('dim', `key ${clean(key)}`)}`;
}

/** What other rules say of the same new link. */
function writeAlso({ also = [] }: Finding, today: string, width: number): string[] {
  return also.flatMap((each) => {
    const loan = tellAcceptance(each, today);
    return indent(
      `also ${each.rule}: ${each.message}${loan === undefined ? '' : ` (${loan})`}`,
      width,
    );
  });
}

function indent(text: string, width: number): string[] {
  if (text === '') return [];
  return wrap(clean(text), width - 6).map((line, index) => `    ${index === 0 ? '' : '  '}${line}`);
}

/** Of one loan; the report and `--json` have all. */
const mostAccepted = 10;

/** What is accepted, by the loan it is accepted with: nobody reads them one by one every day. */
function writeAccepted({ findings, today }: Judged, paint: Paint, width: number): string[] {
  const accepted = findings.filter((finding) => finding.accepted);
  if (accepted.length === 0) return [];
  const loans = groupBy(accepted, (finding) => tellAcceptance(finding, today) ?? '');
  return [
    paint('bold', 'Accepted for now'),
    ...[...loans].flatMap(([loan, group]) => [
      ...wrap(clean(loan.slice(0, 1).toUpperCase() + loan.slice(1)), width - 2).map(
        (line) => `  ${line}`,
      ),
      ...group.slice(0, mostAccepted).flatMap((finding) => writeBriefly(finding, width)),
      ...(group.length > mostAccepted
        ? [`  and ${formatCount(group.length - mostAccepted)} more: landscape check --json`]
        : []),
      '',
    ]),
  ];
}

function writeBriefly(
  { rule, subject, evidence: [first], also = [] }: Finding,
  width: number,
): string[] {
  const more = also.length > 0 ? ` and ${also.map((each) => each.rule).join(', ')}` : '';
  const place = first ? ` at ${formatPlace(first)}` : '';
  return wrap(clean(`${rule}${more}: ${subject}${place}`), width - 4).map(
    (line, index) => `  ${index === 0 ? '-' : ' '} ${line}`,
  );
}
