import { z } from 'zod';
import type { Costs, PlanSettings } from './assumptions.ts';
import { costsSchema, toCosts } from './config/costs.ts';
import { type FreshnessConfig, freshnessSchema, toFreshnessConfig } from './config/freshness.ts';
import { listKnownKeys } from './config/known-keys.ts';
import { type LimitsConfig, limitsSchema } from './config/limits.ts';
import { type NamingEntry, namingSchema, toNaming } from './config/naming.ts';
import { type Override, overrideSchema } from './config/overrides.ts';
import { toPlanSchema, toPlanSettings } from './config/plan.ts';
import { type PolicyConfig, policiesSchema } from './config/policies.ts';
import { ConfigError, didYouMean, formatPlace, type Place } from './errors.ts';
import { parseYaml, type YamlDocument } from './yaml.ts';

/** One entry under `sources:`, normalised. The scanner of its kind reads `options`. */
export interface Source {
  /** The scanner, e.g. `inventory`. */
  readonly kind: string;
  readonly patterns: readonly string[];
  readonly environment: string;
  readonly optional: boolean;
  /** Least share of records that must parse, 0 to 1. */
  readonly minParsed: number;
  /** What belongs to the scanner alone. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly place: Place;
  placeOf(...path: readonly (string | number)[]): Place;
}

/** A system written in `landscape.yaml` itself; its fields are read like an inventory row. */
export interface InlineSystem {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

/** `landscape.yaml`, validated and normalised. */
export interface Config {
  readonly file: string;
  readonly name: string;
  readonly asOf: string | undefined;
  readonly scope: 'whole' | 'member';
  /** The registry of another repository, as \`landscape bundle\` writes it. */
  readonly registry: string | undefined;
  /** The file of findings that are accepted for now, relative to this file. */
  readonly baseline: string | undefined;
  readonly sources: readonly Source[];
  readonly systems: readonly InlineSystem[];
  readonly aliases: readonly {
    readonly pattern: string;
    readonly system: string;
    readonly place: Place;
  }[];
  /** How hosts are named, in the order in which patterns are tried. */
  readonly naming: readonly NamingEntry[];
  /** The table of severities that `rules` changes; undefined where the file names none. */
  readonly extends: 'recommended' | 'strict' | undefined;
  readonly rules: Readonly<Record<string, string>>;
  /** Severities for a part of the landscape; the last that fits counts. */
  readonly overrides: readonly Override[];
  readonly showPeople: boolean;
  /** Who is still here, and header → column where the file has other headers. */
  readonly people:
    | { readonly file: string; readonly columns: Readonly<Record<string, string>> }
    | undefined;
  /** A table of what broke, when, and the hours that it took. */
  readonly incidents: string | undefined;
  /** A folder of templates in place of ours, or beside them. */
  readonly templates: string | undefined;
  readonly freshness: FreshnessConfig;
  readonly costs: Costs;
  readonly plan: PlanSettings;
  /** The `plan.json` whose days links are held to. */
  readonly hold: string | undefined;
  /** Who may exchange data with whom, in the order in which they are written. */
  readonly policies: readonly PolicyConfig[];
  readonly limits: LimitsConfig;
  placeOf(...path: readonly (string | number)[]): Place;
}

/** A calendar date, as text whether YAML takes it for one or not. */
export const isoDate = z
  .union([z.string(), z.date()])
  .transform((value) => (value instanceof Date ? value.toISOString().slice(0, 10) : value))
  .refine(isDate, 'expected a date such as 2026-11-02');

/** `landscape.yaml` as it is written; what is a room's own business is checked where it is read. */
export const writtenSchema = z.strictObject({
  name: z.string().min(1).optional(),
  asOf: isoDate.optional(),
  scope: z.enum(['whole', 'member']).default('whole'),
  registry: z.string().min(1).optional(),
  baseline: z.string().min(1).optional(),
  sources: z.array(z.record(z.string(), z.unknown())).default([]),
  systems: z.array(z.record(z.string(), z.unknown())).default([]),
  aliases: z.record(z.string(), z.string()).default({}),
  naming: namingSchema.default({}),
  extends: z.enum(['recommended', 'strict']).optional(),
  overrides: z.array(z.unknown()).default([]),
  rules: z.record(z.string(), z.enum(['error', 'warn', 'info', 'off'])).default({}),
  showPeople: z.boolean().default(false),
  people: z
    .union(
      [
        z
          .string()
          .min(1)
          .transform((file) => ({ file, columns: {} })),
        z.strictObject({
          file: z.string().min(1),
          columns: z.record(z.string(), z.string()).default({}),
        }),
      ],
      'expected a file, or { file, columns }',
    )
    .optional(),
  incidents: z.string().min(1).optional(),
  templates: z.string().min(1).optional(),
  freshness: z.record(z.string(), z.unknown()).default({}),
  costs: z.record(z.string(), z.unknown()).default({}),
  plan: z.record(z.string(), z.unknown()).default({}),
  policies: policiesSchema.default([]),
  limits: limitsSchema.default({}),
});

/** What every kind of source may say. */
export const sourceSchema = z.object({
  environment: z.string().min(1).default('prod'),
  optional: z.boolean().default(false),
  minParsed: z.number().min(0).max(1).default(0.9),
});

/**
 * Reads `landscape.yaml`.
 * @param kinds the kinds of source there are, by which an entry is recognised
 * @throws ConfigError naming every problem with file, line and remedy; InputError if it is no YAML
 */
export function parseConfig(text: string, file: string, kinds: readonly string[]): Config {
  const yaml = parseYaml(text, file);
  const parsed = parseOptions(writtenSchema, yaml.value ?? {}, (...path) => yaml.placeOf(path));
  const isEmpty = parsed.sources.length === 0 && parsed.systems.length === 0;
  if (isEmpty && parsed.registry === undefined) {
    throw new ConfigError(
      `${formatPlace(yaml.placeOf(['sources']))}: names no source, so there is nothing to read; add one under "sources:", for example "- inventory: systems.csv".`,
    );
  }
  const plan = parseOptions(toPlanSchema(isoDate), parsed.plan, (...path) =>
    yaml.placeOf(['plan', ...path]),
  );
  return {
    file,
    name: parsed.name ?? 'Landscape',
    asOf: parsed.asOf,
    scope: parsed.scope,
    registry: parsed.registry,
    baseline: parsed.baseline,
    sources: parsed.sources.map((entry, index) => readSource(entry, index, yaml, kinds)),
    systems: parsed.systems.map((fields, index) => ({
      fields,
      place: yaml.placeOf(['systems', index]),
    })),
    aliases: Object.entries(parsed.aliases).map(([pattern, system]) => ({
      pattern,
      system,
      place: yaml.placeOf(['aliases', pattern]),
    })),
    naming: toNaming(parsed.naming),
    extends: parsed.extends,
    rules: parsed.rules,
    overrides: parsed.overrides.map((entry, index) =>
      parseOptions(overrideSchema, entry, (...path) => yaml.placeOf(['overrides', index, ...path])),
    ),
    showPeople: parsed.showPeople,
    people: parsed.people,
    incidents: parsed.incidents,
    templates: parsed.templates,
    freshness: toFreshnessConfig(
      parseOptions(freshnessSchema, parsed.freshness, (...path) =>
        yaml.placeOf(['freshness', ...path]),
      ),
    ),
    costs: toCosts(
      parseOptions(costsSchema, parsed.costs, (...path) => yaml.placeOf(['costs', ...path])),
    ),
    plan: toPlanSettings(plan),
    hold: plan.hold,
    policies: parsed.policies,
    limits: parsed.limits,
    placeOf: (...path) => yaml.placeOf(path),
  };
}

/**
 * Validates options against a strict schema.
 * @param placeOf where a key is written
 * @throws ConfigError with every problem, its place and what was expected
 */
export function parseOptions<T extends z.ZodType>(
  schema: T,
  value: unknown,
  placeOf: (...path: (string | number)[]) => Place,
): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new ConfigError(describeIssues(result.error.issues, schema, placeOf).join('\n'));
}

function describeIssues(
  issues: readonly z.core.$ZodIssue[],
  schema: z.ZodType,
  placeOf: (...path: (string | number)[]) => Place,
): string[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code === 'unrecognized_keys') {
      const known = listKnownKeys(schema, path);
      return issue.keys.map((key) => {
        const hint =
          didYouMean(key, known) || (known.length > 0 ? ` Known keys: ${known.join(', ')}.` : '');
        return `${formatPlace(placeOf(...path, key))}: unknown key "${key}".${hint}`;
      });
    }
    const name = path.length > 0 ? `"${path.join('.')}": ` : '';
    return [
      `${formatPlace(placeOf(...path))}: ${name}${issue.message.replace(/^Invalid input: /, '')}.`,
    ];
  });
}

