import vm from 'node:vm';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../../src/files.ts';
import fc from '../../fast-check.ts';

interface PageSystem {
  readonly id: string;
  readonly sends: PageLink[];
  readonly takes: PageLink[];
}

interface PageLink {
  readonly from: PageSystem;
  readonly to: PageSystem;
}

interface Address {
  readonly names: readonly string[];
  read(hash: string): { place: string; state: Record<string, string> };
  write(place: string, state: Readonly<Record<string, string>>): string;
}

interface Explore {
  readonly initial: Readonly<Record<string, string | number | boolean>>;
  readState(said: Readonly<Record<string, string>>): Record<string, unknown>;
  writeAddress(state: Readonly<Record<string, unknown>>): string;
  findWay(
    from: PageSystem,
    to: PageSystem,
    passes: (link: PageLink) => boolean,
  ): PageLink[] | undefined;
  reach(
    start: PageSystem,
    depth: number,
    passes: (link: PageLink) => boolean,
  ): Map<PageSystem, number>;
}

/** The parts of the page's script that touch no page, as the page runs them. */
const templates = nodeFiles('templates');
const texts = await Promise.all(
  ['page/address.js', 'explore/facts.js', 'explore/address.js', 'explore/ways.js'].map((file) =>
    templates.text(file),
  ),
);
const { explore, address } = vm.runInNewContext(
  `${texts.join('\n')}\nconst report = { address };\n({ explore, address })`,
  { URLSearchParams },
) as { explore: Explore; address: Address };
const readExplored = (hash: string): Record<string, unknown> =>
  explore.readState(address.read(hash).state);

/** Systems named by number, and links as pairs of numbers. */
function toGraph(count: number, pairs: readonly (readonly [number, number])[]) {
  const systems = Array.from(
    { length: count },
    (_, index): PageSystem => ({ id: String(index), sends: [], takes: [] }),
  );
  const links = pairs.map(([from, to]) => {
    const link = { from: systems[from] as PageSystem, to: systems[to] as PageSystem };
    link.from.sends.push(link);
    link.to.takes.push(link);
    return link;
  });
  return { systems, links };
}

const graphs = fc
  .integer({ min: 1, max: 9 })
  .chain((count) =>
    fc
      .array(fc.tuple(fc.nat({ max: count - 1 }), fc.nat({ max: count - 1 })), { maxLength: 24 })
      .map((pairs) => ({ count, pairs })),
  );

/** All shortest distances by Floyd and Warshall: nothing in common with a search by rims. */
function measureAll(count: number, pairs: readonly (readonly [number, number])[]): number[][] {
  const far = Array.from({ length: count }, (_, row) =>
    Array.from({ length: count }, (_, column) => (row === column ? 0 : Number.POSITIVE_INFINITY)),
  );
  const at = (row: number, column: number): number => far[row]?.[column] ?? Number.NaN;
  for (const [from, to] of pairs) if (from !== to) (far[from] as number[])[to] = 1;
  for (let by = 0; by < count; by++)
    for (let from = 0; from < count; from++)
      for (let to = 0; to < count; to++)
        (far[from] as number[])[to] = Math.min(at(from, to), at(from, by) + at(by, to));
  return far;
}

test('a way is as short as any, and goes the way of the data', () => {
  fc.assert(
    fc.property(graphs, ({ count, pairs }) => {
      const { systems } = toGraph(count, pairs);
      const far = measureAll(count, pairs);
      for (const [from, start] of systems.entries())
        for (const [to, end] of systems.entries()) {
          const way = explore.findWay(start, end, () => true);
          expect(way?.length ?? Number.POSITIVE_INFINITY).toBe(far[from]?.[to]);
          let here = start;
          for (const link of way ?? []) {
            expect(link.from).toBe(here);
            here = link.to;
          }
          if (way) expect(here).toBe(end);
        }
    }),
    { numRuns: 200 },
  );
});

test('what is near is what so many links reach, either way', () => {
  fc.assert(
    fc.property(graphs, fc.integer({ min: 1, max: 3 }), ({ count, pairs }, depth) => {
      const { systems } = toGraph(count, pairs);
      const both = pairs.flatMap(([from, to]) => [[from, to] as const, [to, from] as const]);
      const far = measureAll(count, both);
      for (const [index, start] of systems.entries()) {
        const near = explore.reach(start, depth, () => true);
        const expected = systems.filter((_, other) => (far[index]?.[other] ?? 9) <= depth);
        expect(new Set(near.keys())).toEqual(new Set(expected));
      }
    }),
    { numRuns: 100 },
  );
});

test('a filter closes ways', () => {
  const { systems, links } = toGraph(3, [
    [0, 1],
    [1, 2],
  ]);
  const [start, , end] = systems as [PageSystem, PageSystem, PageSystem];
  expect(explore.findWay(start, end, () => true)).toEqual(links);
  expect(explore.findWay(start, end, (link) => link !== links[1])).toBeUndefined();
});

test('an address tells all that is shown, whatever systems are called', () => {
  const text = fc.string({ unit: 'binary' }).filter((each) => !/\p{Surrogate}/u.test(each));
  const states = fc.record({
    focus: text,
    depth: fc.integer({ min: 1, max: 3 }),
    link: text,
    from: text,
    to: text,
    domain: text,
    colour: fc.constantFrom('standing', 'domain', 'owner', 'criticality', 'wave'),
    unregistered: fc.boolean(),
    collapse: fc.constantFrom('', 'yes', 'no'),
  });
  fc.assert(
    fc.property(states, (state) => {
      const whole = { ...explore.initial, ...state };
      expect({ ...readExplored(explore.writeAddress(whole)) }).toEqual(whole);
    }),
  );
  expect(explore.writeAddress({ ...explore.initial, focus: 'erp', depth: 2, colour: 'wave' })).toBe(
    '#explore?focus=erp&depth=2&colour=wave',
  );
});

test.each(['#explore?depth=99&colour=no&x=1&__proto__=1', '#explore?%', '#link=%E0%A4%A', '#', ''])(
  'an address that says nothing sensible is survived: %s',
  (hash) => {
    const state = readExplored(hash);
    expect(Object.keys(state)).toEqual(Object.keys(explore.initial));
    expect(state['depth']).toSatisfy((depth: number) => depth >= 1 && depth <= 3);
    expect(state['colour']).toBe('standing');
  },
);

test('an address of the page tells its place and all that is shown there', () => {
  const text = fc.string({ unit: 'binary' }).filter((each) => !/\p{Surrogate}/u.test(each));
  const states = fc.dictionary(fc.constantFrom(...address.names), text.filter(Boolean));
  const places = fc.constantFrom('', 'links', 'findings', 'map', 'explore', 'impact');
  fc.assert(
    fc.property(places, states, (place, state) => {
      const read = address.read(address.write(place, state));
      expect({ place: read.place, ...read.state }).toEqual({ place, ...state });
    }),
  );
});

test.each([
  ['links', { link: 'a=>b#http' }, '#link=a%3D%3Eb%23http'],
  ['findings', { finding: '00ff' }, '#finding=00ff'],
  ['findings', {}, '#findings'],
  ['findings', { rule: 'no-owner', class: 'coded' }, '#findings?class=coded&rule=no-owner'],
  ['witnesses', { class: 'coded' }, '#witnesses?class=coded'],
])('an address is short where it can be: %s %j', (place, state, expected) => {
  expect(address.write(place, state)).toBe(expected);
});
