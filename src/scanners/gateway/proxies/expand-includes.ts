import { resolveInclude } from './resolve-include.ts';

/** A directive of a configuration file that may include others. */
interface Directive<T> {
  readonly words: readonly { readonly text: string }[];
  readonly block?: readonly T[];
}

/** A directive with the file it stands in. */
export type Located<T> = Omit<T, 'block'> & {
  readonly file: string;
  readonly block?: readonly Located<T>[];
};

const mostDirectives = 200_000;
const deepest = 20;

/**
 * The directives of several files as one tree: an `include` is replaced by what the named files hold.
 * Files that no other includes are the roots, in order of their paths. Includes that name no file at
 * hand stay as they are; circles are cut, and no more than 200,000 directives are made.
 */
export function expandIncludes<T extends Directive<T>>(
  parsed: ReadonlyMap<string, readonly T[]>,
  isInclude: (name: string) => boolean,
): readonly Located<T>[] {
  const files = [...parsed.keys()].sort();
  const included = new Set<string>();
  let made = 0;

  const expand = (
    directives: readonly T[],
    file: string,
    trail: readonly string[],
  ): Located<T>[] => {
    const result: Located<T>[] = [];
    for (const directive of directives) {
      if (++made > mostDirectives) break;
      const [name, written] = directive.words;
      const named =
        name && written && !directive.block && isInclude(name.text)
          ? resolveInclude(written.text, file, files)
          : [];
      for (const other of named) {
        included.add(other);
        if (trail.includes(other) || trail.length > deepest) continue;
        result.push(...expand(parsed.get(other) ?? [], other, [...trail, other]));
      }
      if (named.length > 0) continue;
      const { block, ...rest } = directive;
      result.push(block ? { ...rest, file, block: expand(block, file, trail) } : { ...rest, file });
    }
    return result;
  };

  const roots = new Map(
    files.map((file) => [file, expand(parsed.get(file) ?? [], file, [file])] as const),
  );
  const isCircle = files.every((file) => included.has(file));
  return files.flatMap((file) => (isCircle || !included.has(file) ? (roots.get(file) ?? []) : []));
}
