import { ts } from 'ts-morph';

/** The names of a file: those that stand for a whole module, and all that it declares. */
export interface Names {
  readonly modules: ReadonlyMap<string, string>;
  readonly declared: ReadonlySet<string>;
}

/** Lists the names of a file in one walk; they tell a library from a local variable of its name. */
export function listNames(source: ts.SourceFile): Names {
  const modules = new Map<string, string>();
  const declared = new Set<string>();
  const waiting: ts.Node[] = [source];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const name = (node as { readonly name?: ts.Node }).name;
    if (isDeclaring(node) && name && ts.isIdentifier(name)) declared.add(name.text);
    noteModule(node, modules);
    ts.forEachChild(node, (child) => {
      waiting.push(child);
    });
  }
  return { modules, declared };
}

function isDeclaring(node: ts.Node): boolean {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isBindingElement(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isImportClause(node) ||
    ts.isImportSpecifier(node) ||
    ts.isNamespaceImport(node)
  );
}

function noteModule(node: ts.Node, modules: Map<string, string>): void {
  if (ts.isImportDeclaration(node)) {
    const module = readModule(node.moduleSpecifier);
    const clause = node.importClause;
    if (module === undefined || !clause) return;
    if (clause.name && !isLocalModule(module)) modules.set(clause.name.text, module);
    const bindings = clause.namedBindings;
    if (bindings && ts.isNamespaceImport(bindings)) modules.set(bindings.name.text, module);
  } else if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
    const module = findRequired(node.initializer);
    if (module?.name === undefined && module) modules.set(node.name.text, module.module);
  }
}

/** Whether a module is a file of the same repository, as far as its name shows it. */
function isLocalModule(module: string): boolean {
  return /^(?:[./~#]|@\/)/.test(module);
}

/** The text of a module's name; in a broken file anything may stand there. */
export function readModule(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteralLike(node) && node.text !== '' ? node.text : undefined;
}

/** A module, or a name of it, that an expression brings in. */
export interface Required {
  readonly module: string;
  readonly name?: string;
}

/** Helpers that compilers put around `require`. */
const importHelpers =
  /^(?:tslib\.)?_*(?:importDefault|importStar|interopRequireDefault|interopRequireWildcard|toESM)$/;

/** The module in `require('x')`, `require('x').name` and `await import('x')`. */
export function findRequired(node: ts.Node | undefined): Required | undefined {
  if (!node) return undefined;
  if (ts.isAwaitExpression(node) || ts.isParenthesizedExpression(node) || ts.isAsExpression(node))
    return findRequired(node.expression);
  if (ts.isPropertyAccessExpression(node)) {
    const found = ts.isPropertyAccessExpression(node.expression)
      ? undefined
      : findRequired(node.expression);
    if (!found || found.name !== undefined) return undefined;
    return node.name.text === 'default' ? found : { ...found, name: node.name.text };
  }
  if (!ts.isCallExpression(node)) return undefined;
  const callee = node.expression;
  const [argument] = node.arguments;
  if (ts.isIdentifier(callee) && importHelpers.test(callee.text)) return findRequired(argument);
  const isRequire =
    callee.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(callee) && callee.text === 'require');
  const module = isRequire ? readModule(argument) : undefined;
  return module === undefined ? undefined : { module };
}
