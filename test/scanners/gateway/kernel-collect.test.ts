import { describe, expect, test } from 'vitest';
import { bucketOf } from '../../../src/latency.ts';
import * as layout from '../../../src/scanners/gateway/kernel/assembly/layout.ts';
import { type Collected, readResults } from '../../../src/scanners/gateway/kernel/read-results.ts';
import { giveBack, takeKernel } from '../../../src/scanners/gateway/kernel/start-kernel.ts';
import type { Role } from '../../../src/scanners/gateway/log-format.ts';
import { slotOf, slotRoles } from '../../../src/scanners/gateway/slots.ts';
import { sampleSize } from '../../../src/scanners/gateway/traffic/request-samples.ts';
import {
  newTemplateSpace,
  writeTemplate,
} from '../../../src/scanners/gateway/traffic/route-template.ts';
import fc from '../../fast-check.ts';
import { logOf, readInChunks } from './read-log.ts';

const microseconds = 2;
const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'));

/** Hands lines of one value to the collector as a walker would, other bytes around them. */
function collect(role: Role, values: readonly Uint8Array[], literalSegments = 0): Collected {
  const kernel = takeKernel();
  try {
    const { memory, reset, take, pack } = kernel.exports as typeof kernel.exports & {
      take(line: number): number;
    };
    reset();
    const facts = new DataView(memory.buffer);
    facts.setInt32(layout.rolesAt, 1 << slotOf[role], true);
    facts.setInt32(layout.unitAt, microseconds, true);
    facts.setInt32(layout.flagsAt, 0, true);
    facts.setInt32(layout.literalSegmentsAt, literalSegments, true);
    for (const [index, value] of values.entries()) {
      const from = layout.inputAt + (index % 19);
      const bytes = new Uint8Array(memory.buffer);
      bytes.fill(0x37, layout.inputAt, from + value.length + 64);
      bytes.set(value, from);
      const slots = new Int32Array(memory.buffer, layout.slotsAt, 2 * slotRoles.length);
      slots[2 * slotOf[role]] = from;
      slots[2 * slotOf[role] + 1] = from + value.length;
      take(index + 1);
    }
    return readResults(memory, pack());
  } finally {
    giveBack(kernel);
  }
}

const segment = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('orders', 'v1', 'api', 'x.json', 'gr\xf6\xdfe', '') },
  fc.nat().map(String),
  fc.uuid(),
  fc.stringMatching(/^[0-9a-fA-F]{14,40}$/),
  fc.stringMatching(/^[A-Za-z0-9_.-]{1,40}$/),
  fc.stringMatching(/^[0-9.,:+-]{1,18}$/),
  fc.constantFrom('ann@example.org', 'a;b=c', 'ORD-20391', 'x'.repeat(81), 'y'.repeat(80), '%2F1'),
  fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);
const path = fc
  .tuple(fc.array(segment, { maxLength: 13 }), fc.constantFrom('', '?a=1/2', '#x', '/', ' x', ';s'))
  .map(([segments, rest]) => latin1(`/${segments.join('/')}${rest}`));

describe('the kernel', () => {
  test('gives a path the template that routes are given', () => {
    const space = newTemplateSpace();
    const expected = (value: Uint8Array, literal: number): string => {
      const bytes = new Uint8Array(value.length + 16);
      bytes.set(value);
      const words = new DataView(bytes.buffer);
      const length = writeTemplate(bytes, words, 0, value.length, literal, space);
      return new TextDecoder().decode(space.bytes.subarray(0, length));
    };
    fc.assert(
      fc.property(fc.array(path, { maxLength: 30 }), fc.nat(3), (paths, literal) => {
        const { templates } = collect('path', paths, literal);
        const found = new Set(paths.map((value) => expected(value, literal)));
        expect(new Set(templates.slice(1))).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });

  test('counts a duration in the bucket that percentiles are read from', () => {
    const duration = fc.oneof(
      fc.nat(200),
      fc.nat(2 ** 31 - 1),
      fc.integer({ min: 0, max: 2 ** 42 }),
      fc.nat(41).chain((power) => fc.integer({ min: -1, max: 1 }).map((by) => 2 ** power + by)),
    );
    fc.assert(
      fc.property(fc.array(duration, { minLength: 1, maxLength: 50 }), (durations) => {
        const { sketches } = collect(
          'duration',
          durations.map((value) => latin1(`${value}`)),
        );
        const counts = new Map<number, number>();
        for (const bucket of durations.map(bucketOf))
          counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
        const pairs = [...counts].sort(([a], [b]) => a - b);
        expect([...sketches]).toEqual(pairs.flat());
      }),
      { numRuns: 500 },
    );
  });

  test('samples request ids of a mesh the same in whatever order they come', async () => {
    const fields = { time: 't', path: 'p', upstream: 'u', 'request-id': 'id' };
    const log = logOf('a.log', fields);
    const sample = async (ids: readonly number[]): Promise<readonly number[]> => {
      const lines = ids.map((id) =>
        JSON.stringify({ t: '1793613600', p: '/a', u: 'x', id: `5f0c-${id}-9a52` }),
      );
      const { groups } = await readInChunks(log, lines.join('\n'), [4096]);
      return groups[0]?.requests ?? [];
    };
    const ids = Array.from({ length: 1000 }, (_, index) => index);
    const found = await sample(ids);
    expect(found).toHaveLength(sampleSize);
    expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
    expect(await sample([...ids.toReversed(), ...ids])).toEqual(found);
    // Half of the ids hold about half of the lowest digests, and have the others' place.
    const half = await sample(ids.slice(0, 500));
    const common = half.filter((digest) => found.includes(digest)).length;
    expect(common).toBeGreaterThan(sampleSize / 4);
    expect(common).toBeLessThan((3 * sampleSize) / 4);
    expect(await sample([7, 7, 7])).toHaveLength(1);
  });
});
