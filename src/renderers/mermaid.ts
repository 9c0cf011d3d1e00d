import type { Audit } from '../audit.ts';
import type { Link, System } from '../landscape.ts';
import { groupBy, sortBy } from '../order.ts';

/** A flowchart, and what did not fit into it. */
export interface MermaidDiagram {
  readonly text: string;
  readonly omittedSystems: number;
  readonly omittedLinks: number;
}

/** Mermaid refuses more than 500 edges and 50,000 characters; these stay clear of both. */
const maxEdges = 400;
const maxCharacters = 45_000;
const maxLabel = 60;

/** Renders `landscape.mmd`: systems by domain, links the way the data goes. */
export function renderMermaid(audit: Audit): string {
  return drawMermaid(audit).text;
}

/** Draws the counted systems and their links; the most connected ones where not all fit. */
export function drawMermaid(audit: Audit): MermaidDiagram {
  const systems = audit.systems.filter(({ counted, kind }) => counted || kind === 'unknown');
  const order = new Map(audit.analysis.hotspots.map(({ system }, index) => [system, index]));
  const ranked = sortBy(
    systems,
    ({ id }) => order.get(id) ?? order.size,
    ({ id }) => id,
  );
  for (let size = ranked.length; ; size = Math.floor(size * 0.7)) {
    const shown = ranked.slice(0, size);
    const ids = new Set(shown.map(({ id }) => id));
    const links = audit.links.filter(({ from, to }) => ids.has(from) && ids.has(to));
    const text = write(audit, shown, links, systems.length - size);
    if (size <= 1 || (links.length <= maxEdges && text.length <= maxCharacters)) {
      const all = new Set(systems.map(({ id }) => id));
      const possible = audit.links.filter(({ from, to }) => all.has(from) && all.has(to)).length;
      return { text, omittedSystems: systems.length - size, omittedLinks: possible - links.length };
    }
  }
}

function write(
  audit: Audit,
  shown: readonly System[],
  links: readonly Link[],
  omitted: number,
): string {
  const node = new Map(sortBy(shown, ({ id }) => id).map(({ id }, index) => [id, `s${index}`]));
  const lines = ['flowchart LR'];
  if (omitted > 0)
    lines.push(
      `  %% ${omitted} of ${omitted + shown.length} systems are left out: the diagram shows the most connected ones`,
    );
  const domains = groupBy(
    sortBy(
      shown,
      ({ domain }) => domain ?? '',
      ({ id }) => id,
    ),
    ({ domain }) => domain ?? '',
  );
  let group = 0;
  for (const [domain, members] of domains) {
    if (domain !== '') lines.push(`  subgraph d${group++}["${escapeMermaid(domain)}"]`);
    for (const system of members)
      lines.push(`  ${domain === '' ? '' : '  '}${node.get(system.id)}${drawShape(system)}`);
    if (domain !== '') lines.push('  end');
  }
  for (const link of links)
    lines.push(`  ${node.get(link.from)} ${drawArrow(link)} ${node.get(link.to)}`);
  const unregistered = links.flatMap((link, index) =>
    hasRegistry(audit) && !link.registered ? [index] : [],
  );
  if (unregistered.length > 0)
    lines.push(`  linkStyle ${unregistered.join(',')} stroke:#d55e00,stroke-width:3px`);
  lines.push('  classDef critical stroke-width:3px', '  classDef unknown stroke-dasharray:4 3');
  for (const [style, members] of [
    ['critical', shown.filter(({ criticality }) => criticality === 'mission-critical')],
    ['unknown', shown.filter(({ kind }) => kind === 'unknown')],
  ] as const) {
    const names = sortBy(members, ({ id }) => id).map(({ id }) => node.get(id));
    if (names.length > 0) lines.push(`  class ${names.join(',')} ${style}`);
  }
  return `${lines.join('\n')}\n`;
}

function drawShape({ name, kind }: System): string {
  const label = `"${escapeMermaid(name)}"`;
  switch (kind) {
    case 'data-platform':
      return `[(${label})]`;
    case 'external-service':
      return `([${label}])`;
    case 'device':
      return `{{${label}}}`;
    default:
      return `[${label}]`;
  }
}

/** Thick = nobody registered it, dotted = only declared, plain = registered and seen. */
function drawArrow(link: Link): string {
  const label = escapeMermaid(
    [link.protocol ?? link.family, ...link.objects.slice(0, 2)].join(' · '),
  );
  if (!link.registered) return `== "${label}" ==>`;
  return link.class.length === 1 ? `-. "${label}" .->` : `-- "${label}" -->`;
}

function hasRegistry(audit: Audit): boolean {
  return audit.registrations.length > 0;
}

/**
 * Any text as a Mermaid label. Everything that Mermaid or HTML could read as syntax becomes a
 * character code in Mermaid's own notation; what cannot be seen is left out.
 */
export function escapeMermaid(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const characters = [...visible];
  const short =
    characters.length > maxLabel ? [...characters.slice(0, maxLabel - 1), '…'] : characters;
  const escaped = short
    .map((character) =>
      /[\p{L}\p{N} .,:·…/()+–—→-]/u.test(character) ? character : `#${character.codePointAt(0)};`,
    )
    .join('');
  return escaped === '' ? ' ' : escaped;
}
