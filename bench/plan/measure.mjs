/**
 * How much better the solved plan is than the greedy one, and how close to the best a large one
 * gets in a minute. Every plan is checked by the verifier before its figures are printed.
 *
 *   npm run bench:plan -- [--links 1000] [--systems 200] [--waves 6] [--seconds 60]
 */
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    links: { type: 'string', default: '1000' },
    systems: { type: 'string', default: '200' },
    waves: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '60' },
  },
});
const load = (file) => import(new URL(`../../dist/${file}.js`, import.meta.url));
const { solvePlan } = await load('analyzers/plan/solve');
const { planGreedily } = await load('analyzers/plan/greedy');
const { sumPlan } = await load('analyzers/plan/problem');
const { listWaves } = await load('analyzers/plan/list-waves');
const { planShape } = await load('verify/plan-shape');
const { verifyPlan } = await load('verify/verify-plan');

const small = Array.from({ length: 10 }, (_, seed) => drawProblem(seed + 1, 15, 8, 4));
const gains = [];
for (const problem of small) {
  const { greedy, objective } = await measure(problem, { timeLimit: 60 });
  gains.push({ greedy, objective });
}
const sum = (field) => gains.reduce((total, gain) => total + gain[field], 0);
const better = gains.filter(({ greedy, objective }) => objective > greedy + 1e-6).length;
console.log(
  `10 plans of 15 links, proved: worth ${share(sum('objective') / sum('greedy') - 1)} more than the greedy ones; better in ${better}, worse in none`,
);

const large = drawProblem(1, Number(values.links), Number(values.systems), Number(values.waves));
const start = performance.now();
const { greedy, objective, gap } = await measure(large, {
  timeLimit: Number(values.seconds),
  gap: 0.01,
});
console.log(
  `${values.links} links, ${values.systems} systems, ${values.waves} waves: gap ${share(gap)} after ${((performance.now() - start) / 1000).toFixed(0)} s; ${share(objective / greedy - 1)} more than greedy`,
);

async function measure(problem, options) {
  const worth = sumPlan(problem, planGreedily(problem));
  const { decision, certificate } = await solvePlan(problem, options);
  const plan = {
    ...listWaves(problem, decision),
    retired: [],
    blocked: [],
    certificate,
    model: problem,
  };
  const wrong = verifyPlan(planShape.parse(plan));
  if (wrong.length > 0) throw new Error(`a plan does not hold: ${wrong.join(' ')}`);
  if (certificate.objective < worth - 1e-6) throw new Error('a plan is worse than the greedy one');
  return { greedy: worth, objective: certificate.objective, gap: certificate.gap };
}

function share(value) {
  return `${(100 * value).toFixed(2)} %`;
}

/** A problem like a landscape: a few systems have most of the links. */
function drawProblem(seed, linkCount, systemCount, waveCount) {
  let state = seed;
  const random = () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
  const names = [
    'api-gateway',
    'event',
    'integration-platform',
    'shared-data-layer',
    'data-pipeline',
  ];
  const scale = linkCount / 1000;
  const platforms = names.map((name) => ({
    name,
    hours: 80 * scale,
    hoursPerYear: 200 * scale,
    proven: false,
  }));
  const adapters = [];
  const places = new Map();
  const connect = (system, platform) => {
    const key = `${system} ${platform}`;
    if (!places.has(key)) {
      places.set(key, adapters.length);
      adapters.push({ system: `s${system}`, platform, hours: 16, hoursPerYear: 10 });
    }
    return places.get(key);
  };
  const pick = () => Math.floor(systemCount * random() ** 2.2);
  const objects = new Map();
  const items = Array.from({ length: linkCount }, (_, index) => {
    const from = pick();
    const other = pick();
    const to = other === from ? (from + 1) % systemCount : other;
    const platform = Math.floor(random() * names.length);
    const risk = Math.floor(random() * 100);
    const object = `s${from} object ${Math.floor(random() * 3)}`;
    objects.set(object, [...(objects.get(object) ?? []), index]);
    return {
      links: [`link ${index}`],
      hours: 8,
      savingPerYear: 25 + Math.floor(random() * 50),
      adapters: [connect(from, platform), connect(to, platform)],
      band: 1 + Math.floor(risk / 25),
      missionCritical: risk > 85,
      frozen: [],
    };
  });
  const work = [...items, ...adapters, ...platforms].reduce((total, { hours }) => total + hours, 0);
  return {
    waves: Array.from({ length: waveCount }, (_, wave) => ({
      startYears: wave / 4,
      endYears: (wave + 1) / 4,
      capacityHours: Math.round((work / waveCount) * 0.9),
      teamHours: {},
    })),
    horizonYears: 5,
    discountRate: 0.06,
    bridgeHours: 12,
    items,
    adapters,
    platforms,
    bridges: [...objects]
      .filter(([, members]) => members.length > 1 && members.length < 6)
      .map(([object, members]) => ({ object, items: members })),
  };
}
