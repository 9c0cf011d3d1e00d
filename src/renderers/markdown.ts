import type { Audit } from '../audit.ts';
import { formatPlace } from '../errors.ts';
import type { Link } from '../landscape.ts';
import { sortBy } from '../order.ts';
import { tellAcceptance } from './acceptance.ts';
import { writeCoupling } from './coupling-markdown.ts';
import { tellCollapsed, tellOmitted } from './diagram/tell-omitted.ts';
import { writeAnswers } from './groups/markdown.ts';
import { writeSentence } from './headline.ts';
import { chooseActions } from './html/actions.ts';
import { toContext } from './html/context.ts';
import { escapeMarkdown, toMarkdownTable } from './markdown-text.ts';
import type { Chart } from './mermaid/chart.ts';
import { drawFlowchart, flowchartLimits } from './mermaid/flowchart.ts';
import { foldParts } from './mermaid/fold-parts.ts';
import { drawHotspots } from './mermaid/hotspots.ts';
import { splitFlowchart } from './mermaid/split-flowchart.ts';
import { drawTraffic } from './mermaid/traffic.ts';
import { writeSchedules } from './schedules/markdown.ts';
import { tellSchedule } from './schedules/tell-schedule.ts';
import { formatAuthors, formatCount, formatPercent, formatReferences } from './wording.ts';

/** What one reads in a few minutes; the page and `audit.json` hold the rest. */
const mostLinks = 50;
const mostFindings = 30;
const mostParts = 12;

/** Renders `landscape.md`: the sentence, what to do, the figures, the diagram, and the first of the rest. */
export function renderMarkdown(audit: Audit): string {
  return `${[
    `# ${escapeMarkdown(audit.name)}`,
    `As of ${audit.asOf}. ${escapeMarkdown(writeSentence(audit))}`,
    ...writeActions(audit),
    writeFigures(audit),
    writeDiagram(audit),
    '## Findings',
    writeFindings(audit),
    '## Links',
    writeLinks(audit),
    ...writeChart('Traffic', drawTraffic(audit)),
    ...writeChart('Hotspots', drawHotspots(audit)),
    ...writeCoupling(audit),
    ...writeSchedules(audit),
    ...writeAuthors(audit),
    ...writeAnswers(audit),
    '## What was read',
    writeCoverage(audit),
  ].join('\n\n')}\n`;
}

/** The three things to do first, as in the HTML report. */
function writeActions(audit: Audit): string[] {
  const actions = chooseActions(toContext(audit)).map(
    ({ title, detail }, index) =>
      `${index + 1}. **${escapeMarkdown(title)}.** ${escapeMarkdown(detail)}`,
  );
  return actions.length === 0 ? [] : ['What to do first:', actions.join('\n')];
}

function writeFigures(audit: Audit): string {
  const { coupling } = audit.analysis;
  const { all } = coupling;
  const row = (name: string, read: (figures: typeof all) => string, formula: string): string[] => [
    name,
    read(coupling),
    read(all),
    formula,
  ];
  const isWhole = audit.scope === 'whole';
  // Who sees a part cannot tell how much of the possible is in use.
  const ofWhole = (...rows: string[][]): string[][] => (isWhole ? rows : []);
  return toMarkdownTable(
    ['figure', 'registered systems', 'all systems found', 'formula'],
    [
      row('systems', ({ systems }) => formatCount(systems), 'N'),
      ...ofWhole(
        row(
          'possible connections',
          ({ potentialConnections }) => formatCount(potentialConnections),
          'N(N-1)/2',
        ),
      ),
      row(
        'connected pairs',
        ({ connectedPairs }) => formatCount(connectedPairs),
        'pairs with a link',
      ),
      ...ofWhole(
        row(
          'saturation',
          ({ saturation }) => formatPercent(saturation),
          'connected pairs / possible',
        ),
      ),
      row('links', ({ links }) => formatCount(links), 'from, to and protocol family'),
      row(
        'point-to-point links',
        ({ pointToPointLinks }) => formatCount(pointToPointLinks),
        'no gateway, broker or platform between',
      ),
      ...ofWhole(
        row('connections with a hub', ({ hubConnections }) => formatCount(hubConnections), 'N'),
        row(
          'propagation cost',
          ({ propagationCost }) => formatPercent(propagationCost),
          'reachable pairs / N²',
        ),
      ),
    ],
  );
}

function writeDiagram(audit: Audit): string {
  const { text, picture } = drawFlowchart(audit);
  const notes = [tellCollapsed(picture), tellOmitted(picture)].filter((note) => note !== '');
  return [
    `\`\`\`mermaid\n${text}\`\`\``,
    `${['Arrows go the way the data goes', ...notes].join('. ')}.`,
    ...(notes.length === 0 ? [] : writeParts(audit)),
  ].join('\n\n');
}

