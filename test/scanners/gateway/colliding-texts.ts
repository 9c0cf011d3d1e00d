const word = 64n;
const all = (1n << word) - 1n;

/** The number whose product with an odd one is 1 modulo 2^64 (Newton's iteration). */
function inverseOf(odd: bigint): bigint {
  let inverse = odd;
  for (let round = 0; round < 6; round++) inverse = (inverse * (2n - odd * inverse)) & all;
  return inverse;
}

const [start, second, third] = [0x9e3779b97f4a7c15n, 0xd6e8feb86659fd93n, 0x9fb21c651e98df25n];

/**
 * Texts of eight bytes that the kernel's hash of texts gives one value: each step of the hash can be
 * undone, so every number below 2^32 behind the hash leads back to a text. None holds a blank, quote,
 * slash or control byte.
 * @param kind the slot of the role that the texts have
 */
export function collidingTexts(count: number, kind: number): Uint8Array[] {
  const begin = (BigInt(8 + 256 * kind) * start) & all;
  const undoThird = inverseOf(third);
  const undoSecond = inverseOf(second);
  const texts: Uint8Array[] = [];
  for (let rest = 1n; texts.length < count; rest++) {
    const mixed = (((0x0badcafen << 32n) | rest) * undoThird) & all;
    const unfolded = mixed ^ (mixed >> 32n);
    const text = new Uint8Array(8);
    new DataView(text.buffer).setBigUint64(0, ((unfolded * undoSecond) & all) ^ begin, true);
    if (text.every((byte) => byte > 0x40 && byte !== 0x5c && byte !== 0x7f)) texts.push(text);
  }
  return texts;
}
