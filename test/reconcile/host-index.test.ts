import ipaddr from 'ipaddr.js';
import { expect, test } from 'vitest';
import type { System } from '../../src/landscape.ts';
import { indexHosts, isAddress } from '../../src/reconcile/host-index.ts';
import fc from '../fast-check.ts';

const toSystem = (id: string, hosts: readonly string[]): System => ({
  id,
  name: id,
  kind: 'application',
  counted: true,
  registered: true,
  criticality: 'operational',
  hosts,
  aliases: [],
  tags: [],
  origins: [],
  given: [],
});

/** Close together, so that ranges hold some of them. */
const number = fc.constantFrom(0, 1, 7, 10, 127, 128, 254, 255);
const plain = fc.tuple(number, number, number, number).map((parts) => parts.join('.'));
const part = fc.constantFrom('0', '1', 'db8', 'ffff');
const long = fc.tuple(part, part, part, part).map(([a, b, c, d]) => `2001:${a}:${b}::${c}:${d}`);
const range = fc.oneof(
  fc.tuple(plain, fc.integer({ min: 0, max: 32 })),
  fc.tuple(long, fc.integer({ min: 0, max: 128 })),
);
const address = fc.oneof(
  plain,
  long,
  plain.map((text) => `::ffff:${text}`),
);

test('an address lies in the smallest range that holds it', () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 12 }), address, (ranges, text) => {
      const written = ranges.map(([first, bits]) => `${first}/${bits}`);
      const system = toSystem('erp', written);
      const index = indexHosts([system], new Map([['erp', system]]), []);
      const given = ipaddr.process(text);
      const holding = ranges.flatMap(([first, bits]) => {
        const start = ipaddr.parse(first);
        return start.kind() === given.kind() && given.match(start, bits) ? [bits] : [];
      });
      const found = index.range(text);
      if (holding.length === 0) expect(found).toBeUndefined();
      else
        expect(found).toMatchObject({
          id: 'erp',
          step: expect.stringContaining(`/${Math.max(...holding)} of erp`),
        });
    }),
    { numRuns: 500 },
  );
});

test('an address is what a library takes for one, in four whole decimal parts', () => {
  const near = fc
    .array(fc.constantFrom('0', '1', '9', '25', '255', '256', '01', '', '.', '.', '.', '\n', ':'), {
      maxLength: 9,
    })
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.oneof(near, plain, long, fc.ipV4(), fc.ipV6()), (text) => {
      const isKnown = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
      expect(isAddress(text)).toBe(isKnown);
    }),
    { numRuns: 1000 },
  );
});
