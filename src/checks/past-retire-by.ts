import { openNaming } from './naming.ts';
import type { Rule } from './rule.ts';

/** A link is still there after the day on which it should have been gone. */
export const pastRetireBy: Rule = {
  name: 'past-retire-by',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, today }) => {
    const naming = openNaming(landscape);
    return landscape.links.flatMap((link) => {
      const { retireBy, traffic, implementations } = link;
      if (retireBy === undefined || retireBy >= today) return [];
      const seen = traffic?.lastSeen?.slice(0, 10);
      const rows = link.evidence.filter(({ witness }) => witness === 'declared');
      const isUsed = seen !== undefined && seen > retireBy;
      const proof = isUsed
        ? `, and it was last used on ${seen}`
        : implementations.length > 0
          ? ', and its code is still there'
          : '';
      return [
        {
          subject: link.key,
          message: `${naming.link(link)} should have been gone by ${retireBy}${proof}.`,
          remedy:
            proof === ''
              ? 'If it is gone, retire its row; if not, agree on a new date.'
              : 'Retire it, or agree on a new date with its owner.',
          evidence: [...rows, ...link.evidence].map(({ origin }) => origin),
        },
      ];
    });
  },
};
