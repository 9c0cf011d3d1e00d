import { heapAt } from './layout.ts';

const pageBytes = 64 * 1024;
/** Beyond all that is given away: whoever looks at sixteen bytes at once looks past the end. */
const slack = 64;

let free: usize = heapAt;

/** Gives back all memory at once; what was kept in it is lost. */
export function freeAll(): void {
  free = heapAt;
}

/** Bytes of zeros at a multiple of 64, where a line of the processor's cache begins. */
export function allocate(bytes: usize): usize {
  const at = free;
  free = (at + bytes + 63) & ~63;
  const missing = <isize>(free + slack) - <isize>memory.size() * pageBytes;
  if (missing > 0 && memory.grow(<i32>((missing + pageBytes - 1) / pageBytes)) < 0) unreachable();
  memory.fill(at, 0, bytes);
  return at;
}

/** A copy of some bytes with room for twice as many. */
export function doubled(old: usize, bytes: usize): usize {
  const larger = allocate(2 * bytes);
  memory.copy(larger, old, bytes);
  return larger;
}
