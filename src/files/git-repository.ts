import path from 'node:path';
import type { Disk } from './disk.ts';
import { findGitFolder, readHead } from './git-folder.ts';

/** The repository that a folder is checked out of. */
export interface Repository {
  /** The address of its `origin`, without a login; undefined where it has none. */
  readonly url: string | undefined;
  /** The commit that is checked out. */
  readonly commit: string | undefined;
  /** The name of the folder that it is checked out into. */
  readonly folder: string;
  /** From there to the folder that was asked for, with `/`; empty where they are one. */
  readonly below: string;
}

const maxConfigBytes = 64 * 1024;

/** The nearest repository at or above a folder. Nothing of its configuration is read but one address. */
export function findRepository(disk: Disk, absolute: string): Repository | undefined {
  for (let folder = absolute; ; folder = path.dirname(folder)) {
    const found = findGitFolder(disk, folder);
    if (found !== undefined && typeof found !== 'string') {
      const head = readHead(disk, found);
      const config = disk.read(path.join(found.shared, 'config'), maxConfigBytes);
      return {
        url: config && findOrigin(Buffer.from(config).toString('utf8')),
        commit: head.kind === 'commit' ? head.id : undefined,
        folder: path.basename(folder),
        below: path.relative(folder, absolute).split(path.sep).join('/'),
      };
    }
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The address of `origin`, where it names another machine. */
function findOrigin(config: string): string | undefined {
  let isOrigin = false;
  for (const line of config.split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) isOrigin = /^\s*\[remote "origin"\]/.test(line);
    const written = isOrigin ? /^\s*url\s*=\s*"?([^"\s]{1,1000})"?\s*$/.exec(line)?.[1] : undefined;
    if (written !== undefined) return toAddress(written);
  }
  return undefined;
}

function toAddress(written: string): string | undefined {
  const url = /^([a-z][a-z+]*:\/\/)(?:[^/@]*@)?([^?#]+)/i.exec(written);
  if (url) return `${url[1]}${url[2]}`;
  return /^(?:[^/@:]+@)?([^/:@\\]{2,}:[^?#]+)$/.exec(written)?.[1];
}
