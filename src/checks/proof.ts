import type { Link } from '../landscape.ts';

/** Below it an end is guessed: from a setting for development, a name, a port. */
const surely = 0.7;

/** Whether each of the links has a proof that is good enough to stop somebody's work. */
export function isWellProved(links: readonly Link[]): boolean {
  return links.every(({ evidence }) => evidence.some(({ confidence }) => confidence >= surely));
}
