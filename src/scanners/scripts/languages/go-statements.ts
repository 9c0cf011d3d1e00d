import type { Expression, FunctionBody, Parameter, Statement } from '../program/program.ts';
import { childrenOf, type Node } from '../tree-sitter.ts';
import { findDefault, type GoDefault } from './go-defaults.ts';
import { type GoPlace, lowerExpression, typeName } from './go-expressions.ts';

/** Lowers the parameters and the body of a function, a method or a function literal. */
export function lowerFunction(node: Node, place: GoPlace): FunctionBody {
  const parameters = childrenOf(node.childForFieldName('parameters') ?? node).flatMap(
    lowerParameter,
  );
  // A parameter may hide the receiver of the method around a function literal.
  const { receiver, ...rest } = place;
  const isHidden = parameters.some(({ name }) => name === receiver);
  const inside = receiver === undefined || isHidden ? rest : place;
  const body = node.childForFieldName('body');
  return {
    parameters,
    body: body ? lowerBlock(body, { ...inside, ...countResults(node) }) : [],
  };
}

interface BodyPlace extends GoPlace {
  /** How many values the function returns, its error not counted. */
  readonly results?: number;
}

function countResults(node: Node): { results: number } {
  const result = node.childForFieldName('result');
  if (!result) return { results: 0 };
  if (result.type !== 'parameter_list') return { results: 1 };
  const types = childrenOf(result).flatMap((parameter) => {
    const names = parameter.childrenForFieldName('name').length;
    const type = parameter.childForFieldName('type')?.text ?? '';
    return Array<string>(Math.max(names, 1)).fill(type);
  });
  return { results: types.filter((type) => type !== 'error').length };
}

function lowerParameter(node: Node): Parameter[] {
  const type = typeName(node.childForFieldName('type'));
  const isOne = node.type === 'parameter_declaration';
  if (!isOne && node.type !== 'variadic_parameter_declaration') return [];
  const names = node.childrenForFieldName('name').flatMap((name) => name?.text ?? []);
  return (names.length === 0 ? ['_'] : names).map((name) => ({
    name,
    ...(type === undefined || !isOne ? {} : { type }),
  }));
}

/** Lowers the statements of a block, a clause of a `switch`, or anything that lists statements. */
function lowerBlock(node: Node, place: BodyPlace): Statement[] {
  const list = node.namedChildren.find((child) => child?.type === 'statement_list') ?? node;
  const nodes = childrenOf(list).filter(({ type }) => type !== 'comment');
  const statements: Statement[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const [statement, next] = [nodes[at], nodes[at + 1]];
    if (!statement) continue;
    const found = findDefault(statement, next);
    if (!found) {
      statements.push(...lowerStatement(statement, place));
      continue;
    }
    statements.push(lowerDefault(statement, found, place));
    if (found.usesNext) at++;
  }
  return statements;
}

function lowerDefault(node: Node, found: GoDefault, place: BodyPlace): Statement {
  const value: Expression = {
    kind: 'default',
    value: lowerExpression(found.value, place),
    fallback: lowerExpression(found.fallback, place),
  };
  const use: Statement = found.target
    ? { kind: 'assign', target: lowerExpression(found.target, place), value }
    : { kind: 'return', value };
  return { kind: 'block', body: [...initializer(node, place), use] };
}

