import type { Landscape } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import {
  analyseFailedRuns,
  chooseWorstRuns,
  type FailedRun,
  type RunChoice,
} from './failed-run.ts';
import type { Freshness, FreshnessModel } from './model.ts';
import { nameJob } from './name-job.ts';
import { isResting } from './plan-links.ts';
import type { WorstRun } from './schedule-analysis.ts';
import { describeFailedRun } from './sentence.ts';

/** How many runs are told, one for each job. */
const mostTold = 10;

/** The runs that hurt most, one for each job, each with its sentence; the oldest data first. */
export function findWorstRuns(
  model: FreshnessModel,
  freshness: readonly Freshness[],
  tell: (run: FailedRun) => Pick<WorstRun, 'sentence' | 'timezone'> | undefined,
): { readonly told: readonly WorstRun[]; readonly leftOut: number } {
  const worst = weighRuns(freshness);
  const ordered = sortBy(
    [...groupBy(worst, ({ choice }) => `${choice.link}\u0000${choice.job ?? ''}`).values()].flatMap(
      // What the job itself takes from where it is born says more than what is made of it.
      (group) => sortBy(group, ({ isOwn }) => (isOwn ? 0 : 1), ...weights).slice(0, 1),
    ),
    ...weights,
  );
  const runs = analyseFailedRuns(
    model,
    ordered.slice(0, mostTold).map(({ choice }) => choice),
  );
  const told = runs.flatMap((run) => {
    const effects = run.effects.filter(({ consumer }) => !isResting(consumer));
    const words = tell({ ...run, effects });
    return words ? [{ ...run, effects, ...words }] : [];
  });
  return { told, leftOut: ordered.length - Math.min(ordered.length, mostTold) };
}

interface WeighedRun {
  readonly choice: RunChoice;
  readonly isOwn: boolean;
  readonly isSure: boolean;
  readonly isRead: boolean;
  readonly ageHours: number;
  readonly hoursUnnoticed: number;
}

const weights: readonly ((run: WeighedRun) => number | string)[] = [
  ({ isSure }) => (isSure ? 0 : 1),
  ({ isRead }) => (isRead ? 0 : 1),
  ({ ageHours }) => -ageHours,
  ({ hoursUnnoticed }) => -hoursUnnoticed,
  ({ choice }) => choice.link,
  ({ choice }) => choice.job ?? '',
  ({ choice }) => `${choice.origin} ${choice.object}`,
];

function weighRuns(freshness: readonly Freshness[]): WeighedRun[] {
  const rows = groupBy(freshness, ({ origin, object }) => `${origin}\u0000${object}`);
  return chooseWorstRuns(freshness).flatMap((choice) => {
    const row = rows
      .get(`${choice.origin}\u0000${choice.object}`)
      ?.map(({ certainty, path, criticalRuns }) => ({
        certainty,
        path,
        critical: criticalRuns.find(
          ({ link, job, run }) => link === choice.link && job === choice.job && run === choice.run,
        ),
      }))
      .filter(({ critical }) => critical);
    const [first] = sortBy(
      row ?? [],
      ({ certainty }) => (certainty === 'declared' ? 0 : 1),
      ({ critical }) => -(critical?.ageHours ?? 0),
    );
    if (!first?.critical) return [];
    const { ageHours, hoursUnnoticed } = first.critical;
    return [
      {
        choice,
        isOwn: first.path.length === 1,
        isSure: first.certainty === 'declared',
        isRead: hoursUnnoticed !== null,
        ageHours,
        hoursUnnoticed: hoursUnnoticed ?? 0,
      },
    ];
  });
}

/** Writes the sentence of a failed run, in the names of people. */
export function tellFailedRun(
  run: FailedRun,
  landscape: Landscape,
  timezone: string,
): string | undefined {
  const names = new Map(landscape.systems.map(({ id, name }) => [id, name]));
  const nameOf = (system: string): string => names.get(system) ?? system;
  const link = landscape.links.find(({ key }) => key === run.link);
  const ends = link ? `run from ${nameOf(link.from)} to ${nameOf(link.to)}` : 'run';
  const job = (run.job === undefined ? undefined : nameJob(run.job)) ?? ends;
  return describeFailedRun(run, { nameOf, job, timezone });
}
