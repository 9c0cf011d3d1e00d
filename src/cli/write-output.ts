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
    for (const part of parts) process.stdout.write(part);
    return;
  }
  const bytes = Buffer.concat([...parts].map((part) => Buffer.from(part)));
  const content = file.endsWith('.gz') ? packGzip(bytes) : bytes;
  await writeFiles(path.dirname(file), new Map([[path.basename(file), content]]));
}
