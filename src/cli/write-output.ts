import path from 'node:path';
import { packGzip } from '../files/pack.ts';
import { writeFiles } from '../files.ts';
import type { CommonOptions } from './landscape-options.ts';

/** The options of commands that write one file for other repositories. */
export type FileOptions = CommonOptions & { readonly output: string; readonly name?: string };

/** Standard output, in place of a file. */
export const standardOutput = '-';

/** Writes one file, whole or not at all; packed if its name ends in `.gz`. @throws InputError */
export async function writeOutput(file: string, parts: Iterable<string>): Promise<void> {
  if (file === standardOutput) {
    for (const chunk of joinParts(parts)) process.stdout.write(chunk);
    return;
  }
  const bytes = Buffer.concat([...joinParts(parts)].map((chunk) => Buffer.from(chunk)));
  const content = file.endsWith('.gz') ? packGzip(bytes) : bytes;
  await writeFiles(path.dirname(file), new Map([[path.basename(file), content]]));
}

const chunkLength = 1 << 20;

/** Many short parts as few long ones: a buffer or a write for each line takes more than the line. */
function* joinParts(parts: Iterable<string>): Generator<string> {
  let waiting: string[] = [];
  let length = 0;
  for (const part of parts) {
    waiting.push(part);
    length += part.length;
    if (length < chunkLength) continue;
    yield waiting.join('');
    waiting = [];
    length = 0;
  }
  if (length > 0) yield waiting.join('');
}
