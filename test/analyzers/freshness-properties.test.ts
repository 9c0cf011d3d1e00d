import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { analyseFailedRuns } from '../../src/analyzers/freshness/failed-run.ts';
import { analyseFreshness, findOldest } from '../../src/analyzers/freshness/freshness.ts';
import {
  countInstants,
  openInstants,
  packInstants,
} from '../../src/analyzers/freshness/instants.ts';
import type { FreshnessModel } from '../../src/analyzers/freshness/model.ts';
import fc from '../fast-check.ts';
import { findLimits, lookAt, measure, minute, play } from './freshness-simulation.ts';

const systems = ['A', 'B', 'C', 'D'];
const end = 60;
const aMinute = fc.integer({ min: 0, max: end + 5 });
const someMinutes = fc
  .uniqueArray(aMinute, { maxLength: 7 })
  .map((minutes) => packInstants(minutes.sort((a, b) => a - b).map((now) => now * minute)));
const regular = fc
  .record({ first: fc.nat(10), step: fc.integer({ min: 1, max: 12 }), count: fc.nat(8) })
  .map(({ first, step, count }) =>
    packInstants(Array.from({ length: count }, (_, index) => (first + index * step) * minute)),
  );
const someRuns = fc.oneof(someMinutes, regular);
const aWay = fc
  .tuple(fc.constantFrom('A', ...systems), fc.constantFrom(...systems))
  .filter(([from, to]) => from !== to);

