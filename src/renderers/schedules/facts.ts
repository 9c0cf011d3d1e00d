import type { Audit } from '../../audit.ts';

/** What the audit knows of schedules: when data moves, how old it gets, and what jobs lack. */
export type ScheduleFacts = Pick<Audit['analysis'], 'freshness' | 'schedules' | 'safeguards'>;

/** Takes what the analyses of an audit say about schedules. */
export function toScheduleFacts({ analysis }: Audit): ScheduleFacts {
  const { freshness, schedules, safeguards } = analysis;
  return { freshness, schedules, safeguards };
}
