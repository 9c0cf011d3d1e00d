import type { SafeguardProof } from '../landscape.ts';
import type { Precaution, Safeguard } from '../vocabulary.ts';

/** A job or script starts a script; both by id. */
export interface Call {
  readonly caller: string;
  readonly script: string;
  /** The script that runs it, such as one that takes a lock and then does what it is told. */
  readonly through?: string;
  /** It becomes part of its caller, as `. lib.sh` does. */
  readonly isSourced: boolean;
}

interface Guarded {
  readonly kind: 'script' | 'job';
  readonly safeguards: SafeguardProof[];
}

/** What a program that runs another one can do for it. */
const lent = new Set<Safeguard | Precaution>([
  'monitoring',
  'alerting',
  'retry',
  'traceability',
  'locking',
  'timeout',
]);

const mostProofs = 60;
const mostSteps = 200;

/**
 * Hands safeguards on along calls: a script has what the jobs and scripts that start it do for it, a
 * job has what its scripts do, and a script what it sources. Two scripts of one job share nothing.
 */
export function joinSafeguards(calls: readonly Call[], drafts: ReadonlyMap<string, Guarded>): void {
  const own = new Map([...drafts].map(([id, { safeguards }]) => [id, [...safeguards]]));
  if ([...own.values()].every((proofs) => proofs.length === 0)) return;
  const callers = new Map<string, string[]>();
  const scripts = new Map<string, string[]>();
  const sourced = new Map<string, string[]>();
  for (const { caller, script, through, isSourced } of calls) {
    add(callers, script, caller);
    add(scripts, caller, script);
    if (isSourced) add(sourced, caller, script);
    if (through === undefined) continue;
    add(scripts, caller, through);
    const target = drafts.get(script);
    if (target)
      addProofs(
        target.safeguards,
        (own.get(through) ?? []).filter(
          ({ safeguard, effect }) => effect === 'provides' && lent.has(safeguard),
        ),
      );
  }
  for (const [id, draft] of drafts) {
    const down = draft.kind === 'job' ? scripts : sourced;
    for (const found of [...reach(id, callers), ...reach(id, down)])
      addProofs(draft.safeguards, own.get(found) ?? []);
  }
}

function add(table: Map<string, string[]>, key: string, value: string): void {
  const known = table.get(key);
  if (known) known.push(value);
  else table.set(key, [value]);
}

function addProofs(proofs: SafeguardProof[], more: readonly SafeguardProof[]): void {
  for (const proof of more)
    if (proofs.length < mostProofs && !proofs.includes(proof)) proofs.push(proof);
}

/** What can be reached from one on, without itself, nearest first. */
function reach(start: string, next: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set([start]);
  const queue = [start];
  for (let at = 0; at < queue.length && queue.length < mostSteps; at++)
    for (const found of next.get(queue[at] ?? '') ?? [])
      if (!seen.has(found)) {
        seen.add(found);
        queue.push(found);
      }
  return queue.slice(1);
}
