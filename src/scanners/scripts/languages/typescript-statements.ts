import { ts } from 'ts-morph';
import type { Expression, Statement } from '../program/program.ts';
import {
  lowerExport,
  lowerExportedObject,
  lowerImport,
  lowerRequired,
  markExported,
  skipTypes,
} from './typescript-exports.ts';
import { lowerAssigned } from './typescript-expressions.ts';
import { readTypeName } from './typescript-functions.ts';
import type { Lowering } from './typescript-lowering.ts';
import { lowerTarget, readKey } from './typescript-targets.ts';

/** Lowers a statement; types, and what only declares them, are left out. */
export function lowerStatement(node: ts.Node, lowering: Lowering): Statement[] {
  if (ts.isVariableStatement(node)) return lowerVariableStatement(node, lowering);
  if (ts.isExpressionStatement(node)) return lowerExpressionStatement(node.expression, lowering);
  if (ts.isFunctionDeclaration(node)) {
    const name = node.name?.text ?? 'default';
    // Overloads have no body.
    return node.body ? [{ kind: 'function', name, function: lowering.function(node) }] : [];
  }
  if (ts.isClassDeclaration(node)) return lowering.class(node, node.name?.text ?? 'default');
  if (ts.isEnumDeclaration(node)) return [lowerEnum(node, lowering)];
  if (ts.isModuleDeclaration(node)) return lowerNamespace(node, lowering);
  if (ts.isReturnStatement(node) || ts.isThrowStatement(node)) {
    if (!node.expression) return [];
    const value = lowering.expression(node.expression);
    return [{ kind: ts.isReturnStatement(node) ? 'return' : 'expression', value }];
  }
  if (ts.isImportDeclaration(node) || ts.isImportEqualsDeclaration(node)) return lowerImport(node);
  if (ts.isExportDeclaration(node) || ts.isExportAssignment(node))
    return lowerExport(node, lowering);
  return lowerControl(node, lowering);
}

function lowerControl(node: ts.Node, lowering: Lowering): Statement[] {
  if (ts.isIfStatement(node)) return lowerIf(node, lowering);
  if (ts.isSwitchStatement(node)) {
    const { clauses } = node.caseBlock;
    return [
      ...toExpressions(node.expression, lowering),
      {
        kind: 'branch',
        branches: clauses.map((clause) => lowering.statements(clause.statements)),
        isComplete: clauses.some(ts.isDefaultClause),
      },
    ];
  }
  if (ts.isTryStatement(node)) {
    const caught = node.catchClause ? lowering.statements(node.catchClause.block.statements) : [];
    return [
      ...lowerBlock(node.tryBlock, lowering),
      ...(caught.length === 0
        ? []
        : [{ kind: 'branch' as const, branches: [caught], isComplete: false }]),
      ...(node.finallyBlock
        ? [{ kind: 'block' as const, body: lowering.statements(node.finallyBlock.statements) }]
        : []),
    ];
  }
  if (ts.isBlock(node)) return lowerBlock(node, lowering);
  if (ts.isLabeledStatement(node)) return lowering.statements([node.statement]);
  return lowerLoop(node, lowering);
}

/** What `var` declares belongs to the function around the block. */
function lowerBlock({ statements }: ts.Block, lowering: Lowering): Statement[] {
  const body = lowering.statements(statements);
  const hoists = statements.some(
    (each) =>
      ts.isVariableStatement(each) && (each.declarationList.flags & ts.NodeFlags.BlockScoped) === 0,
  );
  return hoists ? body : [{ kind: 'block', body }];
}

