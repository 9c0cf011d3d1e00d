import { type Config, isDate, parseOptions, type Source } from '../config.ts';
import { formatPlace, InputError, type Place } from '../errors.ts';
import { openSharing } from '../evidence/share-parts.ts';
import type { Evidence } from '../evidence.ts';
import { type Cache, noCache } from '../files/cache.ts';
import type { Files } from '../files.ts';
import { drain, groupBy, sortBy } from '../order.ts';
import type { Collection } from '../scanners/collected/collection.ts';
import { CoverageCounter, formatSkipped, type SourceCoverage } from '../scanners/coverage.ts';
import { loadScanner } from '../scanners/index.ts';
import { readInlineSystems } from '../scanners/inventory/inventory.ts';
import type { ReadBytes } from '../scanners/scanner.ts';

/** How sources are read. */
export interface ScanOptions {
  /** Refuse a registry with bad rows, as a gate must. */
  readonly strict: boolean;
  /** The day of the run, `YYYY-MM-DD` UTC. */
  readonly today: string;
  /** Ends what runs elsewhere, such as the query of an engine. */
  readonly signal?: AbortSignal;
  /** What earlier runs kept; none by default. */
  readonly cache?: Cache;
  /** Told which file of which source is being read, and how far a large source is read. */
  readonly progress?: (kind: string, file: string, bytes?: ReadBytes) => void;
}

/** A file that was read. */
export interface InputFile {
  readonly file: string;
  readonly sha256: string;
}

/** All that the sources of a landscape yield. */
export interface Scanned {
  readonly evidence: Evidence[];
  readonly coverage: readonly SourceCoverage[];
  /** Those of the sources whose rows register. */
  readonly registries: ReadonlySet<SourceCoverage>;
  readonly inputs: readonly InputFile[];
  /** The systems that options name. */
  readonly expected: readonly ExpectedSystem[];
}

/** A system that an option names, and where: each must be known in the end. */
export interface ExpectedSystem {
  readonly system: string;
  readonly place: Place;
}

/**
 * Reads every source of a landscape.
 * @throws LandscapeError where a source cannot be read, or too little of it was understood
 */
export async function scanSources(
  config: Pick<Config, 'file' | 'sources' | 'systems'>,
  files: Files,
  options: ScanOptions,
): Promise<Scanned> {
  const evidence: Evidence[] = [...readInlineSystems(config.systems)];
  const coverage: SourceCoverage[] = [];
  const registries = new Set<SourceCoverage>();
  const expected: ExpectedSystem[] = [];
  const collections: Collection[] = [];
  const read = new Set([config.file]);
  const share = openSharing();
  for (const source of config.sources) {
    const result = await scanSource(source, files, share, options);
    for (const path of [...result.paths, ...result.alsoRead]) read.add(path);
    for (const item of drain(result.evidence)) evidence.push(item);
    coverage.push(result.coverage);
    if (isRegistry(source)) registries.add(result.coverage);
    expected.push(...result.expected);
    collections.push(...result.collections);
  }
  refuseTwice(collections);
  for (const { registry, ...source } of collections.flatMap(({ sources }) => sources)) {
    coverage.push(source);
    if (registry) registries.add(source);
  }
  const inputs = [];
  for (const file of sortBy(read, (path) => path))
    inputs.push({ file, sha256: await files.digest(file) });
  return {
    evidence,
    coverage: sortSources(coverage),
    registries,
    inputs,
    expected,
  };
}

/** A pattern that names no file is a mistake, unless the source is optional. */
async function findPaths(
  source: Source,
  isFile: (pattern: string) => boolean,
  files: Files,
): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of source.patterns.filter(isFile)) {
    try {
      const paths = await files.find(pattern);
      if (paths.length === 0) throw new InputError(`${pattern}: names no file; correct it.`);
      for (const path of paths) found.add(path);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (source.optional) continue;
      throw new InputError(
        `${formatPlace(source.placeOf(source.kind))}: ${error.message} Or mark the source "optional: true".`,
        { cause: error },
      );
    }
  }
  return sortBy(found, (path) => path);
}

