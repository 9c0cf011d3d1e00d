import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { pMapIterable } from 'p-map';
import { InputError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { kernelModule } from './kernel/start-kernel.ts';
import type { KernelModule } from './kernel/web-assembly.ts';
import {
  type LogTask,
  openReadTask,
  type ReadTask,
  type TaskOptions,
  type TaskResult,
} from './read-task.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly root: string;
  readonly options: TaskOptions;
  /** Compiled once for all threads. */
  readonly kernel: KernelModule;
}

/** What a thread is to read, and a block for what it counts. */
export interface ThreadTask {
  readonly task: LogTask;
  readonly spare: ArrayBuffer | undefined;
}

/** What a thread says: progress, what a task counted, input that cannot be read, or a defect of ours. */
export type ThreadMessage =
  | { readonly bytes: number }
  | { readonly result: TaskResult }
  | { readonly unreadable: string }
  | { readonly error: unknown };

/** How tasks are read. */
export interface ReadingOptions extends TaskOptions {
  /** The most threads; by default as many as can run at the same time, four at most. */
  readonly threads?: number;
  /** Told the file and how many bytes more of it were read. */
  readonly progress: (file: string, bytes: number) => void;
}

const mostThreads = 4;
/** Fewer bytes than this are read sooner than threads are started. */
const worthThreads = 16 * 1024 * 1024;

/**
 * Reads tasks in this thread and, where that pays, in others beside it. The results come in the order
 * of the tasks, few of them wait for their turn, and the arrays of one are written over once the next
 * is asked for.
 * @param bytes how much there is to read in all
 */
export async function* readTasks(
  tasks: readonly LogTask[],
  bytes: number,
  files: Files,
  options: ReadingOptions,
): AsyncIterable<TaskResult> {
  const { threads = Math.min(availableParallelism(), mostThreads), progress, ...rest } = options;
  const isCompiled = import.meta.url.endsWith('.js');
  // Standard input belongs to the main thread.
  const pays = threads > 1 && bytes >= worthThreads && tasks.every(({ file }) => file !== '-');
  if (!isCompiled || files.root === undefined || !pays) {
    const read = openReadTask(files, rest);
    let spare: ArrayBuffer | undefined;
    for (const task of tasks) {
      const result = await read(task, (bytes) => progress(task.file, bytes), spare);
      yield result;
      spare = result.block;
    }
    return;
  }
  const data: ThreadData = { root: files.root, options: rest, kernel: kernelModule() };
  const workers = Array.from({ length: Math.min(threads, tasks.length) - 1 }, () =>
    openWorker(data),
  );
  // This thread reads too: it has begun before another one has started.
  const idle = [...workers.map(toReader), openReadTask(files, rest)];
  const concurrency = idle.length;
  const spares: ArrayBuffer[] = [];
  const read = async (task: LogTask): Promise<TaskResult> => {
    const reader = idle.pop() as ReadTask;
    try {
      return await reader(task, (bytes) => progress(task.file, bytes), spares.pop());
    } finally {
      idle.push(reader);
    }
  };
  try {
    const results = pMapIterable(tasks, read, { concurrency, backpressure: 2 * concurrency });
    for await (const result of results) {
      yield result;
      spares.push(result.block);
    }
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function openWorker(workerData: ThreadData): Worker {
  return new Worker(new URL('./log-worker.js', import.meta.url), { workerData });
}

function toReader(worker: Worker): ReadTask {
  return (task, progress, spare) =>
    new Promise((resolve, reject) => {
      // Only these: some listeners are the runtime's own.
      const settle = (end: () => void): void => {
        worker.off('message', take).off('error', fail).off('exit', leave);
        end();
      };
      const take = (message: ThreadMessage): void => {
        if ('bytes' in message) progress(message.bytes);
        else if ('result' in message) settle(() => resolve(message.result));
        else if ('error' in message) fail(message.error);
        else fail(new InputError(message.unreadable));
      };
      const fail = (error: unknown): void => settle(() => reject(error));
      const leave = (code: number): void =>
        fail(new Error(`the thread that read ${task.file} ended with ${code}`));
      worker.on('message', take).on('error', fail).on('exit', leave);
      worker.postMessage({ task, spare } satisfies ThreadTask, spare ? [spare] : []);
    });
}
