import { parentPort, workerData } from 'node:worker_threads';
import { openReadScript, type ScriptText } from './read-script.ts';

/** The thread behind a reading pool: scripts come in, and what came of each goes out, in order. */
const read = openReadScript(workerData);
let last = Promise.resolve();

parentPort?.on('message', (script: ScriptText) => {
  last = last.then(async () => {
    try {
      parentPort?.postMessage({ result: await read(script) });
    } catch (error) {
      parentPort?.postMessage({ error });
    }
  });
});
parentPort?.postMessage({ ready: true });
