import { createRequire } from 'node:module';
import path from 'node:path';
import type { Node, Parser as TreeSitterParser } from '@vscode/tree-sitter-wasm';

export type { Node };

const require = createRequire(import.meta.url);

/** The grammars in use, by the file name they ship under. */
export type Grammar =
  | 'bash'
  | 'c-sharp'
  | 'go'
  | 'ini'
  | 'java'
  | 'php'
  | 'powershell'
  | 'python'
  | 'ruby';

/** In ms. What is no program at all can keep the parser busy for minutes; a script takes a few ms. */
const longestParse = 5_000;

/** Parses a text, hands the root of its syntax tree to `read`, and frees the tree. */
export type Parse = <T>(text: string, read: (root: Node) => T) => T;

/** Grammars stay loaded: their memory is never given back, so each is loaded once. */
const loaded = new Map<Grammar, Promise<Parse>>();

/**
 * Loads a grammar. Trees hold errors where the text is no valid program; they never make the parser
 * fail. A tree lives in memory that is not collected, so what `read` returns must hold no node.
 * The function throws RangeError where a text takes too long.
 */
export function loadParser(grammar: Grammar): Promise<Parse> {
  const parse = loaded.get(grammar) ?? load(grammar);
  loaded.set(grammar, parse);
  return parse;
}

async function load(grammar: Grammar): Promise<Parse> {
  const treeSitter =
    require('@vscode/tree-sitter-wasm') as typeof import('@vscode/tree-sitter-wasm');
  const folder = path.dirname(require.resolve('@vscode/tree-sitter-wasm'));
  await treeSitter.Parser.init();
  const parser: TreeSitterParser = new treeSitter.Parser();
  parser.setLanguage(
    await treeSitter.Language.load(path.join(folder, `tree-sitter-${grammar}.wasm`)),
  );
  return (text, read) => {
    const start = performance.now();
    const tree = parser.parse(text, null, {
      progressCallback: () => performance.now() - start > longestParse,
    });
    if (!tree) {
      parser.reset();
      throw new RangeError(`the ${grammar} parser was given up`);
    }
    try {
      return read(tree.rootNode);
    } finally {
      tree.delete();
    }
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

/** The first line of a node as written, at most 120 characters. */
export function sourceOf(node: Node): string {
  return (/^[^\n]{0,120}/.exec(node.text)?.[0] ?? '').trimEnd();
}
