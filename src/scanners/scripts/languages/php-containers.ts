import type { Argument, Expression } from '../program/program.ts';
import { childrenOf, type Node, positionOf, sourceOf } from '../tree-sitter.ts';

const maxChain = 50;

/**
 * What a service container is told in code: `setParameter('erp', …)` names a value,
 * `getParameter('erp')` reads it or a setting, and `register(Erp::class)->addArgument(…)` makes an
 * object some time.
 */
export function lowerContainerCall(
  node: Node,
  method: string,
  args: readonly Argument[],
  inner: (node: Node | null) => Expression,
): Expression | undefined {
  const [first, second] = args.map(({ value }) => value);
  if (method === 'setParameter' && first?.kind === 'text' && second)
    return { kind: 'assign', target: toParameter(first.text), value: second };
  const shared = { kind: 'call', source: sourceOf(node), ...positionOf(node) } as const;
  if (method === 'getParameter' && first?.kind === 'text')
    return {
      kind: 'default',
      value: toParameter(first.text),
      fallback: { ...shared, target: { kind: 'name', name: 'config' }, args: [{ value: first }] },
    };
  if (node.parent?.type === 'member_call_expression') return undefined;
  const registered = readRegistration(node);
  if (!registered || registered.given.length === 0) return undefined;
  return {
    ...shared,
    isNew: true,
    target: inner(registered.type),
    args: registered.given.map((given) => ({ value: inner(given) })),
  };
}

function toParameter(name: string): Expression {
  return { kind: 'name', name: `parameter ${name}` };
}

/** The class and the arguments of `$c->register(Erp::class)->addArgument($url)->…`. */
function readRegistration(node: Node): { type: Node; given: Node[] } | undefined {
  const given: Node[] = [];
  let at: Node | null = node;
  for (let depth = 0; at?.type === 'member_call_expression' && depth < maxChain; depth++) {
    const method = at.childForFieldName('name')?.text;
    const list = at.childForFieldName('arguments');
    const [first, second] = (list ? childrenOf(list) : []).map((child) => child.namedChild(0));
    if (method === 'addArgument' && first) given.unshift(first);
    if (method === 'register') {
      const named = second ?? first;
      const type = named?.type === 'class_constant_access_expression' ? named.namedChild(0) : null;
      return type && named?.namedChild(1)?.text === 'class' ? { type, given } : undefined;
    }
    at = at.childForFieldName('object');
  }
  return undefined;
}
