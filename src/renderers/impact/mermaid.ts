import type { Impact } from '../../analyzers/impact/model.ts';
import type { Audit } from '../../audit.ts';
import { sortBy, sortedUnique } from '../../order.ts';
import { escapeMermaid } from '../mermaid/escape-mermaid.ts';

/** Mermaid refuses more than 500 edges. */
const mostLinks = 200;

/** Only what is hit, and by which links, as a Mermaid flowchart: what is only possible is dotted. */
export function drawImpact(
  impacts: readonly Impact[],
  { systems, links }: Pick<Audit, 'systems' | 'links'>,
): string {
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  const hits = sortBy(
    impacts.flatMap((impact) => impact.hits),
    ({ certainty }) => (certainty === 'certain' ? 0 : 1),
    ({ distance }) => distance,
    ({ system }) => system,
  );
  const keys = [...new Set(hits.flatMap(({ path }) => path))];
  const sure = new Set(
    hits.filter(({ certainty }) => certainty === 'certain').flatMap(({ path }) => path),
  );
  const shown = new Set(keys.slice(0, mostLinks));
  const drawn = sortBy(links, ({ key }) => key).filter(({ key }) => shown.has(key));
  const subject = impacts[0]?.subject === 'system' ? [impacts[0].id] : [];
  const ends = drawn.flatMap(({ from, to }) => [from, to]);
  const nodes = new Map(sortedUnique([...ends, ...subject]).map((id, index) => [id, `s${index}`]));
  const lines = ['flowchart LR'];
  if (keys.length > shown.size)
    lines.push(`  %% ${keys.length - shown.size} further links are left out`);
  for (const [id, node] of nodes) lines.push(`  ${node}["${escapeMermaid(names.get(id) ?? id)}"]`);
  const arrows = drawn.flatMap(({ key, from, to, via, protocol, family }) => {
    const label = escapeMermaid(protocol ?? family);
    const arrow = sure.has(key) ? `-- "${label}" -->` : `-. "${label}" .->`;
    const passed = subject.find((id) => via.includes(id) && id !== from && id !== to);
    const stops = passed === undefined ? [from, to] : [from, passed, to];
    return stops
      .slice(1)
      .map((stop, index) => `  ${nodes.get(stops[index] ?? '')} ${arrow} ${nodes.get(stop)}`);
  });
  lines.push(...new Set(arrows));
  lines.push('  classDef subject stroke-width:4px', '  classDef possible stroke-dasharray:4 3');
  const possible = sortedUnique(hits.map(({ system }) => system)).filter((id) =>
    hits.every(({ system, certainty }) => system !== id || certainty === 'possible'),
  );
  for (const [style, members] of [
    ['subject', subject],
    ['possible', possible],
  ] as const) {
    const all = members.flatMap((id) => nodes.get(id) ?? []);
    if (all.length > 0) lines.push(`  class ${all.join(',')} ${style}`);
  }
  return `${lines.join('\n')}\n`;
}
