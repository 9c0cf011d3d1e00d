import { setImmediate } from 'node:timers/promises';
import { BrokenFileError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import type { LinePrefix } from './formats/line-prefix.ts';
import { LineFeeder } from './kernel/feed-lines.ts';
import { readResults } from './kernel/read-results.ts';
import { giveBack, type Kernel, noRules, takeKernel } from './kernel/start-kernel.ts';
import type { LogFormat } from './log-format.ts';
import { splitRecords } from './split-records.ts';
import type { CallerRules } from './traffic/caller-rules.ts';

/** A line that was not used. */
export interface SkippedLine {
  /** From 1, counted from the first line of the task. */
  readonly line: number;
  readonly reason: string;
}

/** A part of the logs that is read on its own, by any thread. */
export interface LogTask {
  readonly file: string;
  /** The part of a plain file; absent for one that is read as a stream. */
  readonly range?: Range;
  readonly format: LogFormat;
  readonly prefix: LinePrefix;
  readonly layout: Layout;
}

/** Lines that begin in [start, end) of a file that had `size` bytes when it was looked at. */
interface Range {
  readonly start: number;
  readonly end: number;
  readonly size: number;
}

/** `records`: JSON objects that span lines or stand in an array; `wrapped`: in an array in an object. */
export type Layout = 'lines' | 'records' | 'wrapped';

/** What is the same for all tasks of a source. */
export interface TaskOptions {
  readonly callers: Readonly<Record<string, string>>;
  readonly byHost: boolean;
  readonly literalSegments: number;
  /** Whether the callee may depend on more of the path than its template shows. */
  readonly keepPaths: boolean;
}

/** What a task counted, in arrays that threads hand over without copying. */
export interface TaskResult {
  /** What all arrays of the result lie in. Another result may be written over it once it was used. */
  readonly block: ArrayBuffer;
  readonly lines: number;
  readonly parsed: number;
  readonly skipped: number;
  readonly firstSkipped: readonly SkippedLine[];
  readonly folded: number;
  /** Why a packed file could not be read to its end. */
  readonly broken: string | undefined;
  readonly healthChecks: number;
  readonly answeredItself: number;
  /** Milliseconds since 1970; infinite where no line had a time. */
  readonly first: number;
  readonly last: number;
  /** Kinds and texts by number; the first is unused. */
  readonly kinds: Uint8Array;
  readonly texts: readonly string[];
  readonly templates: readonly string[];
  /** Five numbers for each group: caller, product, callee, host, template. */
  readonly keys: Int32Array;
  /** Eight figures for each group, as `CallFigures` lays them out. */
  readonly rows: Float64Array;
  readonly firstLines: Float64Array;
  /** The path each group was first seen with, where paths are kept. */
  readonly paths: readonly string[];
  /** Pairs of bucket and count; those of a group end where its entry in `sketchEnds` says. */
  readonly sketches: Uint32Array;
  readonly sketchEnds: Uint32Array;
  /**
   * The lowest digests of request ids, those of each group in ascending order; they end where its
   * entry in `digestEnds` says. Empty where the log is none of a mesh.
   */
  readonly digests: Float64Array;
  readonly digestEnds: Uint32Array;
}

/** Told how many bytes more were read, as they are stored. */
export type BytesRead = (bytes: number) => void;

/**
 * Reads one task from its first byte to its last.
 * @param spare the block of a result that nobody needs any more, for this one to lie in
 */
export type ReadTask = (
  task: LogTask,
  progress: BytesRead,
  spare?: ArrayBuffer,
) => Promise<TaskResult>;

/** What is needed of files to read tasks. */
export type TaskFiles = Pick<Files, 'openRange' | 'stream'>;

/** Opens a reader of tasks, which runs them in a kernel that they share by turns. */
export function openReadTask(files: TaskFiles, options: TaskOptions): ReadTask {
  let rules: Promise<CallerRules> | undefined;
  return async (task, progress, spare) => {
    rules ??= loadRules(options.callers);
    const collected = { ...options, rules: await rules };
    const kernel = takeKernel();
    try {
      return await readTask(task, kernel, files, collected, progress, spare);
    } finally {
      giveBack(kernel);
    }
  };
}

/** Threads start sooner without the libraries that rules need. */
async function loadRules(callers: TaskOptions['callers']): Promise<CallerRules> {
  if (Object.keys(callers).length === 0) return noRules;
  return (await import('./traffic/caller-rules.ts')).toCallerRules(callers);
}

async function readTask(
  task: LogTask,
  kernel: Kernel,
  files: TaskFiles,
  options: TaskOptions & { readonly rules: CallerRules },
  progress: BytesRead,
  spare: ArrayBuffer | undefined,
): Promise<TaskResult> {
  const feeder = new LineFeeder(task, kernel, options);
  let broken: string | undefined;
  if (task.range) await readRange(task.file, task.range, files, feeder, progress);
  else {
    const chunks = files.stream(task.file, progress);
    const { layout } = task;
    const lines = layout === 'lines' ? chunks : splitRecords(chunks, layout === 'wrapped');
    try {
      for await (const chunk of lines) feeder.feed(chunk);
    } catch (error) {
      // What came before the break is good.
      if (!(error instanceof BrokenFileError)) throw error;
      broken = error.reason;
    }
  }
  feeder.end();
  const { lines, parsed, skipped, memory, pack } = kernel.exports;
  return {
    lines: lines.value,
    parsed: parsed.value,
    skipped: skipped.value,
    firstSkipped: feeder.skips(),
    broken,
    ...readResults(memory, pack(), spare),
  };
}

/** So many reads take a few milliseconds; then whatever else waits for this thread has its turn. */
const readsInTurn = 16;

async function readRange(
  file: string,
  { start, size }: Range,
  files: TaskFiles,
  feeder: LineFeeder,
  progress: BytesRead,
): Promise<void> {
  // The line that began before the range ends in it, and the last one that begins in it ends behind.
  const reader = files.openRange(file, Math.max(0, start - 1), size);
  try {
    for (let reads = 1; ; reads++) {
      const count = reader.read(feeder.room());
      if (count === 0) return;
      const isOpen = feeder.take(count);
      progress(count);
      if (!isOpen) return;
      if (reads % readsInTurn === 0) await setImmediate();
    }
  } finally {
    reader.close();
  }
}
