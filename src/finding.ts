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
  /** What is too much, where the rule is about a number: the higher, the worse. */
  readonly figure?: number;
  /** Survives moved lines and renamed files. */
  readonly fingerprint: string;
  /** What other rules say of the same new link; it is mended with it, and not counted by itself. */
  readonly also?: readonly Finding[];
  /** It is a loan: somebody answers for it until a day, and until then it is not counted. */
  readonly accepted?: Acceptance;
  /** A loan that is over, or for less than there is now: it counts again. */
  readonly lapsed?: Acceptance;
}

/** Who accepts a finding, why, and until when. Dates are `YYYY-MM-DD`. */
export interface Acceptance {
  /** A comment in the code may leave out who, and since when. */
  readonly owner?: string;
  readonly reason: string;
  readonly acceptedOn?: string;
  /** It is a comment in the code, and no entry of a baseline. */
  readonly isComment?: true;
  /** The last day on which it holds. */
  readonly expires: string;
  /** The number that was accepted; a higher one is not. */
  readonly figure?: number;
  /** Where it is written. */
  readonly origin: Origin;
}

/** An entry of a baseline: which finding is accepted. */
export interface BaselineEntry extends Acceptance {
  readonly owner: string;
  readonly acceptedOn: string;
  readonly fingerprint: string;
  readonly rule: string;
  /** What the finding is about, for people; only the fingerprint decides. */
  readonly subject: string;
  readonly message?: string;
  /** From the registry of another repository: what it accepts there need not be found here. */
  readonly isForeign?: true;
}

/** Every judgement: findings, and what hangs on them. */
export function listJudgements(findings: readonly Finding[]): Finding[] {
  return findings.flatMap((finding) => [finding, ...(finding.also ?? [])]);
}

/** A stable name for a finding: 16 hexadecimal digits over what it is about, never over a place. */
export function toFingerprint(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\u0000')).digest('hex').slice(0, 16);
}

/** How many days lie between two dates, `YYYY-MM-DD`; negative if the first is later. */
export function countDaysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
