import {
  type ConnectionEvidence,
  type Traffic,
  toSummary,
  toSystemReference,
} from '../../evidence.ts';
import { mergeSketches } from '../../latency.ts';
import { groupBy } from '../../order.ts';
import { redact } from '../../redact.ts';
import type { ScanContext } from '../scanner.ts';
import { type Callee, identityOf } from './callees.ts';
import { toCalling } from './calling.ts';
import type { CallGroup } from './traffic/merge-calls.ts';
import { sampleSize } from './traffic/request-samples.ts';

type Group = CallGroup<Callee>;

/** One connection for each caller and callee, in the order they were first seen. */
export function* toConnections(
  groups: Iterable<Group>,
  intermediary: string | undefined,
  context: ScanContext,
): Iterable<ConnectionEvidence> {
  const pairs = groupBy(groups, ({ caller, callee }) =>
    JSON.stringify([caller, identityOf(callee)]),
  );
  for (const pair of pairs.values()) {
    const connection = toConnection(pair, intermediary, context);
    if (connection) yield connection;
  }
}

function toConnection(
  pair: readonly Group[],
  intermediary: string | undefined,
  context: ScanContext,
): ConnectionEvidence | undefined {
  const [first] = pair as readonly [Group];
  const sum = (figure: (group: Group) => number): number =>
    pair.reduce((total, group) => total + figure(group), 0);
  const calls = sum((group) => group.calls);
  const { reference } = first.callee;
  if (!reference) {
    context.coverage.leaveOut('answered by the gateway itself', calls);
    return undefined;
  }
  const caller = toCalling(first.caller);
  const reads = sum((group) => group.reads);
  const writes = sum((group) => group.writes);
  const pulls = reads > 0 && writes === 0;
  const pushes = writes > 0 && reads === 0;
  const traffic = toTraffic(pair, calls, sum);
  return {
    kind: 'connection',
    scanner: 'gateway',
    witness: 'observed',
    environment: context.environment,
    confidence:
      caller.isMapped && first.callee.isMapped
        ? 1
        : caller.isMapped || first.callee.isMapped
          ? 0.8
          : 0.5,
    origin: { file: first.file, line: first.line, column: 1 },
    from: pulls ? reference : caller.reference,
    to: pulls ? caller.reference : reference,
    initiator: pulls ? 'to' : 'from',
    direction: pulls || pushes ? 'forward' : reads > 0 ? 'both' : 'unknown',
    protocol: 'http',
    style: 'request-reply',
    objects: [],
    via: intermediary ? [toSystemReference(intermediary)] : [],
    traffic,
    summary: toSummary(
      `${calls} calls, ${traffic.errors} errors: ${caller.label} to ${first.callee.id}`,
    ),
  };
}

function toTraffic(
  pair: readonly Group[],
  calls: number,
  sum: (figure: (group: Group) => number) => number,
): Traffic {
  const times = (moments: readonly (number | undefined)[]): number[] =>
    moments.filter((moment): moment is number => moment !== undefined);
  const firsts = times(pair.map(({ firstSeen }) => firstSeen));
  const lasts = times(pair.map(({ lastSeen }) => lastSeen));
  return {
    calls,
    errors: sum((group) => group.clientErrors + group.serverErrors),
    serverErrors: sum((group) => group.serverErrors),
    bytes: sum((group) => group.bytes),
    ...(firsts.length === 0
      ? {}
      : {
          firstSeen: toSecond(firsts.reduce((a, b) => Math.min(a, b))),
          lastSeen: toSecond(lasts.reduce((a, b) => Math.max(a, b))),
        }),
    ...toSide(pair),
    latency: mergeSketches(pair.map(({ latency }) => latency)),
    routes: pair
      .filter(({ route }) => route !== '')
      .map((group) => ({
        route: redact(group.route),
        calls: group.calls,
        errors: group.clientErrors + group.serverErrors,
      })),
  };
}

/** What tells the calls of this log from those of the other side's. */
function toSide(pair: readonly Group[]): Pick<Traffic, 'side'> {
  const of = pair[0]?.callee.side;
  if (of === undefined) return {};
  const all = [...new Set(pair.flatMap(({ requests }) => requests))].sort((a, b) => a - b);
  const isComplete = pair.every(({ requests }) => requests.length < sampleSize);
  return { side: { of, requests: isComplete ? all : all.slice(0, sampleSize), isComplete } };
}

function toSecond(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, 19)}Z`;
}
