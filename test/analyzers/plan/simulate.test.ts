import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findBreakEven } from '../../../src/analyzers/plan/break-even.ts';
import { planGreedily } from '../../../src/analyzers/plan/greedy.ts';
import { type PlanProblem, sumPlan } from '../../../src/analyzers/plan/problem.ts';
import type { Audit } from '../../../src/audit.ts';
import { auditFiles } from '../../audit-files.ts';
import { drawProblem } from './draw-problem.ts';

const sum = (values: readonly number[]): number => values.reduce((total, one) => total + one, 0);

/** a → b → c → d, the last by the gateway that is there; all else is told by `plan:`. */
const drawChain = (patterns: string): Record<string, string> => ({
  'landscape.yaml': `sources:\n  - inventory: systems.csv\n  - inventory: links.csv\ncosts: { linkHoursPerYear: 900, routeHoursPerYear: 5, adapterHoursPerYear: 15 }\nplan:\n  existing: [integration-platform]\n  patterns: ${patterns}\n`,
  'systems.csv':
    'id,team,kind\na,A,application\nb,A,application\nc,A,application\nd,A,application\ngw,A,api-gateway\n',
  'links.csv':
    'id,from,to,protocol,via,status\nL1,a,b,https,,\nL2,b,c,sftp,,draft\nL3,c,d,https,gw,\n',
});
const simulate = async (patterns: string) =>
  (await auditFiles(drawChain(patterns))).analysis.waves.simulation;

describe('by hand', () => {
  test('all hours that are told are those of links between counted systems', async () => {
    const chain = drawChain('[]');
    const { analysis } = await auditFiles({
      ...chain,
      'landscape.yaml': `${chain['landscape.yaml']?.replace('linkHoursPerYear: 900', 'totalHoursPerYear: 900')}`,
      'systems.csv': `${chain['systems.csv']}h,A,host\n`,
      'links.csv': `${chain['links.csv']}L4,h,a,ssh,,\n`,
    });
    expect(analysis.waves.simulation.steps[0]?.hoursPerYear).toBe(900);
    expect(analysis.hub.links).toBe(2);
  });

  test('what is decoupled ends the reach of its source, and what moves is registered', async () => {
    const { steps } = await simulate(
      '[{ link: "a=>b#http", pattern: keep }, { link: "b=>c#file", pattern: integration-platform }]',
    );
    expect(steps).toEqual([
      {
        wave: 0,
        on: '2026-11-02',
        pointToPointLinks: 2,
        pointToPointPairs: 2,
        saturation: 2 / 6,
        // a reaches 4, b 3, c 2, d 1, each itself among them.
        propagationCost: 10 / 16,
        largestBlastRadius: { system: 'a', systems: 3 },
        unregisteredLinks: 1,
        movedLinks: 0,
        retiredLinks: 0,
        hoursPerYear: 1800,
        bridges: 0,
      },
      {
        wave: 1,
        on: '2027-01-31',
        pointToPointLinks: 1,
        pointToPointPairs: 1,
        saturation: 1 / 6,
        // a reaches 2, b 1, c 2, d 1.
        propagationCost: 6 / 16,
        largestBlastRadius: { system: 'a', systems: 1 },
        unregisteredLinks: 0,
        movedLinks: 1,
        retiredLinks: 0,
        // a => b, the route, two adapters.
        hoursPerYear: 900 + 5 + 2 * 15,
        bridges: 0,
      },
    ]);
  });

  test('a gateway governs, and reaches as far as before', async () => {
    const { steps } = await simulate(
      '[{ link: "a=>b#http", pattern: api-gateway }, { link: "b=>c#file", pattern: keep }]',
    );
    expect(steps.at(-1)).toMatchObject({
      pointToPointLinks: 1,
      propagationCost: 10 / 16,
      largestBlastRadius: { system: 'a', systems: 3 },
    });
  });

  test('what is retired is gone after the first wave, even if nothing moves', async () => {
    const { steps, breakEven } = await simulate(
      '[{ system: b, pattern: retire }, { system: d, pattern: keep }]',
    );
    expect(steps).toHaveLength(2);
    expect(steps[1]).toMatchObject({
      wave: 1,
      pointToPointLinks: 0,
      retiredLinks: 2,
      movedLinks: 0,
      hoursPerYear: 0,
      propagationCost: 5 / 16,
    });
    expect(breakEven).toEqual({ on: null, points: [] });
  });

  test('where nothing moves, nothing changes', async () => {
    const { steps } = await simulate(
      '[{ system: b, pattern: keep }, { system: d, pattern: keep }]',
    );
    expect(steps.map(({ wave }) => wave)).toEqual([0]);
  });
});