async function scanSource(
  source: Source,
  files: Files,
  share: (item: Evidence) => Evidence,
  options: ScanOptions,
): Promise<{
  paths: string[];
  evidence: Evidence[];
  coverage: SourceCoverage;
  expected: ExpectedSystem[];
  alsoRead: string[];
  collections: Collection[];
}> {
  const scanner = await loadScanner(source.kind, source.options);
  const counter = new CoverageCounter();
  const evidence: Evidence[] = [];
  const expected: ExpectedSystem[] = [];
  const alsoRead: string[] = [];
  const collections: Collection[] = [];
  const given = parseOptions(scanner.options, source.options, (...path) => source.placeOf(...path));
  const isFile = (pattern: string): boolean => scanner.isFile?.(pattern, given) ?? true;
  const paths = await findPaths(source, isFile, files);
  const context = {
    files,
    paths,
    patterns: source.patterns,
    environment: source.environment,
    today: options.today,
    ...(options.signal ? { signal: options.signal } : {}),
    cache: options.cache ?? noCache,
    coverage: counter,
    placeOf: source.placeOf,
    expectSystem: (system: string, place: Place) => {
      expected.push({ system, place });
    },
    alsoRead: (file: string) => {
      alsoRead.push(file);
    },
    addCollection: (collection: Collection) => {
      collections.push(collection);
    },
    progress: (file: string, bytes?: ReadBytes) => options.progress?.(source.kind, file, bytes),
  };
  for await (const item of scanner.scan(given, context)) evidence.push(share(item));
  const coverage = counter.summarise({
    source: source.patterns.join(', '),
    kind: source.kind,
    environment: source.environment,
    files: paths.length,
    evidence: evidence.length,
  });
  if (options.strict) {
    if (isRegistry(source)) refuseFlaws(coverage);
    if (source.options['registry'] !== false)
      for (const collected of collections.flatMap(({ sources }) => sources))
        if (collected.registry) refuseFlaws(collected);
  }
  refuseUnread(source, coverage);
  return { paths, evidence, coverage, expected, alsoRead, collections };
}

/** Inventories approve what they list unless they say otherwise; models only if they say so. */
export function isRegistry({ kind, options }: Pick<Source, 'kind' | 'options'>): boolean {
  return kind === 'inventory'
    ? options['registry'] !== false
    : kind === 'model' && options['registry'] === true;
}

/** A gate must know every row of a registry. */
function refuseFlaws({ skippedPlaces, flaws }: SourceCoverage): void {
  const bad = [...skippedPlaces, ...flaws];
  if (bad.length > 0) throw new InputError(bad.map(formatSkipped).join('\n'));
}

/** Two collections under one name: an old one beside a new one, or two repositories of one name. */
function refuseTwice(collections: readonly Collection[]): void {
  for (const [name, files] of groupBy(collections, (collection) => collection.name)) {
    if (files.length < 2) continue;
    throw new InputError(
      `${files.map(({ file }) => file).join(' and ')} were both collected from "${name}"; keep the newer one, or collect with "--name" where they are two repositories.`,
    );
  }
}

/** What was mostly not understood must not look like a clean result. */
function refuseUnread(source: Source, coverage: SourceCoverage): void {
  const { records, parsed, unit } = coverage;
  if (records === 0 || parsed / records >= source.minParsed) return;
  const share = `${parsed} of ${records} ${unit} were understood, fewer than the ${Math.round(source.minParsed * 100)} % that "minParsed" asks for`;
  throw new InputError(
    `${formatPlace(source.place)}: ${share}; correct them or the source's options.\n${coverage.skippedPlaces.slice(0, 5).map(formatSkipped).join('\n')}`,
  );
}

/** One order of sources, whatever the order of the configuration. */
export function sortSources(coverage: readonly SourceCoverage[]): SourceCoverage[] {
  return sortBy(
    coverage,
    ({ kind }) => kind,
    ({ source }) => source,
    ({ environment }) => environment,
  );
}

/** The newest date in the records that is not after today, \`YYYY-MM-DD\`. */
export function findNewestDate(
  coverage: readonly SourceCoverage[],
  today: string,
): string | undefined {
  const dates = coverage
    .flatMap(({ window }) => (window ? [window[1].slice(0, 10)] : []))
    .filter((date) => isDate(date) && date <= today);
  return dates.sort().at(-1);
}
