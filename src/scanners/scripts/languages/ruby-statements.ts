import type { FunctionBody, Parameter, Statement } from '../program/program.ts';
import { childrenOf, type Node, positionOf, sourceOf } from '../tree-sitter.ts';
import { lowerExpression, lowerTarget, type RubyPlace } from './ruby-expressions.ts';

/** Lowers statements; the last of a function's is what it returns. */
export function lowerStatements(
  nodes: readonly Node[],
  place: RubyPlace,
  isReturned = false,
): Statement[] {
  const own = nodes.filter(({ type }) => type !== 'comment' && type !== 'heredoc_body');
  return own.flatMap((node, index) =>
    lowerStatement(node, place, isReturned && index === own.length - 1),
  );
}

/** Lowers a method, a block or a lambda. */
export function lowerFunction(node: Node, place: RubyPlace): FunctionBody {
  const isMethod = /method$/.test(node.type);
  const list = node.childForFieldName('parameters');
  const given = list ? childrenOf(list) : [];
  // A method sees no variable around it, a block all of them.
  const inside: RubyPlace = {
    ...place,
    isMethod: isMethod || place.isMethod,
    locals: new Set([...(isMethod ? [] : place.locals), ...given.map(parameterName)]),
  };
  const body = node.childForFieldName('body');
  return {
    parameters: given.map((parameter) => lowerParameter(parameter, inside)),
    body: body ? lowerBody(body, inside, true) : [],
  };
}

function lowerBody(body: Node, place: RubyPlace, isReturned: boolean): Statement[] {
  return /^(?:body_statement|block_body|then|do|else|begin_block|begin)$/.test(body.type)
    ? lowerStatements(childrenOf(body), place, isReturned)
    : body.type === 'block' || body.type === 'do_block'
      ? lowerBody(body.childForFieldName('body') ?? body, place, isReturned)
      : lowerStatements([body], place, isReturned);
}

function parameterName(node: Node): string {
  return node.childForFieldName('name')?.text ?? (node.type === 'identifier' ? node.text : '_');
}

function lowerParameter(node: Node, place: RubyPlace): Parameter {
  const value = node.childForFieldName('value');
  return {
    name: parameterName(node),
    ...(value ? { fallback: lowerExpression(value, place) } : {}),
  };
}

function lowerStatement(node: Node, place: RubyPlace, isReturned: boolean): Statement[] {
  switch (node.type) {
    case 'class':
      return [lowerClass(node, place)];
    case 'module':
      return lowerModule(node, place);
    case 'method':
    case 'singleton_method': {
      const name = node.childForFieldName('name')?.text ?? '';
      return [{ kind: 'function', name, function: lowerFunction(node, place) }];
    }
    case 'assignment':
    case 'operator_assignment':
      return lowerAssignment(node, place, isReturned);
    case 'return': {
      const value = node.namedChild(0)?.namedChild(0) ?? null;
      return [{ kind: 'return', value: lowerExpression(value, place) }];
    }
    case 'if':
    case 'unless':
    case 'elsif':
      return lowerIf(node, place, isReturned);
    case 'if_modifier':
    case 'unless_modifier':
    case 'while_modifier':
    case 'until_modifier': {
      const body = node.childForFieldName('body');
      const branch = body ? lowerStatement(body, place, isReturned) : [];
      return [
        evaluated(node.childForFieldName('condition'), place),
        { kind: 'branch', branches: [branch], isComplete: false },
      ];
    }
    case 'case':
      return lowerCase(node, place, isReturned);
    case 'begin':
    case 'body_statement':
    case 'parenthesized_statements':
      return lowerBegin(node, place, isReturned);
    case 'while':
    case 'until':
    case 'for':
      return lowerLoop(node, place);
    case 'call': {
      const loop = lowerEach(node, place);
      return loop && !isReturned ? [loop] : [toStatement(node, place, isReturned)];
    }
    case 'ERROR':
      return lowerStatements(childrenOf(node), place);
    default:
      return [toStatement(node, place, isReturned)];
  }
}

function toStatement(node: Node, place: RubyPlace, isReturned: boolean): Statement {
  return { kind: isReturned ? 'return' : 'expression', value: lowerExpression(node, place) };
}

function evaluated(node: Node | null, place: RubyPlace): Statement {
  return { kind: 'expression', value: lowerExpression(node, place) };
}

