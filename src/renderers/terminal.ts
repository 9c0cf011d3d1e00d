import path from 'node:path';
import type { Audit } from '../audit.ts';
import { formatPlace } from '../errors.ts';
import type { Finding } from '../finding.ts';
import type { SourceCoverage } from '../scanners/coverage.ts';
import { writeSentence } from './headline.ts';
import { toScheduleFacts } from './schedules/facts.ts';
import { tellOldest } from './schedules/oldest-data.ts';
import {
  clean,
  type Paint,
  painter,
  type TerminalOptions,
  wrap,
  wrapBehind,
} from './terminal-text.ts';
import {
  formatCount,
  formatDetected,
  formatPercent,
  listHeaders,
  plural,
  sumReferences,
} from './wording.ts';
import { chooseWorst } from './worst-findings.ts';

/** Of a finding in a summary: about three lines. */
const mostCharacters = 240;

/** The summary of a scan: what was read, the sentence, the worst five, what to do next. */
export function renderScanSummary(
  audit: Audit,
  options: TerminalOptions & { readonly reports: readonly string[]; readonly folder: string },
): string {
  const paint = painter(options);
  const [html, ...others] = options.reports;
  return join([
    ...tellScan(audit, options),
    '',
    `${paint('bold', 'Open')}   ${html ?? ''}`,
    ...(others.length > 0
      ? [`Also   ${others.map((file) => path.basename(file)).join(', ')}`]
      : []),
    `${paint('bold', 'Next')}   ${`landscape check ${options.folder}`.trimEnd()}`,
  ]);
}

/** What a scan found, line by line, without where its reports are. */
export function tellScan(
  audit: Audit,
  options: TerminalOptions & { readonly folder: string },
): string[] {
  const paint = painter(options);
  const open = audit.findings.filter((finding) => !finding.accepted);
  const shown = chooseWorst(
    open.filter(({ severity }) => severity !== 'info'),
    mostWorst,
  );
  const rules = new Set(shown.map(({ rule }) => rule));
  const more = open.filter(({ rule }) => !rules.has(rule)).length;
  const accepted = audit.findings.length - open.length;
  return [
    `${paint('bold', clean(audit.name))}, as of ${audit.asOf}`,
    '',
    ...alignSources(audit.coverage.sources, options.width),
    ...writeReferences(audit, options),
    '',
    ...wrap(writeSentence(audit), options.width),
    ...writeSaturation(audit).flatMap((line) => wrap(line, options.width)),
    ...writeOldest(audit, options.width),
    ...(shown.length === 0 ? [] : ['', paint('bold', 'Worst findings')]),
    ...shown.flatMap((finding, at) => [
      ...writeFinding({ ...finding, message: tellShort(finding.message) }, paint, options.width),
      ...(shown[at + 1]?.rule === finding.rule ? [] : writeAlike(finding, shown, open, paint)),
    ]),
    ...(more > 0 ? [`  and ${formatCount(more)} others in the report`] : []),
    ...(accepted > 0
      ? [
          `  beside ${plural(accepted, 'finding')} that ${accepted === 1 ? 'is' : 'are'} accepted for now`,
        ]
      : []),
  ];
}

const mostWorst = 5;

/** As many whole sentences of a long message as a summary has room for, at least one. */
function tellShort(message: string): string {
  const [first = '', ...others] = message.split(/(?<=[.!?]) (?=\p{Lu})/u);
  let told = first;
  for (const sentence of others) {
    if (told.length + sentence.length >= mostCharacters) return told;
    told += ` ${sentence}`;
  }
  return told;
}

/** How many findings of the same rule are not told. */
function writeAlike(
  { rule }: Finding,
  shown: readonly Finding[],
  open: readonly Finding[],
  paint: Paint,
): string[] {
  const isAlike = (finding: Finding): boolean => finding.rule === rule;
  const rest = open.filter(isAlike).length - shown.filter(isAlike).length;
  return rest === 0 ? [] : [`    ${paint('dim', `and ${formatCount(rest)} more of ${rule}`)}`];
}

/** What was read and leads nowhere, and where to see it. */
function writeReferences(
  { coverage }: Audit,
  { folder, width }: { readonly folder: string; readonly width: number },
): string[] {
  const { references: total, resolved } = sumReferences(coverage.references);
  if (resolved === total) return [];
  const sentence =
    `${formatCount(total - resolved)} of ${plural(total, 'reference')} ${total - resolved === 1 ? 'leads' : 'lead'} to no system: landscape unresolved ${folder}`.trimEnd();
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

/** A finding in a list: what it says, and its first place. */
export function writeFinding(finding: Finding, paint: Paint, width: number): string[] {
  const [first, ...rest] = finding.evidence;
  const more = rest.length > 0 ? ` and ${rest.length} more` : '';
  const [head = '', ...tail] = wrap(clean(finding.message), width - 4);
  return [
    `  - ${head}`,
    ...tail.map((line) => `    ${line}`),
    ...(first ? [`    ${paint('dim', `at ${clean(formatPlace(first))}${more}`)}`] : []),
  ];
}

/** What headers were taken for is read to find a wrong guess, so most of it is shown. */
const mostHeaders = 200;

/** One line a source, two where it is narrow; the numbers stand below each other. */
export function alignSources(sources: readonly SourceCoverage[], width: number): string[] {
  const room = Math.max(24, Math.floor(width * 0.375));
  const rows = sources.map((source) => {
    const skipped = source.skipped > 0 ? `, ${formatCount(source.skipped)} skipped` : '';
    const unread = Object.entries(source.unread).map(([what, number]) =>
      clean(what.startsWith('column ') ? what : `${number} ${what}`),
    );
    const headers = listHeaders(source).map(clean);
    const left = source.leftOut['ignored file'] ?? 0;
    const ignored = left > 0 ? `, ${plural(left, 'file')} left to .gitignore` : '';
    const detected = source.formats.length > 0 ? `, read as ${clean(formatDetected(source))}` : '';
    return {
      kind: source.kind,
      name: shorten(clean(source.source), room),
      records: formatCount(source.records),
      rest: `${source.unit}${skipped}${ignored}${detected}${tell('headers', headers, mostHeaders)}${tell('not read:', unread, room)}`,
    };
  });
  const widthOf = (key: 'kind' | 'name' | 'records'): number =>
    Math.max(0, ...rows.map((row) => row[key].length));
  return rows.flatMap((row) =>
    wrapBehind(
      `  ${row.kind.padEnd(widthOf('kind'))}  ${row.name.padEnd(widthOf('name'))}  ${row.records.padStart(widthOf('records'))} `,
      row.rest,
      width,
    ),
  );
}

function tell(what: string, items: readonly string[], room: number): string {
  return items.length === 0 ? '' : `, ${what} ${shorten(items.join(', '), room)}`;
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

function join(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}
