import { beforeAll, describe, expect, test } from 'vitest';
import { planGreedily } from '../../src/analyzers/plan/greedy.ts';
import { listWaves } from '../../src/analyzers/plan/list-waves.ts';
import { sumPlan } from '../../src/analyzers/plan/problem.ts';
import { solvePlan } from '../../src/analyzers/plan/solve.ts';
import { planShape, type WrittenPlan } from '../../src/verify/plan-shape.ts';
import { verifyPlan } from '../../src/verify/verify-plan.ts';
import { drawProblem } from '../analyzers/plan/draw-problem.ts';
import fc from '../fast-check.ts';

async function writePlan(seed: number, items = 14, systems = 7): Promise<WrittenPlan> {
  const model = drawProblem(seed, items, systems);
  const { decision, certificate } = await solvePlan(model, { timeLimit: 60 });
  const plan = {
    ...listWaves(model, decision),
    retired: ['old=>older#file'],
    blocked: [{ link: 'a=>b#http', reason: 'nobody owns it' }],
    certificate,
    model,
  };
  return planShape.parse(JSON.parse(JSON.stringify(plan)));
}

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
type Draft = Writable<WrittenPlan>;
type Breakage = (plan: Draft, pick: (size: number) => number) => void;

const waveOf = (plan: Draft, pick: (size: number) => number): Draft['waves'][number] => {
  const moving = plan.waves.filter(({ links }) => links.length > 0);
  return moving[pick(moving.length)] as Draft['waves'][number];
};
const itemOf = (plan: Draft, link: string): Draft['model']['items'][number] =>
  plan.model.items.find(({ links }) => links.includes(link)) as Draft['model']['items'][number];

/** Ways to break a plan that holds. */
const breakages: Readonly<Record<string, Breakage>> = {
  'a link twice in a wave': (plan, pick) => {
    const { links } = waveOf(plan, pick);
    links.push(links[pick(links.length)] as string);
  },
  'a link in a wave and kept': (plan, pick) => {
    const { links } = waveOf(plan, pick);
    plan.kept.push(links[pick(links.length)] as string);
  },
  'a link that is planned and retired': (plan, pick) => {
    const { links } = waveOf(plan, pick);
    plan.retired.push(links[pick(links.length)] as string);
  },
  'a link that is lost': (plan, pick) => {
    const { links } = waveOf(plan, pick);
    links.splice(pick(links.length), 1);
  },
  'a link that nobody knows': (plan, pick) => {
    waveOf(plan, pick).links.push('x=>y#http');
  },
  'a wave that holds too much': (plan, pick) => {
    const { number, effortHours } = waveOf(plan, pick);
    const slot = plan.model.waves[number - 1];
    if (slot) slot.capacityHours = effortHours - 1;
  },
  'a team with too much': (plan, pick) => {
    const { number, links } = waveOf(plan, pick);
    const team = itemOf(plan, links[0] as string).team ?? '';
    const slot = plan.model.waves[number - 1];
    if (slot) slot.teamHours = { [team]: 1 };
  },
  'an adapter that is missing': (plan, pick) => {
    const built = plan.waves.filter(({ adapters }) => adapters.length > 0);
    const wave = built[pick(built.length)];
    const [gone] = wave?.adapters.splice(pick(wave.adapters.length), 1) ?? [];
    if (wave && gone) wave.effortHours -= 16;
  },
  'an adapter that is built twice': (plan, pick) => {
    const built = plan.waves.filter(({ adapters }) => adapters.length > 0);
    const adapters = built[pick(built.length)]?.adapters ?? [];
    adapters.push(structuredClone(adapters[pick(adapters.length)]) as (typeof adapters)[number]);
  },
  'a platform that is not set up': (plan) => {
    for (const wave of plan.waves) wave.platforms = [];
  },
  'a move in a freeze': (plan, pick) => {
    const { number, links } = waveOf(plan, pick);
    itemOf(plan, links[pick(links.length)] as string).frozen = [number - 1];
  },
  'risk that falls': (plan, pick) => {
    const later = plan.waves.filter(
      ({ number, links }) =>
        links.length > 0 && plan.waves.some((one) => one.number < number && one.links.length > 0),
    );
    const wave = later[pick(later.length)];
    const before = plan.waves.find(
      ({ number, links }) => number < (wave?.number ?? 0) && links.length > 0,
    );
    itemOf(plan, wave?.links[0] as string).band = 1;
    itemOf(plan, before?.links[0] as string).band = 4;
  },
  'something mission-critical first': (plan) => {
    const first = plan.waves.find(({ links }) => links.length > 0);
    const item = itemOf(plan, first?.links[0] as string);
    item.missionCritical = true;
    for (const platform of plan.model.platforms) platform.proven = false;
    // In the very first wave, or on a platform that has carried nothing by then.
  },
  'a bridge that is not closed': (plan) => {
    const last = plan.model.waves.length;
    const wave = plan.waves.find(({ number }) => number === last);
    if (wave) wave.bridges = [0];
    else
      plan.waves.push({
        number: last,
        links: [],
        adapters: [],
        platforms: [],
        bridges: [0],
        effortHours: 6,
      });
  },
  'a bridge that is missing or too many': (plan, pick) => {
    const wave = waveOf(plan, pick);
    const had = wave.bridges.includes(0);
    wave.bridges = had ? wave.bridges.filter((one) => one !== 0) : [...wave.bridges, 0];
    wave.effortHours += had ? -6 : 6;
  },
  'hours that are not told': (plan, pick) => {
    waveOf(plan, pick).effortHours += 1;
  },
  'an objective that is too high': (plan) => {
    plan.certificate.objective += 1 + Math.abs(plan.certificate.objective) / 100;
  },
  'a bound below the objective': (plan) => {
    plan.certificate.bound -= 1 + Math.abs(plan.certificate.objective) / 100;
  },
  'a gap that is not there': (plan) => {
    plan.certificate.gap += 0.01;
  },
  'links that should move together': (plan, pick) => {
    const wave = waveOf(plan, pick);
    const item = itemOf(plan, wave.links[0] as string);
    item.links.push('kept=>alone#http');
    plan.kept.push('kept=>alone#http');
  },
};

