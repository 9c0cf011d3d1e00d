import type { Expression, ObjectEntry } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { lowerPipeline } from './powershell-commands.ts';
import {
  fold,
  lowerVariable,
  nameType,
  openShare,
  otherOf,
  type PowershellContext,
  partsOf,
  textOf,
  toCall,
} from './powershell-context.ts';
import { lowerBlockFunction } from './powershell-functions.ts';

/** Lowers an expression. Operators that no value goes through are `other`. */
export function lowerExpression(given: Node, context: PowershellContext): Expression {
  const node = unwrap(given);
  const inner = (child: Node): Expression => lowerExpression(child, context);
  switch (node.type) {
    case 'variable':
    case 'braced_variable':
      return lowerVariable(node);
    case 'string_literal':
      return lowerString(partsOf(node)[0] ?? node, context);
    case 'expandable_string_literal':
    case 'expandable_here_string_literal':
    case 'verbatim_string_characters':
    case 'verbatim_here_string_characters':
      return lowerString(node, context);
    case 'generic_token':
      return lowerToken(node, context);
    case 'integer_literal':
    case 'real_literal':
    case 'decimal_integer_literal':
      return textOf(node.text);
    case 'argument_list': {
      const [list] = partsOf(node);
      return list ? { kind: 'list', items: partsOf(list).map(inner) } : { kind: 'list', items: [] };
    }
    case 'array_literal_expression':
    case 'argument_expression_list':
      return { kind: 'list', items: partsOf(node).map(inner) };
    case 'array_expression':
    case 'sub_expression':
    case 'parenthesized_expression':
      return lowerStatements(node, context);
    case 'hash_literal_expression':
      return {
        kind: 'object',
        entries: node
          .descendantsOfType('hash_literal_body')
          .slice(0, 1)
          .flatMap((body) => (body ? partsOf(body) : []))
          .flatMap((entry) => lowerEntry(entry, context)),
      };
    case 'format_expression':
    case 'format_argument_expression':
      return lowerFormat(node, context);
    case 'additive_expression':
    case 'additive_argument_expression':
      return lowerSum(node, context);
    case 'member_access':
      return lowerMember(node, context);
    case 'element_access': {
      const [object, key] = partsOf(node);
      if (!object || !key) return otherOf(node);
      const at = inner(key);
      const folded = at.kind === 'text' ? textOf(fold(at.text)) : at;
      return { kind: 'item', object: inner(object), key: folded };
    }
    case 'invokation_expression':
      return lowerInvocation(node, context);
    case 'type_literal':
      return { kind: 'name', name: nameType(node.text) };
    case 'cast_expression': {
      const [type, value] = partsOf(node);
      if (!type || !value) return otherOf(node);
      const cast = inner(value);
      // `[ADSI]'LDAP://…'` opens what it names; `WinNT:` are the accounts of a machine.
      const isOpened =
        nameType(type.text) === 'adsi' &&
        !(cast.kind === 'text' && !/^(?:LDAP|GC):/i.test(cast.text));
      return isOpened ? toCall({ kind: 'name', name: 'adsi' }, [{ value: cast }], node) : cast;
    }
    case 'script_block_expression':
      return { kind: 'function', function: lowerBlockFunction(node, context) };
    case 'pipeline':
    case 'pipeline_chain':
    case 'command':
      return lowerPipeline(node, context);
    case 'assignment_expression': {
      const [target] = partsOf(node);
      const value = node.childForFieldName('value');
      return target && value
        ? { kind: 'assign', target: inner(target), value: inner(value) }
        : otherOf(node);
    }
    default:
      return otherOf(node, partsOf(node).slice(0, 50).map(inner));
  }
}

/** The grammar wraps every value in a node for each level of operators. */
function unwrap(node: Node): Node {
  let at = node;
  for (let guard = 0; guard < 40; guard++) {
    const parts = partsOf(at);
    const [only] = parts;
    const isWrapper =
      /(?:_expression|_argument_expression|^argument_expression|^key_expression|^expression_with_unary_operator|^script_parameter_default|^switch_condition|^while_condition)$/.test(
        at.type,
      ) &&
      !/^(?:array_expression|sub_expression|parenthesized_expression|script_block_expression|hash_literal_expression|cast_expression|invokation_expression|assignment_expression)$/.test(
        at.type,
      );
    if (!isWrapper || parts.length !== 1 || !only) return at;
    at = only;
  }
  return at;
}