function lowerAssignment(node: Node, place: RubyPlace, isReturned: boolean): Statement[] {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (!left) return [];
  // What Rails sends mail through is set far from where mail is sent.
  if (left.type === 'call' && left.childForFieldName('method')?.text === 'smtp_settings') {
    const args = [{ value: lowerExpression(right, place) }];
    const target = { kind: 'name', name: 'smtp_settings=' } as const;
    const call = {
      kind: 'call',
      target,
      args,
      source: sourceOf(node),
      ...positionOf(node),
    } as const;
    return [{ kind: 'expression', value: call }];
  }
  // The value is read before the name is known as a variable.
  const value = lowerExpression(right, place);
  const operator = node.childForFieldName('operator')?.text;
  const isNew = left.type === 'identifier' && !place.locals.has(left.text);
  const names =
    left.type === 'identifier'
      ? [left]
      : left.type === 'left_assignment_list'
        ? childrenOf(left)
        : [];
  for (const name of names) if (name.type === 'identifier') place.locals.add(name.text);
  const target = lowerTarget(left, place);
  const shared = {
    kind: 'assign',
    target,
    ...(isNew && place.isMethod ? { isDeclaration: true } : {}),
  } as const;
  const assigned: Statement =
    operator === '||='
      ? {
          ...shared,
          value: { kind: 'default', value: lowerExpression(left, place), fallback: value },
        }
      : operator === '+=' || operator === '<<='
        ? { ...shared, value, isAppend: true }
        : { ...shared, value };
  return isReturned ? [assigned, { kind: 'return', value: target }] : [assigned];
}

function lowerIf(node: Node, place: RubyPlace, isReturned: boolean): Statement[] {
  const consequence = node.childForFieldName('consequence');
  const alternative = node.childForFieldName('alternative');
  const branches = [consequence, alternative].flatMap((branch) =>
    branch
      ? [
          branch.type === 'elsif'
            ? lowerIf(branch, place, isReturned)
            : lowerBody(branch, place, isReturned),
        ]
      : [],
  );
  return [
    evaluated(node.childForFieldName('condition'), place),
    { kind: 'branch', branches, isComplete: alternative !== null && consequence !== null },
  ];
}

function lowerCase(node: Node, place: RubyPlace, isReturned: boolean): Statement[] {
  const clauses = childrenOf(node).filter(({ type }) => type === 'when' || type === 'else');
  return [
    evaluated(node.childForFieldName('value'), place),
    {
      kind: 'branch',
      branches: clauses.map((clause) => {
        const body = clause.type === 'else' ? clause : clause.childForFieldName('body');
        return body ? lowerBody(body, place, isReturned) : [];
      }),
      isComplete: clauses.some(({ type }) => type === 'else'),
    },
  ];
}

function lowerBegin(node: Node, place: RubyPlace, isReturned: boolean): Statement[] {
  const children = childrenOf(node);
  const isAside = ({ type }: Node): boolean => /^(?:rescue|ensure|else)$/.test(type);
  const rescued = children
    .filter(({ type }) => type === 'rescue')
    .map((clause) => {
      const body = clause.childForFieldName('body');
      return body ? lowerBody(body, place, isReturned) : [];
    });
  const rest = children.filter(({ type }) => type === 'ensure' || type === 'else');
  return [
    ...lowerStatements(
      children.filter((child) => !isAside(child)),
      place,
      isReturned,
    ),
    ...(rescued.length > 0
      ? [{ kind: 'branch' as const, branches: rescued, isComplete: false }]
      : []),
    ...rest.flatMap((clause) => lowerStatements(childrenOf(clause), place)),
  ];
}

function lowerLoop(node: Node, place: RubyPlace): Statement[] {
  const variable = node.childForFieldName('pattern');
  const over = node.childForFieldName('value')?.namedChild(0);
  if (variable?.type === 'identifier') place.locals.add(variable.text);
  const condition = node.childForFieldName('condition');
  const body = node.childForFieldName('body');
  return [
    ...(condition ? [evaluated(condition, place)] : []),
    {
      kind: 'loop',
      ...(variable ? { variable: lowerTarget(variable, place) } : {}),
      ...(over ? { over: lowerExpression(over, place) } : {}),
      body: body ? lowerBody(body, place, false) : [],
    },
  ];
}

