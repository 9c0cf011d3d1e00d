import { type Analysis, analyse } from './analyzers/analysis.ts';
import { toFreshnessOptions } from './audit/freshness-options.ts';
import { check, rules } from './checks/index.ts';
import { type Config, isDate, parseOptions, type Source } from './config.ts';
import { ConfigError, didYouMean, formatPlace, InputError, type Place } from './errors.ts';
import type { Evidence } from './evidence.ts';
import { type Cache, type Files, noCache } from './files.ts';
import type { Finding } from './finding.ts';
import type { Landscape } from './landscape.ts';
import { sortBy } from './order.ts';
import { foldName } from './reconcile/names.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { CoverageCounter, formatSkipped, type SourceCoverage } from './scanners/coverage.ts';
import { loadScanner } from './scanners/index.ts';
import { readInlineSystems } from './scanners/inventory/inventory.ts';
import type { ReadBytes } from './scanners/scanner.ts';

/** The one serialised result. Every renderer reads only this. */
export interface Audit extends Landscape {
  readonly version: 1;
  /** The version of the tool that made it. */
  readonly tool: string;
  readonly name: string;
  /** The date that analyses look from, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** The date that expiry is judged by, `YYYY-MM-DD`. */
  readonly today: string;
  readonly scope: 'whole' | 'member';
  /** Every file that was read, with its SHA-256. */
  readonly inputs: readonly { readonly file: string; readonly sha256: string }[];
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  readonly coverage: { readonly sources: readonly SourceCoverage[] };
}

export interface AuditOptions {
  readonly asOf?: string | undefined;
  readonly today: string;
  /** The version of the tool, for audits that are compared later. */
  readonly tool?: string;
  /** Refuse a registry with bad rows, as a gate must. */
  readonly strict: boolean;
  /** What earlier runs kept; none by default. */
  readonly cache?: Cache;
  /** Told which file of which source is being read, and how far a large source is read. */
  readonly progress?: (kind: string, file: string, bytes?: ReadBytes) => void;
}

/**
 * The whole way: sources → evidence → landscape → analysis → findings.
 * @throws LandscapeError where input or configuration is bad, or nothing was read
 */
export async function audit(config: Config, files: Files, options: AuditOptions): Promise<Audit> {
  checkRules(config);
  const scanned = await scanSources(config, files, options);
  const landscape = reconcile(scanned.evidence, {
    aliases: config.aliases,
    naming: config.naming,
    showPeople: config.showPeople,
  });
  refuseNothing(config, landscape);
  refuseUnknownSystems([...scanned.expected, ...config.aliases], landscape);
  const asOf = options.asOf ?? config.asOf ?? findNewestDate(scanned.coverage, options.today);
  const freshness = toFreshnessOptions(config, landscape, asOf);
  const analysis = analyse(landscape, freshness);
  const findings = check(
    { landscape, analysis, objects: freshness.objects },
    { scope: config.scope, severities: config.rules as never },
  );
  return {
    version: 1,
    tool: options.tool ?? '',
    name: config.name,
    asOf,
    today: options.today,
    scope: config.scope,
    inputs: scanned.inputs,
    ...landscape,
    analysis,
    findings,
    coverage: { sources: scanned.coverage },
  };
}

interface Scanned {
  readonly evidence: readonly Evidence[];
  readonly coverage: readonly SourceCoverage[];
  readonly inputs: Audit['inputs'];
  /** The systems that options name. */
  readonly expected: readonly ExpectedSystem[];
}

interface ExpectedSystem {
  readonly system: string;
  readonly place: Place;
}

async function scanSources(config: Config, files: Files, options: AuditOptions): Promise<Scanned> {
  const evidence: Evidence[] = [...readInlineSystems(config.systems)];
  const coverage: SourceCoverage[] = [];
  const expected: ExpectedSystem[] = [];
  const read = new Set([config.file]);
  for (const source of config.sources) {
    const paths = await findPaths(source, files);
    const result = await scanSource(source, paths, files, options);
    for (const path of [...paths, ...result.alsoRead]) read.add(path);
    evidence.push(...result.evidence);
    coverage.push(result.coverage);
    expected.push(...result.expected);
  }
  const inputs = [];
  for (const file of sortBy(read, (path) => path))
    inputs.push({ file, sha256: await files.digest(file) });
  return {
    evidence,
    coverage: sortBy(
      coverage,
      ({ kind }) => kind,
      ({ source }) => source,
      ({ environment }) => environment,
    ),
    inputs,
    expected,
  };
}

