/**
 * The limit of the runtime: counts the line feeds of a file and does nothing else, read in blocks of
 * 1 MB by one thread or by worker threads over ranges of bytes. A loop looks at every byte in
 * JavaScript; `indexOf` looks for the next line feed in the runtime's own machine code.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const blockSize = 1 << 20;

const counters = {
  'loop over bytes': (bytes, end) => {
    let count = 0;
    for (let at = 0; at < end; at++) if (bytes[at] === 10) count++;
    return count;
  },
  indexOf: (bytes, end) => {
    let count = 0;
    for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count++;
    return count;
  },
};

function countLines({ file, from, to, query }) {
  const count = counters[query];
  const block = Buffer.allocUnsafe(blockSize);
  const descriptor = openSync(file, 'r');
  let lines = 0;
  try {
    for (let at = from; at < to; ) {
      const length = readSync(descriptor, block, 0, Math.min(blockSize, to - at), at);
      if (length === 0) break;
      lines += count(block, length);
      at += length;
    }
  } finally {
    closeSync(descriptor);
  }
  return lines;
}

if (!isMainThread && parentPort)
  parentPort.on('message', (range) => parentPort.postMessage(countLines(range)));

function sizeOf(file) {
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  closeSync(descriptor);
  return size;
}

/** Its one row holds the number of lines. */
export async function open({ threads }) {
  const workers = Array.from({ length: threads }, () => new Worker(fileURLToPath(import.meta.url)));
  const ask = (worker, range) =>
    new Promise((resolve) => {
      worker.once('message', resolve);
      worker.postMessage(range);
    });
  // Without a listener for errors, one ends the process.
  return {
    version: `Node.js ${process.version}`,
    queries: () => Object.keys(counters),
    async run({ file, query }) {
      const size = sizeOf(file);
      const counts = await Promise.all(
        workers.map((worker, index) =>
          ask(worker, {
            file,
            query,
            from: Math.floor((size * index) / threads),
            to: Math.floor((size * (index + 1)) / threads),
          }),
        ),
      );
      return [[counts.reduce((sum, count) => sum + count, 0)]];
    },
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
