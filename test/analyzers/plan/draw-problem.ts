import type { PlanAdapter, PlanItem, PlanProblem } from '../../../src/analyzers/plan/problem.ts';

/** The same numbers for the same seed. */
function openRandom(seed: number): () => number {
  let state = seed % 2147483647 || 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** A problem like a landscape: few systems have most of the links, and riskier links save more. */
export function drawProblem(seed: number, itemCount: number, systemCount: number): PlanProblem {
  const random = openRandom(seed);
  const whole = (limit: number): number => Math.floor(random() * limit);
  const platforms = ['api-gateway', 'event', 'data-pipeline'].map((name, at) => ({
    name,
    hours: 40,
    hoursPerYear: 60,
    proven: at === 0,
  }));
  const adapters: PlanAdapter[] = [];
  const places = new Map<string, number>();
  const connect = (system: string, platform: number): number => {
    const key = `${system} ${platform}`;
    const place = places.get(key) ?? adapters.length;
    if (!places.has(key)) {
      places.set(key, place);
      adapters.push({ system, platform, hours: 16, hoursPerYear: 5, team: `team ${place % 3}` });
    }
    return place;
  };
  const pick = (): number => Math.floor(systemCount * random() ** 2);
  const items = Array.from({ length: itemCount }, (_, index): PlanItem => {
    const from = pick();
    const to = (from + 1 + whole(systemCount - 1)) % systemCount;
    const platform = whole(3);
    const risk = whole(100);
    const links = [`s${from}=>s${to}#http${index}`];
    if (whole(5) === 0) links.push(`s${from}=>s${to}#file${index}`);
    return {
      links,
      hours: 8 * links.length,
      savingPerYear: 30 + whole(60),
      adapters: [connect(`s${from}`, platform), connect(`s${to}`, platform)],
      band: 1 + Math.floor(risk / 25),
      missionCritical: risk > 80,
      team: `team ${from % 3}`,
      frozen: whole(6) === 0 ? [whole(4)] : [],
    };
  });
  const total =
    items.reduce((sum, { hours }) => sum + hours, 0) +
    adapters.reduce((sum, { hours }) => sum + hours, 0) +
    120;
  return {
    waves: Array.from({ length: 4 }, (_, wave) => ({
      startYears: wave / 4,
      endYears: (wave + 1) / 4,
      capacityHours: Math.round(total / 3.6),
      teamHours: { 'team 1': Math.round(total / 8) },
    })),
    horizonYears: 4,
    discountRate: 0.05,
    bridgeHours: 6,
    items,
    adapters,
    platforms,
    bridges: Array.from({ length: Math.floor(itemCount / 4) }, (_, at) => ({
      object: `object ${at}`,
      items: [...new Set([whole(itemCount), whole(itemCount), whole(itemCount)])],
    })).filter((group) => group.items.length > 1),
  };
}