function lowerStatement(node: Node, place: BodyPlace): Statement[] {
  switch (node.type) {
    case 'var_declaration':
    case 'const_declaration':
      return lowerVariables(node, place);
    case 'short_var_declaration':
      return lowerAssignment(node, place, true);
    case 'assignment_statement':
      return lowerAssignment(node, place, false);
    case 'return_statement':
      return lowerReturn(node, place);
    case 'if_statement':
      return [{ kind: 'block', body: [...initializer(node, place), ...lowerIf(node, place)] }];
    case 'for_statement':
      return [{ kind: 'block', body: lowerFor(node, place) }];
    case 'expression_switch_statement':
    case 'type_switch_statement':
    case 'select_statement':
      return [{ kind: 'block', body: [...initializer(node, place), ...lowerSwitch(node, place)] }];
    case 'block':
      return [{ kind: 'block', body: lowerBlock(node, place) }];
    case 'labeled_statement':
      return childrenOf(node)
        .slice(1)
        .flatMap((child) => lowerStatement(child, place));
    case 'expression_statement': {
      const flag = lowerFlag(node.namedChild(0), place);
      if (flag) return [flag];
      return childrenOf(node).map((child) => ({
        kind: 'expression',
        value: lowerExpression(child, place),
      }));
    }
    case 'send_statement':
      return [{ kind: 'expression', value: lowerSent(node, place) }];
    case 'go_statement':
    case 'defer_statement':
    case 'receive_statement':
      return childrenOf(node).map((child) => ({
        kind: 'expression',
        value: lowerExpression(child, place),
      }));
    case 'ERROR':
      return childrenOf(node).flatMap((child) => lowerStatement(child, place));
    case 'call_expression':
      return [{ kind: 'expression', value: lowerExpression(node, place) }];
    default:
      return [];
  }
}

/** `producer.Input() <- message` hands the message to whom the channel is of. */
function lowerSent(node: Node, place: BodyPlace): Expression {
  const [channel, value] = childrenOf(node).map((child) => lowerExpression(child, place));
  if (channel?.kind === 'call' && value) return { ...channel, args: [...channel.args, { value }] };
  const parts = [channel, value].filter((part) => part !== undefined);
  return { kind: 'other', source: '<-', parts };
}

/** `flag.StringVar(&addr, "addr", "host:80", "usage")` sets `addr` to its default. */
function lowerFlag(call: Node | null, place: BodyPlace): Statement | undefined {
  const name = call?.childForFieldName('function')?.childForFieldName('field')?.text;
  const kind = /^(?:String|Int|StringSlice)Var(P?)$/.exec(name ?? '');
  if (!call || !kind) return undefined;
  const given = childrenOf(call.childForFieldName('arguments') ?? call);
  const target = given[0]?.childForFieldName('operand');
  const value = given[kind[1] ? 3 : 2];
  if (given[0]?.type !== 'unary_expression' || !target || !value) return undefined;
  return {
    kind: 'assign',
    target: lowerExpression(target, place),
    value: lowerExpression(value, place),
  };
}

/** `var a, b T = x, y` and `const (…)`. */
export function lowerVariables(node: Node, place: GoPlace): Statement[] {
  const specs = childrenOf(node).flatMap((child) =>
    child.type === 'var_spec_list' ? childrenOf(child) : [child],
  );
  return specs.flatMap((spec): Statement[] => {
    if (spec.type !== 'var_spec' && spec.type !== 'const_spec') return [];
    const names = spec.childrenForFieldName('name').flatMap((name) => (name ? [name] : []));
    const value = spec.childForFieldName('value');
    const type = typeName(spec.childForFieldName('type'));
    if (value)
      return assignAll(
        names.filter(({ isNamed }) => isNamed),
        childrenOf(value),
        place,
        type,
      );
    return names.flatMap((name): Statement[] =>
      type === undefined || !name.isNamed
        ? []
        : [{ kind: 'assign', target: lowerExpression(name, place), type, isDeclaration: true }],
    );
  });
}

function lowerAssignment(node: Node, place: GoPlace, isDeclaration: boolean): Statement[] {
  const targets = childrenOf(node.childForFieldName('left') ?? node);
  const values = childrenOf(node.childForFieldName('right') ?? node);
  if (isDeclaration) return assignAll(targets, values, place);
  const isAppend = node.childForFieldName('operator')?.text === '+=';
  return assignAll(targets, values, place).map((statement) => {
    if (statement.kind !== 'assign') return statement;
    const { isDeclaration: _, ...rest } = statement;
    return isAppend ? { ...rest, isAppend } : rest;
  });
}

