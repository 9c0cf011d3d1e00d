import type { Expression } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';

/** Lowers a string, with the expressions in it, a heredoc or a nowdoc. */
export function lowerText(node: Node, inner: (child: Node) => Expression): Expression {
  if (node.type === 'heredoc' || node.type === 'nowdoc') {
    const body = node.childForFieldName('value');
    return body ? lowerParts(body, inner) : { kind: 'text', text: '' };
  }
  return node.type === 'string' ? { kind: 'text', text: quoted(node) } : lowerParts(node, inner);
}

/** Single quotes know two escapes. */
function quoted(node: Node): string {
  return node.text.replace(/^[bB]?'|'$/g, '').replace(/\\([\\'])/g, '$1');
}

function lowerParts(node: Node, inner: (child: Node) => Expression): Expression {
  const parts: Expression[] = [];
  let text = '';
  let end: number | undefined;
  for (const child of childrenOf(node)) {
    // Line breaks between the parts are no nodes.
    if (end !== undefined && child.startIndex > end && /heredoc|nowdoc/.test(node.type))
      text += '\n';
    end = child.endIndex;
    if (child.type === 'string_content' || child.type === 'nowdoc_string') text += child.text;
    else if (child.type === 'escape_sequence') text += undoEscape(child.text);
    else {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
      parts.push(inner(child));
    }
  }
  if (text !== '' || parts.length === 0) parts.push({ kind: 'text', text });
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'join', parts };
}

function undoEscape(sequence: string): string {
  const letter = sequence[1] ?? '';
  return letter === 'n'
    ? '\n'
    : letter === 't'
      ? '\t'
      : /^[\\"$]$/.test(letter)
        ? letter
        : sequence;
}
