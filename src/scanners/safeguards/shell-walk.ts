import type { Position } from '../scripts/facts.ts';
import { type Node, positionOf } from '../scripts/tree-sitter.ts';
import type { Fate, Loop, ParseShell, Redirects, Run, Test } from './shell-run.ts';
import type { Values } from './shell-words.ts';

/** What statements hand on to those inside them. */
export interface Context {
  readonly fate: Fate;
  readonly isLast: boolean;
  readonly isOnFailure: boolean;
  readonly isAfterSuccess: boolean;
  readonly isWatched: boolean;
  readonly loop: Loop | undefined;
  readonly redirects: Redirects;
  readonly input: string | undefined;
  readonly pipedInto: readonly string[];
  readonly isPiped: boolean;
  readonly variable: string | undefined;
  readonly within: string | undefined;
  readonly depth: number;
}

/** One walk through a script, or through a script that it quotes. */
export interface Walk {
  readonly parse: ParseShell;
  /** Goes through statements that follow each other. */
  readonly visitAll: (nodes: readonly Node[], context: Context, walk: Walk) => void;
  readonly runs: Run[];
  readonly tests: Test[];
  readonly redirects: (Redirects & { readonly isWhole: boolean })[];
  readonly values: Values;
  /** Where statements of a quoted script are: at the command that holds it. */
  readonly place: { readonly line: number; readonly column: number } | undefined;
  readonly nesting: number;
}

/** What holds at the beginning of a script. */
export const start: Context = {
  fate: 'open',
  isLast: true,
  isOnFailure: false,
  isAfterSuccess: false,
  isWatched: false,
  loop: undefined,
  redirects: {},
  input: undefined,
  pipedInto: [],
  isPiped: false,
  variable: undefined,
  within: undefined,
  depth: 0,
};

/** Where a part of a script is; parts of a quoted script are where the command is that holds it. */
export function placeOf(node: Node, { place }: Pick<Walk, 'place'>): Position {
  return place ?? positionOf(node);
}
