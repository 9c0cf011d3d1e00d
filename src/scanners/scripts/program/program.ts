/**
 * What a program says, in the few constructs that carry values: every language is lowered to this,
 * and one evaluator follows the values. What a language has beyond it is left out or is `other`.
 */
export interface Program {
  readonly body: readonly Statement[];
}

/** 1-based, within the text that was read. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export type Expression =
  /** A literal text or number; escapes undone. */
  | { readonly kind: 'text'; readonly text: string }
  /** Concatenation, template, interpolated text: the parts in order. */
  | { readonly kind: 'join'; readonly parts: readonly Expression[] }
  /** An identifier; `this`, `self`, `$this` and `@x` (as a member of it) are named `this`. */
  | { readonly kind: 'name'; readonly name: string }
  /** `a.b`, `a->b`, `A::b`. */
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
  /** `a[k]`. */
  | { readonly kind: 'item'; readonly object: Expression; readonly key: Expression }
  | CallExpression
  /** A map, dictionary, object literal, hash. A spread entry has no key. */
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** One of several: a conditional, a `switch` expression. */
  | { readonly kind: 'choice'; readonly options: readonly Expression[] }
  /** `a ?? b`, `a || b`, `a or b`: the second where the first has no value. */
  | { readonly kind: 'default'; readonly value: Expression; readonly fallback: Expression }
  /** A lambda, closure, block, anonymous function. */
  | { readonly kind: 'function'; readonly function: FunctionBody }
  /** `&target`: the callee may set it. */
  | { readonly kind: 'reference'; readonly target: Expression }
  /** `(a = b)` inside an expression. */
  | { readonly kind: 'assign'; readonly target: Expression; readonly value: Expression }
  /** A value that is not followed, made from parts whose data it carries. */
  | { readonly kind: 'other'; readonly source: string; readonly parts: readonly Expression[] };

/** A call, a `new`, an annotation (`@Name(…)`, target named `@Name`), an attribute, a command. */
export interface CallExpression extends Position {
  readonly kind: 'call';
  readonly target: Expression;
  readonly args: readonly Argument[];
  readonly isNew?: boolean;
  /** `f<A, B>(…)`: simple names. */
  readonly typeArguments?: readonly string[];
  /** Its first line as written, at most 120 characters. */
  readonly source: string;
}

export interface ObjectEntry {
  /** Absent for a spread. A key that is not a plain text is left out by the reader. */
  readonly key?: string;
  readonly value: Expression;
}

export interface Argument {
  /** Of a keyword argument. An object initialiser behind `new` becomes keyword arguments too. */
  readonly name?: string;
  /** `...args`, `*args`, `**kwargs`. */
  readonly isSpread?: boolean;
  readonly value: Expression;
}

export interface Parameter {
  readonly name: string;
  readonly type?: string;
  readonly fallback?: Expression;
}

export interface FunctionBody {
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
}

export type Statement =
  /** A declaration or an assignment. `type` is the declared type's name without type arguments. */
  | {
      readonly kind: 'assign';
      /** A name, member or item; a list or object of them where it takes a value apart. */
      readonly target: Expression;
      readonly value?: Expression;
      readonly type?: string;
      /** `x += …`. */
      readonly isAppend?: boolean;
      /** It declares a name of its scope, which hides one outside. Python and shell never do. */
      readonly isDeclaration?: boolean;
    }
  | { readonly kind: 'expression'; readonly value: Expression }
  | { readonly kind: 'return'; readonly value: Expression }
  | { readonly kind: 'function'; readonly name: string; readonly function: FunctionBody }
  /** Annotations and decorators are `expression` statements before what they stand at. */
  | {
      readonly kind: 'class';
      readonly name: string;
      /** Names of what it extends and implements. */
      readonly supertypes: readonly string[];
      /** Fields as `assign` to a plain name, methods as `function`; constructors are named `constructor`. */
      readonly members: readonly Statement[];
    }
  /** `if`, `switch`, `try`: the branches; `isComplete` where one of them always runs. */
  | {
      readonly kind: 'branch';
      readonly branches: readonly (readonly Statement[])[];
      readonly isComplete: boolean;
    }
  /** A loop: the variable goes through the items of `over`. */
  | {
      readonly kind: 'loop';
      readonly variable?: Expression;
      readonly over?: Expression;
      readonly body: readonly Statement[];
    }
  /** A scope of its own for declarations. */
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  /**
   * A name for something of another module. `imported` absent: the module as a whole.
   * `module` as written: `./config`, `requests`, `com.acme.Settings`, `github.com/x/y`.
   */
  | {
      readonly kind: 'import';
      readonly local: string;
      readonly module: string;
      readonly imported?: string;
    }
  /** `import x.*`, `using X`, `from x import *`: all names of a module. */
  | { readonly kind: 'import-all'; readonly module: string };
