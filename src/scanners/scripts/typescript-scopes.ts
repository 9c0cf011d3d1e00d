import { type Expression, Node, type SourceFile, ts } from 'ts-morph';

/** What a name was declared as: by the nearest declaration around a place. */
export type FindDeclaration = (name: string, from: Node) => Node | undefined;

/** Finds declarations by scope; each scope is read once. */
export function toDeclarationFinder(): FindDeclaration {
  const scopes = new Map<Node, ReadonlyMap<string, Node>>();
  const namesOf = (scope: Node): ReadonlyMap<string, Node> => {
    const known = scopes.get(scope) ?? readScope(scope);
    scopes.set(scope, known);
    return known;
  };
  return (name, from) => {
    for (let scope = from.getParent(); scope; scope = scope.getParent()) {
      const found = namesOf(scope).get(name);
      if (found) return found;
    }
    return undefined;
  };
}

const noNames: ReadonlyMap<string, Node> = new Map();

function readScope(scope: Node): ReadonlyMap<string, Node> {
  const names = new Map<string, Node>();
  if (Node.isParametered(scope)) {
    for (const parameter of scope.getParameters()) declare(parameter, parameter, names);
  } else if (Node.isStatemented(scope)) {
    for (const statement of scope.getStatements()) {
      if (Node.isVariableStatement(statement)) {
        for (const declaration of statement.getDeclarations())
          declare(declaration, declaration, names);
      } else if (
        Node.isFunctionDeclaration(statement) ||
        Node.isClassDeclaration(statement) ||
        Node.isEnumDeclaration(statement)
      ) {
        const name = statement.getName();
        if (name) names.set(name, statement);
      }
    }
  } else if (
    Node.isForOfStatement(scope) ||
    Node.isForInStatement(scope) ||
    Node.isForStatement(scope)
  ) {
    const list = scope.getInitializer();
    if (Node.isVariableDeclarationList(list)) {
      for (const declaration of list.getDeclarations()) declare(declaration, declaration, names);
    }
  } else if (Node.isCatchClause(scope)) {
    const variable = scope.getVariableDeclaration();
    if (variable) declare(variable, variable, names);
  } else return noNames;
  return names;
}

/** Notes a declared name, or each name of a pattern such as `{ a: { b }, c = 1 }`. */
function declare(
  named: { getNameNode(): Node | undefined },
  declaration: Node,
  names: Map<string, Node>,
): void {
  const pattern = named.getNameNode();
  if (!pattern) return;
  if (Node.isIdentifier(pattern)) names.set(pattern.getText(), declaration);
  else if (Node.isObjectBindingPattern(pattern) || Node.isArrayBindingPattern(pattern)) {
    for (const element of pattern.getElements()) {
      if (Node.isBindingElement(element)) declare(element, element, names);
    }
  }
}

/** Local name → module or `module.export`, and the declarations that bring them in. */
export interface Imports {
  readonly modules: ReadonlyMap<string, string>;
  readonly declarations: ReadonlySet<Node>;
}

/** Reads `import`, `require` and `await import`. */
export function readImports(source: SourceFile): Imports {
  const modules = new Map<string, string>();
  const declarations = new Set<Node>();
  for (const declaration of source.getImportDeclarations()) {
    // In a broken file anything may stand where the module should.
    const specifier = declaration.compilerNode.moduleSpecifier;
    if (!ts.isStringLiteral(specifier)) continue;
    const module = specifier.text;
    for (const whole of [declaration.getDefaultImport(), declaration.getNamespaceImport()])
      if (whole) modules.set(whole.getText(), module);
    for (const named of declaration.getNamedImports()) {
      modules.set(
        named.getAliasNode()?.getText() ?? named.getName(),
        toExport(module, named.getName()),
      );
    }
  }
  // `const { Client } = require('pg')`, `const axios = require('axios')`, and then `pg.Client`
  for (const declaration of source.getVariableDeclarations()) {
    const initializer = declaration.getInitializer();
    const module =
      findRequired(initializer) ??
      (Node.isIdentifier(initializer) ? modules.get(initializer.getText()) : undefined);
    if (module === undefined) continue;
    const name = declaration.getNameNode();
    if (Node.isIdentifier(name)) {
      modules.set(name.getText(), module);
      declarations.add(declaration);
    } else if (Node.isObjectBindingPattern(name)) {
      for (const element of name.getElements()) {
        declarations.add(element);
        modules.set(
          element.getName(),
          toExport(module, element.getPropertyNameNode()?.getText() ?? element.getName()),
        );
      }
    }
  }
  return { modules, declarations };
}

function toExport(module: string, name: string): string {
  return name === 'default' ? module : `${module}.${name}`;
}

/** The module in `require('x')`, `require('x').default` and `await import('x')`. */
function findRequired(node: Expression | undefined): string | undefined {
  if (Node.isAwaitExpression(node)) return findRequired(node.getExpression());
  if (Node.isPropertyAccessExpression(node)) {
    const module = findRequired(node.getExpression());
    return module === undefined ? undefined : toExport(module, node.getName());
  }
  if (!Node.isCallExpression(node)) return undefined;
  const callee = node.getExpression();
  if (!Node.isImportExpression(callee) && callee.getText() !== 'require') return undefined;
  const [argument] = node.getArguments();
  return Node.isStringLiteral(argument) ? argument.getLiteralText() : undefined;
}

/** What a class member or `this.x` was set to: by its declaration, or in the constructor. */
export function findMember(owner: Node | undefined, name: string): Expression | undefined {
  if (!Node.isClassDeclaration(owner) && !Node.isClassExpression(owner)) return undefined;
  for (const member of owner.getMembers()) {
    if (Node.isPropertyDeclaration(member) && member.getName() === name) {
      const initializer = member.getInitializer();
      if (initializer) return initializer;
    }
  }
  for (const made of owner.getConstructors()) {
    for (const statement of made.getStatements()) {
      const set = Node.isExpressionStatement(statement) ? statement.getExpression() : undefined;
      if (
        Node.isBinaryExpression(set) &&
        set.getOperatorToken().getText() === '=' &&
        set.getLeft().getText() === `this.${name}`
      )
        return set.getRight();
    }
  }
  return undefined;
}

/** What a function that only returns gives back: `() => x` and `{ return x; }`. */
export function findReturned(declared: Node | undefined): Expression | undefined {
  const made = Node.isVariableDeclaration(declared) ? declared.getInitializer() : declared;
  if (
    !Node.isArrowFunction(made) &&
    !Node.isFunctionDeclaration(made) &&
    !Node.isFunctionExpression(made)
  )
    return undefined;
  const body = made.getBody();
  if (!Node.isBlock(body)) return Node.isExpression(body) ? body : undefined;
  const returned = body.getStatements().at(-1);
  return Node.isReturnStatement(returned) ? returned.getExpression() : undefined;
}
