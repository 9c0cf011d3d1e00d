import { DuckDBInstance } from '@duckdb/node-api';
import { nodeFiles } from '../../../src/files.ts';
import { CoverageCounter } from '../../../src/scanners/coverage.ts';
import { engineOptions } from '../../../src/scanners/engines/engine-options.ts';
import { openQuery } from '../../../src/scanners/engines/engines.ts';
import type { TrinoResult } from './trino-server.ts';

const place = { file: 'landscape.yaml', line: 1, column: 1 };

/** Groups of calls as DuckDB counts them, in the types in which a coordinator would answer. */
export async function toTrinoResult(
  folder: string,
  file: string,
  options: Readonly<Record<string, unknown>>,
): Promise<TrinoResult> {
  const given = engineOptions.duckdb.parse({ ...options, engine: 'duckdb' });
  const { query } = await openQuery(given, {
    files: nodeFiles(folder),
    paths: [file],
    patterns: [file],
    today: '2026-11-02',
    coverage: new CoverageCounter(),
    placeOf: () => place,
    alsoRead: () => {},
  });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const read = await connection.runAndReadAll(query.sql);
    const names = read.columnNames();
    return {
      columns: names.map((name, index) => ({
        name,
        type: `${read.columnType(index)}` === 'VARCHAR' ? 'varchar' : 'bigint',
      })),
      data: read
        .getRows()
        .map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value))),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
