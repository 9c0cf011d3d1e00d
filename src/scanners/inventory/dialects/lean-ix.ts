import type { Place } from '../../../errors.ts';
import { isFields } from '../lists.ts';
import { foldHeader } from '../name-columns.ts';
import type { Row } from '../table.ts';
import { type Dialect, type Translation, toDependence, toLink, toRow } from './dialect.ts';
import { type ReadCells, readCells } from './read-cells.ts';

const relation = /^rel[A-Z][A-Za-z]*To[A-Z]|^relTo(?:Parent|Child|Requires)/;

/** Fact sheets of LeanIX: its Excel export, or the answer of its interface. */
export const leanIx: Dialect = {
  name: 'LeanIX fact sheets',
  recognises: (headers, raw) =>
    headers.has('name') &&
    ([...raw].some((header) => relation.test(header)) ||
      (headers.has('type') &&
        (headers.has('lxstate') || headers.has('lxid') || headers.has('displayname')) &&
        headers.has('id'))),
  *translate(tables) {
    const sheets = tables.flatMap(({ title, rows }) =>
      rows.filter((row) => !isLabels(row)).map((row) => toSheet(row, title)),
    );
    const interfaces = new Map<string, Interface>();
    const namesOf = new Map<string, string>();
    for (const { id, name } of sheets) if (id !== '') namesOf.set(id, name);
    const find = (end: string): string => namesOf.get(end) ?? end;
    const open = (id: string, name: string, place: Place): Interface => {
      const known = interfaces.get(id) ?? {
        id,
        name,
        place,
        providers: new Set(),
        consumers: new Set(),
      };
      interfaces.set(id, known);
      return known;
    };
    for (const sheet of sheets) {
      const { cells, place, type, name, id } = sheet;
      const rel = (start: string): string[] => readRelation(sheet, start).map(find);
      if (name === '') {
        yield { kind: 'skipped', place, reason: 'the fact sheet has no name; fill it in' };
        continue;
      }
      if (type === 'interface') {
        const found = open(find(id) || name, name, place);
        interfaces.set(found.id, { ...found, name, place, cells });
        for (const end of rel('relInterfaceToProvider')) found.providers.add(end);
        for (const end of rel('relInterfaceToConsumer')) found.consumers.add(end);
        continue;
      }
      if (type !== 'application') {
        yield { kind: 'left out', what: `fact sheet of type ${cells.text('type').slice(0, 60)}` };
        continue;
      }
      yield toRow(place, {
        id: name,
        name,
        kind: 'application',
        domain: rel('relApplicationToBusinessCapability')[0] ?? '',
        team:
          rel('relApplicationToUserGroup').length === 1 ? rel('relApplicationToUserGroup')[0] : '',
        partOf: rel('relToParent')[0] ?? '',
        owner: cells.text('responsible', 'owner'),
        criticality: cells.text('businessCriticality'),
        lifecycle: readLifecycle(cells),
        aliases: [id, cells.text('alias'), cells.text('externalId')].filter(
          (text) => text !== '' && text !== name,
        ),
        tags: cells.list('tags'),
      });
      for (const other of rel('relToRequires')) yield toDependence(place, name, other);
      for (const end of rel('relProviderApplicationToInterface'))
        open(end, end, place).providers.add(name);
      for (const end of rel('relConsumerApplicationToInterface'))
        open(end, end, place).consumers.add(name);
    }
    for (const found of interfaces.values()) yield* toLinks(found);
  },
};

interface FactSheet {
  readonly row: Row;
  readonly place: Place;
  readonly cells: ReadCells;
  readonly id: string;
  readonly name: string;
  /** Folded. */
  readonly type: string;
}

interface Interface {
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  readonly cells?: ReadCells;
  readonly providers: Set<string>;
  readonly consumers: Set<string>;
}

function toSheet(row: Row, title: string): FactSheet {
  const cells = readCells(row);
  const type = cells.text('type') || title;
  return {
    row,
    place: row.place,
    cells,
    id: cells.text('id'),
    // The display name holds the parents, too: `ERP / Finance`.
    name: cells.text('name', 'displayName'),
    type: foldHeader(type).replace(/s$/, ''),
  };
}

/** Below its headers, the workbook says what they are called. */
function isLabels(row: Row): boolean {
  const cells = readCells(row);
  return cells.text('id').toLowerCase() === 'id' && cells.text('name').toLowerCase() === 'name';
}

/** The other ends of all relations whose name begins so. */
function readRelation({ row, cells }: FactSheet, start: string): string[] {
  const wanted = foldHeader(start);
  return [...row.cells.keys()].flatMap((header) =>
    foldHeader(header).startsWith(wanted) ? readEnds(cells.value(header)) : [],
  );
}

/** Names in a cell, or edges with a fact sheet each. */
function readEnds(value: unknown): string[] {
  if (typeof value === 'string')
    return value
      .split(/[;|\n]/)
      .map((text) => text.trim())
      .filter((text) => text !== '');
  const edges = isFields(value) && Array.isArray(value['edges']) ? value['edges'] : [];
  return edges.flatMap((edge) => {
    const node = isFields(edge) && isFields(edge['node']) ? edge['node'] : {};
    const sheet = isFields(node['factSheet']) ? node['factSheet'] : {};
    const end = sheet['name'] ?? sheet['displayName'] ?? sheet['id'];
    return typeof end === 'string' ? [end] : [];
  });
}

function readLifecycle(cells: ReadCells): string {
  const value = cells.value('lifecycle');
  const text = isFields(value) ? value['asString'] : value;
  return typeof text === 'string' ? text : '';
}

/** The data goes from the provider to the consumer, unless the interface says otherwise. */
function* toLinks({ name, place, cells, providers, consumers }: Interface): Iterable<Translation> {
  if (providers.size === 0 || consumers.size === 0) {
    const missing = providers.size === 0 ? 'provider' : 'consumer';
    yield { kind: 'left out', what: `interface without a ${missing}` };
    return;
  }
  const way = cells?.text('dataFlowDirection') ?? '';
  const isBack = /^in/i.test(way);
  const isBoth = /^bi/i.test(way);
  for (const provider of providers)
    for (const consumer of consumers) {
      if (provider === consumer) continue;
      const [from, to] = isBack ? [consumer, provider] : [provider, consumer];
      yield toLink(place, from, to, {
        id: name,
        initiator: isBoth ? 'both' : '',
        protocol: cells?.text('protocol', 'technology', 'interfaceType') ?? '',
        schedule: cells?.text('frequency') ?? '',
        objects: readEnds(cells?.value('relInterfaceToDataObject')),
      });
    }
}
