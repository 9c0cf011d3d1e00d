import type { Judged } from '../../audit.ts';
import type { Link, System } from '../../landscape.ts';
import { type Field, linkFields, readFields, systemFields } from './fields.ts';
import { nameUniquely } from './name-uniquely.ts';
import { writeXml, type XmlElement } from './xml.ts';

/** GraphML wants NMTOKEN for ids. http://graphml.graphdrawing.org/specification.html */
const naming = { unfit: /[^\w.-]/g, separator: '-' };

/** Renders every system and link as GraphML: for yEd, Gephi, igraph, NetworkX and Neo4j. */
export function renderGraphml({ systems, links }: Judged): Iterable<string> {
  const names = nameUniquely(
    systems.map(({ id }) => id),
    naming,
  );
  return writeXml({
    name: 'graphml',
    attributes: { xmlns: 'http://graphml.graphdrawing.org/xmlns' },
    content: [
      ...declareFields('node', systemFields),
      ...declareFields('edge', linkFields),
      {
        name: 'graph',
        attributes: { id: 'landscape', edgedefault: 'directed' },
        content: listGraph(systems, links, names),
      },
    ],
  });
}

function* listGraph(
  systems: readonly System[],
  links: readonly Link[],
  names: ReadonlyMap<string, string>,
): Generator<XmlElement> {
  for (const system of systems)
    yield {
      name: 'node',
      attributes: { id: names.get(system.id) },
      content: listData('node', systemFields, system),
    };
  for (const [index, link] of links.entries())
    yield {
      name: 'edge',
      attributes: { id: `link-${index}`, source: names.get(link.from), target: names.get(link.to) },
      content: listData('edge', linkFields, link),
    };
}

function declareFields<T>(of: 'node' | 'edge', fields: readonly Field<T>[]): XmlElement[] {
  return fields.map(({ name, type }) => ({
    name: 'key',
    attributes: { id: `${of}-${name}`, for: of, 'attr.name': name, 'attr.type': type },
  }));
}

function listData<T>(of: 'node' | 'edge', fields: readonly Field<T>[], item: T): XmlElement[] {
  return readFields(fields, item).map(([name, value]) => ({
    name: 'data',
    attributes: { key: `${of}-${name}` },
    content: String(value),
  }));
}
