import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  callsIn,
  drawAll,
  logOf,
  openMerge,
  plainOptions,
  type Read,
  readInRanges,
} from '../scanners/gateway/read-log.ts';

/** The compiled engine, for only that has threads; `npm test` builds it first. */
const compiled = new URL('../../dist/', import.meta.url);

async function load<Module>(file: string): Promise<Module> {
  return (await import(new URL(file, compiled).href)) as Module;
}

const lines = 240_000;
const months = ['Jan', 'Feb', 'Mar'];

/** Lines that differ in all that is counted; some are dirt. */
function line(index: number): string {
  if (index % 9973 === 5) return `dirt ${index}\n`;
  const day = String(1 + (index % 28)).padStart(2, '0');
  const time = `${day}/${months[index % 3]}/2026:10:${String(index % 60).padStart(2, '0')}:01 +0000`;
  const request = `${index % 5 === 0 ? 'POST' : 'GET'} /api/${index % 17}x/orders/${index} HTTP/1.1`;
  return `10.0.${index % 4}.${index % 50} - - [${time}] "${request}" ${index % 23 === 0 ? 503 : 200} ${index % 5000} "-" "client-${index % 7}/1.0"\n`;
}

let folder = '';
const text = Array.from({ length: lines }, (_, index) => line(index)).join('');

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landscape-threads-'));
  await writeFile(path.join(folder, 'a.log'), text);
  await writeFile(path.join(folder, 'b.log.gz'), gzipSync(text.slice(0, 2_000_000), { level: 1 }));
  await writeFile(path.join(folder, 'c.log'), text.slice(-3_000_000));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Threaded {
  readonly read: Read;
  /** The file of each part, in the order they were handed over. */
  readonly parts: readonly string[];
  readonly bytes: number;
}

async function readWith(threads: number, names: readonly string[]): Promise<Threaded> {
  const { nodeFiles } = await load<typeof import('../../src/files.ts')>('files.js');
  const { readLogs } = await load<typeof import('../../src/scanners/gateway/read-logs.ts')>(
    'scanners/gateway/read-logs.js',
  );
  const logs = names.map((name) => logOf(name, 'combined'));
  const merge = openMerge();
  const parts: string[] = [];
  let bytes = 0;
  const progress = (_: string, more: number): void => {
    bytes += more;
  };
  await readLogs(
    logs,
    nodeFiles(folder),
    { ...plainOptions, threads, progress },
    (result, file) => {
      merge.add(result, file);
      parts.push(file);
    },
  );
  return { read: merge.read(), parts, bytes };
}

describe('a log that threads read', () => {
  test('gives the same whatever their number, in the same order', async () => {
    const names = ['a.log', 'b.log.gz', 'c.log'];
    const one = await readWith(1, names);
    // More parts than threads: each thread reads several.
    expect(one.parts.length).toBeGreaterThan(4);
    for (const threads of [2, 3, 4]) {
      const several = await readWith(threads, names);
      expect(several.parts).toEqual(one.parts);
      expect(several.read).toEqual(one.read);
    }
  });

  test('gives what one task gives that reads all of it', async () => {
    const log = logOf('a.log', 'combined');
    const whole = await readInRanges(log, text, []);
    const { read: threaded, bytes } = await readWith(3, ['a.log']);
    expect(threaded.lines).toBe(lines);
    expect(threaded.skipped).toBe(Math.ceil((lines - 5) / 9973));
    expect(callsIn(threaded)).toBe(lines - threaded.skipped);
    expect(drawAll(threaded)).toEqual(drawAll(whole));
    // Each part keeps the reasons of its own first few skipped lines.
    const figures = { groups: [], reasons: [] };
    expect({ ...threaded, ...figures }).toEqual({ ...whole, ...figures });
    // Each part looks at the end of the line before it, and a little beyond its own end.
    expect(bytes).toBeGreaterThanOrEqual(text.length);
    expect(bytes).toBeLessThan(1.5 * text.length);
  });

  test('a file that is gone is an error that names it, and no thread stays behind', async () => {
    const { readTasks } = await load<typeof import('../../src/scanners/gateway/log-pool.ts')>(
      'scanners/gateway/log-pool.js',
    );
    const { nodeFiles } = await load<typeof import('../../src/files.ts')>('files.js');
    const { InputError } = await load<typeof import('../../src/errors.ts')>('errors.js');
    const tasks = ['a.log', 'gone.log', 'c.log'].map((name) => logOf(name, 'combined'));
    const options = { ...plainOptions, threads: 2, progress: () => {} };
    const read = async (): Promise<void> => {
      for await (const _ of readTasks(tasks, text.length, nodeFiles(folder), options));
    };
    await expect(read()).rejects.toThrow(InputError);
    await expect(read()).rejects.toThrow(/gone\.log/);
    await expect
      .poll(
        () =>
          process.getActiveResourcesInfo().filter((name) => /Worker|MessagePort/.test(name)).length,
      )
      .toBeLessThan(3);
  });
});
