import { z } from 'zod';
import { ConfigError, didYouMean, formatPlace, type Place } from '../../errors.ts';
import type { Evidence } from '../../evidence.ts';
import { CoverageCounter, formatSkipped } from '../coverage.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { type CellReader, toCellReader } from './cells.ts';
import { findColumn, linkColumns, systemColumns } from './columns.ts';
import { toLinkEvidence } from './link-row.ts';
import { toSystemEvidence } from './system-row.ts';
import { type Row, readTables, toCellTexts } from './tables.ts';

const options = z.strictObject({
  /** Header in the file → column of the project. */
  columns: z.record(z.string(), z.string()).default({}),
  /** `data`: from → to is the way the data goes. `call`: the source calls the target. */
  direction: z.enum(['data', 'call']).default('data'),
  /** Whether its approved rows register systems and links. */
  registry: z.boolean().default(true),
});

export type InventoryOptions = z.output<typeof options>;

/** Reads systems and links from CSV, TSV, Excel, YAML and JSON files. */
export const inventoryScanner: Scanner<typeof options> = {
  name: 'inventory',
  options,
  async *scan(given, context) {
    checkColumns(given, context);
    const isKnown = (header: string): boolean => findColumn(header, given.columns) !== undefined;
    for (const file of context.paths) {
      context.progress(file);
      for (const table of await readTables(context.files, file, isKnown)) {
        for (const { place, reason, count } of table.broken) {
          context.coverage.skip(place, reason, count);
        }
        const seen = new Set<string>();
        for (const row of table.rows) {
          const evidence = readRow(row, given, context);
          if (!evidence) continue;
          if (row.flaw) context.coverage.flaw(row.place, row.flaw);
          for (const header of row.cells.keys()) noteForeign(header, seen, given, context);
          yield evidence;
        }
      }
    }
  },
};

/** A row with both ends is a link, a row with an id or a name is a system. */
function readRow(row: Row, given: InventoryOptions, context: ScanContext): Evidence | undefined {
  const cells: CellReader = toCellReader(row, given.columns, context.coverage);
  if (cells.has('from') || cells.has('to')) return toLinkEvidence(cells, given, context);
  if (cells.has('id') || cells.has('name')) return toSystemEvidence(cells, given, context);
  const headers = [...row.cells.keys()].slice(0, 6).join(', ');
  context.coverage.skip(
    row.place,
    `no column is an id, a name, "from" or "to" (found: ${headers}); map them under "columns:"`,
  );
  return undefined;
}

/** A column that nobody understands is said once for each table, not for each row. */
function noteForeign(
  header: string,
  seen: Set<string>,
  given: InventoryOptions,
  context: ScanContext,
): void {
  if (seen.has(header)) return;
  seen.add(header);
  if (!findColumn(header, given.columns)) context.coverage.leaveUnread(`column ${header}`);
}

function checkColumns(given: InventoryOptions, context: ScanContext): void {
  const known = [...new Set<string>([...systemColumns, ...linkColumns])];
  for (const [header, column] of Object.entries(given.columns)) {
    if (findColumn(column, {})) continue;
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
    const cells = toCellReader({ cells: toCellTexts(fields), place }, {}, counter);
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
