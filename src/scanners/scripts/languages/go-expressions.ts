import type { Argument, Expression, FunctionBody, ObjectEntry } from '../program/program.ts';
import { childrenOf, type Node, positionOf, sourceOf } from '../tree-sitter.ts';

/** What lowering an expression needs of the place it stands at. */
export interface GoPlace {
  /** The name of the method's receiver, which stands for `this`. */
  readonly receiver?: string;
  /** Import paths by the names that the file uses them by. */
  readonly packages: ReadonlyMap<string, string>;
  /** Whether a type has methods that count: a client's, or a struct of the file. Others are data. */
  isClass(type: string): boolean;
  /** Lowers the parameters and the body of a function literal. */
  lowerFunction(node: Node, place: GoPlace): FunctionBody;
}

/** Lowers an expression; what carries no address becomes `other` with its parts. */
export function lowerExpression(node: Node | null, place: GoPlace): Expression {
  if (!node) return { kind: 'other', source: '', parts: [] };
  const inner = (child: Node | null): Expression => lowerExpression(child, place);
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'package_identifier':
    case 'field_identifier':
      return { kind: 'name', name: node.text === place.receiver ? 'this' : node.text };
    case 'interpreted_string_literal':
    case 'raw_string_literal':
    case 'rune_literal':
      return { kind: 'text', text: readString(node) };
    case 'int_literal':
    case 'float_literal':
    case 'true':
    case 'false':
      return { kind: 'text', text: node.text };
    case 'selector_expression':
    case 'qualified_type':
      return lowerSelector(node, place);
    case 'call_expression':
      return lowerCall(node, place);
    case 'binary_expression':
      return lowerBinary(node, place);
    case 'unary_expression':
      return lowerUnary(node, place);
    case 'composite_literal':
      return lowerLiteral(node, place);
    case 'literal_value':
      return lowerElements(node, place);
    case 'func_literal':
      return { kind: 'function', function: place.lowerFunction(node, place) };
    case 'index_expression':
      return {
        kind: 'item',
        object: inner(node.childForFieldName('operand')),
        key: inner(node.childForFieldName('index')),
      };
    case 'type_conversion_expression':
    case 'type_assertion_expression':
      return inner(node.childForFieldName('operand'));
    case 'parenthesized_expression':
    case 'literal_element':
    case 'variadic_argument':
    case 'expression_list':
      return inner(node.namedChild(0));
    case 'type_instantiation_expression':
    case 'generic_type':
      return inner(node.childForFieldName('type') ?? node.namedChild(0));
    default:
      return {
        kind: 'other',
        source: sourceOf(node),
        parts: childrenOf(node).map(inner),
      };
  }
}

/** The name of a type without pointers and type arguments; none for slices, maps and functions. */
export function typeName(node: Node | null): string | undefined {
  switch (node?.type) {
    case 'type_identifier':
    case 'qualified_type':
      return node.text;
    case 'pointer_type':
    case 'parenthesized_type':
      return typeName(node.namedChild(0));
    case 'generic_type':
      return typeName(node.childForFieldName('type'));
    default:
      return undefined;
  }
}

/** A string's text; escapes that stand for characters of an address are undone. */
export function readString(node: Node): string {
  const text = node.text.slice(1, -1);
  const plain =
    node.type === 'interpreted_string_literal'
      ? text.replace(/\\(.)/g, (_, escaped: string) =>
          escaped === 'n' ? '\n' : escaped === 't' ? '\t' : escaped,
        )
      : text;
  // gRPC's resolvers stand in front of the address: `dns:///host:port`.
  return plain.replace(/^(?:dns|passthrough):\/{2,3}/, '');
}

function lowerSelector(node: Node, place: GoPlace): Expression {
  const object = node.childForFieldName('operand') ?? node.childForFieldName('package');
  const name = (node.childForFieldName('field') ?? node.childForFieldName('name'))?.text ?? '';
  // `http.MethodPost`
  const method = /^Method([A-Z][a-z]+)$/.exec(name)?.[1];
  if (method && object && place.packages.get(object.text) === 'net/http')
    return { kind: 'text', text: method.toUpperCase() };
  return { kind: 'member', object: lowerExpression(object, place), name };
}

const conversions = new Set(['string', 'append', 'any']);

function lowerCall(node: Node, place: GoPlace): Expression {
  const target = node.childForFieldName('function');
  const given = childrenOf(node.childForFieldName('arguments') ?? node).filter(
    ({ type }) => type !== 'comment',
  );
  const [first] = given;
  if (target?.type === 'identifier' && first) {
    if (conversions.has(target.text) && given.length === 1) return lowerExpression(first, place);
    if (target.text === 'make') return { kind: 'object', entries: [] };
    if (target.text === 'new' && typeName(first)) return toNew(first, [], node, place);
  }
  const inner = (child: Node | null | undefined): Expression =>
    lowerExpression(child ?? null, place);
  const command = target ? commandWords(target, given, place) : undefined;
  const types = node.childForFieldName('type_arguments');
  return {
    kind: 'call',
    target: command
      ? { kind: 'member', object: inner(target?.childForFieldName('operand')), name: 'Command' }
      : (ofPart(target, place) ?? inner(target)),
    args: command
      ? [{ value: { kind: 'list', items: command } }]
      : given.map((argument) => ({
          value: lowerExpression(argument, place),
          ...(argument.type === 'variadic_argument' ? { isSpread: true } : {}),
        })),
    ...(types ? { typeArguments: childrenOf(types).map(({ text }) => text) } : {}),
    source: sourceOf(node),
    ...positionOf(node),
  };
}