const aModel: fc.Arbitrary<FreshnessModel> = fc
  .record({
    deliveries: fc.array(
      fc.record({
        way: aWay,
        object: fc.constantFrom('x', 'x', 'x', 'y'),
        runs: someRuns,
        durationMs: fc.constantFrom(0, 0, 1, 3, 9).map((minutes) => minutes * minute),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    events: fc.array(fc.record({ way: aWay, object: fc.constantFrom('x', 'y') }), { maxLength: 2 }),
    derivations: fc.array(
      fc.record({ system: fc.constantFrom(...systems), object: fc.constantFrom('x', 'y') }),
      { maxLength: 2 },
    ),
    readers: fc.array(
      fc.record({
        system: fc.constantFrom(...systems),
        looks: someRuns,
        windows: fc.array(
          fc
            .tuple(aMinute, fc.integer({ min: 0, max: 9 }))
            .map(([from, length]) => [from * minute, (from + length) * minute] as const),
          { maxLength: 2 },
        ),
      }),
      { maxLength: 4 },
    ),
    from: fc.integer({ min: 0, max: 20 }),
    length: fc.integer({ min: 1, max: end - 20 }),
    isCut: fc.boolean(),
  })
  .map(({ deliveries, events, derivations, readers, from, length, isCut }) => ({
    deliveries: deliveries.map(({ way: [start, to], ...rest }, index) => ({
      ...rest,
      link: `${start}=>${to}#${index}`,
      from: start,
      to,
      assumed: false,
    })),
    events: events.map(({ way: [start, to], object }, index) => ({
      link: `${start}=>${to}#event${index}`,
      from: start,
      to,
      object,
    })),
    origins: [{ system: 'A', object: 'x' }],
    derivations: derivations.map(({ system, object }) => ({
      system,
      object,
      from: [object === 'x' ? 'y' : 'x'],
    })),
    readers,
    horizon: { from: from * minute, to: (from + length) * minute },
    ...(!isCut && { knownUntil: end * minute }),
  }));

const hours = (minutes: number): number | null =>
  minutes < 0 ? null : Math.round((minutes / 60) * 1e6) / 1e6;

/** Two failures make data as old as one that nothing known ends: found once among ten thousand. */
const equallyOld: FreshnessModel = {
  deliveries: (
    [
      ['A', 'D', 2, 7, 6],
      ['D', 'C', 9, 10, 5],
    ] as const
  ).map(([from, to, first, step, count]) => ({
    link: `${from}=>${to}#0`,
    from,
    to,
    object: 'x',
    runs: [{ first: first * minute, step: step * minute, count }],
    durationMs: 0,
    assumed: false,
  })),
  events: [],
  origins: [{ system: 'A', object: 'x' }],
  derivations: [],
  readers: [],
  horizon: { from: 0, to: 31 * minute },
  knownUntil: 60 * minute,
};

test('freshness is what a minute-by-minute simulation of every failure finds', () => {
  let compared = 0;
  fc.assert(
    fc.property(aModel, (model) => {
      const normal = play(model);
      const knownUntil = (model.knownUntil ?? model.horizon.to) / minute;
      const scenarios = [1, 2].map((count) =>
        model.deliveries.flatMap(({ link, runs }, delivery) =>
          [...openInstants(runs)].flatMap((run, first) =>
            run < model.horizon.to && run < knownUntil * minute
              ? [{ link, run, played: play(model, { delivery, first, count }) }]
              : [],
          ),
        ),
      );
      for (const found of analyseFreshness(model)) {
        if (found.certainty !== 'declared') continue;
        const place = `${found.consumer} ${found.as ?? found.object}`;
        const limits = findLimits(model, normal, place);
        const hasReaders = model.readers.some(
          ({ system, looks, windows }) =>
            system === found.consumer &&
            (openInstants(looks, knownUntil * minute).length > 0 ||
              windows?.some(([from, to]) => from < to && from < knownUntil * minute)),
        );
        const usual = measure(model, normal, place, limits);
        const worst = [{ ...usual }];
        for (const [index, played] of scenarios.entries()) {
          const all = [
            worst[index] ?? usual,
            ...played.map((one) => measure(model, one.played, place, limits)),
          ];
          worst.push({
            rest: Math.max(...all.map(({ rest }) => rest)),
            restBeforeEnd: Math.max(...all.map(({ restBeforeEnd }) => restBeforeEnd)),
            read: Math.max(...all.map(({ read }) => read)),
          });
        }
        const ofOne = worst[1] ?? usual;
        const top = hasReaders ? ofOne.read : ofOne.rest;
        const critical = (scenarios[0] ?? []).filter(({ played }) => {
          const one = measure(model, played, place, limits);
          return (
            top > (hasReaders ? usual.read : usual.rest) &&
            (hasReaders ? one.read : one.rest) === top
          );
        });
        expect({
          rest: found.worstAgeAtRestHours,
          read: found.worstAgeAtReadHours,
          atLeast: found.atLeast,
          critical: found.criticalRuns
            .map(({ link, hoursUnnoticed, alike, ageHours }) =>
              [link, hoursUnnoticed, alike, ageHours].join(),
            )
            .sort(),
          count: found.criticalRunCount,
        }).toEqual({
          rest: worst.map(({ rest }) => hours(rest)),
          read: hasReaders ? worst.map(({ read }) => hours(read)) : [],
          atLeast: worst.some(({ rest, restBeforeEnd }) => rest > restBeforeEnd),
          critical: groupAlike(
            critical.map(({ link, run, played }) => {
              const unnoticed = findFirstLook(model, normal, played, place);
              return [
                link,
                unnoticed === undefined ? null : hours(unnoticed - run / minute),
              ] as const;
            }),
            hours(top),
          ),
          count: critical.length,
        });
        expect(readChain(found.path)).toBe(true);
        compared++;
      }
    }),
    { numRuns: 1500, examples: [[equallyOld]] },
  );
  expect(compared).toBeGreaterThan(1000);
});

test('one failed run does what a simulation of it does', () => {
  let affected = 0;
  fc.assert(
    fc.property(aModel, fc.nat(), fc.nat(), (model, some, any) => {
      const index = some % model.deliveries.length;
      const delivery = model.deliveries[index];
      const knownUntil = model.knownUntil ?? model.horizon.to;
      const runs = openInstants(delivery?.runs ?? [], knownUntil);
      if (!delivery || runs.length === 0) return;
      const first = any % runs.length;
      const run = `${new Date(runs[first] ?? 0).toISOString().slice(0, 19)}Z`;
      const [result] = analyseFailedRuns(model, [{ link: delivery.link, run }]);
      const normal = play(model);
      const failed = play(model, { delivery: index, first, count: 1 });
      const effects = (result?.effects ?? []).filter(({ certainty }) => certainty === 'declared');
      const places = findBroughtPlaces(model);
      const isLater = (place: string) => (now: number, phase: 'sharp' | 'after') =>
        (failed[phase].get(place)?.[now] ?? 0) < (normal[phase].get(place)?.[now] ?? 0);
      const expected = places.flatMap((place) => {
        const later = isLater(place);
        const minutes = [...(normal.sharp.get(place) ?? []).keys()];
        if (!minutes.some((now) => later(now, 'sharp') || later(now, 'after'))) return [];
        const isEmpty = minutes.some(
          (now) =>
            (later(now, 'sharp') && failed.sharp.get(place)?.[now] === -1) ||
            (later(now, 'after') && failed.after.get(place)?.[now] === -1),
        );
        const { rest, read } = measure(model, failed, place, { from: 0, to: 1e6 }, later);
        const look = findFirstLook(model, normal, failed, place);
        return [
          [
            place,
            isEmpty ? null : hours(rest),
            isEmpty ? null : hours(read),
            look === undefined ? null : hours(look - (runs[first] ?? 0) / minute),
          ].join(),
        ];
      });
      affected += expected.length;
      expect(
        effects
          .map(({ consumer, object, as, ageAtRestHours, ageAtReadHours, hoursUnnoticed }) =>
            [
              `${consumer} ${as ?? object}`,
              ageAtRestHours,
              ageAtRestHours === null ? null : ageAtReadHours,
              hoursUnnoticed,
            ].join(),
          )
          .sort(),
      ).toEqual(expected.sort());
    }),
    { numRuns: 1500 },
  );
  expect(affected).toBeGreaterThan(300);
});

test('the order of the lists, and further failures, change nothing or make nothing better', () => {
  fc.assert(
    fc.property(aModel, (model) => {
      const found = analyseFreshness(model);
      const turned = {
        ...model,
        deliveries: model.deliveries.toReversed(),
        events: model.events.toReversed(),
        derivations: model.derivations.toReversed(),
        readers: model.readers.toReversed(),
      };
      expect(analyseFreshness(turned)).toEqual(found);
      const more = analyseFreshness({ ...model, failures: 4 });
      for (const [index, { worstAgeAtRestHours: ages }] of more.entries()) {
        expect(ages.slice(0, 3)).toEqual(found[index]?.worstAgeAtRestHours);
        expect(ages).toEqual(ages.toSorted((a, b) => (a ?? -1) - (b ?? -1)));
      }
    }),
  );
});

test('the oldest rows alone are those of all rows, the certain and oldest first', () => {
  fc.assert(
    fc.property(aModel, fc.integer({ min: 1, max: 6 }), (model, most) => {
      const all = analyseFreshness(model).filter(({ consumer }) => consumer !== 'b');
      const rank = (row: (typeof all)[number]): number =>
        (row.certainty === 'declared' ? 1e9 : 0) +
        (row.worstAgeAtReadHours[0] ?? row.worstAgeAtRestHours[0] ?? 1e8);
      const oldest = (rows: typeof all): number[] => rows.map(rank).sort((a, b) => b - a);
      const { rows, leftOut } = findOldest(model, most, (system) => system !== 'b');
      expect(oldest([...rows])).toEqual(oldest(all).slice(0, most));
      expect(leftOut).toBe(Math.max(0, all.length - most));
      for (const row of rows) expect(all).toContainEqual(row);
      expect(rows).toEqual(all.filter((row) => rows.some((one) => isDeepStrictEqual(one, row))));
    }),
  );
});

test('packed instants are the instants', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 40 }),
      fc.integer({ min: -60, max: 60 }),
      fc.integer({ min: -60, max: 60 }),
      (some, from, until) => {
        const sorted = some.sort((a, b) => a - b);
        const distinct = [...new Set(sorted)];
        const packed = packInstants(sorted);
        expect([...openInstants(packed)]).toEqual(distinct);
        expect(countInstants(packed)).toBe(distinct.length);
        expect([...openInstants(packed, until, from)]).toEqual(
          distinct.filter((instant) => instant >= from && instant < until),
        );
      },
    ),
  );
  expect(() => packInstants([2, 1])).toThrow(RangeError);
  expect(() => packInstants([Number.NaN])).toThrow(RangeError);
});

