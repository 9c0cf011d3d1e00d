import { parentPort, workerData } from 'node:worker_threads';
import { InputError } from '../../errors.ts';
import { nodeFiles } from '../../files.ts';
import type { ThreadData, ThreadMessage } from './log-pool.ts';
import { buffersOf, type LogTask, openReadTask } from './read-task.ts';

/** The thread behind the pool: tasks come in one at a time, and what each counted goes out. */
const { root, options } = workerData as ThreadData;
const read = openReadTask(nodeFiles(root), options);

function send(message: ThreadMessage, buffers: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, buffers);
}

parentPort?.on('message', async (task: LogTask) => {
  try {
    const result = await read(task, (bytes) => send({ bytes }));
    send({ result }, buffersOf(result));
  } catch (error) {
    // Errors lose their class on the way out of a thread.
    send(error instanceof InputError ? { unreadable: error.message } : { error });
  }
});
