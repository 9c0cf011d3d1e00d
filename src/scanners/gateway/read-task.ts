import { BrokenFileError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import type { LinePrefix } from './formats/line-prefix.ts';
import { LineWalker, type SkippedLine } from './line-walker.ts';
import type { LogFormat } from './log-format.ts';
import { splitRecords } from './split-records.ts';
import { CallCollector } from './traffic/call-collector.ts';
import { toCallerRules } from './traffic/caller-rules.ts';
import { compile } from './walker/compile.ts';
import type { Walk } from './walker/walk.ts';

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
  /** Digests of request ids for each group; empty where the log is none of a mesh. */
  readonly requests: readonly (readonly number[])[];
}

/** Told how many bytes more were read, as they are stored. */
export type BytesRead = (bytes: number) => void;

/** Reads one task from its first byte to its last. */
export type ReadTask = (task: LogTask, progress: BytesRead) => Promise<TaskResult>;

/** Opens a reader of tasks. It compiles each format once: a function gets fast by being called. */
export function openReadTask(files: Files, options: TaskOptions): ReadTask {
  const walks = new Map<string, Walk>();
  return (task, progress) => {
    const key = JSON.stringify(task.format);
    const walk = walks.get(key) ?? compile(task.format);
    walks.set(key, walk);
    return readTask(task, walk, files, options, progress);
  };
}

async function readTask(
  task: LogTask,
  walk: Walk,
  files: Files,
  options: TaskOptions,
  progress: BytesRead,
): Promise<TaskResult> {
  const collector = new CallCollector(task.format, {
    rules: toCallerRules(options.callers),
    byHost: options.byHost,
    literalSegments: options.literalSegments,
    keepPaths: options.keepPaths,
  });
  const walker = new LineWalker(task, walk, collector);
  let broken: string | undefined;
  if (task.range) readRange(task.file, task.range, files, walker, progress);
  else {
    const chunks = files.stream(task.file, progress);
    const { layout } = task;
    const lines = layout === 'lines' ? chunks : splitRecords(chunks, layout === 'wrapped');
    try {
      for await (const chunk of lines) walker.feed(chunk);
    } catch (error) {
      // What came before the break is good.
      if (!(error instanceof BrokenFileError)) throw error;
      broken = error.reason;
    }
  }
  walker.end();
  return pack(walker, collector, broken);
}

function readRange(
  file: string,
  { start, size }: Range,
  files: Files,
  walker: LineWalker,
  progress: BytesRead,
): void {
  // The line that began before the range ends in it, and the last one that begins in it ends behind.
  for (const chunk of files.chunks(file, Math.max(0, start - 1), size)) {
    const isOpen = walker.feed(chunk);
    progress(chunk.length);
    if (!isOpen) return;
  }
}

function pack(
  walker: LineWalker,
  collector: CallCollector,
  broken: string | undefined,
): TaskResult {
  const { texts, templates, figures } = collector;
  const numbers = Array.from({ length: texts.size }, (_, index) => index + 1);
  const sketches = figures.sketches();
  return {
    lines: walker.lines,
    parsed: walker.parsed,
    skipped: walker.skipped,
    firstSkipped: walker.firstSkipped,
    folded: collector.folded,
    healthChecks: collector.healthChecks,
    answeredItself: collector.answeredItself,
    broken,
    first: collector.first,
    last: collector.last,
    kinds: Uint8Array.from([0, ...numbers.map((number) => texts.kind(number))]),
    texts: ['', ...numbers.map((number) => texts.text(number))],
    templates: Array.from({ length: templates.size + 1 }, (_, number) =>
      number === 0 ? '' : templates.text(number),
    ),
    keys: collector.groups.keys(),
    rows: figures.rows(),
    firstLines: Float64Array.from(collector.firstLines),
    paths: collector.paths,
    sketches: sketches.pairs,
    sketchEnds: sketches.ends,
    requests: Array.from({ length: figures.size }, (_, group) => collector.requests.sample(group)),
  };
}

/** The buffers of a result, which a thread gives away with it. */
export function buffersOf(result: TaskResult): ArrayBuffer[] {
  const { kinds, keys, rows, firstLines, sketches, sketchEnds } = result;
  return [kinds, keys, rows, firstLines, sketches, sketchEnds].map(
    ({ buffer }) => buffer as ArrayBuffer,
  );
}
