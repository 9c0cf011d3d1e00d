import type { Argument, CallExpression, Expression } from '../program/program.ts';
import { type PerlCursor, sourceAt, toName } from './perl-cursor.ts';
import type { PerlToken } from './perl-tokens.ts';

export function toNamedCall(
  cursor: PerlCursor,
  token: PerlToken,
  name: string,
  args: readonly Argument[],
): CallExpression {
  const command = name === 'open' ? findPipe(args) : undefined;
  const target = command || name === 'exec' ? toName('system') : toName(name);
  return {
    kind: 'call',
    target,
    args: command ?? (name === 'join' ? joinList(args) : args),
    source: sourceAt(cursor, token),
    ...cursor.positionOf(token),
  };
}

/** `open(F, 'command |')`, `open(F, '| command')` and `open(F, '-|', 'command', …)` start a command. */
function findPipe([, mode, ...rest]: readonly Argument[]): readonly Argument[] | undefined {
  if (!mode || mode.name !== undefined) return undefined;
  const { value } = mode;
  if (value.kind === 'text' && /^(?:-\||\|-)$/.test(value.text.trim())) return rest;
  const parts = value.kind === 'join' ? value.parts : [value];
  const [first, last] = [parts[0], parts.at(-1)];
  if (last?.kind === 'text' && /\|\s*$/.test(last.text))
    return [{ value: { kind: 'join', parts: [...parts.slice(0, -1), cut(last.text)] } }];
  if (first?.kind === 'text' && /^\s*\|/.test(first.text))
    return [{ value: { kind: 'join', parts: [cut(first.text), ...parts.slice(1)] } }];
  return undefined;
}

function cut(text: string): Expression {
  return { kind: 'text', text: text.replace(/^\s*\||\|\s*$/g, '') };
}

export function toMethod(
  cursor: PerlCursor,
  token: PerlToken,
  object: Expression,
  name: string,
  args: readonly Argument[],
): CallExpression {
  const target: Expression = { kind: 'member', object, name };
  return {
    kind: 'call',
    target,
    args,
    source: sourceAt(cursor, token),
    ...cursor.positionOf(token),
  };
}

/** `HTTP::Request->new(GET => $url)` names no argument; the arrow is but a comma. */
export function spreadRequest(object: Expression, args: readonly Argument[]): readonly Argument[] {
  if (object.kind !== 'name' || object.name !== 'HTTP/Request') return args;
  return args.flatMap(({ name, value }) =>
    name === undefined
      ? [{ value }]
      : [{ value: { kind: 'text', text: name } as const }, { value }],
  );
}

/** `join($sign, $a, $b)` joins what comes behind the sign, one list or many values. */
function joinList([sign, ...rest]: readonly Argument[]): readonly Argument[] {
  if (!sign || rest.length < 2) return sign ? [sign, ...rest] : [];
  const items = rest.map(({ value }) => value);
  return [sign, { value: { kind: 'list', items } }];
}
