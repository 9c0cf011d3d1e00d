import { fileURLToPath } from 'node:url';
import { type Audit, type AuditOptions, audit, type Judged, judge } from '../audit.ts';
import { type Config, isDate, parseConfig } from '../config.ts';
import { UsageError } from '../errors.ts';
import { type Cache, noCache, openCache } from '../files/cache.ts';
import { type Files, isCacheCommitted, locateLandscape, nodeFiles } from '../files.ts';
import { sourceKinds } from '../scanners/index.ts';
import { type FoundBase, findBase } from './find-base.ts';
import { interruption } from './interruption.ts';
import { type Progress, startProgress } from './progress.ts';
import { readToolVersion } from './tool-version.ts';

/** The options that every command takes, as commander hands them over. */
export interface CommonOptions {
  readonly config?: string;
  readonly asOf?: string;
  readonly today?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly color: boolean;
  readonly progress: boolean;
  readonly cache: boolean;
  /** The `audit.json` of an earlier scan. */
  readonly baseAudit?: string;
  /** The revision of the repository that a change is compared with. */
  readonly since?: string;
}

/** What a command says of how findings are judged, and how a plan is looked for. */
export type Judging = Pick<
  AuditOptions,
  'baseline' | 'isBaselineBegun' | 'severities' | 'planning'
>;

/** Reads and audits the landscape that the command line names. */
export async function auditLandscape(
  folder: string,
  options: CommonOptions,
  isStrict: boolean,
  judging: Judging = {},
): Promise<Audit> {
  return (await readLandscape(folder, options, isStrict, judging)).audit;
}

/** An audit, or as much of it as was asked for, with the configuration that it was read by. */
export interface ReadLandscape<T extends Judged> {
  readonly audit: T;
  readonly config: Config;
  /** What it was compared with. */
  readonly base?: FoundBase;
}

/** The same, with the configuration that it was read by and the base that it was compared with. */
export function readLandscape(
  folder: string,
  options: CommonOptions,
  isStrict: boolean,
  judging: Judging = {},
): Promise<ReadLandscape<Audit>> {
  return readBy(audit, folder, options, isStrict, judging);
}

/** The same without the analysis, for commands that are about findings or links alone. */
export function judgeLandscape(
  folder: string,
  options: CommonOptions,
  isStrict: boolean,
  judging: Judging = {},
): Promise<ReadLandscape<Judged>> {
  return readBy(judge, folder, options, isStrict, judging);
}

async function readBy<T extends Judged>(
  read: (config: Config, files: Files, options: AuditOptions) => Promise<T>,
  folder: string,
  options: CommonOptions,
  isStrict: boolean,
  judging: Judging,
): Promise<ReadLandscape<T>> {
  const { config, files, ...opened } = await openLandscape(folder, options);
  const { asOf, today } = opened;
  return withProgress(opened.folder, options, async (reading) => {
    const all = { asOf, today, tool: readToolVersion(), strict: isStrict, ...judging, ...reading };
    const base = await findBase({ config, folder: opened.folder }, options, all);
    if (!base) return { config, audit: await read(config, files, all) };
    const compared = base.audit
      ? { base: base.audit }
      : // With nothing to compare with, all else is new anyway.
        { severities: { ...judging.severities, ratchet: 'off' as const } };
    const { cache } = base;
    return { config, base, audit: await read(config, files, { ...all, ...compared, cache }) };
  });
}

/** A landscape that the command line names, and the dates that it gives. */
export interface OpenLandscape {
  readonly folder: string;
  readonly files: Files;
  readonly config: Config;
  readonly asOf: string | undefined;
  readonly today: string;
}

/** Reads the configuration that the command line names. @throws LandscapeError */
export async function openLandscape(
  folder: string,
  options: CommonOptions,
): Promise<OpenLandscape> {
  const today = readDate('--today', options.today) ?? new Date().toISOString().slice(0, 10);
  const asOf = readDate('--as-of', options.asOf);
  const place = await locateLandscape(options.config ?? folder);
  const files = nodeFiles(place.folder);
  const config = parseConfig(await files.text(place.file), place.file, sourceKinds);
  return { folder: place.folder, files, config, asOf, today };
}

/** Does what reads sources, with the cache of a folder, and shows how far it is. */
export async function withProgress<T>(
  folder: string,
  options: CommonOptions,
  read: (reading: {
    readonly cache: Cache;
    readonly progress: Progress['show'];
    readonly signal: AbortSignal;
  }) => Promise<T>,
): Promise<T> {
  const progress = await startProgress(options);
  try {
    const code = fileURLToPath(new URL('../scanners/scripts', import.meta.url));
    const isForged = options.cache && (await isCacheCommitted(folder));
    if (isForged && !options.quiet && options.since === undefined)
      process.stderr.write('.landscape is committed, so nothing that it keeps is used.\n');
    const cache = options.cache && !isForged ? await openCache(folder, code) : noCache;
    return await read({ cache, progress: progress.show, signal: interruption.signal });
  } finally {
    progress.stop();
  }
}

/** Whether to colour what goes to standard output: https://no-color.org. */
export function usesColor(options: Pick<CommonOptions, 'color'>): boolean {
  return options.color && !process.env['NO_COLOR'] && process.stdout.isTTY === true;
}

function readDate(flag: string, text: string | undefined): string | undefined {
  if (text !== undefined && !isDate(text))
    throw new UsageError(
      `${flag} "${text}" is no date; write it as YYYY-MM-DD, for example 2026-11-02.`,
    );
  return text;
}
