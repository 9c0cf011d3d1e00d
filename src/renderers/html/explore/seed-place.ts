/**
 * A place in the square from −1 to 1 that a text alone decides: what is added or left out elsewhere
 * changes nothing of it. FNV-1a of the text, mixed as MurmurHash3 ends (both in the public domain).
 */
export function seedPlace(text: string): { readonly x: number; readonly y: number } {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return { x: toUnit(mix(hash)), y: toUnit(mix(hash ^ 0x5bd1e995)) };
}

function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function toUnit(hash: number): number {
  return hash / 2147483648 - 1;
}
