import type { Argument, Expression } from '../program/program.ts';
import { childrenOf, type Node, positionOf, sourceOf } from '../tree-sitter.ts';

type Inner = (node: Node | null) => Expression;

/** What the options of a cURL handle say of its method, by the handle as it is written. */
export type CurlMethods = Map<string, string>;

/** Functions that start a command. */
const starters = new Set(['exec', 'shell_exec', 'system', 'passthru', 'popen', 'proc_open']);

/** Lowers the arguments of a call. */
export function lowerArguments(node: Node, inner: Inner): Argument[] {
  return argumentsOf(node).flatMap((argument): Argument[] => {
    const value = lastChild(argument);
    if (!value || value.type === 'variadic_placeholder') return [];
    if (value.type === 'variadic_unpacking')
      return [{ isSpread: true, value: inner(value.namedChild(0)) }];
    const name = argument.childForFieldName('name')?.text;
    const isReference = argument.childForFieldName('reference_modifier') !== null;
    const lowered = inner(value);
    return [
      {
        ...(name === undefined ? {} : { name }),
        value: isReference ? { kind: 'reference', target: lowered } : lowered,
      },
    ];
  });
}

function argumentsOf(node: Node): Node[] {
  const list =
    node.childForFieldName('arguments') ??
    childrenOf(node).find(({ type }) => type === 'arguments');
  return list ? childrenOf(list).filter(({ type }) => type === 'argument') : [];
}

/** An argument is its last child; its name stands before it. */
function lastChild(argument: Node | undefined): Node | undefined {
  return argument ? childrenOf(argument).at(-1) : undefined;
}

/**
 * Lowers calls of standard functions that are no plain calls: options of cURL handles, commands,
 * and what only wraps its argument.
 */
export function lowerStandard(
  node: Node,
  name: string,
  inner: Inner,
  methods: CurlMethods,
): Expression | undefined {
  const given = argumentsOf(node).map(lastChild);
  const [first, second, third] = given;
  const lowered = (at: Node | undefined): Expression => inner(at ?? null);
  const onHandle = (method: string, args: readonly Expression[]): Expression => ({
    kind: 'call',
    target: { kind: 'member', object: lowered(first), name: method },
    args: args.map((value) => ({ value })),
    source: sourceOf(node),
    ...positionOf(node),
  });
  if (starters.has(name)) return startCommand(lowered(first), node);
  switch (name) {
    case 'stream_context_create':
      return first ? lowered(first) : undefined;
    case 'curl_setopt': {
      if (!first || !second) return undefined;
      noteMethod(first, second.text, third, methods);
      return onHandle(second.text, [lowered(third)]);
    }
    case 'curl_setopt_array': {
      if (!first || !second) return undefined;
      const options = childrenOf(second).flatMap((entry) => {
        const [key, value] = childrenOf(entry);
        return key && value ? [{ key: key.text, value }] : [];
      });
      for (const { key, value } of options) noteMethod(first, key, value, methods);
      const parts = options.map(({ key, value }) => onHandle(key, [lowered(value)]));
      return { kind: 'other', source: sourceOf(node), parts };
    }
    case 'curl_exec': {
      if (!first) return undefined;
      const method = methods.get(first.text) ?? 'GET';
      methods.delete(first.text);
      return onHandle('curl_exec', [{ kind: 'text', text: method }]);
    }
    case 'curl_multi_add_handle': {
      if (!second) return undefined;
      const method = methods.get(second.text) ?? 'GET';
      return {
        kind: 'call',
        target: { kind: 'member', object: lowered(second), name: 'curl_exec' },
        args: [{ value: { kind: 'text', text: method } }],
        source: sourceOf(node),
        ...positionOf(node),
      };
    }
    default:
      return undefined;
  }
}

/** A command that is started, whatever function starts it. */
export function startCommand(command: Expression, node: Node): Expression {
  return {
    kind: 'call',
    target: { kind: 'name', name: 'shell_exec' },
    args: [{ value: command }],
    source: sourceOf(node),
    ...positionOf(node),
  };
}

function noteMethod(
  handle: Node,
  option: string,
  value: Node | undefined,
  methods: CurlMethods,
): void {
  const off = /^(?:false|0|null)$/i.test(value?.text ?? '');
  const known = methods.get(handle.text);
  if (option === 'CURLOPT_CUSTOMREQUEST') {
    const method = value?.text.replace(/^['"]|['"]$/g, '') ?? '';
    if (/^[A-Za-z]{3,8}$/.test(method)) methods.set(handle.text, method.toUpperCase());
  } else if (off || known !== undefined) return;
  else if (option === 'CURLOPT_POST' || option === 'CURLOPT_POSTFIELDS')
    methods.set(handle.text, 'POST');
  else if (option === 'CURLOPT_PUT' || option === 'CURLOPT_UPLOAD') methods.set(handle.text, 'PUT');
}

/** Keys of a configuration that name Kafka's brokers. */
export const brokerKeys = new Set(['metadata.broker.list', 'bootstrap.servers']);
