import type { Audit } from '../audit.ts';
import { tellCommunities, tellMisplaced } from './communities-words.ts';
import { nameDomain, tellDomains } from './domain-words.ts';
import { tellHub } from './hub-words.ts';
import { escapeMarkdown, toMarkdownTable } from './markdown-text.ts';
import { tellStructure } from './structure-words.ts';
import { formatCount, formatPercent } from './wording.ts';

const mostDomains = 12;
const mostMisplaced = 20;

/** The parts of `landscape.md` about coupling that need more than a figure. */
export function writeCoupling(audit: Audit): string[] {
  // Who sees a part can tell neither the structure of the whole nor what suits it.
  if (audit.scope === 'member') return writeDomains(audit);
  return [
    ...writeDomains(audit),
    ...writeStructure(audit),
    ...writeCommunities(audit),
    ...writeHub(audit),
  ];
}

function writeDomains({ analysis, scope }: Audit): string[] {
  const { domains } = analysis.coupling;
  const sentence = tellDomains(domains);
  if (sentence === '') return [];
  const shown = domains.within.slice(0, mostDomains);
  const isWhole = scope === 'whole';
  const linksOf = (from: string | null, to: string | null): string => {
    const flow = domains.flows.find((one) => one.from === from && one.to === to);
    return flow ? `${formatCount(flow.links)} (${formatCount(flow.connectedPairs)})` : '';
  };
  const rest = domains.within.length - shown.length;
  return [
    '## Domains',
    `${escapeMarkdown(sentence)}. The row sends, the column receives; each cell has links, and in brackets the connected pairs of systems.${isWhole ? ' Saturation is within the domain.' : ''}${rest > 0 ? ` The ${formatCount(shown.length)} largest domains, and ${formatCount(rest)} more.` : ''}`,
    toMarkdownTable(
      [
        'from',
        'systems',
        ...(isWhole ? ['saturation'] : []),
        ...shown.map(({ domain }) => escapeMarkdown(`to ${nameDomain(domain)}`)),
      ],
      shown.map(({ domain, systems, potentialConnections, saturation }) => [
        nameDomain(domain),
        formatCount(systems),
        ...(isWhole ? [potentialConnections === 0 ? '' : formatPercent(saturation)] : []),
        ...shown.map((column) => linksOf(domain, column.domain)),
      ]),
    ),
  ];
}

function writeStructure({ analysis }: Audit): string[] {
  const { structure, coupling } = analysis;
  if (coupling.all.links === 0) return [];
  const { title, roles, columns, rows, caveat } = tellStructure(structure, coupling.all.links);
  return [
    '## Hidden structure',
    `${title}. ${roles}`,
    toMarkdownTable(columns, rows),
    `${escapeMarkdown(caveat)} Roles and kinds of structure after Baldwin, MacCormack & Rusnak 2014.`,
  ];
}

function writeCommunities({ analysis, systems }: Audit): string[] {
  const { communities } = analysis;
  const { title, detail } = tellCommunities(communities);
  if (title === '') return [];
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  const shown = communities.misplaced.slice(0, mostMisplaced);
  const rest = communities.misplaced.length - shown.length;
  const lines = shown.map(
    (one) => `- ${escapeMarkdown(tellMisplaced(one, names.get(one.system) ?? one.system))}`,
  );
  return [
    '## Communities',
    `${escapeMarkdown(title)}. ${escapeMarkdown(detail)}`,
    ...(lines.length > 0
      ? [[...lines, ...(rest > 0 ? [`- and ${formatCount(rest)} more`] : [])].join('\n')]
      : []),
  ];
}

function writeHub({ analysis }: Audit): string[] {
  const { title, breakEven, columns, rows, formula } = tellHub(analysis.hub);
  if (rows.length === 0) return [];
  return [
    '## Would a hub pay?',
    `${title}. ${breakEven}`,
    toMarkdownTable(columns, rows),
    escapeMarkdown(formula),
  ];
}
