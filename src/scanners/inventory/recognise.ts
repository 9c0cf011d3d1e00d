import type { Column } from './columns.ts';
import type { Dialect } from './dialects/dialect.ts';
import { findDialect } from './dialects/find-dialect.ts';
import { matchHeaders } from './match-headers.ts';
import { readMatrix } from './matrix.ts';
import type { Row, Table } from './table.ts';
import { findValue } from './value-words.ts';

/** What the tables of a file hold, if they are an inventory. */
export interface RecognisedInventory {
  readonly systems: number;
  readonly links: number;
  /** Headers that stand for no column. */
  readonly foreign: readonly string[];
}

/** Columns that tell a table of systems from any other list of names. */
const tellingOfSystems: readonly Column[] = [
  'kind',
  'domain',
  'site',
  'partOf',
  'owner',
  'team',
  'criticality',
  'lifecycle',
  'hosts',
  'aliases',
];

/** Columns that tell a table of links from any other list of pairs. */
const tellingOfLinks: readonly Column[] = [
  'initiator',
  'protocol',
  'style',
  'objects',
  'schedule',
  'owner',
  'team',
  'criticality',
  'status',
  'via',
  'contract',
];

/** A form to be filled in holds rows that mean nothing. */
const form = /(?:^|[-_. ])(?:template|sample|example)s?(?:[-_. ]|$)/i;
const systemFile = /(?:system|application|cmdb|landscape|inventor)/i;
const linkFile = /(?:integration|interface|link|connection|flow|landscape|inventor)/i;

/**
 * Tells an inventory from other tables by its headers: many files have names, and many have pairs, so
 * a second column must agree, or the file's name.
 * @returns undefined where no table of the file is one
 */
export function recogniseInventory(
  tables: readonly Table[],
  file: string,
): RecognisedInventory | undefined {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (form.test(name)) return undefined;
  let systems = 0;
  let links = 0;
  const foreign = new Set<string>();
  for (const table of tables) {
    const { rows, matrix } = table;
    const dialect = findDialect(table, {});
    const told = matrix
      ? readMatrix(matrix, () => undefined).rows
      : dialect
        ? listRows(dialect, table)
        : undefined;
    if (told) {
      const found = told.filter(({ cells }) => cells.has('to')).length;
      links += found;
      systems += told.length - found;
      continue;
    }
    const [first] = rows;
    if (!first) continue;
    const headers = new Set(rows.slice(0, 200).flatMap(({ cells }) => [...cells.keys()]));
    const matched = matchHeaders(headers, {});
    const columns = new Set(matched.values());
    if (!hasKinds(rows, matched)) columns.delete('kind');
    const agreeing = (telling: readonly Column[]): number =>
      telling.filter((column) => columns.has(column)).length;
    if (columns.has('from') && columns.has('to')) {
      if (agreeing(tellingOfLinks) + (linkFile.test(name) ? 1 : 0) === 0) continue;
      links += rows.length;
    } else if (columns.has('id') || columns.has('name')) {
      if (agreeing(tellingOfSystems) + (systemFile.test(name) ? 1 : 0) < 2) continue;
      systems += rows.length;
    } else continue;
    for (const header of headers) if (!matched.has(header)) foreign.add(header);
  }
  return systems + links === 0 ? undefined : { systems, links, foreign: [...foreign] };
}

/** Whether a column of kinds holds kinds of systems: products, capabilities and people have kinds, too. */
function hasKinds(rows: readonly Row[], matched: ReadonlyMap<string, Column>): boolean {
  const headers = [...matched].filter(([, column]) => column === 'kind').map(([header]) => header);
  return rows.slice(0, 200).some(({ cells }) =>
    headers.some((header) => {
      const written = cells.get(header)?.trim() ?? '';
      return findValue('kind', written) !== undefined;
    }),
  );
}

function listRows(dialect: Dialect, table: Table): Row[] {
  return [...dialect.translate([table])].flatMap((told) => (told.kind === 'row' ? [told.row] : []));
}