describe.each(['nordfisk', 'plant', 'webshop', 'hospital'])('%s', (name) => {
  const { analysis, links }: Audit = JSON.parse(readFileSync(`reports/${name}/audit.json`, 'utf8'));
  const { simulation, waves, model, certificate, retired } = analysis.waves;
  const [today, last] = [simulation.steps[0], simulation.steps.at(-1)];

  test('begins with what other analyses say of today', () => {
    expect(today).toMatchObject({
      pointToPointLinks: analysis.coupling.all.pointToPointLinks,
      hoursPerYear: analysis.hub.cases.find((one) => one.name === 'base')?.today,
    });
  });

  test('ends with the hours of today, less what is saved, and what the plan builds', () => {
    const moved = new Set(waves.flatMap((wave) => wave.links));
    const built = new Set(
      waves.flatMap((wave) => [
        ...wave.platforms,
        ...wave.adapters.map(({ system, platform }) => `${system} ${platform}`),
      ]),
    );
    // No retired link of these samples is point-to-point, so none takes hours today.
    for (const link of links.filter(({ key }) => retired.includes(key)))
      expect(link.pointToPoint).toBe(false);
    const saved = sum(
      model.items.flatMap((item) =>
        item.links.every((link) => moved.has(link)) ? [item.savingPerYear] : [],
      ),
    );
    const added =
      sum(
        model.adapters.flatMap(({ system, platform, hoursPerYear }) =>
          built.has(`${system} ${model.platforms[platform]?.name}`) ? [hoursPerYear] : [],
        ),
      ) + sum(model.platforms.flatMap((one) => (built.has(one.name) ? [one.hoursPerYear] : [])));
    expect(last?.hoursPerYear).toBeCloseTo((today?.hoursPerYear ?? 0) - saved + added, 1);
    expect(last?.movedLinks).toBe(moved.size);
  });

  test('nothing gets worse on the way', () => {
    for (const [at, step] of simulation.steps.entries()) {
      const before = simulation.steps[at - 1] ?? step;
      expect(step.pointToPointLinks).toBeLessThanOrEqual(before.pointToPointLinks);
      expect(step.saturation).toBeLessThanOrEqual(before.saturation);
      expect(step.propagationCost).toBeLessThanOrEqual(before.propagationCost ?? 0);
      expect(step.unregisteredLinks).toBeLessThanOrEqual(before.unregisteredLinks);
    }
  });

  test('cost and saving differ by the objective at the horizon', () => {
    const end = simulation.breakEven.points.at(-1);
    expect((end?.saved ?? 0) - (end?.cost ?? 0)).toBeCloseTo(certificate.objective, 1);
    expect(end?.years).toBe(model.horizonYears);
  });
});

describe('break-even', () => {
  const one: PlanProblem = {
    waves: [{ startYears: 0, endYears: 0.5, capacityHours: 999, teamHours: {} }],
    horizonYears: 4,
    discountRate: 0,
    bridgeHours: 0,
    items: [
      {
        links: ['a=>b#http'],
        hours: 30,
        savingPerYear: 60,
        adapters: [0],
        band: 1,
        missionCritical: false,
        frozen: [],
      },
    ],
    adapters: [{ system: 'a', platform: 0, hours: 70, hoursPerYear: 10 }],
    platforms: [{ name: 'event', hours: 0, hoursPerYear: 0, proven: true }],
    bridges: [],
  };
  const moved = { items: [0], adapters: [0], platforms: [0] };

  test('by hand: 100 + 10 t hours are spent, 60 (t − ½) saved, so it is paid after 2.6 years', () => {
    const { on, points } = findBreakEven(one, moved, '2027-01-01');
    // 2.6 × 365.25 days are 949.65.
    expect(Date.parse(`${on}`) - Date.parse('2027-01-01')).toBe(950 * 86_400_000);
    expect(points.map(({ years, cost, saved }) => [years, cost, saved])).toEqual([
      [0, 100, 0],
      [0.5, 105, 0],
      [1, 110, 30],
      [2, 120, 90],
      [3, 130, 150],
      [4, 140, 210],
    ]);
  });

  test('a horizon that is too near has no day', () => {
    expect(findBreakEven({ ...one, horizonYears: 2 }, moved, '2027-01-01').on).toBeNull();
  });

  test('a discount puts it off', () => {
    const discounted = findBreakEven({ ...one, discountRate: 0.1 }, moved, '2027-01-01');
    expect(discounted.on ?? '').toMatch(/^20(?:29|30)/);
    expect(discounted.on ?? '').toMatch(/^(?!2029-0[1-7])/);
  });

  test('any plan: the curve ends at its worth, and passes the cost on the day', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const problem = drawProblem(seed, 12, 6);
      const decision = planGreedily(problem);
      const { on, points } = findBreakEven(problem, decision, '2027-01-01');
      const end = points.at(-1);
      expect((end?.saved ?? 0) - (end?.cost ?? 0)).toBeCloseTo(sumPlan(problem, decision), 1);
      expect(points.length).toBeLessThanOrEqual(40);
      for (const point of points.filter((later) => on !== null && later.on >= on))
        expect(point.saved).toBeGreaterThanOrEqual(point.cost);
      const before = points.filter((earlier) => on === null || earlier.on < on);
      if (before.length > 0) expect(before.some(({ saved, cost }) => saved < cost)).toBe(true);
    }
  });

  test('a long horizon and many waves still make a chart', () => {
    const problem = {
      ...one,
      horizonYears: 30,
      waves: Array.from({ length: 24 }, (_, wave) => ({
        startYears: wave / 52,
        endYears: (wave + 1) / 52,
        capacityHours: 9,
        teamHours: {},
      })),
    };
    const { points } = findBreakEven(problem, { ...moved, items: [23] }, '2027-01-01');
    expect(points.length).toBeLessThanOrEqual(40);
    expect(points.at(-1)?.years).toBe(30);
  });
});
