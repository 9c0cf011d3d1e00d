import type { ConnectionEvidence, Evidence } from '../../../src/evidence.ts';
import { noCache } from '../../../src/files/cache.ts';
import { nodeFiles } from '../../../src/files.ts';
import { CoverageCounter, type SourceCoverage } from '../../../src/scanners/coverage.ts';
import { loadScanner } from '../../../src/scanners/index.ts';

/** What a gateway source yields. */
export interface GatewayScan {
  readonly evidence: readonly Evidence[];
  readonly coverage: SourceCoverage;
}

/** Scans one gateway source of a folder as the audit does: a log that is read, or an engine that is asked. */
export async function scanGateway(
  folder: string,
  patterns: readonly string[],
  options: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
): Promise<GatewayScan> {
  const files = nodeFiles(folder);
  const scanner = await loadScanner('gateway', options);
  const given = scanner.options.parse(options);
  const paths: string[] = [];
  for (const pattern of patterns)
    if (scanner.isFile?.(pattern, given) ?? true) paths.push(...(await files.find(pattern)));
  const coverage = new CoverageCounter();
  const evidence: Evidence[] = [];
  const place = { file: 'landscape.yaml', line: 1, column: 1 };
  for await (const item of scanner.scan(given, {
    files,
    paths,
    patterns,
    environment: 'prod',
    today: '2026-11-02',
    ...(signal ? { signal } : {}),
    cache: noCache,
    coverage,
    placeOf: () => place,
    expectSystem: () => undefined,
    alsoRead: () => {},
    addCollection: () => {},
    progress: () => undefined,
  }))
    evidence.push(item);
  const source = patterns.join(', ');
  return {
    evidence,
    coverage: coverage.summarise({
      source,
      kind: 'gateway',
      environment: 'prod',
      files: paths.length,
      evidence: evidence.length,
    }),
  };
}

/** Connections without where they were found, in an order that does not depend on it. */
export function withoutOrigins({ evidence }: GatewayScan): unknown[] {
  return evidence
    .filter((item): item is ConnectionEvidence => item.kind === 'connection')
    .map(({ origin, traffic, ...rest }) => ({
      ...rest,
      traffic: traffic && {
        ...traffic,
        routes: [...(traffic.routes ?? [])].sort((a, b) => (a.route < b.route ? -1 : 1)),
      },
    }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
