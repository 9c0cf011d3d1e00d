import type { ClientEntry } from '../clients/client.ts';
import type { HandedOver } from '../program/interpret-calls.ts';
import type { Program } from '../program/program.ts';
import type { TextFunction } from '../program/text-functions.ts';
import type { Service } from '../settings/setting.ts';
import type { Grammar, Node } from '../tree-sitter.ts';

/** A language that is lowered to a `Program`: its syntax, its clients, and what its texts go through. */
export interface Language {
  readonly grammar: Grammar;
  /** Lowers a syntax tree; nodes with errors in them are lowered as far as they make sense. */
  lower(root: Node): Program;
  readonly clients: readonly ClientEntry[];
  /** The services that a program of it describes the deployment of. */
  readServices?(program: Program): readonly Service[];
  /** Functions that read or write through a connection handed to them. */
  readonly handedOver?: HandedOver;
  /** Standard functions whose value is known: callee (`String.format`, `#trim` for a method) → what it does. */
  readonly textFunctions: Readonly<Record<string, TextFunction>>;
  /** Objects whose members or items are environment variables or settings: `process.env`, `os.environ`. */
  readonly environmentObjects: readonly string[];
  /** Modules whose names every file sees, e.g. `System.Net.Http` with C#'s implicit usings. */
  readonly implicitModules: readonly string[];
}
