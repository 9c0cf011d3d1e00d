import type { Landscape, Link } from '../../landscape.ts';
import { sortBy, sortedUnique } from '../../order.ts';
import { openDurations } from './durations.ts';
import { drawFlows, inferOrigins } from './flow-graph.ts';
import { startOfDay } from './local-time.ts';
import type { Delivery, Derivation, EventLink, FreshnessModel, ObjectOrigin } from './model.ts';
import { openCalendar } from './open-schedules.ts';
import type { FreshnessOptions } from './options.ts';
import { isResting, type LinkPlan, planLink } from './plan-links.ts';
import { choosePossibleLinks } from './reach.ts';
import { openReaders } from './read-readers.ts';

/** The model of a landscape, and how each link came into it. */
export interface LandscapeModel {
  readonly model: FreshnessModel;
  /** Of every link, by key. */
  readonly plans: readonly LinkPlan[];
}

const day = 86_400_000;

/** Visits of runs, over all origins; some ten millions take a second. */
const mostWork = 2e8;

/** What data is called that nobody names. */
const unnamed = 'data';

/**
 * So much time before the horizon and after it is listed too: data that is there when the horizon
 * begins, and what replaces the last data of a monthly job whose next two runs fail.
 */
const marginDays = 100;

/** Makes the model that `analyseFreshness` works on: docs/freshness.md tells by which rules. */
export function toModel(landscape: Landscape, options: FreshnessOptions): LandscapeModel {
  const horizon = openHorizon(options);
  const listed = { from: horizon.from - marginDays * day, to: horizon.to + marginDays * day };
  const calendar = openCalendar(listed, options.timezone);
  const lengthOf = openDurations(options);
  const plans = sortBy(landscape.links, ({ key }) => key).map((link) => planLink(link, calendar));
  const deliveries: Delivery[] = [];
  const events: EventLink[] = [];
  for (const { link, hops, isAtOnce } of plans) {
    const objects = objectsOf(link);
    for (const { from, to, code, runs } of hops) {
      const length = lengthOf(link, code);
      for (const object of objects)
        deliveries.push({
          link: link.key,
          ...(code && { job: code.id }),
          from,
          to,
          ...object,
          runs,
          durationMs: length.ms,
          assumed: length.assumed,
        });
    }
    if (isAtOnce)
      for (const object of objects)
        events.push({ link: link.key, from: link.from, to: link.to, ...object });
  }
  const derivations = options.objects.flatMap(({ object, derivedFrom }): Derivation[] =>
    derivedFrom.map(({ system, from }) => ({ system, object, from })),
  );
  const origins = options.objects.flatMap(({ object, origins: systems }): ObjectOrigin[] =>
    systems.map((system) => ({ system, object })),
  );
  const inferred = [
    ...inferOrigins([...deliveries, ...events], [...origins, ...derivations]),
    ...findUnnamed(deliveries),
  ];
  const model: FreshnessModel = {
    deliveries,
    events,
    origins: [...origins, ...inferred],
    derivations,
    readers: openReaders(options, listed.from, listed.to),
    horizon,
    knownUntil: listed.to,
    failures: options.failures,
  };
  const mostPossibleLinks = choosePossibleLinks(drawFlows(model), mostWork);
  return {
    plans,
    model: mostPossibleLinks === undefined ? model : { ...model, mostPossibleLinks },
  };
}

/** From the beginning of the day that analyses look from. In ms. */
function openHorizon({ asOf, timezone, horizon }: FreshnessOptions): FreshnessModel['horizon'] {
  const zone = timezone ?? 'UTC';
  const from = Date.parse(`${asOf}T00:00:00Z`);
  const end =
    horizon === 'year'
      ? new Date(from).setUTCFullYear(new Date(from).getUTCFullYear() + 1)
      : from + horizon * day;
  return { from: startOfDay(asOf, zone), to: startOfDay(toDay(end), zone) };
}

function toDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** What is called `data` in what systems send on a schedule without anybody saying what it is. */
function findUnnamed(deliveries: readonly Delivery[]): ObjectOrigin[] {
  const senders = deliveries.flatMap(({ from, object }) =>
    object === undefined && !isResting(from) ? [from] : [],
  );
  return sortedUnique(senders).map((system) => ({
    system,
    object: unnamed,
    inferred: true,
    leastPossibleLinks: 1,
  }));
}

/** What a link carries; something without a name where nobody says. */
function objectsOf({ objects }: Link): readonly { readonly object?: string }[] {
  return objects.length === 0 ? [{}] : objects.map((object) => ({ object }));
}
