import { groupBy, sortBy } from '../../order.ts';
import type { PictureNode } from './picture.ts';

/** The nodes of a picture by the group that frames them, groups and nodes in the order of their names. */
export function frameNodes(nodes: readonly PictureNode[]): ReadonlyMap<string, PictureNode[]> {
  const sorted = sortBy(
    nodes,
    ({ group }) => group,
    ({ id }) => id,
  );
  return groupBy(sorted, ({ group }) => group);
}
