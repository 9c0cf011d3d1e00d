import type { Rule } from './rule.ts';

/** Two scripts or more deliver the same link. */
export const duplicateLink: Rule = {
  name: 'duplicate-link',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, analysis }) => {
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    return analysis.duplicates.implementations.map(({ link: key, by }) => ({
      subject: key,
      message: `${by.length} scripts deliver ${key}: ${by.join(', ')}.`,
      remedy: 'Keep one and retire the others.',
      evidence: (links.get(key)?.implementations ?? [])
        .filter(({ delivers }) => delivers)
        .map(({ origin }) => origin),
    }));
  },
};
