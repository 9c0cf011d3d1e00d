import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compareGates } from '../audit/compare-gates.ts';
import { judgeBase } from '../audit/judge-base.ts';
import { loadAudit } from '../audit/load-audit.ts';
import type { AuditOptions, Judged } from '../audit.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import { type Cache, noCache, openCache, openMemoryCache } from '../files/cache.ts';
import { openBase } from '../files/open-base.ts';
import { nodeFiles } from '../files.ts';
import type { CommonOptions, OpenLandscape } from './landscape-options.ts';

/** An earlier state of a landscape that rules and checks compare with. */
export interface FoundBase {
  /** Undefined where the landscape was not there. */
  readonly audit: Judged | undefined;
  /** What it is, for people. */
  readonly name: string;
  readonly commit?: string;
  readonly notes: readonly string[];
  /** What of the gate is weaker than in the base; nothing is known of it where an audit is given. */
  readonly weakened: readonly string[];
  /** What earlier runs kept, as far as it can be trusted. */
  readonly cache: Cache;
}

/**
 * The base that the command line names: an audit, or a revision of the repository.
 * @throws LandscapeError where it cannot be read
 */
export async function findBase(
  { config, folder }: Pick<OpenLandscape, 'config' | 'folder'>,
  options: CommonOptions,
  judging: AuditOptions,
): Promise<FoundBase | undefined> {
  const { since, baseAudit } = options;
  const cache = judging.cache ?? noCache;
  if (since !== undefined && baseAudit !== undefined)
    throw new UsageError(
      '--since and --base-audit both name a base; give the revision, or the audit that was made of it.',
    );
  if (baseAudit !== undefined)
    return {
      audit: await readBase(baseAudit, config),
      name: baseAudit,
      notes: [],
      weakened: [],
      cache,
    };
  if (since === undefined) return undefined;
  const base = openBase(folder, since);
  try {
    // A change could bring a cache along in which it is clean.
    const isForged = base.hasTracked('.landscape');
    const code = fileURLToPath(new URL('..', import.meta.url));
    // Without a cache, too, a file that is the same on both sides is read into only once.
    const trusted = isForged || !options.cache ? openMemoryCache() : cache;
    const kept = isForged || !options.cache ? noCache : await openCache(folder, code);
    const judged = await judgeBase(base, config.file, kept, { ...judging, cache: trusted });
    return {
      audit: judged?.audit,
      weakened: judged ? compareGates(judged.config, config) : [],
      name: base.name,
      commit: base.commit,
      notes: isForged ? ['.landscape is committed, so nothing that it keeps is used.'] : [],
      cache: trusted,
    };
  } finally {
    base.close();
  }
}

/** Another landscape is no base: whatever is worse here would pass if there is more of it there. */
async function readBase(file: string, { name }: Config): Promise<Judged> {
  const files = nodeFiles(path.dirname(file));
  const base = await loadAudit(files, path.basename(file), file);
  if (base.name !== name)
    throw new UsageError(
      `--base-audit ${file}: is an audit of "${base.name}", and this landscape is "${name}"; name an audit of the same landscape.`,
    );
  return base;
}
