import type { Comparison } from '../audit/compare-audits.ts';
import type { Audit } from '../audit.ts';
import { sortBy, sortedUnique } from '../order.ts';
import { escapeMermaid } from './mermaid/escape-mermaid.ts';

/** Mermaid refuses more than 500 edges. */
const mostLinks = 200;

/** Only what changed, as a Mermaid flowchart: added links are thick, removed ones dotted, changed ones plain. */
export function drawChange(
  { links }: Comparison,
  base: Pick<Audit, 'systems'>,
  head: Pick<Audit, 'systems'>,
): string {
  const names = new Map([...base.systems, ...head.systems].map(({ id, name }) => [id, name]));
  const order = { added: 0, removed: 1, changed: 2 };
  const shown = sortBy(
    links,
    ({ kind }) => order[kind],
    ({ id }) => id,
  ).slice(0, mostLinks);
  const ends = shown
    .flatMap((one) => one.head ?? one.base ?? [])
    .flatMap(({ from, to }) => [from, to]);
  const nodes = new Map(sortedUnique(ends).map((id, index) => [id, `s${index}`]));
  const styles = { added: '#1a7f37', removed: '#d55e00', changed: '#0072b2' };
  const arrows = {
    added: (label: string) => `== "+ ${label}" ==>`,
    removed: (label: string) => `-. "− ${label}" .->`,
    changed: (label: string) => `-- "~ ${label}" -->`,
  };
  const lines = ['flowchart LR'];
  if (links.length > shown.length)
    lines.push(`  %% ${links.length - shown.length} further changes are left out`);
  for (const [id, node] of nodes) lines.push(`  ${node}["${escapeMermaid(names.get(id) ?? id)}"]`);
  for (const { kind, base: before, head: after } of shown) {
    const link = after ?? before;
    if (!link) continue;
    const label = escapeMermaid(link.protocol ?? link.family);
    lines.push(`  ${nodes.get(link.from)} ${arrows[kind](label)} ${nodes.get(link.to)}`);
  }
  for (const kind of ['added', 'removed', 'changed'] as const) {
    const numbers = shown.flatMap((one, index) => (one.kind === kind ? [index] : []));
    if (numbers.length > 0)
      lines.push(`  linkStyle ${numbers.join(',')} stroke:${styles[kind]},stroke-width:3px`);
  }
  return `${lines.join('\n')}\n`;
}
