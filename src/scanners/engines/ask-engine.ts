import path from 'node:path';
import { ConfigError, formatPlace, InputError } from '../../errors.ts';
import type { ScanContext } from '../scanner.ts';
import { type Engine, EngineError, type Row } from './engine.ts';
import type { EngineName, EngineOptions } from './engine-options.ts';
import { readSecret, readServerAccess } from './server-access.ts';
import { knownFiles } from './tables.ts';

/** Asks the engine of a source. @throws InputError with the place of the source and the remedy */
export async function* askEngine(
  given: EngineOptions<EngineName>,
  sql: string,
  context: ScanContext,
): AsyncIterable<Row> {
  const source = context.patterns.join(', ');
  const ending = new AbortController();
  const { signal } = ending;
  // Heard by a listener, whom Ctrl-C can see and wait for, and not by `AbortSignal.any`.
  const stop = (): void => ending.abort();
  context.signal?.addEventListener('abort', stop, { once: true });
  let isLate = false;
  let timeout: NodeJS.Timeout | undefined;
  let engine: Engine | undefined;
  try {
    engine = await openEngine(given, context);
    timeout = setTimeout(() => {
      isLate = true;
      ending.abort();
    }, given.timeout * 1000);
    const progress = (rows: number, total: number): void =>
      context.progress(source, { done: rows, total, unit: 'rows' });
    yield* engine.rows(sql, { signal, progress });
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const place = formatPlace(context.placeOf('engine'));
    const told = isLate
      ? `took longer than the ${given.timeout} s of "timeout" and was stopped; ask for fewer days, or raise it`
      : `${error.message}; ${error.remedy}`;
    throw new InputError(`${place}: ${source}: ${told}.`, { cause: error });
  } finally {
    clearTimeout(timeout);
    await engine?.close();
    context.signal?.removeEventListener('abort', stop);
  }
}

async function openEngine(given: EngineOptions<EngineName>, context: ScanContext): Promise<Engine> {
  switch (given.engine) {
    case 'clickhouse': {
      const access = await readServerAccess(given, context);
      const { openClickHouse } = await import('./clients/clickhouse.ts');
      return openClickHouse(access, given.database, given.timeout);
    }
    case 'trino': {
      const access = await readServerAccess(given, context);
      const token = given.token && (await readSecret(given.token, 'token', context));
      const { openTrino } = await import('./clients/trino.ts');
      return openTrino(access, { catalog: given.catalog, schema: given.schema, token });
    }
    case 'duckdb': {
      const { root } = context.files;
      if (root === undefined) throw new ConfigError('DuckDB reads files of a disk alone.');
      const { openDuckDb } = await import('./clients/duckdb.ts');
      const { extensions, memory } = given;
      const database = given.database && path.resolve(root, given.database);
      const readable = database === undefined ? knownFiles(given, context) : undefined;
      return openDuckDb({ database, readable, extensions, memory });
    }
    default:
      return given satisfies never;
  }
}
