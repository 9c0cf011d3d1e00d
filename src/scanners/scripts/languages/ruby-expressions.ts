import type { Argument, Expression, FunctionBody, ObjectEntry } from '../program/program.ts';
import { childrenOf, type Node, positionOf, sourceOf } from '../tree-sitter.ts';
import { joinUri, keyText, lastOf, lastValues, startCommand, toRequest } from './ruby-parts.ts';
import { type HereDocuments, lowerText } from './ruby-texts.ts';

/** What lowering needs of the file and of the place a node stands at. */
export interface RubyPlace {
  readonly hereDocuments: HereDocuments;
  /** Methods that the file defines: a bare name may call them. */
  readonly methods: ReadonlySet<string>;
  /** Attributes that the file declares: they are the fields of the same name. */
  readonly attributes: ReadonlySet<string>;
  /** First names of the libraries' constants, which are kept in front of what they hold. */
  readonly libraries: ReadonlySet<string>;
  readonly locals: Set<string>;
  readonly isMethod: boolean;
  /** The class includes HTTParty: its requests go to its base address. */
  readonly isRequester: boolean;
  lowerFunction(node: Node, place: RubyPlace): FunctionBody;
}

/** Lowers an expression; what carries no address becomes `other` with its parts. */
export function lowerExpression(node: Node | null, place: RubyPlace): Expression {
  if (!node) return { kind: 'other', source: '', parts: [] };
  const inner = (child: Node | null): Expression => lowerExpression(child, place);
  const field = (name: string): Node | null => node.childForFieldName(name);
  switch (node.type) {
    case 'identifier':
      return lowerIdentifier(node, place);
    case 'constant':
    case 'global_variable':
      return { kind: 'name', name: node.text };
    case 'self':
      return { kind: 'name', name: 'this' };
    case 'instance_variable':
    case 'class_variable':
      return toField(node.text.replace(/^@+/, ''));
    case 'scope_resolution':
      return lowerConstant(node, place);
    case 'integer':
    case 'float':
    case 'true':
    case 'false':
      return { kind: 'text', text: node.text };
    case 'string':
    case 'bare_string':
    case 'simple_symbol':
    case 'delimited_symbol':
    case 'bare_symbol':
      return lowerText(node, inner);
    case 'heredoc_beginning': {
      const body = place.hereDocuments.get(node.startIndex);
      return body ? lowerText(body, inner) : { kind: 'text', text: '' };
    }
    case 'chained_string':
      return { kind: 'join', parts: childrenOf(node).map(inner) };
    case 'subshell':
      return startCommand([lowerText(node, inner)], node);
    case 'string_array':
    case 'symbol_array':
    case 'array':
    case 'right_assignment_list':
    case 'left_assignment_list':
    case 'destructured_left_assignment':
      return { kind: 'list', items: childrenOf(node).map(inner) };
    case 'hash':
      return { kind: 'object', entries: childrenOf(node).flatMap((pair) => toEntry(pair, place)) };
    case 'element_reference':
      return lowerItem(node, place);
    case 'call':
      return lowerCall(node, place);
    case 'binary':
      return lowerBinary(node, place);
    case 'assignment':
      return {
        kind: 'assign',
        target: lowerTarget(field('left'), place),
        value: inner(field('right')),
      };
    case 'operator_assignment':
      return {
        kind: 'default',
        value: lowerTarget(field('left'), place),
        fallback: inner(field('right')),
      };
    case 'conditional':
      return {
        kind: 'choice',
        options: [inner(field('consequence')), inner(field('alternative'))],
      };
    case 'if':
    case 'unless':
    case 'elsif':
    case 'case':
    case 'else':
    case 'then':
    case 'when':
      return { kind: 'choice', options: lastValues(node).map(inner) };
    case 'begin':
    case 'parenthesized_statements':
    case 'body_statement':
      return lowerLast(node, place);
    case 'lambda':
    case 'block':
    case 'do_block':
      return { kind: 'function', function: place.lowerFunction(node, place) };
    case 'rescue_modifier':
      return inner(field('body'));
    default:
      return { kind: 'other', source: sourceOf(node), parts: childrenOf(node).map(inner) };
  }
}

function toField(name: string): Expression {
  return { kind: 'member', object: { kind: 'name', name: 'this' }, name };
}

