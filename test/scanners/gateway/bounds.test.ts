import { describe, expect, test } from 'vitest';
import { slotOf } from '../../../src/scanners/gateway/slots.ts';
import { scan } from '../scan.ts';
import { collidingTexts } from './colliding-texts.ts';
import { callsIn, logOf, readInChunks, readInRanges } from './read-log.ts';

const count = 300_000;

/** A word that is no identifier, another one for each number. */
function word(index: number): string {
  let text = 'q';
  for (let rest = index; rest > 0; rest = Math.floor(rest / 20))
    text += 'bcdfghjklmnpqrstvwxz'[rest % 20];
  return text;
}

interface Parts {
  readonly address?: string;
  readonly path?: string;
  readonly agent?: string;
  readonly host?: string;
}

function line({ address = '10.0.0.1', path = '/a', agent = 'curl/8', host = 'h' }: Parts): string {
  return `${host} ${address} - - [02/Nov/2026:10:00:00 +0100] "GET ${path} HTTP/1.1" 200 1 "-" "${agent}"\n`;
}

function logWith(parts: (index: number) => Parts, lines = count): Uint8Array {
  return Buffer.from(Array.from({ length: lines }, (_, index) => line(parts(index))).join(''));
}

const vhost = logOf('a.log', 'vhost-combined');

/** The most groups that one task keeps, those for the starts of paths among them. */
const mostGroups = 75_000;

describe('what never comes twice', () => {
  test.each<[string, (index: number) => Parts]>([
    [
      'addresses',
      (index) => ({ address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` }),
    ],
    ['IPv6 addresses', (index) => ({ address: `2001:db8::${index.toString(16)}` })],
    ['paths', (index) => ({ path: `/${word(index)}` })],
    ['deep paths', (index) => ({ path: `/api/v1/${word(index)}/${word(index * 7)}` })],
    ['agents', (index) => ({ agent: `${word(index)}/1.0` })],
    ['hosts', (index) => ({ host: `${word(index)}.example` })],
    [
      'all of them',
      (index) => ({
        address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
        path: `/${word(index)}`,
        agent: word(index),
        host: word(index),
      }),
    ],
  ])('%s', async (_, parts) => {
    const start = performance.now();
    const result = await readInChunks(vhost, logWith(parts), [1024 * 1024]);
    expect(performance.now() - start).toBeLessThan(20_000);
    expect(result).toMatchObject({ lines: count, parsed: count, skipped: 0 });
    expect(result.groups.length).toBeGreaterThan(1000);
    expect(result.groups.length).toBeLessThanOrEqual(mostGroups);
    expect(callsIn(result) + result.folded).toBe(count);
  });

  test('identifiers in paths are one route', async () => {
    const log = logWith((index) => ({ path: `/orders/${index}/lines/${index * 31}` }));
    expect((await readInChunks(vhost, log, [1024 * 1024])).groups).toMatchObject([
      { route: '/orders/{id}/lines/{id}', calls: count },
    ]);
  });

  test('paths of any number keep the calls of their callers', async () => {
    const parts = (index: number): Parts => ({
      address: index % 2 === 0 ? '10.0.0.1' : '10.0.0.2',
      path: `/api/${word(index)}/x`,
    });
    const { groups, folded } = await readInChunks(vhost, logWith(parts), [1024 * 1024]);
    expect(folded).toBe(0);
    const calls = (address: string): number =>
      groups
        .filter(({ caller }) => caller.kind === 'address' && caller.value === address)
        .reduce((sum, group) => sum + group.calls, 0);
    expect([calls('10.0.0.1'), calls('10.0.0.2')]).toEqual([count / 2, count / 2]);
    expect(groups.some(({ route }) => route.endsWith('…'))).toBe(true);
  });

  test('invalid UTF-8 in paths beyond the bounds', async () => {
    const head = logWith(
      (index) => ({ address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` }),
      60_000,
    );
    const bad = Buffer.from(line({ path: `/${'\u{1}'.repeat(75)}/${'\u{1}'.repeat(70)}` })).map(
      (byte) => (byte === 1 ? 0xe9 : byte),
    );
    const result = await readInChunks(vhost, Buffer.concat([head, bad, bad]), [1024 * 1024]);
    expect(callsIn(result) + result.folded).toBe(60_002);
  });

  test('the calls are the same however the log is cut', async () => {
    const log = logWith(
      (index) => ({ address: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` }),
      120_000,
    );
    for (const cuts of [[], [1_000_000], [2_000_000, 4_000_000, 6_000_000, 8_000_000]]) {
      const result = await readInRanges(vhost, log, cuts);
      expect(callsIn(result) + result.folded).toBe(120_000);
      expect(result.groups.length).toBeLessThanOrEqual(125_000);
    }
  });

  test('a scan says how many calls it could not tell apart', async () => {
    const log = logWith((index) => ({ agent: `${word(index)}/1.0` }), 130_000);
    const { coverage, of } = await scan('gateway', { 'a.log': log }, { format: 'vhost-combined' });
    const calls = of('connection').reduce((sum, { traffic }) => sum + (traffic?.calls ?? 0), 0);
    expect(coverage.flaws).toMatchObject([
      { reason: expect.stringContaining(`${130_000 - calls} calls were counted for no caller`) },
    ]);
    expect(calls).toBeGreaterThan(40_000);
  });
});

test('hosts that are made to collide cost no more time than others', async () => {
  const lines = 100_000;
  const hosts = collidingTexts(lines, slotOf.host).map((text) =>
    Buffer.from(text).toString('latin1'),
  );
  expect(new Set(hosts).size).toBe(lines);
  const text = Buffer.from(
    hosts
      .map((host) => line({ host }))
      .join('')
      .repeat(3),
    'latin1',
  );
  const start = performance.now();
  const result = await readInChunks(vhost, text, [1024 * 1024]);
  // Each against each other would be fifteen thousand million comparisons.
  expect(performance.now() - start).toBeLessThan(10_000);
  expect(result.groups.length).toBeLessThan(1000);
  expect(callsIn(result) + result.folded).toBe(3 * lines);
});
