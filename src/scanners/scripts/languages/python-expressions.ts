import type { Argument, Expression, ObjectEntry } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { lowerFunctionBody, lowerParameters } from './python-functions.ts';
import { rewriteCall, rewriteItem } from './python-rewrites.ts';
import {
  callMethod,
  expressionsOf,
  otherOf,
  type PythonContext,
  textOf,
  toCall,
} from './python-scan.ts';
import { openShare, openTimes, unescapeText } from './python-text.ts';

/** Lowers an expression. What Python has beyond the program's expressions is `other`. */
export function lowerExpression(node: Node, context: PythonContext): Expression {
  const inner = (child: Node): Expression => lowerExpression(child, context);
  const field = (name: string): Expression => {
    const child = node.childForFieldName(name);
    return child ? inner(child) : otherOf(node);
  };
  switch (node.type) {
    case 'identifier':
      return { kind: 'name', name: node.text === context.self ? 'this' : node.text };
    case 'string':
      return lowerString(node, context);
    case 'concatenated_string':
      return { kind: 'join', parts: expressionsOf(node).map(inner) };
    case 'integer':
    case 'float':
      return textOf(node.text);
    case 'none':
      return otherOf(node);
    case 'parenthesized_expression':
    case 'await':
    case 'type':
    case 'as_pattern_target': {
      const [child] = expressionsOf(node);
      return child ? inner(child) : otherOf(node);
    }
    case 'attribute':
      return {
        kind: 'member',
        object: field('object'),
        name: node.childForFieldName('attribute')?.text ?? '',
      };
    case 'subscript':
      return lowerSubscript(node, context);
    case 'call':
      return lowerCall(node, context);
    case 'binary_operator':
    case 'boolean_operator':
      return lowerOperator(node, context);
    case 'conditional_expression': {
      const [first, condition, second] = expressionsOf(node);
      if (!first || !condition || !second) return otherOf(node, expressionsOf(node).map(inner));
      context.before.push({ kind: 'expression', value: inner(condition) });
      return { kind: 'choice', options: [inner(first), inner(second)] };
    }
    case 'named_expression':
      return { kind: 'assign', target: field('name'), value: field('value') };
    case 'assignment': {
      const right = node.childForFieldName('right');
      return right ? { kind: 'assign', target: field('left'), value: inner(right) } : otherOf(node);
    }
    case 'list':
    case 'tuple':
    case 'set':
    case 'expression_list':
    case 'pattern_list':
    case 'list_pattern':
    case 'tuple_pattern':
      return { kind: 'list', items: expressionsOf(node).map(inner) };
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return lowerComprehension(node, context);
    case 'dictionary':
      return {
        kind: 'object',
        entries: expressionsOf(node).flatMap((c) => lowerEntry(c, context)),
      };
    case 'lambda':
      return {
        kind: 'function',
        function: lowerFunctionBody(
          lowerParameters(node.childForFieldName('parameters'), context, false),
          node.childForFieldName('body'),
          context,
        ),
      };
    default:
      return otherOf(node, expressionsOf(node).map(inner));
  }
}

function lowerString(node: Node, context: PythonContext): Expression {
  const prefix = node.child(0)?.text.toLowerCase() ?? '';
  const isFormat = /^[a-z]*f/.test(prefix) || /^f/.test(prefix);
  const parts: Expression[] = [];
  for (const child of childrenOf(node)) {
    if (child.type === 'string_content') {
      const raw = prefix.includes('r') ? child.text : unescapeText(child.text);
      const text = parts.length === 0 ? openShare(raw) : raw;
      parts.push(textOf(isFormat ? text.replace(/\{\{|\}\}/g, (brace) => brace.charAt(0)) : text));
    } else if (child.type === 'interpolation') parts.push(lowerInterpolation(child, context));
  }
  const [only] = parts;
  if (!only) return textOf('');
  return parts.length === 1 && only.kind === 'text' ? only : { kind: 'join', parts };
}

/** `{value:https://host/%Y}`: a date writes what stands behind the colon. */
function lowerInterpolation(node: Node, context: PythonContext): Expression {
  const format = childrenOf(node).find(({ type }) => type === 'format_specifier')?.text ?? '';
  const [value] = expressionsOf(node);
  const lowered = value ? context.expression(value, context) : otherOf(node);
  if (/%[a-zA-Z]/.test(format)) return textOf(openTimes(format.slice(1)));
  return lowered;
}

