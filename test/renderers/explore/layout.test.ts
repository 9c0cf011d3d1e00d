import { describe, expect, test } from 'vitest';
import {
  layOutRegions,
  type Member,
  type RegionLayout,
} from '../../../src/renderers/html/explore/lay-out-regions.ts';
import fc from '../../fast-check.ts';

interface Drawing {
  readonly members: readonly Member[];
  readonly links: readonly { readonly from: string; readonly to: string }[];
}

/** Landscapes of several sizes, dense and thin, with few or many regions. */
const drawings: fc.Arbitrary<Drawing> = fc
  .record({
    count: fc.integer({ min: 12, max: 60 }),
    regions: fc.integer({ min: 1, max: 7 }),
    ends: fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 20, maxLength: 150 }),
  })
  .map(({ count, regions, ends }) => ({
    members: Array.from({ length: count }, (_, index) => ({
      id: `system ${index}`,
      region: `region ${index % regions}`,
    })),
    links: ends.map(([a, b]) => ({ from: `system ${a % count}`, to: `system ${b % count}` })),
  }));

/** How far systems of both layouts moved, as a share of the first picture's width. */
function measureMoves(before: RegionLayout, after: RegionLayout): number[] {
  const x = before.regions.flatMap((region) => [
    region.x - region.radius,
    region.x + region.radius,
  ]);
  const width = Math.max(...x) - Math.min(...x);
  return [...after.places].map(([id, place]) => {
    const old = before.places.get(id) ?? place;
    return Math.hypot(place.x - old.x, place.y - old.y) / width;
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the places of the explorer', () => {
  test('depend on no order', () => {
    fc.assert(
      fc.property(drawings, ({ members, links }) => {
        const one = layOutRegions(members, links);
        const other = layOutRegions([...members].reverse(), links);
        expect(other.regions).toEqual(one.regions);
        for (const [id, place] of one.places) expect(other.places.get(id)).toEqual(place);
      }),
      { numRuns: 30 },
    );
  });

  test('keep systems apart, inside their region, and regions apart', () => {
    fc.assert(
      fc.property(drawings, ({ members, links }) => {
        const { regions, places } = layOutRegions(members, links);
        const placed = members.map(({ id, region }) => ({
          ...(places.get(id) ?? { x: Number.NaN, y: Number.NaN }),
          circle: regions.find(({ name }) => name === region),
        }));
        for (const [index, { x, y, circle }] of placed.entries()) {
          if (!circle) throw new Error('no region');
          expect(Math.hypot(x - circle.x, y - circle.y)).toBeLessThanOrEqual(circle.radius);
          for (const other of placed.slice(0, index))
            expect(Math.hypot(x - other.x, y - other.y)).toBeGreaterThan(0.7);
        }
        for (const [index, one] of regions.entries())
          for (const other of regions.slice(0, index))
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(
              one.radius + other.radius,
            );
      }),
      { numRuns: 30 },
    );
  });

  test('move little when one link or one system goes', () => {
    const byLink: number[] = [];
    const bySystem: number[] = [];
    fc.assert(
      fc.property(drawings, ({ members, links }) => {
        const whole = layOutRegions(members, links);
        const withoutLink = measureMoves(whole, layOutRegions(members, links.slice(1)));
        const withoutSystem = measureMoves(whole, layOutRegions(members.slice(1), links));
        byLink.push(mean(withoutLink));
        bySystem.push(mean(withoutSystem));
      }),
      { numRuns: 40 },
    );
    // A drawing that hangs on one system may turn over; most hardly move.
    const most = (moves: readonly number[]): number =>
      moves.toSorted((a, b) => a - b)[Math.floor(0.9 * moves.length)] ?? Number.NaN;
    expect(most(byLink)).toBeLessThan(0.15);
    expect(most(bySystem)).toBeLessThan(0.3);
    expect(mean(byLink)).toBeLessThan(0.05);
    expect(mean(bySystem)).toBeLessThan(0.15);
  });

  test('are numbers for one system, for none, for links to itself and to nowhere', () => {
    expect(layOutRegions([], []).regions).toEqual([]);
    const one = layOutRegions(
      [{ id: 'a', region: '' }],
      [
        { from: 'a', to: 'a' },
        { from: 'a', to: 'gone' },
      ],
    );
    expect(one.places.get('a')).toEqual({ x: expect.any(Number), y: expect.any(Number) });
    expect([...one.places.values()].every(({ x, y }) => Number.isFinite(x + y))).toBe(true);
  });

  test('bring regions together that are wired together', () => {
    const members = Array.from({ length: 40 }, (_, index) => ({
      id: `s${index}`,
      region: `region ${index % 8}`,
    }));
    const distanceOf = (a: number, b: number): number => {
      const links = Array.from({ length: 200 }, (_, index) => ({
        from: `s${a + 8 * (index % 5)}`,
        to: `s${b + 8 * (index % 4)}`,
      }));
      const measure = ({ regions }: RegionLayout): number => {
        const [one, other] = [a, b].map((each) =>
          regions.find(({ name }) => name === `region ${each}`),
        );
        if (!one || !other) throw new Error('no region');
        return Math.hypot(one.x - other.x, one.y - other.y);
      };
      return measure(layOutRegions(members, links)) / measure(layOutRegions(members, []));
    };
    const shares = [0, 1, 2, 3].map((each) => distanceOf(each, each + 4));
    expect(mean(shares)).toBeLessThan(0.95);
  });
});
