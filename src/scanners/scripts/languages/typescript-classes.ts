import { ts } from 'ts-morph';
import type { Expression, Statement } from '../program/program.ts';
import { findExtended, handOn, lowerGetter } from './typescript-expressions.ts';
import { readTypeName } from './typescript-functions.ts';
import type { Lowering } from './typescript-lowering.ts';
import { readKey } from './typescript-targets.ts';

/** Lowers a class: its decorators before it, fields, parameter properties and methods inside. */
export function lowerClass(
  node: ts.ClassLikeDeclaration,
  name: string,
  lowering: Lowering,
): Statement[] {
  const members: Statement[] = [];
  const setters = new Set(
    node.members.flatMap((member) => (ts.isSetAccessor(member) ? [readKey(member.name)] : [])),
  );
  const getters: Getters = { before: [], after: [] };
  for (const member of node.members) {
    const key = member.name ? readKey(member.name) : undefined;
    // What has a setter may be set by the constructor.
    getters[setters.has(key) ? 'before' : 'after'].push(...lowerGetterField(member, lowering));
  }
  const isMade = node.members.some((member) => ts.isConstructorDeclaration(member) && member.body);
  for (const member of node.members) {
    members.push(...lowerDecorators(member, lowering));
    members.push(...lowerMember(member, getters, lowering));
  }
  const own = [...getters.before, ...getters.after];
  if (!isMade && own.length > 0)
    members.push({
      kind: 'function',
      name: 'constructor',
      function: { parameters: [], body: own },
    });
  const extended = findExtended(node);
  if (extended && !isMade) {
    const value = handOn(extended, extended, [], lowering);
    members.push({ kind: 'expression', value });
  }
  const supertypes = (node.heritageClauses ?? [])
    .flatMap(({ types }) => types)
    .flatMap(({ expression }) => writePath(expression));
  return [...lowerDecorators(node, lowering), { kind: 'class', name, supertypes, members }];
}

/** Getters as fields, set before or after what the constructor does. */
interface Getters {
  readonly before: Statement[];
  readonly after: Statement[];
}

/** A getter that only gives something back is a field; it may read what the constructor sets. */
function lowerGetterField(member: ts.ClassElement, lowering: Lowering): Statement[] {
  const value = lowerGetter(member, lowering);
  const name = member.name ? readKey(member.name) : undefined;
  return value && name !== undefined ? [{ kind: 'assign', target: toField(name), value }] : [];
}

function toField(name: string): Expression {
  return { kind: 'member', object: { kind: 'name', name: 'this' }, name };
}

function lowerMember(member: ts.ClassElement, getters: Getters, lowering: Lowering): Statement[] {
  if (ts.isClassStaticBlockDeclaration(member)) return lowering.statements(member.body.statements);
  if (ts.isConstructorDeclaration(member)) return lowerConstructor(member, getters, lowering);
  const name = member.name ? readKey(member.name) : undefined;
  if (name === undefined) return [];
  if (ts.isPropertyDeclaration(member)) {
    const type = readTypeName(member.type);
    return [
      {
        kind: 'assign',
        target: { kind: 'name', name },
        isDeclaration: true,
        ...(member.initializer ? { value: lowering.expression(member.initializer) } : {}),
        ...(type === undefined ? {} : { type }),
      },
    ];
  }
  if (ts.isGetAccessor(member) && lowerGetterField(member, lowering).length > 0) return [];
  return ts.isMethodDeclaration(member) || ts.isGetAccessor(member)
    ? [{ kind: 'function', name, function: lowering.function(member) }]
    : [];
}

/** `constructor(private readonly url: string)` declares a field and sets it. */
function lowerConstructor(
  node: ts.ConstructorDeclaration,
  getters: Getters,
  lowering: Lowering,
): Statement[] {
  if (!node.body) return [];
  const fields: Statement[] = [];
  const sets: Statement[] = [];
  const decorators: Statement[] = [];
  for (const parameter of node.parameters) {
    decorators.push(...lowerDecorators(parameter, lowering));
    if (!ts.isIdentifier(parameter.name) || !parameter.modifiers?.some(ts.isModifier)) continue;
    const name: Expression = { kind: 'name', name: parameter.name.text };
    const type = readTypeName(parameter.type);
    fields.push({
      kind: 'assign',
      target: name,
      isDeclaration: true,
      ...(type === undefined ? {} : { type }),
    });
    sets.push({
      kind: 'assign',
      target: toField(name.name),
      value: name,
    });
  }
  const made = lowering.function(node, [...sets, ...getters.before]);
  return [
    ...fields,
    ...decorators,
    {
      kind: 'function',
      name: 'constructor',
      function: { ...made, body: [...made.body, ...getters.after] },
    },
  ];
}

/** Decorators as calls whose target is named `@Name`. */
function lowerDecorators(node: ts.Node, lowering: Lowering): Statement[] {
  if (!ts.canHaveDecorators(node)) return [];
  return (ts.getDecorators(node) ?? []).flatMap((decorator): Statement[] => {
    const call = ts.isCallExpression(decorator.expression) ? decorator.expression : undefined;
    const path = writePath(call?.expression ?? decorator.expression)[0];
    if (path === undefined) return [];
    return [
      {
        kind: 'expression',
        value: {
          kind: 'call',
          target: { kind: 'name', name: `@${path}` },
          args: (call?.arguments ?? []).map((argument) => ({
            value: lowering.expression(argument),
          })),
          source: lowering.textOf(decorator),
          ...lowering.positionOf(decorator),
        },
      },
    ];
  });
}

/** `a.b.C` as written, if it is nothing but names. */
function writePath(node: ts.Expression): string[] {
  const names: string[] = [];
  let at = node;
  while (ts.isPropertyAccessExpression(at) && names.length < 20) {
    names.push(at.name.text);
    at = at.expression;
  }
  return ts.isIdentifier(at) ? [[at.text, ...names.reverse()].join('.')] : [];
}
