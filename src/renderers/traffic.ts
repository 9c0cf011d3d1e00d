import type { LinkTraffic } from '../landscape.ts';
import { formatCount, plural } from './wording.ts';

/** What logs show of a link, in one sentence. */
export function describeTraffic(traffic: LinkTraffic): string {
  const { calls, errors, serverErrors, callsPerDay, p50Ms, p95Ms, p99Ms } = traffic;
  const failed =
    errors === 0
      ? 'no errors'
      : `${plural(errors, 'error')} (${formatCount(serverErrors)} of the server)`;
  return [
    `${plural(calls, 'call')}, ${failed}`,
    ...(callsPerDay === undefined ? [] : [`${formatCount(callsPerDay)} a day`]),
    ...(p50Ms === undefined ? [] : [`p50 ${p50Ms} ms, p95 ${p95Ms} ms, p99 ${p99Ms} ms`]),
    ...(traffic.firstSeen === undefined
      ? []
      : [`${traffic.firstSeen.slice(0, 10)} to ${traffic.lastSeen?.slice(0, 10)}`]),
  ].join('; ');
}

const shownRoutes = 3;

/** The busiest routes of a link with their calls; undefined where the log has no paths. */
export function listRoutes({ routes, routeCount }: LinkTraffic): string | undefined {
  if (routes.length === 0) return undefined;
  const shown = routes.slice(0, shownRoutes);
  const more = routeCount - shown.length;
  return [
    ...shown.map(({ route, calls }) => `${route} (${plural(calls, 'call')})`),
    ...(more > 0 ? [`${plural(more, 'more route')}`] : []),
  ].join(', ');
}
