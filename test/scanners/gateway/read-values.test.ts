import { describe, expect, test } from 'vitest';
import { latencyError, middleOf } from '../../../src/latency.ts';
import type { DurationUnit } from '../../../src/scanners/gateway/log-format.ts';
import fc from '../../fast-check.ts';
import { nameOf } from './read-log.ts';
import { readEach, readOne } from './read-values.ts';

describe('addresses', () => {
  test.each([
    ['10.0.0.1', '10.0.0.1'],
    ['10.0.0.1:51234', '10.0.0.1'],
    ['10.0.0.1, 10.0.0.2', '10.0.0.1'],
    ['10.0.0.1,10.0.0.2', '10.0.0.1'],
    ['10.0.0.1:80, 10.0.0.2:81', '10.0.0.1'],
    ['10.0.0.1 10.0.0.2', '10.0.0.1'],
    ['::1', '::1'],
    ['2001:db8::7', '2001:db8::7'],
    ['[2001:db8::7]:443', '2001:db8::7'],
    ['[::1]', '::1'],
    ['[::1]:80, 10.0.0.1', '::1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6'],
    ['2001:db8:1:2:3:4:5:6:443', '2001:db8:1:2:3:4:5:6'],
    ['::2:3:4:5:6:7:8', '::2:3:4:5:6:7:8'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7::'],
    ['::ffff:10.0.0.1', '::ffff:10.0.0.1'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['unix:', 'unix'],
    ['client.example', 'client.example'],
    ['client.example:443', 'client.example'],
    ['[::1', '::1'],
    ['', '?'],
    ['-', '?'],
    [', 10.0.0.1', '?'],
    ['[', '?'],
  ])('%s', async (text, expected) => {
    const group = await readOne('address', text);
    expect(group && nameOf(group.caller)).toBe(expected);
  });

  test('end in their field, whatever they are', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'0a:,[]. ') });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 40 }), async (texts) => {
        const groups = await readEach('address', texts);
        for (const [index, group] of groups.entries()) {
          const name = group && nameOf(group.caller);
          if (name !== '?') expect(texts[index]).toContain(name);
        }
      }),
    );
  });
});

describe('durations in microseconds', () => {
  /** Buckets hold values up to 128 as they are, larger ones within the stated error. */
  async function durations(texts: readonly string[], unit: DurationUnit): Promise<number[]> {
    const groups = await readEach('duration', texts, {}, unit);
    return groups.map((group) => {
      const bucket = group?.latency[0]?.[0];
      return bucket === undefined ? -1 : middleOf(bucket);
    });
  }

  function expectNear(found: number | undefined, expected: number): void {
    expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThanOrEqual(
      expected < 0 ? 0 : expected * latencyError,
    );
  }

  test.each<[string, DurationUnit, number]>([
    ['0.123', 's', 123_000],
    ['0.000', 's', 0],
    ['12', 's', 12_000_000],
    ['1.5', 'ms', 1500],
    ['25', 'ms', 25_000],
    ['25', 'us', 25],
    ['1499', 'ns', 1],
    ['1500', 'ns', 2],
    // A unit of its own outweighs that of the format.
    ['25ms', 's', 25_000],
    ['1.5s', 'ms', 1_500_000],
    ['250us', 's', 250],
    ['250µs', 's', 250],
    ['250μs', 's', 250],
    ['1500ns', 's', 2],
    ['1m2.5s', 's', 62_500_000],
    ['1h0m0.5s', 's', 3_600_500_000],
    // Exponents, as JSON may write them.
    ['1.5e-05', 's', 15],
    ['2E3', 'us', 2000],
    // Of several upstreams the last one answered.
    ['0.001, 0.250', 's', 250_000],
    ['0.001 : 0.250', 's', 250_000],
    ['0.001,0.250', 's', 250_000],
    // There is none.
    ['-', 's', -1],
    ['', 's', -1],
    ['-1', 's', -1],
    ['-0.001', 's', -1],
    ['0.1, -', 's', -1],
    ['x', 's', -1],
    ['.5', 's', -1],
    ['12x', 's', -1],
    ['12mss', 's', -1],
  ])('%s in %s', async (text, unit, expected) => {
    expectNear((await durations([text], unit))[0], expected);
  });

  test('to the precision of the sketch, as a number would be', async () => {
    const written = fc
      .tuple(fc.nat(2 ** 31 - 1), fc.nat(6))
      .map(([microseconds, places]) => (microseconds / 1e6).toFixed(places));
    await fc.assert(
      fc.asyncProperty(fc.array(written, { maxLength: 50 }), async (texts) => {
        for (const [index, found] of (await durations(texts, 's')).entries())
          expectNear(found, Math.round(Number(texts[index]) * 1e6));
      }),
    );
  });

  test('any text is a duration or none', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789.,: -+eEmshnuµ') });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 50 }), async (texts) => {
        for (const found of await durations(texts, 's'))
          expect(found === -1 || (Number.isFinite(found) && found >= 0)).toBe(true);
      }),
    );
  });
});

describe('statuses', () => {
  const kind = async (text: string): Promise<string> => {
    const group = await readOne('status', text);
    if (!group) return 'none';
    return group.serverErrors > 0 ? 'server error' : group.clientErrors > 0 ? 'error' : 'fine';
  };

  test.each([
    ['100', 'fine'],
    ['200', 'fine'],
    ['399', 'fine'],
    ['400', 'error'],
    ['499', 'error'],
    ['500', 'server error'],
    ['599', 'server error'],
    ['600', 'fine'],
    ['999', 'fine'],
    // None was sent.
    ['0', 'fine'],
    ['000', 'fine'],
    ['-', 'fine'],
    ['-1', 'fine'],
    ['', 'fine'],
    // The last of several answered.
    ['502, 200', 'fine'],
    ['502 : 504', 'server error'],
    ['502,404', 'error'],
    // No status at all.
    ['20', 'none'],
    ['2000', 'none'],
    ['abc', 'none'],
    ['2x0', 'none'],
    ['20x', 'none'],
    ['502, -', 'none'],
    ['200 OK', 'none'],
    ['+200', 'none'],
    ['٢٠٠', 'none'],
  ])('%s: %s', async (text, expected) => {
    expect(await kind(text)).toBe(expected);
  });
});

describe('counts', () => {
  test.each([
    ['0', 0],
    ['5000000000', 5_000_000_000],
    ['-', 0],
    ['', 0],
    ['-5', 0],
    ['12.7', 12],
  ])('%s', async (text, expected) => {
    expect((await readOne('bytes', text))?.bytes).toBe(expected);
  });
});

describe('methods', () => {
  test.each([
    ['GET', 1, 0],
    ['HEAD', 1, 0],
    ['POST', 0, 1],
    ['PUT', 0, 1],
    ['PATCH', 0, 1],
    ['DELETE', 0, 1],
    ['OPTIONS', 0, 0],
    ['CONNECT', 0, 0],
    ['TRACE', 0, 0],
    ['PROPFIND', 0, 0],
    ['get', 0, 0],
    ['-', 0, 0],
    ['', 0, 0],
    ['\\x16\\x03', 0, 0],
  ])('%s: %i reads, %i writes', async (method, reads, writes) => {
    expect(await readOne('method', method)).toMatchObject({ calls: 1, reads, writes });
  });
});
