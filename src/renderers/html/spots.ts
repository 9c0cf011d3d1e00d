import { sortBy } from '../../order.ts';
import { plural } from '../wording.ts';
import type { Context } from './context.ts';

/** A system that the picture names as one of the worst, and why. */
export interface Spot {
  readonly system: string;
  readonly reason: string;
}

/**
 * The three worst systems: first by links that nobody registered, then by a missing owner, then by
 * links that nobody saw, then by how connected they are. A system without any of these is no spot.
 */
export function findSpots(context: Context): Spot[] {
  const rank = new Map(context.systems.map(({ id }, index) => [id, index]));
  const judged = context.systems.map((system) => {
    const own = context.links.filter(({ from, to }) => from === system.id || to === system.id);
    const count = (...wanted: readonly string[]): number =>
      own.filter((link) => wanted.includes(context.standingOf(link))).length;
    const unregistered = count('unregistered', 'shadow');
    const unobserved = count('unobserved');
    const reasons = [
      unregistered > 0 ? plural(unregistered, 'unregistered link') : '',
      system.owner ? '' : 'no owner',
      unobserved > 0 && unregistered === 0 ? plural(unobserved, 'unobserved link') : '',
    ].filter(Boolean);
    const direct = own.filter(({ pointToPoint }) => pointToPoint).length;
    return {
      system: system.id,
      reason: reasons.length > 0 ? reasons.join(', ') : `${plural(direct, 'point-to-point link')}`,
      score: unregistered * 3 + (system.owner ? 0 : 4) + unobserved * 2 + (direct > 2 ? 1 : 0),
    };
  });
  return sortBy(
    judged.filter(({ score }) => score > 0),
    ({ score }) => -score,
    ({ system }) => rank.get(system) ?? 0,
  )
    .slice(0, 3)
    .map(({ system, reason }) => ({ system, reason }));
}