function lowerString(node: Node, context: PowershellContext): Expression {
  if (node.type === 'verbatim_string_characters')
    return textOf(openShare(node.text.slice(1, -1).replaceAll("''", "'")));
  if (node.type === 'verbatim_here_string_characters')
    return textOf(node.text.replace(/^@'\r?\n?|\r?\n?'@$/g, ''));
  const isHere = node.type === 'expandable_here_string_literal';
  const begin = isHere ? (/^@"\s*?\n/.exec(node.text)?.[0].length ?? 2) : 1;
  const end = node.text.length - 2 < begin ? begin : node.text.length - (isHere ? 2 : 1);
  return joinParts(node, begin, end, context);
}

/** `$server:8080/$path` outside quotes. */
function lowerToken(node: Node, context: PowershellContext): Expression {
  if (node.namedChildCount > 0) return joinParts(node, 0, node.text.length, context);
  const parts = node.text
    .split(/(\$(?:env:)?\w+)/)
    .filter((part) => part !== '')
    .map((part): Expression => {
      const [, isSetting, name] = /^\$(env:)?(\w+)$/.exec(part) ?? [];
      if (name === undefined) return textOf(part);
      return isSetting
        ? { kind: 'text', text: `{env:${name}}` }
        : { kind: 'name', name: fold(name) };
    });
  const [only] = parts;
  if (parts.length === 1 && only) return only.kind === 'text' ? textOf(openShare(only.text)) : only;
  return { kind: 'join', parts };
}

function joinParts(node: Node, begin: number, end: number, context: PowershellContext): Expression {
  const parts: Expression[] = [];
  const start = node.startIndex;
  let at = begin;
  const write = (to: number): void => {
    if (to > at) parts.push(textOf(unescapeText(node.text.slice(at, to))));
  };
  for (const child of childrenOf(node)) {
    write(child.startIndex - start);
    // `"$server:8080"` is a drive to the grammar, `"$($x.y)"` an expression.
    const [, name, rest] =
      /^\$(?!env:|script:|global:|local:|using:)(\w+)(:\w*)$/i.exec(child.text) ?? [];
    if (name !== undefined) parts.push({ kind: 'name', name: fold(name) }, textOf(rest ?? ''));
    else parts.push(context.expression(child, context));
    at = child.endIndex - start;
  }
  write(end);
  const [only] = parts;
  if (!only) return textOf('');
  if (only.kind === 'text') parts[0] = textOf(openShare(only.text));
  return parts.length === 1 && parts[0]?.kind === 'text' ? parts[0] : { kind: 'join', parts };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '' };

function unescapeText(text: string): string {
  return text
    .replaceAll('""', '"')
    .replace(/`([\s\S])/g, (_, letter: string) => escapes[letter] ?? letter);
}

/** `( … )`, `$( … )` and `@( … )`: the value of the statements inside. */
function lowerStatements(node: Node, context: PowershellContext): Expression {
  const pipelines = partsOf(node).flatMap((child) =>
    child.type === 'statement_list' ? partsOf(child) : [child],
  );
  const values = pipelines.map((child) => context.expression(child, context));
  const [only] = values;
  if (!only) return node.type === 'array_expression' ? { kind: 'list', items: [] } : otherOf(node);
  if (values.length === 1)
    return node.type === 'array_expression' && only.kind !== 'list' && only.kind !== 'call'
      ? { kind: 'list', items: [only] }
      : only;
  return node.type === 'array_expression' ? { kind: 'list', items: values } : otherOf(node, values);
}

function lowerEntry(node: Node, context: PowershellContext): ObjectEntry[] {
  const [key, value] = partsOf(node);
  if (!key || !value) return [];
  const lowered = key.namedChildCount === 0 ? undefined : context.expression(key, context);
  const name = lowered?.kind === 'text' ? lowered.text : key.text.replace(/^["']|["']$/g, '');
  return [{ key: fold(name), value: context.expression(value, context) }];
}

/** `'http://{0}/x' -f $server`. */
function lowerFormat(node: Node, context: PowershellContext): Expression {
  const [template, operator, ...rest] = partsOf(node);
  if (!template || operator?.type !== 'format_operator')
    return otherOf(
      node,
      partsOf(node).map((child) => context.expression(child, context)),
    );
  const given = rest.map((child) => context.expression(child, context));
  const values = given.flatMap((value) => (value.kind === 'list' ? value.items : [value]));
  return toCall(
    { kind: 'member', object: context.expression(template, context), name: '-f' },
    values.map((value) => ({ value })),
    node,
  );
}

function lowerSum(node: Node, context: PowershellContext): Expression {
  const [left, right] = partsOf(node).map((child) => context.expression(child, context));
  if (!left || !right) return otherOf(node);
  const isSum = node.children.some((child) => child?.text === '+');
  if (!isSum) return otherOf(node, [left, right]);
  if (left.kind === 'list')
    return {
      kind: 'list',
      items: [...left.items, ...(right.kind === 'list' ? right.items : [right])],
    };
  return { kind: 'join', parts: [left, right] };
}

function memberName(node: Node | undefined): string {
  return fold((node?.text ?? '').replace(/^["']|["']$/g, ''));
}

function lowerMember(node: Node, context: PowershellContext): Expression {
  const [object, name] = partsOf(node);
  if (!object) return otherOf(node);
  return { kind: 'member', object: context.expression(object, context), name: memberName(name) };
}

/** `$client.Method(…)`, `[Type]::Method(…)`, `[Type]::new(…)`. */
function lowerInvocation(node: Node, context: PowershellContext): Expression {
  const [object, name, list] = partsOf(node);
  if (!object) return otherOf(node);
  const args = (list ? list.descendantsOfType('argument_expression_list').slice(0, 1) : [])
    .flatMap((found) => (found ? partsOf(found) : []))
    .map((child) => ({ value: context.expression(child, context) }));
  const target = context.expression(object, context);
  const method = memberName(name);
  if (object.type === 'type_literal' && method === 'new') return toCall(target, args, node, true);
  // `[Environment]::GetEnvironmentVariable('X')` stays a call of the type.
  const call = toCall({ kind: 'member', object: target, name: method }, args, node);
  // A session that is opened with options is the connection that they describe.
  return method === 'open' &&
    args.length === 1 &&
    target.kind === 'name' &&
    object.type === 'variable'
    ? {
        kind: 'assign',
        target,
        value: toCall({ kind: 'name', name: 'session.open' }, args, node),
      }
    : call;
}
