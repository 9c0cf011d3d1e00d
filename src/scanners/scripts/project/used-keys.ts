import type { ModuleTable } from './modules.ts';

/** Whether the code of a file's module names a setting; undefined where none of its code was read. */
export type FindUse = (key: string, file: string) => boolean | undefined;

/** Indexes the texts of scripts by their modules, to tell settings that are used from the rest. */
export function openUses(
  scripts: readonly { readonly file: string; readonly text: string }[],
  { moduleOf }: ModuleTable,
): FindUse {
  const texts = new Map<string, string[]>();
  for (const { file, text } of scripts) {
    const root = moduleOf(file)?.root;
    if (root === undefined || text === '') continue;
    texts.set(root, [...(texts.get(root) ?? []), text]);
  }
  return (key, file) => {
    const own = texts.get(moduleOf(file)?.root ?? '');
    return own?.some((text) => text.includes(key));
  };
}
