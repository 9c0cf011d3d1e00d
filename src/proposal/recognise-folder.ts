import { InputError } from '../errors.ts';
import type { Files } from '../files.ts';
import { sortBy } from '../order.ts';
import { recogniseCron } from '../scanners/cron/recognise.ts';
import { readSample } from '../scanners/gateway/choose-log.ts';
import { detectProxy } from '../scanners/gateway/proxies/read-proxy-configs.ts';
import { recogniseLog } from '../scanners/gateway/recognise.ts';
import { isKnownHeader } from '../scanners/inventory/match-headers.ts';
import { recogniseInventory } from '../scanners/inventory/recognise.ts';
import { readTables } from '../scanners/inventory/tables.ts';
import { findModelReader } from '../scanners/models/readers.ts';
import { findPlatformReader } from '../scanners/platforms/find-reader.ts';
import { findSchedulerReader } from '../scanners/schedulers/find-reader.ts';
import { placeOf } from '../scanners/scripts/project/places.ts';
import { recogniseCode } from '../scanners/scripts/recognise.ts';
import { recogniseTelemetry } from '../scanners/telemetry/recognise.ts';
import type { Left, Recognised, RecognisedFolder, RecognisedOf } from './recognised.ts';

/** A file of the folder. */
export interface ListedFile {
  readonly file: string;
  readonly size: number;
}

const mebibyte = 1024 * 1024;
/** Inventories, schedules and settings that people keep are smaller. */
const mostTextBytes = 4 * mebibyte;
/** What is read in all; only the first part of a log is. */
const mostBytes = 512 * mebibyte;
/** Of rotated logs with one name, so many are looked into; the others are as they are. */
const mostOfOneName = 2;
const mostLogsTried = 400;

const packed = /\.(?:gz|zst|bz2)(?:\.\d{1,4})?$/i;
const logName =
  /log|access|traffic|gateway|requests|traces?|spans|telemetry|otel|jaeger|zipkin|metrics|flows|kiali|hubble|service-?graph|dependencies/i;
const logExtension = /\.(?:log|jsonl|ndjson)(?:[.-]|$)/i;
const document =
  /\.(?:md|markdown|rst|adoc|pdf|docx?|pptx?|odt|html?|css|scss|less|svg|png|jpe?g|gif|ico|webp|woff2?|ttf|eot|otf|drawio|puml|mmd|map|lock|sum|snap)$|(?:^|\/)(?:LICEN[CS]E|NOTICE|AUTHORS|CHANGELOG|README|COPYING|CODEOWNERS|Makefile|\.[^/]+)(?:\.txt)?$/i;
/** Where people keep what they draw. */
const documents = /(?:^|\/)(?:docs?|documentation)\//i;
const binary =
  /\.(?:zip|tgz|xz|7z|rar|jar|war|ear|class|dll|exe|so|dylib|a|o|pyc|wasm|mp[34]|mov|avi|ogg|wav|xls|parquet|avro|db|sqlite3?|pack|idx|bin|dat)$/i;
const proxyName =
  /nginx|haproxy|httpd|apache2?|traefik|envoy|kong|(?:^|\/)(?:sites-(?:available|enabled)|conf\.d)\//i;
const proxyExtension = /\.(?:conf|cfg|ya?ml|json|toml|vhost|template|tmpl)$|(?:^|\/)[^./]+$/i;
const tableName = /\.(?:csv|tsv|txt|ya?ml|json)$/i;
const landscapeName = /(?:^|\/)landscape\.ya?ml$/;

/**
 * Tells for each file of a folder what it is, by asking the scanners. Only reads.
 * @param listed the files, sorted; @param progress told which file is looked at
 */
