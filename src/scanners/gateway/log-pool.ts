import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { pMapIterable } from 'p-map';
import { InputError } from '../../errors.ts';
import type { Files } from '../../files.ts';
import { kernelModule } from './kernel/start-kernel.ts';
import type { KernelModule } from './kernel/web-assembly.ts';
import {
  type BytesRead,
  type LogTask,
  openReadTask,
  type TaskOptions,
  type TaskResult,
} from './read-task.ts';
import { fromMessage, type ResultMessage } from './result-message.ts';

/** What a thread is started with. */
export interface ThreadData {
  readonly root: string;
  readonly options: TaskOptions;
  /** Compiled once for all threads. */
  readonly kernel: KernelModule;
}

/** What a thread says: progress, what a task counted, input that cannot be read, or a defect of ours. */
export type ThreadMessage =
  | { readonly bytes: number }
  | { readonly result: ResultMessage }
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
 * Reads tasks in several threads, or here where threads do not pay. The results come in the order
 * of the tasks, and few of them wait for their turn.
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
    for (const task of tasks) yield read(task, (bytes) => progress(task.file, bytes));
    return;
  }
  const data: ThreadData = { root: files.root, options: rest, kernel: kernelModule() };
  const idle = Array.from({ length: Math.min(threads, tasks.length) }, () => openWorker(data));
  const all = [...idle];
  const read = async (task: LogTask): Promise<TaskResult> => {
    const worker = idle.pop() as Worker;
    try {
      return await readIn(worker, task, (bytes) => progress(task.file, bytes));
    } finally {
      idle.push(worker);
    }
  };
  try {
    yield* pMapIterable(tasks, read, { concurrency: all.length, backpressure: 4 * all.length });
  } finally {
    await Promise.all(all.map((worker) => worker.terminate()));
  }
}

function openWorker(workerData: ThreadData): Worker {
  return new Worker(new URL('./log-worker.js', import.meta.url), { workerData });
}

function readIn(worker: Worker, task: LogTask, progress: BytesRead): Promise<TaskResult> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void): void => {
      // Not all of them: some are the runtime's own.
      worker.removeAllListeners('message');
      worker.removeAllListeners('error');
      worker.off('exit', ended);
      end();
    };
    const ended = (code: number): void =>
      settle(() => reject(new Error(`the thread that read ${task.file} ended with ${code}`)));
    worker.on('message', (message: ThreadMessage) => {
      if ('bytes' in message) progress(message.bytes);
      else if ('result' in message) settle(() => resolve(fromMessage(message.result)));
      else if ('error' in message) settle(() => reject(message.error));
      else settle(() => reject(new InputError(message.unreadable)));
    });
    worker.on('error', (error) => settle(() => reject(error)));
    worker.on('exit', ended);
    worker.postMessage(task);
  });
}
