import { type Config, parseOptions } from '../config.ts';
import { UsageError } from '../errors.ts';
import type { Files } from '../files.ts';
import { CoverageCounter } from '../scanners/coverage.ts';
import { type EngineName, engineOptions, optionsOf } from '../scanners/engines/engine-options.ts';
import { openQuery } from '../scanners/engines/engines.ts';
import { type CommonOptions, openLandscape } from './landscape-options.ts';

/** What `sql` takes beside what every command takes. */
export interface SqlOptions extends CommonOptions {
  readonly engine?: string;
  readonly table?: string;
}

/** The query of one source. */
interface SourceQuery {
  readonly engine: EngineName;
  readonly source: string;
  readonly sql: string;
}

/** `landscape sql`: prints the queries of the sources that an engine holds. @throws LandscapeError */
export async function runSql(folder: string, options: SqlOptions): Promise<void> {
  const names = Object.keys(engineOptions);
  if (options.engine !== undefined && !names.includes(options.engine))
    throw new UsageError(
      `--engine "${options.engine}" is none that is known: ${names.join(', ')}.`,
    );
  const { config, files, today } = await openLandscape(folder, options);
  const all = await writeQueries(config, files, today);
  const wanted = all.filter(
    ({ engine, source }) =>
      (options.engine ?? engine) === engine && (options.table ?? source) === source,
  );
  if (wanted.length === 0) throw new UsageError(tellNone(all, config.file));
  if (options.json) process.stdout.write(`${JSON.stringify(wanted, null, 2)}\n`);
  else if (!options.quiet)
    process.stdout.write(
      wanted.map(({ engine, source, sql }) => `-- ${source} for ${engine}\n${sql};\n`).join('\n'),
    );
}

async function writeQueries(config: Config, files: Files, today: string): Promise<SourceQuery[]> {
  const queries: SourceQuery[] = [];
  for (const source of config.sources) {
    const { engine } = source.options;
    if (source.kind !== 'gateway' || engine === undefined) continue;
    const placeOf = source.placeOf;
    const given = parseOptions(optionsOf(engine), source.options, placeOf) as Parameters<
      typeof openQuery
    >[0];
    const coverage = new CoverageCounter();
    const context = { files, paths: [], patterns: source.patterns, today, coverage, placeOf };
    const { query } = await openQuery(given, { ...context, alsoRead: () => {} });
    queries.push({ engine: given.engine, source: source.patterns.join(', '), sql: query.sql });
  }
  return queries;
}

function tellNone(all: readonly SourceQuery[], file: string): string {
  if (all.length > 0)
    return `no source fits --engine and --table. There are: ${all.map(({ engine, source }) => `${source} (${engine})`).join(', ')}.`;
  return `${file}: names no source with an engine; write one, for example:

sources:
  - gateway: logs.access_log
    engine: clickhouse
    columns:
      time: ts
      address: remote_addr
      path: request_uri
`;
}
