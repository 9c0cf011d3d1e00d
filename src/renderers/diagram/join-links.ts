import type { Link } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import { formatCount, plural } from '../wording.ts';
import { lineStates, type PictureArrow } from './picture.ts';

/** Labels make a picture wide: with more arrows than this they name no objects, with many more no protocols. */
const mostNamedObjects = 12;
const mostNamedProtocols = 60;

/** Draws links between the same two nodes once; those within one node are left to its detail. */
export function joinLinks(
  links: readonly Link[],
  nodeOf: (system: string) => string,
  hasRegistry: boolean,
): PictureArrow[] {
  const outer = links.filter(({ from, to }) => nodeOf(from) !== nodeOf(to));
  const pairs = groupBy(outer, ({ from, to }) => JSON.stringify([nodeOf(from), nodeOf(to)]));
  const arrows = [...pairs.values()].flatMap((members): PictureArrow[] => {
    const [first] = members;
    if (!first) return [];
    const states = members.map((link) => stateOf(link, hasRegistry));
    return [
      {
        from: nodeOf(first.from),
        to: nodeOf(first.to),
        links: members.length,
        unregistered: hasRegistry ? members.filter(({ registered }) => !registered).length : 0,
        state: lineStates.find((state) => states.includes(state)) ?? 'seen',
        label: '',
      },
    ].map((arrow) => ({ ...arrow, label: writeLabel(arrow, members, pairs.size) }));
  });
  return sortBy(
    arrows,
    ({ from }) => from,
    ({ to }) => to,
  );
}

function stateOf({ registered, class: seen }: Link, hasRegistry: boolean): PictureArrow['state'] {
  const only = seen.length === 1 ? seen[0] : undefined;
  if (hasRegistry && !registered) return only === 'observed' ? 'shadow' : 'unregistered';
  return only === 'declared' ? 'declared' : 'seen';
}

/** Over what the data goes, and what it is; of several links how many, and how many of them nobody registered. */
function writeLabel(
  { links, unregistered }: PictureArrow,
  members: readonly Link[],
  arrows: number,
): string {
  if (links === 1) {
    const [link] = members;
    if (!link || arrows > mostNamedProtocols) return '';
    const objects = arrows <= mostNamedObjects ? link.objects.slice(0, 2) : [];
    return [link.protocol ?? link.family, ...objects].join(' · ');
  }
  const isMixed = unregistered > 0 && unregistered < links;
  return `${plural(links, 'link')}${isMixed ? `, ${formatCount(unregistered)} not registered` : ''}`;
}