/** Places outside the origin's system that a link brings its data to. */
function findBroughtPlaces({ deliveries, events, derivations }: FreshnessModel): string[] {
  const reached = new Set(['A x']);
  const brought = new Set<string>();
  for (const place of reached) {
    for (const { from, to, object } of [...deliveries, ...events])
      if (place === `${from} ${object}`) {
        reached.add(`${to} ${object}`);
        if (to !== 'A') brought.add(`${to} ${object}`);
      }
    for (const { system, object, from } of derivations)
      if (from.some((source) => place === `${system} ${source}`))
        reached.add(`${system} ${object}`);
  }
  return [...brought];
}

/** The first minute in which somebody sees older data than there would be. */
function findFirstLook(
  model: FreshnessModel,
  normal: ReturnType<typeof play>,
  failed: ReturnType<typeof play>,
  place: string,
): number | undefined {
  const system = place.split(' ')[0] ?? '';
  const known = normal.sharp.get(place)?.length ?? 0;
  for (let now = 0; now < known; now++) {
    const { isSharp, isAfter } = lookAt(model, system, now);
    const later = (phase: 'sharp' | 'after'): boolean =>
      (failed[phase].get(place)?.[now] ?? 0) < (normal[phase].get(place)?.[now] ?? 0);
    if ((isSharp && later('sharp')) || (isAfter && later('after'))) return now;
  }
  return undefined;
}

function groupAlike(
  runs: readonly (readonly [link: string, unnoticed: number | null])[],
  age: number | null,
): string[] {
  const counts = new Map<string, number>();
  for (const run of runs) counts.set(run.join(), (counts.get(run.join()) ?? 0) + 1);
  return [...counts].map(([key, alike]) => `${key},${alike},${age}`).sort();
}

/** Whether each link starts where the one before it ends, the first at the origin. */
function readChain(path: readonly string[]): boolean {
  let at = 'A';
  for (const link of path) {
    const [from, to] = link.replace(/#.*/, '').split('=>');
    if (from !== at) return false;
    at = to ?? '';
  }
  return true;
}
