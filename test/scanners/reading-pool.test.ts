import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unreadableCode } from '../../src/scanners/scripts/facts.ts';
import {
  countThreads,
  fatalCode,
  openReadingPool,
  type PoolOptions,
  type PoolResult,
} from '../../src/scanners/scripts/reading-pool.ts';

/** A thread that does what each script says, in the words that the pool and its threads speak. */
const thread = `
import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', ({ file, text }) => {
  if (text === 'hang') for (;;);
  if (text === 'die') process.exit(1);
  if (text === 'eat') { const all = []; for (;;) all.push(new Array(1e6).fill(file)); }
  if (text === 'throw') throw new Error('no answer');
  if (text === 'bug') return parentPort.postMessage({ error: new TypeError('ours') });
  if (text === 'deep') return parentPort.postMessage({ result: { skipped: ${JSON.stringify(unreadableCode)} } });
  const reading = { facts: [], definitions: { [file]: text, thread: String(threadId) }, sites: [] };
  parentPort.postMessage({ result: { reading } });
});
parentPort.postMessage({ ready: true });
`;

let folder = '';
const entryOf = (name: string): URL => pathToFileURL(path.join(folder, name));

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'landscape-pool-'));
  writeFileSync(path.join(folder, 'thread.mjs'), thread);
  writeFileSync(path.join(folder, 'broken.mjs'), "import './absent.mjs';");
  writeFileSync(path.join(folder, 'silent.mjs'), 'for (;;);');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads texts as files `0`, `1` …, and says in a word what came of each. */
async function readAll(
  texts: readonly string[],
  options: Partial<PoolOptions> = {},
): Promise<{ words: string[]; results: PoolResult[] }> {
  const pool = openReadingPool({
    own: [],
    size: 2,
    entry: entryOf('thread.mjs'),
    longestRead: 1_500,
    ...options,
  });
  try {
    const results = await Promise.all(
      texts.map((text, index) => pool.read({ language: 'shell', file: String(index), text })),
    );
    return { results, words: results.map((result, index) => toWord(result, index)) };
  } finally {
    await pool.close();
  }
}

function toWord(result: PoolResult, index: number): string {
  if ('reading' in result) return result.reading.definitions[String(index)] ?? 'of another file';
  if ('skipped' in result) return `skipped: ${result.skipped}`;
  return 'error' in result ? `error: ${(result.error as Error).message}` : 'unavailable';
}

describe('a pool of reading threads', () => {
  test('gives each script its own result, from several threads', async () => {
    const texts = Array.from({ length: 300 }, (_, index) => `text ${index}`);
    const { words, results } = await readAll(texts);
    expect(words).toEqual(texts);
    const threads = results.map((each) => 'reading' in each && each.reading.definitions['thread']);
    expect(new Set(threads).size).toBe(2);
  });

  test.each([
    ['hang', `skipped: ${fatalCode}`],
    ['die', `skipped: ${fatalCode}`],
    ['throw', `skipped: ${fatalCode}`],
    ['eat', `skipped: ${fatalCode}`],
    ['bug', 'error: ours'],
    ['deep', `skipped: ${unreadableCode}`],
  ])('a script that makes it %s costs no other script', async (deed, word) => {
    const texts = Array.from({ length: 40 }, (_, index) => (index % 19 === 7 ? deed : 'x'));
    const { words } = await readAll(texts);
    expect(words).toEqual(texts.map((text) => (text === deed ? word : 'x')));
  });

  test.each(['broken.mjs', 'silent.mjs', 'absent.mjs'])(
    'where no thread can start (%s), the scripts are handed back',
    async (name) => {
      const { words } = await readAll(['a', 'b', 'c'], { entry: entryOf(name) });
      expect(words).toEqual(['unavailable', 'unavailable', 'unavailable']);
    },
  );

  test('what is not read when it closes is handed back', async () => {
    const pool = openReadingPool({ own: [], size: 1, entry: entryOf('thread.mjs') });
    const pending = pool.read({ language: 'shell', file: 'a', text: 'hang' });
    await pool.close();
    expect(await pending).toEqual({ isUnavailable: true });
    expect(await pool.read({ language: 'shell', file: 'b', text: 'x' })).toEqual({
      isUnavailable: true,
    });
  });
});

describe('threads are started', () => {
  test.each([
    ['never for a small scan', { scripts: 199, characters: 100_000 }, 8, true, 0],
    ['for many scripts', { scripts: 200, characters: 100_000 }, 2, true, 2],
    ['for much text', { scripts: 20, characters: 3_000_000 }, 2, true, 2],
    ['no more than pay', { scripts: 9_000, characters: 9_000_000 }, 64, true, 4],
    ['never on one core', { scripts: 9_000, characters: 9_000_000 }, 1, true, 0],
    ['never from sources', { scripts: 9_000, characters: 9_000_000 }, 8, false, 0],
  ])('%s', (_, work, cores, isCompiled, threads) => {
    expect(countThreads(work, cores, isCompiled)).toBe(threads);
  });

  test('and these are sources', () => {
    expect(countThreads({ scripts: 9_000, characters: 9_000_000 }, 8)).toBe(0);
  });
});
