import picomatch from 'picomatch';
import { groupBy, sortedUnique } from '../order.ts';

/**
 * The paths and globs that name these files and no others of the folder: a glob for files of one
 * folder whose names differ in the middle, else each by itself.
 * @param all every file of the folder
 */
export function toPatterns(files: readonly string[], all: readonly string[]): string[] {
  const unique = sortedUnique(files);
  const across = unique.length > manyFiles ? globAcross(unique, all) : undefined;
  if (across) return across;
  const folders = groupBy(unique, folderOf);
  return sortedUnique(
    [...folders].flatMap(([folder, own]) => {
      const near = all.filter((file) => file.startsWith(folder === '' ? '' : `${folder}/`));
      if (own.length > 1) {
        const glob = toGlob(folder, own);
        if (glob !== undefined && namesExactly(glob, own, near)) return [glob];
        const wide = folder === '' ? '*' : `${folder}/*`;
        if (namesExactly(wide, own, near)) return [wide];
      }
      return own.map((file) => escapeName(file, near));
    }),
  );
}

/** Fewer are named folder by folder: that says more. */
const manyFiles = 5;

/** Globs over folders of like depth and name, such as `hosts/*\/cron.d/*`; undefined unless they are exact and few. */
function globAcross(files: readonly string[], all: readonly string[]): string[] | undefined {
  const groups = groupBy(files, (file) => {
    const segments = file.split('/');
    return `${segments.length}\0${segments[0]}\0${segments.at(-2) ?? ''}`;
  });
  if (groups.size > files.length / 3) return undefined;
  const globs: string[] = [];
  for (const group of groups.values()) {
    const [first = ''] = group;
    const glob = first
      .split('/')
      .map((segment, index) =>
        group.every((file) => file.split('/')[index] === segment) ? segment : '*',
      )
      .join('/');
    if (isSpecial(glob.replaceAll('*', '')) || !namesExactly(glob, group, all)) return undefined;
    globs.push(glob);
  }
  return globs;
}

function toGlob(folder: string, files: readonly string[]): string | undefined {
  const names = files.map((file) => file.slice(folder === '' ? 0 : folder.length + 1));
  const [first = ''] = names;
  let start = 0;
  while (start < first.length && names.every((name) => name[start] === first[start])) start++;
  const shortest = Math.min(...names.map(({ length }) => length));
  let end = 0;
  while (
    end < shortest - start &&
    names.every((name) => name[name.length - 1 - end] === first[first.length - 1 - end])
  )
    end++;
  const prefix = withoutNumber(first.slice(0, start), names, start);
  // Letters that ends happen to share say nothing, as the l of `a.puml` and `b.dsl`.
  const suffix = first.slice(first.length - end).replace(/^(?:[\d_-]+|[a-z]+$)/i, '');
  const glob = `${prefix}*${suffix}`;
  return glob === '*' || isSpecial(prefix + suffix)
    ? undefined
    : folder === ''
      ? glob
      : `${folder}/${glob}`;
}

/** A number or date that begins alike goes on otherwise: tomorrow's log has another one. */
function withoutNumber(prefix: string, names: readonly string[], start: number): string {
  const isCut = /\d$/.test(prefix) && names.some((name) => /\d/.test(name[start] ?? ''));
  const isDate = /(?:^|\D)\d{4}[._-]?(?:\d{1,2}[._-]?)?$/.test(prefix);
  return isCut || isDate ? prefix.replace(/\d[\d._-]*$/, '') : prefix;
}

function namesExactly(glob: string, files: readonly string[], near: readonly string[]): boolean {
  const matches = picomatch(glob, { dot: true });
  const named = near.filter((file) => matches(file));
  return named.length === files.length && files.every((file) => matches(file));
}

function isSpecial(text: string): boolean {
  return /[*?[\](){}!+@|\\$^]/.test(text);
}

/** A name with the characters of globs in it is written with `?` in their place. */
function escapeName(file: string, near: readonly string[]): string {
  if (!isSpecial(file)) return file;
  const glob = file.replace(/[*?[\](){}!+@|\\$^]/g, '?');
  return namesExactly(glob, [file], near) ? glob : file;
}

/** The folder of a file, without a slash at its end; empty at the root. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}
