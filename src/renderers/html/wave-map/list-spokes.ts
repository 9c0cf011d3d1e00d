import { sortBy } from '../../../order.ts';
import type { Platform } from '../../../vocabulary.ts';
import type { LinkCourse } from './follow-links.ts';

/** The connection of a system to a platform, once however many of its links pass it. */
export interface Spoke {
  readonly system: string;
  readonly platform: Platform;
  /** The first and the last step at which it is there. */
  readonly from: number;
  readonly until: number;
}

/** From which step to which each system is connected to each platform. */
export function listSpokes(courses: readonly LinkCourse[], last: number): Spoke[] {
  const spokes = new Map<string, Spoke>();
  const add = (system: string, platform: Platform, from: number, until: number): void => {
    const key = JSON.stringify([system, platform]);
    const known = spokes.get(key);
    spokes.set(key, {
      system,
      platform,
      from: Math.min(from, known?.from ?? from),
      until: Math.max(until, known?.until ?? until),
    });
  };
  for (const { from, to, before, after, step } of courses)
    for (const system of [from, to]) {
      if (before !== null) add(system, before, 0, before === after ? last : (step ?? last + 1) - 1);
      if (after !== null && after !== 'retired' && after !== before)
        add(system, after, step ?? 0, last);
    }
  return sortBy(
    spokes.values(),
    ({ from }) => from,
    ({ until }) => until,
    ({ system }) => system,
    ({ platform }) => platform,
  );
}
