import type { Node } from '../scripts/tree-sitter.ts';
import { chores } from './programs.ts';
import type { Values } from './shell-words.ts';

/** What becomes of the exit status of a command. */
export type Fate =
  /** The statement looks at it: a condition, a gate with an alternative, `$?` after it. */
  | 'checked'
  /** It is replaced by success: `|| true`. */
  | 'ignored'
  /** Nothing sees it, whatever the options of the shell: in `$( )` of another command, in a pipe. */
  | 'unseen'
  /** It ends the script where `set -e` holds or it is the last, else it is lost. */
  | 'open';

/** A loop that a command stands in. */
export interface Loop {
  readonly line: number;
  readonly column: number;
  /** It goes on until a command of it has worked. */
  isRetry: boolean;
}

/** Where an output goes. */
export interface Output {
  readonly file: string;
  readonly isAppended: boolean;
  readonly line: number;
  readonly column: number;
}

/** Where what a command prints goes, and its error messages. */
export interface Redirects {
  readonly out?: Output;
  readonly error?: Output;
}

/** One command, and what stands around it. */
export interface Run {
  readonly line: number;
  readonly column: number;
  readonly words: readonly string[];
  readonly program: string;
  readonly wrappers: readonly (readonly string[])[];
  readonly source: string;
  fate: Fate;
  /** Its status is that of the script, or of the function it is in. */
  readonly isLast: boolean;
  /** It only runs when something failed. */
  isOnFailure: boolean;
  /** It only runs when something worked. */
  readonly isAfterSuccess: boolean;
  readonly isWatched: boolean;
  readonly loop: Loop | undefined;
  readonly redirects: Redirects;
  /** The text it reads from a here-document. */
  readonly input: string | undefined;
  /** The programs that its output goes through. */
  readonly pipedInto: readonly string[];
  readonly isPiped: boolean;
  /** The variable that takes its output. */
  readonly variable: string | undefined;
  /** The function it is in. */
  readonly within: string | undefined;
}

/** A condition: what it says, with and without its variables filled in. */
export interface Test {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  /** How many commands stand before it. */
  readonly after: number;
  /** What follows ends the script when it holds or fails to. */
  readonly ends: boolean;
}

/** All that the search for safeguards needs of a script. */
export interface ShellRuns {
  readonly runs: readonly Run[];
  readonly tests: readonly Test[];
  readonly redirects: readonly (Redirects & { readonly isWhole: boolean })[];
  readonly values: Values;
}

/** A command that does work of its own, so that its failure matters. */
export function isWork({ program, words }: Run): boolean {
  if (program === '' || chores.has(program)) return /^"?\$[@*]/.test(words[0] ?? '');
  return !/^\W+$/.test(program) || /^"?\$[@*]"?$/.test(words[0] ?? '');
}

/** Parses a script and hands its root to a function. */
export type ParseShell = <T>(text: string, read: (root: Node) => T) => T;
