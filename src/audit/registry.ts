import type { Config } from '../config.ts';
import { formatPlace, InputError, type Place } from '../errors.ts';
import { moveOrigin, type Provenance, relocate } from '../evidence/relocate.ts';
import type { Evidence } from '../evidence.ts';
import type { Files } from '../files.ts';
import type { BaselineEntry } from '../finding.ts';
import type { Conflict, Landscape } from '../landscape.ts';
import { sortBy } from '../order.ts';
import { tellIssues, toProvenance } from '../scanners/collected/collection.ts';
import { CoverageCounter, type SourceCoverage } from '../scanners/coverage.ts';
import { type Bundle, bundleSchema, bundleVersion } from './bundle.ts';
import { type BundledGate, type Gate, joinGate } from './bundled-gate.ts';
import type { ExpectedSystem, InputFile } from './scan-sources.ts';

/** What the registry of another repository adds, joined with what the configuration says itself. */
export interface Registry {
  readonly evidence: readonly Evidence[];
  /** The aliases of the configuration first, for the first that fits counts. */
  readonly aliases: readonly (ExpectedSystem & { readonly pattern: string })[];
  readonly rules: Readonly<Record<string, string>>;
  readonly gate: Gate;
  /** What the registry accepts, here as well as elsewhere. */
  readonly accepted: readonly BaselineEntry[];
  /** Where both say something, and not the same. */
  readonly conflicts: readonly Conflict[];
  readonly coverage: readonly SourceCoverage[];
  readonly inputs: readonly InputFile[];
}

/**
 * Reads the bundle that `registry:` names; without one, only the configuration speaks.
 * @param knownRules rules of a newer bundle that this version does not have are told, and left out
 * @throws InputError where it is no bundle, or one that a newer version wrote
 */
export async function readRegistry(
  config: Config,
  files: Files,
  knownRules: readonly string[],
): Promise<Registry> {
  const { registry: file, aliases, rules } = config;
  if (file === undefined)
    return {
      evidence: [],
      aliases,
      rules,
      gate: joinGate(config, undefined, '', knownRules),
      accepted: [],
      conflicts: [],
      coverage: [],
      inputs: [],
    };
  const bundle = parseBundle(await readText(config, file, files), file);
  const from = toProvenance(bundle);
  const rows: readonly Evidence[] = [...bundle.systems, ...bundle.links];
  const counter = new CoverageCounter();
  counter.read(rows.length);
  const bundledRules = bundle.rules.map((each) => ({
    ...each,
    origin: moveOrigin(each.origin, from),
  }));
  for (const { rule, origin } of bundledRules)
    if (!knownRules.includes(rule))
      counter.flaw(origin, `"${rule}" is no rule of this version of landscape`);
  const gate = joinGate(config, bundle.gate && moveGate(bundle.gate, from), from.name, knownRules);
  const known = bundledRules.filter(({ rule }) => knownRules.includes(rule));
  const bundledAliases = bundle.aliases.map(({ pattern, system, origin }) => ({
    pattern,
    system,
    place: moveOrigin(origin, from),
  }));
  const coverage = counter.summarise({
    source: file,
    kind: 'registry',
    environment: 'prod',
    files: 1,
    evidence: rows.length,
  });
  return {
    evidence: relocate(rows, from),
    aliases: joinAliases(aliases, bundledAliases),
    rules: { ...Object.fromEntries(known.map(({ rule, severity }) => [rule, severity])), ...rules },
    gate,
    accepted: bundle.accepted.map((entry) => ({
      ...entry,
      origin: moveOrigin(entry.origin, from),
      isForeign: true,
    })),
    conflicts: [
      ...compareAliases(aliases, bundledAliases, from),
      ...compareRules(config, known, from),
      ...gate.conflicts,
    ],
    coverage: [{ ...coverage, collected: from }],
    inputs: [{ file, sha256: await files.digest(file) }],
  };
}

function moveGate(gate: BundledGate, from: Provenance): BundledGate {
  return {
    ...gate,
    policyOrigins: gate.policyOrigins.map((origin) => moveOrigin(origin, from)),
    limitsOrigin: moveOrigin(gate.limitsOrigin, from),
  };
}

async function readText(config: Config, file: string, files: Files): Promise<string> {
  try {
    return await files.text(file);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const place = formatPlace(config.placeOf('registry'));
    throw new InputError(
      `${place}: ${error.message} Write it in the registry's repository: landscape bundle -o bundle.json`,
      { cause: error },
    );
  }
}

function parseBundle(text: string, file: string): Bundle {
  const place = formatPlace({ file, line: 1, column: 1 });
  const value = parseJson(text);
  const { format, version } = Object(value) as { format?: unknown; version?: unknown };
  const isOurs = format === 'landscape-bundle';
  if (isOurs && typeof version === 'number' && version > bundleVersion)
    throw new InputError(
      `${place}: is written in version ${version} of the format, and this landscape reads version ${bundleVersion}; update landscape here, or write the bundle with the version that is used here.`,
    );
  const result = bundleSchema.safeParse(value);
  if (result.success) return result.data;
  const reason = isOurs ? `is not understood (${tellIssues(result.error)})` : 'is no bundle';
  throw new InputError(
    `${place}: ${reason}; write it again with "landscape bundle" in the registry's repository.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

type Aliases = Registry['aliases'];

/** What the configuration says itself comes first, and the pattern of both only once. */
function joinAliases(own: Aliases, bundled: Aliases): Aliases {
  const patterns = new Set(own.map(({ pattern }) => pattern.toLowerCase()));
  return [...own, ...bundled.filter(({ pattern }) => !patterns.has(pattern.toLowerCase()))];
}

function compareAliases(own: Aliases, bundled: Aliases, from: Provenance): Conflict[] {
  const said = new Map(own.map((alias) => [alias.pattern.toLowerCase(), alias]));
  return bundled.flatMap(({ pattern, system, place }) => {
    const here = said.get(pattern.toLowerCase());
    if (!here || here.system.toLowerCase() === system.toLowerCase()) return [];
    const message = `The alias "${pattern}" stands for ${here.system} here and for ${system} in ${from.name}; here it is ${here.system}.`;
    return [{ subject: pattern, kind: 'alias' as const, message, origins: [here.place, place] }];
  });
}

function compareRules(
  { rules, placeOf }: Config,
  bundled: readonly { readonly rule: string; readonly severity: string; readonly origin: Place }[],
  from: Provenance,
): Conflict[] {
  return bundled.flatMap(({ rule, severity, origin }) => {
    const here = rules[rule];
    if (here === undefined || here === severity) return [];
    const message = `The rule ${rule} is "${here}" here and "${severity}" in ${from.name}; here it is "${here}".`;
    return [
      { subject: rule, kind: 'rule' as const, message, origins: [placeOf('rules', rule), origin] },
    ];
  });
}

/**
 * The contradictions of the sources and those of the registry, in one order. Who sees a part only is
 * not told of contradictions inside the registry: those are mended where it is kept.
 */
export function joinConflicts(
  landscape: Landscape,
  registry: Registry,
  scope: Config['scope'],
): Conflict[] {
  const rows = new Set(registry.evidence.map(({ origin }) => origin.file));
  const isElsewhere = ({ origins }: Conflict): boolean =>
    scope === 'member' && origins.length > 0 && origins.every(({ file }) => rows.has(file));
  return sortBy(
    [...landscape.conflicts.filter((conflict) => !isElsewhere(conflict)), ...registry.conflicts],
    ({ subject }) => subject,
    ({ kind }) => kind,
    ({ message }) => message,
  );
}
