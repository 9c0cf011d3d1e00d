import type { Judged } from '../../audit.ts';
import type { Link, System } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import type { SystemKind } from '../../vocabulary.ts';
import { type Field, labelLink, linkFields, readFields, systemFields } from './fields.ts';
import { nameUniquely } from './name-uniquely.ts';
import { writeXml, type XmlElement } from './xml.ts';

/** Kind → element of ArchiMate 3; every pair of these may have a Flow between them. */
const elementOf: Readonly<Record<SystemKind, string>> = {
  application: 'ApplicationComponent',
  'data-platform': 'ApplicationComponent',
  'external-service': 'ApplicationComponent',
  device: 'Device',
  broker: 'ApplicationComponent',
  'api-gateway': 'ApplicationComponent',
  'integration-platform': 'ApplicationComponent',
  database: 'SystemSoftware',
  'file-store': 'SystemSoftware',
  host: 'Node',
  proxy: 'ApplicationComponent',
  unknown: 'ApplicationComponent',
};

const namespace = 'http://www.opengroup.org/xsd/archimate/3.0/';
const naming = { unfit: /[^\w.-]/g, separator: '-', prefix: 'id-' };

/** Renders every system and link as an ArchiMate 3 Open Exchange file, folders by domain. */
export function renderArchimate({ name, systems, links }: Judged): Iterable<string> {
  const names = nameUniquely(
    systems.map(({ id }) => id),
    naming,
  );
  const fields = [...new Set([...systemFields, ...linkFields].map((field) => field.name))];
  return writeXml({
    name: 'model',
    attributes: {
      xmlns: namespace,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `${namespace} http://www.opengroup.org/xsd/archimate/3.1/archimate3_Model.xsd`,
      identifier: 'model-landscape',
    },
    content: [
      toText('name', name),
      {
        name: 'elements',
        content: listElements(systems, names),
      },
      // The schema takes no list without a member.
      ...(links.length === 0
        ? []
        : [
            {
              name: 'relationships',
              content: listRelationships(links, names),
            },
          ]),
      {
        name: 'organizations',
        content: [
          ...groupBy(
            sortBy(systems, ({ domain }) => domain ?? ''),
            ({ domain }) => domain ?? '',
          ),
        ].map(([domain, members]) => ({
          name: 'item',
          content: [
            toText('label', domain === '' ? 'No domain' : domain),
            ...members.map(({ id }) => ({
              name: 'item',
              attributes: { identifierRef: names.get(id) },
            })),
          ],
        })),
      },
      {
        name: 'propertyDefinitions',
        content: fields.map((field) => ({
          name: 'propertyDefinition',
          attributes: { identifier: `property-${field}`, type: 'string' },
          content: [{ name: 'name', content: field }],
        })),
      },
    ],
  });
}

/** One at a time: a large model as a whole takes hundreds of megabytes. */
function* listElements(
  systems: readonly System[],
  names: ReadonlyMap<string, string>,
): Generator<XmlElement> {
  for (const system of systems)
    yield {
      name: 'element',
      attributes: { identifier: names.get(system.id), 'xsi:type': elementOf[system.kind] },
      content: [toText('name', system.name), toProperties(systemFields, system)],
    };
}

function* listRelationships(
  links: readonly Link[],
  names: ReadonlyMap<string, string>,
): Generator<XmlElement> {
  for (const [index, link] of links.entries())
    yield {
      name: 'relationship',
      attributes: {
        identifier: `link-${index}`,
        source: names.get(link.from),
        target: names.get(link.to),
        'xsi:type': 'Flow',
      },
      content: [toText('name', labelLink(link)), toProperties(linkFields, link)],
    };
}

function toText(name: string, text: string): XmlElement {
  return { name, attributes: { 'xml:lang': 'en' }, content: text };
}

function toProperties<T>(fields: readonly Field<T>[], item: T): XmlElement {
  return {
    name: 'properties',
    content: readFields(fields, item).map(([name, value]) => ({
      name: 'property',
      attributes: { propertyDefinitionRef: `property-${name}` },
      content: [toText('value', String(value))],
    })),
  };
}
