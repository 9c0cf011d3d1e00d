import { BrokenFileError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { chooseFormat, detectFormat } from './formats/detect.ts';
import type { LogFormat } from './log-format.ts';
import type { LogFile } from './read-logs.ts';

/** How a log is written. */
export interface ChosenLog extends LogFile {
  /** The preset that was found by content, and the share of the sample that is calls in it, 0 to 1. */
  readonly detected?: { readonly name: string; readonly confidence: number };
}

const sampleBytes = 256 * 1024;

/** Whether a log is UTF-16, which nothing here reads: only there the sample keeps its byte order mark. */
export function isUtf16(sample: readonly string[]): boolean {
  return sample[0]?.startsWith('\u{feff}') ?? false;
}

function decode(bytes: Uint8Array): string {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
  if (mark === 0xfffe || mark === 0xfeff)
    return new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be', { ignoreBOM: true }).decode(
      bytes,
    );
  return new TextDecoder().decode(bytes);
}

/**
 * The first lines of a log, the last of them whole unless it is the only one. Zeros before them, which
 * a log has that was cut while its writer held it open, are passed over.
 */
export async function readSample(file: string, files: Files): Promise<readonly string[]> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of files.stream(file)) {
      const start = length > 0 ? 0 : chunk.findIndex((byte) => byte !== 0);
      if (start < 0) continue;
      const part = Uint8Array.from(chunk.subarray(start, start + sampleBytes - length));
      chunks.push(part);
      length += part.length;
      if (length >= sampleBytes) break;
    }
  } catch (error) {
    // What came before the break is good; whoever reads it all tells of the break.
    if (!(error instanceof BrokenFileError) || length === 0) throw error;
  }
  const lines = decode(Buffer.concat(chunks)).split('\n');
  if (length >= sampleBytes && lines.length > 1) lines.pop();
  return lines.map((line) => line.replaceAll('\0', '')).filter((line) => line.trim() !== '');
}

/**
 * Chooses how a log is written.
 * @param given the layouts that the configuration allows; without them, every preset is tried
 * @returns undefined where the content is of no known format
 */
export function chooseLog(
  file: string,
  sample: readonly string[],
  given?: readonly LogFormat[],
): ChosenLog | undefined {
  if (given) {
    const { format, prefix, layout } = chooseFormat(sample, given);
    return { file, format, prefix, layout };
  }
  const found = detectFormat(sample);
  if (!found) return undefined;
  const { format, prefix, layout, preset, confidence } = found;
  return { file, format, prefix, layout, detected: { name: preset, confidence } };
}
