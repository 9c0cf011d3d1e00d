import type { Platform } from './vocabulary.ts';

/** A figure that nobody knows exactly: the lowest that is likely, the one to plan with, the highest. */
export interface AssumedRange {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

/** What may be another figure for one platform than for the others. */
export const platformFigures = [
  'platformBuildHours',
  'platformHoursPerYear',
  'platformLicencePerYear',
  'adapterBuildHours',
  'adapterHoursPerYear',
  'routeBuildHours',
  'routeHoursPerYear',
] as const;
export type PlatformFigure = (typeof platformFigures)[number];

/** What links and platforms cost, in hours; a licence in the money of `hourlyRate`. */
export interface Costs extends Readonly<Record<PlatformFigure, AssumedRange>> {
  /** To keep all of today's point-to-point links alive, a year; decides the hours of a link. */
  readonly totalHoursPerYear?: number;
  /** To keep one link alive, a year. */
  readonly linkHoursPerYear: AssumedRange;
  /** To build and later remove a bridge between what has moved and what has yet to. */
  readonly bridgeHours: AssumedRange;
  /** A year, e.g. 0.05. */
  readonly discountRate: AssumedRange;
  /** By which share systems become more in a year, e.g. 0.1; links become more with its square. */
  readonly growthPerYear: AssumedRange;
  /** Over which what is built once is spread, and up to which savings are reckoned. */
  readonly years: number;
  readonly hourlyRate?: number;
  /** What the rate is in, e.g. EUR. */
  readonly currency?: string;
  readonly platforms: Readonly<
    Partial<Record<Platform, Readonly<Partial<Record<PlatformFigure, AssumedRange>>>>>
  >;
}

/** Days on which nothing may move. Both days belong to it, `YYYY-MM-DD`. */
export interface Freeze {
  readonly from: string;
  readonly to: string;
  /** What it holds for; everything where both are empty. */
  readonly systems: readonly string[];
  readonly domains: readonly string[];
}

/** A pattern that people chose. Everything that is given has to fit the link. */
export interface PatternOverride {
  /** Key of a link or id of a row of the registry. */
  readonly link?: string;
  readonly object?: string;
  /** The domain of both ends. */
  readonly domain?: string;
  /** One of the ends. */
  readonly system?: string;
  readonly pattern: 'keep' | 'retire' | Platform;
  readonly reason?: string;
}

/** What the plan is told beside what things cost. */
export interface PlanSettings {
  /** The first day of the first wave, `YYYY-MM-DD`; the day that analyses look from where absent. */
  readonly start?: string;
  readonly waves: number;
  readonly weeksPerWave: number;
  /** Of a wave, in all; reckoned from the work where absent. */
  readonly capacityHours?: number;
  /** Team → hours of a wave; the others are limited by the whole alone. */
  readonly teamHours: Readonly<Record<string, number>>;
  /** Platforms that are there already: they cost nothing more. */
  readonly existing: readonly Platform[];
  readonly freezes: readonly Freeze[];
  readonly overrides: readonly PatternOverride[];
  /** A later plan moves a link to another wave only for more than this share of what it is worth. */
  readonly stability: number;
}
