import { type Analysis, type AnalysisOptions, analyse } from './analyzers/analysis.ts';
import { type Measurements, openMeasurements } from './analyzers/measurements.ts';
import { toBaseFacts } from './audit/base-facts.ts';
import { knownRules, readBaseline } from './audit/baseline.ts';
import { toFreshnessOptions } from './audit/freshness-options.ts';
import { holdLinks, readHeldPlan } from './audit/held-plan.ts';
import { readBroken, shareIncidents } from './audit/incidents.ts';
import { countOwners, readEmployed } from './audit/people.ts';
import { toPlanSettings } from './audit/plan-settings.ts';
import type { Planning } from './audit/planning.ts';
import { toLimits, toPolicies } from './audit/policies.ts';
import { joinConflicts, readRegistry } from './audit/registry.ts';
import {
  type ExpectedSystem,
  findNewestDate,
  type InputFile,
  type ScanOptions,
  scanSources,
  sortSources,
} from './audit/scan-sources.ts';
import { check } from './checks/index.ts';
import { listFacets } from './checks/severities.ts';
import type { Config } from './config.ts';
import { ConfigError, didYouMean, formatPlace, InputError, UsageError } from './errors.ts';
import type { Files } from './files.ts';
import type { Finding, Severity } from './finding.ts';
import type { Landscape, ReferenceCount } from './landscape.ts';
import { drain, sortBy } from './order.ts';
import { foldName } from './reconcile/names.ts';
import { reconcile } from './reconcile/reconcile.ts';
import type { SourceCoverage } from './scanners/coverage.ts';

/** The one serialised result. Every renderer reads only this. */
export interface Audit extends Judged {
  readonly analysis: Analysis;
}

/** An audit without its analysis: the landscape and what rules say of it. */
export interface Judged extends Landscape {
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
  readonly findings: readonly Finding[];
  /** The file of accepted findings, and how many it lists; absent where there is none. */
  readonly baseline?: { readonly file: string; readonly entries: number };
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
  /** How a migration plan is looked for; without it the plan is greedy and proves nothing. */
  readonly planning?: Planning;
  /** An earlier audit of the same landscape, for the rules that compare. */
  readonly base?: Judged;
  /** The file of accepted findings, in place of the configuration's; relative to its folder. */
  readonly baseline?: string | undefined;
  /** Whether the baseline is about to be written, so that it may not be there. */
  readonly isBaselineBegun?: boolean;
  /** Severities that come before those of the configuration. */
  readonly severities?: Readonly<Record<string, Severity>>;
}

/**
 * The whole way: sources → evidence → landscape → analysis → findings.
 * @throws LandscapeError where input or configuration is bad, or nothing was read
 */
export async function audit(config: Config, files: Files, options: AuditOptions): Promise<Audit> {
  const { judged, landscape, measured, analysing } = await judgeSources(config, files, options);
  const { findings, baseline, coverage, ...rest } = judged;
  const analysis = await analyse(landscape, measured, analysing);
  return { ...rest, analysis, findings, ...(baseline && { baseline }), coverage };
}

/**
 * The same way for who asks for findings or links alone: nothing is measured that no rule reads, and
 * no migration is planned.
 * @throws LandscapeError as `audit` does
 */
export async function judge(config: Config, files: Files, options: AuditOptions): Promise<Judged> {
  return (await judgeSources(config, files, options)).judged;
}

