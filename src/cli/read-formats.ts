import path from 'node:path';
import { didYouMean, UsageError } from '../errors.ts';
import { standardOutput } from './write-output.ts';

/** A format that the command line wants, and the file it goes to; `-` is standard output. */
export interface Output {
  readonly format: string;
  readonly file: string;
}

/**
 * Reads each `--format NAME[=FILE]`.
 * @throws UsageError where a name is unknown, or two would write one file
 */
export function readFormats(texts: readonly string[], names: readonly string[]): Output[] {
  const outputs = texts.map((text) => readFormat(text, names));
  const files = new Map<string, string>();
  for (const { format, file } of outputs) {
    const key = file === standardOutput ? file : path.resolve(file);
    const other = files.get(key);
    if (other !== undefined)
      throw new UsageError(
        `--format ${format}: ${file === standardOutput ? 'standard output' : file} already takes ${other}; send one of them to a file of its own: --format ${format}=<file>.`,
      );
    files.set(key, format);
  }
  return outputs;
}

function readFormat(text: string, names: readonly string[]): Output {
  const [, format = '', file] = /^([^=]*)(?:=(.*))?$/s.exec(text) ?? [];
  if (!names.includes(format))
    throw new UsageError(
      `--format "${format}" is no format.${didYouMean(format, names)} Known formats: ${names.join(', ')}.`,
    );
  if (file === '')
    throw new UsageError(
      `--format "${text}" names no file behind "="; write --format ${format}=<file>.`,
    );
  return { format, file: file ?? standardOutput };
}
