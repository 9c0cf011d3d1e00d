import type { Communities } from '../analyzers/communities.ts';
import { formatCount, formatDecimal, plural } from './wording.ts';

/** How domains fit the wiring, in words; the empty text where there is nothing to compare. */
export function tellCommunities({ communities, agreement, crossing }: Communities): {
  readonly title: string;
  readonly detail: string;
} {
  if (agreement === null || communities.length === 0) return { title: '', detail: '' };
  const verdict =
    agreement >= 1
      ? 'the same as the domains'
      : agreement <= 0
        ? 'they fit the domains no better than chance'
        : 'they fit the domains only in part';
  return {
    title: `By their links, systems fall into ${plural(communities.length, 'community', 'communities')}; ${verdict}`,
    detail: `${plural(crossing.length, 'link')} ${crossing.length === 1 ? 'crosses' : 'cross'} the border of a domain although both ends sit in one community. Agreement with the domains: ${formatDecimal(agreement, 2)}, where 1 is the same and 0 is chance (adjusted Rand index, Hubert and Arabie 1985). Communities: Louvain, by links in either direction (Blondel et al. 2008).`,
  };
}

/** One line for a system that is wired with another domain than its own. */
export function tellMisplaced(
  { domain, wiredWith, links, allLinks }: Communities['misplaced'][number],
  name: string,
): string {
  return `${name} belongs to ${domain}, yet ${formatCount(links)} of its ${plural(allLinks, 'link')} ${links === 1 ? 'goes' : 'go'} to ${wiredWith === null ? 'a community of mixed domains' : `the community of ${wiredWith}`}`;
}
