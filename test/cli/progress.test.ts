import { Writable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { formatProgress, startProgress } from '../../src/cli/progress.ts';
import { openRateMeter } from '../../src/cli/rate-meter.ts';

const gigabyte = 1e9;
const options = { color: false, progress: true, cache: false };

describe('what is shown', () => {
  test.each([
    ['a file', undefined, undefined, 'Reading gateway: a.log'],
    [
      'little',
      { done: 4e6, total: 9e6 },
      { bytesPerSecond: 1e6, secondsLeft: 5 },
      'Reading gateway: a.log',
    ],
    [
      'the first reading',
      { done: 0, total: 4 * gigabyte },
      undefined,
      'Reading gateway: a.log, 0 MB of 4.0 GB',
    ],
    [
      'much',
      { done: 1.25 * gigabyte, total: 4 * gigabyte },
      { bytesPerSecond: 850e6, secondsLeft: 3.2 },
      'Reading gateway: a.log, 1.3 GB of 4.0 GB, 850 MB/s, 4 s left',
    ],
    [
      'an hour',
      { done: 1e9, total: 1e12 },
      { bytesPerSecond: 250e6, secondsLeft: 3996 },
      'Reading gateway: a.log, 1.0 GB of 1000.0 GB, 250 MB/s, 1 h 7 min left',
    ],
    [
      'minutes',
      { done: 0, total: 1e9 },
      { bytesPerSecond: 1e6, secondsLeft: 61 },
      'Reading gateway: a.log, 0 MB of 1.0 GB, 1 MB/s, 2 min left',
    ],
    [
      'an unknown total',
      { done: 700e6, total: 0 },
      { bytesPerSecond: 90e6, secondsLeft: undefined },
      'Reading gateway: a.log, 700 MB, 90 MB/s',
    ],
    [
      'rows that an engine reads',
      { done: 1.25e6, total: 3e9, unit: 'rows' },
      { bytesPerSecond: 2.5e6, secondsLeft: 1199 },
      'Reading gateway: a.log, 1.3 million of 3.0 billion rows, 2.5 million/s, 20 min left',
    ],
  ] as const)('of %s', (_name, bytes, rate, expected) => {
    expect(formatProgress('gateway', 'a.log', bytes, rate)).toBe(expected);
  });

  test('a name cannot send orders to the terminal, nor fill it', () => {
    const shown = formatProgress('gateway', `\u001b[2J${'x'.repeat(500)}`);
    expect(shown).toBe(`Reading gateway: ${'x'.repeat(60)}`);
  });
});

describe('the rate', () => {
  test('is that of a steady reader, and so is the time left', () => {
    const meter = openRateMeter();
    expect(meter({ done: 0, total: 1000 }, 0)).toBeUndefined();
    for (let second = 1; second <= 5; second++) {
      const rate = meter({ done: second * 100, total: 1000 }, second * 1000);
      expect(rate?.bytesPerSecond).toBeCloseTo(100, 6);
      expect(rate?.secondsLeft).toBeCloseTo(10 - second, 6);
    }
  });

  test('soon follows a reader that gets slower', () => {
    const meter = openRateMeter();
    let done = 0;
    let rate: number | undefined;
    for (let second = 0; second <= 20; second++) {
      done += second <= 10 ? 1000 : 100;
      rate = meter({ done, total: 0 }, second * 1000)?.bytesPerSecond;
      if (second === 10) expect(rate).toBeCloseTo(1000, 6);
    }
    expect(rate).toBeGreaterThan(100);
    expect(rate).toBeLessThan(150);
  });

  test('is never infinite, negative or no number', () => {
    const meter = openRateMeter();
    meter({ done: 10, total: 5 }, 0);
    expect(meter({ done: 20, total: 5 }, 0)).toBeUndefined();
    expect(meter({ done: 5, total: 5 }, 1000)).toEqual({
      bytesPerSecond: 0,
      secondsLeft: undefined,
    });
    expect(meter({ done: 50, total: 5 }, 2000)?.secondsLeft).toBe(0);
  });
});

describe('on standard error', () => {
  beforeEach(() => {
    vi.stubEnv('CI', undefined);
    vi.stubEnv('TERM', 'xterm');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  /** A terminal that keeps what is written to it. */
  function openTerminal(
    isTTY: boolean,
    columns = 100,
  ): { stream: NodeJS.WriteStream; texts: string[] } {
    const texts: string[] = [];
    const stream = new Writable({
      write(chunk, _encoding, done) {
        texts.push(stripVTControlCharacters(String(chunk)));
        done();
      },
    });
    const terminal = Object.assign(stream, {
      isTTY,
      columns,
      cursorTo: () => true,
      clearLine: () => true,
      moveCursor: () => true,
    });
    return { stream: terminal as unknown as NodeJS.WriteStream, texts };
  }

  test('a terminal is told about ten times a second, however often a scanner tells', async () => {
    const { stream, texts } = openTerminal(true);
    const { show, stop } = await startProgress(options, stream);
    const start = performance.now();
    for (let done = 0; performance.now() - start < 550; done += 1e3) {
      show('gateway', 'a.log', { done: 100e6 + done, total: 4 * gigabyte });
      if (done % 50e3 === 0) await setTimeout(1);
    }
    stop();
    const shown = texts.filter((text) => text.includes('a.log'));
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThanOrEqual(7);
    expect(shown.at(-1)).toMatch(/Reading gateway: a\.log, \d+ MB of 4\.0 GB, .*\/s, .* left/);
  });

  test.each([
    ['no terminal', false, options, undefined],
    ['--quiet', true, { ...options, quiet: true }, undefined],
    ['--no-progress', true, { ...options, progress: false }, undefined],
    ['continuous integration', true, options, 'true'],
    ['a terminal without a width', true, options, undefined, 0],
  ])('nothing with %s', async (_name, isTTY, given, ci, columns = 100) => {
    vi.stubEnv('CI', ci);
    const { stream, texts } = openTerminal(isTTY, columns);
    const { show, stop } = await startProgress(given, stream);
    show('gateway', 'a.log', { done: 1, total: 4 * gigabyte });
    await setTimeout(150);
    stop();
    expect(texts).toEqual([]);
  });
});
