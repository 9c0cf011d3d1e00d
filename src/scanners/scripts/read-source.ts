import type { ScanContext } from '../scanner.ts';
import type { ClientEntry } from './clients/client.ts';
import { type ReadCode, type Reading, toReading, unreadableCode } from './facts.ts';
import { findLanguage, loadReader } from './languages/readers.ts';
import { type CodeOwner, isCodeOwners, readCodeOwners } from './project/code-owners.ts';
import { openIgnored } from './project/ignored.ts';
import { readManifest } from './project/manifests.ts';
import { placeOf } from './project/places.ts';
import type { ProjectInput } from './project/project.ts';
import { listStarters } from './project/starters.ts';
import { openReadingCache, toReadingKey } from './reading-cache.ts';
import { readSettings } from './settings/read-settings.ts';
import { toSettingsReading } from './settings/setting.ts';
import { trimReading } from './trim-reading.ts';

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
}

const maxScriptBytes = 1024 * 1024;
const binary =
  /\.(?:png|jpe?g|gif|ico|webp|bmp|tiff?|pdf|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|ear|class|dll|exe|so|dylib|a|o|pyc|wasm|woff2?|ttf|otf|eot|mp[34]|mov|avi|webm|ogg|wav|psd|ai|sketch|xlsx?|docx?|pptx?|odt|ods|parquet|avro|db|sqlite3?|nc|grib2?|shp|dbf|tif)$/i;

/**
 * Reads every file of a source that a reader knows. What is left alone is counted.
 * @param own clients that the user describes
 */
export async function readSource(
  context: ScanContext,
  own: readonly ClientEntry[],
): Promise<SourceReading> {
  const scripts: ScriptReading[] = [];
  const settings: ProjectInput['settings'][number][] = [];
  const manifests: ProjectInput['manifests'][number][] = [];
  const loaded = new Map<string, ReadCode>();
  const readerOf = async (language: string): Promise<ReadCode> => {
    const read = loaded.get(language) ?? (await loadReader(language, own));
    loaded.set(language, read);
    return read;
  };
  const cache = await openReadingCache(
    context.cache,
    `${context.patterns.join('\n')}\n${JSON.stringify(own)}`,
  );
  const isIgnored = await readIgnored(context);
  const ownerOf = await readOwners(context);
  for (const file of context.paths) {
    context.progress(file);
    if (isIgnored(file)) {
      context.coverage.leaveOut('ignored file');
      continue;
    }
    const place = placeOf(relativeTo(file, context.patterns));
    if (place === 'vendored') {
      context.coverage.leaveOut('vendored file');
      continue;
    }
    const text = await readText(file, context);
    if (text === undefined) continue;
    const manifest = readManifest(text, file);
    if (manifest && place === 'code') manifests.push({ ...manifest, file });
    const starters = place === 'code' ? listStarters(text, file) : [];
    if (starters.length > 0)
      scripts.push({ file, text: '', reading: toReading(starters), isProgram: false });
    const found = readSettings(text, file);
    if (found && place !== 'test') settings.push(...found.map((each) => ({ ...each, file })));
    const language = findLanguage(file, text);
    if (!language) {
      if (!manifest && !found) context.coverage.leaveUnread(extensionOf(file));
      continue;
    }
    if (place !== 'code') {
      context.coverage.leaveOut(`${place} file`);
      continue;
    }
    const key = toReadingKey(language.name, file, text);
    const known = cache.find(key);
    if (known) context.coverage.read();
    const reading = known ?? readCode(await readerOf(language.name), text, file, context);
    if (reading && !known) cache.keep(key, reading);
    if (reading?.services)
      settings.push({ ...toSettingsReading({ services: reading.services }), file });
    if (reading) scripts.push({ file, text, reading, isProgram: language.isProgram });
  }
  await cache.close();
  return {
    scripts,
    readings: new Map(scripts.map(({ file, reading }) => [file, reading])),
    settings,
    manifests,
    ownerOf,
  };
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

async function readText(file: string, context: ScanContext): Promise<string | undefined> {
  if (binary.test(file)) {
    context.coverage.leaveUnread(extensionOf(file));
    return undefined;
  }
  if ((await context.files.size(file)) > maxScriptBytes) {
    // Only of what is code is it a loss; data is as large as it likes.
    if (findLanguage(file, '')) {
      context.coverage.skip(
        { file, line: 1, column: 1 },
        'larger than 1 MB; no person wrote this script',
      );
    } else context.coverage.leaveUnread(extensionOf(file));
    return undefined;
  }
  const text = await context.files.text(file);
  if (text.slice(0, 8_000).includes('\u0000')) {
    context.coverage.leaveUnread('binary');
    return undefined;
  }
  return text;
}

function readCode(
  read: ReadCode,
  text: string,
  file: string,
  { coverage }: ScanContext,
): Reading | undefined {
  try {
    const reading = trimReading(read(text, file));
    coverage.read();
    return reading;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    coverage.skip({ file, line: 1, column: 1 }, unreadableCode);
    return undefined;
  }
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