/** `urls.each { |url| … }` goes through the items. */
function lowerEach(node: Node, place: RubyPlace): Statement | undefined {
  const method = node.childForFieldName('method')?.text ?? '';
  const receiver = node.childForFieldName('receiver');
  const block = node.childForFieldName('block');
  if (!receiver || !block || node.childForFieldName('arguments')) return undefined;
  if (!/^(?:each|map|flat_map|each_with_index|each_pair|collect)$/.test(method)) return undefined;
  const list = block.childForFieldName('parameters');
  const names = (list ? childrenOf(list) : []).filter(({ type }) => type === 'identifier');
  const variable = names.length > 1 && method !== 'each_with_index' ? names[1] : names[0];
  const body = block.childForFieldName('body');
  const inside = { ...place, locals: new Set([...place.locals, ...names.map(({ text }) => text)]) };
  return {
    kind: 'loop',
    ...(variable ? { variable: { kind: 'name', name: variable.text } } : {}),
    over: lowerExpression(receiver, place),
    body: body ? lowerBody(body, inside, false) : [],
  };
}

/** A module is a class that holds others. `include` and `extend` bring methods in like a supertype. */
function lowerClass(node: Node, place: RubyPlace): Statement {
  const path = node.childForFieldName('name')?.text ?? '';
  const body = node.childForFieldName('body');
  const nodes = (body ? childrenOf(body) : []).flatMap(flatten);
  const included = nodes.flatMap((child) =>
    /^(?:include|extend|prepend)$/.test(child.childForFieldName('method')?.text ?? '')
      ? childrenOf(child.childForFieldName('arguments') ?? child).map(({ text }) => text)
      : [],
  );
  const superclass = node.childForFieldName('superclass')?.namedChild(0);
  const supertypes = [...(superclass ? [superclass.text] : []), ...included].map(lastName);
  const isRequester = included.includes('HTTParty');
  const inside: RubyPlace = { ...place, locals: new Set(), isRequester };
  return {
    kind: 'class',
    name: lastName(path),
    supertypes,
    members: nodes.flatMap((child) => lowerMember(child, inside)),
  };
}

/** Classes inside a module see its constants by their bare names. */
function lowerModule(node: Node, place: RubyPlace): Statement[] {
  const lowered = lowerClass(node, place);
  if (lowered.kind !== 'class') return [lowered];
  const constants = lowered.members.flatMap((member): Statement[] => {
    if (member.kind !== 'assign' || member.target.kind !== 'name') return [];
    const { name } = member.target;
    const object = { kind: 'name', name: lowered.name } as const;
    return /^[A-Z]/.test(name)
      ? [{ kind: 'assign', target: member.target, value: { kind: 'member', object, name } }]
      : [];
  });
  return [lowered, ...constants];
}

/** The methods of `class << self` are the class's. */
function flatten(node: Node): Node[] {
  if (node.type !== 'singleton_class') return [node];
  const body = node.childForFieldName('body');
  return body ? childrenOf(body) : [];
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(':') + 1);
}

function lowerMember(node: Node, place: RubyPlace): Statement[] {
  if (node.type === 'method' || node.type === 'singleton_method') {
    const name = node.childForFieldName('name')?.text ?? '';
    return [
      {
        kind: 'function',
        name: name === 'initialize' ? 'constructor' : name,
        function: lowerFunction(node, place),
      },
    ];
  }
  const left = node.type === 'assignment' ? node.childForFieldName('left') : null;
  // Constants and variables of the class are its fields.
  if (left && /^(?:constant|class_variable|instance_variable)$/.test(left.type))
    return [
      {
        kind: 'assign',
        target: { kind: 'name', name: left.text.replace(/^@+/, '') },
        value: lowerExpression(node.childForFieldName('right'), place),
        isDeclaration: true,
      },
    ];
  const base = place.isRequester ? lowerBaseUri(node, place) : undefined;
  return base ? [base] : lowerStatement(node, place, false);
}

/** `base_uri 'http://…'` in a class that includes HTTParty */
function lowerBaseUri(node: Node, place: RubyPlace): Statement | undefined {
  if (node.childForFieldName('method')?.text !== 'base_uri') return undefined;
  const value = lowerExpression(node, place);
  if (value.kind !== 'call') return undefined;
  return {
    kind: 'assign',
    target: { kind: 'name', name: 'base_uri' },
    isDeclaration: true,
    value: {
      ...value,
      isNew: true,
      target: { kind: 'member', object: { kind: 'name', name: 'HTTParty' }, name: 'base_uri' },
    },
  };
}
