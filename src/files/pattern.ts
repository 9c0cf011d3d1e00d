import path from 'node:path';
import picomatch from 'picomatch';

/** Folders that are never looked into. */
export const leftOut: ReadonlySet<string> = new Set(['.git', '.landscape', 'node_modules']);

/** What a pattern names: one file, a folder or a glob. */
interface Pattern {
  /** The file or folder that it names, or that a glob begins at. */
  readonly base: string;
  readonly isGlob: boolean;
  matches(file: string): boolean;
  /** Whether the pattern names a file: itself, one below its folder, or one that the glob fits. */
  names(file: string): boolean;
}

/** Reads a pattern, with `/` or `\\` between its names. */
export function readPattern(pattern: string): Pattern {
  const normal = path.posix.normalize(pattern.replaceAll('\\', '/')).replace(/\/$/, '');
  const { base, isGlob } = picomatch.scan(normal);
  const matches = picomatch(normal, { dot: true });
  const below = normal === '.' ? '' : `${normal}/`;
  return {
    base: isGlob ? base || '.' : normal,
    isGlob,
    matches: (file) => matches(file),
    names: (file) => (isGlob ? matches(file) : file === normal || file.startsWith(below)),
  };
}
