import type { Context } from './context.ts';

/** Links between counted systems that no registry holds; none where no registry was read. */
export function countUnregistered({ links, hasRegistry }: Context): number {
  return hasRegistry ? links.filter(({ registered }) => !registered).length : 0;
}
