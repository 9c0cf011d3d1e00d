import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  cutTemplate,
  maxTemplateBytes,
  newTemplateSpace,
  writeTemplate,
} from '../../../src/scanners/gateway/traffic/route-template.ts';

const space = newTemplateSpace();

/** The template of a path that stands between other bytes, as in a line. */
function template(path: string | Uint8Array, literalSegments = 0): string {
  const text = typeof path === 'string' ? new TextEncoder().encode(path) : path;
  const bytes = Buffer.concat([Buffer.from('GET '), text, Buffer.from(' HTTP/1.1" 200 17\n\0\0\0\0')]);
  const copy = Uint8Array.from(bytes);
  const words = new DataView(copy.buffer);
  const length = writeTemplate(copy, words, 4, 4 + text.length, literalSegments, space);
  expect(length).toBeLessThanOrEqual(maxTemplateBytes);
  expect(copy).toEqual(Uint8Array.from(bytes));
  return new TextDecoder().decode(space.bytes.subarray(0, length));
}

describe('templates of paths', () => {
  test.each([
    // Numbers, and what is written like them.
    ['/orders/1', '/orders/{id}'],
    ['/orders/00012/lines/7', '/orders/{id}/lines/{id}'],
    ['/orders/-12', '/orders/{id}'],
    ['/orders/12,13,14', '/orders/{id}'],
    ['/price/12.50', '/price/{id}'],
    ['/hosts/10.0.0.1', '/hosts/{id}'],
    // UUIDs, hashes, ULIDs and codes.
    ['/o/5f0c9a52-3d5e-4b8e-9c53-3c1d0c6f2a11', '/o/{id}'],
    ['/o/5F0C9A52-3D5E-4B8E-9C53-3C1D0C6F2A11/x', '/o/{id}/x'],
    ['/blob/da39a3ee5e6b4b0d3255bfef95601890afd80709', '/blob/{id}'],
    ['/blob/507f1f77bcf86cd799439011', '/blob/{id}'],
    ['/u/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/u/{id}'],
    ['/o/ORD-20391', '/o/{id}'],
    // Dates and times.
    ['/report/2026-11-02', '/report/{id}'],
    ['/report/2026-11-02/10:30', '/report/{id}/{id}'],
    ['/report/20261102', '/report/{id}'],
    // Addresses of people, and what is too long for a name.
    ['/users/ann@example.org/orders', '/users/{id}/orders'],
    [`/${'long'.repeat(21)}/x`, '/{id}/x'],
    [`/t/eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxMjM0NTY3ODkwIn0'.repeat(2)}.dozjgNryP4J3jVm-HI0_5`, '/t/{id}'],
    // Names stay.
    ['/v1/orders/v2', '/v1/orders/v2'],
    ['/api/v2.1/x', '/api/v2.1/x'],
    ['/oauth2/token', '/oauth2/token'],
    ['/reset/AbC_dEf-123xyz456QwErTyUiOp', '/reset/{id}'],
    ['/s3/base64/md5', '/s3/base64/md5'],
    ['/x/deadbeef', '/x/deadbeef'],
    ['/decade/facade', '/decade/facade'],
    ['/a.json', '/a.json'],
    ['/wp-login.php', '/wp-login.php'],
    ['/.well-known/x', '/.well-known/x'],
    // What is no part of the place.
    ['/a?b=/c/1', '/a'],
    ['/a#b/1', '/a'],
    ['/a;jsessionid=1A2B/b', '/a/b'],
    ['/a;x=1;y=2?z', '/a'],
    ['//a///b//', '/a/b'],
    ['/', '/'],
    ['', '/'],
    ['///', '/'],
    ['/?x', '/'],
    // Escapes and letters of other languages stay as they are written.
    ['/a%2Fb/1', '/a%2Fb/{id}'],
    ['/ünï/größe/12', '/ünï/größe/{id}'],
    ['/订单/12', '/订单/{id}'],
    ['/٤٢', '/٤٢'],
  ])('%s', (path, expected) => {
    expect(template(path)).toBe(expected);
  });

  test('deep and long paths end in an ellipsis', () => {
    expect(template('/a'.repeat(10))).toBe('/a'.repeat(10));
    expect(template('/a'.repeat(11))).toBe(`${'/a'.repeat(10)}…`);
    expect(template('/a'.repeat(100_000))).toBe(`${'/a'.repeat(10)}…`);
    expect(template(`/${'seventy-characters'.repeat(4)}`.repeat(9))).toMatch(/^(?:\/[a-z-]{72}){2}…$/);
  });

  test('segments that a route is mapped by stay as they are', () => {
    expect(template('/2024/report/7/8', 1)).toBe('/2024/report/{id}/{id}');
    expect(template('/2024/report/7/8', 3)).toBe('/2024/report/7/{id}');
    expect(template('//2024//7', 2)).toBe('/2024/7');
  });

  test('it is a path whose identifiers are gone: to write it again changes nothing', () => {
    const segment = fc.oneof(
      fc.stringMatching(/^[a-z]{1,12}$/),
      fc.nat().map(String),
      fc.uuid(),
      fc.string({ unit: 'grapheme', maxLength: 30 }).map((text) => text.replaceAll(/[/;?# ]/g, 'x')),
    );
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 14 }), fc.nat(3), (segments, literal) => {
        const once = template(`/${segments.join('/')}`, literal);
        expect(once.startsWith('/')).toBe(true);
        if (!once.endsWith('…')) expect(template(once, literal)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  test('numbers, UUIDs and hashes are always found, among names that never are', () => {
    const id = fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
      fc.uuid(),
      fc.stringMatching(/^[0-9a-f]{31}\d$/),
      fc.stringMatching(/^[0-9A-F]{63}\d$/),
    );
    const name = fc.stringMatching(/^[a-z]{1,8}(?:[-_.][a-z]{1,8})?$/);
    const part = fc.oneof(
      id.map((text) => [text, '{id}'] as const),
      name.map((text) => [text, text] as const),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const path = parts.map(([text]) => `/${text}`).join('');
        const expected = parts.map(([, text]) => `/${text}`).join('');
        expect(template(path)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test('its start alone', () => {
    const start = (path: string, segments: number): string => {
      const length = template(path).length;
      return new TextDecoder().decode(space.bytes.subarray(0, cutTemplate(space, length, segments)));
    };
    expect(start('/a/b/c/d', 2)).toBe('/a/b/…');
    expect(start('/a/b/c', 2)).toBe('/a/b/…');
    expect(start('/a/b', 2)).toBe('/a/b');
    expect(start('/a', 2)).toBe('/a');
    expect(start('/a/b', 0)).toBe('/…');
    expect(start('/', 0)).toBe('/…');
  });

  test('any bytes give a bounded template', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(12), (bytes, literal) => {
        template(bytes, literal);
      }),
      { numRuns: 3000 },
    );
  });
});
