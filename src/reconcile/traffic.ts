import type { MeshSide, RouteTraffic, Traffic } from '../evidence.ts';
import type { LinkTraffic } from '../landscape.ts';
import { mergeSketches, percentileMs } from '../latency.ts';
import { earlier, groupBy, later, sortBy } from '../order.ts';

const shownRoutes = 20;
const day = 24 * 60 * 60 * 1000;

/** Adds up what several logs show of one link; undefined where none shows it. */
export function addTraffic(parts: readonly Traffic[]): LinkTraffic | undefined {
  if (parts.length === 0) return undefined;
  const distinct = withoutDoubles(parts);
  const sum = (figure: (part: Traffic) => number): number =>
    distinct.reduce((total, part) => total + figure(part), 0);
  const calls = sum((part) => part.calls);
  const firstSeen = parts.flatMap((part) => part.firstSeen ?? []).reduce(least, undefined);
  const lastSeen = parts.flatMap((part) => part.lastSeen ?? []).reduce(most, undefined);
  const latency = mergeSketches(distinct.map((part) => part.latency));
  const routes = addRoutes(distinct.flatMap((part) => part.routes));
  const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((share) => percentileMs(latency, share));
  return {
    calls,
    errors: sum((part) => part.errors),
    serverErrors: sum((part) => part.serverErrors),
    bytes: sum((part) => part.bytes),
    ...(firstSeen === undefined || lastSeen === undefined
      ? {}
      : { firstSeen, lastSeen, callsPerDay: perDay(calls, firstSeen, lastSeen) }),
    ...(p50Ms === undefined ? {} : { p50Ms }),
    ...(p95Ms === undefined ? {} : { p95Ms }),
    ...(p99Ms === undefined ? {} : { p99Ms }),
    routes: routes.slice(0, shownRoutes),
    routeCount: routes.length,
  };
}

/**
 * In a mesh both sides of a call log it. What the called side saw of the same request ids as the
 * calling side is left out. The ids are a sample of the lowest digests (KMV; Beyer et al. 2007):
 * exact up to the size of the sample, beyond it within a few per cent.
 */
function withoutDoubles(parts: readonly Traffic[]): readonly Traffic[] {
  const sides = parts.flatMap(({ side }) => side ?? []);
  // Above the highest digest of a part that was cut, nothing is known of it.
  const limit = sides
    .filter(({ isComplete }) => !isComplete)
    .reduce((lowest, { requests }) => Math.min(lowest, requests.at(-1) ?? 0), Infinity);
  const seenBy = (of: MeshSide['of']): Set<number> =>
    new Set(
      sides
        .filter((side) => side.of === of)
        .flatMap(({ requests }) => requests.filter((digest) => digest <= limit)),
    );
  const caller = seenBy('caller');
  const callee = [...seenBy('callee')];
  if (caller.size === 0 || callee.length === 0) return parts;
  const share = callee.filter((digest) => !caller.has(digest)).length / callee.length;
  return parts.map((part) => (part.side?.of === 'callee' ? scale(part, share) : part));
}

function scale(part: Traffic, share: number): Traffic {
  const scaled = (count: number): number => Math.round(count * share);
  return {
    ...part,
    calls: scaled(part.calls),
    errors: scaled(part.errors),
    serverErrors: scaled(part.serverErrors),
    bytes: scaled(part.bytes),
    latency: part.latency.map(([bucket, count]) => [bucket, scaled(count)] as const),
    routes: part.routes.map(({ route, calls, errors }) => ({
      route,
      calls: scaled(calls),
      errors: scaled(errors),
    })),
  };
}

function addRoutes(routes: readonly RouteTraffic[]): RouteTraffic[] {
  const added = [...groupBy(routes, ({ route }) => route)].map(([route, same]) => ({
    route,
    calls: same.reduce((total, { calls }) => total + calls, 0),
    errors: same.reduce((total, { errors }) => total + errors, 0),
  }));
  return sortBy(
    added.filter(({ calls }) => calls > 0),
    ({ calls }) => -calls,
    ({ route }) => route,
  );
}

function perDay(calls: number, first: string, last: string): number {
  const days = Math.max(1, (Date.parse(last) - Date.parse(first)) / day);
  return Number((calls / days).toPrecision(3));
}

function least(first: string | undefined, time: string): string {
  return first === undefined ? time : earlier(time, first);
}

function most(last: string | undefined, time: string): string {
  return last === undefined ? time : later(time, last);
}
