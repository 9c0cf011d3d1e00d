import { z } from 'zod';
import { systemPatternSchema } from './policies.ts';

const count = z.number().int().min(1).max(1e6);

/** What `limits:` holds: how much coupling is too much. Without a limit, its rule says nothing. */
export const limitsSchema = z.strictObject({
  fanIn: z
    .union(
      [
        count.transform((most) => ({ most, except: undefined })),
        z.strictObject({ most: count, except: systemPatternSchema.optional() }),
      ],
      'expected a whole number of systems, or { most: …, except: … }',
    )
    .optional(),
  saturation: z
    .number()
    .min(0)
    .max(1, 'expected a share of all pairs from 0 to 1, such as 0.25')
    .optional(),
  cyclicGroup: count.optional(),
});

/** The limits that are set. */
export type LimitsConfig = z.output<typeof limitsSchema>;
