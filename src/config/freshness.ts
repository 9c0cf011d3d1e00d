import { z } from 'zod';

/** What `freshness:` says about data, its readers and its jobs; systems as they are written. */
export interface FreshnessConfig {
  readonly timezone?: string;
  readonly objects: readonly {
    readonly object: string;
    readonly origins: readonly string[];
    readonly derivedFrom: readonly { readonly system: string; readonly from: readonly string[] }[];
    readonly maxAgeHours?: number;
  }[];
  readonly readers: readonly ReaderConfig[];
  readonly durations: readonly { readonly name: string; readonly ms: number }[];
  readonly holidays: readonly string[];
  readonly horizon: number | 'year';
  readonly failures: number;
}

/** Who looks at a system: at the moments of a crontab, or within hours of the day. */
export type ReaderConfig = { readonly system: string; readonly timezone?: string } & (
  | { readonly at: string }
  | { readonly from: string; readonly to: string; readonly days?: string }
);

const text = z.string().trim().min(1).max(200);
const listOrOne = z
  .union([text, z.array(text)], 'expected a text, or a list of texts')
  .transform((value) => (typeof value === 'string' ? [value] : value));

const timezone = text.refine(isTimezone, 'expected an IANA time zone such as Europe/Oslo');
const clock = z
  .string()
  .regex(/^(?:[01]?\d|2[0-3]):[0-5]\d$/, 'expected a time of the day such as "06:00"');

const date = z
  .union([z.string(), z.date()], 'expected a date such as 2026-12-25')
  .transform((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value))
  .refine(isDay, 'expected a date such as 2026-12-25');

const objectSchema = z.strictObject({
  origin: listOrOne.optional(),
  derivedFrom: z.record(text, listOrOne).optional(),
  maxAgeHours: z.number().positive().optional(),
});

const readerSchema = z
  .strictObject({
    system: text,
    at: text.optional(),
    from: clock.optional(),
    to: clock.optional(),
    days: text.optional(),
    timezone: timezone.optional(),
  })
  .transform(({ system, at, from, to, days, timezone: zone }, context): ReaderConfig => {
    const base = { system, ...(zone !== undefined && { timezone: zone }) };
    if (at !== undefined && from === undefined && to === undefined && days === undefined)
      return { ...base, at };
    if (at === undefined && from !== undefined && to !== undefined)
      return { ...base, from, to, ...(days !== undefined && { days }) };
    context.addIssue({
      code: 'custom',
      message: 'expected either "at", or "from" and "to" and perhaps "days"',
    });
    return z.NEVER;
  });

const longestHorizon = 366;

const horizon = z
  .union([z.number(), z.string()], 'expected a number of days, or year')
  .transform((value, context): number | 'year' => {
    if (value === 'year') return 'year';
    const days = Number(/^(\d{1,4})(?: days?)?$/.exec(String(value))?.[1]);
    if (days >= 1 && days <= longestHorizon) return days;
    context.addIssue({
      code: 'custom',
      message: `expected 1 to ${longestHorizon} days, such as "35 days", or year`,
    });
    return z.NEVER;
  });

const msOfUnit: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const duration = z.string('expected a length of time such as 10m').transform((value, context) => {
  const ms = readDuration(value);
  if (ms !== undefined) return ms;
  context.addIssue({
    code: 'custom',
    message: `expected a length of time of seconds, minutes, hours or days, such as 90s, 10m or 1h30m, but "${value}" is none`,
  });
  return z.NEVER;
});

/** The keys under `freshness:`. */
export const freshnessSchema = z.strictObject({
  timezone: timezone.optional(),
  objects: z.record(text, objectSchema).default({}),
  readers: z.array(readerSchema).default([]),
  durations: z.record(text, duration).default({}),
  holidays: z.array(date).default([]),
  horizon: horizon.default(35),
  failures: z.number().int().min(1).max(10).default(2),
});

/** Puts what is written in the order that analyses want. */
export function toFreshnessConfig(written: z.output<typeof freshnessSchema>): FreshnessConfig {
  const { timezone: zone, objects, durations, ...rest } = written;
  return {
    ...rest,
    ...(zone !== undefined && { timezone: zone }),
    objects: Object.entries(objects).map(([object, { origin, derivedFrom, maxAgeHours }]) => ({
      object,
      origins: origin ?? [],
      derivedFrom: Object.entries(derivedFrom ?? {}).map(([system, from]) => ({ system, from })),
      ...(maxAgeHours !== undefined && { maxAgeHours }),
    })),
    durations: Object.entries(durations).map(([name, ms]) => ({ name, ms })),
  };
}

function readDuration(value: string): number | undefined {
  const parts = value.trim().replace(/\s+/g, '');
  if (!/^(?:\d{1,6}(?:s|m|min|h|d))+$/.test(parts)) return undefined;
  let ms = 0;
  for (const [, count, unit = ''] of parts.matchAll(/(\d+)(s|min|m|h|d)/g))
    ms += Number(count) * (msOfUnit[unit.slice(0, 1)] ?? 0);
  return ms > 0 ? ms : undefined;
}

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function isDay(value: string): boolean {
  const parsed = new Date(`${value}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(parsed.getTime()) &&
    parsed.toISOString().startsWith(value)
  );
}
