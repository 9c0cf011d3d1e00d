import type { Costs, PlanSettings } from '../../assumptions.ts';
import type { Landscape } from '../../landscape.ts';
import { type Pattern, type Platform, platforms } from '../../vocabulary.ts';
import { listDirect } from '../direct-links.ts';
import type { Freshness } from '../freshness/model.ts';
import type { Hotspot } from '../hotspots.ts';
import type { Ownership } from '../ownership.ts';
import { buildProblem, platformOfKind } from './build-problem.ts';
import {
  type CarriedOver,
  carryOver,
  type EarlierPlan,
  type FixedTask,
  holdOn,
  letGo,
  type TaskProgress,
} from './carry-over.ts';
import { choosePatterns, type PatternChoice } from './choose-patterns.ts';
import { compareTargets, type Target } from './compare-targets.ts';
import { planGreedily } from './greedy.ts';
import { listWaveDays } from './lay-waves.ts';
import { listWaves, type PlannedWave } from './list-waves.ts';
import { rounding } from './open-solver.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { PlannedCase } from './planned-case.ts';
import { readCosts } from './point-costs.ts';
import { type PlanDecision, type PlanProblem, platformsOf, sumPlan, valuePlan } from './problem.ts';
import { type MoveRisk, scoreRisks } from './score-risk.ts';
import { type Simulation, simulatePlan } from './simulate.ts';
import { type Certificate, solvePlan } from './solve.ts';
import { type ReplanSearch, type Sensitivity, varyAssumptions } from './vary-assumptions.ts';
import { openStates } from './wired-state.ts';

/** A wave with its days and the highest risk of its links, 0 to 100. */
export interface Wave extends PlannedWave {
  /** Both days belong to it, `YYYY-MM-DD`. */
  readonly first: string;
  readonly last: string;
  readonly risk: number;
}

/** How good the plan is. A greedy plan proves no bound, and says so. */
export type PlanCertificate =
  | Certificate
  | {
      readonly objective: number;
      readonly bound: null;
      readonly gap: null;
      readonly solver: 'greedy';
    };

/** Why a link that would fit a platform stays where it is. */
export interface Unmoved {
  readonly link: string;
  /**
   * `cost`: it takes more to move than it saves; `unproven`: it is mission-critical, and nothing else
   * can show before that its platform works; `room`: no wave has hours left that it may be moved in.
   */
  readonly because: 'cost' | 'unproven' | 'room';
}

/** Every link between counted systems is in exactly one of waves, kept, retired and blocked. */
export interface MigrationPlan {
  /** The first day of the first wave, `YYYY-MM-DD`. */
  readonly start: string;
  readonly waves: readonly Wave[];
  readonly kept: readonly string[];
  readonly retired: readonly string[];
  readonly blocked: readonly { readonly link: string; readonly reason: string }[];
  /** Those of `kept` for which the rules chose a platform. */
  readonly unmoved: readonly Unmoved[];
  /** What an earlier plan began: it is no question any more, and stands in none of the above. */
  readonly fixed: readonly FixedTask[];
  /** Links that an earlier plan had elsewhere; waves from 1, 0 for none. */
  readonly changes: readonly {
    readonly link: string;
    readonly from: number;
    readonly to: number;
  }[];
  readonly patterns: readonly PatternChoice[];
  readonly risks: readonly MoveRisk[];
  readonly certificate: PlanCertificate;
  readonly simulation: Simulation;
  /** `null` for landscapes that are too large to plan several times over. */
  readonly targets: readonly Target[] | null;
  readonly sensitivity: Sensitivity | null;
  /** What was decided over. */
  readonly model: PlanProblem;
  /** Platforms that are there today. */
  readonly existing: readonly Platform[];
  readonly settings: PlanSettings;
}

export interface PlanFacts {
  readonly landscape: Landscape;
  readonly ownership: Ownership;
  readonly hotspots: readonly Hotspot[];
  readonly cyclicGroups: readonly (readonly string[])[];
  readonly freshness: readonly Freshness[];
  /** Link → hours a year that its incidents took. */
  readonly incidentHours: ReadonlyMap<string, number>;
  readonly costs: Costs;
  readonly settings: PlanSettings;
  /** The first day of the first wave, `YYYY-MM-DD`. */
  readonly start: string;
  /** The day that waves are over by, `YYYY-MM-DD`. */
  readonly today: string;
  readonly earlier?: Earlier;
}

/** A plan that this one goes on from, and how far it is. */
export interface Earlier {
  readonly plan: EarlierPlan;
  readonly progress: readonly TaskProgress[];
}

