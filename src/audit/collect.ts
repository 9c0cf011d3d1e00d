import type { Config } from '../config.ts';
import { hidePeople } from '../evidence/hide-people.ts';
import type { Provenance } from '../evidence/relocate.ts';
import { evidenceSchema } from '../evidence/schema.ts';
import type { Files } from '../files.ts';
import { type CollectedSource, writeCollection } from '../scanners/collected/collection.ts';
import { findNewestDate, type ScanOptions, scanSources } from './scan-sources.ts';

export interface CollectOptions extends ScanOptions {
  readonly provenance: Provenance;
  /** The version of landscape. */
  readonly tool: string;
  readonly asOf?: string | undefined;
  /** Dates after it are not the newest, `YYYY-MM-DD`. */
  readonly today: string;
}

/** What one repository or host knows, ready to be written. */
export interface Collected extends Provenance {
  /** The lines of the file, each with its line end. */
  readonly lines: Iterable<string>;
  readonly evidence: number;
  readonly sources: readonly CollectedSource[];
}

/**
 * Scans the sources of a landscape and keeps their evidence instead of judging it. A registry of
 * another repository, aliases and rules are left to where the evidence is read.
 * @throws LandscapeError where a source cannot be read, or too little of it was understood
 */
export async function collect(
  config: Config,
  files: Files,
  options: CollectOptions,
): Promise<Collected> {
  const { provenance, tool, today } = options;
  const scanned = await scanSources(config, files, options);
  const evidence = scanned.evidence.map((item) =>
    evidenceSchema.parse(config.showPeople ? item : hidePeople(item)),
  );
  const sources = scanned.coverage.map(
    (source): CollectedSource =>
      scanned.registries.has(source) ? { ...source, registry: true } : source,
  );
  const asOf = options.asOf ?? config.asOf ?? findNewestDate(scanned.coverage, today);
  const header = {
    ...provenance,
    tool,
    sources,
    expected: scanned.expected,
    ...(asOf === undefined ? {} : { asOf }),
  };
  return {
    ...provenance,
    lines: writeCollection(header, evidence),
    evidence: evidence.length,
    sources,
  };
}
