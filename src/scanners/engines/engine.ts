/** One row of a result, by the name of its column. */
export type Row = Readonly<Record<string, unknown>>;

/** What a query that runs is watched by. */
export interface Watch {
  /** Ends the query, in the engine too. */
  readonly signal: AbortSignal;
  /** Told how many rows are read; the total is 0 where the engine does not know it. */
  progress(rows: number, total: number): void;
}

/** An engine that was opened. */
export interface Engine {
  /**
   * Runs one query and hands over its rows, all of them or none: an answer that was cut short fails.
   * @throws EngineError where the engine refuses, fails or cannot be reached
   */
  rows(sql: string, watch: Watch): AsyncIterable<Row>;
  close(): Promise<void>;
}

/** What an engine said no to, in its own words as far as they may be shown. */
export class EngineError extends Error {
  override name = 'EngineError';
  /** What the user can do. */
  readonly remedy: string;

  constructor(message: string, remedy: string, cause?: unknown) {
    super(message, { cause });
    this.remedy = remedy;
  }
}
