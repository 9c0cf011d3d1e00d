import path from 'node:path';
import type { Disk } from './disk.ts';
import { findGitFolder, readHead } from './git-folder.ts';
import { openFolders } from './git-folders.ts';
import { openObjects } from './git-objects.ts';

/**
 * Whether the commit that is checked out has a file, or anything below a folder; also where it cannot
 * be told, for what could have come with a commit is not to be trusted. A place in no repository, or
 * in one without a commit, is in none.
 * @param place absolute
 */
export function isCommitted(disk: Disk, place: string): boolean {
  for (let folder = path.dirname(place); ; folder = path.dirname(folder)) {
    const git = findGitFolder(disk, folder);
    if (typeof git === 'string') return true;
    if (git) {
      const head = readHead(disk, git);
      if (head.kind !== 'commit') return head.kind !== 'unborn';
      const store = openObjects(disk, path.join(git.shared, 'objects'), head.id.length / 2);
      try {
        const bytes = store.commit(head.id);
        const tree =
          bytes && /^tree ([0-9a-f]+)\n/.exec(Buffer.from(bytes).toString('latin1'))?.[1];
        if (!tree) return true;
        const broken = (): Error => new Error('broken');
        const inside = path.relative(folder, place).split(path.sep).join('/');
        return openFolders(store, tree, broken).at(inside) !== undefined;
      } catch {
        return true;
      } finally {
        store.close();
      }
    }
    if (folder === path.dirname(folder)) return false;
  }
}
