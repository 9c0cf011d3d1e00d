import type { Argument, Expression } from '../program/program.ts';
import { childrenOf, type Node, positionOf, sourceOf } from '../tree-sitter.ts';

/** The key of a pair, where it is a plain text. */
export function keyText(key: Node): string | undefined {
  switch (key.type) {
    case 'hash_key_symbol':
      return key.text;
    case 'simple_symbol':
      return key.text.slice(1);
    case 'string':
      return key.namedChildCount <= 1 ? (key.namedChild(0)?.text ?? '') : undefined;
    default:
      return undefined;
  }
}

/** `Net::HTTP::Post.new(uri)` is sent by somebody else: it is kept as what it says. */
export function toRequest(method: string, [path]: readonly Argument[]): Expression {
  return {
    kind: 'object',
    entries: [
      { key: 'method', value: { kind: 'text', text: method.toUpperCase() } },
      ...(path ? [{ key: 'path', value: path.value }] : []),
    ],
  };
}

/** `URI::HTTPS.build(host: 'a.example', path: '/x')` */
export function joinUri(scheme: string, args: readonly Argument[]): Expression {
  const find = (name: string): Expression[] =>
    args.filter((argument) => argument.name === name).map(({ value }) => value);
  const parts: Expression[] = [
    { kind: 'text', text: `${scheme}://` },
    ...find('host'),
    ...find('port').flatMap((port): Expression[] => [{ kind: 'text', text: ':' }, port]),
    ...find('path'),
  ];
  return { kind: 'join', parts };
}

/** A command that is started; several words are a list. */
export function startCommand(words: readonly Expression[], node: Node): Expression {
  const [only] = words;
  return {
    kind: 'call',
    target: { kind: 'name', name: 'system' },
    args: [{ value: words.length === 1 && only ? only : { kind: 'list', items: words } }],
    source: sourceOf(node),
    ...positionOf(node),
  };
}

/** The values that the ways of an `if` or a `case` end in. */
export function lastValues(node: Node): Node[] {
  switch (node.type) {
    case 'if':
    case 'unless':
    case 'elsif': {
      const alternative = node.childForFieldName('alternative');
      const consequence = node.childForFieldName('consequence');
      return [
        ...(consequence ? lastValues(consequence) : []),
        ...(alternative ? lastValues(alternative) : []),
      ];
    }
    case 'case':
      return childrenOf(node)
        .filter(({ type }) => type === 'when' || type === 'else')
        .flatMap(lastValues);
    case 'when': {
      const body = node.childForFieldName('body');
      return body ? lastValues(body) : [];
    }
    default: {
      const last = lastOf(node);
      return last ? [last] : [];
    }
  }
}

/** The last expression of a block. */
export function lastOf(node: Node | null): Node | undefined {
  return node
    ? childrenOf(node)
        .filter(({ type }) => !/^(?:comment|rescue|ensure)$/.test(type))
        .at(-1)
    : undefined;
}
