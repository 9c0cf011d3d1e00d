import type { Origin } from '../evidence.ts';
import type { LinkPattern, SystemPattern } from './patterns.ts';

/** A rule of the house, as the configuration says it: one of the three demands. */
export interface Policy {
  readonly name: string;
  readonly reason: string;
  /** Where it is written. */
  readonly origin: Origin;
  readonly forbid?: Forbidden | undefined;
  readonly allowOnly?: Allowed | undefined;
  readonly require?: Required | undefined;
}

/** No link from these systems to those; with `reachable` no data either, over any number of links. */
interface Forbidden extends LinkPattern {
  readonly from?: SystemPattern | undefined;
  readonly to?: SystemPattern | undefined;
  readonly reachable?: true | undefined;
}

/** These systems exchange data with those alone, and so alone. */
interface Allowed extends LinkPattern {
  readonly of: SystemPattern;
  readonly with?: SystemPattern | undefined;
}

/** Each of these systems sends data to one of those, or receives it. */
interface Required extends LinkPattern {
  readonly every: SystemPattern;
  readonly sendsTo?: SystemPattern | undefined;
  readonly receivesFrom?: SystemPattern | undefined;
  readonly reachable?: true | undefined;
}

/** The policies of one sort, each with its demand. */
export function selectPolicies<K extends 'forbid' | 'allowOnly' | 'require'>(
  policies: readonly Policy[],
  kind: K,
): { readonly policy: Policy; readonly demand: NonNullable<Policy[K]> }[] {
  return policies.flatMap((policy) => {
    const demand = policy[kind];
    return demand ? [{ policy, demand }] : [];
  });
}

/** The reason as a sentence of its own. */
export function tellReason({ reason }: Policy): string {
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
