import { openXmlTree, type XmlNode } from '../xml-tree.ts';
import {
  type ArchimateElement,
  type ArchimateRelation,
  toArchimateModel,
} from './archimate-model.ts';
import type { Model, ModelReader } from './model.ts';

/** Reads the Open Exchange format of ArchiMate 3, and the files of Archi. */
export const archimateReader: ModelReader = {
  name: 'ArchiMate',
  matches: (_file, text) => {
    const head = text.slice(0, 4_000);
    return (
      /<archimate:model\b/.test(head) ||
      (/opengroup\.org\/xsd\/archimate/.test(head) && /<(?:\w{1,20}:)?model\b/.test(head))
    );
  },
  read(text) {
    const tree = openXmlTree(text);
    const definitions = new Map(
      tree
        .all('propertyDefinition')
        .map((node) => [node.attributes.get('identifier') ?? '', node.text('name') ?? '']),
    );
    const folders = readFolders(tree.all('item'));
    const elements: ArchimateElement[] = [];
    const relations: ArchimateRelation[] = [];
    for (const node of tree.every()) {
      if (node.name !== 'element' && node.name !== 'relationship') continue;
      const id = node.attributes.get('identifier') ?? node.attributes.get('id');
      const type = (node.attributes.get('xsi:type') ?? '').replace(/^.*:/, '');
      // Views draw again what the model says.
      if (id === undefined || type === '' || type.endsWith('DiagramModel')) continue;
      const shared = {
        name: node.attributes.get('name') ?? node.text('name') ?? '',
        properties: readProperties(node, definitions),
        line: node.line,
        column: node.column,
      };
      const from = node.attributes.get('source');
      const to = node.attributes.get('target');
      const folder = folders.get(id);
      if (from !== undefined && to !== undefined)
        relations.push({ type: type.replace(/Relationship$/, ''), from, to, ...shared });
      else elements.push({ id, type, ...(folder === undefined ? {} : { folder }), ...shared });
    }
    const model = toArchimateModel(elements, relations);
    return tree.isCut
      ? { ...model, skipped: [{ line: 1, reason: 'it has more elements than are read; split it' }] }
      : (model satisfies Model);
  },
};

/** Folders of a model that an organisation names; one without a name is none. */
function readFolders(items: readonly XmlNode[]): ReadonlyMap<string, string> {
  const folders = new Map<string, string>();
  for (const item of items) {
    const id = item.attributes.get('identifierRef');
    const label = item.parent?.text('label');
    if (id !== undefined && label && !generalFolder.test(label)) folders.set(id, label);
  }
  return folders;
}

/** Folders that every tool makes say nothing of a business. */
const generalFolder =
  /^(?:strategy|business|application|technology|motivation|implementation|physical|relations?|views?|other|elements|no domain|.*\b(?:components|services|interfaces|data objects|layer))$/i;

function readProperties(
  node: XmlNode,
  definitions: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const properties = new Map<string, string>();
  for (const property of node.child('properties')?.children ?? []) {
    const name = definitions.get(property.attributes.get('propertyDefinitionRef') ?? '');
    const value = property.text('value');
    if (name && value !== undefined) properties.set(name, value);
  }
  for (const { name, attributes } of node.children)
    if (name === 'property')
      properties.set(attributes.get('key') ?? '', attributes.get('value') ?? '');
  return properties;
}
