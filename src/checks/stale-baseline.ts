import type { Rule } from './rule.ts';

/** The baseline accepts what is no longer found: what comes back later would be accepted unseen. */
export const staleBaseline: Rule = {
  name: 'stale-baseline',
  defaultSeverity: 'error',
  needsWhole: false,
  check: ({ stale = [] }) =>
    stale.map(({ rule, subject, fingerprint, owner, origin }) => ({
      subject,
      message: `The baseline accepts ${rule} of ${subject} (${fingerprint.slice(0, 8)}, ${owner}), which is no longer found.`,
      remedy: 'Take the entry out, so that nothing comes back unseen: landscape baseline --prune.',
      evidence: [origin],
      related: [fingerprint],
      detail: fingerprint,
    })),
};
