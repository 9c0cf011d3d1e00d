import type { Field } from '../log-format.ts';

/** What a variable of a format string stands for. */
export interface Variable extends Field {
  /** Of several variables with one role, the highest is kept: how telling it is. 0 by default. */
  readonly rank?: number;
  /** Its value may be a list such as `a, b : c`. */
  readonly list?: boolean;
  /**
   * What only says something beside its neighbour: `http` of `http://host/path`, the port behind an
   * address, the query behind a path, a rest that a format passes over.
   */
  readonly part?: 'scheme' | 'port' | 'query' | 'rest';
  /** Of a time or a piece of one: its format as `strftime` writes it. */
  readonly time?: string;
}

/** A piece of a format string: text that stands in each line, or a variable. */
export type Piece = { readonly literal: string } | Variable;

/** Variables by name. */
export type Variables = Readonly<Record<string, Variable>>;

/** The variable of a name; one that is not known is passed over. Safe for names such as `toString`. */
export function lookUp(variables: Variables, name: string): Variable {
  return Object.hasOwn(variables, name) ? (variables[name] ?? {}) : {};
}
