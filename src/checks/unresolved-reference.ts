import type { Rule } from './rule.ts';

/** Code or traffic names an end that no system stands for. */
export const unresolvedReference: Rule = {
  name: 'unresolved-reference',
  defaultSeverity: 'info',
  needsWhole: true,
  check: ({ landscape }) =>
    landscape.unresolved.map(({ reference, reason, message, suggestion, origins }) => ({
      subject: reference,
      message,
      remedy: suggestion
        ? `If this is ${suggestion}, add the alias "${reference}": ${suggestion} to landscape.yaml.`
        : reason === 'half-link'
          ? 'Add the source that holds the other half.'
          : 'Add the system to the inventory, or an alias to landscape.yaml.',
      evidence: origins,
      // Traffic is counted in the message, and its figures change from day to day.
      detail: reason === 'unmapped-traffic' ? reason : `${reason} ${message}`,
    })),
};
