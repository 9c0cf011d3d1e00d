import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '../../errors.ts';
import { openRange } from '../../files/open-range.ts';
import { useKernelModule } from './kernel/start-kernel.ts';
import type { ThreadData, ThreadMessage, ThreadTask } from './log-pool.ts';
import { openReadTask, type TaskFiles } from './read-task.ts';

/** The thread behind the pool: tasks come in one at a time, and what each counted goes out. */
const { root, options, kernel } = workerData as ThreadData;
useKernelModule(kernel);

/** Most tasks are parts of plain files: what streams need is loaded when one is asked for. */
const files: TaskFiles = {
  openRange: (file, start, end) => openRange(path.resolve(root, file), file, start, end),
  async *stream(file, progress) {
    const { nodeFiles } = await import('../../files.ts');
    yield* nodeFiles(root).stream(file, progress);
  },
};
const read = openReadTask(files, options);

/** Progress is told in steps of so many bytes: each message wakes the main thread. */
const toldBytes = 4 * 1024 * 1024;

function send(message: ThreadMessage, buffers: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, buffers);
}

parentPort?.on('message', async ({ task, spare }: ThreadTask) => {
  let untold = 0;
  const tell = (bytes: number, least: number): void => {
    untold += bytes;
    if (untold < least || untold === 0) return;
    send({ bytes: untold });
    untold = 0;
  };
  try {
    const result = await read(task, (bytes) => tell(bytes, toldBytes), spare);
    tell(0, 0);
    send({ result }, [result.block]);
  } catch (error) {
    // Errors lose their class on the way out of a thread.
    send(error instanceof InputError ? { unreadable: error.message } : { error });
  }
});
