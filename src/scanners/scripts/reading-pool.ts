import { Worker } from 'node:worker_threads';
import type { ClientEntry } from './clients/client.ts';
import type { ReadResult, ScriptText } from './read-script.ts';

/** What came of a script; an error is our own bug, and without worker threads nothing came of it. */
export type PoolResult =
  | ReadResult
  | { readonly error: unknown }
  | { readonly isUnavailable: true };

/** Reads scripts in several threads. */
export interface ReadingPool {
  /** Never rejects. Results may come in any order. */
  read(script: ScriptText): Promise<PoolResult>;
  /** Ends all threads. What was not read by then is unavailable. */
  close(): Promise<void>;
}

export interface PoolOptions {
  readonly own: readonly ClientEntry[];
  /** The most threads; they are started as work comes. */
  readonly size: number;
  /** The script of a thread. */
  readonly entry?: URL;
  /** In ms. A thread that works longer on one script has lost its way. */
  readonly longestRead?: number;
}

/** Why a script is skipped that brought its thread down. */
export const fatalCode = 'needs too much time or memory to be read';

const workerEntry = new URL('./reading-worker.js', import.meta.url);
/** Scripts on their way to one thread, so that it never waits for the next. */
const depth = 8;
/** Work for which one more thread pays, counted in scripts that wait. */
const worthThread = 64;
/** Beyond this the rest of a scan takes longer than the reading. */
const mostThreads = 4;
/** Fewer scripts than this, or less text, are read sooner than threads are started. */
const worthPool = { scripts: 200, characters: 2 * 1024 * 1024 };
/** In MB. Node's main thread has this much, and a script must be as readable in any thread. */
const stackSizeMb = 1.15;

/**
 * How many threads are worth starting for scripts that wait; 0 where they are read sooner without.
 * @param work how many scripts wait, and the characters in them
 * @param cores that can work at the same time
 * @param isCompiled threads run compiled code alone
 */
export function countThreads(
  work: { readonly scripts: number; readonly characters: number },
  cores: number,
  isCompiled = import.meta.url.endsWith('.js'),
): number {
  if (!isCompiled || cores < 2) return 0;
  const isEnough = work.scripts >= worthPool.scripts || work.characters >= worthPool.characters;
  return isEnough ? Math.min(cores, mostThreads) : 0;
}

interface Task {
  readonly script: ScriptText;
  readonly done: (result: PoolResult) => void;
}

interface Thread {
  readonly worker: Worker;
  /** In the order they were sent, which is the order they are answered in. */
  readonly tasks: Task[];
  isReady: boolean;
  timer: NodeJS.Timeout | undefined;
}

type Message =
  | { readonly ready: true }
  | { readonly result: ReadResult }
  | { readonly error: unknown };

/** Opens a pool. Its threads start with the first script. */
export function openReadingPool({
  own,
  size,
  entry = workerEntry,
  longestRead = 60_000,
}: PoolOptions): ReadingPool {
  const waiting: Task[] = [];
  const threads = new Set<Thread>();
  let isUnavailable = false;

  const giveUp = (): void => {
    isUnavailable = true;
    const tasks = [...waiting.splice(0), ...[...threads].flatMap(({ tasks }) => tasks.splice(0))];
    for (const { done } of tasks) done({ isUnavailable: true });
  };

  const end = (thread: Thread): void => {
    if (!threads.delete(thread)) return;
    clearTimeout(thread.timer);
    void thread.worker.terminate();
    const [guilty, ...innocent] = thread.tasks.splice(0);
    waiting.unshift(...innocent);
    if (!thread.isReady) {
      // It cannot even start, and neither could the next one.
      if (guilty) waiting.unshift(guilty);
      giveUp();
    } else guilty?.done({ skipped: fatalCode });
    feed();
  };

  const watch = (thread: Thread): void => {
    clearTimeout(thread.timer);
    if (thread.tasks.length === 0) return;
    const watched = thread.tasks[0];
    thread.timer = setTimeout(() => {
      // This thread may have been the busy one: answers that wait are heard first.
      setImmediate(() => setImmediate(() => thread.tasks[0] === watched && end(thread)));
    }, longestRead);
  };

  const hear = (thread: Thread, message: Message): void => {
    if ('ready' in message) thread.isReady = true;
    else thread.tasks.shift()?.done('result' in message ? message.result : message);
    watch(thread);
    feed();
  };

  const start = (): void => {
    const worker = new Worker(entry, {
      workerData: own,
      resourceLimits: { stackSizeMb },
    });
    const thread: Thread = { worker, tasks: [], isReady: false, timer: undefined };
    threads.add(thread);
    worker.on('message', (message: Message) => hear(thread, message));
    // The end follows: unlike it, an error may overtake what the thread has said before.
    worker.on('error', () => {});
    worker.on('exit', () => end(thread));
  };

  const feed = (): void => {
    if (isUnavailable) giveUp();
    while (waiting.length > 0) {
      const wanted = Math.min(size, Math.ceil(waiting.length / worthThread));
      if (threads.size < wanted) start();
      const [idlest] = [...threads].sort((a, b) => a.tasks.length - b.tasks.length);
      const task = idlest && idlest.tasks.length < depth ? waiting.shift() : undefined;
      if (!idlest || !task) return;
      idlest.tasks.push(task);
      idlest.worker.postMessage(task.script);
      if (idlest.tasks.length === 1) watch(idlest);
    }
  };

  return {
    read: (script) =>
      new Promise((done) => {
        waiting.push({ script, done });
        feed();
      }),
    close: async () => {
      giveUp();
      const ending = [...threads];
      threads.clear();
      for (const { timer } of ending) clearTimeout(timer);
      await Promise.all(ending.map(({ worker }) => worker.terminate()));
    },
  };
}