/** How hard a plan is looked for: not beyond the greedy one, or for so many seconds. */
export type PlanSearch =
  | 'greedy'
  | {
      readonly timeLimit: number;
      readonly gap?: number;
      /** Larger plans are not searched for. */
      readonly mostItems?: number;
      /** What is not proved to be best, and the first among equals, gives way to the greedy plan. */
      readonly onlyProved?: boolean;
    };

/** Plans the way out: which link goes where, in which wave, and what stays. */
export async function planMigration(facts: PlanFacts, search: PlanSearch): Promise<MigrationPlan> {
  const { draft, patterns, blocked } = draftPlan(facts);
  const point = readCosts(facts.costs, listDirect(facts.landscape).length);
  const { earlier, settings } = facts;
  const whole = buildProblem(draft, point, settings.capacityHours ?? earlier?.plan.capacityHours);
  const days = listWaveDays(settings, facts.start);
  const past = days.filter(({ last }) => last < facts.today).length;
  const carried = earlier && carryOver(whole, earlier.plan, earlier.progress, past);
  const model = carried ? letGo(carried.problem) : whole;
  const { decision, certificate } = carried
    ? await decideAgain(carried, settings, search)
    : await decide(model, search);
  const { waves, kept } = listWaves(model, decision);
  const scores = new Map(draft.risks.map(({ link, score }) => [link, score]));
  const asRuled = (wanted: Pattern): string[] =>
    patterns.flatMap(({ link, pattern }) => (pattern === wanted ? [link] : []));
  const retired = asRuled('retire');
  const planned: PlannedCase = {
    draft,
    problem: whole,
    decision: carried ? carried.widen(decision) : decision,
    retired,
    linkHoursPerYear: point.linkHoursPerYear,
  };
  const measureState = openStates(facts.landscape);
  const isSmall = facts.landscape.links.length <= mostCompared;
  return {
    start: facts.start,
    waves: waves.map((wave) => ({
      ...wave,
      ...(days[wave.number - 1] ?? { first: facts.start, last: facts.start }),
      risk: Math.max(0, ...wave.links.map((link) => scores.get(link) ?? 0)),
    })),
    kept: [...asRuled('keep'), ...kept].sort(),
    retired,
    blocked,
    unmoved: tellUnmoved(model, decision),
    fixed: carried?.fixed ?? [],
    changes: carried ? listChanges(carried, decision) : [],
    patterns,
    risks: draft.risks,
    certificate,
    model,
    simulation: simulatePlan(planned, measureState),
    targets: isSmall
      ? compareTargets(
          {
            planned,
            blocked: new Set(facts.ownership.orphanedLinks),
            patterns,
            costs: facts.costs,
            point,
          },
          measureState,
        )
      : null,
    sensitivity:
      isSmall && !carried
        ? await varyAssumptions(
            planned,
            facts.costs,
            listDirect(facts.landscape).length,
            chooseReplanning(search, model, certificate),
          )
        : null,
    existing: platforms.filter((platform) => draft.existing.has(platform)),
    settings: facts.settings,
  };
}

/**
 * Decides what is left of an earlier plan. A link changes its wave only for more than a share of what
 * the plan is worth; the bound is that of a plan without such a thought.
 */
async function decideAgain(
  { problem }: CarriedOver,
  { stability }: PlanSettings,
  search: PlanSearch,
): Promise<{ decision: PlanDecision; certificate: PlanCertificate }> {
  const free = letGo(problem);
  const best = await decide(free, search);
  if (best.certificate.bound === null) return best;
  const { bound, objective } = best.certificate;
  const { decision, certificate } = await decide(
    holdOn(problem, Math.max(1, stability * Math.abs(objective))),
    search,
  );
  const worth = sumPlan(free, decision);
  if (certificate.bound === null || worth < 0) return best;
  const gap = Math.max(0, bound - worth) / Math.max(1, Math.abs(worth));
  return {
    decision,
    certificate: {
      ...best.certificate,
      objective: worth,
      gap: gap < rounding ? 0 : gap,
      bound: gap < rounding ? worth : bound,
      tieBroken: certificate.tieBroken,
    },
  };
}

/** Links that the earlier plan had in another wave, or in none. */
function listChanges({ problem }: CarriedOver, decision: PlanDecision): MigrationPlan['changes'] {
  return problem.items.flatMap(({ links, stay }, at) => {
    const to = decision.items[at] ?? -1;
    if (stay === undefined || stay.wave === to) return [];
    return links.map((link) => ({ link, from: stay.wave + 1, to: to + 1 }));
  });
}

