import type { Costs } from '../../assumptions.ts';

/** A figure under `costs:` that is a range. */
export type RangeFigure = {
  [Key in keyof Costs]-?: Costs[Key] extends { readonly base: number } ? Key : never;
}[keyof Costs];

/** How reports call a figure that is assumed, what it is counted in, and where its default comes from. */
interface AssumptionWords {
  /** Said with "the" before it. */
  readonly what: string;
  readonly unit: 'hours' | 'hours a year' | '% a year' | 'money a year';
  readonly source: string;
}

/** Every figure that a plan assumes, in the order in which reports show them. */
export const assumptionWords: Readonly<Record<RangeFigure, AssumptionWords>> = {
  linkHoursPerYear: {
    what: 'upkeep of a link',
    unit: 'hours a year',
    source:
      'field reports: 10 to 15 hours a week for the links among five systems, divided by 5 or 10 links; the division is ours',
  },
  adapterBuildHours: {
    what: 'build of an adapter',
    unit: 'hours',
    source: 'an assumption: one day to five',
  },
  adapterHoursPerYear: {
    what: 'upkeep of an adapter',
    unit: 'hours a year',
    source: 'an assumption: a fifth of a link, at most as much as a link',
  },
  routeBuildHours: {
    what: 'move of a link',
    unit: 'hours',
    source:
      'an assumption; field reports tell of 1 to 2 hours for a first simple link, without tests and handover',
  },
  routeHoursPerYear: {
    what: 'upkeep of a moved link',
    unit: 'hours a year',
    source: 'an assumption',
  },
  platformBuildHours: {
    what: 'set-up of a platform',
    unit: 'hours',
    source: 'an assumption: a person for a month',
  },
  platformHoursPerYear: {
    what: 'upkeep of a platform',
    unit: 'hours a year',
    source: 'an assumption: a day a week',
  },
  platformLicencePerYear: {
    what: 'licence of a platform',
    unit: 'money a year',
    source: 'none unless you give one',
  },
  bridgeHours: {
    what: 'build and removal of a bridge',
    unit: 'hours',
    source: 'an assumption',
  },
  discountRate: {
    what: 'discount of later hours',
    unit: '% a year',
    source: 'an assumption: what money costs',
  },
  growthPerYear: {
    what: 'growth of systems',
    unit: '% a year',
    source: 'an assumption; links grow with its square, and what the plan is worth leaves it out',
  },
};