/** Sources → evidence → landscape → findings, and what an analysis goes on with. */
async function judgeSources(
  config: Config,
  files: Files,
  options: AuditOptions,
): Promise<{
  readonly judged: Judged;
  readonly landscape: Landscape;
  readonly measured: Measurements;
  readonly analysing: AnalysisOptions;
}> {
  checkRules(config);
  const registry = await readRegistry(config, files, knownRules);
  const baseline = await readBaseline(config, files, {
    file: options.baseline,
    isBegun: options.isBaselineBegun ?? false,
  });
  refuseMissingBase(config, { ...registry.rules, ...options.severities }, options);
  const scanned = await scanSources(config, files, options);
  const { people, ...employed } = await readEmployed(config, files, options.today);
  const { incidents, ...broken } = await readBroken(config, files);
  const held = await readHeldPlan(config, files);
  const { evidence } = scanned;
  for (const item of registry.evidence) evidence.push(item);
  const owners = countOwners(evidence, people);
  const { references, ...reconciled } = reconcile(drain(evidence), {
    aliases: registry.aliases,
    naming: registry.gate.naming,
    showPeople: config.showPeople,
    today: options.today,
    ...(people && { people }),
  });
  const conflicts = joinConflicts(reconciled, registry, config.scope);
  const landscape = { ...reconciled, links: holdLinks(reconciled.links, held), conflicts };
  refuseNothing(config, landscape);
  refuseUnknownOverrides(config, landscape);
  refuseUnknownSystems([...scanned.expected, ...registry.aliases], landscape);
  const asOf =
    options.asOf ?? config.asOf ?? findNewestDate(scanned.coverage, options.today) ?? options.today;
  const freshness = toFreshnessOptions(config, landscape, asOf);
  const analysing: AnalysisOptions = {
    freshness,
    costs: config.costs,
    plan: {
      settings: { ...toPlanSettings(config, landscape), ...options.planning?.settings },
      start: options.planning?.earlier?.plan.start ?? config.plan.start ?? asOf,
      today: options.today,
      ...(options.planning?.earlier && { earlier: options.planning.earlier }),
      incidentHours: shareIncidents(incidents, landscape, config.scope),
      search: options.planning?.search ?? 'greedy',
    },
    staff: {
      today: options.today,
      owners,
      ...(people && { knownTeams: people.teams }),
    },
  };
  const measured = openMeasurements(landscape, analysing);
  const unjudged = {
    version: 1 as const,
    tool: options.tool ?? '',
    name: config.name,
    asOf,
    today: options.today,
    scope: config.scope,
    inputs: sortBy(
      [
        ...registry.inputs,
        ...baseline.inputs,
        ...scanned.inputs,
        ...employed.inputs,
        ...broken.inputs,
        ...held.inputs,
      ],
      ({ file }) => file,
    ),
    ...landscape,
    findings: [],
    ...(baseline.file === undefined
      ? {}
      : { baseline: { file: baseline.file, entries: baseline.entries.length } }),
    coverage: {
      sources: sortSources([
        ...registry.coverage,
        ...scanned.coverage,
        ...employed.coverage,
        ...broken.coverage,
      ]),
      references,
    },
  };
  const findings = check(
    {
      landscape,
      analysis: measured,
      objects: freshness.objects,
      today: options.today,
      policies: [...toPolicies(config, landscape), ...registry.gate.policies],
      limits: registry.gate.joinLimits(toLimits(config)),
      ...(options.base && { base: toBaseFacts(options.base, unjudged) }),
    },
    {
      scope: config.scope,
      preset: config.extends ?? 'recommended',
      overrides: registry.gate.overrides,
      severities: { ...(registry.rules as Record<string, Severity>), ...options.severities },
      baseline: [...registry.accepted, ...baseline.entries],
      today: options.today,
    },
  );
  return { judged: { ...unjudged, findings }, landscape, measured, analysing };
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

/** A ratchet that has nothing to compare with would pass whatever happens. */
function refuseMissingBase(
  { placeOf, scope }: Config,
  severities: Readonly<Record<string, string>>,
  { strict, base }: AuditOptions,
): void {
  const { ratchet = 'off' } = severities;
  if (!strict || base !== undefined || scope === 'member' || ratchet === 'off') return;
  throw new UsageError(
    `${formatPlace(placeOf('rules', 'ratchet'))}: "ratchet" compares with an earlier audit, and none is given; add --since <ref> or --base-audit <audit.json>, or set the rule to "off".`,
  );
}

/** An override that fits nothing would look like a severity that holds. */
function refuseUnknownOverrides(config: Config, landscape: Landscape): void {
  if (config.overrides.length === 0) return;
  const all = [...listFacets(landscape).values()];
  const problems = (['domains', 'tags', 'systems', 'links'] as const).flatMap((facet) => {
    const known = [...new Set(all.flatMap((facets) => facets[facet]))].sort();
    return config.overrides.flatMap((override, index) =>
      (override[facet] ?? []).flatMap((name, at) =>
        known.includes(name)
          ? []
          : [
              `${formatPlace(config.placeOf('overrides', index, facet, at))}: nothing is found of "${name}" under "${facet}".${didYouMean(name, known)}`,
            ],
      ),
    );
  });
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
}

function checkRules(config: Config): void {
  const given = [
    ...Object.keys(config.rules).map((name) => [name, config.placeOf('rules', name)] as const),
    ...config.overrides.flatMap((override, index) =>
      Object.keys(override.rules).map(
        (name) => [name, config.placeOf('overrides', index, 'rules', name)] as const,
      ),
    ),
  ];
  for (const [name, place] of given) {
    if (knownRules.includes(name)) continue;
    throw new ConfigError(
      `${formatPlace(place)}: "${name}" is no rule.${didYouMean(name, knownRules) || ` Known rules: ${knownRules.join(', ')}.`}`,
    );
  }
}
