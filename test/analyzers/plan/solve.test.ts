import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planGreedily } from '../../../src/analyzers/plan/greedy.ts';
import { type PlanProblem, sumPlan } from '../../../src/analyzers/plan/problem.ts';
import { solvePlan } from '../../../src/analyzers/plan/solve.ts';
import { tryEveryPlan } from './brute-force.ts';

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
            team,
          })
          .map(({ team: name, ...item }) => withTeam(item, name)),
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
        fc.record({
          object: fc.constant('orders'),
          items: fc.uniqueArray(fc.nat(itemCount - 1), { minLength: Math.min(2, itemCount) }),
        }),
        { maxLength: itemCount > 1 ? 2 : 0 },
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
});
