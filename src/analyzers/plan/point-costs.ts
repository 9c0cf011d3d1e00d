import type { AssumedRange, Costs, PlatformFigure } from '../../assumptions.ts';
import { platformFigures } from '../../assumptions.ts';
import type { Platform } from '../../vocabulary.ts';

export type Reading = keyof AssumedRange;

/** Every figure that is assumed, in the order in which reports tell them. */
export const costFigures = [
  'linkHoursPerYear',
  ...platformFigures,
  'bridgeHours',
  'discountRate',
] as const;
export type CostFigure = (typeof costFigures)[number];

/** One reading of the costs: no ranges any more. Hours, and shares a year. */
export interface PointCosts {
  readonly linkHoursPerYear: number;
  readonly bridgeHours: number;
  readonly discountRate: number;
  readonly years: number;
  /** What a platform, or an adapter or route of it, takes; a licence in hours. */
  of(platform: Platform, figure: PlatformFigure): number;
}

/** Reads every figure at its base, but for those that another reading is asked of. */
export function readCosts(
  costs: Costs,
  links: number,
  readings: Readonly<Partial<Record<CostFigure, Reading>>> = {},
): PointCosts {
  const read = (figure: CostFigure, range: AssumedRange): number =>
    range[readings[figure] ?? 'base'];
  const { totalHoursPerYear, hourlyRate = 1 } = costs;
  return {
    linkHoursPerYear:
      totalHoursPerYear === undefined
        ? read('linkHoursPerYear', costs.linkHoursPerYear)
        : totalHoursPerYear / Math.max(1, links),
    bridgeHours: read('bridgeHours', costs.bridgeHours),
    discountRate: read('discountRate', costs.discountRate),
    years: costs.years,
    of(platform, figure) {
      const value = read(figure, costs.platforms[platform]?.[figure] ?? costs[figure]);
      return figure === 'platformLicencePerYear' ? value / hourlyRate : value;
    },
  };
}

/** The range of a figure over all platforms, as far as it is not certain. */
export function isUncertain(costs: Costs, figure: CostFigure): boolean {
  if (figure === 'linkHoursPerYear' && costs.totalHoursPerYear !== undefined) return false;
  const own = Object.values(costs.platforms).map((one) => one?.[figure as PlatformFigure]);
  return [costs[figure], ...own].some((range) => range !== undefined && range.low < range.high);
}
