import type { Expression } from './program.ts';

/** What the imports of a file bring in, and how a name is qualified by them. */
export interface Names {
  /** Notes an import. */
  add(local: string, module: string, imported?: string): void;
  /** Notes that all names of a module are visible. */
  addAll(module: string): void;
  /** `module` and the rest of the path: `{ module: './config', name: 'erp.url' }`. */
  findImport(
    path: readonly string[],
  ): { readonly module: string; readonly name: string } | undefined;
  /** A dotted path as the client table writes it; unchanged where nothing explains its first name. */
  qualify(path: readonly string[]): string;
}

/** @param isKnown whether the client table has a name */
export function openNames(
  isKnown: (name: string) => boolean,
  implicitModules: readonly string[],
): Names {
  const imports = new Map<string, { module: string; imported?: string }>();
  const all: string[] = [];
  return {
    add: (local, module, imported) => {
      imports.set(local, imported === undefined ? { module } : { module, imported });
    },
    addAll: (module) => {
      all.push(module);
    },
    findImport: ([first = '', ...rest]) => {
      const found = imports.get(first);
      if (!found) return undefined;
      const named =
        found.imported === undefined || found.imported === 'default' ? [] : [found.imported];
      return { module: found.module, name: [...named, ...rest].join('.') || 'default' };
    },
    qualify: ([given = '', ...rest]) => {
      // An annotation is qualified as the type it is.
      const mark = given.startsWith('@') ? '@' : '';
      const first = given.slice(mark.length);
      const found = imports.get(first);
      if (found) {
        const named =
          found.imported === undefined || found.imported === 'default' ? [] : [found.imported];
        return (
          mark + [found.module, ...named, ...rest.filter((name) => name !== 'default')].join('.')
        );
      }
      const bare = [first, ...rest].join('.');
      const module = [...all, ...implicitModules].find((name) => isKnown(`${mark}${name}.${bare}`));
      return mark + (module === undefined ? bare : `${module}.${bare}`);
    },
  };
}

/** `a.b.c` as its names, where an expression is nothing else. */
export function toPath(expression: Expression): string[] | undefined {
  const path: string[] = [];
  let at = expression;
  for (let depth = 0; depth < 30; depth++) {
    if (at.kind === 'name') return [at.name, ...path.reverse()];
    if (at.kind !== 'member') return undefined;
    path.push(at.name);
    at = at.object;
  }
  return undefined;
}
