import type { Judged } from '../../audit.ts';
import { type Field, labelLink, linkFields, readFields, systemFields } from './fields.ts';
import { nameUniquely } from './name-uniquely.ts';
import { writeXml, type XmlElement } from './xml.ts';

const naming = { unfit: /[^\w.-]/g, separator: '-' };

/** Renders every system and link as GEXF 1.3, the format of Gephi. https://gexf.net */
export function renderGexf({ name, asOf, tool, systems, links }: Judged): Iterable<string> {
  const names = nameUniquely(
    systems.map(({ id }) => id),
    naming,
  );
  return writeXml({
    name: 'gexf',
    attributes: { xmlns: 'http://gexf.net/1.3', version: '1.3' },
    content: [
      {
        name: 'meta',
        attributes: { lastmodifieddate: asOf },
        content: [
          { name: 'creator', content: `landscape ${tool}`.trim() },
          { name: 'description', content: name },
        ],
      },
      {
        name: 'graph',
        attributes: { defaultedgetype: 'directed', mode: 'static' },
        content: [
          declareFields('node', systemFields),
          declareFields('edge', linkFields),
          {
            name: 'nodes',
            content: mapLazily(systems, (system) => ({
              name: 'node',
              attributes: { id: names.get(system.id), label: system.name },
              content: [listValues(systemFields, system)],
            })),
          },
          {
            name: 'edges',
            content: mapLazily(links, (link, index) => ({
              name: 'edge',
              attributes: {
                id: `link-${index}`,
                source: names.get(link.from),
                target: names.get(link.to),
                label: labelLink(link),
              },
              content: [listValues(linkFields, link)],
            })),
          },
        ],
      },
    ],
  });
}

function* mapLazily<T>(
  items: readonly T[],
  toElement: (item: T, index: number) => XmlElement,
): Generator<XmlElement> {
  for (const [index, item] of items.entries()) yield toElement(item, index);
}

function declareFields<T>(of: 'node' | 'edge', fields: readonly Field<T>[]): XmlElement {
  return {
    name: 'attributes',
    attributes: { class: of, mode: 'static' },
    content: fields.map(({ name, type }) => ({
      name: 'attribute',
      attributes: { id: name, title: name, type },
    })),
  };
}

function listValues<T>(fields: readonly Field<T>[], item: T): XmlElement {
  return {
    name: 'attvalues',
    content: readFields(fields, item).map(([name, value]) => ({
      name: 'attvalue',
      attributes: { for: name, value: String(value) },
    })),
  };
}
