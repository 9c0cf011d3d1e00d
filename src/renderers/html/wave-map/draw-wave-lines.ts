import { groupBy } from '../../../order.ts';
import { clip } from '../../wording.ts';
import type { Context } from '../context.ts';
import { type Markup, markup } from '../markup.ts';
import type { LinkCourse } from './follow-links.ts';
import { type Place, size } from './wave-map-size.ts';

const { width, hubLeft, hubWidth } = size;
/** More lines than this are drawn as one path a system: nobody points at one of them. */
const mostPointed = 300;

/** Draws links straight from system to system. */
export function drawStraight(
  courses: readonly LinkCourse[],
  place: (id: string) => Place,
  context: Context,
): Markup[] {
  const toPath = ({ from, to }: LinkCourse): string => curve(place(from), place(to));
  if (courses.length <= mostPointed)
    return courses.map(
      (course) =>
        markup`<path d="${toPath(course)}"><title>${clip(context.toLink(course.key).name, 200)}</title></path>`,
    );
  return [...groupBy(courses, ({ from }) => from).values()].map(
    (own) => markup`<path d="${own.map(toPath).join('')}"/>`,
  );
}

/** Across the picture, or in a bow back to the same side. */
function curve(from: Place, to: Place): string {
  const [y1, y2] = [Math.round(from.y), Math.round(to.y)];
  if (from.isLeft !== to.isLeft) {
    const middle = width / 2;
    return `M${from.x} ${y1}C${middle} ${y1} ${middle} ${y2} ${to.x} ${y2}`;
  }
  const bow = Math.min(250, 40 + Math.abs(y1 - y2) * 0.3) * (from.isLeft ? 1 : -1);
  const x = Math.round(from.x + bow);
  return `M${from.x} ${y1}C${x} ${y1} ${x} ${y2} ${to.x} ${y2}`;
}

/** Draws the connection of a system to the platform at a height. */
export function drawSpoke({ isLeft, x, y }: Place, hub: number): Markup {
  const end = isLeft ? hubLeft : hubLeft + hubWidth;
  const middle = Math.round((x + end) / 2);
  const [y1, y2] = [Math.round(y), Math.round(hub)];
  return markup`<path d="M${x} ${y1}C${middle} ${y1} ${middle} ${y2} ${end} ${y2}"/>`;
}
