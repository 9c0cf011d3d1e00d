import type { Rule } from './rule.ts';

/** A link of the registry ends at a system that no inventory describes. */
export const unknownSystem: Rule = {
  name: 'unknown-system',
  defaultSeverity: 'warn',
  needsWhole: true,
  check: ({ landscape }) =>
    landscape.conflicts
      .filter(({ kind }) => kind === 'unknown-system')
      .map(({ subject, message, origins }) => ({
        subject,
        message,
        remedy: 'Describe the system in the inventory, or correct the name.',
        evidence: origins,
        detail: message,
      })),
};
