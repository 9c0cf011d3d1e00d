import type { Audit } from '../../audit.ts';
import type { Finding } from '../../finding.ts';
import { sortedUnique } from '../../order.ts';
import { escapeMermaid } from '../mermaid/escape-mermaid.ts';

/** What one still reads in a comment. */
const mostLinks = 25;

/** The links that findings are about, as a flowchart; the empty text where they are about none. */
export function drawFindings(
  { systems, links }: Pick<Audit, 'systems' | 'links'>,
  findings: readonly Finding[],
): { readonly text: string; readonly omitted: number } {
  const byKey = new Map(links.map((link) => [link.key, link]));
  const erroneous = new Set(
    findings.filter(({ severity }) => severity === 'error').map(({ subject }) => subject),
  );
  // Findings come with the heaviest first, and so do their links.
  const all = [...new Set(findings.flatMap(({ subject }) => byKey.get(subject) ?? []))];
  if (all.length === 0) return { text: '', omitted: 0 };
  const shown = all.slice(0, mostLinks);
  const names = new Map(systems.map(({ id, name }) => [id, name]));
  const nodes = new Map(
    sortedUnique(shown.flatMap(({ from, to }) => [from, to])).map((id, index) => [id, `s${index}`]),
  );
  const lines = ['flowchart LR'];
  for (const [id, node] of nodes) lines.push(`  ${node}["${escapeMermaid(names.get(id) ?? id)}"]`);
  for (const { key, from, to, protocol, family } of shown) {
    const label = escapeMermaid(protocol ?? family);
    const arrow = erroneous.has(key) ? `== "${label}" ==>` : `-- "${label}" -->`;
    lines.push(`  ${nodes.get(from)} ${arrow} ${nodes.get(to)}`);
  }
  const errors = shown.flatMap(({ key }, index) => (erroneous.has(key) ? [index] : []));
  if (errors.length > 0)
    lines.push(`  linkStyle ${errors.join(',')} stroke:#d55e00,stroke-width:3px`);
  return { text: `${lines.join('\n')}\n`, omitted: all.length - shown.length };
}
