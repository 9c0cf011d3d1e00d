import { type Platform, platforms } from '../../vocabulary.ts';
import { weighLinks } from './link-weights.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { PointCosts } from './point-costs.ts';
import type { PlanProblem } from './problem.ts';

const platformNames = new Map<string, Platform>(platforms.map((name) => [name, name]));

/**
 * Puts one reading of the costs into a problem of the draft. Items, adapters, platforms and waves stay
 * what they are, so that a decision over one reading is a decision over any.
 */
export function priceProblem(
  problem: PlanProblem,
  { landscape, moving, existing, incidentHours }: PlanDraft,
  costs: PointCosts,
): PlanProblem {
  const links = new Map(landscape.links.map((link) => [link.key, link]));
  const goesTo = new Map(moving.map(({ link, pattern }) => [link, pattern]));
  const hoursOf = weighLinks(landscape, costs.linkHoursPerYear, incidentHours);
  const nameOf = (place: number): Platform | undefined =>
    platformNames.get(problem.platforms[place]?.name ?? '');
  return {
    ...problem,
    discountRate: costs.discountRate,
    bridgeHours: costs.bridgeHours,
    items: problem.items.map((item) => {
      const group = item.links.flatMap((key) => {
        const [link, platform] = [links.get(key), goesTo.get(key)];
        return link && platform ? [{ link, platform }] : [];
      });
      return {
        ...item,
        hours: sum(group.map(({ platform }) => costs.of(platform, 'routeBuildHours'))),
        savingPerYear: sum(
          group.map(
            ({ link, platform }) => hoursOf(link) - costs.of(platform, 'routeHoursPerYear'),
          ),
        ),
      };
    }),
    adapters: problem.adapters.map((adapter) => {
      const platform = nameOf(adapter.platform);
      if (platform === undefined) return adapter;
      return {
        ...adapter,
        hours: costs.of(platform, 'adapterBuildHours'),
        hoursPerYear: costs.of(platform, 'adapterHoursPerYear'),
      };
    }),
    platforms: problem.platforms.map((one, place) => {
      const name = nameOf(place);
      if (name === undefined || existing.has(name)) return one;
      return {
        ...one,
        hours: costs.of(name, 'platformBuildHours'),
        hoursPerYear:
          costs.of(name, 'platformHoursPerYear') + costs.of(name, 'platformLicencePerYear'),
      };
    }),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
