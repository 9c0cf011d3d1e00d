import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, describe, expect, test } from 'vitest';
import { clickhouseDialect } from '../../../../src/scanners/engines/sql/clickhouse.ts';
import type { Dialect } from '../../../../src/scanners/engines/sql/dialect.ts';
import { duckdbDialect } from '../../../../src/scanners/engines/sql/duckdb.ts';
import { isClosed } from '../../../../src/scanners/engines/table-columns.ts';
import fc from '../../../fast-check.ts';
import { chdbInstalled, startChdbServer } from '../chdb-server.ts';
import { serverInstalled, startClickHouseServers } from '../clickhouse-servers.ts';

/** What ends a text, a comment or a statement somewhere, alone and among anything else. */
const hostile = fc.constantFrom(
  "'); DROP TABLE log; --",
  "' OR ''='",
  '*/ /*',
  '`"',
  '\\',
  "\\'",
  "'\\",
  '\\x27',
  '\\u0027',
  '\\N',
  '$$',
  '{x:String}',
  '?',
  '%_',
  '\n-- ',
  '\r\n\t\b\f\v',
  '\u2018\u2019\u201c',
  '\u202e\u2066',
  'é…🦊',
);
const text = fc
  .oneof(
    hostile,
    fc.array(fc.oneof(hostile, fc.string({ unit: 'binary' }))).map((all) => all.join('')),
  )
  .map((value) => value.replaceAll('\0', ''));
const texts = fc.array(text, { minLength: 1, maxLength: 60, size: 'max' });
/** Names as the tables and columns of a source are checked. */
const names = fc.uniqueArray(
  text.map((value) => [...value.replace(/[\s()'"`;]/g, '')].slice(0, 50).join('') || 'x'),
  { minLength: 1, maxLength: 20 },
);

/** Conditions that seem to be closed, and would leave the parentheses around them where they are not. */
const escaping = [
  '1) OR (1 = 1',
  "$$($$ = '') OR (1 = 1 OR '' = $$)$$",
  "$a$($a$ = '') OR (1 = 1 OR '' = $a$)$a$",
  "\u2018(\u2019 = '') OR (1 = 1 OR '' = \u2018)\u2019",
  "'\\'(' = '') OR (1 = 1 OR '\\')' = ''",
  '1) OR 1 = 1 --',
  '1) OR 1 = 1 /*',
  '1) OR 1 = 1 #',
  '1); SELECT (1',
];
const condition = fc.oneof(
  fc.constantFrom(...escaping),
  fc
    .array(
      fc.constantFrom(
        ...escaping,
        ...'\'"`()$;\\#1x='.split(''),
        "''",
        '--',
        '/*',
        '*/',
        ' OR ',
        '\n',
      ),
      { maxLength: 12 },
    )
    .map((all) => all.join('')),
);

/** What an engine understands of a statement: the values of its one row, and what it calls them. */
interface Asked {
  ask(sql: string): Promise<{ readonly names: string[]; readonly values: string[] }>;
  stop(): Promise<void>;
}

async function askClickHouse(server: {
  ask(sql: string): Promise<string>;
  stop(): Promise<void>;
}): Promise<Asked> {
  return {
    async ask(sql) {
      const { meta, data } = JSON.parse(await server.ask(`${sql} FORMAT JSONCompact`));
      return { names: meta.map(({ name }: { name: string }) => name), values: data[0] ?? [] };
    },
    stop: () => server.stop(),
  };
}

const engines: readonly {
  readonly name: string;
  readonly dialect: Dialect;
  readonly isInstalled: () => boolean;
  /** The bytes of a text in hexadecimal. */
  readonly hex: (sql: string) => string;
  readonly start: () => Promise<Asked>;
}[] = [
  {
    name: 'ClickHouse 18.16',
    dialect: clickhouseDialect,
    isInstalled: serverInstalled,
    hex: (sql) => `hex(${sql})`,
    start: async () => askClickHouse(await startClickHouseServers()),
  },
  {
    name: 'a current ClickHouse',
    dialect: clickhouseDialect,
    isInstalled: chdbInstalled,
    hex: (sql) => `hex(${sql})`,
    start: async () => askClickHouse(await startChdbServer()),
  },
  {
    name: 'DuckDB',
    dialect: duckdbDialect,
    isInstalled: () => true,
    hex: (sql) => `hex(encode(${sql}))`,
    async start() {
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      return {
        async ask(sql) {
          const result = await connection.runAndReadAll(sql);
          return { names: result.columnNames(), values: (result.getRows()[0] ?? []).map(String) };
        },
        stop: async () => connection.closeSync(),
      };
    },
  },
];

let asked: Asked | undefined;
afterEach(() => asked?.stop());

describe.each(engines)('$name', ({ dialect, isInstalled, hex, start }) => {
  test.skipIf(!isInstalled())('takes any text and any name for what it is', async () => {
    asked = await start();
    const { ask } = asked;
    await fc.assert(
      fc.asyncProperty(texts, names, async (given, called) => {
        const columns = given.map((value, index) => `${hex(dialect.text(value))} AS c${index}`);
        const { values } = await ask(`SELECT ${columns.join(', ')}`);
        expect(values).toEqual(
          given.map((value) => Buffer.from(value).toString('hex').toUpperCase()),
        );
        const aliases = called.map((name, index) => `${index} AS ${dialect.identifier(name)}`);
        expect((await ask(`SELECT ${aliases.join(', ')}`)).names).toEqual(
          called.map((name) => Buffer.from(name).toString()),
        );
      }),
      { numRuns: 25 },
    );
  });

  test.skipIf(!isInstalled())('leaves a condition within its parentheses', async () => {
    asked = await start();
    const { ask } = asked;
    await fc.assert(
      fc.asyncProperty(condition, async (where) => {
        fc.pre(isClosed(where));
        const rows = ask(`SELECT ${hex("'a'")} AS a WHERE 1 = 0 AND (${where}\n)`);
        const { values } = await rows.catch(() => ({ values: [] }));
        expect(values).toEqual([]);
      }),
      { numRuns: 40, examples: escaping.map((where) => [where]) },
    );
  });
});
