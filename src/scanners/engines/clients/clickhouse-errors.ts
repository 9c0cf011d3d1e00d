import { EngineError } from '../engine.ts';
import { briefly } from './briefly.ts';

/** Codes that servers write into their answers → what the user can do. */
const remedies: readonly (readonly [codes: readonly number[], remedy: string])[] = [
  [[192, 193, 194, 516], 'check "user" and "password"'],
  [[164, 291, 497], 'let its administrator grant this user SELECT on the table, and no more'],
  [[60, 81], 'correct the table that "gateway:" names, or "database"'],
  [[47], 'correct "columns" by "DESCRIBE TABLE"'],
  [[158, 307, 396, 201, 202, 290], 'ask for fewer days, or have the limit of this user raised'],
  [[159, 160, 209], 'ask for fewer days, or raise "timeout" and the limit of the server'],
  [
    [241],
    'ask for fewer days, or have its administrator allow this user to group on disk (max_bytes_before_external_group_by)',
  ],
  [[32, 210, 279], 'a shard does not answer: see that all are up, and run it again'],
  [
    [43, 6, 27, 41, 53, 386, 62, 46, 115, 427],
    'correct "columns" and "where"; "landscape sql" prints the query',
  ],
];

/**
 * Says what a server or its client complains of, and what the user can do.
 * @param secrets what must not be shown, should the server repeat it
 */
export function explainClickHouse(
  error: unknown,
  signal: AbortSignal,
  secrets: readonly string[],
): EngineError {
  if (error instanceof EngineError) return error;
  if (signal.aborted) return new EngineError('the query was stopped', 'run it again', error);
  const { message: text, code: known } = error as NodeJS.ErrnoException;
  // Old servers write the code into the text alone.
  const code = /^\d{1,5}$/.exec(known ?? '')?.[0] ?? /Code: (\d{1,5})\b/.exec(text)?.[1];
  if (code !== undefined)
    return new EngineError(
      `the server says: ${briefly(unframe(text), secrets)} (code ${code})`,
      remedies.find(([codes]) => codes.includes(Number(code)))?.[1] ??
        '"landscape sql" prints the query; run it with the server\'s own client',
      error,
    );
  if (known !== undefined || text === 'Timeout error.')
    return new EngineError(
      `the server cannot be reached or ended the connection (${known ?? 'no answer'})`,
      'check "url", the network and the certificate, and run it again',
      error,
    );
  return new EngineError(
    `what answers is no ClickHouse server, or not all of its answer came: ${briefly(text, secrets)}`,
    'check "url", which is that of the HTTP interface (port 8123, or 8443 with TLS)',
    error,
  );
}

/** What the server said, without what frames it and without long values. */
function unframe(text: string): string {
  return text
    .replace(/^Code: \d+[.,]\s*/, '')
    .replace(/^(?:e\.displayText\(\) = )?DB::Exception:\s*/, '')
    .replace(/, e\.what\(\) = .*$/s, '')
    .replace(/'[^']*'/g, (quoted) => (quoted.length > 80 ? "'…'" : quoted));
}
