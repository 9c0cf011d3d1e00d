import vm from 'node:vm';
import { expect, test } from 'vitest';
import { nodeFiles } from '../../../src/files.ts';
import fc from '../../fast-check.ts';

interface Bundle {
  readonly a: number;
  readonly b: number;
  readonly count: number;
  readonly marked: number;
  readonly there: number;
  readonly back: number;
}

interface PageLink {
  readonly from: { readonly region: number };
  readonly to: { readonly region: number };
  readonly isRegistered: boolean;
}

interface Mark {
  readonly label: string;
  readonly test: (link: PageLink) => boolean;
}

interface Explore {
  bundle(
    facts: { readonly regions: readonly unknown[] },
    links: readonly PageLink[],
    mark?: Mark,
  ): { bundles: Bundle[]; within: { count: number; marked: number }[] };
  chooseBundles(bundles: readonly Bundle[], regions: number, chosen?: number): Set<Bundle>;
  tellShare(bundle: { readonly count: number; readonly marked: number }): string;
  colourOfShare(
    bundle: { readonly count: number; readonly marked: number },
    mark: Mark | undefined,
    theme: Record<string, string>,
  ): string;
  placeDomains(
    regions: readonly { readonly index: number; readonly x: number; readonly y: number }[],
  ): { readonly x: number; readonly y: number }[];
}

/** The parts of the page's script that touch no page, as the page runs them. */
const templates = nodeFiles('templates');
const texts = await Promise.all(
  ['bundles', 'domains'].map((file) => templates.text(`explore/${file}.js`)),
);
const explore = vm.runInNewContext(
  `const explore = { fade: (colour, paper, share) => colour + ' ' + share }; ${texts.join('\n')}\nexplore`,
) as Explore;

const mark: Mark = { label: 'nobody registered', test: ({ isRegistered }) => !isRegistered };
const drawn = fc.integer({ min: 2, max: 30 }).chain((regions) =>
  fc.record({
    regions: fc.constant(regions),
    links: fc.array(
      fc.tuple(fc.nat({ max: regions - 1 }), fc.nat({ max: regions - 1 }), fc.boolean()).map(
        ([from, to, isRegistered]): PageLink => ({
          from: { region: from },
          to: { region: to },
          isRegistered,
        }),
      ),
      { maxLength: 300 },
    ),
  }),
);
const listRegions = (count: number): unknown[] => Array.from({ length: count });

test('every link is in one bundle, or inside one domain', () => {
  fc.assert(
    fc.property(drawn, ({ regions, links }) => {
      const { bundles, within } = explore.bundle({ regions: listRegions(regions) }, links, mark);
      const sum = (read: (each: Bundle) => number): number =>
        bundles.reduce((total, each) => total + read(each), 0);
      const inside = links.filter(({ from, to }) => from.region === to.region);
      expect(sum(({ count }) => count)).toBe(links.length - inside.length);
      expect(sum(({ there, back }) => there + back)).toBe(links.length - inside.length);
      expect(within.reduce((total, { count }) => total + count, 0)).toBe(inside.length);
      const unregistered = links.filter(({ isRegistered }) => !isRegistered).length;
      expect(
        sum(({ marked }) => marked) + within.reduce((total, { marked }) => total + marked, 0),
      ).toBe(unregistered);
      expect(new Set(bundles.map(({ a, b }) => `${a} ${b}`)).size).toBe(bundles.length);
      for (const { a, b } of bundles) expect(a).toBeLessThan(b);
    }),
  );
});

test('few bundles are strong: the strongest of every domain, and none weaker than one left out', () => {
  fc.assert(
    fc.property(drawn, ({ regions, links }) => {
      const { bundles } = explore.bundle({ regions: listRegions(regions) }, links);
      const kept = explore.chooseBundles(bundles, regions);
      expect(kept.size).toBeLessThanOrEqual(Math.max(18, 1.5 * regions + 0.5, regions));
      for (let region = 0; region < regions; region++) {
        const [strongest] = bundles.filter(({ a, b }) => a === region || b === region);
        if (strongest)
          expect([...kept].some(({ a, b }) => a === region || b === region)).toBe(true);
      }
      const [first] = bundles;
      if (first) expect(kept.has(first)).toBe(true);
    }),
  );
});

test('of a chosen domain all bundles are strong, and no other', () => {
  const links = [
    [0, 1],
    [1, 2],
    [2, 0],
  ].map(
    ([from, to]): PageLink => ({
      from: { region: from as number },
      to: { region: to as number },
      isRegistered: true,
    }),
  );
  const { bundles } = explore.bundle({ regions: listRegions(3) }, links);
  expect([...explore.chooseBundles(bundles, 3, 1)].map(({ a, b }) => [a, b])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('a colour says the share, not the worst of a group', () => {
  const theme = { edge: 'grey', paper: 'white' };
  const marked = { ...mark, colour: 'orange' };
  const colours = [0, 1, 10, 11, 25, 26, 50, 51, 100].map((unregistered) =>
    explore.colourOfShare({ count: 100, marked: unregistered }, marked, theme),
  );
  expect(colours).toEqual([
    'grey 0.6',
    'orange 0.5',
    'orange 0.5',
    'orange 0.7',
    'orange 0.7',
    'orange 0.85',
    'orange 0.85',
    'orange 1',
    'orange 1',
  ]);
  expect(explore.tellShare({ count: 1000, marked: 1 })).toBe('1 %');
  expect(explore.tellShare({ count: 1000, marked: 999 })).toBe('99 %');
  expect(explore.tellShare({ count: 7, marked: 0 })).toBe('');
});

test('many domains stand on a ring, apart from each other', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 })), {
        minLength: 10,
        maxLength: 60,
      }),
      (at) => {
        const places = explore.placeDomains(at.map(([x, y], index) => ({ index, x, y })));
        expect(places).toHaveLength(at.length);
        for (const [index, { x, y }] of places.entries())
          for (const other of places.slice(0, index))
            expect(Math.hypot(x - other.x, y - other.y)).toBeGreaterThan(60);
      },
    ),
  );
});
