import {
  type BindingElement,
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
import { loadShellReader } from './shell.ts';
import { readStartedCommand } from './started-commands.ts';
import { findMember, findReturned, readImports, toDeclarationFinder } from './typescript-scopes.ts';

const maxDepth = 60;

/**
 * Loads the TypeScript and JavaScript reader. It works on the syntax alone: no type checking, no
 * module is resolved on disk, nothing is run.
 */
export async function loadTypescriptReader(): Promise<ReadCode> {
  const readShell = await loadShellReader();
  return (text, file) => {
    // A project of its own for each file: to forget a file again can cost far more than to read it.
    const project = new Project({
      useInMemoryFileSystem: true,
      skipFileDependencyResolution: true,
      compilerOptions: { allowJs: true, jsx: ts.JsxEmit.Preserve },
    });
    const calls = listCalls(project.createSourceFile(`/${file}`, text, { overwrite: true }));
    return [
      ...interpretCalls(calls, javascriptClients),
      ...calls.flatMap((call) => readStartedCommand(call, readShell)),
    ];
  };
}

function listCalls(source: SourceFile): CallRecord[] {
  const calls: CallRecord[] = [];
  const { modules, declarations } = readImports(source);
  const findDeclaration = toDeclarationFinder();
  const assigned = listAssignments(source);
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
    if (Node.isVariableDeclaration(declaration)) {
      const loop = declaration.getParent()?.getParent();
      if (Node.isForOfStatement(loop)) {
        const over = evaluate(loop.getExpression(), depth);
        const first = over.kind === 'list' ? over.items[0] : undefined;
        return first ? lowerConfidence(first, 0.7) : toUnknown(name, over.from);
      }
      const initializer = declaration.getInitializer();
      if (initializer) return lowerConfidence(evaluate(initializer, depth), 0.9);
      const later = assigned.get(name);
      return later ? lowerConfidence(evaluate(later, depth), 0.7) : toUnknown(name);
    }
    if (Node.isParameterDeclaration(declaration)) {
      const fallback = declaration.getInitializer();
      return fallback ? lowerConfidence(evaluate(fallback, depth), 0.8) : toUnknown(name);
    }
    if (Node.isBindingElement(declaration)) {
      const fallback = declaration.getInitializer();
      const value = evaluateElement(declaration, depth);
      if (value.kind !== 'unknown') return value;
      return fallback ? lowerConfidence(evaluate(fallback, depth), 0.8) : value;
    }
    return toUnknown(name);
  };

  /** What `b` is in `const { a: { b } } = source`. */
  const evaluateElement = (element: BindingElement, depth: number): Value => {
    const name = element.getName();
    const pattern = element.getParent();
    const around = pattern.getParent();
    const key = Node.isArrayBindingPattern(pattern)
      ? `${pattern.getElements().indexOf(element)}`
      : (element.getPropertyNameNode()?.getText() ?? name);
    if (Node.isBindingElement(around)) {
      if (depth > maxDepth) return toUnknown(name);
      return readProperty(evaluateElement(around, depth + 1), key, name);
    }
    const source = Node.isVariableDeclaration(around) ? around.getInitializer() : undefined;
    return source ? evaluateProperty(source, key, name, depth) : toUnknown(name);
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
    if (isEnvironment(object)) return toUnknown(name);
    const member = evaluateMember(object, name, depth);
    return member ?? readProperty(evaluate(object, depth), name, text);
  };

  /** `this.base`, `Settings.base` of a class, `Hosts.Erp` of an enum. */
  const evaluateMember = (object: Expression, name: string, depth: number): Value | undefined => {
    const isThis = Node.isThisExpression(object);
    if (!isThis && !Node.isIdentifier(object)) return undefined;
    const declared = isThis
      ? object.getFirstAncestor(
          (node) => Node.isClassDeclaration(node) || Node.isClassExpression(node),
        )
      : findDeclaration(object.getText(), object);
    const value = Node.isEnumDeclaration(declared)
      ? declared.getMember(name)?.getInitializer()
      : findMember(declared, name);
    return value ? lowerConfidence(evaluate(value, depth), 0.9) : undefined;
  };

  const readProperty = (value: Value, name: string, text: string): Value => {
    if (value.kind === 'object') return value.entries.get(name) ?? toUnknown(text);
    if (value.kind === 'list') return value.items[Number(name)] ?? toUnknown(text, value.from);
    // `new URL(...)` is a text here, so its parts are the text.
    if (value.kind === 'text' && (name === 'href' || name === 'toString')) return value;
    return toUnknown(text, value.from);
  };

  const evaluateCall = (node: CallExpression | NewExpression, depth: number): Value => {
    const target = node.getExpression();
    const args = node.getArguments().map((argument) => evaluate(argument, depth));
    const returned = Node.isIdentifier(target)
      ? findReturned(findDeclaration(target.getText(), target))
      : undefined;
    const given = returned ? evaluate(returned, depth) : undefined;
    if (given && given.kind !== 'unknown')
      return { ...lowerConfidence(given, 0.8), from: mergeSources([given, ...args]) };
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
    const carried = mergeSources([...args, ...(object ? [object] : []), ...(given ? [given] : [])]);
    return { kind: 'result', call: id, callee, from: [id, ...carried] };
  };

  const nameCallee = (
    target: Expression,
    depth: number,
  ): { callee: string; receiver?: number; object?: Value } => {
    if (Node.isPropertyAccessExpression(target)) {
      const inner = target.getExpression();
      const root = Node.isIdentifier(inner) ? nameRoot(inner) : undefined;
      if (root?.module) {
        // `axios.default.get` and `(await import('axios')).default`
        const name = target.getName();
        return { callee: name === 'default' ? root.module : `${root.module}.${name}` };
      }
      if (Node.isIdentifier(inner) && globals.has(inner.getText()) && !root?.isLocal)
        return { callee: target.getName() };
      const object = evaluate(inner, depth);
      return object.kind === 'result'
        ? { callee: `${object.callee}#${target.getName()}`, receiver: object.call, object }
        : { callee: root?.isLocal ? `.${target.getText()}` : target.getText(), object };
    }
    if (!Node.isIdentifier(target)) return { callee: target.getText() };
    const root = nameRoot(target);
    return { callee: root.module ?? (root.isLocal ? `.${target.getText()}` : target.getText()) };
  };

  /** The module that a name stands for; a name that the file declares itself is no library. */
  const nameRoot = (node: Node): { module?: string; isLocal: boolean } => {
    const name = node.getText();
    const declaration = findDeclaration(name, node);
    const module = modules.get(name);
    if (declaration && !declarations.has(declaration)) return { isLocal: true };
    return { ...(module === undefined ? {} : { module }), isLocal: false };
  };

  source.forEachDescendant((node) => {
    if (Node.isCallExpression(node) || Node.isNewExpression(node)) evaluate(node, 0);
  });
  // Calls are numbered as they are evaluated, an initialiser before its uses; report them as written.
  return calls;
}

/** The first value that is assigned to each name that was declared without one. */
function listAssignments(source: SourceFile): ReadonlyMap<string, Expression> {
  const assigned = new Map<string, Expression>();
  source.forEachDescendant((node) => {
    if (!Node.isBinaryExpression(node) || node.getOperatorToken().getText() !== '=') return;
    const left = node.getLeft();
    if (Node.isIdentifier(left) && !assigned.has(left.getText()))
      assigned.set(left.getText(), node.getRight());
  });
  return assigned;
}

const globals = new Set(['globalThis', 'window', 'self', 'global']);

function isEnvironment(node: Expression): boolean {
  return (
    Node.isPropertyAccessExpression(node) &&
    /^(?:process|import\.meta|Bun)$/.test(node.getExpression().getText()) &&
    node.getName() === 'env'
  );
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
