import type { Files } from '../../files.ts';
import type { LinePrefix } from './formats/line-prefix.ts';
import type { LogFormat } from './log-format.ts';
import { type ReadingOptions, readTasks } from './log-pool.ts';
import type { Layout, LogTask, TaskResult } from './read-task.ts';

/** A log file, and how it is written. */
export interface LogFile {
  readonly file: string;
  readonly format: LogFormat;
  readonly prefix: LinePrefix;
  readonly layout: Layout;
}

/** The bounds of a part of a file that is one task. Parts depend on the file alone, so that the
 * answer does not depend on the number of threads. */
const leastPart = 8 * 1024 * 1024;
const mostPart = 64 * 1024 * 1024;
const partsOfFile = 4;

/**
 * Reads logs and hands over what each part of them counted, in order: files as they are given, parts
 * from the first byte to the last.
 * @param take told the result, its file, and how many lines of the file came before; the arrays of
 *   the result are written over once it returns
 */
export async function readLogs(
  logs: readonly LogFile[],
  files: Files,
  options: ReadingOptions,
  take: (result: TaskResult, file: string, linesBefore: number) => void,
): Promise<void> {
  const tasks: LogTask[] = [];
  let bytes = 0;
  for (const log of logs) {
    const size = await files.size(log.file);
    bytes += size;
    const isWhole = log.format.kind === 'columns' || log.layout !== 'lines';
    if (isWhole || (await files.packed(log.file))) tasks.push(log);
    else tasks.push(...toParts(log, size));
  }
  let linesBefore = 0;
  let index = 0;
  for await (const result of readTasks(tasks, bytes, files, options)) {
    const { file, range } = tasks[index++] as LogTask;
    if (!range || range.start === 0) linesBefore = 0;
    take(result, file, linesBefore);
    linesBefore += result.lines;
  }
}

function toParts(log: LogFile, size: number): LogTask[] {
  const part = Math.min(mostPart, Math.max(leastPart, Math.ceil(size / partsOfFile)));
  const count = Math.max(1, Math.ceil(size / part));
  return Array.from({ length: count }, (_, index) => ({
    ...log,
    range: { start: index * part, end: Math.min(size, (index + 1) * part), size },
  }));
}
