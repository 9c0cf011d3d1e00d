import { describe, expect, test } from 'vitest';
import { engineOptions } from '../../../src/scanners/engines/engine-options.ts';
import { trinoDialect } from '../../../src/scanners/engines/sql/trino.ts';
import { tableRoles } from '../../../src/scanners/engines/table-columns.ts';
import { writeTable } from '../../../src/scanners/engines/tables.ts';
import { writeQuery } from '../../../src/scanners/engines/write-query.ts';
import fc from '../../fast-check.ts';
import { findFaults, readTokens } from './trino-sql.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    "'",
    "''",
    '"',
    "'); DROP TABLE log; --",
    '*/ /*',
    '\\',
    "\\'",
    '`',
    'ü…',
    '\n--\n',
  ),
  fc
    .array(fc.constantFrom("'", '"', '\\', ';', '--', '/*', ' ', 'a', '\n'), { maxLength: 8 })
    .map((all) => all.join('')),
);
const text = hostile.map((value) => value.replaceAll('\0', ''));
const name = text
  .map((value) => value.replace(/[\s()]/gu, '').slice(0, 200))
  .filter(
    (value) =>
      value !== '' && !value.startsWith('.') && !value.endsWith('.') && !value.includes('..'),
  );

/** Columns that say at least who called or what was called. */
const columns = fc
  .subarray(
    tableRoles.filter((role) => !['time', 'address', 'path', 'request', 'method'].includes(role)),
  )
  .chain((roles) =>
    fc.record({
      columns: fc.tuple(
        ...[...roles, 'time', 'address', 'path'].map((role) =>
          name.map((column) => [role, column] as const),
        ),
      ),
      unit: fc.constantFrom('', ' s', ' ms', ' us', ' ns', ' iso'),
    }),
  )
  .map(({ columns: pairs, unit }) =>
    Object.fromEntries(
      pairs.map(([role, column]) => [role, `${column}${role === 'time' ? unit : ''}`]),
    ),
  );

const place = { file: 'landscape.yaml', line: 1, column: 1 };

describe('the SQL of Trino', () => {
  test('is judged by a parser that refuses what is no Trino', () => {
    expect(findFaults("SELECT TRANSFORM(a, x -> x + 1) FROM t WHERE b = 'it''s'")).toEqual([]);
    for (const wrong of [
      'SELECT LIST_TRANSFORM(a, LAMBDA x: x) FROM t',
      'SELECT a::int FROM t',
      'SELECT [1, 2]',
      'SELECT `a` FROM t',
      'SELECT count(*) FILTER a > 1 FROM t',
      'WITH a AS SELECT 1 SELECT * FROM a',
      'SELECT a FROM t LIMIT 3 4',
      'SELECT a FROM t; DROP TABLE t',
    ])
      expect(findFaults(wrong), wrong).not.toEqual([]);
  });

  test('is one statement, whatever the options', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(
        columns,
        fc.dictionary(
          text.filter((value) => value !== ''),
          fc.constant('erp'),
          { maxKeys: 3 },
        ),
        fc.record({
          from: fc.constantFrom(undefined, '2026-10-01'),
          where: fc.constantFrom(undefined, "status < 500 AND host <> 'a;b'"),
          partition: fc.constantFrom(undefined, 'dt', 'the "day"'),
        }),
        fc.record({ byHost: fc.boolean(), literalSegments: fc.integer({ min: 0, max: 12 }) }),
        fc.boolean(),
        (chosen, callers, { from, where, partition }, finder, keepPaths) => {
          const window = from === undefined ? {} : { from, ...(partition ? { partition } : {}) };
          const options = {
            engine: 'trino',
            columns: chosen,
            callers,
            ...window,
            ...(where ? { where } : {}),
          };
          const { sql } = writeQuery('trino', engineOptions.trino.parse(options), {
            table: (dialect) => writeTable(['hive.logs.access'], dialect),
            finder,
            keepPaths,
            today: '2026-11-02',
            placeOf: () => place,
          });
          expect(findFaults(sql)).toEqual([]);
          // Longer ones are refused by default.
          expect(sql.length).toBeLessThan(1_000_000);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('keeps a text one literal and a name one name', () => {
    fc.assert(
      fc.property(text, name, (value, column) => {
        const sql = `SELECT ${trinoDialect.text(value)} AS a, ${trinoDialect.identifier(column)} FROM t`;
        const tokens = readTokens(sql);
        expect(tokens).toHaveLength(8);
        expect(tokens[1]).toBe(`'${value.replaceAll("'", "''")}'`);
        expect(tokens[5]).toBe(`"${column.replaceAll('"', '""')}"`);
      }),
      { numRuns: 200 },
    );
  });
});