describe('a plan', () => {
  let plans: WrittenPlan[] = [];
  beforeAll(async () => {
    plans = await Promise.all([1, 2, 3, 4, 5].map((seed) => writePlan(seed)));
  }, 120_000);

  test('that was solved holds', () => {
    for (const plan of plans) {
      expect(plan.waves.flatMap(({ links }) => links).length).toBeGreaterThan(3);
      expect(verifyPlan(plan)).toEqual([]);
    }
  });

  test.each(Object.entries(breakages))('with %s does not', (_name, breakage) => {
    fc.assert(
      fc.property(fc.nat(plans.length - 1), fc.infiniteStream(fc.nat(1000)), (which, numbers) => {
        const plan = structuredClone(plans[which]) as Draft;
        breakage(plan, (size) => (numbers.next().value ?? 0) % Math.max(1, size));
        expect(verifyPlan(plan).length).toBeGreaterThan(0);
      }),
      { numRuns: 12 },
    );
  });

  test('with places that are none is refused before anything is added up', () => {
    const plan = structuredClone(plans[0]) as Draft;
    const [item] = plan.model.items;
    if (item) item.adapters = [999];
    expect(verifyPlan(plan)).toEqual([expect.stringContaining('names place 999')]);
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('a greedy plan breaks no constraint (%i)', (seed) => {
  const model = drawProblem(seed, 40 + 20 * seed, 15);
  const decision = planGreedily(model);
  const objective = sumPlan(model, decision);
  const plan = {
    ...listWaves(model, decision),
    retired: [],
    blocked: [],
    certificate: { objective, bound: objective, gap: 0 },
    model,
  };
  expect(objective).toBeGreaterThan(0);
  expect(verifyPlan(planShape.parse(JSON.parse(JSON.stringify(plan))))).toEqual([]);
});
