import path from 'node:path';
import type { Audit } from '../audit.ts';
import { formatPlace } from '../errors.ts';
import type { Finding } from '../finding.ts';
import { groupBy } from '../order.ts';
import type { SourceCoverage } from '../scanners/coverage.ts';
import { writeSentence } from './headline.ts';
import { toScheduleFacts } from './schedules/facts.ts';
import { tellOldest } from './schedules/oldest-data.ts';
import {
  clean,
  type Paint,
  painter,
  type TerminalOptions,
  type TextStyle,
  wrap,
} from './terminal-text.ts';
import { formatCount, formatDetected, formatPercent, plural, sumReferences } from './wording.ts';

/** The summary of a scan: what was read, the sentence, the worst five, what to do next. */
export function renderScanSummary(
  audit: Audit,
  options: TerminalOptions & { readonly reports: readonly string[]; readonly folder: string },
): string {
  const paint = painter(options);
  const shown = audit.findings.filter(({ severity }) => severity !== 'info').slice(0, 5);
  const more = audit.findings.length - shown.length;
  const [html, ...others] = options.reports;
  return join([
    `${paint('bold', clean(audit.name))}, as of ${audit.asOf}`,
    '',
    ...alignSources(audit.coverage.sources),
    ...writeReferences(audit, options),
    '',
    ...wrap(writeSentence(audit), options.width),
    ...writeSaturation(audit).flatMap((line) => wrap(line, options.width)),
    ...writeOldest(audit, options.width),
    ...(shown.length === 0 ? [] : ['', paint('bold', 'Worst findings')]),
    ...shown.flatMap((finding) => writeFinding(finding, paint, options.width)),
    ...(more > 0 ? [`  and ${formatCount(more)} more in the report`] : []),
    '',
    `${paint('bold', 'Open')}   ${html ?? ''}`,
    ...(others.length > 0
      ? [`Also   ${others.map((file) => path.basename(file)).join(', ')}`]
      : []),
    `${paint('bold', 'Next')}   landscape check ${options.folder}`,
  ]);
}

/** What was read and leads nowhere, and where to see it. */
function writeReferences(
  { coverage }: Audit,
  { folder, width }: { readonly folder: string; readonly width: number },
): string[] {
  const { references: total, resolved } = sumReferences(coverage.references);
  if (resolved === total) return [];
  const sentence = `${formatCount(total - resolved)} of ${plural(total, 'reference')} ${total - resolved === 1 ? 'leads' : 'lead'} to no system: landscape unresolved ${folder}`;
  return ['', ...wrap(sentence, width)];
}

/** How many of the possible connections are in use. Who sees a part cannot tell. */
function writeSaturation(audit: Audit): string[] {
  if (audit.scope === 'member') return [];
  const { coupling } = audit.analysis;
  return [
    `Of ${plural(coupling.potentialConnections, 'possible connection')} between ${plural(coupling.systems, audit.systems.some(({ counted, registered }) => counted && registered) ? 'registered system' : 'system')}, ${formatCount(coupling.connectedPairs)} ${coupling.connectedPairs === 1 ? 'is' : 'are'} in use (${formatPercent(coupling.saturation)}).`,
  ];
}

/** How old data gets, where schedules tell. */
function writeOldest(audit: Audit, width: number): string[] {
  const names = new Map(audit.systems.map(({ id, name }) => [id, name]));
  const line = tellOldest(toScheduleFacts(audit), (id) => names.get(id) ?? id);
  return line === undefined ? [] : wrap(clean(`${line}.`), width);
}

/** The list of a check: every finding, then what they come to. */
export function renderCheck(audit: Audit, options: TerminalOptions): string {
  const paint = painter(options);
  const of = (severity: Finding['severity']): Finding[] =>
    audit.findings.filter((finding) => finding.severity === severity);
  const [errors, warnings, notes] = [of('error'), of('warn'), of('info')];
  const sections = (
    [
      ['Errors', errors],
      ['Warnings', warnings],
      ['Notes', notes],
    ] as const
  ).flatMap(([title, findings]) =>
    findings.length === 0
      ? []
      : [paint('bold', title), ...writeGroups(findings, paint, options.width)],
  );
  const verdict =
    errors.length > 0
      ? paint(
          'red',
          `Failed: ${plural(errors.length, 'error')}, ${plural(warnings.length, 'warning')}, ${plural(notes.length, 'note')}.`,
        )
      : `Passed: no error, ${plural(warnings.length, 'warning')}, ${plural(notes.length, 'note')}.`;
  const read = audit.coverage.sources.reduce((sum, { files }) => sum + files, 0);
  return join([
    ...sections,
    verdict,
    `Read ${plural(read, 'file')} of ${plural(audit.coverage.sources.length, 'source')}: ${plural(audit.systems.length, 'system')}, ${plural(audit.links.length, 'link')}, ${plural(audit.registrations.length, 'registry row')}.`,
  ]);
}

const styles: Readonly<Record<Finding['severity'], TextStyle>> = {
  error: 'red',
  warn: 'yellow',
  info: 'dim',
};

/** Findings of one rule with one remedy stand under one heading: what, where, and once what to do. */
function writeGroups(findings: readonly Finding[], paint: Paint, width: number): string[] {
  const groups = groupBy(findings, ({ rule, remedy }) => `${rule}\u0000${remedy}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    return [
      `  ${paint(styles[first.severity], first.rule)}`,
      ...group.flatMap((finding) => writeFinding(finding, paint, width)),
      ...wrap(`What to do: ${clean(first.remedy)}`, width - 4).map((line) => `    ${line}`),
      '',
    ];
  });
}

function writeFinding(finding: Finding, paint: Paint, width: number): string[] {
  const [first, ...rest] = finding.evidence;
  const more = rest.length > 0 ? ` and ${rest.length} more` : '';
  const [head = '', ...tail] = wrap(clean(finding.message), width - 4);
  return [
    `  - ${head}`,
    ...tail.map((line) => `    ${line}`),
    ...(first ? [`    ${paint('dim', `at ${clean(formatPlace(first))}${more}`)}`] : []),
  ];
}

/** One line a source; the numbers stand below each other. */
export function alignSources(sources: readonly SourceCoverage[]): string[] {
  const rows = sources.map((source) => {
    const skipped = source.skipped > 0 ? `, ${formatCount(source.skipped)} skipped` : '';
    const unread = Object.entries(source.unread).map(
      ([what, number]) => `${number} ${clean(what)}`,
    );
    const detected = source.formats.length > 0 ? `, read as ${clean(formatDetected(source))}` : '';
    return {
      kind: source.kind,
      name: shorten(clean(source.source), 30),
      records: formatCount(source.records),
      rest: `${source.unit}${skipped}${detected}${unread.length > 0 ? `, not read: ${shorten(unread.join(', '), 24)}` : ''}`,
    };
  });
  const width = (key: 'kind' | 'name' | 'records'): number =>
    Math.max(0, ...rows.map((row) => row[key].length));
  return rows.map(
    (row) =>
      `  ${row.kind.padEnd(width('kind'))}  ${row.name.padEnd(width('name'))}  ${row.records.padStart(width('records'))} ${row.rest}`,
  );
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function join(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
