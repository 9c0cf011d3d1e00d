import { listDirect } from '../direct-links.ts';
import { weighLinks } from './link-weights.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { PlanDecision, PlanProblem } from './problem.ts';
import { type Changes, mediationOf } from './wired-state.ts';

/** A decision over the problem of a draft. */
export interface PlannedCase {
  readonly draft: PlanDraft;
  readonly problem: PlanProblem;
  readonly decision: PlanDecision;
  /** Links that are retired with the first wave. */
  readonly retired: readonly string[];
  /** Of a point-to-point link on average, as `readCosts` reads it. */
  readonly linkHoursPerYear: number;
}

/** Hours a year at one time, by what takes them. */
export interface CaseHours {
  /** Links that have not moved and go straight. */
  readonly direct: number;
  /** Links that have moved. */
  readonly routes: number;
  readonly adapters: number;
  readonly platforms: number;
}

/** What has become of links by the end of a wave, from 0; before the first one nothing. */
export function listChanges(
  { draft, problem, decision, retired }: PlannedCase,
  wave: number,
): Changes {
  if (wave < 0) return new Map();
  const goesTo = new Map(draft.moving.map(({ link, pattern }) => [link, pattern]));
  return new Map([
    ...retired.map((link) => [link, 'retired'] as const),
    ...problem.items
      .filter((_, at) => isDone(decision.items[at], wave))
      .flatMap(({ links }) =>
        links.flatMap((link) => {
          const platform = goesTo.get(link);
          return platform ? [[link, mediationOf[platform]] as const] : [];
        }),
      ),
  ]);
}

/**
 * Opens the hours a year of a case at the end of one wave or another. They are those of the links
 * that are point-to-point today or move, and of what the plan builds: what a platform carries and
 * keeps carrying is left out.
 */
export function openHours(planned: PlannedCase): (wave: number) => CaseHours {
  const { draft, problem, decision, retired, linkHoursPerYear } = planned;
  const { landscape, incidentHours } = draft;
  const hoursOf = weighLinks(landscape, linkHoursPerYear, incidentHours);
  const moving = new Set(problem.items.flatMap(({ links }) => links));
  const today = new Map(
    [...listDirect(landscape), ...landscape.links.filter(({ key }) => moving.has(key))].map(
      (link) => [link.key, hoursOf(link)],
    ),
  );
  const sumToday = (links: Iterable<string>): number => {
    let sum = 0;
    for (const link of links) sum += today.get(link) ?? 0;
    return sum;
  };
  const whole = sumToday(today.keys());
  const gone = sumToday(retired);
  return (wave) => {
    const moved = problem.items.filter((_, at) => isDone(decision.items[at], wave));
    const before = sumToday(moved.flatMap(({ links }) => links));
    const running = (of: readonly { hoursPerYear: number }[], at: readonly number[]): number =>
      of.reduce((sum, one, place) => sum + (isDone(at[place], wave) ? one.hoursPerYear : 0), 0);
    return {
      direct: whole - before - (wave < 0 ? 0 : gone),
      routes: before - moved.reduce((sum, { savingPerYear }) => sum + savingPerYear, 0),
      adapters: running(problem.adapters, decision.adapters),
      platforms: running(problem.platforms, decision.platforms),
    };
  };
}

/** Whether something with a wave of its own is done by the end of another one. */
export function isDone(own: number | undefined, wave: number): boolean {
  return own !== undefined && own >= 0 && own <= wave;
}
