import type { AssumedRange, Costs } from '../../assumptions.ts';
import type { Pattern, Platform } from '../../vocabulary.ts';
import { listDirect } from '../direct-links.ts';
import { roundHours } from '../round-hours.ts';
import { buildProblem } from './build-problem.ts';
import type { PatternChoice } from './choose-patterns.ts';
import type { PlanDraft } from './plan-draft.ts';
import { listChanges, openHours, type PlannedCase } from './planned-case.ts';
import type { PointCosts } from './point-costs.ts';
import {
  findBridges,
  type PlanDecision,
  type PlanProblem,
  sumPlan,
  type WaveSlot,
} from './problem.ts';
import type { Changes, WiredState } from './wired-state.ts';

/** A way to wire the landscape in the end, and what it takes to get there. */
export interface Target {
  /** `mixed` is the plan; the three before it send every link that can move over one platform. */
  readonly name: 'do-nothing' | 'one-hub' | 'events' | 'shared-data-layer' | 'mixed';
  readonly pointToPointLinks: number;
  /** Moved links for which the platform is neither the pattern that fits best nor the runner-up. */
  readonly misfits: number;
  /** Adapters that the moved links use, whether they are there today or have to be built. */
  readonly connections: number;
  readonly adaptersToBuild: number;
  readonly platformsToSetUp: readonly string[];
  /** To build it all, bridges with it; not discounted. */
  readonly oneTimeHours: number;
  /** As the simulation counts them, when all is done. */
  readonly hoursPerYear: number;
  /** The same at the horizon, if systems become more as `growthPerYear` says. */
  readonly hoursWithGrowth: AssumedRange;
  /** Hours of today that are saved within the horizon, less all that the way costs. */
  readonly worth: number;
  /** In the money of `hourlyRate`; absent without one. */
  readonly worthInMoney?: number;
  readonly propagationCost: number | null;
}

const wholes: readonly { readonly name: Target['name']; readonly platform: Platform }[] = [
  { name: 'one-hub', platform: 'integration-platform' },
  { name: 'events', platform: 'event' },
  { name: 'shared-data-layer', platform: 'shared-data-layer' },
];

/** What targets are measured with. */
export interface TargetFacts {
  /** The plan itself. */
  readonly planned: PlannedCase;
  /** Links that stay where they are whatever the target: nobody owns them. */
  readonly blocked: ReadonlySet<string>;
  readonly patterns: readonly PatternChoice[];
  readonly costs: Costs;
  readonly point: PointCosts;
}

/** Compares where the landscape could go: nothing done, all over one platform, and the plan. */
export function compareTargets(
  facts: TargetFacts,
  measureState: (changes: Changes) => WiredState,
): Target[] {
  const { planned } = facts;
  const describe = (name: Target['name'], one: PlannedCase): Target =>
    describeTarget(name, one, facts, measureState);
  const nothing = { ...planned, retired: [], decision: keepAll(planned.problem) };
  return [
    describe('do-nothing', nothing),
    ...wholes.map(({ name, platform }) => describe(name, moveAll(facts, platform))),
    describe('mixed', planned),
  ];
}

function describeTarget(
  name: Target['name'],
  planned: PlannedCase,
  { patterns, costs, point }: TargetFacts,
  measureState: (changes: Changes) => WiredState,
): Target {
  const { problem, decision } = planned;
  const last = problem.waves.length - 1;
  const changes = listChanges(planned, last);
  const { pointToPointLinks, propagationCost } = measureState(changes);
  const hours = openHours(planned)(last);
  const moved = listMoved(planned);
  const used = listConnections(planned, moved);
  const fitting = new Map<string, readonly Pattern[]>(
    patterns.map(({ link, pattern, runnerUp }) => [link, [pattern, runnerUp]]),
  );
  const adapterHours = used.reduce((sum, on) => sum + point.of(on, 'adapterHoursPerYear'), 0);
  const grow = (rate: number): number => {
    const systems = (1 + rate) ** costs.years;
    return roundHours(
      (hours.direct + hours.routes) * systems ** 2 +
        hours.adapters +
        adapterHours * (systems - 1) +
        hours.platforms,
    );
  };
  const built = <T>(of: readonly T[], at: readonly number[]): T[] =>
    of.filter((_, place) => (at[place] ?? -1) >= 0);
  const adapters = built(problem.adapters, decision.adapters);
  const platforms = built(problem.platforms, decision.platforms);
  const bridges = findBridges(problem, decision.items).flat().length;
  const once = [...built(problem.items, decision.items), ...adapters, ...platforms];
  const worth = sumPlan(problem, decision);
  const { low, base, high } = costs.growthPerYear;
  return {
    name,
    pointToPointLinks,
    misfits: moved.filter(({ link, pattern }) => !fitting.get(link)?.includes(pattern)).length,
    connections: used.length,
    adaptersToBuild: adapters.length,
    platformsToSetUp: platforms
      .filter((platform) => !platform.proven)
      .map((platform) => platform.name),
    oneTimeHours: roundHours(
      once.reduce((sum, one) => sum + one.hours, 0) + bridges * problem.bridgeHours,
    ),
    hoursPerYear: roundHours(hours.direct + hours.routes + hours.adapters + hours.platforms),
    hoursWithGrowth: { low: grow(low), base: grow(base), high: grow(high) },
    worth: roundHours(worth),
    ...(costs.hourlyRate !== undefined && { worthInMoney: roundHours(worth * costs.hourlyRate) }),
    propagationCost,
  };
}

