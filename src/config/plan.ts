import { z } from 'zod';
import type { PlanSettings } from '../assumptions.ts';
import { patterns, platforms } from '../vocabulary.ts';
import { dropUndefined } from './drop-undefined.ts';

const text = z.string().min(1);
const hours = z.number().min(1).max(1e9);

/**
 * The keys under `plan:`.
 * @param date reads a calendar date
 */
export function toPlanSchema(date: z.ZodType<string>) {
  return z.strictObject({
    start: date.optional(),
    hold: text.optional(),
    waves: z.number().int().min(2).max(24).default(4),
    weeksPerWave: z.number().int().min(1).max(104).default(13),
    capacityHours: hours.optional(),
    teamHours: z.record(text, z.number().min(0).max(1e9)).default({}),
    existing: z.array(z.enum(platforms)).default([]),
    freezes: z
      .array(
        z
          .strictObject({
            from: date,
            to: date,
            systems: z.array(text).default([]),
            domains: z.array(text).default([]),
          })
          .refine(({ from, to }) => from <= to, 'expected "from" no later than "to"'),
      )
      .max(200)
      .default([]),
    stability: z.number().min(0).max(1).default(0.01),
    patterns: z
      .array(
        z
          .strictObject({
            link: text.optional(),
            object: text.optional(),
            domain: text.optional(),
            system: text.optional(),
            pattern: z.enum(patterns),
            reason: text.optional(),
          })
          .refine(
            ({ link, object, domain, system }) => link || object || domain || system,
            'expected "link", "object", "domain" or "system": what the pattern is for',
          ),
      )
      .max(1000)
      .default([]),
  });
}

/** Leaves out what is not given. */
export function toPlanSettings(written: z.output<ReturnType<typeof toPlanSchema>>): PlanSettings {
  const { patterns: overrides, hold: _, ...rest } = written;
  return dropUndefined({ ...rest, overrides }) as PlanSettings;
}
