import { z } from 'zod';
import { type AssumedRange, type Costs, platformFigures } from '../assumptions.ts';
import { platforms } from '../vocabulary.ts';
import { dropUndefined } from './drop-undefined.ts';

const amount = z.number().min(0).max(1e12);
const rate = z.number().min(0.01).max(1e6);

const range = toRange(amount, 'a number');

/** A figure alone is certain: it is its own low and high. */
function toRange(figure: z.ZodNumber, expected: string) {
  return z.union(
    [
      figure.transform((value): AssumedRange => ({ low: value, base: value, high: value })),
      z
        .strictObject({ low: figure, base: figure, high: figure })
        .refine(
          ({ low, base, high }) => low <= base && base <= high,
          'expected low, base and high in rising order',
        ),
    ],
    `expected ${expected}, or { low: …, base: …, high: … }`,
  );
}

const platformShape = z.strictObject(
  Object.fromEntries(platformFigures.map((figure) => [figure, range.optional()])) as Record<
    (typeof platformFigures)[number],
    z.ZodOptional<typeof range>
  >,
);

/**
 * The keys under `costs:`. docs/configuration.md says where each default comes from: hours of a link
 * are field reports over a mesh of ten links, the others are assumptions; all are illustrative.
 */
export const costsSchema = z
  .strictObject({
    totalHoursPerYear: amount.optional(),
    linkHoursPerYear: range.default({ low: 50, base: 75, high: 150 }),
    adapterHoursPerYear: range.default({ low: 8, base: 15, high: 75 }),
    adapterBuildHours: range.default({ low: 8, base: 16, high: 40 }),
    routeHoursPerYear: range.default({ low: 2, base: 5, high: 15 }),
    routeBuildHours: range.default({ low: 4, base: 8, high: 24 }),
    platformHoursPerYear: range.default({ low: 200, base: 400, high: 800 }),
    platformBuildHours: range.default({ low: 80, base: 160, high: 480 }),
    platformLicencePerYear: range.default({ low: 0, base: 0, high: 0 }),
    bridgeHours: range.default({ low: 8, base: 24, high: 60 }),
    discountRate: toRange(z.number().min(0).max(1), 'a share such as 0.05').default({
      low: 0,
      base: 0.05,
      high: 0.1,
    }),
    growthPerYear: toRange(z.number().min(0).max(1), 'a share such as 0.1').default({
      low: 0.05,
      base: 0.1,
      high: 0.2,
    }),
    platforms: z
      .strictObject(
        Object.fromEntries(platforms.map((platform) => [platform, platformShape.optional()])),
      )
      .default({}),
    hourlyRate: rate.optional(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'expected three letters such as EUR')
      .optional(),
    years: z.number().int().min(1).max(30).default(3),
  })
  .refine(
    ({ platformLicencePerYear, platforms: own, hourlyRate }) =>
      hourlyRate !== undefined ||
      [
        platformLicencePerYear,
        ...Object.values(own).map((one) => one?.platformLicencePerYear),
      ].every((licence) => licence === undefined || licence.high === 0),
    {
      path: ['platformLicencePerYear'],
      message: 'a licence is money; give "hourlyRate" too, so that it can be weighed against hours',
    },
  );

/** Leaves out what is not given. */
export function toCosts(written: z.output<typeof costsSchema>): Costs {
  return dropUndefined(written) as Costs;
}
