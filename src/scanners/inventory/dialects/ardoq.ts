import type { SystemKind } from '../../../vocabulary.ts';
import { foldHeader } from '../name-columns.ts';
import type { Row } from '../table.ts';
import { type Dialect, type Translation, toRow } from './dialect.ts';
import { type ReadCells, readCells } from './read-cells.ts';
import { type KnownEnd, relate, type WrittenRelation } from './relate.ts';

/** Components and references of Ardoq: its interface's answers, or its spreadsheets. */
export const ardoq: Dialect = {
  name: 'Ardoq workspace',
  recognises: (headers, raw) =>
    headers.has('ardoqoid') ||
    (raw.has('_id') && (raw.has('rootWorkspace') || raw.has('componentKey'))),
  *translate(tables) {
    const rows = tables
      .flatMap((table) => table.rows)
      .map((row) => ({ row, cells: readCells(row) }));
    const isReference = ({ cells }: Read): boolean =>
      cells.text('source') !== '' && cells.text('target') !== '';
    const components = rows.filter((read) => !isReference(read));
    const nameOf = new Map<string, string>();
    for (const { cells } of components)
      nameOf.set(cells.key('_id', 'ardoq oid'), cells.text('name'));
    const find = (key: string): string => nameOf.get(key) ?? key;
    const ends = new Map<string, KnownEnd>();
    for (const read of components) yield describe(read, find, ends);
    const relations: WrittenRelation[] = rows.filter(isReference).map(({ row, cells }) => ({
      place: row.place,
      from: find(cells.key('source')),
      to: find(cells.key('target')),
      type: readType(cells),
    }));
    yield* relate(relations, (name) => ends.get(name));
  },
};

interface Read {
  readonly row: Row;
  readonly cells: ReadCells;
}

/** Types as Ardoq's own models call them; what they call otherwise is told, and left out. */
const kinds: readonly (readonly [RegExp, SystemKind])[] = [
  [
    /^(?:application|app|system|software|service|module|subsystem|itsystem|applicationservice)s?$/,
    'application',
  ],
  [/database|datastore/, 'database'],
  [/server|node|virtualmachine|container/, 'host'],
  [/broker|queue|topic|bus/, 'broker'],
  [/externalsystem|saas|thirdparty/, 'external-service'],
  [/dataplatform|datawarehouse|datalake/, 'data-platform'],
  [/device|sensor/, 'device'],
];

function describe(
  { row, cells }: Read,
  find: (key: string) => string,
  ends: Map<string, KnownEnd>,
): Translation {
  const name = cells.text('name');
  if (name === '')
    return { kind: 'skipped', place: row.place, reason: 'the component has no name' };
  const type = cells.text('type', 'component type');
  const folded = foldHeader(type);
  const kind = type === '' ? 'application' : kinds.find(([pattern]) => pattern.test(folded))?.[1];
  ends.set(name, { isSystem: kind !== undefined, isHost: kind === 'host' });
  if (kind === undefined)
    return { kind: 'left out', what: `component of type ${type.slice(0, 60)}` };
  return toRow(row.place, {
    id: name,
    name,
    kind,
    partOf: find(cells.key('parent')),
    owner: cells.text('owner', 'responsible'),
    team: cells.text('team', 'organization'),
    lifecycle: cells.text('lifecycle phase', 'lifecycle', 'status'),
    aliases: [cells.key('_id', 'ardoq oid'), cells.text('componentKey', 'component key')].filter(
      (alias) => alias !== '' && alias !== name,
    ),
    tags: cells.list('tags'),
  });
}

/** A number says nothing without the model of the workspace: then one end needs the other. */
function readType(cells: ReadCells): string {
  const type = cells.text('reference type', 'typeName', 'displayText', 'type');
  return /^\d*$/.test(type) ? 'depends on' : type;
}
