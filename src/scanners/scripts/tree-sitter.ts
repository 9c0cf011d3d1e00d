import { createRequire } from 'node:module';
import path from 'node:path';
import type { Node, Parser as TreeSitterParser } from '@vscode/tree-sitter-wasm';

export type { Node };

const require = createRequire(import.meta.url);

/** The grammars in use, by the file name they ship under. */
export type Grammar = 'bash' | 'python';

/**
 * Loads a grammar and returns a function from text to the root of its syntax tree. Trees hold
 * errors where the text is no valid program; they never make the parser fail.
 */
export async function loadParser(grammar: Grammar): Promise<(text: string) => Node> {
  const treeSitter =
    require('@vscode/tree-sitter-wasm') as typeof import('@vscode/tree-sitter-wasm');
  const folder = path.dirname(require.resolve('@vscode/tree-sitter-wasm'));
  await treeSitter.Parser.init();
  const parser: TreeSitterParser = new treeSitter.Parser();
  parser.setLanguage(
    await treeSitter.Language.load(path.join(folder, `tree-sitter-${grammar}.wasm`)),
  );
  return (text) => {
    const tree = parser.parse(text);
    if (!tree) throw new Error(`the ${grammar} parser returned no tree`);
    return tree.rootNode;
  };
}

/** The named children of a node, absent ones left out. */
export function childrenOf(node: Node): Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null);
}

/** Where a node begins, 1-based. */
export function positionOf(node: Node): { line: number; column: number } {
  return { line: node.startPosition.row + 1, column: node.startPosition.column + 1 };
}
