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
