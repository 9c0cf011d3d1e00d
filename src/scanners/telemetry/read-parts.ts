import type { Files } from '../../files.ts';
import { readLines } from '../collected/read-lines.ts';
import { isMapping } from '../scripts/settings/documents.ts';
import type { CallPlace } from './call.ts';
import { splitJson } from './split-json.ts';

/** A part of a file, or why it could not be read. */
export type Part =
  | { readonly value: unknown; readonly path: string; readonly place: CallPlace }
  | { readonly fault: string; readonly place: CallPlace };

/** A part longer than this is skipped: a line, the spans of one resource, a trace. */
export const mostPartBytes = 32 * 1024 * 1024;
const sampleBytes = 256 * 1024;

/** The start of a file, by which its format is known. */
export async function readSample(file: string, files: Files): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of files.stream(file)) {
    pieces.push(chunk.subarray(0, sampleBytes - size));
    size += chunk.length;
    if (size >= sampleBytes) break;
  }
  return new TextDecoder('utf-8').decode(Buffer.concat(pieces));
}

/** The lines of a text file. */
export async function* readTextParts(
  file: string,
  files: Files,
  progress: (bytes: number) => void,
): AsyncGenerator<Part> {
  for await (const { number, text } of readLines(files.stream(file, progress), mostPartBytes)) {
    const place = { file, line: number };
    if (text === undefined) yield { fault: tooLong, place };
    else yield { value: text, path: '', place };
  }
}

/**
 * The objects at some paths of a JSON file, whether it is one document or one a line.
 * @param sample the start of the file
 */
export async function* readJsonParts(
  file: string,
  files: Files,
  paths: ReadonlySet<string>,
  sample: string,
  progress: (bytes: number) => void,
): AsyncGenerator<Part> {
  if (isLines(sample)) {
    yield* readJsonLines(file, files, paths, progress);
    return;
  }
  const parts = splitJson(files.stream(file, progress), paths, mostPartBytes);
  for (;;) {
    const next = await parts.next();
    if (next.done) {
      const { line, broken } = next.value;
      if (broken !== undefined) yield { fault: broken, place: { file, line } };
      return;
    }
    const { path, line, text } = next.value;
    yield toPart(text, path, { file, line });
  }
}

async function* readJsonLines(
  file: string,
  files: Files,
  paths: ReadonlySet<string>,
  progress: (bytes: number) => void,
): AsyncGenerator<Part> {
  for await (const { number, text } of readLines(files.stream(file, progress), mostPartBytes)) {
    if (text?.trim() === '') continue;
    const part = toPart(text, '$', { file, line: number });
    if ('fault' in part) yield part;
    else for (const found of listAt(part.value, paths)) yield { ...part, ...found };
  }
}

const tooLong = `it is longer than ${mostPartBytes / 1024 / 1024} MB`;

function toPart(text: string | undefined, path: string, place: CallPlace): Part {
  if (text === undefined) return { fault: tooLong, place };
  try {
    return { value: JSON.parse(text) as unknown, path, place };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { fault: 'it is no JSON', place };
  }
}

/** Whether each line is a JSON value of its own: the first is a whole one. */
function isLines(sample: string): boolean {
  const start = sample.trimStart();
  const end = start.indexOf('\n');
  if (end < 0 || !start.startsWith('{')) return false;
  return !('fault' in toPart(start.slice(0, end), '$', { file: '', line: 1 }));
}

/** What stands at the paths of a whole value; lists of items are given item by item. */
function listAt(
  value: unknown,
  paths: ReadonlySet<string>,
): { readonly value: unknown; readonly path: string }[] {
  return [...paths].flatMap((path) => {
    if (path === '$' || (path === '$[]' && isMapping(value))) return [{ value, path }];
    const keys = path.replace(/\[\]$/, '').split('.');
    const found = path.startsWith('$')
      ? value
      : keys.reduce<unknown>((inner, key) => (isMapping(inner) ? inner[key] : undefined), value);
    return Array.isArray(found) ? found.map((item: unknown) => ({ value: item, path })) : [];
  });
}
