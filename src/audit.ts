import { type Analysis, analyse } from './analyzers/analysis.ts';
import { toFreshnessOptions } from './audit/freshness-options.ts';
import { countOwners, readEmployed } from './audit/people.ts';
import { joinConflicts, readRegistry } from './audit/registry.ts';
import {
  type ExpectedSystem,
  findNewestDate,
  type InputFile,
  type ScanOptions,
  scanSources,
  sortSources,
} from './audit/scan-sources.ts';
import { check, rules } from './checks/index.ts';
import type { Config } from './config.ts';
import { ConfigError, didYouMean, formatPlace, InputError } from './errors.ts';
import type { Files } from './files.ts';
import type { Finding } from './finding.ts';
import type { Landscape, ReferenceCount } from './landscape.ts';
import { drain, sortBy } from './order.ts';
import { foldName } from './reconcile/names.ts';
import { reconcile } from './reconcile/reconcile.ts';
import type { SourceCoverage } from './scanners/coverage.ts';

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
  readonly inputs: readonly InputFile[];
  readonly analysis: Analysis;
  readonly findings: readonly Finding[];
  readonly coverage: {
    readonly sources: readonly SourceCoverage[];
    /** How many of the names, addresses and topics that evidence holds lead to a system. */
    readonly references: readonly ReferenceCount[];
  };
}

export interface AuditOptions extends ScanOptions {
  readonly asOf?: string | undefined;
  readonly today: string;
  /** The version of the tool, for audits that are compared later. */
  readonly tool?: string;
}

/**
 * The whole way: sources → evidence → landscape → analysis → findings.
 * @throws LandscapeError where input or configuration is bad, or nothing was read
 */
export async function audit(config: Config, files: Files, options: AuditOptions): Promise<Audit> {
  checkRules(config);
  const registry = await readRegistry(
    config,
    files,
    rules.map(({ name }) => name),
  );
  const scanned = await scanSources(config, files, options);
  const { people, ...employed } = await readEmployed(config, files, options.today);
  const { evidence } = scanned;
  for (const item of registry.evidence) evidence.push(item);
  const owners = countOwners(evidence, people);
  const { references, ...reconciled } = reconcile(drain(evidence), {
    aliases: registry.aliases,
    naming: config.naming,
    showPeople: config.showPeople,
    ...(people && { people }),
  });
  const conflicts = joinConflicts(reconciled, registry, config.scope);
  const landscape = { ...reconciled, conflicts };
  refuseNothing(config, landscape);
  refuseUnknownSystems([...scanned.expected, ...registry.aliases], landscape);
  const asOf =
    options.asOf ?? config.asOf ?? findNewestDate(scanned.coverage, options.today) ?? options.today;
  const freshness = toFreshnessOptions(config, landscape, asOf);
  const analysis = analyse(landscape, {
    freshness,
    costs: config.costs,
    staff: {
      today: options.today,
      owners,
      ...(people && { knownTeams: people.teams }),
    },
  });
  const findings = check(
    { landscape, analysis, objects: freshness.objects },
    { scope: config.scope, severities: registry.rules as never },
  );
  return {
    version: 1,
    tool: options.tool ?? '',
    name: config.name,
    asOf,
    today: options.today,
    scope: config.scope,
    inputs: sortBy([...registry.inputs, ...scanned.inputs, ...employed.inputs], ({ file }) => file),
    ...landscape,
    analysis,
    findings,
    coverage: {
      sources: sortSources([...registry.coverage, ...scanned.coverage, ...employed.coverage]),
      references,
    },
  };
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
