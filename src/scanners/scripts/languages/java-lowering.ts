import type { Expression, Statement } from '../program/program.ts';
import type { Node } from '../tree-sitter.ts';

/** What lowering a Java file carries along. */
export interface JavaLowering {
  /** Imported names in full, `java.net.*` for all of a package. */
  readonly imports: readonly string[];
  readonly packageName: string;
  /** The class that is being lowered. */
  className: string;
  superclass: string | undefined;
  /** Variables of the method that hold an open `URLConnection`, and those whose request is told already. */
  readonly urlConnections: Set<string>;
  readonly requested: Set<string>;
  /** Fields that hold a literal text, by name. */
  readonly constants: ReadonlyMap<string, Expression>;
  /** Variables of classes of other files that hold settings, and those classes. */
  readonly settingsTypes: Map<string, string>;
  /** Types of this file and of client libraries. */
  readonly knownTypes: ReadonlySet<string>;
  expression(node: Node): Expression;
  /** The statements of a block, or the one that stands in its place. */
  statements(node: Node): Statement[];
  /** The members of a class body, in an anonymous class too. */
  members(body: Node): Statement[];
}

/** Whether the file imports a name or package that begins so. */
export function importsAny({ imports }: JavaLowering, prefixes: readonly string[]): boolean {
  return imports.some((name) => prefixes.some((prefix) => name.startsWith(prefix)));
}

/** What is not followed, with the data that its parts carry. */
export function toOther(source: string, parts: readonly Expression[] = []): Expression {
  return { kind: 'other', source: source.slice(0, 80), parts };
}

/** The first line of a node as written; a chain over several lines is drawn together. */
export function sourceOf(node: Node): string {
  return node.text
    .slice(0, 400)
    .replace(/\s{0,400}\n\s{0,400}/g, ' ')
    .replace(/ (?=\.)/g, '')
    .slice(0, 120);
}

/** Notes a variable whose class, of another file, is named like one that holds settings. */
export function noteSettings(name: string, type: string | undefined, lowering: JavaLowering): void {
  const isSettings =
    type !== undefined &&
    !lowering.knownTypes.has(type) &&
    /.(?:Properties|Props|Config|Configuration|Settings)$/.test(type);
  if (isSettings) lowering.settingsTypes.set(name, type);
  else lowering.settingsTypes.delete(name);
}