/** Links that move, each with the platform it goes to. */
function listMoved({ draft, problem, decision }: PlannedCase): PlanDraft['moving'] {
  const done = new Set(
    problem.items.flatMap(({ links }, at) => ((decision.items[at] ?? -1) >= 0 ? links : [])),
  );
  return draft.moving.filter(({ link }) => done.has(link));
}

/** The platform of each adapter that a moved link uses. */
function listConnections({ draft }: PlannedCase, moved: PlanDraft['moving']): Platform[] {
  const links = new Map(draft.landscape.links.map((link) => [link.key, link]));
  const used = new Map<string, Platform>();
  for (const { link: key, pattern } of moved) {
    const link = links.get(key);
    if (!link) continue;
    for (const system of [link.from, link.to]) used.set(`${pattern}\u0000${system}`, pattern);
  }
  return [...used.values()];
}

/** The decision to leave everything where it is, to begin others with. */
function keepAll({
  items,
  adapters,
  platforms,
}: PlanProblem): Record<'items' | 'adapters' | 'platforms', number[]> {
  return {
    items: items.map(() => -1),
    adapters: adapters.map(() => -1),
    platforms: platforms.map(() => -1),
  };
}

/** Every point-to-point link that is neither retired nor blocked goes over one platform. */
function moveAll({ planned, blocked, point }: TargetFacts, platform: Platform): PlannedCase {
  const staying = new Set([...planned.retired, ...blocked]);
  const draft = {
    ...planned.draft,
    moving: listDirect(planned.draft.landscape)
      .filter(({ key }) => !staying.has(key))
      .map(({ key }) => ({ link: key, pattern: platform })),
  };
  const built = buildProblem(draft, point);
  const problem = { ...built, waves: extendWaves(planned.problem) };
  return { ...planned, draft, problem, decision: placeAll(problem) };
}

/** Who moves everything may take longer than the plan: so many waves at most. */
const mostWaves = 100;

/** The waves of the plan, and as many more like them as there is time for up to the horizon. */
function extendWaves({ waves, horizonYears }: PlanProblem): WaveSlot[] {
  const years = waves[0]?.endYears ?? horizonYears;
  const capacityHours = waves.reduce((most, one) => Math.max(most, one.capacityHours), 0);
  const count = Math.max(waves.length, Math.min(mostWaves, Math.ceil(horizonYears / years)));
  return Array.from(
    { length: count },
    (_, wave) =>
      waves[wave] ?? {
        startYears: wave * years,
        endYears: (wave + 1) * years,
        capacityHours,
        teamHours: {},
      },
  );
}

/**
 * Moves all items, the least risky first, each in the wave in which the hours so far are enough for
 * it and all before it. Freezes hold, and what is mission-critical waits until the platform has
 * carried traffic for a wave. Hours of teams are left aside, so this is rather too good than too bad.
 */
function placeAll(problem: PlanProblem): PlanDecision {
  const { waves, items, adapters, platforms } = problem;
  const decision = keepAll(problem);
  let [wave, first, work, room] = [0, -1, 0, waves[0]?.capacityHours ?? 0];
  for (const at of [...items.keys()].reverse()) {
    const item = items[at];
    if (!item) continue;
    const missing = item.adapters.filter((one) => decision.adapters[one] === -1);
    const opened = [...new Set(missing.flatMap((one) => adapters[one]?.platform ?? []))].filter(
      (one) => decision.platforms[one] === -1,
    );
    work +=
      item.hours +
      missing.reduce((sum, one) => sum + (adapters[one]?.hours ?? 0), 0) +
      opened.reduce((sum, one) => sum + (platforms[one]?.hours ?? 0), 0);
    const earliest = item.missionCritical ? first + 1 : 0;
    while (wave < waves.length && (work > room || wave < earliest || item.frozen.includes(wave))) {
      wave += 1;
      room += waves[wave]?.capacityHours ?? 0;
    }
    if (wave >= waves.length) break;
    if (first < 0) first = wave;
    decision.items[at] = wave;
    for (const one of missing) decision.adapters[one] = wave;
    for (const one of opened) decision.platforms[one] = wave;
  }
  return decision;
}
