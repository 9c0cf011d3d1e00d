import type { Expression } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';

/** Types that only hand out what they wrap: `IOptions<T>.Value` is a T. */
const wrappers = new Set([
  'IOptions',
  'IOptionsMonitor',
  'IOptionsSnapshot',
  'Lazy',
  'Nullable',
  'Task',
  'ValueTask',
]);

/** Values of these types are followed as texts, so their name says nothing. */
const plainTypes = new Set(['Uri', 'String', 'Object', 'Int32', 'Boolean']);

/** Members that hand out what a wrapper holds, or the text of an address. */
export const wrapperMembers: ReadonlySet<string> = new Set([
  'Value',
  'CurrentValue',
  'AbsoluteUri',
  'OriginalString',
]);

/** A type's name without type arguments, dotted where it is written so; none for plain types. */
export function nameType(node: Node | null): string | undefined {
  const path = toTypePath(node, 0);
  const name = path?.join('.');
  return name === undefined || plainTypes.has(name) ? undefined : name;
}

/** The simple names of type arguments. */
export function nameTypeArguments(node: Node | null): string[] {
  const list = node && childrenOf(node).find(({ type }) => type === 'type_argument_list');
  return list ? childrenOf(list).map((each) => nameLast(each)) : [];
}

/** `A.B<C>` as an expression that calls can be made on: `A.B`. */
export function toTypeExpression(node: Node): Expression {
  const [first = '', ...rest] = toTypePath(node, 0, false) ?? [node.text.slice(0, 80)];
  return rest.reduce<Expression>((object, name) => ({ kind: 'member', object, name }), {
    kind: 'name',
    name: first,
  });
}

/** The last name of a type as it is written, its type arguments left out. */
export function nameLast(node: Node): string {
  return toTypePath(node, 0, false)?.at(-1) ?? node.text.slice(0, 80);
}

/** Whether a parameter is the `this` of an extension method. */
export function isReceiver(parameter: Node): boolean {
  return childrenOf(parameter).some(({ type, text }) => type === 'modifier' && text === 'this');
}

function toTypePath(node: Node | null, depth: number, unwraps = true): string[] | undefined {
  if (!node || depth > 30) return undefined;
  switch (node.type) {
    case 'identifier':
      return [node.text];
    case 'generic_name': {
      const name = childrenOf(node)[0]?.text ?? '';
      if (!unwraps || !wrappers.has(name)) return [name];
      const list = childrenOf(node).find(({ type }) => type === 'type_argument_list');
      const [inner] = list ? childrenOf(list) : [];
      return toTypePath(inner ?? null, depth + 1);
    }
    case 'qualified_name': {
      const outer = toTypePath(node.childForFieldName('qualifier'), depth + 1, false);
      const last = toTypePath(node.childForFieldName('name'), depth + 1, unwraps);
      return outer && last ? [...outer, ...last] : last;
    }
    case 'alias_qualified_name':
      return toTypePath(node.childForFieldName('name'), depth + 1, unwraps);
    case 'nullable_type':
    case 'ref_type':
    case 'scoped_type':
      return toTypePath(node.childForFieldName('type'), depth + 1, unwraps);
    default:
      return undefined;
  }
}
