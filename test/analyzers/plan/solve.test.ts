import { describe, expect, test } from 'vitest';
import { planGreedily } from '../../../src/analyzers/plan/greedy.ts';
import { type PlanProblem, sumPlan } from '../../../src/analyzers/plan/problem.ts';
import { solvePlan } from '../../../src/analyzers/plan/solve.ts';
import { sortBy } from '../../../src/order.ts';
import fc from '../../fast-check.ts';
import { tryEveryPlan } from './brute-force.ts';
import { drawProblem } from './draw-problem.ts';

const team = fc.constantFrom<(string | undefined)[]>(undefined, 'red', 'blue');
const withTeam = <T extends object>(one: T, name: string | undefined): T & { team?: string } =>
  name === undefined ? one : { ...one, team: name };

/** Problems so small that every plan can be tried. */
const problems: fc.Arbitrary<PlanProblem> = fc
  .record({
    waves: fc.integer({ min: 1, max: 3 }),
    itemCount: fc.integer({ min: 1, max: 4 }),
    adapterCount: fc.integer({ min: 1, max: 3 }),
    platformCount: fc.integer({ min: 1, max: 2 }),
  })
  .chain(({ waves, itemCount, adapterCount, platformCount }) =>
    fc.record({
      waves: fc
        .array(
          fc.record({
            capacityHours: fc.integer({ min: 0, max: 60 }),
            teamHours: fc.constantFrom({}, { red: 12 }, { red: 20, blue: 5 }),
          }),
          { minLength: waves, maxLength: waves },
        )
        .map((slots) =>
          slots.map((slot, at) => ({ ...slot, startYears: at / 4, endYears: (at + 1) / 4 })),
        ),
      horizonYears: fc.constantFrom(1, 3),
      discountRate: fc.constantFrom(0, 0.08),
      bridgeHours: fc.integer({ min: 0, max: 12 }),
      items: fc.array(
        fc
          .record({
            links: fc.constant(['a=>b#http']),
            hours: fc.integer({ min: 1, max: 20 }),
            savingPerYear: fc.integer({ min: -10, max: 60 }),
            adapters: fc.uniqueArray(fc.nat(adapterCount - 1), { minLength: 1, maxLength: 2 }),
            band: fc.integer({ min: 1, max: 4 }),
            missionCritical: fc.boolean(),
            frozen: fc.subarray([...Array(waves).keys()], { maxLength: 1 }),
            stay: fc.option(
              fc.record({
                wave: fc.integer({ min: -1, max: waves - 1 }),
                hours: fc.integer({ min: 0, max: 30 }),
              }),
              { nil: undefined, freq: 2 },
            ),
            team,
          })
          .map(({ team: name, stay, ...item }) => ({
            ...withTeam(item, name),
            ...(stay && { stay }),
          })),
        { minLength: itemCount, maxLength: itemCount },
      ),
      adapters: fc.array(
        fc
          .record({
            system: fc.constant('a'),
            platform: fc.nat(platformCount - 1),
            hours: fc.integer({ min: 1, max: 20 }),
            hoursPerYear: fc.integer({ min: 0, max: 10 }),
            team,
          })
          .map(({ team: name, ...adapter }) => withTeam(adapter, name)),
        { minLength: adapterCount, maxLength: adapterCount },
      ),
      platforms: fc.array(
        fc.record({
          name: fc.constant('event'),
          hours: fc.integer({ min: 0, max: 15 }),
          hoursPerYear: fc.integer({ min: 0, max: 15 }),
          proven: fc.boolean(),
        }),
        { minLength: platformCount, maxLength: platformCount },
      ),
      bridges: fc.array(
        fc
          .record({
            object: fc.constant('orders'),
            items: fc.uniqueArray(fc.nat(itemCount - 1), { minLength: 1 }),
            begun: fc.option(fc.nat(waves - 1), { nil: undefined }),
          })
          .map(({ begun, ...group }) => ({ ...group, ...(begun !== undefined && { begun }) })),
        { maxLength: 2 },
      ),
    }),
  );

describe('the best plan', () => {
  test('is the best of all plans, and proved to be', async () => {
    await fc.assert(
      fc.asyncProperty(problems, async (problem) => {
        const { decision, certificate } = await solvePlan(problem, { timeLimit: 60 });
        expect(certificate.gap).toBe(0);
        expect(certificate.tieBroken).toBe(true);
        const best = tryEveryPlan(problem);
        expect(Math.abs(certificate.objective - best)).toBeLessThan(1e-3);
        expect(sumPlan(problem, decision)).toBeCloseTo(certificate.objective, 9);
        expect(sumPlan(problem, planGreedily(problem))).toBeLessThanOrEqual(best + 1e-3);
      }),
      { numRuns: 150 },
    );
  }, 300_000);

  test('is the same each time, and worth the same in whatever order items come', async () => {
    await fc.assert(
      fc.asyncProperty(problems, fc.infiniteStream(fc.nat(999)), async (problem, numbers) => {
        const keys = problem.items.map(() => numbers.next().value ?? 0);
        const order = sortBy(problem.items.keys(), (at) => keys[at] ?? 0);
        const shuffled: PlanProblem = {
          ...problem,
          items: order.map((at) => problem.items[at] as PlanProblem['items'][number]),
          bridges: problem.bridges.map(({ items, ...group }) => ({
            ...group,
            items: items.map((at) => order.indexOf(at)),
          })),
        };
        const first = await solvePlan(problem, { timeLimit: 60 });
        expect(await solvePlan(problem, { timeLimit: 60 })).toEqual(first);
        const other = await solvePlan(shuffled, { timeLimit: 60 });
        expect(other.certificate.gap).toBe(0);
        expect(other.certificate.objective).toBeCloseTo(first.certificate.objective, 3);
      }),
      { numRuns: 40 },
    );
  }, 300_000);

  test('is told with its gap where there is no time, and is no worse than the greedy plan', async () => {
    const problem = drawProblem(1, 60, 20);
    const { decision, certificate } = await solvePlan(problem, { timeLimit: 0 });
    expect(certificate.gap).toBeGreaterThan(0);
    expect(Number.isFinite(certificate.bound)).toBe(true);
    expect(certificate.tieBroken).toBe(false);
    const { certificate: proved } = await solvePlan(problem, { timeLimit: 60, gap: 0.05 });
    expect(certificate.bound).toBeGreaterThanOrEqual(proved.objective - 1e-6);
    expect(proved.gap).toBeLessThanOrEqual(0.05);
    expect(sumPlan(problem, decision)).toBeGreaterThanOrEqual(
      sumPlan(problem, planGreedily(problem)) - 1e-9,
    );
  }, 300_000);
});
