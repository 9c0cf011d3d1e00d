/** The way that layers follow each other: across or down. */
export type Axis = 'x' | 'y';

/** A point in pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box to place: its size, and how much below it is kept free for words. */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly below: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly axis: Axis;
  /** The top left corner of each box. */
  readonly boxes: ReadonlyMap<string, Point>;
  /** The way of each arrow, by `from` and `to`, from edge to edge of the boxes. */
  readonly ways: ReadonlyMap<string, readonly Point[]>;
}

/** One arrow, drawn however many links it stands for. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** Room around the picture, for the numbers at the corners. */
export const margin = 14;

/** The name of an arrow in `Layout.ways`. */
export function toWay(from: string, to: string): string {
  return `${from}\u0000${to}`;
}
