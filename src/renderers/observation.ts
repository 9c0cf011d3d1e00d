import type { Observation } from '../analyzers/observation.ts';
import type { LogWindow } from '../landscape.ts';
import { linkClasses } from '../vocabulary.ts';
import { plural } from './wording.ts';

/**
 * What the witnesses of a link come to, as a phrase, with the logs where it is not in them:
 * `unobserved: declared, and the logs that would show it do not; 93 days of logs, 2026-08-01 to
 * 2026-11-01; a zombie after 400 days`.
 */
export function describeObservation(
  { name, zombieAfterDays }: Observation,
  window: LogWindow | undefined,
): string {
  const { label, meaning } = linkClasses[name];
  const isUnseen = name === 'unobserved' || name === 'zombie' || name === 'implemented';
  const logs =
    window === undefined || !isUnseen
      ? ''
      : `; ${plural(window.days, 'day')} of logs, ${window.first} to ${window.last}`;
  const after =
    name === 'unobserved' && zombieAfterDays !== undefined
      ? `; a zombie after ${plural(zombieAfterDays, 'day')}`
      : '';
  return `${label.toLowerCase()}: ${meaning}${logs}${after}`;
}
