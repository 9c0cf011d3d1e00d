import type { SystemKind } from '../../../vocabulary.ts';
import { foldHeader } from '../name-columns.ts';
import type { Row } from '../table.ts';
import { type Dialect, toDependence, toRow } from './dialect.ts';
import { readCells } from './read-cells.ts';

/** Assets of GLPI and its impact analysis, as tables of its database or of its interface. */
export const glpi: Dialect = {
  name: 'GLPI export',
  recognises: (headers, raw) =>
    (headers.has('itemtypesource') && headers.has('itemtypeimpacted')) ||
    (raw.has('entities_id') && raw.has('name')),
  *translate(tables) {
    const rows = tables
      .flatMap((table) => table.rows)
      .map((row) => ({ row, cells: readCells(row) }));
    const nameOf = new Map<string, string>();
    for (const { row, cells } of rows) {
      const name = cells.text('name');
      if (cells.text('itemtype_source') !== '') continue;
      const kind = kinds[findType(row)];
      if (name === '') {
        yield { kind: 'skipped', place: row.place, reason: 'the asset has no name; fill it in' };
      } else if (kind === undefined) {
        yield {
          kind: 'left out',
          what: `asset of type ${findType(row).slice(0, 60) || 'unknown'}`,
        };
      } else {
        nameOf.set(keyOf(findType(row), cells.text('id')), name);
        yield toRow(row.place, {
          id: name,
          name,
          kind,
          site: toText(cells.text('locations_id')),
          team: toText(cells.text('groups_id_tech', 'groups_id')),
          owner: toText(cells.text('users_id_tech', 'users_id')),
          lifecycle: toText(cells.text('states_id')),
          aliases: [cells.text('serial'), cells.text('otherserial')].filter(Boolean),
        });
      }
    }
    for (const { row, cells } of rows) {
      const source = cells.text('itemtype_source');
      if (source === '') continue;
      const find = (type: string, id: string): string =>
        nameOf.get(keyOf(type, id)) ?? `${type} ${id}`;
      const from = find(cells.text('itemtype_impacted'), cells.text('items_id_impacted'));
      const to = find(source, cells.text('items_id_source'));
      // What the source impacts needs it.
      yield toDependence(row.place, from, to);
    }
  },
};

const kinds: Readonly<Record<string, SystemKind>> = {
  appliance: 'application',
  software: 'application',
  webapplication: 'application',
  databaseinstance: 'database',
  database: 'database',
  computer: 'host',
  networkequipment: 'proxy',
};

/** The type of an asset: its own column, else the table's name, `glpi_appliances.csv`. */
function findType(row: Row): string {
  const written = readCells(row).text('itemtype');
  const table = /(?:^|\/)(?:glpi_)?([a-z]+?)(?:es|s)?\.[a-z]+(?:#.*)?$/i.exec(row.place.file)?.[1];
  const type = foldHeader(written || table || '');
  return kinds[type] === undefined && kinds[`${type}e`] !== undefined ? `${type}e` : type;
}

function keyOf(type: string, id: string): string {
  return `${foldHeader(type)} ${id}`;
}

/** A key of another table says nothing. */
function toText(cell: string): string {
  return /^\d*$/.test(cell) ? '' : cell;
}