/** A pattern that names no file is a mistake, unless the source is optional. */
async function findPaths(source: Source, files: Files): Promise<string[]> {
  const found = new Set<string>();
  for (const pattern of source.patterns) {
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
  paths: readonly string[],
  files: Files,
  options: AuditOptions,
): Promise<{
  evidence: Evidence[];
  coverage: SourceCoverage;
  expected: ExpectedSystem[];
  alsoRead: string[];
}> {
  const scanner = await loadScanner(source.kind);
  const counter = new CoverageCounter();
  const evidence: Evidence[] = [];
  const expected: ExpectedSystem[] = [];
  const alsoRead: string[] = [];
  const given = parseOptions(scanner.options, source.options, (...path) => source.placeOf(...path));
  const context = {
    files,
    paths,
    patterns: source.patterns,
    environment: source.environment,
    cache: options.cache ?? noCache,
    coverage: counter,
    placeOf: source.placeOf,
    expectSystem: (system: string, place: Place) => {
      expected.push({ system, place });
    },
    alsoRead: (file: string) => {
      alsoRead.push(file);
    },
    progress: (file: string, bytes?: ReadBytes) => options.progress?.(source.kind, file, bytes),
  };
  for await (const item of scanner.scan(given, context)) evidence.push(item);
  const coverage = counter.summarise({
    source: source.patterns.join(', '),
    kind: source.kind,
    environment: source.environment,
    files: paths.length,
    evidence: evidence.length,
  });
  refuseUnread(source, coverage, options.strict);
  return { evidence, coverage, expected, alsoRead };
}

/** What was mostly not understood must not look like a clean result. */
function refuseUnread(source: Source, coverage: SourceCoverage, isStrict: boolean): void {
  const { records, parsed, unit } = coverage;
  const isRegistry = source.kind === 'inventory' && source.options['registry'] !== false;
  const bad = [...coverage.skippedPlaces, ...coverage.flaws];
  if (isStrict && isRegistry && bad.length > 0) {
    throw new InputError(bad.map(formatSkipped).join('\n'));
  }
  if (records === 0 || parsed / records >= source.minParsed) return;
  const share = `${parsed} of ${records} ${unit} were understood, fewer than the ${Math.round(source.minParsed * 100)} % that "minParsed" asks for`;
  throw new InputError(
    `${formatPlace(source.place)}: ${share}; correct them or the source's options.\n${coverage.skippedPlaces.slice(0, 5).map(formatSkipped).join('\n')}`,
  );
}

function refuseNothing(config: Config, landscape: Landscape): void {
  if (landscape.systems.length > 0) return;
  const place = formatPlace(config.placeOf('sources'));
  throw new InputError(
    `${place}: the sources hold no system, so there is nothing to audit; add an inventory, for example "- inventory: systems.csv".`,
  );
}

/** A name that stands for no system would drop its links, and a check would pass without them. */
function refuseUnknownSystems(expected: readonly ExpectedSystem[], landscape: Landscape): void {
  const names = landscape.systems.flatMap(({ id, name, aliases }) => [id, name, ...aliases]);
  const known = new Set(names.map(foldName));
  const unknown = expected.filter(({ system }) => !known.has(foldName(system)));
  if (unknown.length === 0) return;
  const sentences = unknown.map(
    ({ system, place }) =>
      `${formatPlace(place)}: no source describes the system "${system}".${didYouMean(system, names) || ' Add it to an inventory, or under "systems:".'}`,
  );
  throw new ConfigError(sentences.join('\n'));
}

function checkRules(config: Config): void {
  const known = rules.map(({ name }) => name);
  for (const name of Object.keys(config.rules)) {
    if (known.includes(name)) continue;
    throw new ConfigError(
      `${formatPlace(config.placeOf('rules', name))}: "${name}" is no rule.${didYouMean(name, known) || ` Known rules: ${known.join(', ')}.`}`,
    );
  }
}

/** The newest date in the evidence that is not after today. */
function findNewestDate(coverage: readonly SourceCoverage[], today: string): string {
  const dates = coverage
    .flatMap(({ window }) => (window ? [window[1].slice(0, 10)] : []))
    .filter((date) => isDate(date) && date <= today);
  return dates.sort().at(-1) ?? today;
}
