import type { Evidence, JobEvidence, Reference } from '../evidence.ts';
import type { Schedule } from '../schedule.ts';

/**
 * Leaves out what a folder of scripts tells about jobs that a source of their own describes: that one
 * knows the host and the zone of its clock.
 */
export function dropRetold(evidence: readonly Evidence[]): readonly Evidence[] {
  const told = new Set<string>();
  for (const item of evidence)
    if (item.kind === 'job' && item.scanner !== 'scripts') told.add(item.id);
  if (told.size === 0) return evidence;
  const isTold = (end: Reference): boolean => end.kind === 'code' && told.has(end.value);
  return evidence.filter((item) => {
    if (item.scanner !== 'scripts') return true;
    switch (item.kind) {
      case 'job':
        return !told.has(item.id);
      case 'calls-script':
        return !told.has(item.caller);
      case 'safeguard':
        return !told.has(item.code);
      case 'ownership':
        return !told.has(item.script);
      case 'connection':
        return !isTold(item.from) && !isTold(item.to);
      case 'unresolved':
        return !isTold(item.connection.from) && !isTold(item.connection.to);
      default:
        return true;
    }
  });
}

/** When jobs run that only follow others: at the times of those, through any number of jobs. */
export function followJobs(
  evidence: readonly Evidence[],
): ReadonlyMap<string, readonly Schedule[]> {
  const jobs = evidence.filter(
    (item): item is JobEvidence => item.kind === 'job' && !item.disabled,
  );
  const timed = new Set(jobs.flatMap(({ id, schedules }) => (schedules.length > 0 ? [id] : [])));
  const followers = new Map<string, string[]>();
  for (const { id, after = [] } of jobs) {
    if (timed.has(id)) continue;
    for (const other of after) {
      const known = followers.get(other) ?? [];
      known.push(id);
      followers.set(other, known);
    }
  }
  const found = new Map<string, Schedule[]>();
  if (followers.size === 0) return found;
  for (const { id: first, schedules } of jobs) {
    if (schedules.length === 0) continue;
    const seen = new Set([first]);
    // A set grows while it is walked, and each job is in it once.
    for (const id of seen)
      for (const follower of followers.get(id) ?? []) {
        if (seen.has(follower)) continue;
        seen.add(follower);
        found.set(follower, [...(found.get(follower) ?? []), ...schedules]);
      }
  }
  return found;
}
