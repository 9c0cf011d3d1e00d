import type { Expression } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';

/** Here-documents stand behind the line that begins them, in order: begin → body. */
export type HereDocuments = ReadonlyMap<number, Node>;

/** Pairs the beginnings of here-documents with their bodies. */
export function pairHereDocuments(root: Node): HereDocuments {
  const beginnings = root.descendantsOfType('heredoc_beginning');
  const bodies = root.descendantsOfType('heredoc_body');
  return new Map(
    beginnings.flatMap((beginning, index) => {
      const body = bodies[index];
      return beginning && body ? [[beginning.startIndex, body] as const] : [];
    }),
  );
}

/** Lowers a string, a symbol, a command or the body of a here-document. */
export function lowerText(node: Node, inner: (child: Node) => Expression): Expression {
  if (node.type === 'simple_symbol') return { kind: 'text', text: node.text.slice(1) };
  const parts: Expression[] = [];
  let text = '';
  for (const child of childrenOf(node)) {
    switch (child.type) {
      case 'string_content':
      case 'heredoc_content':
        text += child.text;
        break;
      case 'escape_sequence':
        text += undoEscape(child.text);
        break;
      case 'interpolation': {
        if (text !== '') parts.push({ kind: 'text', text });
        text = '';
        const value = child.namedChild(0);
        if (value) parts.push(inner(value));
        break;
      }
      default:
    }
  }
  if (text !== '' || parts.length === 0) parts.push({ kind: 'text', text });
  const trimmed = node.type === 'heredoc_body' ? trimLines(parts) : parts;
  const [only] = trimmed;
  return trimmed.length === 1 && only ? only : { kind: 'join', parts: trimmed };
}

/** The first line break and the indent of a here-document are no text of it. */
function trimLines(parts: readonly Expression[]): Expression[] {
  return parts.map((part, index) => {
    if (part.kind !== 'text') return part;
    const start = index === 0 ? part.text.trimStart() : part.text;
    return { kind: 'text', text: index === parts.length - 1 ? start.trimEnd() : start };
  });
}

function undoEscape(sequence: string): string {
  const letter = sequence[1] ?? '';
  if (letter === 'n') return '\n';
  return letter === 't' ? '\t' : /^[\\"'#]$/.test(letter) ? letter : sequence;
}
