import { bucketOf, type LatencySketch } from '../../latency.ts';
import type { CallPlace, Party, SeenCalls } from './call.ts';

/** All calls of one caller to one callee, or all messages of a service by one topic. */
export interface CallTotal {
  readonly caller: Party;
  readonly callee: Party;
  readonly kind: 'request' | 'publish' | 'consume';
  readonly protocol: string;
  readonly topic: string | undefined;
  readonly environment: string | undefined;
  readonly operation: string;
  calls: number;
  errors: number;
  serverErrors: number;
  bytes: number;
  reads: number;
  writes: number;
  firstMs: number;
  lastMs: number;
  readonly latency: Map<number, number>;
  readonly routes: Map<string, { calls: number; errors: number }>;
  /** Where it was first seen. */
  readonly place: CallPlace;
}

const mostTotals = 50_000;
const mostRoutes = 200;

/** Adds up calls in bounded memory. */
export class CallTable {
  /** Calls that were counted for no pair, for there are too many. */
  folded = 0;
  readonly #totals = new Map<string, CallTotal>();
  readonly #names = new Map<string, string>();

  add(seen: SeenCalls): void {
    const kind = seen.way === 'publish' || seen.way === 'consume' ? seen.way : 'request';
    const operation = kind === 'request' ? '' : (seen.operation ?? '');
    const key = [
      this.#nameOf(seen.caller),
      this.#nameOf(seen.callee),
      kind,
      seen.protocol,
      seen.topic ?? '',
      seen.environment ?? '',
      operation,
    ].join('\u0000');
    let total = this.#totals.get(key);
    if (!total) {
      if (this.#totals.size >= mostTotals) {
        this.folded += seen.calls;
        return;
      }
      total = {
        caller: seen.caller,
        callee: seen.callee,
        kind,
        protocol: seen.protocol,
        topic: seen.topic?.slice(0, 300),
        environment: seen.environment,
        operation,
        calls: 0,
        errors: 0,
        serverErrors: 0,
        bytes: 0,
        reads: 0,
        writes: 0,
        firstMs: Number.POSITIVE_INFINITY,
        lastMs: Number.NEGATIVE_INFINITY,
        latency: new Map(),
        routes: new Map(),
        place: seen.place,
      };
      this.#totals.set(key, total);
    }
    addTo(total, seen);
  }

  /** Messages are told when they are received and when they are processed: the larger count holds. */
  totals(): readonly CallTotal[] {
    const largest = new Map<string, CallTotal>();
    for (const [key, total] of this.#totals) {
      const plain = key.slice(0, key.lastIndexOf('\u0000'));
      const known = largest.get(plain);
      if (!known || total.calls > known.calls) largest.set(plain, total);
    }
    return [...largest.values()];
  }

  #nameOf(party: Party): string {
    const text = Object.values(party).join('\u0001');
    const known = this.#names.get(text);
    if (known !== undefined) return known;
    const name = String(this.#names.size);
    if (this.#names.size < 4 * mostTotals) this.#names.set(text, name);
    return name;
  }
}

function addTo(total: CallTotal, seen: SeenCalls): void {
  total.calls += seen.calls;
  total.errors += seen.errors;
  total.serverErrors += seen.serverErrors;
  total.bytes += seen.bytes ?? 0;
  if (seen.way === 'read') total.reads += 1;
  if (seen.way === 'write') total.writes += 1;
  if (seen.firstMs !== undefined) total.firstMs = Math.min(total.firstMs, seen.firstMs);
  if (seen.lastMs !== undefined) total.lastMs = Math.max(total.lastMs, seen.lastMs);
  if (seen.durationUs !== undefined && seen.durationUs >= 0) {
    const bucket = bucketOf(Math.round(seen.durationUs));
    total.latency.set(bucket, (total.latency.get(bucket) ?? 0) + 1);
  }
  if (seen.route !== undefined) {
    const known = total.routes.get(seen.route);
    if (known) {
      known.calls += seen.calls;
      known.errors += seen.errors;
    } else if (total.routes.size < mostRoutes)
      total.routes.set(seen.route, { calls: seen.calls, errors: seen.errors });
  }
}

/** The durations of a total in the form that others add up. */
export function toSketch({ latency }: CallTotal): LatencySketch {
  return [...latency].sort(([a], [b]) => a - b);
}