/** `response.Header.Get("etag")` looks into a message that has arrived; it asks nobody. */
function ofPart(target: Node | null, place: GoPlace): Expression | undefined {
  const operand = target?.childForFieldName('operand');
  const part = operand?.childForFieldName('field')?.text ?? '';
  if (!/^(?:Header|Trailer|Form|PostForm)$/.test(part)) return undefined;
  const object = lowerExpression(operand?.childForFieldName('operand') ?? null, place);
  return { kind: 'member', object, name: `${part}.${target?.childForFieldName('field')?.text}` };
}

/** The words of `exec.Command(…)`, and of `exec.CommandContext(…)` behind its context. */
function commandWords(
  target: Node,
  given: readonly Node[],
  place: GoPlace,
): Expression[] | undefined {
  const name = /^(\w+)\.Command(Context)?$/.exec(target.text);
  if (!name || place.packages.get(name[1] ?? '') !== 'os/exec') return undefined;
  return given.slice(name[2] ? 1 : 0).map((argument) => lowerExpression(argument, place));
}

function toNew(type: Node, args: readonly Argument[], node: Node, place: GoPlace): Expression {
  return {
    kind: 'call',
    target: lowerExpression(type, place),
    args,
    isNew: true,
    source: sourceOf(node),
    ...positionOf(node),
  };
}

/** `a + b + c`, of any length, is one join. */
function lowerBinary(node: Node, place: GoPlace): Expression {
  const isSum = (each: Node): boolean => each.childForFieldName('operator')?.text === '+';
  const parts: Expression[] = [];
  let at: Node | null = node;
  while (at?.type === 'binary_expression' && isSum(at) === isSum(node)) {
    parts.unshift(lowerExpression(at.childForFieldName('right'), place));
    at = at.childForFieldName('left');
  }
  parts.unshift(lowerExpression(at, place));
  return isSum(node) ? { kind: 'join', parts } : { kind: 'other', source: sourceOf(node), parts };
}

function lowerUnary(node: Node, place: GoPlace): Expression {
  const operand = node.childForFieldName('operand');
  const value = lowerExpression(operand, place);
  switch (node.childForFieldName('operator')?.text) {
    case '*':
      return value;
    case '&':
      // A pointer to a new value is that value.
      return operand?.type === 'composite_literal' ? value : { kind: 'reference', target: value };
    default:
      return { kind: 'other', source: sourceOf(node), parts: [value] };
  }
}

/** `T{…}` is a new T with keyword arguments; maps and slices are objects and lists. */
function lowerLiteral(node: Node, place: GoPlace): Expression {
  const type = node.childForFieldName('type');
  const body = node.childForFieldName('body');
  if (!body) return { kind: 'other', source: sourceOf(node), parts: [] };
  const elements = lowerElements(body, place);
  const name = typeName(type);
  if (!type || name === undefined) return elements;
  if (name === 'url.URL' && place.packages.get('url') === 'net/url') return joinUrl(elements);
  if (!place.isClass(name)) return elements;
  const args =
    elements.kind === 'list'
      ? elements.items.map((value) => ({ value }))
      : elements.kind === 'object'
        ? elements.entries.flatMap(({ key, value }) =>
            key === undefined ? [] : [{ name: key, value }],
          )
        : [];
  return toNew(type, args, node, place);
}

function lowerElements(body: Node, place: GoPlace): Expression {
  const elements = childrenOf(body).filter(({ type }) => type !== 'comment');
  const keyed = elements.filter(({ type }) => type === 'keyed_element');
  if (keyed.length === 0)
    return { kind: 'list', items: elements.map((element) => lowerExpression(element, place)) };
  const entries = keyed.flatMap((element): ObjectEntry[] => {
    const key = keyOf(element);
    const value = lowerExpression(element.childForFieldName('value'), place);
    if (!key) return [];
    return [{ key: /string_literal$/.test(key.type) ? readString(key) : key.text, value }];
  });
  return { kind: 'object', entries };
}

function keyOf(element: Node): Node | null {
  const key = element.childForFieldName('key');
  return key?.type === 'literal_element' ? key.namedChild(0) : key;
}

/** `url.URL{Scheme: "http", Host: host, Path: "/x"}` */
function joinUrl(elements: Expression): Expression {
  const fields = new Map(
    elements.kind === 'object' ? elements.entries.map(({ key, value }) => [key, value]) : [],
  );
  const parts: Expression[] = [];
  const scheme = fields.get('Scheme');
  if (scheme) parts.push(scheme, { kind: 'text', text: '://' });
  const host = fields.get('Host');
  const path = fields.get('Path');
  if (host) parts.push(host);
  if (path) parts.push(path);
  return { kind: 'join', parts };
}
