import type { CriticalRun, Freshness } from '../../analyzers/freshness/model.ts';
import { sortBy } from '../../order.ts';
import type { ScheduleFacts } from './facts.ts';
import { openClock, tellWeekTime } from './local-time.ts';
import { tellLongHours } from './tell-age.ts';

/** The oldest first: by what is read after one failed run, then at rest; what is certain goes before. */
export function sortOldest(freshness: readonly Freshness[]): readonly Freshness[] {
  return sortBy(
    freshness,
    (one) => (one.certainty === 'declared' ? 0 : 1),
    (one) => -(ageAt(one, 'read', 1) ?? -1),
    (one) => -(ageAt(one, 'rest', 1) ?? -1),
    ({ criticalRuns }) => -(criticalRuns[0]?.hoursUnnoticed ?? -1),
    ({ consumer }) => consumer,
    ({ object }) => object,
    ({ origin }) => origin,
    ({ as }) => as ?? '',
  );
}

/** The worst age in hours with so many failed runs; null where nothing is known or nobody reads. */
export function ageAt(
  { worstAgeAtReadHours, worstAgeAtRestHours }: Freshness,
  when: 'read' | 'rest',
  failed: number,
): number | null {
  return (when === 'read' ? worstAgeAtReadHours : worstAgeAtRestHours)[failed] ?? null;
}

/** Nothing is ever old here: every change is told at once. */
export function isAlwaysFresh({ worstAgeAtRestHours, criticalRunCount }: Freshness): boolean {
  return criticalRunCount === 0 && worstAgeAtRestHours.every((age) => age === 0);
}

/** What failed runs do, in the words of people; what makes the oldest data old goes first. */
export function listSentences({ freshness, schedules }: ScheduleFacts, most: number): string[] {
  const worst = findOldest(freshness);
  const sentences = sortBy(schedules.failedRuns, ({ link, run }) =>
    worst?.criticalRuns.some((critical) => critical.link === link && critical.run === run) ? 0 : 1,
  ).map(({ sentence }) => sentence);
  return [...new Set(sentences)].slice(0, most);
}

/**
 * What the report speaks of first: the oldest data that is read, or at rest where nobody reads; an
 * object by its own name before one that is part of another.
 */
export function findOldest(freshness: readonly Freshness[]): Freshness | undefined {
  const known = sortOldest(freshness).filter((one) => (ageAt(one, 'rest', 1) ?? 0) > 0);
  const [first] = known;
  return (
    known.find(
      ({ consumer, as, certainty, worstAgeAtReadHours }) =>
        as === undefined &&
        certainty === first?.certainty &&
        (consumer === first.consumer || worstAgeAtReadHours.length > 0),
    ) ?? first
  );
}

/** A run whose failure hurts, and the data that it makes old. */
export interface HurtingRun {
  readonly of: Freshness;
  readonly critical: CriticalRun;
}

/** Failures that add less than this share of what the worst one adds are not pointed at. */
const leastShare = 0.1;

/** The runs whose failure makes data much older than it gets anyway. */
export function listHurtingRuns(freshness: readonly Freshness[]): readonly HurtingRun[] {
  const all = freshness.flatMap((of) => {
    const normal = ageAt(of, 'read', 0) ?? ageAt(of, 'rest', 0) ?? 0;
    return of.criticalRuns.map((critical) => ({
      of,
      critical,
      added: critical.ageHours - normal,
    }));
  });
  const most = all.reduce((largest, { added }) => Math.max(largest, added), 0);
  return all.filter(({ added }) => added >= most * leastShare);
}

/** The time that `Date.parse` reads, as analyses write it: ISO 8601 UTC to the second. */
export function toRunTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

/**
 * The oldest data of the landscape in one line, such as "Oldest data: stock in ERP, 55.5 h when read;
 * 79.5 h after one silent failure (Friday 22:30)"; undefined where nothing is known.
 */
export function tellOldest(
  { freshness, schedules }: ScheduleFacts,
  nameOf: (system: string) => string,
): string | undefined {
  const worst = findOldest(freshness);
  if (!worst) return undefined;
  const isRead = ageAt(worst, 'read', 0) !== null;
  const [now, failed] = [0, 1].map((count) => ageAt(worst, isRead ? 'read' : 'rest', count));
  if (!now && !failed) return undefined;
  const [critical] = worst.criticalRuns;
  const run = critical && tellWeekTime(openClock(schedules.timezone)(Date.parse(critical.run)));
  const possibly = worst.certainty === 'declared' ? '' : 'possibly ';
  return [
    `Oldest data: ${possibly}${worst.object} in ${nameOf(worst.consumer)}, ${tellLongHours(now ?? 0)} ${isRead ? 'when read' : 'at rest'}`,
    ...(failed && now !== null && failed > (now ?? 0)
      ? [`${tellLongHours(failed)} after one silent failure${run ? ` (${run})` : ''}`]
      : []),
  ].join('; ');
}
