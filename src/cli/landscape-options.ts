import { fileURLToPath } from 'node:url';
import { type Audit, audit } from '../audit.ts';
import { type Config, isDate, parseConfig } from '../config.ts';
import { UsageError } from '../errors.ts';
import {
  type Cache,
  type Files,
  locateLandscape,
  noCache,
  nodeFiles,
  openCache,
} from '../files.ts';
import { sourceKinds } from '../scanners/index.ts';
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
}

/** Reads and audits the landscape that the command line names. */
export async function auditLandscape(
  folder: string,
  options: CommonOptions,
  isStrict: boolean,
): Promise<Audit> {
  return (await readLandscape(folder, options, isStrict)).audit;
}

/** The same, with the configuration that it was read by. */
export async function readLandscape(
  folder: string,
  options: CommonOptions,
  isStrict: boolean,
): Promise<{ readonly audit: Audit; readonly config: Config }> {
  const { config, files, ...opened } = await openLandscape(folder, options);
  const { asOf, today } = opened;
  const tool = readToolVersion();
  return withProgress(opened.folder, options, async (reading) => ({
    config,
    audit: await audit(config, files, { asOf, today, tool, strict: isStrict, ...reading }),
  }));
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
  read: (reading: { readonly cache: Cache; readonly progress: Progress['show'] }) => Promise<T>,
): Promise<T> {
  const progress = await startProgress(options);
  try {
    const code = fileURLToPath(new URL('../scanners/scripts', import.meta.url));
    const cache = options.cache ? await openCache(folder, code) : noCache;
    return await read({ cache, progress: progress.show });
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
