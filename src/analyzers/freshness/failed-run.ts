import { groupBy, sortBy } from '../../order.ts';
import { type ConsumerView, type Examined, examineOrigins, viewDeliveries } from './examine.ts';
import { toHours, toTime } from './figures.ts';
import { drawFlows } from './flow-graph.ts';
import { gatherLooks } from './looks.ts';
import type { FlowCertainty, Freshness, FreshnessModel } from './model.ts';
import { countUpTo } from './steps.ts';
import { visitFailures } from './worst-age.ts';

/** One run to let fail, by its start as ISO 8601 UTC to the second. */
export interface RunChoice {
  readonly link: string;
  /** Every job of the link that starts then, where it is left out. */
  readonly job?: string;
  readonly run: string;
  /** Only what becomes of this object of this system. */
  readonly origin?: string;
  readonly object?: string;
}

/** What one failed run does to one system. Times are ISO 8601 UTC. */
export interface FailedRunEffect {
  readonly consumer: string;
  readonly object: string;
  readonly origin: string;
  /** The object that it is part of at the consumer, where that is another. */
  readonly as?: string;
  readonly certainty: FlowCertainty;
  /** The oldest that the data gets while the run is missed; null where there was none before it. */
  readonly ageAtRestHours: number | null;
  readonly oldestAtRest: string;
  /** The oldest that somebody sees; null where nobody looks while the run is missed. */
  readonly ageAtReadHours: number | null;
  readonly oldestAtRead: string | null;
  /** From the run to the first who sees older data than there would be. */
  readonly hoursUnnoticed: number | null;
  /** From when on there is older data than there would be. */
  readonly from: string;
  /** Until when; null where nothing that is known ends it. */
  readonly until: string | null;
}

/** A run that fails, and every system that then holds older data than it would. */
export interface FailedRun extends RunChoice {
  readonly effects: readonly FailedRunEffect[];
}

/**
 * For each object of each origin the run whose failure hurts most: the oldest data at a reader (at
 * rest where there is none), then the longest unnoticed, then the earliest. Surely reached systems
 * go before those that data possibly reaches.
 */
export function chooseWorstRuns(freshness: readonly Freshness[]): RunChoice[] {
  const groups = groupBy(freshness, ({ origin, object }) => `${origin}\u0000${object}`);
  return [...groups.values()].flatMap((group) => {
    const candidates = group.flatMap(({ certainty, origin, object, criticalRuns }) =>
      criticalRuns.map((critical) => ({ certainty, origin, object, critical })),
    );
    const [worst] = sortBy(
      candidates,
      ({ certainty }) => (certainty === 'declared' ? 0 : 1),
      ({ critical }) => (critical.hoursUnnoticed === null ? 1 : 0),
      ({ critical }) => -critical.ageHours,
      ({ critical }) => -(critical.hoursUnnoticed ?? 0),
      ({ critical }) => critical.run,
      ({ critical }) => critical.link,
    );
    if (!worst) return [];
    const { origin, object, critical } = worst;
    const { link, job, run } = critical;
    return [{ link, ...(job !== undefined && { job }), run, origin, object }];
  });
}

/** What becomes of all systems where one run fails; each choice by itself. */
export function analyseFailedRuns(
  model: FreshnessModel,
  choices: readonly RunChoice[],
): readonly FailedRun[] {
  const graph = drawFlows(model);
  const byLink = groupBy(choices, ({ link }) => link);
  const effects = new Map<RunChoice, FailedRunEffect[]>();
  for (const choice of choices) effects.set(choice, []);
  const isChosen = (origin: string, object: string): boolean =>
    choices.some(
      (choice) => (choice.origin ?? origin) === origin && (choice.object ?? object) === object,
    );
  for (const examined of examineOrigins(graph, gatherLooks(model), isChosen))
    for (const seen of viewDeliveries(examined, ({ link }) => byLink.has(link)))
      for (const choice of byLink.get(seen.delivery.link) ?? []) {
        if (!concerns(choice, examined, seen)) continue;
        effects.get(choice)?.push(...findEffects(choice, examined, seen, graph.knownUntil));
      }
  return choices.map((choice) => ({
    ...choice,
    effects: sortBy(
      effects.get(choice) ?? [],
      ({ certainty }) => (certainty === 'declared' ? 0 : 1),
      ({ consumer }) => consumer,
      ({ object }) => object,
      ({ origin }) => origin,
      ({ as }) => as ?? '',
    ),
  }));
}

const none = Number.NEGATIVE_INFINITY;
const isAsked = (): boolean => true;

function concerns(choice: RunChoice, examined: Examined, { delivery }: ConsumerView): boolean {
  return (
    (choice.job === undefined || choice.job === delivery.job) &&
    (choice.origin === undefined || choice.origin === examined.origin) &&
    (choice.object === undefined || choice.object === examined.object)
  );
}

function findEffects(
  { run }: RunChoice,
  { origin, object }: Examined,
  { consumer, view }: ConsumerView,
  knownUntil: number,
): FailedRunEffect[] {
  const effects: FailedRunEffect[] = [];
  const start = Date.parse(run);
  const span = {
    from: none,
    to: Math.min(start + 1000, knownUntil),
    knownUntil,
  };
  const index = countUpTo(view.runs, start + 999) - 1;
  const failing = view.runs[index] ?? none;
  if (failing < start) return effects;
  visitFailures(view, 1, span, isAsked, (ages) => {
    if (index < ages.run || index >= ages.run + ages.alike) return;
    // Of failures alike the first is told, and nobody looks at any of them.
    const later = failing - (view.runs[ages.run] ?? 0);
    effects.push({
      consumer: consumer.system,
      object,
      origin,
      ...(consumer.as !== undefined && { as: consumer.as }),
      certainty: consumer.certainty,
      ageAtRestHours: toHours(ages.atRest),
      oldestAtRest: toTime(ages.atRestAt + later),
      ageAtReadHours: toHours(ages.atRead),
      oldestAtRead: Number.isNaN(ages.atReadAt) ? null : toTime(ages.atReadAt),
      hoursUnnoticed: toHours(ages.firstLook - failing),
      from: toTime(ages.from + later),
      until: Number.isFinite(ages.until) ? toTime(ages.until + later) : null,
    });
  });
  return effects;
}
