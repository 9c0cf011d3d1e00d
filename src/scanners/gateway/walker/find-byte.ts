/** Bytes that every chunk of lines must have behind its last newline: searches look ahead this far. */
export const lookAhead = 8;

const low = 0x01010101;
const high = 0x80808080 | 0;

/**
 * The position of a byte or of the end of the line, whichever comes first. Looks at four bytes at a
 * time: a zero byte in `x` shows as a high bit of `(x - low) & ~x` (Mycroft, 1987).
 * @param wanted four times the byte, as `fourTimes` makes it
 */
export function findByte(words: DataView, from: number, wanted: number): number {
  for (let at = from; ; at += 4) {
    const word = words.getInt32(at, true);
    const a = word ^ wanted;
    const b = word ^ 0x0a0a0a0a;
    const hits = (((a - low) & ~a) | ((b - low) & ~b)) & high;
    if (hits !== 0) return at + ((31 - Math.clz32(hits & -hits)) >> 3);
  }
}

/** The position of a quote that no backslash escapes, or of the end of the line. */
export function findQuote(bytes: Uint8Array, words: DataView, from: number): number {
  for (let at = from; ; at++) {
    at = findByte(words, at, 0x22222222);
    if (bytes[at] === 10 || bytes[at - 1] !== 92) return at;
    let slashes = 1;
    while (at - 1 - slashes >= from && bytes[at - 1 - slashes] === 92) slashes++;
    if (slashes % 2 === 0 || at === from) return at;
  }
}

/** One byte in all four places of a word. */
export function fourTimes(byte: number): number {
  return Math.imul(byte, low);
}
