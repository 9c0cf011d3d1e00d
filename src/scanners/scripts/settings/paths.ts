import { posix } from 'node:path';

/** The folder of a file; `.` is the root. */
export function folderOf(file: string): string {
  return posix.dirname(file);
}

/** A path as a descriptor writes it, from the root of the repository; undefined for one with holes. */
export function resolvePath(file: string, written: string): string | undefined {
  const path = written.trim().replaceAll('\\', '/');
  if (path === '' || /[${}]|:\/\//.test(path) || path.startsWith('/')) return undefined;
  return posix.join(folderOf(file), path).replace(/(.)\/$/, '$1');
}

/** The last part of an image's or a path's name, without its tag. */
export function lastName(path: string): string {
  return (
    path
      .replace(/@.*$/, '')
      .replace(/:[^/]*$/, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

/** The folder whose code an image file builds: `orders/docker/Dockerfile` builds orders. */
export function imageFolder(file: string): string {
  const folder = folderOf(file).replace(
    /(?:^|\/)(?:(?:src\/)?(?:main\/)?(?:resources\/)?docker|build|deploy)$/i,
    '',
  );
  return folder === '' ? '.' : folder;
}
