import type { Files } from '../../files.ts';
import type { ScanContext } from '../scanner.ts';
import { isUnitFile, type TextFile } from '../schedulers/systemd-units.ts';
import type { ClientEntry } from './clients/client.ts';
import { type CodeFact, type Reading, toReading } from './facts.ts';
import { findLanguage, type LanguageName } from './languages/readers.ts';
import { type CodeOwner, isCodeOwners, readCodeOwners } from './project/code-owners.ts';
import { openKeptFiles } from './project/config-repository.ts';
import { openIgnored } from './project/ignored.ts';
import { readManifest } from './project/manifests.ts';
import { type Place, placeOf } from './project/places.ts';
import type { ProjectInput } from './project/project.ts';
import { listStarters } from './project/starters.ts';
import type { ReadResult } from './read-script.ts';
import { openReadingCache, type ReadingCache } from './reading-cache.ts';
import { openReadingQueue, type ReadingQueue } from './reading-queue.ts';
import { findSchedulers, type ScheduledFile } from './scheduled.ts';
import { withVariables } from './settings/compose-variables.ts';
import { readSettings } from './settings/read-settings.ts';
import { type SettingsReading, toSettingsReading } from './settings/setting.ts';
import { withTerraformVariables } from './settings/terraform-variables.ts';

/** One script with what it says by itself. */
export interface ScriptReading {
  readonly file: string;
  readonly text: string;
  readonly reading: Reading;
  /** It is written in a programming language, where a bare word is an expression. */
  readonly isProgram: boolean;
}

/** All files of a source, each read by itself. */
export interface SourceReading extends ProjectInput {
  readonly scripts: readonly ScriptReading[];
  /** Configuration files that are no scripts, with their texts. */
  readonly configurations: readonly { readonly file: string; readonly text: string }[];
  /** Files that hold jobs which a scheduler starts. */
  readonly scheduled: readonly ScheduledFile[];
  /** Timers and services of systemd. */
  readonly units: readonly TextFile[];
}

const maxScriptBytes = 1024 * 1024;
const binary =
  /\.(?:png|jpe?g|gif|ico|webp|bmp|tiff?|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|ear|class|dll|exe|so|dylib|a|o|pyc|wasm|woff2?|ttf|otf|eot|mp[34]|mov|avi|webm|ogg|wav|psd|ai|sketch|xlsx?|docx?|pptx?|odt|ods|parquet|avro|db|sqlite3?|nc|grib2?|shp|dbf|tif)$/i;

/** Files on their way from the disk while others are looked into. */
const mostAhead = 16;

/** A file that is to be looked into, and what there is of it. */
interface Candidate {
  readonly file: string;
  readonly place: Place;
}

/** What one file says before its program is read, and how to read that. */
interface FileSource {
  readonly file: string;
  readonly settings: readonly SettingsReading[];
  readonly starters: readonly CodeFact[];
  readonly script?: FoundScript;
  readonly skipped?: string;
}

interface FoundScript {
  readonly text: string;
  readonly isProgram: boolean;
  readonly key: string;
  /** The reading of an earlier run. */
  readonly known: Reading | undefined;
  /** Where there is none. */
  readonly read: () => Promise<ReadResult>;
}

/**
 * Reads every file of a source that a reader knows. What is left alone is counted.
 * @param own clients that the user describes
 */
export async function readSource(
  context: ScanContext,
  own: readonly ClientEntry[],
): Promise<SourceReading> {
  const manifests: ProjectInput['manifests'][number][] = [];
  const sources: FileSource[] = [];
  const configurations: { file: string; text: string }[] = [];
  const scheduled: ScheduledFile[] = [];
  const units: TextFile[] = [];
  const cache = await openReadingCache(context.cache, context.patterns, own);
  const queue = openReadingQueue(own);
  const ownerOf = await readOwners(context);
  const isKept = openKeptFiles(context.paths);
  try {
    for await (const { file, place, text } of readAhead(await listCandidates(context), context)) {
      context.progress(file);
      if (typeof text !== 'string') {
        if (text.skipped === undefined) context.coverage.leaveUnread(text.unread);
        else sources.push({ file, settings: [], starters: [], skipped: text.skipped });
        continue;
      }
      const manifest = readManifest(text, file);
      if (manifest && place === 'code') manifests.push({ ...manifest, file });
      const filled = await withTerraformVariables(text, file, context);
      const settings = readSettings(await withVariables(filled, file, context), file, {
        isKept: isKept(file),
      });
      const language = findLanguage(file, text);
      const readers = findSchedulers(file, text, place);
      if (readers.length > 0) scheduled.push({ file, text, place, readers });
      const isUnit = place === 'code' && isUnitFile(file);
      if (isUnit) units.push({ file, text });
      const isRead =
        language ||
        manifest ||
        settings ||
        isUnit ||
        readers.length > 0 ||
        /(?:^|\/)(?:\.gitignore|CODEOWNERS)$/.test(file);
      if (!isRead) context.coverage.leaveUnread(extensionOf(file));
      if (language && place !== 'code') context.coverage.leaveOut(`${place} file`);
      if (settings && !language && place === 'code') configurations.push({ file, text });
      sources.push({
        file,
        settings: place === 'test' ? [] : (settings ?? []),
        starters: place === 'code' ? listStarters(text, file) : [],
        ...(language && place === 'code'
          ? { script: findScript(language, text, file, cache, queue) }
          : {}),
      });
    }
    const read = await gather(sources, cache, context);
    await cache.close();
    return {
      ...read,
      readings: new Map(read.scripts.map(({ file, reading }) => [file, reading])),
      manifests,
      configurations,
      scheduled,
      units,
      ownerOf,
    };
  } finally {
    await queue.close();
  }
}

