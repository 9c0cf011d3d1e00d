import { z } from 'zod';
import { mappingShape } from '../gateway/mapping.ts';

const day = z
  .union([z.string(), z.date()])
  .transform((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value))
  .refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value)), {
    error: 'expected a date such as 2026-11-02',
  });

/** Where a secret stands: never in the configuration itself. */
const secret = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
  'expected { env: NAME } or { file: path }; a secret has no place in this file',
);

const queryShape = {
  ...mappingShape,
  /** Role → column with an optional unit, or an expression of the engine in parentheses. */
  columns: z.record(z.string(), z.string()),
  /** The first and last day that is read, UTC. */
  from: day.optional(),
  to: day.optional(),
  /** The last days that are read, today as the last. */
  days: z.int().min(1).max(36_500).optional(),
  /** A column with the day as `YYYY-MM-DD`, by which the table is partitioned. */
  partition: z.string().min(1).optional(),
  /** One more condition, as the engine takes it. */
  where: z.string().min(1).optional(),
  /** A file with what the engine answered, read in its place: the query is `landscape sql`'s. */
  result: z.string().min(1).optional(),
  /** The most groups of caller, callee and route that are taken. */
  maxRows: z.int().min(1).max(2_000_000).default(200_000),
  /** The most seconds that the query may take. */
  timeout: z.number().positive().max(86_400).default(600),
};

const serverShape = {
  /** Not needed where a saved result is read. */
  url: z.string().min(1).optional(),
  user: z.string().min(1).optional(),
  password: secret.optional(),
  /** A certificate authority of one's own, and a certificate of the client; files of PEM. */
  ca: z.string().min(1).optional(),
  cert: z.string().min(1).optional(),
  key: z.string().min(1).optional(),
};

/** The options of each engine. */
export const engineOptions = {
  clickhouse: z.strictObject({
    engine: z.literal('clickhouse'),
    ...queryShape,
    ...serverShape,
    database: z.string().min(1).optional(),
  }),
  trino: z.strictObject({
    engine: z.literal('trino'),
    ...queryShape,
    ...serverShape,
    catalog: z.string().min(1).optional(),
    schema: z.string().min(1).optional(),
    /** A JSON web token, in place of user and password. */
    token: secret.optional(),
  }),
  duckdb: z.strictObject({
    engine: z.literal('duckdb'),
    ...queryShape,
    /** A database file that holds the table; without it, the source names files of data. */
    database: z.string().min(1).optional(),
    /** How files of data are read, where their names do not tell. */
    reader: z.enum(['parquet', 'csv', 'json', 'iceberg', 'delta']).optional(),
    /** The most memory that DuckDB may use; it takes up to four fifths of the machine's without. */
    memory: z
      .string()
      .regex(/^\d{1,6}(?:\.\d{1,3})? ?[KMGT]i?B$/i, 'expected a size such as 4GB')
      .optional(),
    /** Extensions that are loaded, which must be installed: httpfs, aws, iceberg … */
    extensions: z.array(z.string().regex(/^\w{1,50}$/)).default([]),
  }),
} as const;

/** What is said of an engine that is none. */
const unknownEngine = z.looseObject({ engine: z.enum(Object.keys(engineOptions)) });

/** The engines there are. */
export type EngineName = keyof typeof engineOptions;

/** The options of the engine that a source names; of a name that is none, what says so. */
export function optionsOf(engine: unknown): z.ZodType {
  return Object.hasOwn(engineOptions, String(engine))
    ? engineOptions[engine as EngineName]
    : unknownEngine;
}

/** What a query needs beside the engine's own options. */
export type QueryOptions = z.output<z.ZodObject<typeof queryShape>>;
/** How a server is reached. */
export type ServerOptions = z.output<z.ZodObject<typeof serverShape>>;
/** The options of one engine, as they are given. */
export type EngineOptions<Name extends EngineName> = z.output<(typeof engineOptions)[Name]>;
/** Where a secret stands. */
export type Secret = z.output<typeof secret>;
