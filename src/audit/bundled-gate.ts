import { z } from 'zod';
import type { Policy } from '../checks/policy.ts';
import type { Limits } from '../checks/rule.ts';
import type { SeverityOverride } from '../checks/severities.ts';
import { type LimitsConfig, limitsSchema } from '../config/limits.ts';
import { type NamingEntry, namingSchema, toNaming } from '../config/naming.ts';
import { type Override, overrideSchema } from '../config/overrides.ts';
import { type PolicyConfig, policiesSchema } from '../config/policies.ts';
import type { Config } from '../config.ts';
import { originSchema } from '../evidence/schema.ts';
import { strict } from '../evidence/strict.ts';
import type { Origin } from '../evidence.ts';
import type { Conflict } from '../landscape.ts';

/** What a registry's configuration says of how to judge, beside severities, with its places. */
export interface BundledGate {
  readonly policies: readonly PolicyConfig[];
  /** Where each of them is written. */
  readonly policyOrigins: readonly Origin[];
  readonly limits: LimitsConfig;
  readonly limitsOrigin: Origin;
  readonly overrides: readonly Override[];
  readonly naming: Readonly<Record<string, Readonly<Record<string, string>> | null>>;
}

/** The same as it lies in a bundle: validated as a configuration is. */
export const bundledGateSchema = strict<BundledGate>({
  policies: policiesSchema,
  policyOrigins: z.array(originSchema),
  limits: limitsSchema,
  limitsOrigin: originSchema,
  overrides: z.array(overrideSchema),
  naming: namingSchema,
});

/** Takes from a configuration what other repositories are to judge by. */
export function toBundledGate(config: Config): BundledGate {
  const { policies, limits, overrides, naming, placeOf } = config;
  return {
    policies,
    policyOrigins: policies.map((_, index) => placeOf('policies', index)),
    limits,
    limitsOrigin: placeOf('limits'),
    overrides,
    naming: Object.fromEntries(
      naming.map(({ pattern, environments }) => [pattern, { ...environments }]),
    ),
  };
}

/** How a landscape is judged: by its own configuration, and where that is silent by its registry's. */
export interface Gate {
  readonly naming: readonly NamingEntry[];
  /** Those of the registry first, for the last that fits counts. */
  readonly overrides: readonly SeverityOverride[];
  /** Those of the registry that the configuration has none of the same name for. */
  readonly policies: readonly Policy[];
  joinLimits(own: Limits): Limits;
  /** Where both say something, and not the same. */
  readonly conflicts: readonly Conflict[];
}

/** Joins a configuration with what its registry carries; without one, only the configuration speaks. */
export function joinGate(
  config: Config,
  bundled: BundledGate | undefined,
  name: string,
  knownRules: readonly string[],
): Gate {
  if (!bundled)
    return {
      naming: config.naming,
      overrides: config.overrides,
      policies: [],
      joinLimits: (own) => own,
      conflicts: [],
    };
  const patterns = new Set(config.naming.map(({ pattern }) => pattern));
  const here = new Map(config.policies.map((policy) => [policy.name, policy]));
  const { limits, limitsOrigin, policyOrigins } = bundled;
  const set = (Object.keys(limits) as (keyof LimitsConfig)[]).filter(
    (limit) => limits[limit] !== undefined,
  );
  const tell = (subject: string, origins: readonly Origin[]): Conflict => ({
    subject,
    kind: 'rule',
    message: `The ${subject} is another here than in ${name}; here it is that of this file.`,
    origins,
  });
  return {
    naming: [
      ...config.naming,
      ...toNaming(bundled.naming as z.output<typeof namingSchema>).filter(
        ({ pattern }) => !patterns.has(pattern),
      ),
    ],
    overrides: [
      ...bundled.overrides.map((override) => ({
        ...override,
        rules: Object.fromEntries(
          Object.entries(override.rules).filter(([rule]) => knownRules.includes(rule)),
        ),
      })),
      ...config.overrides,
    ],
    policies: bundled.policies.flatMap((policy, index) =>
      here.has(policy.name) ? [] : [{ ...policy, origin: policyOrigins[index] ?? limitsOrigin }],
    ),
    joinLimits: (own) => ({
      ...(limits as Omit<Limits, 'placeOf'>),
      ...own,
      placeOf: (limit) => (own[limit] === undefined ? limitsOrigin : own.placeOf(limit)),
    }),
    conflicts: [
      ...bundled.policies.flatMap((policy, index) => {
        const own = here.get(policy.name);
        if (!own || JSON.stringify(own) === JSON.stringify(policy)) return [];
        const place = config.placeOf('policies', config.policies.indexOf(own));
        return [tell(`policy "${policy.name}"`, [place, policyOrigins[index] ?? limitsOrigin])];
      }),
      ...set.flatMap((limit) => {
        const own = config.limits[limit];
        if (own === undefined || JSON.stringify(own) === JSON.stringify(limits[limit])) return [];
        return [tell(`limit ${limit}`, [config.placeOf('limits', limit), limitsOrigin])];
      }),
    ],
  };
}
