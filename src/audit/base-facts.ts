import type { Judged } from '../audit.ts';
import type { BaseFacts } from '../checks/rule.ts';
import { compareContents } from './compare-audits.ts';

/** What rules may know of an earlier audit: its links, and what has become of its figures. */
export function toBaseFacts(base: Judged, head: Judged): BaseFacts {
  const { metrics, links } = compareContents(base, head);
  return {
    asOf: base.asOf,
    links: new Map(base.links.map((link) => [link.key, link])),
    figures: () =>
      metrics().map(({ name, base: before, head: after, byCause }) => ({
        name,
        base: before,
        head: after,
        byLandscape: byCause.landscape,
      })),
    changed: links.flatMap(({ cause, head: link }) =>
      cause === 'landscape' && link !== undefined ? [link] : [],
    ),
  };
}
