/** Measures of the map of waves that its parts share, in pixels. */
export const size = {
  width: 860,
  bankWidth: 212,
  hubWidth: 176,
  hubHeight: 44,
  hubGap: 26,
  hubLeft: 342,
  margin: 8,
} as const;

/** Where the lines of a system begin and end. */
export interface Place {
  readonly isLeft: boolean;
  readonly x: number;
  readonly y: number;
}
