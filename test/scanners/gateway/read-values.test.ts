import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DurationUnit } from '../../../src/scanners/gateway/log-format.ts';
import {
  endOfAddress,
  isFilled,
  readCount,
  readDuration,
  readMethod,
  readStatusClass,
} from '../../../src/scanners/gateway/traffic/read-values.ts';

/** A value between others, as in a line. */
function place(text: string): [bytes: Uint8Array, from: number, end: number] {
  const value = new TextEncoder().encode(text);
  const bytes = Buffer.concat([Buffer.from('200 7'), value, Buffer.from(' 9s 500,404 x\n')]);
  return [bytes, 5, 5 + value.length];
}

function address(text: string): string {
  const [bytes, from, end] = place(text);
  const start = bytes[from] === 91 ? from + 1 : from;
  return Buffer.from(bytes.subarray(start, endOfAddress(bytes, from, end))).toString();
}

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
    ['', ''],
  ])('%s', (text, expected) => {
    expect(address(text)).toBe(expected);
  });

  test('end in their field, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0a:,[]. ') }), (text) => {
        const [bytes, from, end] = place(text);
        const found = endOfAddress(bytes, from, end);
        expect(found).toBeGreaterThanOrEqual(from);
        expect(found).toBeLessThanOrEqual(Math.max(end, from + 1));
      }),
    );
  });
});

describe('durations in microseconds', () => {
  const duration = (text: string, unit: DurationUnit): number => readDuration(...place(text), unit);

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
  ])('%s in %s', (text, unit, expected) => {
    expect(duration(text, unit)).toBe(expected);
  });

  test('to the microsecond, as a number would be', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(6), (microseconds, places) => {
        const text = (microseconds / 1e6).toFixed(places);
        expect(duration(text, 's')).toBe(Math.round(Number(text) * 1e6));
      }),
      { numRuns: 2000 },
    );
  });

  test('any text is a whole number or none', () => {
    const text = fc.string({ unit: fc.constantFrom(...'0123456789.,: -+eEmshnuµ') });
    fc.assert(
      fc.property(text, (given) => {
        const found = duration(given, 's');
        expect(found === -1 || (Number.isInteger(found) && found >= 0)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('statuses', () => {
  const status = (text: string): number => readStatusClass(...place(text));

  test.each([
    ['100', 1],
    ['200', 2],
    ['399', 3],
    ['404', 4],
    ['599', 5],
    ['999', 9],
    // None was sent.
    ['0', 0],
    ['000', 0],
    ['-', 0],
    ['-1', 0],
    ['', 0],
    // The last of several answered.
    ['502, 200', 2],
    ['502 : 504', 5],
    ['502,200', 2],
  ])('%s', (text, expected) => {
    expect(status(text)).toBe(expected);
  });

  test.each(['20', '2000', 'abc', '2x0', '20x', '502, -', '200 OK', '+200', '٢٠٠'])(
    'none: %s',
    (text) => {
      expect(status(text)).toBeNaN();
    },
  );
});

describe('counts', () => {
  test.each([
    ['0', 0],
    ['5000000000', 5_000_000_000],
    ['-', 0],
    ['', 0],
    ['-5', 0],
    ['12.7', 12],
  ])('%s', (text, expected) => {
    expect(readCount(...place(text))).toBe(expected);
  });
});

describe('methods', () => {
  test.each([
    ['GET', 'read'],
    ['HEAD', 'read'],
    ['POST', 'write'],
    ['PUT', 'write'],
    ['PATCH', 'write'],
    ['DELETE', 'write'],
    ['OPTIONS', 'other'],
    ['CONNECT', 'other'],
    ['TRACE', 'other'],
    ['PROPFIND', 'other'],
    ['get', 'other'],
    ['\\x16\\x03', 'other'],
  ])('%s: %s', (method, expected) => {
    const [bytes, from] = place(`${method} /x`);
    expect(readMethod(bytes, from)).toBe(expected);
  });
});

test.each([
  ['', false],
  ['-', false],
  ['--', true],
  ['x', true],
])('whether a value is there: "%s" %s', (text, expected) => {
  expect(isFilled(...place(text))).toBe(expected);
});
