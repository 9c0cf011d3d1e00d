import { describe, expect, test } from 'vitest';
import { latencyError, percentileMs } from '../../../src/latency.ts';
import fc from '../../fast-check.ts';
import {
  calls,
  dirt,
  isBlank,
  toIstioLine,
  toKongLine,
  toProxyLine,
  toW3cLog,
} from './generated-calls.ts';
import {
  group,
  type PlainLine,
  rank,
  readIstioLine,
  readKongLine,
  readProxyLine,
  w3cReader,
} from './plain-reader.ts';
import { logOf, nameOf, type Read, readInChunks } from './read-log.ts';

const nginx =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $proxy_host $request_time';

/** Percentiles are given with four digits. */
const rounding = 0.0005;

/** Compares what the engine read with what a plain reader finds in the same lines. */
function expectSame(
  read: Read,
  lines: readonly string[],
  plain: (line: string) => PlainLine | 'directive',
): void {
  const filled = lines.filter((line) => !isBlank(line));
  const seen = filled.map(plain);
  const found = seen.flatMap((line) => (typeof line === 'object' ? [line] : []));
  const expected = group(found);
  expect({ lines: read.lines, parsed: read.parsed, skipped: read.skipped }).toEqual({
    lines: lines.length,
    parsed: seen.filter((line) => line === 'no call' || typeof line === 'object').length,
    skipped: seen.filter((line) => line === undefined).length,
  });
  const groups = new Map<string, Read['groups'][number]>(
    read.groups.map((one) => {
      const { caller, callee, route } = one;
      const product = caller.kind === 'address' ? caller.product?.toLowerCase() : undefined;
      const who = `${nameOf(caller)}${product ? `(${product})` : ''}`;
      return [`${who} > ${callee.name === '' ? callee.host : callee.name} ${route}`, one] as const;
    }),
  );
  expect([...groups.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [key, { durations, first, last, ...figures }] of expected) {
    const one = groups.get(key);
    if (!one) throw new Error(key);
    expect({
      key,
      calls: one.calls,
      errors: one.clientErrors + one.serverErrors,
      serverErrors: one.serverErrors,
      bytes: one.bytes,
      first: one.firstSeen,
      last: one.lastSeen,
    }).toEqual({ key, ...figures, first, last });
    for (const share of [0.01, 0.5, 0.95, 0.99, 1]) {
      const exact = rank(durations, share) / 1000;
      const given = percentileMs(one.latency, share) ?? Number.NaN;
      expect(Math.abs(given - exact)).toBeLessThanOrEqual(exact * (latencyError + rounding));
    }
  }
}

/** Puts dirt before some of the lines. */
const mixed = fc.array(fc.tuple(fc.nat(80), dirt), { maxLength: 8 });

function mix(lines: readonly string[], pieces: readonly (readonly [number, string])[]): string[] {
  const all = [...lines];
  for (const [at, piece] of pieces) all.splice(at % (all.length + 1), 0, piece);
  return all;
}

describe('a plain reader finds the same', () => {
  test.each([
    ['nginx with its upstream', nginx, toProxyLine, readProxyLine],
    ['Istio in JSON', 'istio-json', toIstioLine, readIstioLine],
    ['Kong', 'kong', toKongLine, readKongLine],
  ] as const)('%s', async (_, format, write, plain) => {
    const log = logOf('a.log', format);
    await fc.assert(
      fc.asyncProperty(
        calls,
        mixed,
        fc.integer({ min: 1, max: 4000 }),
        async (all, dirty, size) => {
          const lines = mix(all.map(write), dirty);
          // A cut line, as a writer leaves it that is killed.
          const cut = all[0] ? write(all[0]).slice(0, 40) : 'x';
          const whole = [...lines, cut];
          const read = await readInChunks(log, whole.join('\n'), [size]);
          expectSame(read, whole, plain);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('IIS, whose columns change', async () => {
    const log = logOf('u_ex.log', 'iis');
    await fc.assert(
      fc.asyncProperty(calls, mixed, fc.integer({ min: 2, max: 9 }), async (all, dirty, step) => {
        const [software = '', fields = '', ...rows] = toW3cLog(all, (index) => index % step === 1);
        const lines = [software, fields, ...mix(rows, dirty)];
        const read = await readInChunks(log, `${lines.join('\r\n')}\r\n`, [777]);
        expectSame(read, lines, w3cReader());
      }),
      { numRuns: 150 },
    );
  });
});
