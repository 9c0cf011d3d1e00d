import { findTelemetryFormat } from './formats.ts';

/** The format of a file of telemetry, by its first lines; undefined for any other file. */
export function recogniseTelemetry(sample: readonly string[]): string | undefined {
  return findTelemetryFormat(sample.join('\n'))?.name;
}
