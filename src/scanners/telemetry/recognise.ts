import { BrokenFileError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { findTelemetryFormat } from './formats.ts';
import { readSample } from './read-parts.ts';

/** The format of a file of telemetry, by its start; undefined for any other file. */
export async function recogniseTelemetry(file: string, files: Files): Promise<string | undefined> {
  try {
    return findTelemetryFormat(await readSample(file, files))?.name;
  } catch (error) {
    if (error instanceof BrokenFileError) return undefined;
    throw error;
  }
}
