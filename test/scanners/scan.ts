import type { Evidence } from '../../src/evidence.ts';
import { noCache } from '../../src/files/cache.ts';
import { memoryFiles } from '../../src/files.ts';
import { CoverageCounter, type SourceCoverage } from '../../src/scanners/coverage.ts';
import { loadScanner } from '../../src/scanners/index.ts';

export interface Scan {
  readonly evidence: readonly Evidence[];
  readonly coverage: SourceCoverage;
  /** The evidence of one kind, in the order it was found. */
  of<K extends Evidence['kind']>(kind: K): Extract<Evidence, { kind: K }>[];
}

/** Runs one scanner over files in memory, as the audit would. */
export async function scan(
  kind: string,
  contents: Readonly<Record<string, string | Uint8Array>>,
  options: Readonly<Record<string, unknown>> = {},
  patterns: readonly string[] = ['.'],
): Promise<Scan> {
  const files = memoryFiles(contents);
  const paths = Object.keys(contents).sort();
  const counter = new CoverageCounter();
  const scanner = await loadScanner(kind);
  const evidence: Evidence[] = [];
  for await (const item of scanner.scan(scanner.options.parse(options), {
    files,
    paths,
    patterns,
    environment: 'prod',
    today: '2026-11-02',
    cache: noCache,
    coverage: counter,
    placeOf: () => ({ file: 'landscape.yaml', line: 1, column: 1 }),
    expectSystem: () => undefined,
    alsoRead: () => {},
    addCollection: () => {},
    progress: () => undefined,
  })) {
    evidence.push(item);
  }
  return {
    evidence,
    coverage: counter.summarise({
      source: paths.join(', '),
      kind,
      environment: 'prod',
      files: paths.length,
      evidence: evidence.length,
    }),
    of: <K extends Evidence['kind']>(wanted: K) =>
      evidence.filter((item): item is Extract<Evidence, { kind: K }> => item.kind === wanted),
  };
}

/**
 * The connections of one script, each as `file:line ARROW target protocol [resource]`, where the
 * arrow is `<-` for data that comes to the script, `->` for data that leaves it, `<>` for both and
 * `??` where the script does not say. Whatever names no end stands as `unresolved TEXT`.
 */
export function drawConnections({ evidence }: Pick<Scan, 'evidence'>): string[] {
  return evidence.flatMap((item) => {
    if (item.kind === 'unresolved') return [`${item.origin.line} unresolved`];
    if (item.kind !== 'connection') return [];
    const far = item.from.kind === 'code' ? item.to : item.from;
    const arrow =
      item.direction === 'forward'
        ? item.from.kind === 'code'
          ? '->'
          : '<-'
        : item.direction === 'both'
          ? '<>'
          : '??';
    const name =
      far.kind === 'address'
        ? `${far.host}${far.port === undefined ? '' : `:${far.port}`}`
        : `${far.kind} ${far.value}`;
    const resource = item.resource ? ` [${item.resource}]` : '';
    return [`${item.origin.line} ${arrow} ${name} ${item.protocol ?? '-'}${resource}`];
  });
}

/** Scans one script by its extension and draws what it connects to. */
export async function drawScript(file: string, text: string): Promise<string[]> {
  return drawConnections(await scan('scripts', { [file]: text }));
}
