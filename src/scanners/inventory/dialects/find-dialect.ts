import type { ColumnMap } from '../match-headers.ts';
import { foldHeader } from '../name-columns.ts';
import type { Table } from '../table.ts';
import { ardoq } from './ardoq.ts';
import type { Dialect } from './dialect.ts';
import { glpi } from './glpi.ts';
import { itop } from './itop.ts';
import { konveyor } from './konveyor.ts';
import { leanIx } from './lean-ix.ts';
import { serviceNow } from './service-now.ts';
import { waltz } from './waltz.ts';

/** From the most to the least particular. */
const dialects: readonly Dialect[] = [konveyor, waltz, serviceNow, ardoq, glpi, itop, leanIx];

const lookedAt = 20;

/**
 * The tool whose export a table is, by its headers.
 * @param mapped what the user says of headers: a table that has one of them is read by it
 */
export function findDialect(table: Table, mapped: ColumnMap): Dialect | undefined {
  const raw = new Set(table.rows.slice(0, lookedAt).flatMap(({ cells }) => [...cells.keys()]));
  if ([...raw].some((header) => Object.hasOwn(mapped, header.trim()))) return undefined;
  const headers = new Set([...raw].map(foldHeader));
  return dialects.find((dialect) => dialect.recognises(headers, raw, table));
}
