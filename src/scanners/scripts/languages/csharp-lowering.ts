import type {
  Expression,
  FunctionBody,
  Parameter,
  Position,
  Statement,
} from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';

/** What every part of the lowering of one file shares. */
export interface Lowering {
  /** Variables, fields and parameters that are the application's configuration. */
  readonly configurations: ReadonlySet<string>;
  /** Names of classes that are declared in the file. */
  readonly classes: ReadonlySet<string>;
  /** Variable → the type it is made of; empty where it is made of several. */
  readonly created: ReadonlyMap<string, string>;
  /** Whether the file is an app host of .NET Aspire. */
  readonly isAppHost: boolean;
  readonly usesFlurl: boolean;
  /** Names in front of a call that look like variables. */
  readonly roots: Set<string>;
  /** Names of fields, properties and parameters of records of the file's classes. */
  readonly members: Set<string>;
  /** Names that the module must declare first, because functions give them values. */
  readonly shared: Set<string>;
  /** The HTTP clients that a callback sets up, by the names their users know them by. */
  clients: readonly string[];
  /** Whether the client table has a type of this name. */
  isClient(type: string): boolean;
  /** Whether the client table has a method of this name. */
  isClientMethod(method: string): boolean;
  /** Lowers an expression. `type` is what it is assigned to, for `new(…)` without a type. */
  expression(node: Node | null, type?: string): Expression;
  statements(node: Node): Statement[];
  /** The variables or fields of one declaration. */
  variables(node: Node, isDeclaration: boolean): Statement[];
  /** A method or constructor; its body starts with `first`. */
  function(node: Node, first?: readonly Statement[]): FunctionBody;
  /** What parameters are known to hold because dependency injection gives it. */
  injected(parameters: readonly Parameter[]): Statement[];
  /** Lowers the body of a function or lambda: a block, an arrow clause or an expression. */
  body(node: Node | null): Statement[];
}

/** Stands before the methods by which an app host adds to its deployment: no C# name has a space. */
export const hostPrefix = 'host ';

/** The named children of a node without comments. */
export function partsOf(node: Node): Node[] {
  return node.namedChildren.filter(
    (child): child is Node => child !== null && child.type !== 'comment',
  );
}

/** The first named child of a type. */
export function findPart(node: Node, type: string): Node | undefined {
  return partsOf(node).find((part) => part.type === type);
}

/** Where a node begins, and its first line as written. */
export function placeOf(node: Node): Position & { readonly source: string } {
  const { row, column } = node.startPosition;
  return { line: row + 1, column: column + 1, source: firstLine(node) };
}

/** The first line of a node as written, at most 120 characters. */
export function firstLine(node: Node): string {
  return (node.text.slice(0, 400).split('\n')[0] ?? '').trim().slice(0, 120);
}

/** `a.b.c` as an expression. */
export function toMember(path: string): Expression {
  const [first = '', ...rest] = path.split('.');
  return rest.reduce<Expression>((object, name) => ({ kind: 'member', object, name }), {
    kind: 'name',
    name: first,
  });
}
