import type { ClientEntry } from '../clients/client.ts';
import type { CallSite } from '../facts.ts';
import type { CallRecord, Value } from './calls.ts';
import type { Names } from './names.ts';
import type { Expression, FunctionBody, Statement } from './program.ts';
import type { Journal, Scope } from './scopes.ts';
import type { TextFunction } from './text-functions.ts';

/** What the evaluator knows of a language beyond its syntax. */
export interface EvaluationRules {
  readonly clients: readonly ClientEntry[];
  readonly textFunctions: Readonly<Record<string, TextFunction>>;
  readonly environmentObjects: readonly string[];
  readonly implicitModules: readonly string[];
}

/** A function or method of the file, and what is known of it once its body was walked. */
export interface LocalFunction {
  /** `name` or `Class.method`. */
  readonly key: string;
  readonly function: FunctionBody;
  readonly scope: Scope;
  readonly className: string | undefined;
  summary?: { readonly returns: Value | undefined; readonly sets: readonly (Value | undefined)[] };
  isWalked: boolean;
}

/** A class of the file. */
export interface LocalClass {
  readonly supertypes: readonly string[];
  readonly fields: Map<string, Value>;
  readonly fieldTypes: Map<string, string>;
}

/** The function whose body is being walked. */
export interface Frame {
  readonly scope: Scope;
  readonly className: string | undefined;
  readonly returns: Value[];
}

/** One walk through one program. */
export interface State {
  readonly rules: EvaluationRules;
  readonly isKnown: (name: string) => boolean;
  readonly names: Names;
  readonly journal: Journal;
  readonly module: Scope;
  readonly calls: CallRecord[];
  readonly sites: CallSite[];
  readonly functions: Map<string, LocalFunction>;
  /** The functions that are known already; their scope may be walked more than once. */
  readonly bodies: Set<FunctionBody>;
  readonly classes: Map<string, LocalClass>;
  /** What an expression comes to; kept here because calls hold expressions, and expressions calls. */
  evaluate(expression: Expression, frame: Frame, depth: number): Value;
  /** Walks statements; kept here because expressions hold functions, and statements expressions. */
  walk(body: readonly Statement[], frame: Frame, depth: number): void;
  /** Walks a local function once, and tells what it returns and sets. */
  summarise(local: LocalFunction, depth: number): NonNullable<LocalFunction['summary']>;
}

/** Programs that nest deeper than this are not followed further. */
export const maxDepth = 200;