/** Assigns values to as many targets, or takes what one call returns apart. */
function assignAll(
  targets: readonly Node[],
  values: readonly Node[],
  place: GoPlace,
  type?: string,
): Statement[] {
  const shared = {
    kind: 'assign',
    isDeclaration: true,
    ...(type === undefined ? {} : { type }),
  } as const;
  const [value] = values;
  if (values.length === 1 && value && targets.length > 1) {
    // The last of several is the error, or whether there is a value, by custom.
    const last = targets.at(-1);
    const told = /^(?:_|ok|err\w*|\w*Err|exists|found|present)$/.test(last?.text ?? '')
      ? targets.slice(0, -1)
      : targets;
    const [first] = told;
    const items = told.map((target) => lowerExpression(target, place));
    const target: Expression =
      told.length === 1 && first ? lowerExpression(first, place) : { kind: 'list', items };
    return [{ ...shared, target, value: lowerExpression(value, place) }];
  }
  return targets.flatMap((target, index): Statement[] => {
    const given = values[index];
    return given
      ? [
          {
            ...shared,
            target: lowerExpression(target, place),
            value: lowerExpression(given, place),
          },
        ]
      : [];
  });
}

/** The error that a function returns behind its value is left out. */
function lowerReturn(node: Node, place: BodyPlace): Statement[] {
  const list = node.namedChild(0);
  const values = list ? childrenOf(list) : [];
  const [first] = values;
  if (!first) return [];
  const told = values.slice(0, Math.max(1, place.results ?? values.length));
  const items = told.map((value) => lowerExpression(value, place));
  const [only = lowerExpression(first, place)] = items;
  const rest = values.slice(told.length).map(
    (value): Statement => ({
      kind: 'expression',
      value: lowerExpression(value, place),
    }),
  );
  return [...rest, { kind: 'return', value: items.length === 1 ? only : { kind: 'list', items } }];
}

function initializer(node: Node, place: BodyPlace): Statement[] {
  const first = node.childForFieldName('initializer');
  return first ? lowerStatement(first, place) : [];
}

function lowerIf(node: Node, place: BodyPlace): Statement[] {
  const condition = node.childForFieldName('condition');
  const consequence = node.childForFieldName('consequence');
  const alternative = node.childForFieldName('alternative');
  const branches = [consequence, alternative].flatMap((branch) =>
    branch
      ? [
          branch.type === 'block'
            ? [{ kind: 'block' as const, body: lowerBlock(branch, place) }]
            : lowerStatement(branch, place),
        ]
      : [],
  );
  return [
    { kind: 'expression', value: lowerExpression(condition, place) },
    { kind: 'branch', branches, isComplete: alternative !== null },
  ];
}

function lowerFor(node: Node, place: BodyPlace): Statement[] {
  const body = node.childForFieldName('body');
  const statements = body ? lowerBlock(body, place) : [];
  const head = childrenOf(node).find(({ type }) => type !== 'block' && type !== 'comment');
  if (head?.type === 'range_clause') {
    const left = childrenOf(head.childForFieldName('left') ?? head);
    // The first variable of two counts.
    const variable = left.length > 1 ? left[1] : undefined;
    return [
      {
        kind: 'loop',
        ...(variable ? { variable: lowerExpression(variable, place) } : {}),
        over: lowerExpression(head.childForFieldName('right'), place),
        body: statements,
      },
    ];
  }
  const first =
    head?.type === 'for_clause'
      ? initializer(head, place)
      : head
        ? [{ kind: 'expression' as const, value: lowerExpression(head, place) }]
        : [];
  return [...first, { kind: 'loop', body: statements }];
}

function lowerSwitch(node: Node, place: BodyPlace): Statement[] {
  const value = node.childForFieldName('value');
  const cases = childrenOf(node).filter(({ type }) => /_case$/.test(type));
  const branches = cases.map((clause): Statement[] => {
    const communication = clause.childForFieldName('communication');
    const first = communication ? lowerCommunication(communication, place) : [];
    return [{ kind: 'block', body: [...first, ...lowerBlock(clause, place)] }];
  });
  return [
    ...(value ? [{ kind: 'expression' as const, value: lowerExpression(value, place) }] : []),
    {
      kind: 'branch',
      branches,
      isComplete: cases.some(({ type }) => type === 'default_case'),
    },
  ];
}

/** `case message := <-messages:` */
function lowerCommunication(node: Node, place: BodyPlace): Statement[] {
  return node.childForFieldName('left')
    ? lowerAssignment(node, place, true)
    : lowerStatement(node, place);
}