function lowerSubscript(node: Node, context: PythonContext): Expression {
  const object = node.childForFieldName('value');
  const key = node.childForFieldName('subscript');
  if (!object || !key) return otherOf(node);
  if (key.type !== 'slice') {
    const item = rewriteItem(node, context);
    return (
      item ?? {
        kind: 'item',
        object: context.expression(object, context),
        key: context.expression(key, context),
      }
    );
  }
  // `address[:-4]` still begins as the address does; `address[3:]` does not.
  const lowered = context.expression(object, context);
  return /^\s*(?:0\s*)?:/.test(key.text) ? lowered : otherOf(node, [lowered]);
}

function lowerOperator(node: Node, context: PythonContext): Expression {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (!left || !right) return otherOf(node);
  const first = context.expression(left, context);
  const second = context.expression(right, context);
  switch (node.childForFieldName('operator')?.text) {
    case '+':
      return addExpressions(first, second);
    case '/':
      return { kind: 'join', parts: [first, textOf('/'), second] };
    case '%':
      return callMethod(first, '%', [{ value: second }], node);
    case 'or':
      return { kind: 'default', value: first, fallback: second };
    default:
      return otherOf(node, [first, second]);
  }
}

function addExpressions(first: Expression, second: Expression): Expression {
  if (first.kind === 'list')
    return {
      kind: 'list',
      items: [...first.items, ...(second.kind === 'list' ? second.items : [second])],
    };
  return { kind: 'join', parts: [first, second] };
}

function lowerEntry(node: Node, context: PythonContext): ObjectEntry[] {
  if (node.type === 'dictionary_splat') {
    const [inner] = expressionsOf(node);
    return inner ? [{ value: context.expression(inner, context) }] : [];
  }
  const key = node.childForFieldName('key');
  const value = node.childForFieldName('value');
  if (!key || !value) return [];
  const name = context.expression(key, context);
  const lowered = context.expression(value, context);
  if (name.kind === 'text') return [{ key: name.text, value: lowered }];
  // What is sent may stand behind a key that is no text.
  context.before.push({ kind: 'expression', value: name });
  return [{ key: `{${key.text.slice(0, 40)}}`, value: lowered }];
}

/** Walks a comprehension as the loops it stands for, which leave its items in a name of their own. */
function lowerComprehension(node: Node, context: PythonContext): Expression {
  const name = `{items ${node.startPosition.row + 1}:${node.startPosition.column + 1}}`;
  const body = node.childForFieldName('body');
  const clauses = expressionsOf(node).filter((child) => child.id !== body?.id);
  const inside: PythonContext = { ...context, before: [] };
  for (const clause of clauses) {
    const left = clause.childForFieldName('left');
    const right = clause.childForFieldName('right');
    if (clause.type === 'for_in_clause' && left && right) {
      inside.before.push({
        kind: 'loop',
        variable: context.expression(left, inside),
        over: context.expression(right, inside),
        body: [],
      });
    } else {
      for (const part of expressionsOf(clause)) {
        inside.before.push({ kind: 'expression', value: context.expression(part, inside) });
      }
    }
  }
  const value = body?.childForFieldName('value') ?? body;
  const item = value ? context.expression(value, inside) : otherOf(node);
  context.before.push(...inside.before, {
    kind: 'assign',
    target: { kind: 'name', name },
    value: { kind: 'list', items: [item] },
    isDeclaration: true,
  });
  return { kind: 'name', name };
}

function lowerCall(node: Node, context: PythonContext): Expression {
  const target = node.childForFieldName('function');
  const list = node.childForFieldName('arguments');
  if (!target || !list) return otherOf(node);
  const given = list.type === 'generator_expression' ? [list] : expressionsOf(list);
  const args = given.map((child) => lowerArgument(child, context));
  const call = toCall(context.expression(target, context), args, node);
  return rewriteCall(call, target, context);
}

function lowerArgument(node: Node, context: PythonContext): Argument {
  if (node.type === 'keyword_argument') {
    const value = node.childForFieldName('value');
    return {
      name: node.childForFieldName('name')?.text ?? '',
      value: value ? context.expression(value, context) : otherOf(node),
    };
  }
  if (node.type === 'list_splat' || node.type === 'dictionary_splat') {
    const [inner] = expressionsOf(node);
    return { isSpread: true, value: inner ? context.expression(inner, context) : otherOf(node) };
  }
  return { value: context.expression(node, context) };
}
