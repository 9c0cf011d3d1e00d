import { describe, expect, test } from 'vitest';
import type { MeshSide, Traffic } from '../../src/evidence.ts';
import { bucketOf } from '../../src/latency.ts';
import { addTraffic } from '../../src/reconcile/traffic.ts';
import fc from '../fast-check.ts';

function traffic(part: Partial<Traffic> = {}): Traffic {
  return { calls: 1, errors: 0, serverErrors: 0, bytes: 0, latency: [], routes: [], ...part };
}

/** Traffic of `calls` calls that each took some milliseconds. */
function timed(milliseconds: number, calls: number): Traffic {
  return traffic({ calls, latency: [[bucketOf(1000 * milliseconds), calls]] });
}

describe('traffic of one link', () => {
  test('nothing is known where no log shows it', () => {
    expect(addTraffic([])).toBeUndefined();
  });

  test('figures add up, times span all, calls a day count whole days at least', () => {
    const [a, b] = [
      traffic({
        calls: 30,
        errors: 4,
        serverErrors: 1,
        bytes: 100,
        firstSeen: '2026-11-02T00:00:00Z',
        lastSeen: '2026-11-04T00:00:00Z',
      }),
      traffic({
        calls: 12,
        errors: 1,
        serverErrors: 1,
        bytes: 5,
        firstSeen: '2026-11-01T00:00:00Z',
        lastSeen: '2026-11-03T12:00:00Z',
      }),
    ];
    expect(addTraffic([a, b])).toEqual({
      calls: 42,
      errors: 5,
      serverErrors: 2,
      bytes: 105,
      firstSeen: '2026-11-01T00:00:00Z',
      lastSeen: '2026-11-04T00:00:00Z',
      callsPerDay: 14,
      routes: [],
      routeCount: 0,
    });
    const moment = { firstSeen: '2026-11-01T10:00:00Z', lastSeen: '2026-11-01T10:00:01Z' };
    expect(addTraffic([traffic({ calls: 500, ...moment })])?.callsPerDay).toBe(500);
    expect(addTraffic([traffic()])).not.toHaveProperty('callsPerDay');
  });

  test('percentiles are of all calls together, not of their percentiles', () => {
    const added = addTraffic([timed(10, 98), timed(1000, 2)]);
    expect(added?.p50Ms).toBeCloseTo(10, 0);
    expect(added?.p95Ms).toBeCloseTo(10, 0);
    expect(added?.p99Ms).toBeGreaterThan(990);
    expect(addTraffic([traffic()])).not.toHaveProperty('p50Ms');
  });

  test('routes of the same template add up; the busiest twenty are shown', () => {
    const route = (name: string, calls: number): Traffic =>
      traffic({ calls, routes: [{ route: name, calls, errors: 1 }] });
    const many = Array.from({ length: 30 }, (_, index) => route(`/r${index}`, index + 1));
    const added = addTraffic([...many, route('/r0', 100), route('/none', 0)]);
    expect(added?.routeCount).toBe(30);
    expect(added?.routes).toHaveLength(20);
    expect(added?.routes[0]).toEqual({ route: '/r0', calls: 101, errors: 2 });
    expect(added?.routes[1]).toEqual({ route: '/r29', calls: 30, errors: 1 });
  });

  test('the order of the parts does not matter', () => {
    const part = fc.record({
      calls: fc.nat(1000),
      errors: fc.nat(10),
      serverErrors: fc.nat(10),
      bytes: fc.nat(10_000),
      latency: fc.constantFrom<Traffic['latency']>(
        [],
        [[5, 2]],
        [
          [5, 1],
          [900, 3],
        ],
      ),
      routes: fc.constantFrom<Traffic['routes']>([], [{ route: '/a', calls: 2, errors: 0 }]),
    });
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        expect(addTraffic([...parts].reverse())).toEqual(addTraffic(parts));
      }),
    );
  });
});

