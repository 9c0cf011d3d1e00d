import { z } from 'zod';

/** A figure that nobody knows exactly: the lowest that is likely, the one to plan with, the highest. */
export interface CostRange {
  readonly low: number;
  readonly base: number;
  readonly high: number;
}

/** What links and a platform cost, in hours; money where the rate of an hour is known. */
export interface CostsConfig {
  /** To keep all of today's point-to-point links alive, a year; decides the hours of a link. */
  readonly totalHoursPerYear?: number;
  /** To keep one link alive, a year. */
  readonly linkHoursPerYear: CostRange;
  /** To keep the adapter of one system alive, a year; what a link takes where this is not given. */
  readonly adapterHoursPerYear?: CostRange;
  /** To build the adapter of one system, once. */
  readonly adapterBuildHours: number;
  /** To move one link to the platform, once. */
  readonly routeBuildHours: number;
  /** To run the platform, a year. */
  readonly platformHoursPerYear: number;
  /** In the money of `hourlyRate`. */
  readonly platformLicencePerYear: number;
  readonly hourlyRate?: number;
  /** Over which what is built once is spread. */
  readonly years: number;
}

const amount = z.number().min(0).max(1e12);
const rate = z.number().min(0.01).max(1e6);

const range = z.union(
  [
    amount.transform((value): CostRange => ({ low: value, base: value, high: value })),
    z
      .strictObject({ low: amount, base: amount, high: amount })
      .refine(
        ({ low, base, high }) => low <= base && base <= high,
        'expected low, base and high in rising order',
      ),
  ],
  'expected a number of hours, or { low: …, base: …, high: … }',
);

/**
 * The keys under `costs:`. docs/configuration.md says where each default comes from: hours of a link
 * are field reports over a mesh of ten links, the others are assumptions; all are illustrative.
 */
export const costsSchema = z
  .strictObject({
    totalHoursPerYear: amount.optional(),
    linkHoursPerYear: range.default({ low: 50, base: 75, high: 150 }),
    adapterHoursPerYear: range.optional(),
    adapterBuildHours: amount.default(16),
    routeBuildHours: amount.default(8),
    platformHoursPerYear: amount.default(400),
    platformLicencePerYear: amount.default(0),
    hourlyRate: rate.optional(),
    years: z.number().int().min(1).max(30).default(3),
  })
  .refine(
    ({ platformLicencePerYear, hourlyRate }) =>
      platformLicencePerYear === 0 || hourlyRate !== undefined,
    {
      path: ['platformLicencePerYear'],
      message: 'a licence is money; give "hourlyRate" too, so that it can be weighed against hours',
    },
  );

/** Leaves out what is not given. */
export function toCostsConfig(written: z.output<typeof costsSchema>): CostsConfig {
  const { totalHoursPerYear, adapterHoursPerYear, hourlyRate, ...rest } = written;
  return {
    ...rest,
    ...(totalHoursPerYear !== undefined && { totalHoursPerYear }),
    ...(adapterHoursPerYear !== undefined && { adapterHoursPerYear }),
    ...(hourlyRate !== undefined && { hourlyRate }),
  };
}
