import type { Command } from 'commander';
import { withCommonOptions } from './common-options.ts';
import type { SqlOptions } from './sql.ts';

/** `landscape sql`. */
export function addSql(program: Command): void {
  withCommonOptions(program.command('sql'))
    .summary('print the query for the engine that holds the logs')
    .description(
      'Prints the query that a scan sends to the engine of a gateway source, for an administrator to read, or to run where landscape may not. No engine is asked.',
    )
    .option('--engine <name>', 'only sources of this engine: clickhouse, trino or duckdb')
    .option('--table <name>', 'only the source of this table')
    .addHelpText(
      'after',
      `
Examples:
  landscape sql
  landscape sql --engine trino --table logs.access > query.sql
  landscape sql --json | jq -r '.[0].sql'

Saved as CSV with names, JSON or Parquet, the answer is read in place of the engine: write
"result: saved/groups.csv" into the source. See docs/scale.md.`,
    )
    .action(async (folder: string, options: SqlOptions) => {
      const { runSql } = await import('./sql.ts');
      await runSql(folder, options);
    });
}
