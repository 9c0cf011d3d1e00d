/** Texts that many rows share, each written once and named by its number. */
export interface Texts {
  /** The number of a text; 0 is the empty one. */
  numberOf(text: string): number;
  readonly list: readonly string[];
}

/** Opens an empty table of texts. */
export function openTexts(): Texts {
  const list = [''];
  const numbers = new Map([['', 0]]);
  return {
    list,
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, list.length);
      list.push(text);
      return list.length - 1;
    },
  };
}
