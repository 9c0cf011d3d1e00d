import type { Rule } from './rule.ts';

/** Two sources contradict each other about a system or a link. */
export const conflictingRegistry: Rule = {
  name: 'conflicting-registry',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape }) =>
    landscape.conflicts
      .filter(({ kind }) => kind !== 'unknown-system')
      .map(({ subject, message, origins }) => ({
        subject,
        message,
        remedy: 'Correct one of the two places.',
        evidence: origins,
        detail: message,
      })),
};
