import { z } from 'zod';
import { ConfigError, didYouMean, formatPlace, type Place } from '../../errors.ts';
import type { Evidence } from '../../evidence.ts';
import { CoverageCounter, formatSkipped } from '../coverage.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { toCellReader } from './cells.ts';
import { type Column, linkColumns, systemColumns } from './columns.ts';
import type { Dialect, Translation } from './dialects/dialect.ts';
import { findDialect } from './dialects/find-dialect.ts';
import { toLinkEvidence } from './link-row.ts';
import { toCellTexts } from './lists.ts';
import { findOwnColumn, isKnownHeader, matchHeaders } from './match-headers.ts';
import { readMatrix } from './matrix.ts';
import { toSystemEvidence } from './system-row.ts';
import type { Matrix, Row, Table } from './table.ts';
import { readTables } from './tables.ts';

const options = z.strictObject({
  /** Header in the file → column of the project. */
  columns: z.record(z.string(), z.string()).default({}),
  /** `data`: from → to is the way the data goes. `call`: the source calls the target. */
  direction: z.enum(['data', 'call']).default('data'),
  /** Whether its approved rows register systems and links; rows that tell only of a dependence do if it says so. */
  registry: z.boolean().optional(),
});

export type InventoryOptions = z.output<typeof options>;

/** Reads systems and links from CSV, TSV, Excel, YAML and JSON files, and from exports of CMDBs. */
export const inventoryScanner: Scanner<typeof options> = {
  name: 'inventory',
  options,
  async *scan(given, context) {
    checkColumns(given, context);
    const isKnown = (header: string): boolean => isKnownHeader(header, given.columns);
    // Exports come in several files that name each other's rows.
    const exports = new Map<Dialect, Table[]>();
    for (const file of context.paths) {
      context.progress(file);
      for (const table of await readTables(context.files, file, isKnown)) {
        for (const { place, reason, count } of table.broken) {
          context.coverage.skip(place, reason, count);
        }
        const dialect = findDialect(table, given.columns);
        if (dialect) exports.set(dialect, [...(exports.get(dialect) ?? []), table]);
        else if (table.matrix) yield* readMatrixRows(table.matrix, given, context);
        else yield* readRows(table.rows, given, context);
      }
    }
    for (const [dialect, tables] of exports) {
      context.coverage.detect(dialect.name, 1);
      yield* readTranslated(dialect.translate(tables), given, context);
    }
  },
};

/** Rows as people write them: headers are understood once for each set of headers. */
function* readRows(
  rows: readonly Row[],
  given: InventoryOptions,
  context: ScanContext,
): Iterable<Evidence> {
  const known = new Map<string, ReadonlyMap<string, Column>>();
  for (const row of rows) {
    const key = [...row.cells.keys()].join('\u0000');
    let columns = known.get(key);
    if (!columns) {
      columns = matchHeaders(row.cells.keys(), given.columns);
      known.set(key, columns);
      noteHeaders(row.cells.keys(), columns, given, context);
    }
    const evidence = readRow(row, columns, given, context);
    if (row.flaw && evidence.length > 0) context.coverage.flaw(row.place, row.flaw);
    yield* evidence;
  }
}

/** A row with both ends is a link, a row with an id or a name is a system. */
function readRow(
  row: Row,
  columns: ReadonlyMap<string, Column>,
  given: InventoryOptions,
  context: ScanContext,
  isDependence = false,
): Evidence[] {
  const cells = toCellReader(row, columns, context.coverage);
  if (cells.has('from') || cells.has('to'))
    return toLinkEvidence(cells, given, context, isDependence);
  if (cells.has('id') || cells.has('name')) {
    const system = toSystemEvidence(cells, given, context);
    return system ? [system] : [];
  }
  const headers = [...row.cells.keys()].slice(0, 6).join(', ');
  context.coverage.skip(
    row.place,
    `no column is an id, a name, "from" or "to" (found: ${headers}); map them under "columns:"`,
  );
  return [];
}

function* readMatrixRows(
  matrix: Matrix,
  given: InventoryOptions,
  context: ScanContext,
): Iterable<Evidence> {
  const { rows, alone, foreign, isTurned } = readMatrix(matrix, (word) =>
    matchHeaders([word.trim(), 'from'], given.columns).get(word.trim()),
  );
  context.coverage.detect(
    isTurned ? 'matrix, columns send to rows' : 'matrix, rows send to columns',
    1,
  );
  context.coverage.leaveOut('system without a link in a matrix', alone);
  for (const header of foreign) context.coverage.leaveColumn(header);
  yield* readOwnRows(rows, given, context);
}

/** Rows by the project's own columns. */
function* readOwnRows(
  rows: readonly Row[],
  given: InventoryOptions,
  context: ScanContext,
  isDependence = false,
): Iterable<Evidence> {
  for (const row of rows)
    yield* readRow(row, matchHeaders(row.cells.keys(), {}), given, context, isDependence);
}

function* readTranslated(
  translated: Iterable<Translation>,
  given: InventoryOptions,
  context: ScanContext,
): Iterable<Evidence> {
  for (const told of translated) {
    switch (told.kind) {
      case 'row':
        yield* readOwnRows([told.row], given, context, told.isDependence);
        break;
      case 'skipped':
        context.coverage.skip(told.place, told.reason);
        break;
      case 'left out':
        context.coverage.read();
        context.coverage.leaveOut(told.what);
        break;
    }
  }
}

/** What a column was taken for is said where its header says otherwise, so that a wrong guess is seen. */
function noteHeaders(
  headers: Iterable<string>,
  columns: ReadonlyMap<string, Column>,
  given: InventoryOptions,
  context: ScanContext,
): void {
  const values = new Set(columns.values());
  const used: readonly string[] =
    values.has('from') || values.has('to') ? linkColumns : systemColumns;
  for (const header of headers) {
    const column = columns.get(header);
    if (column === undefined || !used.includes(column)) context.coverage.leaveColumn(header);
    else if (findOwnColumn(header) !== column && !Object.hasOwn(given.columns, header.trim()))
      context.coverage.readAs(header, column);
  }
}

function checkColumns(given: InventoryOptions, context: ScanContext): void {
  const known = [...new Set<string>([...systemColumns, ...linkColumns])];
  for (const [header, column] of Object.entries(given.columns)) {
    if (findOwnColumn(column)) continue;
    const place = formatPlace(context.placeOf('columns', header));
    throw new ConfigError(
      `${place}: "${column}" is no column.${didYouMean(column, known) || ` Known columns: ${known.join(', ')}.`}`,
    );
  }
}

/** The systems written in `landscape.yaml` itself: registered, like rows of an inventory. */
export function readInlineSystems(
  systems: readonly { readonly fields: Readonly<Record<string, unknown>>; readonly place: Place }[],
): Evidence[] {
  const counter = new CoverageCounter();
  const evidence = systems.flatMap(({ fields, place }): Evidence[] => {
    const texts = toCellTexts(fields);
    const columns = matchHeaders(texts.keys(), {});
    const cells = toCellReader({ cells: texts, place }, columns, counter);
    const system = toSystemEvidence(
      cells,
      { columns: {}, direction: 'data', registry: true },
      { environment: 'prod', coverage: counter },
    );
    return system ? [system] : [];
  });
  const bad = counter.problems();
  if (bad.length > 0) throw new ConfigError(bad.map(formatSkipped).join('\n'));
  return evidence;
}