/** A bare name is a variable, an attribute, or a call of a method of the file. */
function lowerIdentifier(node: Node, place: RubyPlace): Expression {
  const name = node.text;
  if (place.locals.has(name)) return { kind: 'name', name };
  if (place.attributes.has(name)) return toField(name);
  return place.methods.has(name)
    ? {
        kind: 'call',
        target: { kind: 'name', name },
        args: [],
        source: sourceOf(node),
        ...positionOf(node),
      }
    : { kind: 'name', name };
}

/** `Net::HTTP`; of a program's own modules only the last two names, as classes have one. */
function lowerConstant(node: Node, place: RubyPlace): Expression {
  const path = node.text.replace(/\s/g, '').replace(/^::/, '').split('::');
  if (path.some((name) => !/^\w{1,100}[?!]?$/.test(name)))
    return { kind: 'other', source: sourceOf(node), parts: [] };
  const own = path.slice(-2);
  // `Own::Net::HTTP` is not the library: the whole of its name stays together.
  if (path.length > 2 && place.libraries.has(own[0] ?? '')) own[0] = path.slice(0, -1).join('::');
  const kept = place.libraries.has(path[0] ?? '') ? path : own;
  const [first = '', ...rest] = kept;
  return rest.reduce<Expression>((object, name) => ({ kind: 'member', object, name }), {
    kind: 'name',
    name: first,
  });
}

/** What is assigned to: a call without arguments is a property. */
export function lowerTarget(node: Node | null, place: RubyPlace): Expression {
  if (node?.type === 'identifier') return { kind: 'name', name: node.text };
  if (node?.type === 'left_assignment_list' || node?.type === 'destructured_left_assignment')
    return { kind: 'list', items: childrenOf(node).map((child) => lowerTarget(child, place)) };
  if (node?.type !== 'call') return lowerExpression(node, place);
  const receiver = node.childForFieldName('receiver');
  const name = node.childForFieldName('method')?.text ?? '';
  return receiver
    ? { kind: 'member', object: lowerTarget(receiver, place), name }
    : { kind: 'name', name };
}

function lowerItem(node: Node, place: RubyPlace): Expression {
  const [object = null, key = null] = childrenOf(node);
  return {
    kind: 'item',
    object: lowerExpression(object, place),
    key: lowerExpression(key, place),
  };
}

function toEntry(node: Node, place: RubyPlace): ObjectEntry[] {
  if (node.type === 'hash_splat_argument')
    return [{ value: lowerExpression(node.namedChild(0), place) }];
  if (node.type !== 'pair') return [];
  const key = node.childForFieldName('key');
  const value = node.childForFieldName('value');
  const name = key ? keyText(key) : undefined;
  if (name === undefined) return [];
  // `{ host: }` is short for `{ host: host }`.
  const given: Expression = value ? lowerExpression(value, place) : { kind: 'name', name };
  return [{ key: name, value: given }];
}

/** Lowers the arguments of a call; its block is one more. */
export function lowerArguments(node: Node, place: RubyPlace): Argument[] {
  const list = node.childForFieldName('arguments');
  const args = (list ? childrenOf(list) : []).flatMap((argument): Argument[] => {
    switch (argument.type) {
      case 'pair':
        return toEntry(argument, place).flatMap(({ key, value }) =>
          key === undefined ? [] : [{ name: key, value }],
        );
      case 'splat_argument':
      case 'hash_splat_argument':
        return [{ isSpread: true, value: lowerExpression(argument.namedChild(0), place) }];
      case 'block_argument':
      case 'comment':
        return [];
      default:
        return [{ value: lowerExpression(argument, place) }];
    }
  });
  const block = node.childForFieldName('block');
  return block ? [...args, { value: lowerExpression(block, place) }] : args;
}

const requests = new Set(['get', 'head', 'post', 'put', 'patch', 'delete']);
const starters = new Set(['system', 'exec', 'spawn']);
const settings = new Set(['Settings', 'AppConfig', 'Figaro']);
const requestClass = /^Net::HTTP::(Get|Head|Post|Put|Patch|Delete)$/;

