import type { JobSafeguards } from '../../analyzers/safeguards.ts';
import { sortBy } from '../../order.ts';

/** Jobs that are open to most kinds of failure first, then those with the fewest safeguards. */
export function sortWorst(jobs: readonly JobSafeguards[]): readonly JobSafeguards[] {
  return sortBy(
    jobs,
    ({ failureModes }) => -failureModes.length,
    ({ safeguards }) => safeguards.filter(({ state }) => state === 'has').length,
    ({ id }) => id,
  );
}
