import { ConfigError, InputError } from '../errors.ts';
import type { Evidence } from '../evidence.ts';
import { noCache } from '../files/cache.ts';
import type { Files } from '../files.ts';
import { CoverageCounter } from '../scanners/coverage.ts';
import { loadScanner } from '../scanners/index.ts';

/** What a scan would read. */
export interface ReadSource {
  /** Undefined where a scan would stop. */
  readonly evidence: readonly Evidence[] | undefined;
  readonly counter: CoverageCounter;
}

/** Reads files as a source of a kind without options, so that what is proposed is known to be read. */
export async function readAsSource(
  kind: string,
  paths: readonly string[],
  files: Files,
): Promise<ReadSource> {
  const scanner = await loadScanner(kind);
  const counter = new CoverageCounter();
  const evidence: Evidence[] = [];
  const place = { file: 'landscape.yaml', line: 1, column: 1 };
  const context = {
    files,
    paths,
    patterns: paths,
    environment: 'prod',
    today: new Date().toISOString().slice(0, 10),
    cache: noCache,
    coverage: counter,
    placeOf: () => place,
    expectSystem: () => {},
    alsoRead: () => {},
    addCollection: () => {},
    progress: () => {},
  };
  try {
    const options = scanner.options.parse({});
    for await (const item of scanner.scan(options, context)) evidence.push(item);
    return { evidence, counter };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof ConfigError)) throw error;
    return { evidence: undefined, counter };
  }
}
