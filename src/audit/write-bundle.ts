import { presets } from '../checks/presets.ts';
import type { Config } from '../config.ts';
import { ConfigError, formatPlace } from '../errors.ts';
import { hidePeople } from '../evidence/hide-people.ts';
import type { Provenance } from '../evidence/relocate.ts';
import { evidenceSchema } from '../evidence/schema.ts';
import type { ConnectionEvidence, SystemEvidence } from '../evidence.ts';
import type { Files } from '../files.ts';
import { sortBy } from '../order.ts';
import { readBaseline } from './baseline.ts';
import { type Bundle, type BundledRule, bundleVersion, isRow } from './bundle.ts';
import { toBundledGate } from './bundled-gate.ts';
import { isRegistry, type ScanOptions, scanSources } from './scan-sources.ts';

export interface BundleOptions extends Omit<ScanOptions, 'strict'> {
  readonly provenance: Provenance;
  /** The version of landscape. */
  readonly tool: string;
}

/**
 * The registry of a landscape as one value: the rows of its inventories and of its configuration,
 * its aliases and what it judges by. Every row must be understood, for others are judged by it.
 * @throws LandscapeError where a row is not understood, or there is none
 */
export async function writeBundle(
  config: Config,
  files: Files,
  options: BundleOptions,
): Promise<Bundle> {
  if (config.registry !== undefined)
    throw new ConfigError(
      `${formatPlace(config.placeOf('registry'))}: a registry that reads another one cannot be bundled; run "landscape bundle" in the folder that "${config.registry}" comes from.`,
    );
  const sources = config.sources.filter(
    (source) => source.kind === 'inventory' || isRegistry(source),
  );
  const { evidence } = await scanSources({ ...config, sources }, files, {
    ...options,
    strict: true,
  });
  const rows = evidence
    .filter(isRow)
    .map((row) => evidenceSchema.parse(config.showPeople ? row : hidePeople(row)));
  if (rows.length === 0)
    throw new ConfigError(
      `${formatPlace(config.placeOf('sources'))}: there is no row to bundle; add the inventory of the registry, for example "- inventory: systems.csv".`,
    );
  const sorted = sortBy(
    rows,
    ({ origin }) => origin.file,
    ({ origin }) => origin.line,
    ({ origin }) => origin.column,
    (row) => JSON.stringify(row),
  );
  const baseline = await readBaseline(config, files);
  return {
    format: 'landscape-bundle',
    version: bundleVersion,
    tool: options.tool,
    ...options.provenance,
    systems: sorted.filter((row): row is SystemEvidence => row.kind === 'system'),
    links: sorted.filter((row): row is ConnectionEvidence => row.kind === 'connection'),
    // The first alias that fits counts, so their order stays.
    aliases: config.aliases.map(({ pattern, system, place }) => ({
      pattern,
      system,
      origin: place,
    })),
    rules: listSeverities(config),
    accepted: sortBy(baseline.entries, ({ fingerprint }) => fingerprint).map(
      ({ message: _, isForeign: __, ...entry }) => entry,
    ),
    gate: toBundledGate(config),
  };
}

/** The severities that hold for all: those of the table that is extended, and those that change it. */
function listSeverities(config: Config): BundledRule[] {
  const table = Object.keys(presets[config.extends ?? 'recommended']);
  const severities = { ...presets[config.extends ?? 'recommended'], ...config.rules };
  return sortBy(Object.entries(severities), ([rule]) => rule).map(([rule, severity]) => ({
    rule,
    severity,
    origin:
      table.includes(rule) && config.rules[rule] === undefined
        ? config.placeOf('extends')
        : config.placeOf('rules', rule),
  }));
}
