import type { Landscape, Link } from '../landscape.ts';
import type { Schedule } from '../schedule.ts';
import type { LinkClass } from '../vocabulary.ts';
import { longestGapDays } from './schedule-period.ts';

/** What the witnesses of a link come to. */
export interface Observation {
  /** The key of the link. */
  readonly link: string;
  readonly name: LinkClass;
  /**
   * Days of logs without it that make a zombie of it, where it is declared alone and would have been
   * seen; absent where its schedule is in words that nobody can follow.
   */
  readonly zombieAfterDays?: number;
}

/** A year, and the weeks by which a yearly run may be late. */
const leastDays = 400;

/**
 * Names the class of each link. One that is declared alone is a zombie if logs that would have shown
 * it cover the longer of 400 days and twice the longest time between two of its runs.
 */
export function nameClasses({ links }: Landscape): Observation[] {
  const known = new Map<string, number | undefined>();
  const gapOf = (schedule: Schedule): number | undefined => {
    const key = JSON.stringify(schedule);
    if (!known.has(key)) known.set(key, longestGapDays(schedule));
    return known.get(key);
  };
  return links.map((link) => {
    const { key, window, schedules } = link;
    const name = nameClass(link);
    const after = name === 'unobserved' ? zombieAfter(schedules.map(gapOf)) : undefined;
    const isZombie = after !== undefined && window !== undefined && window.days >= after;
    return {
      link: key,
      name: isZombie ? 'zombie' : name,
      ...(after === undefined ? {} : { zombieAfterDays: after }),
    };
  });
}

function zombieAfter(gaps: readonly (number | undefined)[]): number | undefined {
  const days = gaps.flatMap((gap) => (gap === undefined ? [] : [Math.ceil(gap * 2)]));
  return days.length < gaps.length ? undefined : Math.max(leastDays, ...days);
}

function nameClass(link: Link): LinkClass {
  const [coded, observed] = [link.class.includes('coded'), link.class.includes('observed')];
  if (link.class.includes('declared')) {
    if (coded) return observed ? 'confirmed' : 'implemented';
    if (observed) return 'in-use';
    return link.observable === 'yes' ? 'unobserved' : 'attested';
  }
  if (coded) return observed ? 'unlisted' : 'undeclared';
  return 'shadow';
}
