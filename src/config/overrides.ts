import { z } from 'zod';

const names = z.array(z.string().min(1)).min(1);

/** One entry under `overrides:`: severities for what all of its lists fit. */
export const overrideSchema = z
  .strictObject({
    domains: names.optional(),
    tags: names.optional(),
    systems: names.optional(),
    links: names.optional(),
    rules: z.record(z.string(), z.enum(['error', 'warn', 'info', 'off'])),
  })
  .refine(
    ({ domains, tags, systems, links }) => domains ?? tags ?? systems ?? links,
    'names neither domains, tags, systems nor links; what holds for all belongs under "rules:"',
  );

export type Override = z.output<typeof overrideSchema>;