describe('both sides of a mesh', () => {
  const side = (of: MeshSide['of'], requests: readonly number[], isComplete = true): MeshSide => ({
    of,
    requests,
    isComplete,
  });
  const logged = (
    of: MeshSide['of'],
    requests: readonly number[],
    calls = requests.length,
  ): Traffic =>
    traffic({
      calls,
      errors: calls,
      bytes: 10 * calls,
      latency: [[7, calls]],
      routes: [{ route: '/a', calls, errors: 0 }],
      side: side(of, requests, calls === requests.length),
    });
  const ids = (from: number, to: number): number[] =>
    Array.from({ length: to - from }, (_, index) => from + index);

  test('a call that both log counts once', () => {
    expect(addTraffic([logged('caller', ids(0, 50)), logged('callee', ids(0, 50))])).toMatchObject({
      calls: 50,
      errors: 50,
      bytes: 500,
      routes: [{ route: '/a', calls: 50 }],
    });
  });

  test.each([
    ['calls that only the caller logs', ids(0, 50), ids(0, 20), 50],
    ['calls that only the callee logs', ids(0, 20), ids(0, 50), 50],
    ['each logs some of its own', ids(0, 30), ids(20, 60), 60],
    ['no call in common', ids(0, 30), ids(30, 60), 60],
  ])('%s', (_, caller, callee, calls) => {
    expect(addTraffic([logged('caller', caller), logged('callee', callee)])?.calls).toBe(calls);
    expect(addTraffic([logged('callee', callee), logged('caller', caller)])?.calls).toBe(calls);
  });

  test('one side alone, and logs of no mesh, count whole', () => {
    expect(addTraffic([logged('callee', ids(0, 50))])?.calls).toBe(50);
    expect(addTraffic([logged('callee', ids(0, 50)), traffic({ calls: 7 })])?.calls).toBe(57);
    expect(
      addTraffic([
        logged('caller', ids(0, 50)),
        logged('callee', ids(0, 50)),
        traffic({ calls: 7 }),
      ])?.calls,
    ).toBe(57);
  });

  test('a sample tells the share within a few per cent', () => {
    const size = 128;
    const sample = (numbers: Iterable<number>): number[] =>
      [...numbers].sort((a, b) => a - b).slice(0, size);
    // Digests are spread evenly; those of both sides are the same for the same request.
    const digest = (request: number): number => Math.imul(request + 1, 0x9e3779b1) >>> 0;
    for (const share of [0, 0.25, 0.5, 0.75, 1]) {
      const both = Math.round(share * 20_000);
      const caller = ids(0, 20_000).map(digest);
      const callee = ids(20_000 - both, 40_000 - both).map(digest);
      const added = addTraffic([
        {
          ...logged('caller', sample(caller), 20_000),
          side: side('caller', sample(caller), false),
        },
        {
          ...logged('callee', sample(callee), 20_000),
          side: side('callee', sample(callee), false),
        },
      ]);
      const truth = 40_000 - both;
      expect(Math.abs((added?.calls ?? 0) - truth) / truth).toBeLessThan(0.1);
    }
  });

  test('what lies beyond the sample of the other side is not compared', () => {
    const caller = Array.from({ length: 128 }, (_, index) => index);
    // The caller logged the last two as well, but its sample does not reach so far.
    const added = addTraffic([
      { ...logged('caller', caller, 5000), side: side('caller', caller, false) },
      logged('callee', [0, 50, 1000, 2000]),
    ]);
    expect(added?.calls).toBe(5000);
  });

  test('a short complete side beside a long one that was cut', () => {
    const caller = Array.from({ length: 128 }, (_, index) => 10 * index);
    const callee = [5, 10, 20, 30];
    const added = addTraffic([
      { ...logged('caller', caller, 5000), side: side('caller', caller, false) },
      logged('callee', callee),
    ]);
    // Three of the four were logged by the caller too.
    expect(added?.calls).toBe(5001);
  });
});
