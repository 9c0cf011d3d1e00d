import { longestGapDays } from '../../analyzers/schedule-period.ts';
import { formatCount, listNames, plural } from '../wording.ts';
import type { PlanIndex, Wave } from './plan-index.ts';

const mostNames = 6;

/** What to test before a wave, and the way back: from what is known of its links. */
export function listChecks(index: PlanIndex, wave: Wave): string[] {
  const links = wave.links.flatMap((key) => index.link(key) ?? []);
  const scripts = [
    ...new Set(links.flatMap(({ implementations }) => implementations.map(({ id }) => id))),
  ].sort();
  const unheard = links.filter(
    ({ safeguards, implementations }) =>
      implementations.length > 0 &&
      !safeguards.includes('monitoring') &&
      !safeguards.includes('alerting'),
  );
  const unregistered = links.filter(({ registered }) => !registered);
  const days = links
    .flatMap(({ schedules }) => schedules.map(longestGapDays))
    .filter((one) => one !== undefined);
  const cycle = Math.max(1, Math.ceil(Math.max(0, ...days)));
  const bridges = wave.bridges.flatMap((at) => index.plan.model.bridges[at]?.object ?? []);
  const titles = (of: readonly { readonly key: string }[]): string =>
    listNames(
      of.map(({ key }) => index.title(key)),
      mostNames,
    );
  return [
    'Each owner has agreed to the days, and the teams named above have been told.',
    `Old and new run side by side for ${plural(cycle, 'day')}, the longest time between two runs here, and deliver the same records.`,
    ...(unheard.length > 0
      ? [`A missing or failed run is heard of. Today nobody would hear of ${titles(unheard)}.`]
      : ['A missing or failed run is heard of.']),
    ...(unregistered.length > 0 ? [`The registry has a row for ${titles(unregistered)}.`] : []),
    ...(bridges.length > 0
      ? [
          `A bridge carries ${listNames([...new Set(bridges)], mostNames)} between what has moved and what has yet to; the day of its removal is set.`,
        ]
      : []),
    `Way back: ${scripts.length > 0 ? `${scripts.length === 1 ? 'the old script stays' : `the ${formatCount(scripts.length)} old scripts stay`} in place, switched off, until a full cycle has passed: ${listNames(scripts, mostNames)}` : 'the old connections stay in place, switched off, until a full cycle has passed'}.`,
    'Then the old way is removed, with its credentials.',
  ];
}
