import { z } from 'zod';

const hours = z.number().min(0);
const place = z.number().int().min(0);

/** What is read of a plan: docs/plan-model.md says what each field means. */
export const planShape = z.looseObject({
  format: z.literal('landscape-plan').optional(),
  version: z.literal(1).optional(),
  waves: z.array(
    z.looseObject({
      number: z.number().int().min(1),
      links: z.array(z.string()),
      adapters: z.array(z.looseObject({ system: z.string(), platform: z.string() })),
      platforms: z.array(z.string()),
      bridges: z.array(place),
      effortHours: hours,
    }),
  ),
  kept: z.array(z.string()),
  retired: z.array(z.string()),
  blocked: z.array(z.looseObject({ link: z.string(), reason: z.string().min(1) })),
  start: z.iso.date().optional(),
  fixed: z
    .array(
      z.looseObject({
        task: z.string(),
        wave: z.number().int().min(1),
        status: z.enum(['started', 'done']),
        plannedHours: hours,
        actualHours: hours.optional(),
      }),
    )
    .optional(),
  certificate: z.looseObject({ objective: z.number(), bound: z.number(), gap: hours }),
  model: z.looseObject({
    waves: z
      .array(
        z.looseObject({
          startYears: hours,
          endYears: hours,
          capacityHours: hours,
          teamHours: z.record(z.string(), hours),
        }),
      )
      .min(1),
    capacityHours: hours.optional(),
    horizonYears: hours,
    discountRate: z.number().min(0),
    bridgeHours: hours,
    items: z.array(
      z.looseObject({
        links: z.array(z.string()).min(1),
        hours,
        savingPerYear: z.number(),
        adapters: z.array(place),
        band: z.number().int().min(1).max(4),
        missionCritical: z.boolean(),
        team: z.string().optional(),
        frozen: z.array(place),
      }),
    ),
    adapters: z.array(
      z.looseObject({
        system: z.string(),
        platform: place,
        hours,
        hoursPerYear: hours,
        team: z.string().optional(),
      }),
    ),
    platforms: z.array(
      z.looseObject({ name: z.string(), hours, hoursPerYear: hours, proven: z.boolean() }),
    ),
    bridges: z.array(
      z.looseObject({ object: z.string(), items: z.array(place).min(1), begun: place.optional() }),
    ),
  }),
});

export type WrittenPlan = z.output<typeof planShape>;
