import { InputError } from '../../errors.ts';
import { parseYaml, type YamlDocument } from '../../yaml.ts';
import { findKind } from './kind-of-text.ts';
import type { ModelElement, ModelReader, ModelRelation, Rank } from './model.ts';
import { toList, toMapping, toText } from './parse-documents.ts';
import { findProtocol } from './protocol-of-text.ts';
import { readElementProperties, readRelationProperties } from './read-properties.ts';

const levels: readonly (readonly [list: string, rank: Rank])[] = [
  ['people', { leftOut: 'person' }],
  ['softwareSystems', 'system'],
  ['customElements', 'system'],
  ['containers', 'part'],
  ['components', 'inner'],
];

/** Reads workspaces of Structurizr as JSON. */
export const structurizrJsonReader: ModelReader = {
  name: 'Structurizr JSON',
  matches: (file, text) =>
    /\.json$/i.test(file) &&
    /"model"\s*:\s*\{/.test(text) &&
    /"(?:softwareSystems|people)"\s*:\s*\[/.test(text),
  read(text, file) {
    const document = parseYaml(text, file);
    const root = toMapping(toMapping(document.value)['model']);
    if (Object.keys(root).length === 0)
      throw new InputError(`${file}:1:1: its "model" is empty; export the workspace again.`);
    const elements: ModelElement[] = [];
    const relations: ModelRelation[] = [];
    walk(root, ['model'], undefined, { document, elements, relations });
    const nodes = toList(root['deploymentNodes']).length;
    return { elements, relations, leftOut: nodes === 0 ? {} : { 'deployment node': nodes } };
  },
};

interface Walk {
  readonly document: YamlDocument;
  readonly elements: ModelElement[];
  readonly relations: ModelRelation[];
}

function walk(
  around: Readonly<Record<string, unknown>>,
  path: readonly (string | number)[],
  whole: string | undefined,
  found: Walk,
): void {
  for (const [list, rank] of levels) {
    for (const [index, item] of toList(around[list]).entries()) {
      const each = toMapping(item);
      const id = toText(each['id']);
      if (id === undefined) continue;
      const place = [...path, list, index];
      const { line, column } = found.document.placeOf([...place, 'name']);
      const tags = (toText(each['tags']) ?? '')
        .split(',')
        .filter((tag) => !/^(?:Element|Person|Software System|Container|Component|)$/.test(tag));
      const kind =
        tags.map(findKind).find((known) => known !== undefined) ??
        (rank === 'part' ? findKind(toText(each['technology'])) : undefined);
      const group = toText(each['group']);
      found.elements.push({
        id,
        name: toText(each['name']) ?? id,
        rank,
        ...(whole === undefined ? {} : { whole }),
        ...(group === undefined || rank !== 'system' ? {} : { domain: group }),
        ...(kind === undefined ? {} : { kind }),
        tags,
        ...readElementProperties(toTexts(each['properties'])),
        line,
        column,
      });
      for (const [at, relation] of toList(each['relationships']).entries())
        found.relations.push(
          toRelation(toMapping(relation), id, [...place, 'relationships', at], found),
        );
      walk(each, place, id, found);
    }
  }
}

function toRelation(
  relation: Readonly<Record<string, unknown>>,
  owner: string,
  path: readonly (string | number)[],
  { document }: Walk,
): ModelRelation {
  const label = toText(relation['description']) ?? '';
  const protocol = findProtocol(toText(relation['technology']), true) ?? findProtocol(label, false);
  const { line, column } = document.placeOf([...path, 'destinationId']);
  return {
    from: toText(relation['sourceId']) ?? owner,
    to: toText(relation['destinationId']) ?? '',
    meaning: 'call',
    label,
    ...(protocol === undefined ? {} : { protocol }),
    ...readRelationProperties(toTexts(relation['properties'])),
    ...(relation['linkedRelationshipId'] === undefined
      ? {}
      : { leftOut: 'relation that relations of its parts imply' }),
    line,
    column,
  };
}

function toTexts(value: unknown): ReadonlyMap<string, string> {
  return new Map(Object.entries(toMapping(value)).map(([key, text]) => [key, String(text)]));
}
