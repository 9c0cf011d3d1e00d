import {
  type CallExpression,
  type Expression,
  type NewExpression,
  Node,
  Project,
  type SourceFile,
  ts,
} from 'ts-morph';
import {
  type CallRecord,
  joinTexts,
  lowerConfidence,
  mergeSources,
  toText,
  toUnknown,
  type Value,
} from './calls.ts';
import { javascriptClients } from './client-table.ts';
import type { ReadCode } from './facts.ts';
import { interpretCalls } from './interpret-calls.ts';

const maxDepth = 60;

/**
 * Loads the TypeScript and JavaScript reader. It works on the syntax alone: no type checking, no
 * module is resolved on disk, nothing is run.
 */
export function loadTypescriptReader(): ReadCode {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve },
  });
  return (text, file) => {
    const source = project.createSourceFile(`/${file}`, text, { overwrite: true });
    try {
      return interpretCalls(listCalls(source), javascriptClients);
    } finally {
      source.forget();
    }
  };
}

function listCalls(source: SourceFile): CallRecord[] {
  const calls: CallRecord[] = [];
  const modules = readImports(source);
  const evaluated = new Map<Node, Value>();
  const running = new Set<Node>();

  const evaluate = (node: Node, depth: number): Value => {
    const known = evaluated.get(node);
    if (known) return known;
    // A value that depends on itself, or on too much, is not followed.
    if (depth > maxDepth || running.has(node)) return toUnknown(node.getText());
    running.add(node);
    const value = compute(node, depth + 1);
    running.delete(node);
    evaluated.set(node, value);
    return value;
  };

  const compute = (node: Node, depth: number): Value => {
    if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node))
      return toText(node.getLiteralText());
    if (Node.isNumericLiteral(node)) return toText(node.getText());
    if (Node.isTemplateExpression(node)) {
      const spans = node.getTemplateSpans();
      return joinTexts([
        toText(node.getHead().getLiteralText()),
        ...spans.flatMap((span) => [
          evaluate(span.getExpression(), depth),
          toText(span.getLiteral().getLiteralText()),
        ]),
      ]);
    }
    if (
      Node.isParenthesizedExpression(node) ||
      Node.isAsExpression(node) ||
      Node.isNonNullExpression(node) ||
      Node.isSatisfiesExpression(node) ||
      Node.isAwaitExpression(node)
    ) {
      return evaluate(node.getExpression(), depth);
    }
    if (Node.isIdentifier(node)) return evaluateName(node.getText(), node, depth);
    if (Node.isBinaryExpression(node))
      return evaluateBinary(
        node.getLeft(),
        node.getOperatorToken().getText(),
        node.getRight(),
        depth,
      );
    if (Node.isConditionalExpression(node))
      return lowerConfidence(evaluate(node.getWhenTrue(), depth), 0.7);
    if (Node.isObjectLiteralExpression(node)) return evaluateObject(node, depth);
    if (Node.isArrayLiteralExpression(node)) {
      const items = node.getElements().map((element) => evaluate(element, depth));
      return { kind: 'list', items, from: mergeSources(items) };
    }
    if (Node.isPropertyAccessExpression(node))
      return evaluateProperty(node.getExpression(), node.getName(), node.getText(), depth);
    if (Node.isElementAccessExpression(node)) {
      const key = node.getArgumentExpression();
      const name = key ? evaluate(key, depth) : undefined;
      return name?.kind === 'text'
        ? evaluateProperty(node.getExpression(), name.text, node.getText(), depth)
        : toUnknown(node.getText());
    }
    if (Node.isCallExpression(node) || Node.isNewExpression(node)) return evaluateCall(node, depth);
    return toUnknown(node.getText(), childData(node, depth));
  };

  /** Data that an expression carries although its value is unknown. */
  const childData = (node: Node, depth: number): number[] =>
    mergeSources(
      node
        .forEachChildAsArray()
        .filter(Node.isExpression)
        .map((child) => evaluate(child, depth)),
    );

  const evaluateName = (name: string, node: Node, depth: number): Value => {
    const declaration = findDeclaration(name, node);
    if (declaration && Node.isVariableDeclaration(declaration)) {
      const initializer = declaration.getInitializer();
      return initializer ? lowerConfidence(evaluate(initializer, depth), 0.9) : toUnknown(name);
    }
    if (declaration && Node.isBindingElement(declaration)) {
      const fallback = declaration.getInitializer();
      const source = declaration.getFirstAncestor(Node.isVariableDeclaration)?.getInitializer();
      const key = declaration.getPropertyNameNode()?.getText() ?? declaration.getName();
      const value = source ? evaluateProperty(source, key, name, depth) : undefined;
      if (value && value.kind !== 'unknown') return value;
      return fallback
        ? lowerConfidence(evaluate(fallback, depth), 0.8)
        : (value ?? toUnknown(name));
    }
    return toUnknown(name);
  };

  const evaluateBinary = (
    left: Expression,
    operator: string,
    right: Expression,
    depth: number,
  ): Value => {
    const first = evaluate(left, depth);
    const second = evaluate(right, depth);
    if (operator === '+') return joinTexts([first, second]);
    if (operator === '??' || operator === '||') {
      return first.kind === 'unknown' ? lowerConfidence(second, 0.8) : first;
    }
    return toUnknown(`${left.getText()} ${operator} ${right.getText()}`, [
      ...first.from,
      ...second.from,
    ]);
  };

  const evaluateObject = (node: Node, depth: number): Value => {
    const entries = new Map<string, Value>();
    if (!Node.isObjectLiteralExpression(node)) return toUnknown(node.getText());
    for (const property of node.getProperties()) {
      if (Node.isPropertyAssignment(property)) {
        const value = property.getInitializer();
        if (value)
          entries.set(property.getName().replace(/^['"]|['"]$/g, ''), evaluate(value, depth));
      } else if (Node.isShorthandPropertyAssignment(property)) {
        entries.set(property.getName(), evaluateName(property.getName(), property, depth));
      } else if (Node.isSpreadAssignment(property)) {
        const value = evaluate(property.getExpression(), depth);
        if (value.kind === 'object')
          for (const [key, entry] of value.entries) entries.set(key, entry);
      }
    }
    return { kind: 'object', entries, from: mergeSources([...entries.values()]) };
  };

  const evaluateProperty = (
    object: Expression,
    name: string,
    text: string,
    depth: number,
  ): Value => {
    if (object.getText() === 'process.env') return toUnknown(name);
    const value = evaluate(object, depth);
    if (value.kind === 'object') return value.entries.get(name) ?? toUnknown(text);
    if (value.kind === 'list') return value.items[Number(name)] ?? toUnknown(text, value.from);
    // `new URL(...)` is a text here, so its parts are the text.
    if (value.kind === 'text' && (name === 'href' || name === 'toString')) return value;
    return toUnknown(text, value.from);
  };

  const evaluateCall = (node: CallExpression | NewExpression, depth: number): Value => {
    const target = node.getExpression();
    const args = node.getArguments().map((argument) => evaluate(argument, depth));
    const { callee, receiver, object } = nameCallee(target, depth);
    if (callee === 'URL' && args[0]) return resolveUrl(args[0], args[1]);
    if (callee === 'String' && args[0]) return args[0];
    if (object?.kind === 'text' && /\.(?:toString|trim|concat)$/.test(callee))
      return joinTexts([object, ...args]);
    if (callee === 'require' && args[0]?.kind === 'text') return toUnknown(args[0].text);
    const id = calls.length;
    const start = source.getLineAndColumnAtPos(node.getStart());
    calls.push({
      id,
      callee,
      ...(receiver === undefined ? {} : { receiver }),
      args,
      named: new Map(),
      text: node.getText().split('\n')[0] ?? '',
      line: start.line,
      column: start.column,
    });
    const carried = mergeSources([...args, ...(object ? [object] : [])]);
    return { kind: 'result', call: id, callee, from: [id, ...carried] };
  };

  const nameCallee = (
    target: Expression,
    depth: number,
  ): { callee: string; receiver?: number; object?: Value } => {
    if (Node.isPropertyAccessExpression(target)) {
      const inner = target.getExpression();
      const module = Node.isIdentifier(inner) ? modules.get(inner.getText()) : undefined;
      if (module) return { callee: `${module}.${target.getName()}` };
      const object = evaluate(inner, depth);
      return object.kind === 'result'
        ? { callee: `${object.callee}#${target.getName()}`, receiver: object.call, object }
        : { callee: target.getText(), object };
    }
    return { callee: modules.get(target.getText()) ?? target.getText() };
  };

  source.forEachDescendant((node) => {
    if (Node.isCallExpression(node) || Node.isNewExpression(node)) evaluate(node, 0);
  });
  // Calls are numbered as they are evaluated, an initialiser before its uses; report them as written.
  return calls;
}

/** Local name → module or `module.export`. */
function readImports(source: SourceFile): Map<string, string> {
  const modules = new Map<string, string>();
  for (const declaration of source.getImportDeclarations()) {
    const module = declaration.getModuleSpecifierValue();
    const whole = declaration.getDefaultImport() ?? declaration.getNamespaceImport();
    if (whole) modules.set(whole.getText(), module);
    for (const named of declaration.getNamedImports()) {
      modules.set(
        named.getAliasNode()?.getText() ?? named.getName(),
        `${module}.${named.getName()}`,
      );
    }
  }
  // `const { Client } = require('pg')` and `const axios = require('axios')`
  for (const declaration of source.getVariableDeclarations()) {
    const initializer = declaration.getInitializer();
    if (!Node.isCallExpression(initializer) || initializer.getExpression().getText() !== 'require')
      continue;
    const [argument] = initializer.getArguments();
    if (!Node.isStringLiteral(argument)) continue;
    const module = argument.getLiteralText();
    const name = declaration.getNameNode();
    if (Node.isIdentifier(name)) modules.set(name.getText(), module);
    else if (Node.isObjectBindingPattern(name)) {
      for (const element of name.getElements()) {
        modules.set(
          element.getName(),
          `${module}.${element.getPropertyNameNode()?.getText() ?? element.getName()}`,
        );
      }
    }
  }
  // `import pg from 'pg'; const { Client } = pg` and `pg.Client`
  for (const declaration of source.getVariableDeclarations()) {
    const name = declaration.getNameNode();
    const module = modules.get(declaration.getInitializer()?.getText() ?? '');
    if (!module || !Node.isObjectBindingPattern(name)) continue;
    for (const element of name.getElements()) {
      modules.set(
        element.getName(),
        `${module}.${element.getPropertyNameNode()?.getText() ?? element.getName()}`,
      );
    }
  }
  return modules;
}

/** The nearest declaration of a name, looking outward from a node. */
function findDeclaration(name: string, from: Node): Node | undefined {
  for (let scope: Node | undefined = from.getParent(); scope; scope = scope.getParent()) {
    if (
      (Node.isFunctionLikeDeclaration(scope) || Node.isArrowFunction(scope)) &&
      scope.getParameters().some((parameter) => parameter.getName() === name)
    ) {
      return undefined;
    }
    if (!Node.isBlock(scope) && !Node.isSourceFile(scope)) continue;
    for (const statement of scope.getStatements()) {
      if (!Node.isVariableStatement(statement)) continue;
      for (const declaration of statement.getDeclarations()) {
        const pattern = declaration.getNameNode();
        if (Node.isIdentifier(pattern) && pattern.getText() === name) return declaration;
        if (Node.isObjectBindingPattern(pattern)) {
          const element = pattern.getElements().find((candidate) => candidate.getName() === name);
          if (element) return element;
        }
      }
    }
  }
  return undefined;
}

function resolveUrl(target: Value, base: Value | undefined): Value {
  if (target.kind !== 'text' || base?.kind !== 'text' || /^[a-z][a-z0-9+.-]*:/i.test(target.text))
    return target;
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/]+/i.exec(base.text)?.[0];
  return origin
    ? toText(
        `${origin}/${target.text.replace(/^\//, '')}`,
        Math.min(target.confidence, base.confidence),
        mergeSources([target, base]),
      )
    : joinTexts([base, target]);
}
