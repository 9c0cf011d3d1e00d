import { spawnSync } from 'node:child_process';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BrokenFileError, InputError } from '../../src/errors.ts';
import { unpack } from '../../src/files/unpack.ts';
import fc from '../fast-check.ts';
import { log, packedLog } from './packed-log.ts';
import { readPacked } from './read-packed.ts';
import { frame, skippable } from './zstd-frames.ts';

const packings = ['gzip', 'zstd', 'bzip2'] as const;

/** Packs with a program, where there is one. */
function packWith(program: string, args: readonly string[], content: Uint8Array): Buffer {
  return spawnSync(program, args, { input: content, maxBuffer: 2 ** 28 }).stdout;
}

function has(program: string): boolean {
  return spawnSync(program, ['--version'], { input: '' }).status === 0;
}

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 3_000 }),
  // Runs, which each packing writes in a way of its own.
  fc
    .array(fc.tuple(fc.nat(3), fc.nat(700)), { maxLength: 20 })
    .map((runs) => Buffer.concat(runs.map(([byte, times]) => Buffer.alloc(times, byte)))),
);
const members = fc.array(bytes, { minLength: 1, maxLength: 4 });
const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('what was packed comes out again, however it is cut', () => {
  const writers: readonly (readonly [string, boolean, (content: Uint8Array) => Buffer])[] = [
    ['gzip', true, (content) => gzipSync(content)],
    ['zstd without compression', true, (content) => frame([content])],
    ['the program zstd', has('zstd'), (content) => packWith('zstd', ['-q', '-5'], content)],
    ['the program bzip2', has('bzip2'), (content) => packWith('bzip2', ['-1'], content)],
  ];
  for (const [name, isThere, pack] of writers) {
    test.skipIf(!isThere)(`${name}, members one behind the other`, async () => {
      await fc.assert(
        fc.asyncProperty(members, cuts, async (contents, places) => {
          const { content, error } = await readPacked(Buffer.concat(contents.map(pack)), places);
          expect(error).toBeUndefined();
          expect(content.equals(Buffer.concat(contents))).toBe(true);
        }),
        { numRuns: name.startsWith('the program') ? 40 : 200 },
      );
    });
  }

  test.each(packings)('%s, as the program wrote it, a byte at a time', async (packing) => {
    const packed = Buffer.concat([packedLog[packing], packedLog[packing]]);
    const everywhere = Array.from({ length: packed.length }, (_, place) => place);
    const { content, error } = await readPacked(packed, everywhere);
    expect(error).toBeUndefined();
    expect(content.equals(Buffer.concat([log, log]))).toBe(true);
  });

  test('zstd: frames to be skipped are, wherever they stand', async () => {
    const skipped = skippable(Buffer.from('an index'));
    const { content, error } = await readPacked(
      Buffer.concat([
        skipped,
        skipped,
        packedLog.zstd,
        skipped,
        frame([]),
        packedLog.zstd,
        skipped,
      ]),
    );
    expect(error).toBeUndefined();
    expect(content.equals(Buffer.concat([log, log]))).toBe(true);
  });

  test('gzip: every part of a header, and zeros at the end', async () => {
    const name = Buffer.from('access.log\0a comment\0');
    const extra = Buffer.from([5, 0, 1, 2, 0, 4, 5]);
    const fixed = Buffer.from([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3]);
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(log), 0);
    trailer.writeUInt32LE(log.length, 4);
    const headerSum = Buffer.from([0, 0]);
    const { content, error } = await readPacked(
      Buffer.concat([
        ...[fixed, extra, name, headerSum, deflateRawSync(log), trailer],
        ...[gzipSync(log), Buffer.alloc(100_000)],
      ]),
    );
    expect(error).toBeUndefined();
    expect(content.equals(Buffer.concat([log, log]))).toBe(true);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a byte', Buffer.from([0x1f])],
    ['text', log],
    ['the start of a signature', Buffer.from('BZh9 is no bzip2')],
  ])('%s is not packed, and stays as it is', async (_name, content) => {
    const read = await readPacked(content, [1, 2, 300]);
    expect(read).toMatchObject({ content, error: undefined });
  });
});

