import { z } from 'zod';
import { isDate } from '../config.ts';
import type { Provenance } from '../evidence/relocate.ts';
import { evidenceSchema, originSchema } from '../evidence/schema.ts';
import { count, strict, text } from '../evidence/strict.ts';
import type { ConnectionEvidence, Evidence, Origin, SystemEvidence } from '../evidence.ts';
import type { BaselineEntry } from '../finding.ts';
import { type BundledGate, bundledGateSchema } from './bundled-gate.ts';

/** The version of the format. A reader refuses newer ones. */
export const bundleVersion = 2;

/** An alias of the registry's own configuration, and where it is written. */
export interface BundledAlias {
  readonly pattern: string;
  readonly system: string;
  readonly origin: Origin;
}

/** A severity that the registry's configuration sets, and where it is written. */
export interface BundledRule {
  readonly rule: string;
  readonly severity: string;
  readonly origin: Origin;
}

/** A registry as one file: what the other repositories of a landscape are checked against. */
export interface Bundle extends Provenance {
  readonly format: 'landscape-bundle';
  readonly version: number;
  /** The version of landscape that wrote it. */
  readonly tool: string;
  readonly systems: readonly SystemEvidence[];
  readonly links: readonly ConnectionEvidence[];
  readonly aliases: readonly BundledAlias[];
  readonly rules: readonly BundledRule[];
  /** Findings that are accepted for now, by fingerprint. */
  readonly accepted: readonly BundledAcceptance[];
  /** Policies, limits, overrides and naming; absent in version 1. */
  readonly gate?: BundledGate;
}

/** A finding that the registry's baseline accepts for a time, here as well as there. */
export type BundledAcceptance = Omit<BaselineEntry, 'message' | 'isForeign' | 'isComment'>;

const date = z.string().refine(isDate, 'is no date');

const system = evidenceSchema.refine(
  (item) => item.kind === 'system' && item.witness === 'declared',
  'is no row of a system',
) as unknown as z.ZodType<SystemEvidence>;

const link = evidenceSchema.refine(
  (item) => item.kind === 'connection' && item.declared !== undefined,
  'is no row of a link',
) as unknown as z.ZodType<ConnectionEvidence>;

/** A bundle as it lies in a file. */
export const bundleSchema = strict<Bundle>({
  format: z.literal('landscape-bundle'),
  version: count,
  tool: text,
  name: text,
  repository: z.exactOptional(text),
  commit: z.exactOptional(z.string().regex(/^[0-9a-f]{7,64}$/)),
  systems: z.array(system),
  links: z.array(link),
  aliases: z.array(strict<BundledAlias>({ pattern: text, system: text, origin: originSchema })),
  rules: z.array(
    strict<BundledRule>({
      rule: text,
      severity: z.enum(['error', 'warn', 'info', 'off']),
      origin: originSchema,
    }),
  ),
  accepted: z.array(
    strict<BundledAcceptance>({
      fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
      rule: text,
      subject: text,
      owner: text,
      reason: text,
      acceptedOn: date,
      expires: date,
      figure: z.exactOptional(z.number().min(0)),
      origin: originSchema,
    }),
  ),
  gate: z.exactOptional(bundledGateSchema),
});

/** Whether a piece of evidence is a row of a registry or model. */
export function isRow(item: Evidence): item is SystemEvidence | ConnectionEvidence {
  if (item.witness !== 'declared') return false;
  return item.kind === 'system' || (item.kind === 'connection' && item.declared !== undefined);
}