function lowerLoop(node: ts.Node, lowering: Lowering): Statement[] {
  if (ts.isForOfStatement(node) || ts.isForInStatement(node)) {
    const { initializer } = node;
    const declared = ts.isVariableDeclarationList(initializer)
      ? initializer.declarations[0]?.name
      : initializer;
    const over = lowering.expression(node.expression);
    return [
      {
        kind: 'loop',
        ...(declared ? { variable: lowerTarget(declared, lowering) } : {}),
        over: ts.isForOfStatement(node) ? over : { kind: 'other', source: '…', parts: [over] },
        body: lowering.statements([node.statement]),
      },
    ];
  }
  if (ts.isForStatement(node)) {
    const { initializer, condition, incrementor } = node;
    const first =
      initializer && ts.isVariableDeclarationList(initializer)
        ? lowerVariables(initializer, lowering)
        : toExpressions(initializer, lowering);
    const body = [
      ...toExpressions(condition, lowering),
      ...lowering.statements([node.statement]),
      ...toExpressions(incrementor, lowering),
    ];
    return [{ kind: 'block', body: [...first, { kind: 'loop', body }] }];
  }
  if (ts.isWhileStatement(node) || ts.isDoStatement(node))
    return [
      {
        kind: 'loop',
        body: [
          ...toExpressions(node.expression, lowering),
          ...lowering.statements([node.statement]),
        ],
      },
    ];
  return ts.isWithStatement(node) ? lowering.statements([node.statement]) : [];
}

/** A chain of `else if` is one branch, so that a long one nests no deeper than a short one. */
function lowerIf(node: ts.IfStatement, lowering: Lowering): Statement[] {
  const branches: Statement[][] = [];
  const conditions: Statement[] = [];
  let at: ts.Statement | undefined = node;
  while (at && ts.isIfStatement(at)) {
    conditions.push(...toExpressions(at.expression, lowering));
    branches.push(lowering.statements([at.thenStatement]));
    at = at.elseStatement;
  }
  if (at) branches.push(lowering.statements([at]));
  return [...conditions, { kind: 'branch', branches, isComplete: at !== undefined }];
}

function toExpressions(node: ts.Expression | undefined, lowering: Lowering): Statement[] {
  return node ? [{ kind: 'expression', value: lowering.expression(node) }] : [];
}

function lowerVariableStatement(node: ts.VariableStatement, lowering: Lowering): Statement[] {
  const statements = lowerVariables(node.declarationList, lowering);
  if (!node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return statements;
  const marks = node.declarationList.declarations.flatMap(({ name }) =>
    ts.isIdentifier(name) ? [markExported(name.text, node, lowering)] : [],
  );
  return [...statements, ...marks];
}

function lowerVariables(list: ts.VariableDeclarationList, lowering: Lowering): Statement[] {
  return list.declarations.flatMap((node): Statement[] => {
    const required = lowerRequired(node, lowering);
    if (required) return required;
    const { initializer } = node;
    const named =
      initializer && ts.isIdentifier(node.name)
        ? lowerNamed(initializer, node.name.text, lowering)
        : undefined;
    if (named) return named;
    const type = readTypeName(node.type);
    return [
      {
        kind: 'assign',
        target: lowerTarget(node.name, lowering),
        isDeclaration: true,
        ...(initializer ? { value: lowering.expression(initializer) } : {}),
        ...(type === undefined ? {} : { type }),
      },
    ];
  });
}

/** A class, function or object that a variable names. */
function lowerNamed(
  node: ts.Expression,
  name: string,
  lowering: Lowering,
): Statement[] | undefined {
  const value = skipTypes(node);
  if (ts.isClassExpression(value)) return lowering.class(value, name);
  if (ts.isObjectLiteralExpression(value)) return lowering.object(value, name);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value)
    ? [{ kind: 'function', name, function: lowering.function(value) }]
    : undefined;
}

/** `list.forEach((item) => …)` is a loop. */
function lowerForEach(node: ts.Expression, lowering: Lowering): Statement[] | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
    return undefined;
  const [callback] = node.arguments;
  if (node.expression.name.text !== 'forEach' || !callback) return undefined;
  if (!ts.isArrowFunction(callback) && !ts.isFunctionExpression(callback)) return undefined;
  const [first] = callback.parameters;
  return [
    {
      kind: 'loop',
      ...(first ? { variable: lowerTarget(first.name, lowering) } : {}),
      over: lowering.expression(node.expression.expression),
      body: lowering.function(callback).body,
    },
  ];
}

/**
 * `(function () { … })()` at the top of a file keeps names out of the page, and is the module: its
 * `module.exports` is what other files see.
 */
