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
import { formatCount, plural } from './wording.ts';

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
      : [paint('bold', title), ...writeGroups(findings, audit.today, frames, paint, options.width)];
  });
  const read = audit.coverage.sources.reduce((sum, { files }) => sum + files, 0);
  return `${[
    ...sections,
    ...writeAccepted(audit, paint, options.width),
    ...wrap(tellVerdict(verdict), options.width).map((line) =>
      verdict.isClean ? line : paint('red', line),
    ),
    ...tellBaseline(audit).flatMap((line) => wrap(line, options.width)),
    `Read ${plural(read, 'file')} of ${plural(audit.coverage.sources.length, 'source')}: ${plural(audit.systems.length, 'system')}, ${plural(audit.links.length, 'link')}, ${plural(audit.registrations.length, 'registry row')}.`,
  ].join('\n')}\n`;
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

/** Findings of one rule with one remedy stand under one heading: what, where, and once what to do. */
function writeGroups(
  findings: readonly Finding[],
  today: string,
  frames: ReadonlyMap<string, Frame>,
  paint: Paint,
  width: number,
): string[] {
  const groups = groupBy(findings, ({ rule, remedy }) => `${rule}\u0000${remedy}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [
      `  ${paint(styles[first.severity], first.rule)}`,
      ...group.flatMap((finding) => [
        ...writeFinding(finding, paint, width),
        ...writeFrame(frames.get(finding.fingerprint), paint, width),
        ...indent(tellAcceptance(finding, today) ?? '', width),
        ...writeAlso(finding, today, width),
      ]),
      ...wrap(`What to do: ${clean(first.remedy)}`, width - 4).map((line) => `    ${line}`),
      '',
    ];
  });
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
