import { findKind } from './kind-of-text.ts';
import type { Model, ModelElement, ModelOffer, ModelReader, ModelRelation, Spot } from './model.ts';
import { type PartDocument, parseDocuments, toList, toMapping, toText } from './parse-documents.ts';
import { findProtocol } from './protocol-of-text.ts';
import { readElementProperties, readRelationProperties } from './read-properties.ts';

/** Reads entities of a Backstage catalog: https://backstage.io/docs/features/software-catalog/descriptor-format */
export const backstageReader: ModelReader = {
  name: 'Backstage catalog',
  matches: (_file, text) =>
    /^apiVersion:\s*["']?backstage\.io\//m.test(text) && /^kind:\s*["']?[A-Za-z]/m.test(text),
  read(text, file) {
    const { documents, broken } = parseDocuments(text, file);
    const entities = documents.flatMap((part) => readEntity(part, file));
    const leftOut: Record<string, number> = {};
    for (const { kind } of entities)
      if (!softwareKinds.has(kind))
        leftOut[`Backstage ${kind}`] = (leftOut[`Backstage ${kind}`] ?? 0) + 1;
    const software = entities.filter(({ kind }) => kind === 'component' || kind === 'resource');
    const systems = entities.filter(({ kind }) => kind === 'system');
    const domains = new Map(
      systems.map((each) => [refer(each.name, 'system'), toText(each.spec['domain'])]),
    );
    const teams = new Map(
      entities.flatMap(({ kind, name, title }) =>
        kind === 'group' && title ? [[refer(name, 'group'), title] as const] : [],
      ),
    );
    const titles = new Map(
      entities.flatMap(({ kind, name, title }) =>
        title ? [[refer(name, kind), title] as const] : [],
      ),
    );
    const elements = [...software, ...systems].map((entity) =>
      toElement(entity, { domains, teams, titles }),
    );
    return {
      elements: addMentioned(elements, software),
      relations: software.flatMap(toRelations),
      offers: entities.flatMap(toOffers),
      leftOut,
      skipped: broken.map((reason) => ({ line: Number(/:(\d+):/.exec(reason)?.[1] ?? 1), reason })),
    } satisfies Model;
  },
};

interface Entity {
  readonly kind: string;
  readonly name: string;
  readonly title: string | undefined;
  readonly spec: Readonly<Record<string, unknown>>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly tags: readonly string[];
  readonly spot: Spot;
  placeOf(...path: readonly (string | number)[]): Spot;
}

const softwareKinds = new Set(['component', 'resource', 'system']);

function readEntity({ document, before }: PartDocument, _file: string): Entity[] {
  const value = toMapping(document.value);
  const metadata = toMapping(value['metadata']);
  const kind = toText(value['kind'])?.toLowerCase();
  const name = toText(metadata['name']);
  if (kind === undefined || name === undefined) return [];
  const placeOf = (...path: readonly (string | number)[]): Spot => {
    const { line, column } = document.placeOf(path);
    return { line: line + before, column };
  };
  return [
    {
      kind,
      name,
      title: toText(metadata['title']),
      spec: toMapping(value['spec']),
      annotations: new Map(
        Object.entries(toMapping(metadata['annotations'])).flatMap(([key, text]) =>
          key.startsWith('landscape/')
            ? [[key.slice('landscape/'.length), String(text)] as const]
            : [],
        ),
      ),
      tags: toList(metadata['tags']).flatMap((tag) => toText(tag) ?? []),
      spot: placeOf('metadata', 'name'),
      placeOf,
    },
  ];
}

/** `[kind:][namespace/]name` in one form. */
function refer(text: string, kind: string): string {
  const match = /^(?:([\w.-]+):)?(?:([\w.-]+)\/)?(.+)$/.exec(text.trim());
  return `${(match?.[1] ?? kind).toLowerCase()}:${(match?.[2] ?? 'default').toLowerCase()}/${(match?.[3] ?? text).toLowerCase()}`;
}

interface Names {
  readonly domains: ReadonlyMap<string, string | undefined>;
  readonly teams: ReadonlyMap<string, string>;
  readonly titles: ReadonlyMap<string, string>;
}

function toElement(entity: Entity, { domains, teams, titles }: Names): ModelElement {
  const { kind, name, title, spec, annotations, tags, spot } = entity;
  const owner = toText(spec['owner']);
  const system = toText(spec['system']);
  const domain =
    kind === 'system' ? toText(spec['domain']) : system && domains.get(refer(system, 'system'));
  const type = toText(spec['type']);
  const lifecycle = toText(spec['lifecycle']);
  const own = type === undefined ? undefined : findKind(type);
  const found = own ?? (kind === 'resource' ? (findKind(name) ?? 'unknown') : undefined);
  const site =
    domain === undefined ? undefined : (titles.get(refer(domain, 'domain')) ?? nameOf(domain));
  const team = owner === undefined ? undefined : nameTeam(owner, teams);
  return {
    id: refer(name, kind),
    name: title ?? name,
    rank: kind === 'system' || system === undefined ? 'system' : 'part',
    ...(system === undefined ? {} : { whole: refer(system, 'system') }),
    ...(found === undefined ? {} : { kind: found }),
    ...(type === undefined || own !== undefined ? {} : { type }),
    ...(site === undefined ? {} : { domain: site }),
    ...(team === undefined ? {} : { team }),
    ...(lifecycle === undefined || lifecycle === 'unknown' ? {} : { lifecycle }),
    tags,
    key: name,
    ...withName(readElementProperties(annotations), name),
    ...spot,
  };
}

/** People who own something are no team. */
function nameTeam(owner: string, teams: ReadonlyMap<string, string>): string | undefined {
  const reference = refer(owner, 'group');
  if (!reference.startsWith('group:') || reference.endsWith('/unowned')) return undefined;
  return teams.get(reference) ?? nameOf(owner);
}

function withName(
  { aliases = [], ...said }: Partial<ModelElement>,
  name: string,
): Partial<ModelElement> {
  return { ...said, aliases: [...new Set([name, ...aliases])] };
}

function nameOf(reference: string): string {
  return reference.slice(Math.max(reference.lastIndexOf('/'), reference.lastIndexOf(':')) + 1);
}

/** What is only named elsewhere is an element, too: catalogs are spread over repositories. */
function addMentioned(
  elements: readonly ModelElement[],
  entities: readonly Entity[],
): ModelElement[] {
  const known = new Set(elements.map(({ id }) => id));
  const mentioned = entities.flatMap((entity) =>
    dependencies.flatMap((list) =>
      toList(entity.spec[list]).flatMap((item, index): ModelElement[] => {
        const text = toText(item);
        if (text === undefined) return [];
        const id = refer(text, 'component');
        if (known.has(id)) return [];
        known.add(id);
        const kind = id.startsWith('resource:') ? (findKind(nameOf(text)) ?? 'unknown') : undefined;
        const isSoftware = softwareKinds.has(id.slice(0, id.indexOf(':')));
        return [
          {
            id,
            name: nameOf(text),
            rank: isSoftware ? 'system' : { leftOut: `Backstage ${id.slice(0, id.indexOf(':'))}` },
            ...(kind === undefined ? {} : { kind }),
            key: nameOf(text),
            ...entity.placeOf('spec', list, index),
          },
        ];
      }),
    ),
  );
  const wholes = elements.flatMap(({ whole, line, column }): ModelElement[] => {
    if (whole === undefined || known.has(whole)) return [];
    known.add(whole);
    return [{ id: whole, name: nameOf(whole), rank: 'system', key: nameOf(whole), line, column }];
  });
  return [...elements, ...mentioned, ...wholes];
}

const dependencies = ['dependsOn', 'dependencyOf'] as const;

function toRelations(entity: Entity): ModelRelation[] {
  const own = refer(entity.name, entity.kind);
  const written = readWritten(entity, own);
  if (written) return written;
  return dependencies.flatMap((list) =>
    toList(entity.spec[list]).flatMap((item, index): ModelRelation[] => {
      const text = toText(item);
      if (text === undefined) return [];
      const other = refer(text, 'component');
      const [from, to] = list === 'dependsOn' ? [own, other] : [other, own];
      return [{ from, to, meaning: 'call', label: list, ...entity.placeOf('spec', list, index) }];
    }),
  );
}

/** An annotation may say more of the links of a component than the lists of names can. */
function readWritten({ annotations, placeOf }: Entity, own: string): ModelRelation[] | undefined {
  const text = annotations.get('links');
  if (text === undefined || text.length > 1_000_000) return undefined;
  let links: unknown;
  try {
    links = JSON.parse(text);
  } catch {
    return undefined;
  }
  return toList(links).flatMap((item): ModelRelation[] => {
    const link = new Map(
      Object.entries(toMapping(item)).map(([key, value]) => [key, String(value)]),
    );
    const to = link.get('to');
    if (to === undefined) return [];
    return [
      {
        from: own,
        to: refer(to, 'component'),
        meaning: 'data',
        ...readRelationProperties(link),
        ...placeOf('metadata', 'annotations', 'landscape/links'),
      },
    ];
  });
}

function toOffers({ kind, name, spec, annotations, placeOf }: Entity): ModelOffer[] {
  if (kind !== 'component' || annotations.has('links')) return [];
  const element = refer(name, kind);
  return (['providesApis', 'consumesApis'] as const).flatMap((list) =>
    toList(spec[list]).flatMap((item, index): ModelOffer[] => {
      const text = toText(item);
      if (text === undefined) return [];
      const protocol = findProtocol(nameOf(text).replaceAll('-', ' '), false);
      return [
        {
          element,
          name: refer(text, 'api'),
          does: list === 'providesApis' ? 'provides' : 'consumes',
          ...(protocol === undefined ? {} : { protocol }),
          ...placeOf('spec', list, index),
        },
      ];
    }),
  );
}
