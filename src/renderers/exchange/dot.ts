import type { Judged } from '../../audit.ts';
import { sortBy } from '../../order.ts';
import { quote } from '../dot.ts';
import { labelLink, linkFields, readFields, systemFields } from './fields.ts';

const longestLabel = 200;
const longestValue = 1000;

/** What Graphviz itself reads, so that a field of this name would change the drawing. */
const ownNames: Readonly<Record<string, string>> = {
  style: 'linkStyle',
  class: 'witnesses',
  key: 'linkKey',
};

/** Renders every system and link in the DOT language: for Graphviz, NetworkX and whatever reads graphs. */
export function* renderDot({ name, systems, links }: Judged): Generator<string> {
  const ids = new Map(sortBy(systems, ({ id }) => id).map(({ id }, index) => [id, `s${index}`]));
  yield `digraph landscape {\n  label=${quote(name, longestLabel)};\n  rankdir=LR;\n  node [shape=box];\n`;
  for (const system of systems)
    yield `  ${ids.get(system.id)} [label=${quote(system.name, longestLabel)}${listAttributes(readFields(systemFields, system))}];\n`;
  for (const link of links)
    yield `  ${ids.get(link.from)} -> ${ids.get(link.to)} [label=${quote(labelLink(link), longestLabel)}${listAttributes(readFields(linkFields, link))}];\n`;
  yield '}\n';
}

function listAttributes(fields: readonly (readonly [string, string | boolean])[]): string {
  return fields
    .map(([name, value]) => {
      // Only labels read `&` as the begin of a character.
      const text = quote(String(value), longestValue).replaceAll('&amp;', '&');
      return `, ${ownNames[name] ?? name}=${text}`;
    })
    .join('');
}