export async function recogniseFolder(
  files: Files,
  listed: readonly ListedFile[],
  progress: (file: string) => void = () => {},
): Promise<RecognisedFolder> {
  const landscapes = listed
    .filter(({ file }) => landscapeName.test(file) && file.includes('/'))
    .map(({ file }) => file.slice(0, file.lastIndexOf('/')));
  const recognised: Recognised[] = [];
  const notUnderstood = new Map<string, string[]>();
  const leftOut = new Map<string, string[]>();
  const note = (notes: Map<string, string[]>, reason: string, file: string): void => {
    notes.set(reason, [...(notes.get(reason) ?? []), file]);
  };
  const look: Look = { files, names: new Map(), tried: 0, bytes: 0 };
  let isCut = false;
  for (const entry of listed) {
    const { file } = entry;
    progress(file);
    if (landscapeName.test(file) && !file.includes('/')) continue;
    const own = landscapes.find((folder) => file.startsWith(`${folder}/`));
    if (own !== undefined) {
      note(leftOut, 'in a folder that has a landscape.yaml of its own', file);
      continue;
    }
    if (look.bytes > mostBytes) {
      isCut = true;
      note(leftOut, 'not looked at: enough was read', file);
      continue;
    }
    const result = await recogniseFile(entry, look);
    if (typeof result !== 'string') recognised.push(...result);
    else note(result.startsWith('.') ? notUnderstood : leftOut, result, file);
  }
  return {
    files: listed.length,
    recognised,
    notUnderstood: toLeft(notUnderstood),
    leftOut: toLeft(leftOut),
    landscapes,
    isCut,
  };
}

/** What was seen so far, for the limits. */
interface Look {
  readonly files: Files;
  readonly names: Map<string, { readonly results: (Recognised | undefined)[] }>;
  tried: number;
  bytes: number;
}

