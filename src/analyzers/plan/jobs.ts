import type { Link } from '../../landscape.ts';

/** Whether a link is known to be run by somebody's schedule, script or job. */
export function isJob({ schedules, implementations }: Link): boolean {
  return schedules.length > 0 || implementations.length > 0;
}

/** Whether a link is a job of which nobody hears when it fails. */
export function isUnheard(link: Link): boolean {
  const isHeard = link.safeguards.includes('monitoring') || link.safeguards.includes('alerting');
  return isJob(link) && !isHeard;
}
