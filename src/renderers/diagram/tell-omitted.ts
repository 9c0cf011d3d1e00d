import { formatCount, plural } from '../wording.ts';
import type { Picture } from './picture.ts';

/** What did not fit into a picture, in one sentence; the empty text where all did. */
export function tellOmitted({ omitted: { systems, links, shown } }: Picture): string {
  if (systems + links === 0) return '';
  const what = [
    ...(systems > 0 ? [plural(systems, 'system')] : []),
    ...(links > 0 ? [plural(links, 'link')] : []),
  ].join(' and ');
  return `Left out: ${what}. The ${shown} are shown`;
}

/** That boxes are groups, and of how many systems; the empty text where boxes are systems. */
export function tellCollapsed({ isCollapsed, nodes }: Picture): string {
  return isCollapsed
    ? `Each of the ${formatCount(nodes.length)} boxes stands for several systems`
    : '';
}
