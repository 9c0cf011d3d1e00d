import type { Expression, FunctionBody, Position } from '../program/program.ts';
import type { PerlToken } from './perl-tokens.ts';

/** Where a parser stands in a list of tokens. */
export interface PerlCursor {
  readonly text: string;
  readonly tokens: readonly PerlToken[];
  at: number;
  depth: number;
  readonly positionOf: (token: PerlToken | undefined) => Position;
  /** Variables that were written with `%`: a list given to one is a hash. */
  readonly hashes: WeakSet<Expression>;
  /** Parses an expression; a field, for words, texts and expressions hold one another. */
  readonly readExpression: (cursor: PerlCursor) => Expression;
  /** Parses a block in braces whose opening brace comes next. */
  readonly readBlock: (cursor: PerlCursor) => FunctionBody;
}

/** Deeper than people write, and shallow enough for the stack. */
export const maxDepth = 150;

/** Words behind a statement or between values, which begin no value. */
export const modifiers =
  /^(?:if|unless|while|until|for|foreach|and|or|not|xor|x|eq|ne|lt|gt|le|ge|cmp)$/;

/** A value that says nothing. */
export const none: Expression = { kind: 'other', source: '', parts: [] };

export function isSymbol(cursor: PerlCursor, text: string, ahead = 0): boolean {
  const token = cursor.tokens[cursor.at + ahead];
  return token?.kind === 'symbol' && token.text === text;
}

export function isWord(cursor: PerlCursor, text: string, ahead = 0): boolean {
  const token = cursor.tokens[cursor.at + ahead];
  return token?.kind === 'word' && token.text === text;
}

/** Whether a list ends here. */
export function isEnd(cursor: PerlCursor): boolean {
  const token = cursor.tokens[cursor.at];
  if (!token) return true;
  if (token.kind === 'word') return modifiers.test(token.text) && !isSymbol(cursor, '=>', 1);
  return token.kind === 'symbol' && /^[)\]};:]$/.test(token.text);
}

/** `A::B::x` is `x` of the module `A/B`, which is how other files are found. */
export function toName(name: string): Expression {
  const dot = name.lastIndexOf('::');
  return dot < 0
    ? { kind: 'name', name }
    : {
        kind: 'member',
        object: { kind: 'name', name: toModule(name.slice(0, dot)) },
        name: name.slice(dot + 2),
      };
}

/** A package as the path of its file. */
export function toModule(name: string): string {
  return name.replace(/::$/, '').replaceAll('::', '/');
}

export function sourceAt(cursor: PerlCursor, token: PerlToken): string {
  // Only a short look back: a line may be as long as the file.
  const back = cursor.text.slice(Math.max(0, token.at - 101), token.at);
  const start = token.at - back.length + back.lastIndexOf('\n') + 1;
  const from = token.at - start > 100 ? token.at : start;
  return (
    cursor.text
      .slice(from, from + 120)
      .split('\n', 1)[0]
      ?.trim() ?? ''
  );
}
