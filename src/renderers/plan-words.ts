import type { Audit } from '../audit.ts';
import { formatCount, plural } from './wording.ts';

/** What the plan is worth and how sure that is, in sentences. */
export function tellPlanWorth({ analysis }: Audit): string {
  const { certificate, model, waves } = analysis.waves;
  const { objective, bound, gap, solver } = certificate;
  const years = formatCount(model.horizonYears);
  const worth =
    waves.length === 0
      ? `Under these assumptions no plan saves more than it costs within ${years} years`
      : `Under these assumptions the plan is worth ${formatCount(Math.round(objective))} hours of today: what it saves within ${years} years, less all that the way costs`;
  if (bound === null)
    return `${worth}. It is a first plan by simple rules, and no bound is proved. The command "landscape plan" looks for a better one.`;
  if (gap === 0)
    return `${worth}. That is proved: no other plan is worth more (${solver === 'none needed' ? 'nothing can move' : solver}).`;
  return `${worth}. No plan is worth more than ${formatCount(Math.round(bound))} hours, as is proved, so at most ${(gap * 100).toFixed(1)} % are missing (${solver}).`;
}

const whyUnmoved = {
  cost: 'to move it would take more hours than it saves',
  unproven:
    'it is mission-critical, and nothing less critical would show before that the platform works',
  room: 'no wave that it may be moved in has hours left for it',
} as const;

/** Why links stay for which a platform would fit: link key → reason. */
export function tellStay({ analysis }: Audit): Map<string, string> {
  const { unmoved, patterns } = analysis.waves;
  const fits = new Map(patterns.map(({ link, pattern }) => [link, pattern]));
  return new Map(
    unmoved.map(({ link, because }) => [
      link,
      `${fits.get(link)} would fit it, but ${whyUnmoved[because]}`,
    ]),
  );
}

/** A task of an earlier plan in words, by its id. */
export function tellFixed(
  task: string,
  titleOf: (link: string) => string,
  nameOf: (system: string) => string,
): string {
  const [kind = '', ...rest] = task.split(':');
  const what = rest.join(':');
  if (kind === 'move') return `Move ${titleOf(what)}`;
  if (kind === 'platform') return `Set up the platform for ${what}`;
  const at = what.lastIndexOf('@');
  return `Connect ${nameOf(what.slice(0, at))} to ${what.slice(at + 1)}`;
}

/** How far an earlier plan is, in a sentence; empty where there is none. */
export function tellProgress({ analysis }: Audit): string {
  const { fixed, changes } = analysis.waves;
  if (fixed.length === 0 && changes.length === 0) return '';
  const done = fixed.filter(({ status }) => status === 'done');
  const measured = done.filter(({ actualHours }) => actualHours !== undefined);
  const sum = (of: readonly (number | undefined)[]): number =>
    of.reduce<number>((total, one) => total + (one ?? 0), 0);
  const actual = sum(measured.map(({ actualHours }) => actualHours));
  const planned = sum(measured.map(({ plannedHours }) => plannedHours));
  const hours =
    measured.length === 0
      ? ''
      : ` ${plural(measured.length, 'task')} took ${formatCount(actual)} hours, and ${formatCount(planned)} were planned.`;
  return `${plural(done.length, 'task')} of the earlier plan ${done.length === 1 ? 'is' : 'are'} done, ${formatCount(fixed.length - done.length)} under way; ${plural(changes.length, 'link')} ${changes.length === 1 ? 'changes its' : 'change their'} wave.${hours}`;
}
