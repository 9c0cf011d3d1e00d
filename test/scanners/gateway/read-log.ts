import { memoryFiles } from '../../../src/files.ts';
import { percentileMs } from '../../../src/latency.ts';
import { chooseLog, readSample } from '../../../src/scanners/gateway/choose-log.ts';
import { readFormat } from '../../../src/scanners/gateway/formats/read-format.ts';
import type { LogFormat } from '../../../src/scanners/gateway/log-format.ts';
import { type LogFile, readLogs } from '../../../src/scanners/gateway/read-logs.ts';
import {
  openReadTask,
  type TaskOptions,
  type TaskResult,
} from '../../../src/scanners/gateway/read-task.ts';
import {
  type Called,
  type Caller,
  type CallGroup,
  CallMerger,
} from '../../../src/scanners/gateway/traffic/merge-calls.ts';

/** What was read of one or several logs. */
export interface Read {
  readonly groups: readonly CallGroup<Called>[];
  readonly lines: number;
  readonly parsed: number;
  readonly skipped: number;
  readonly folded: number;
  readonly healthChecks: number;
  readonly answeredItself: number;
  readonly reasons: readonly string[];
  readonly broken: readonly string[];
}

export const plainOptions: TaskOptions = {
  callers: {},
  byHost: false,
  literalSegments: 0,
  keepPaths: false,
};

const encoder = new TextEncoder();

export function bytesOf(text: string | Uint8Array): Uint8Array {
  return typeof text === 'string' ? encoder.encode(text) : text;
}

/** The first layout of a format. */
export function formatOf(name: string | Readonly<Record<string, string>>): LogFormat {
  const [format] = readFormat(name);
  if (!format) throw new Error('no format');
  return format;
}

/** A log that is plain lines of a format. */
export function logOf(file: string, format: string | Readonly<Record<string, string>>): LogFile {
  return { file, format: formatOf(format), prefix: 'none', layout: 'lines' };
}

/** Puts results of tasks together as the scanner does: each before the next one is asked for. */
export function openMerge(): {
  add(result: TaskResult, file: string): void;
  read(): Read;
} {
  const merger = new CallMerger<Called>(
    (called) => called,
    ({ name, host }) => `${name}\t${host}`,
  );
  const linesOf = new Map<string, number>();
  const figures = { lines: 0, parsed: 0, skipped: 0, healthChecks: 0, answeredItself: 0 };
  const reasons: string[] = [];
  const broken: string[] = [];
  return {
    add: (result, file) => {
      const before = linesOf.get(file) ?? 0;
      merger.add(result, file, before);
      linesOf.set(file, before + result.lines);
      for (const name of ['lines', 'parsed', 'skipped', 'healthChecks', 'answeredItself'] as const)
        figures[name] += result[name];
      reasons.push(...result.firstSkipped.map(({ reason }) => reason));
      if (result.broken !== undefined) broken.push(result.broken);
    },
    read: () => ({
      ...figures,
      groups: [...merger.groups()],
      folded: merger.folded,
      reasons,
      broken,
    }),
  };
}

/** What one task counted, put together. */
export function readOf(result: TaskResult): Read {
  const merge = openMerge();
  merge.add(result, 'a.log');
  return merge.read();
}

/**
 * Reads logs from memory through the engine.
 * @param format one for all; found by content without it
 */
export async function read(
  contents: Readonly<Record<string, string | Uint8Array>>,
  format?: string | Readonly<Record<string, string>>,
  options: Partial<TaskOptions> = {},
): Promise<Read> {
  const files = memoryFiles(contents);
  const logs: LogFile[] = [];
  for (const file of Object.keys(contents)) {
    const sample = await readSample(file, files);
    const chosen = chooseLog(file, sample, format === undefined ? undefined : readFormat(format));
    if (!chosen) throw new Error(`${file}: of no known format`);
    logs.push(chosen);
  }
  const merge = openMerge();
  await readLogs(logs, files, { ...plainOptions, ...options, progress: () => {} }, merge.add);
  return merge.read();
}

/** Reads one log cut into ranges at the given places, each range by a task of its own. */
export async function readInRanges(
  log: LogFile,
  text: string | Uint8Array,
  cuts: readonly number[],
  options: Partial<TaskOptions> = {},
): Promise<Read> {
  const bytes = bytesOf(text);
  const files = memoryFiles({ [log.file]: bytes });
  const readTask = openReadTask(files, { ...plainOptions, ...options });
  const places = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])];
  places.sort((a, b) => a - b);
  const merge = openMerge();
  for (const [index, start] of places.slice(0, -1).entries()) {
    const range = { start, end: places[index + 1] as number, size: bytes.length };
    merge.add(await readTask({ ...log, range }, () => {}), log.file);
  }
  return merge.read();
}

/** Reads one log as a stream of chunks of the given sizes, by turns. */
export async function readInChunks(
  log: LogFile,
  text: string | Uint8Array,
  sizes: readonly number[],
  options: Partial<TaskOptions> = {},
): Promise<Read> {
  const bytes = bytesOf(text);
  async function* stream(): AsyncIterable<Uint8Array> {
    for (let at = 0, turn = 0; at < bytes.length; turn++) {
      const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
      yield bytes.subarray(at, at + size);
      at += size;
    }
  }
  const files = { ...memoryFiles({ [log.file]: bytes }), stream };
  const readTask = openReadTask(files, { ...plainOptions, ...options });
  return readOf(await readTask(log, () => {}));
}

/** A caller as one word. */
export function nameOf(caller: Caller): string {
  return caller.kind === 'unknown' ? '?' : caller.value;
}

/** A group in one line: `caller > callee route calls/errors/serverErrors bytes first last p50 p95 p99`. */
export function draw(group: CallGroup<Called>): string {
  const { caller, callee, route, calls, clientErrors, serverErrors, bytes } = group;
  const product = caller.kind === 'address' && caller.product ? `(${caller.product})` : '';
  const percentiles = [0.5, 0.95, 0.99].map((share) => percentileMs(group.latency, share));
  return [
    `${nameOf(caller)}${product} > ${callee.name === '' ? callee.host : callee.name} ${route}`,
    `${calls}/${clientErrors + serverErrors}/${serverErrors} ${bytes}`,
    `${group.firstSeen} ${group.lastSeen} ${percentiles.join(' ')}`,
  ].join(' ');
}

/** All groups as lines, in an order that does not depend on what came first. */
export function drawAll({ groups }: Read): string[] {
  return groups.map(draw).sort();
}

/** The calls that are counted in groups. */
export function callsIn({ groups }: Read): number {
  return groups.reduce((total, { calls }) => total + calls, 0);
}
