import type { System } from '../../landscape.ts';
import { sortedUnique } from '../../order.ts';
import type { LineState, Picture, PictureArrow, PictureNode } from './picture.ts';

/** One line of a picture of single links. */
interface PictureLine {
  readonly from: string;
  readonly to: string;
  readonly state: LineState;
  readonly label: string;
}

/** What a picture of single links is about. */
interface LinksPicture {
  readonly title: string;
  readonly lines: readonly PictureLine[];
  /** The system that it is about. */
  readonly focus?: string;
  /** Boxes that are no systems, such as the platforms of a plan. */
  readonly others?: readonly Pick<PictureNode, 'id' | 'name' | 'kind'>[];
  readonly omitted?: Picture['omitted'];
}

/** A picture of these lines and their ends alone, such as what a change or an outage is about. */
export function pictureLinks(
  systems: readonly Pick<System, 'id' | 'name' | 'kind' | 'criticality'>[],
  { title, lines, focus, others = [], omitted }: LinksPicture,
): Picture {
  const known = new Map(
    [...systems, ...others.map((other) => ({ ...other, criticality: 'operational' as const }))].map(
      (system) => [system.id, system],
    ),
  );
  const ends = lines.flatMap(({ from, to }) => [from, to]);
  const nodes = sortedUnique(focus === undefined ? ends : [...ends, focus]).map(
    (id): PictureNode => {
      const { name, kind, criticality } = known.get(id) ?? {
        name: id,
        kind: 'unknown',
        criticality: 'operational',
      };
      return { id, name, kind, criticality, group: '', isFocus: id === focus };
    },
  );
  const arrows = lines.map(
    (line): PictureArrow => ({
      ...line,
      links: 1,
      unregistered: 0,
    }),
  );
  return {
    title,
    nodes,
    arrows,
    hasRegistry: false,
    legend: 'lines',
    isCollapsed: false,
    omitted: omitted ?? { systems: 0, links: 0, shown: '' },
  };
}