function lowerModuleFunction(node: ts.Expression, lowering: Lowering): Statement[] | undefined {
  if (!ts.isSourceFile(node.parent.parent)) return undefined;
  const call = skipWrapping(node);
  if (!ts.isCallExpression(call)) return undefined;
  const callee = skipWrapping(call.expression);
  // `(function () { … }).call(this)`
  const isCalled = ts.isPropertyAccessExpression(callee) && callee.name.text === 'call';
  const made = isCalled ? skipWrapping(callee.expression) : callee;
  if (!ts.isFunctionExpression(made) && !ts.isArrowFunction(made)) return undefined;
  const { parameters, body } = lowering.function(made);
  const given = parameters.map(({ name }, index): Statement => {
    const argument = call.arguments[isCalled ? index + 1 : index];
    return {
      kind: 'assign',
      target: { kind: 'name', name },
      isDeclaration: true,
      ...(argument ? { value: lowering.expression(argument) } : {}),
    };
  });
  return [...given, ...body];
}

/** An expression without parentheses, and without the sign that makes a function one. */
function skipWrapping(node: ts.Expression): ts.Expression {
  let at = node;
  while (
    ts.isParenthesizedExpression(at) ||
    ts.isPrefixUnaryExpression(at) ||
    ts.isVoidExpression(at)
  )
    at = ts.isPrefixUnaryExpression(at) ? at.operand : at.expression;
  return at;
}

function lowerExpressionStatement(node: ts.Expression, lowering: Lowering): Statement[] {
  if (!ts.isBinaryExpression(node))
    return (
      lowerForEach(node, lowering) ??
      lowerModuleFunction(node, lowering) ??
      toExpressions(node, lowering)
    );
  const exported = lowerExportedObject(node, lowering) ?? lowerLibrarySetting(node, lowering);
  if (exported) return exported;
  switch (node.operatorToken.kind) {
    case ts.SyntaxKind.EqualsToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
    case ts.SyntaxKind.BarBarEqualsToken:
      return [
        {
          kind: 'assign',
          target: lowerTarget(node.left, lowering),
          value: lowerAssigned(node, lowering),
        },
      ];
    case ts.SyntaxKind.PlusEqualsToken:
      return [
        {
          kind: 'assign',
          target: lowerTarget(node.left, lowering),
          value: lowering.expression(node.right),
          isAppend: true,
        },
      ];
    default:
      return toExpressions(node, lowering);
  }
}

/** `axios.defaults.baseURL = …` changes a library: a call of its setter, at its own place. */
function lowerLibrarySetting(
  node: ts.BinaryExpression,
  lowering: Lowering,
): Statement[] | undefined {
  const { left, right, operatorToken } = node;
  if (operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
  if (!ts.isPropertyAccessExpression(left) || left.name.text !== 'baseURL') return undefined;
  let root: ts.Expression = left;
  while (ts.isPropertyAccessExpression(root)) root = root.expression;
  if (!ts.isIdentifier(root) || !lowering.modules.has(root.text)) return undefined;
  const object = lowering.expression(left.expression);
  const value: Expression = {
    kind: 'call',
    target: { kind: 'member', object, name: `${left.name.text}=` },
    args: [{ value: lowering.expression(right) }],
    source: lowering.textOf(node),
    ...lowering.positionOf(node),
  };
  return [{ kind: 'expression', value }];
}

function lowerEnum(node: ts.EnumDeclaration, lowering: Lowering): Statement {
  const entries = node.members.flatMap((member) => {
    const key = readKey(member.name);
    if (key === undefined || !member.initializer) return [];
    return [{ key, value: lowering.expression(member.initializer) }];
  });
  const value: Expression = { kind: 'object', entries };
  return {
    kind: 'assign',
    target: { kind: 'name', name: node.name.text },
    value,
    isDeclaration: true,
  };
}

/** `namespace N { … }` holds its names as a class does; `declare module 'x'` only tells types. */
function lowerNamespace(node: ts.ModuleDeclaration, lowering: Lowering): Statement[] {
  const isAmbient = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DeclareKeyword);
  if (isAmbient || !ts.isIdentifier(node.name) || !node.body) return [];
  const members = ts.isModuleBlock(node.body)
    ? lowering.statements(node.body.statements)
    : lowering.statements([node.body]);
  return [{ kind: 'class', name: node.name.text, supertypes: [], members }];
}
