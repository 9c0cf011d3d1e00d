import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import {
  logColumns,
  logSource,
  mapping,
  openLandscapes,
  readWithoutPlaces,
  runTool,
} from './engine-landscape.ts';
import { toRow } from './log-rows.ts';

const total = 2000;
const { write } = openLandscapes();

test('a log and its rows as Parquet make one landscape', async () => {
  const log = logSource(total);
  const rows = Array.from({ length: total }, (_, number) => JSON.stringify(toRow(number, total)));
  const source = { gateway: 'log.parquet', engine: 'duckdb', columns: logColumns, ...mapping };
  const folders = [
    await write(log.source, log.files),
    await write(source, { 'rows.jsonl': rows.join('\n') }),
  ];
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const at = (name: string): string => path.join(folders[1] ?? '', name);
  await connection.run(
    `COPY (SELECT * REPLACE (make_timestamp(time * 1000000) AS time), waitMs AS wait_ms FROM read_json('${at('rows.jsonl')}')) TO '${at('log.parquet')}'`,
  );
  connection.closeSync();
  instance.closeSync();
  const audits: Record<string, unknown>[] = [];
  for (const folder of folders) {
    const output = path.join(folder, 'out');
    const { code, errors } = await runTool([
      'scan',
      folder,
      '-o',
      output,
      '--no-cache',
      '--today',
      '2026-11-02',
    ]);
    expect(code, errors).toBe(0);
    audits.push(await readWithoutPlaces(output));
  }
  const [read, asked] = audits;
  expect(read?.['links']).not.toHaveLength(0);
  for (const part of ['systems', 'links', 'findings', 'analysis'])
    expect(asked?.[part], part).toEqual(read?.[part]);
});