/** Where one picture cannot hold every link, those of the groups do, as far as a page has room for them. */
function writeParts(audit: Audit): string[] {
  const elsewhere = 'Every link in a picture: landscape diagram --split -o diagrams';
  // So many links never fit: it need not be tried.
  if (audit.links.length > mostParts * flowchartLimits.arrows) return [`${elsewhere}.`];
  const folded = foldParts(splitFlowchart(audit, {}));
  return folded.length > mostParts ? [`${elsewhere}.`] : folded;
}

/** A chart below its conclusion; nothing where there is nothing to draw. */
function writeChart(topic: string, chart: Chart | undefined): string[] {
  if (!chart) return [];
  return [
    `## ${topic}: ${escapeMarkdown(chart.title)}`,
    `\`\`\`mermaid\n${chart.text}\`\`\``,
    escapeMarkdown(chart.note),
  ];
}

function writeLinks(audit: Audit): string {
  if (audit.links.length === 0) return 'None was found.';
  const { isListed } = toContext(audit, mostLinks);
  const shown = audit.links.filter(({ key }) => isListed(key));
  const table = toMarkdownTable(
    ['from', 'to', 'over', 'opened by', 'witnesses', 'registered', 'objects', 'schedule', 'proof'],
    shown.map((link) => [
      link.from,
      link.to,
      link.protocol ?? link.family,
      nameInitiator(link),
      link.class.join(', '),
      link.registered ? link.registrations.join(', ') : 'no',
      link.objects.join(', '),
      link.schedules.map(tellSchedule).join('; '),
      nameProof(link),
    ]),
  );
  const rest = audit.links.length - shown.length;
  return rest > 0
    ? `${table}\n\nThe ${shown.length} that need a look first, and ${formatCount(rest)} more in report.html.`
    : table;
}

/** Whom git shows to have changed the code of links; nothing where it shows nobody. */
function writeAuthors({ links }: Audit): string[] {
  const code = new Map(
    links.flatMap(({ implementations }) =>
      implementations.flatMap(({ id, authors }) => (authors ? [[id, authors] as const] : [])),
    ),
  );
  if (code.size === 0) return [];
  const rows = sortBy(code, ([id]) => id).map(([id, authors]) => [id, formatAuthors(authors)]);
  return ['## Who changed the code', toMarkdownTable(['code', 'changed by'], rows)];
}

/** Who opens the connection, by name. */
export function nameInitiator(link: Link): string {
  switch (link.initiator) {
    case 'from':
      return link.from;
    case 'to':
      return link.to;
    case 'carrier':
      return link.implementations.map(({ id }) => id).join(', ') || 'a carrier';
    case 'unknown':
      return '?';
  }
}

function nameProof(link: Link): string {
  const [proof] = [...link.evidence].reverse();
  return proof ? formatPlace(proof.origin) : '';
}

function writeFindings(audit: Audit): string {
  if (audit.findings.length === 0) return 'None.';
  const table = toMarkdownTable(
    ['severity', 'rule', 'what', 'what to do', 'where'],
    audit.findings.slice(0, mostFindings).map((finding) => {
      const { severity, rule, message, remedy, evidence, also = [] } = finding;
      const loan = tellAcceptance(finding, audit.today);
      return [
        severity,
        rule,
        [
          message,
          ...also.map((each) => `Also ${each.rule}: ${each.message}`),
          ...(loan === undefined ? [] : [`It ${finding.accepted ? 'is ' : ''}${loan}.`]),
        ].join(' '),
        remedy,
        evidence.slice(0, 3).map(formatPlace).join(', ') +
          (evidence.length > 3 ? ` and ${evidence.length - 3} more` : ''),
      ];
    }),
  );
  const rest = audit.findings.length - mostFindings;
  return rest > 0 ? `${table}\n\nAnd ${formatCount(rest)} more in report.html.` : table;
}

function writeCoverage(audit: Audit): string {
  const table = toMarkdownTable(
    ['source', 'kind', 'files', 'records', 'understood', 'skipped', 'from', 'to'],
    audit.coverage.sources.map((source) => [
      source.source,
      source.kind,
      formatCount(source.files),
      `${formatCount(source.records)} ${source.unit}`,
      formatCount(source.parsed),
      formatCount(source.skipped),
      source.window?.[0].slice(0, 10) ?? '',
      source.window?.[1].slice(0, 10) ?? '',
    ]),
  );
  return `${table}\n\n${formatReferences(audit.coverage.references)}.`;
}