function findScript(
  { name: language, isProgram }: LanguageName,
  text: string,
  file: string,
  cache: ReadingCache,
  queue: ReadingQueue,
): FoundScript {
  const script = { language, file, text };
  const key = cache.keyOf(script);
  const known = cache.find(key);
  const read = known ? async () => ({ reading: known }) : queue.add(script);
  return { text, isProgram, key, known, read };
}

/** All that the files say, in their order, as soon as it is read. */
async function gather(
  sources: readonly FileSource[],
  cache: ReadingCache,
  { coverage, progress }: ScanContext,
): Promise<Pick<SourceReading, 'scripts' | 'settings'>> {
  const scripts: ScriptReading[] = [];
  const settings: ProjectInput['settings'][number][] = [];
  for (const { file, settings: found, starters, script, skipped } of sources) {
    settings.push(...found.map((each) => ({ ...each, file })));
    if (starters.length > 0)
      scripts.push({ file, text: '', reading: toReading(starters), isProgram: false });
    if (script && !script.known) progress(file);
    const result = skipped === undefined ? await script?.read() : { skipped };
    if (!result) continue;
    if ('skipped' in result) {
      coverage.skip({ file, line: 1, column: 1 }, result.skipped);
      continue;
    }
    coverage.read();
    const { reading } = result;
    if (!script) continue;
    if (!script.known) cache.keep(script.key, reading);
    if (reading.services)
      settings.push({ ...toSettingsReading({ services: reading.services }), file });
    scripts.push({ file, text: script.text, reading, isProgram: script.isProgram });
  }
  return { scripts, settings };
}

/** The files that are the source's own, by their paths alone. */
async function listCandidates(context: ScanContext): Promise<Candidate[]> {
  const isIgnored = await readIgnored(context);
  return context.paths.flatMap((file) => {
    if (isIgnored(file)) {
      context.coverage.leaveOut('ignored file');
      return [];
    }
    const place = placeOf(relativeTo(file, context.patterns));
    if (place === 'vendored') {
      context.coverage.leaveOut('vendored file');
      return [];
    }
    return [{ file, place }];
  });
}

/** The texts of files, in the order of the files, some read ahead. */
async function* readAhead(
  candidates: readonly Candidate[],
  { files }: ScanContext,
): AsyncIterable<Candidate & { readonly text: Text }> {
  const ahead: (Candidate & { readonly text: Promise<Text> })[] = [];
  for (const candidate of candidates) {
    const text = readText(candidate.file, files);
    // It is heard of when its turn comes.
    text.catch(() => undefined);
    ahead.push({ ...candidate, text });
    const next = ahead.length > mostAhead ? ahead.shift() : undefined;
    if (next) yield { ...next, text: await next.text };
  }
  for (const next of ahead) yield { ...next, text: await next.text };
}

async function readIgnored({ paths, files }: ScanContext): Promise<(file: string) => boolean> {
  const found = paths.filter((file) => /(?:^|\/)\.gitignore$/.test(file));
  const rules = [];
  for (const file of found)
    rules.push({ folder: file.replace(/\/?\.gitignore$/, ''), text: await files.text(file) });
  return openIgnored(rules);
}

/** The owners of the repository that the source is, or of each that it holds. */
async function readOwners({
  paths,
  files,
}: ScanContext): Promise<(file: string) => CodeOwner | undefined> {
  const found: { root: string; find: (file: string) => CodeOwner | undefined }[] = [];
  for (const file of paths) {
    const root = /^(.*?)(?:\.github\/|\.gitlab\/|docs\/)?CODEOWNERS$/.exec(file)?.[1];
    if (root === undefined || !isCodeOwners(file.slice(root.length))) continue;
    found.push({ root, find: readCodeOwners(await files.text(file)) });
  }
  return (file) => {
    const match = found.find(({ root }) => file.startsWith(root));
    return match?.find(file.slice(match.root.length));
  };
}

/** What a file holds, or why it is none of a scanner's business. */
type Text =
  | string
  | { readonly unread: string; readonly skipped?: undefined }
  | { readonly skipped: string };

async function readText(file: string, files: Files): Promise<Text> {
  if (binary.test(file)) return { unread: extensionOf(file) };
  if ((await files.size(file)) > maxScriptBytes) {
    // Only of what is code is it a loss; data is as large as it likes.
    return findLanguage(file, '')
      ? { skipped: 'larger than 1 MB; no person wrote this script' }
      : { unread: extensionOf(file) };
  }
  const text = await files.text(file);
  return text.slice(0, 8_000).includes('\u0000') ? { unread: 'binary' } : text;
}

function extensionOf(file: string): string {
  return /\.[A-Za-z0-9]+$/.exec(file)?.[0] ?? 'no extension';
}

/** A path below the folder that the source names, so that the folders above it say nothing of it. */
function relativeTo(file: string, patterns: readonly string[]): string {
  const folder = patterns
    .map((pattern) => `${pattern.replace(/^\.\//, '').replace(/\/$/, '')}/`)
    .find((prefix) => file.startsWith(prefix));
  return folder === undefined ? file : file.slice(folder.length);
}
