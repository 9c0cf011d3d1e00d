import { openNaming } from './naming.ts';
import type { Rule } from './rule.ts';

/** Two scripts or more deliver the same link. */
export const duplicateLink: Rule = {
  name: 'duplicate-link',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, analysis }) => {
    const naming = openNaming(landscape);
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    return analysis.duplicates.implementations.map(({ link: key, by }) => {
      const link = links.get(key);
      return {
        subject: key,
        figure: by.length,
        message: `${by.length} scripts deliver ${link ? `${naming.link(link)} over ${link.protocol ?? link.family}` : key}: ${by.join(', ')}.`,
        remedy: 'Keep one and retire the others.',
        evidence: (link?.implementations ?? [])
          .filter(({ delivers }) => delivers)
          .map(({ origin }) => origin),
      };
    });
  },
};
