import path from 'node:path';
import type { Disk } from './disk.ts';
import type { GitFolder } from './git-folder.ts';

const maxNames = 10_000;
const maxRefsBytes = 64 * 1024 * 1024;

/** The short names of branches and tags, for a hint to a name that is none. */
export function listRefs(disk: Disk, { shared }: GitFolder): string[] {
  const names = new Set<string>();
  const add = (name: string): void => {
    const short = /^refs\/(?:heads|tags|remotes)\/(.+)$/.exec(name)?.[1];
    if (short !== undefined && names.size < maxNames) names.add(short);
  };
  const waiting = ['refs/heads', 'refs/tags', 'refs/remotes'];
  for (let folder = waiting.pop(); folder && names.size < maxNames; folder = waiting.pop()) {
    for (const name of disk.list(path.join(shared, folder))) {
      const found = disk.look(path.join(shared, folder, name));
      if (found?.kind === 'folder') waiting.push(`${folder}/${name}`);
      else add(`${folder}/${name}`);
    }
  }
  const packed = disk.read(path.join(shared, 'packed-refs'), maxRefsBytes);
  if (packed)
    for (const line of Buffer.from(packed).toString('utf8').split('\n'))
      add(/^[0-9a-f]{40,64} (\S+)$/.exec(line)?.[1] ?? '');
  return [...names].sort();
}
