import type { Link, LinkTraffic } from '../../landscape.ts';
import { sortBy } from '../../order.ts';

/** A link that a gateway log shows. */
export type SeenLink = Link & { readonly traffic: LinkTraffic };

/** The links that gateway logs show, the busiest first. */
export function listSeenLinks(links: readonly Link[]): readonly SeenLink[] {
  return sortBy(
    links.filter((link): link is SeenLink => (link.traffic?.calls ?? 0) > 0),
    ({ traffic }) => -traffic.calls,
    ({ key }) => key,
  );
}

/** The share of the calls of a link that failed, from 0 to 1. */
export function shareFailed({ calls, errors }: LinkTraffic): number {
  return calls === 0 ? 0 : errors / calls;
}
