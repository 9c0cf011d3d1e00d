import { describe, expect, test } from 'vitest';
import fc from '../../fast-check.ts';
import { readEach } from './read-values.ts';

/** The templates of paths that all stand in one log. */
async function templates(
  paths: readonly (string | Uint8Array)[],
  literalSegments = 0,
): Promise<(string | undefined)[]> {
  const groups = await readEach('path', paths, { literalSegments });
  return groups.map((group) => group?.route);
}

async function template(path: string, literalSegments = 0): Promise<string> {
  const [route = 'no call'] = await templates([path], literalSegments);
  return route;
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
    [
      `/t/eyJhbGciOiJIUzI1NiJ9.${'eyJzdWIiOiIxMjM0NTY3ODkwIn0'.repeat(2)}.dozjgNryP4J3jVm-HI0_5`,
      '/t/{id}',
    ],
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
    ['///', '/'],
    ['/?x', '/'],
    ['https://shop.example:8443/a/1?b', '/a/{id}'],
    ['https://shop.example', '/'],
    // Escapes and letters of other languages stay as they are written.
    ['/a%2Fb/1', '/a%2Fb/{id}'],
    ['/ünï/größe/12', '/ünï/größe/{id}'],
    ['/订单/12', '/订单/{id}'],
    ['/٤٢', '/٤٢'],
  ])('%s', async (path, expected) => {
    expect(await template(path)).toBe(expected);
  });

  test('deep and long paths end in an ellipsis', async () => {
    expect(await template('/a'.repeat(10))).toBe('/a'.repeat(10));
    expect(await template('/a'.repeat(11))).toBe(`${'/a'.repeat(10)}…`);
    expect(await template('/a'.repeat(100_000))).toBe(`${'/a'.repeat(10)}…`);
    const long = `/${'seventy-characters'.repeat(4)}`.repeat(9);
    expect(await template(long)).toMatch(/^(?:\/[a-z-]{72}){2}…$/);
  });

  test('segments that a route is mapped by stay as they are', async () => {
    expect(await template('/2024/report/7/8', 1)).toBe('/2024/report/{id}/{id}');
    expect(await template('/2024/report/7/8', 3)).toBe('/2024/report/7/{id}');
    expect(await template('//2024//7', 2)).toBe('/2024/7');
  });

  test('it is a path whose identifiers are gone: to write it again changes nothing', async () => {
    const segment = fc.oneof(
      fc.stringMatching(/^[a-z]{1,12}$/),
      fc.nat().map(String),
      fc.uuid(),
      fc
        .string({ unit: 'grapheme', maxLength: 30 })
        .map((text) => text.replaceAll(/[/;?# \t\n]/g, 'x')),
    );
    const paths = fc.array(fc.array(segment, { maxLength: 14 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(paths, fc.nat(3), async (all, literal) => {
        const once = await templates(
          all.map((segments) => `/${segments.join('/')}`),
          literal,
        );
        const whole = once.filter((route) => !route?.endsWith('…')).map((route) => route ?? '');
        expect(once.every((route) => route?.startsWith('/'))).toBe(true);
        expect(await templates(whole, literal)).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  test('numbers, UUIDs and hashes are always found, among names that never are', async () => {
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
    const paths = fc.array(fc.array(part, { minLength: 1, maxLength: 8 }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(paths, async (all) => {
        const write = (side: 0 | 1): string[] =>
          all.map((parts) => parts.map((text) => `/${text[side]}`).join(''));
        const short = write(1).map((route, index) => (route.length < 150 ? index : -1));
        const found = await templates(write(0));
        for (const index of short)
          if (index >= 0 && (write(0)[index] ?? '').length < 150)
            expect(found[index]).toBe(write(1)[index]);
      }),
      { numRuns: 200 },
    );
  });

  test('any bytes give a bounded template', async () => {
    const bytes = fc
      .uint8Array({ maxLength: 600 })
      .map((all) => Uint8Array.from([47, ...all.filter((byte) => byte !== 9 && byte !== 10)]));
    await fc.assert(
      fc.asyncProperty(fc.array(bytes, { maxLength: 30 }), fc.nat(12), async (all, literal) => {
        for (const route of await templates(all, literal)) {
          expect(route).toMatch(/^\//);
          expect(route?.length).toBeLessThanOrEqual(160);
        }
      }),
      { numRuns: 200 },
    );
  });
});