describe('what is broken is told, and what came before is kept', () => {
  test.each(packings)('%s, cut at any byte', async (packing) => {
    const packed = packedLog[packing];
    const whole = Buffer.concat([packed, packed]);
    for (let cut = 10; cut < whole.length; cut += 7) {
      if (cut === packed.length) continue;
      const { content, error } = await readPacked(whole.subarray(0, cut), [cut >> 1]);
      expect(error).toBeInstanceOf(BrokenFileError);
      expect(String(error)).toContain(
        `app.log:1:1: the ${packing} data is broken at byte ${cut} (it ends too early); copy the file again.`,
      );
      expect(log.toString('latin1').repeat(2).startsWith(content.toString('latin1'))).toBe(true);
      if (cut > packed.length) expect(content.length).toBeGreaterThanOrEqual(log.length);
    }
  });

  test('gzip keeps all but what the missing bytes say', async () => {
    const { content } = await readPacked(packedLog.gzip.subarray(0, -8));
    expect(content.equals(log)).toBe(true);
    const half = await readPacked(packedLog.gzip.subarray(0, packedLog.gzip.length >> 1));
    expect(half.content.length).toBeGreaterThan(log.length / 4);
  });

  test.each(packings)(
    '%s with changed bytes: never other content, never another error',
    async (packing) => {
      const packed = packedLog[packing];
      const change = fc.tuple(
        fc.integer({ min: 10, max: packed.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
          const changed = Buffer.from(packed);
          for (const [at, bits] of changes) changed[at] = (changed[at] ?? 0) ^ bits;
          const { content, error } = await readPacked(changed);
          // Some bits say nothing: those of a flag that nobody reads, of a code that nothing uses.
          if (error === undefined) {
            expect(content.equals(log)).toBe(true);
            return;
          }
          expect(error).toBeInstanceOf(BrokenFileError);
          // Deflate has no check sum before its end; of the others only whole blocks come out.
          if (packing !== 'gzip')
            expect(log.subarray(0, content.length).equals(content)).toBe(true);
        }),
        { numRuns: 100 },
      );
    },
  );

  const wrongSum = Buffer.from(packedLog.gzip);
  wrongSum.writeUInt32LE(1, wrongSum.length - 8);
  test.each([
    ['gzip, then text', [packedLog.gzip, log], packedLog.gzip.length, /is not gzip/],
    ['zstd, then text', [packedLog.zstd, log], packedLog.zstd.length, /is not zstd/],
    ['bzip2, then text', [packedLog.bzip2, log], packedLog.bzip2.length, /is not bzip2/],
    ['a wrong check sum', [wrongSum], wrongSum.length - 8, /the check sum is another/],
    [
      'a second member of an unknown kind',
      [packedLog.gzip, Buffer.from([0x1f, 0x8b, 9, 0, 0, 0, 0, 0, 0, 0])],
      packedLog.gzip.length,
      /unknown method/,
    ],
  ] as const)('%s', async (_name, parts, byte, reason) => {
    const { content, error } = await readPacked(Buffer.concat(parts));
    expect(content.equals(log)).toBe(true);
    expect(error).toBeInstanceOf(BrokenFileError);
    expect(String(error)).toMatch(reason);
    expect(String(error)).toContain(`at byte ${byte} `);
  });

  test.each([
    [
      'a window above 128 MB',
      frame([log], { window: 0x89 }),
      /its window of 144 MB is above the limit of 128 MB\); unpack it first/,
    ],
    ['a dictionary', frame([log], { dictionary: 7 }), /it needs a dictionary\); unpack it first/],
    [
      'a block that is none',
      Buffer.concat([frame([]).subarray(0, 6), Buffer.from([0x07, 0, 0])]),
      /it holds no block/,
    ],
  ])('zstd with %s', async (_name, packed, reason) => {
    const { content, error } = await readPacked(packed);
    expect(content).toHaveLength(0);
    expect(String(error)).toMatch(reason);
  });

  test('a window of 128 MB is read', async () => {
    expect(await readPacked(frame([log], { window: 0x88 }))).toMatchObject({
      content: log,
      error: undefined,
    });
  });

  test.each([
    ['xz', 'fd377a585a000004e6d6b446'],
    ['lz4', '04224d186440a7'],
    ['zip', '504b030414000000'],
    ['compress', '1f9d90'],
    ['7z', '377abcaf271c0004'],
  ])('%s is known and not read', async (name, head) => {
    const { error } = await readPacked(Buffer.from(head, 'hex'));
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toContain(
      `app.log: is packed with ${name}, which is not read; unpack it first.`,
    );
  });
});

describe('memory is bounded, whatever the ratio', () => {
  const megabytes = (count: number): number => count * 1024 * 1024;

  test.each([
    ['gzip', 40, () => gzipSync(Buffer.alloc(megabytes(64)))],
    ['zstd', 5, () => frame(Array.from({ length: 512 }, () => ({ byte: 65, times: 128 * 1024 })))],
  ] as const)('%s: 384 MB come in chunks of less than %i MB', async (_name, most, pack) => {
    const copies = 6;
    let total = 0;
    let largest = 0;
    const packed = pack();
    async function* repeat() {
      for (let copy = 0; copy < copies; copy++) yield packed;
    }
    for await (const chunk of unpack(repeat(), 'bomb')) {
      total += chunk.length;
      largest = Math.max(largest, chunk.length);
    }
    expect(total).toBe(megabytes(64) * copies);
    expect(largest).toBeLessThan(megabytes(most));
  });
});
