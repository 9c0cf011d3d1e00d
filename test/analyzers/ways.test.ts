import { describe, expect, test } from 'vitest';
import { findConnected, findWaysInto } from '../../src/analyzers/ways.ts';
import type { Link } from '../../src/landscape.ts';
import fc from '../fast-check.ts';

const toLinks = (pairs: readonly (readonly [string, string])[]): Link[] =>
  pairs.map(([from, to], index) => ({ key: `${from}=>${to}#${index}`, from, to }) as Link);

const drawing = fc.array(
  fc
    .tuple(fc.constantFrom(...'abcdefg'), fc.constantFrom(...'abcdefg'))
    .filter(([a, b]) => a !== b),
  { maxLength: 20 },
);
const someOf = fc.subarray([...'abcdefg']).map((ids) => new Set(ids));

/** Everything within reach by trying every link again and again; `inside` is never left. */
function reachSlowly(
  links: readonly Link[],
  starts: Iterable<string>,
  inside: ReadonlySet<string>,
) {
  const reached = new Set(starts);
  for (let round = 0; round < 10; round++)
    for (const { from, to } of links) if (reached.has(from) && !inside.has(from)) reached.add(to);
  return reached;
}

describe('ways into systems', () => {
  test('are every link that comes in from what data reaches, each with a way that holds', () => {
    fc.assert(
      fc.property(drawing, someOf, someOf, (pairs, starts, goals) => {
        const links = toLinks(pairs);
        const outside = [...starts].filter((id) => !goals.has(id));
        const reached = reachSlowly(links, outside, goals);
        const entries = links.filter(
          ({ from, to }) => goals.has(to) && !goals.has(from) && reached.has(from),
        );
        const ways = findWaysInto(links, starts, goals);
        expect(ways.map(({ links: way }) => way.at(-1)?.key).sort()).toEqual(
          entries.map(({ key }) => key).sort(),
        );
        for (const { start, links: way } of ways) {
          expect(outside).toContain(start);
          let at = start;
          for (const link of way) {
            expect(link.from).toBe(at);
            at = link.to;
          }
        }
      }),
    );
  });

  test('are the shortest', () => {
    const links = toLinks([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
      ['a', 'c'],
    ]);
    const [way] = findWaysInto(links, new Set(['a']), new Set(['d']));
    expect(way?.links.map(({ from }) => from)).toEqual(['a', 'c']);
  });
});

test('connected systems are those within reach, in either direction', () => {
  fc.assert(
    fc.property(drawing, someOf, (pairs, given) => {
      const links = toLinks(pairs);
      const turned = toLinks(pairs.map(([from, to]) => [to, from]));
      const none = new Set<string>();
      expect(findConnected(links, given, 'along')).toEqual(reachSlowly(links, given, none));
      expect(findConnected(links, given, 'against')).toEqual(reachSlowly(turned, given, none));
    }),
  );
});
