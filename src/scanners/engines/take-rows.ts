import { digestOfKey, labelOfDigest } from '../gateway/key-digest.ts';
import { type CallerRules, toCallerRules } from '../gateway/traffic/caller-rules.ts';
import { judgeAgent, productOf } from '../gateway/traffic/known-agents.ts';
import type { Caller, CallMerger } from '../gateway/traffic/merge-calls.ts';
import { cutTemplate } from '../gateway/traffic/route-template.ts';
import type { CallRow } from './read-row.ts';

/** What rows counted that is no call of anyone. */
export interface RowTotals {
  rows: number;
  other: number;
  healthChecks: number;
  answeredItself: number;
  first: number;
  last: number;
}

/** How rows are taken. */
export interface Taking {
  readonly callers: Readonly<Record<string, string>>;
  /** Whether the table names the upstream of a call: without one the gateway answered itself. */
  readonly namesUpstream: boolean;
  /** How evidence names the table or file. */
  readonly origin: string;
}

/** Opens what adds rows to a merger, one after the other, and counts what they hold besides. */
export function openTaking<Callee extends object>(
  merger: CallMerger<Callee>,
  taking: Taking,
): { readonly totals: Readonly<RowTotals>; take(row: CallRow, line: number): void } {
  const rules = toRules(taking.callers);
  const totals: RowTotals = {
    rows: 0,
    other: 0,
    healthChecks: 0,
    answeredItself: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  };
  return {
    totals,
    take(row, line) {
      totals.rows += row.calls;
      if (row.outcome === 'other') {
        totals.other += row.calls;
        return;
      }
      totals.first = Math.min(totals.first, row.first_ms ?? Number.POSITIVE_INFINITY);
      totals.last = Math.max(totals.last, row.last_ms ?? Number.NEGATIVE_INFINITY);
      if (row.outcome === 'no call') return;
      const caller = toCaller(row, rules);
      if (caller === 'health-check') totals.healthChecks += row.calls;
      else if (row.callee === '' && taking.namesUpstream) totals.answeredItself += row.calls;
      else
        merger.addCounted({
          caller,
          called: {
            name: row.callee,
            isUpstream: row.callee_kind === 'upstream',
            host: row.host,
            template: cutTemplate(row.template),
            path: row.path,
          },
          figures: [
            row.calls,
            row.client_errors,
            row.server_errors,
            row.reads,
            row.writes,
            row.bytes,
            row.first_ms ?? Number.POSITIVE_INFINITY,
            row.last_ms ?? Number.NEGATIVE_INFINITY,
          ],
          latency: row.durations,
          file: taking.origin,
          line,
        });
    },
  };
}

/** Keys leave an engine as digests, so a rule that names one whole is known by that of it. */
function toRules(callers: Readonly<Record<string, string>>): CallerRules {
  const rules = toCallerRules(callers);
  const digests = new Map(
    Object.entries(callers).map(([key, system]) => [digestOfKey(key), system]),
  );
  return { ...rules, identity: (text) => rules.identity(text) ?? digests.get(text) };
}

/** Who called, most telling first: an identity, an agent or address that a rule maps, an address. */
function toCaller(row: CallRow, rules: CallerRules): Caller | 'health-check' {
  if (row.caller_kind !== '' && row.caller_kind !== 'address') {
    const value = row.caller_kind === 'api-key' ? labelOfDigest(row.caller) : row.caller;
    const system = rules.identity(value);
    if (system !== undefined) return { kind: 'system', value: system };
    if (row.caller_kind === 'certificate') return { kind: 'certificate', value };
    return { kind: row.caller_kind === 'api-key' ? 'key' : 'identity', value };
  }
  const said = row.agent === '' ? undefined : rules.agent(row.agent);
  if (said !== undefined) return { kind: 'system', value: said };
  const product = productOf(row.agent);
  const judged = judgeAgent(product);
  if (judged === 'health-check') return judged;
  // IPv4 in the clothes of IPv6, as a column of that type has it.
  const address = row.caller.replace(/^::ffff:(?=\d{1,3}(?:\.\d{1,3}){3}$)/i, '');
  const system = address === '' ? undefined : rules.address(address);
  if (system !== undefined) return { kind: 'system', value: system };
  const named = judged === 'name' ? product : undefined;
  if (address === '')
    return named === undefined ? { kind: 'unknown' } : { kind: 'identity', value: named };
  return { kind: 'address', value: address, ...(named === undefined ? {} : { product: named }) };
}
