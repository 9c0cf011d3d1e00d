import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import fc from '../../fast-check.ts';
import { calls, dirt, toIstioLine, toKongLine, toProxyLine } from './generated-calls.ts';
import {
  bytesOf,
  drawAll,
  logOf,
  type Read,
  read,
  readInChunks,
  readInRanges,
} from './read-log.ts';

const nginx =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $proxy_host $request_time';

const formats = [
  ['nginx', nginx, toProxyLine],
  ['istio', 'istio-json', toIstioLine],
  ['kong', 'kong', toKongLine],
] as const;

/** A log with dirt in it, whose last line may lack its newline. */
const logs = fc
  .tuple(
    fc.constantFrom(...formats),
    calls,
    fc.array(fc.tuple(fc.nat(80), dirt), { maxLength: 6 }),
    fc.boolean(),
  )
  .map(([[name, format, write], all, dirty, ends]) => {
    const lines: string[] = all.map(write);
    for (const [at, piece] of dirty) lines.splice(at % (lines.length + 1), 0, piece);
    return { name, format, lines, text: lines.join('\n') + (ends ? '\n' : '') };
  });

/** All figures, and the groups with the line each was first seen in. */
function whole(result: Read): unknown {
  const { groups, reasons, broken, ...figures } = result;
  const places = groups.map(({ line }) => line).sort((a, b) => a - b);
  return { ...figures, places, groups: drawAll(result) };
}

describe('the same bytes', () => {
  test('cut into any ranges give the same', async () => {
    await fc.assert(
      fc.asyncProperty(logs, fc.array(fc.nat(20_000), { maxLength: 12 }), async (log, places) => {
        const file = logOf('a.log', log.format);
        const length = bytesOf(log.text).length;
        const cuts = places.map((place) => place % Math.max(1, length));
        const once = await readInRanges(file, log.text, []);
        expect(whole(await readInRanges(file, log.text, cuts))).toEqual(whole(once));
        const blank = log.text.split('\n').filter((line) => /^[\s\0]*$/.test(line)).length;
        const ended = log.text === '' || log.text.endsWith('\n') ? 1 : 0;
        expect(once.parsed + once.skipped + blank - ended).toBe(once.lines);
      }),
      { numRuns: 150 },
    );
  });

  test('cut into ranges of one byte give the same', async () => {
    const file = logOf('a.log', 'combined');
    const line = '10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "GET /a/1 HTTP/1.1" 200 5 "-" "a"';
    const text = `${line}\r\n\n\n${line}\nbroken\n\0\0${line}`;
    const every = Array.from({ length: text.length }, (_, place) => place);
    const once = await readInRanges(file, text, []);
    expect(once).toMatchObject({ lines: 6, parsed: 3, skipped: 1 });
    expect(whole(await readInRanges(file, text, every))).toEqual(whole(once));
  });

  test('in any chunks give the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        logs,
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 8 }),
        async (log, sizes) => {
          const file = logOf('a.log', log.format);
          const once = await readInChunks(file, log.text, [Number.MAX_SAFE_INTEGER]);
          expect(whole(await readInChunks(file, log.text, sizes))).toEqual(whole(once));
          expect(whole(await readInRanges(file, log.text, []))).toEqual(whole(once));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('a zero that fills a cut log is passed over, however many and wherever it is cut', async () => {
    const file = logOf('a.log', 'combined');
    const line = '10.0.0.1 - - [10/Oct/2000:13:55:36 +0000] "GET /a/1 HTTP/1.1" 200 5 "-" "a"\n';
    const zeros = 3 * 1024 * 1024 + 17;
    const bytes = Buffer.concat([Buffer.alloc(zeros), Buffer.from(line.repeat(3))]);
    const expected = { lines: 3, parsed: 3, skipped: 0 };
    expect(await readInRanges(file, bytes, [])).toMatchObject(expected);
    for (const cuts of [[1000], [1024 * 1024, 2 * 1024 * 1024], [zeros], [zeros - 1, zeros + 1]])
      expect(await readInRanges(file, bytes, cuts)).toMatchObject(expected);
  });
});

describe('logs', () => {
  test('one behind the other add up to both', async () => {
    await fc.assert(
      fc.asyncProperty(calls, calls, async (some, more) => {
        const one = some.map((call) => `${toProxyLine(call)}\n`).join('');
        const other = more.map((call) => `${toProxyLine(call)}\n`).join('');
        const together = await readInRanges(logOf('a.log', nginx), one + other, []);
        const apart = await read({ 'a.log': one, 'b.log': other }, nginx);
        const { places: _, ...figures } = whole(together) as { places: unknown };
        expect(whole(apart)).toMatchObject(figures);
      }),
      { numRuns: 60 },
    );
  });

  test('their order changes only what was seen first', async () => {
    await fc.assert(
      fc.asyncProperty(calls, calls, calls, async (...all) => {
        const texts = all.map((some) => some.map((call) => `${toKongLine(call)}\n`).join(''));
        const [a = '', b = '', c = ''] = texts;
        const forth = await read({ 'a.log': a, 'b.log': b, 'c.log': c }, 'kong');
        const back = await read({ 'c.log': c, 'b.log': b, 'a.log': a }, 'kong');
        expect(drawAll(back)).toEqual(drawAll(forth));
        expect({ ...back, groups: [] }).toEqual({ ...forth, groups: [] });
      }),
      { numRuns: 60 },
    );
  });

  test.each(formats)(
    '%s: ends of lines and packing make no difference',
    async (_, format, write) => {
      await fc.assert(
        fc.asyncProperty(calls, async (all) => {
          const lines = all.map(write);
          const plain = await read({ 'a.log': `${lines.join('\n')}\n` }, format);
          const others = {
            'a carriage return': `${lines.join('\r\n')}\r\n`,
            'no end': lines.join('\n'),
            gzip: gzipSync(`${lines.join('\n')}\n`),
            'two members': Buffer.concat([
              gzipSync(`${lines.slice(0, 3).join('\n')}\n`),
              gzipSync(lines.slice(3).join('\n')),
            ]),
          };
          for (const [name, content] of Object.entries(others)) {
            const figures = await read({ 'a.log': content }, format);
            expect([name, drawAll(figures)]).toEqual([name, drawAll(plain)]);
            expect([name, figures.parsed, figures.skipped]).toEqual([name, plain.parsed, 0]);
          }
        }),
        { numRuns: 40 },
      );
    },
  );
});
