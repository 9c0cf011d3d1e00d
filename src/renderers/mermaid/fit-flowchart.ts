import type { Picture } from '../diagram/picture.ts';
import { writeFlowchart } from './write-flowchart.ts';

/** A flowchart as Mermaid text, and the picture that it shows. */
export interface Flowchart {
  readonly text: string;
  readonly picture: Picture;
}

/** Mermaid refuses more than 50,000 characters. */
export const mostCharacters = 48_000;

/**
 * Draws as much as Mermaid takes: names may be so long that fewer of them fit.
 * @param draw draws a share of what it would draw at most, 1 first
 * @param room how many characters there is room for
 */
export function fitFlowchart(
  draw: (share: number) => Picture,
  room: number = mostCharacters,
): Flowchart {
  for (let share = 1; ; share *= 0.7) {
    const picture = draw(share);
    const text = writeFlowchart(picture);
    if (text.length <= room || share < 0.02) return { text, picture };
  }
}