function lowerCall(node: Node, place: RubyPlace): Expression {
  const receiver = node.childForFieldName('receiver');
  const method = node.childForFieldName('method')?.text ?? 'call';
  const shared = { kind: 'call', source: sourceOf(node), ...positionOf(node) } as const;
  const args = (): Argument[] => lowerArguments(node, place);
  const isCommand = receiver
    ? /^(?:Open3|IO|Kernel|Process)$/.test(receiver.text) &&
      /^(?:capture\w*|popen\w*|pipeline\w*|system|exec|spawn)$/.test(method)
    : starters.has(method) && !place.methods.has(method);
  if (isCommand)
    return startCommand(
      args().flatMap(({ name, value }) => (name || value.kind === 'function' ? [] : [value])),
      node,
    );
  const isOwnRequest =
    place.isRequester &&
    requests.has(method) &&
    (!receiver || receiver.text === 'self' || receiver.text === 'self.class');
  if (isOwnRequest)
    return {
      ...shared,
      target: { kind: 'member', object: toField('base_uri'), name: method },
      args: args(),
    };
  if (!receiver)
    return {
      ...shared,
      target: { kind: 'name', name: method === 'super' ? 'super' : method },
      args: args(),
    };
  if (method === 'new') {
    const request = requestClass.exec(receiver.text)?.[1];
    return request ? toRequest(request, args()) : lowerNew(node, receiver, place);
  }
  const built = /^URI::(HTTPS?)$/.exec(receiver.text)?.[1];
  if (built && method === 'build') return joinUri(built.toLowerCase(), args());
  if (method === 'fetch' && receiver.text === 'ENV') return lowerFetch(node, place);
  if (receiver.text === 'self.class') return { ...shared, target: toField(method), args: args() };
  const given = args();
  const root = /^[A-Z]\w*/.exec(receiver.text)?.[0] ?? '';
  if (given.length === 0 && (settings.has(root) || place.attributes.has(method)))
    return { kind: 'member', object: lowerExpression(receiver, place), name: method };
  return {
    ...shared,
    target: { kind: 'member', object: lowerExpression(receiver, place), name: method },
    args: given,
  };
}

function lowerNew(node: Node, receiver: Node, place: RubyPlace): Expression {
  // Stubs that gRPC generates are all named alike.
  const isStub = /::Stub$/.test(receiver.text);
  return {
    kind: 'call',
    isNew: true,
    target: isStub
      ? { kind: 'member', object: { kind: 'name', name: 'GRPC' }, name: 'Stub' }
      : lowerExpression(receiver, place),
    args: lowerArguments(node, place),
    source: sourceOf(node),
    ...positionOf(node),
  };
}

/** `ENV.fetch('X') { 'default' }` */
function lowerFetch(node: Node, place: RubyPlace): Expression {
  const [name, given] = lowerArguments(node, place);
  const block = node.childForFieldName('block');
  const value = block ? lastOf(block.childForFieldName('body')) : undefined;
  const fallback = block ? value && { value: lowerExpression(value, place) } : given;
  return {
    kind: 'call',
    target: { kind: 'member', object: { kind: 'name', name: 'ENV' }, name: 'fetch' },
    args: [...(name ? [name] : []), ...(fallback ? [fallback] : [])],
    source: sourceOf(node),
    ...positionOf(node),
  };
}

function lowerBinary(node: Node, place: RubyPlace): Expression {
  const operator = (each: Node): string => each.childForFieldName('operator')?.text ?? '';
  const own = operator(node);
  const parts: Expression[] = [];
  let at: Node | null = node;
  // Long sums are one join, not a deep nest.
  while (at?.type === 'binary' && operator(at) === own) {
    parts.unshift(lowerExpression(at.childForFieldName('right'), place));
    at = at.childForFieldName('left');
  }
  parts.unshift(lowerExpression(at, place));
  const [left, right] = parts;
  switch (own) {
    case '+':
      return { kind: 'join', parts };
    case '||':
    case 'or':
      return parts.reduceRight((fallback, value) => ({ kind: 'default', value, fallback }));
    case '%':
    case '<<':
      if (parts.length === 2 && left && right)
        return {
          kind: 'call',
          target: { kind: 'member', object: left, name: own },
          args: [{ value: right }],
          source: sourceOf(node),
          ...positionOf(node),
        };
  }
  return { kind: 'other', source: sourceOf(node), parts };
}

/** `begin … end` is worth its last expression; the others are evaluated all the same. */
function lowerLast(node: Node, place: RubyPlace): Expression {
  const last = lastOf(node);
  const before = childrenOf(node).filter((child) => child.id !== last?.id);
  const value = lowerExpression(last ?? null, place);
  if (before.length === 0) return value;
  const parts = before.map((child) => lowerExpression(child, place));
  return { kind: 'choice', options: [value, { kind: 'other', source: '', parts }] };
}
