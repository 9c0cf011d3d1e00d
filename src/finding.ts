import { createHash } from 'node:crypto';
import type { Origin } from './evidence.ts';

export const severities = ['error', 'warn', 'info', 'off'] as const;
export type Severity = (typeof severities)[number];

/** A judgement by a rule on a system, a link or a place. */
export interface Finding {
  readonly rule: string;
  readonly severity: Exclude<Severity, 'off'>;
  /** System id, link key, or what the finding is about. */
  readonly subject: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  readonly related: readonly string[];
  readonly evidence: readonly Origin[];
  /** Survives moved lines and renamed files. */
  readonly fingerprint: string;
}

/** A stable name for a finding: 16 hexadecimal digits over what it is about, never over a place. */
export function toFingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 16);
}