/** What the rules decide before anything is reckoned: patterns, risks, what is blocked. */
export function draftPlan(facts: PlanFacts): {
  readonly draft: PlanDraft;
  readonly patterns: readonly PatternChoice[];
  readonly blocked: MigrationPlan['blocked'];
} {
  const { landscape, ownership, costs, settings } = facts;
  const existing = new Set([
    ...settings.existing,
    ...landscape.systems.flatMap(({ kind }) => platformOfKind[kind] ?? []),
  ]);
  const patterns = choosePatterns({
    landscape,
    ownership,
    costs,
    existing,
    overrides: settings.overrides,
  });
  const orphaned = new Set(ownership.orphanedLinks);
  const wanted = patterns.filter(isMove);
  const moving = wanted.filter(({ link }) => !orphaned.has(link));
  const keys = new Set(wanted.map(({ link }) => link));
  return {
    patterns,
    blocked: wanted
      .filter(({ link }) => orphaned.has(link))
      .map(({ link }) => ({
        link,
        reason: 'neither the link nor one of its ends has an owner; name one first',
      })),
    draft: {
      landscape,
      moving,
      risks: scoreRisks(
        facts,
        landscape.links.filter(({ key }) => keys.has(key)),
      ),
      existing,
      cyclicGroups: facts.cyclicGroups,
      incidentHours: facts.incidentHours,
      settings,
      start: facts.start,
    },
  };
}

/** Links beyond which the plan stands alone: `check` measures it too, and does not show the rest. */
const mostCompared = 5000;

/** Items beyond which twenty more plans take too long. A report waits for none of them. */
const mostReplanned = 60;

/** Other plans are compared with one that is proved, or chance would move links. */
function chooseReplanning(
  search: PlanSearch,
  { items }: PlanProblem,
  certificate: PlanCertificate,
): ReplanSearch | null {
  if (search === 'greedy' || search.onlyProved || items.length > mostReplanned) return null;
  if (certificate.gap !== 0 || !certificate.tieBroken) return null;
  return { timeLimit: search.timeLimit, totalTime: 3 * search.timeLimit };
}

function isMove(choice: PatternChoice): choice is PatternChoice & { readonly pattern: Platform } {
  return choice.pattern !== 'keep' && choice.pattern !== 'retire';
}

async function decide(
  model: PlanProblem,
  search: PlanSearch,
): Promise<{ decision: PlanDecision; certificate: PlanCertificate }> {
  if (search !== 'greedy' && model.items.length <= (search.mostItems ?? Number.POSITIVE_INFINITY)) {
    const solved = await solvePlan(model, search);
    const { gap, tieBroken } = solved.certificate;
    if (!search.onlyProved || (gap === 0 && tieBroken)) return solved;
  }
  const decision = planGreedily(model);
  const certificate = { bound: null, gap: null, solver: 'greedy' } as const;
  return { decision, certificate: { ...certificate, objective: sumPlan(model, decision) } };
}

/** Why items stay: with all adapters that are built anyway for nothing, a move pays or does not. */
function tellUnmoved(model: PlanProblem, decision: PlanDecision): Unmoved[] {
  const worth = valuePlan(model);
  /** Platforms that have carried traffic, or can carry something less critical first. */
  const provable = new Set([
    ...[...model.platforms.keys()].filter((at) => model.platforms[at]?.proven),
    ...model.items.flatMap((item) => (item.missionCritical ? [] : platformsOf(model, item))),
  ]);
  return model.items.flatMap((item, at): Unmoved[] => {
    if ((decision.items[at] ?? -1) >= 0) return [];
    const missing = item.adapters.filter((one) => (decision.adapters[one] ?? -1) < 0);
    const opened = new Set(
      missing.flatMap((one) => {
        const platform = model.adapters[one]?.platform ?? -1;
        return (decision.platforms[platform] ?? -1) < 0 ? [platform] : [];
      }),
    );
    const pays = model.waves.some((_, wave) => {
      const costs = [
        ...missing.map((one) => worth.adapters[one]?.[wave] ?? 0),
        ...[...opened].map((one) => worth.platforms[one]?.[wave] ?? 0),
      ].reduce((sum, one) => sum + one, 0);
      return (worth.items[at]?.[wave] ?? 0) > costs;
    });
    const isProvable = platformsOf(model, item).every((platform) => provable.has(platform));
    const because = !pays ? 'cost' : item.missionCritical && !isProvable ? 'unproven' : 'room';
    return item.links.map((link) => ({ link, because }));
  });
}
