/** One call of a gateway. */
interface LogRow {
  /** Seconds since 1970. */
  readonly time: number;
  readonly address: string;
  /** `-` where nobody is named. */
  readonly user: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
  readonly bytes: number;
  readonly waitMs: number;
  readonly agent: string;
}

/** The generator that measurements use as well, which is plain JavaScript. */
const generator = '../../../bench/engines/log-rows.mjs';

export const { columns, logFormat, toRow, toLine, toSelect } = (await import(generator)) as {
  readonly columns: string;
  readonly logFormat: string;
  toRow(number: number, total: number): LogRow;
  toLine(row: LogRow): string;
  toSelect(options: {
    readonly total: number;
    readonly shard?: number;
    readonly shards?: number;
  }): string;
};
