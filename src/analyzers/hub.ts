import type { Costs } from '../assumptions.ts';
import type { Landscape } from '../landscape.ts';
import { listDirect } from './direct-links.ts';
import { roundHours } from './round-hours.ts';

/** Today's links against a hub, with one reading of the uncertain hours. Hours a year. */
export interface HubCase {
  readonly name: 'low' | 'base' | 'high';
  readonly linkHoursPerYear: number;
  readonly adapterHoursPerYear: number;
  /** links × hours of a link. */
  readonly today: number;
  /** adapters × (upkeep + building / years) + the same of links × routes and of the platform, + licence / rate. */
  readonly hub: number;
  /** today − hub: what a hub saves; below 0 it costs more. */
  readonly saving: number;
  /** From so many links among the same systems on, a hub costs less; `null` where it never does. */
  readonly breakEvenLinks: number | null;
  /** From so many systems on, with as many links for each as today. */
  readonly breakEvenAsToday: number | null;
  /** From so many systems on, with a link between any two. */
  readonly breakEvenAllPairs: number | null;
}

/** What a hub in place of the point-to-point links would cost, over all counted systems. */
export interface Hub {
  /** Point-to-point links: each would become a route. */
  readonly links: number;
  /** Systems with such a link: each needs one adapter, whatever it exchanges. */
  readonly adapters: number;
  readonly cases: readonly HubCase[];
  /** What was reckoned with. */
  readonly costs: Costs;
}

/** Beyond so many systems nobody plans: a break-even there is none. */
const mostSystems = 1e6;

/**
 * Weighs point-to-point links against one adapter for each system on a platform. With l hours a year
 * for a link, r for a route and a for an adapter with what is built spread over the years, and f for
 * the platform, N systems with L links break even where L·l = N·a + L·r + f.
 */
export function weighHub(landscape: Landscape, costs: Costs): Hub {
  const links = listDirect(landscape);
  const adapters = new Set(links.flatMap(({ from, to }) => [from, to])).size;
  return {
    links: links.length,
    adapters,
    cases: (['low', 'base', 'high'] as const).map((name) =>
      weigh(name, links.length, adapters, costs),
    ),
    costs,
  };
}

function weigh(name: HubCase['name'], links: number, adapters: number, costs: Costs): HubCase {
  const { totalHoursPerYear, years, hourlyRate = 1 } = costs;
  const link =
    totalHoursPerYear === undefined
      ? costs.linkHoursPerYear[name]
      : totalHoursPerYear / Math.max(1, links);
  const upkeep = costs.adapterHoursPerYear[name];
  const adapter = upkeep + costs.adapterBuildHours.base / years;
  const route = costs.routeHoursPerYear.base + costs.routeBuildHours.base / years;
  const platform =
    costs.platformHoursPerYear.base +
    costs.platformBuildHours.base / years +
    costs.platformLicencePerYear.base / hourlyRate;
  const today = links * link;
  const hub = adapters * adapter + links * route + platform;
  // What one more link costs beyond its route: the only thing that a hub saves.
  const gain = link - route;
  const perSystem = adapters === 0 ? 0 : links / adapters;
  return {
    name,
    linkHoursPerYear: roundHours(link),
    adapterHoursPerYear: roundHours(upkeep),
    today: roundHours(today),
    hub: roundHours(hub),
    saving: roundHours(today - hub),
    breakEvenLinks:
      gain > 0 && adapters > 0 ? Math.floor((adapters * adapter + platform) / gain) + 1 : null,
    breakEvenAsToday: findFirst((n) => n * perSystem * gain > n * adapter + platform),
    breakEvenAllPairs: findFirst((n) => ((n * (n - 1)) / 2) * gain > n * adapter + platform),
  };
}

/** The least count of systems, two or more, for which a saving begins that lasts from there on. */
function findFirst(saves: (systems: number) => boolean): number | null {
  if (!saves(mostSystems)) return null;
  let [without, first] = [1, mostSystems];
  while (first - without > 1) {
    const middle = Math.floor((without + first) / 2);
    if (saves(middle)) first = middle;
    else without = middle;
  }
  return first;
}
