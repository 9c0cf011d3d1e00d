import type { Landscape, Link } from '../../landscape.ts';
import { listDirect } from '../direct-links.ts';
import { isUnheard } from './jobs.ts';

/**
 * Hours a year that each link takes as it is. All point-to-point links take the given hours on
 * average; one that is built several times, carries several objects or runs unheard takes more than
 * its share, the others less. What incidents took comes on top.
 * @param hours of a link on average
 */
export function weighLinks(
  landscape: Landscape,
  hours: number,
  incidentHours: ReadonlyMap<string, number>,
): (link: Link) => number {
  const direct = listDirect(landscape);
  const total = direct.reduce((sum, link) => sum + weigh(link), 0);
  const unit = total === 0 ? hours : (hours * direct.length) / total;
  return (link) => weigh(link) * unit + (incidentHours.get(link.key) ?? 0);
}

function weigh(link: Link): number {
  const deliveries = link.implementations.filter(({ delivers }) => delivers).length;
  return (
    1 +
    // Each rebuilt copy is half as much again: what is learnt of one helps with the others.
    0.5 * Math.min(4, Math.max(0, deliveries - 1)) +
    0.1 * Math.min(4, Math.max(0, link.objects.length - 1)) +
    (isUnheard(link) ? 0.25 : 0)
  );
}
