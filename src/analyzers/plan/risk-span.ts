/** The wave from which on items of a risk band may have moved, for some bands. */
export type Begins = ReadonlyMap<number, number>;

/** The first and the last wave that a risk band may move in. */
export function findSpan(
  band: number,
  begins: Begins,
  last: number,
): { readonly first: number; readonly final: number } {
  const own = [...begins].filter(([other]) => other <= band).map(([, wave]) => wave);
  const higher = [...begins].filter(([other]) => other > band).map(([, wave]) => wave);
  return { first: Math.max(0, ...own), final: Math.min(last, ...higher) };
}