function readSource(
  entry: Readonly<Record<string, unknown>>,
  index: number,
  yaml: YamlDocument,
  kinds: readonly string[],
): Source {
  const placeOf = (...path: readonly (string | number)[]): Place =>
    yaml.placeOf(['sources', index, ...path]);
  const keys = Object.keys(entry);
  const [kind, second] = keys.filter((key) => kinds.includes(key));
  if (!kind) {
    const unknown = keys.find((key) => !(key in sourceSchema.shape)) ?? '';
    throw new ConfigError(
      `${formatPlace(placeOf(unknown))}: "${unknown}" is no kind of source.${didYouMean(unknown, kinds) || ` Known kinds: ${kinds.join(', ')}.`}`,
    );
  }
  if (second) {
    throw new ConfigError(
      `${formatPlace(placeOf(second))}: one entry holds two kinds of source, "${kind}" and "${second}"; write two entries.`,
    );
  }
  const { [kind]: patterns, environment, optional, minParsed, ...options } = entry;
  const shared = parseOptions(
    sourceSchema,
    JSON.parse(JSON.stringify({ environment, optional, minParsed })),
    placeOf,
  );
  return {
    ...shared,
    kind,
    patterns: parseOptions(
      z.union(
        [
          z
            .string()
            .min(1)
            .transform((pattern) => [pattern]),
          z.array(z.string().min(1)).min(1),
        ],
        'expected a path or glob, or a list of them',
      ),
      patterns,
      () => placeOf(kind),
    ),
    options,
    place: placeOf(),
    placeOf,
  };
}

/** Whether a text is a calendar date, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
