import { parseConfig } from '../src/config.ts';
import type { Evidence } from '../src/evidence.ts';
import { noCache } from '../src/files/cache.ts';
import { nodeFiles } from '../src/files.ts';
import { CoverageCounter } from '../src/scanners/coverage.ts';
import { loadScanner, sourceKinds } from '../src/scanners/index.ts';

/** All evidence of a landscape on disk, in the order the scanners yield it. */
export async function collectEvidence(folder: string): Promise<Evidence[]> {
  const files = nodeFiles(folder);
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  const evidence: Evidence[] = [];
  for (const source of config.sources) {
    const scanner = await loadScanner(source.kind);
    const paths = (await Promise.all(source.patterns.map((pattern) => files.find(pattern)))).flat();
    const context = {
      files,
      paths,
      patterns: source.patterns,
      environment: source.environment,
      today: '2026-11-02',
      cache: noCache,
      coverage: new CoverageCounter(),
      placeOf: source.placeOf,
      expectSystem: () => {},
      alsoRead: () => {},
      addCollection: () => {},
      progress: () => {},
    };
    const options = scanner.options.parse(source.options);
    for await (const item of scanner.scan(options, context)) evidence.push(item);
  }
  return evidence;
}
