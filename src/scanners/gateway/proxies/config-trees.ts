import { readJsonTree, readYamlTrees, type Tree } from '../../scripts/settings/documents.ts';
import type { ConfigFile } from './proxy-config.ts';

/** The documents of a YAML or JSON file. What is broken gives what could be read. */
export function readConfigTrees({ file, text }: ConfigFile): readonly Tree[] {
  if (!/\.json$/i.test(file)) return readYamlTrees(text, file);
  const tree = readJsonTree(text, file);
  return tree ? [tree] : [];
}
