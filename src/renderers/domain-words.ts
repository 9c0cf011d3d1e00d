import type { DomainCoupling, DomainFlow } from '../analyzers/domain-coupling.ts';
import { formatCount, formatPercent } from './wording.ts';

/** The name of a domain in reports. */
export function nameDomain(domain: string | null): string {
  return domain ?? 'no domain';
}

/** How much crosses borders of domains, in one sentence; empty where there are fewer than two. */
export function tellDomains({ within, flows }: DomainCoupling): string {
  if (within.filter(({ domain }) => domain !== null).length < 2) return '';
  const all = count(flows);
  if (all === 0) return 'No link joins or leaves a domain';
  const crossing = flows.filter(({ from, to }) => from !== to);
  const [busiest] = [...crossing].sort((a, b) => b.links - a.links);
  if (!busiest) return 'No link crosses the border of a domain';
  return `${formatCount(count(crossing))} of ${formatCount(all)} links (${formatPercent(count(crossing) / all)}) cross the border of a domain, ${formatCount(busiest.links)} of them from ${nameDomain(busiest.from)} to ${nameDomain(busiest.to)}`;
}

function count(flows: readonly DomainFlow[]): number {
  return flows.reduce((sum, { links }) => sum + links, 0);
}