/** What a file is, or why it is nothing: an extension where a person should look, else a reason. */
async function recogniseFile(
  { file, size }: ListedFile,
  look: Look,
): Promise<readonly Recognised[] | string> {
  if (size === 0) return 'empty';
  // That is how standard input is called.
  if (file === '-') return 'without a name that can be written';
  const place = placeOf(file);
  if (place === 'vendored') return "other people's code, or made by a build";
  const byName = recogniseCode(file, '');
  if (byName?.what === 'code') {
    if (!byName.isOwn) return 'tests, examples and build tooling';
    return [{ kind: 'code', file, size, ...byName }];
  }
  if (binary.test(file)) return 'packed or binary';
  try {
    const found = await recogniseContent(file, size, look);
    if (found.length > 0) {
      if (place === 'code' || place === 'tooling') return found;
      const drawn = found.filter((each) => each.kind === 'export' && each.source === 'model');
      return place === 'example' && documents.test(file) && drawn.length > 0
        ? drawn
        : 'tests, examples and build tooling';
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  if (document.test(file)) return 'documents, pictures, files of tools';
  return place === 'code' ? extensionOf(file) : 'tests, examples and build tooling';
}

async function recogniseContent(file: string, size: number, look: Look): Promise<Recognised[]> {
  const { files } = look;
  if (/\.xlsx$/i.test(file)) return recogniseTables(file, size, look);
  if (packed.test(file)) return recogniseLogs(file, look);
  const isText = size <= mostTextBytes;
  const text = isText ? await files.text(file) : '';
  look.bytes += isText ? size : 0;
  if (text.slice(0, 8_000).includes('\0') && !/\.xml$/i.test(file)) return [];
  if (isText) {
    const cron = recogniseCron(file, text);
    if (cron) return [{ kind: 'cron', file, ...cron }];
    const reader = findSchedulerReader(file, text);
    const read = reader?.read(text.replaceAll('\0', ''), file);
    const jobs = read?.jobs.length ?? 0;
    const code = text.includes('\0') ? undefined : recogniseCode(file, text);
    const asCode: Recognised[] = code?.isOwn ? [{ kind: 'code', file, size, ...code }] : [];
    if (reader && read && jobs > 0) {
      const skipped = read.skipped.length;
      return [{ kind: 'jobs', file, scheduler: reader.name, jobs, skipped }, ...asCode];
    }
    if (code?.what === 'code' || code?.what === 'manifest') return asCode;
    const exported = recogniseExport(file, text);
    if (exported?.source === 'model') return [exported, ...asCode];
    const tables = await recogniseTables(file, size, look, text);
    if (tables.length > 0) return tables;
    const isProxy = proxyName.test(file) && proxyExtension.test(file);
    const product = isProxy ? detectProxy({ file, text }) : undefined;
    if (product)
      return [{ kind: 'proxy', file, product }, ...(exported ? [exported] : []), ...asCode];
    if (exported) return [exported, ...asCode];
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (!logExtension.test(name) && asCode.length > 0) return asCode;
  }
  return recogniseLogs(file, look);
}

/** Models and exports of platforms; what is drawn in Markdown is most often no model of systems. */
function recogniseExport(file: string, text: string): RecognisedOf<'export'> | undefined {
  if (document.test(file) && !/\.(?:puml|mmd)$/i.test(file)) return undefined;
  const model = findModelReader(file, text);
  if (model) return { kind: 'export', file, source: 'model', format: model.name };
  const platform = findPlatformReader(file, text);
  return platform && { kind: 'export', file, source: 'platform', format: platform.name };
}

/** A header, or the empty corner of a matrix, must be there before a whole file is read as tables. */
const anyHeader = /\b(?:id|name|system|application|from|to|source|target|interface|integration)\b/i;

function mayHaveHeader(text: string): boolean {
  return (
    anyHeader.test(text) ||
    /^(?:"")?[,;\t|]\S/m.test(text) ||
    text
      .split(/[\n,;\t|"]/, 1_000)
      .some((cell) => cell.length < 60 && isKnownHeader(cell.trim(), {}))
  );
}

async function recogniseTables(
  file: string,
  size: number,
  look: Look,
  text?: string,
): Promise<Recognised[]> {
  if (size > mostTextBytes) return [];
  if (text === undefined) look.bytes += size;
  else if (!tableName.test(file) || !mayHaveHeader(text.slice(0, 20_000))) return [];
  try {
    const isKnown = (header: string): boolean => isKnownHeader(header, {});
    const found = recogniseInventory(await readTables(look.files, file, isKnown), file);
    return found ? [{ kind: 'inventory', file, ...found }] : [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return [];
  }
}

async function recogniseLogs(file: string, look: Look): Promise<Recognised[]> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const isLikely =
    logExtension.test(name) ||
    packed.test(name) ||
    (logName.test(file) && /\.(?:txt|json|csv|tsv|out|prom|\d{1,4})$|^[^.]+$/i.test(name));
  if (!isLikely) return [];
  // Rotated logs differ in digits alone.
  const stem = file.replace(/\d+/g, '#').replace(packed, '');
  const known = look.names.get(stem) ?? { results: [] };
  look.names.set(stem, known);
  const [first] = known.results;
  if (known.results.length >= mostOfOneName || look.tried >= mostLogsTried)
    return first === undefined ? [] : [{ ...first, file }];
  look.tried++;
  look.bytes += mebibyte;
  const sample = await readSample(file, look.files);
  const format = recogniseTelemetry(sample);
  const log = format === undefined ? recogniseLog(file, sample) : undefined;
  const found: Recognised | undefined =
    format === undefined
      ? log && { kind: 'log', file, ...log }
      : { kind: 'export', file, source: 'telemetry', format };
  known.results.push(found);
  return found ? [found] : [];
}

function extensionOf(file: string): string {
  const name = file
    .slice(file.lastIndexOf('/') + 1)
    .replace(packed, '')
    .replace(/(?:\.\d{1,4})+$/, '');
  const extension = /\.([A-Za-z0-9]{1,12})$/.exec(name)?.[1];
  return extension === undefined ? '. without extension' : `.${extension.toLowerCase()}`;
}

const keptExamples = 3;

function toLeft(notes: ReadonlyMap<string, readonly string[]>): Left[] {
  const left = [...notes].map(([reason, files]) => ({
    reason: reason.replace(/^\. /, ''),
    files: files.length,
    examples: files.slice(0, keptExamples),
  }));
  return sortBy(
    left,
    ({ files }) => -files,
    ({ reason }) => reason,
  );
}
