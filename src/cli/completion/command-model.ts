import type { Command } from 'commander';
import { listValues } from './option-values.ts';

/** An option, as a shell completes it. */
export interface CompletedOption {
  /** `-c` and `--config`. */
  readonly flags: readonly string[];
  readonly summary: string;
  readonly takesValue: boolean;
  /** What the value can be; empty where a file or free text follows. */
  readonly values: readonly string[];
}

/** A command, as a shell completes it. */
export interface CompletedCommand {
  /** The words that call it: `plan verify`; the empty text for the tool itself. */
  readonly path: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  /** What can stand behind it beside files: commands below it, or known words. */
  readonly words: readonly { readonly word: string; readonly summary: string }[];
}

/** The commands of a program, the program itself first, each before those below it. */
export function readCommands(program: Command, above: readonly string[] = []): CompletedCommand[] {
  const below = program.commands;
  const path = above.join(' ');
  const help = program.createHelp();
  const values = program.registeredArguments.flatMap((argument) =>
    listValues(path, argument.name()),
  );
  return [
    {
      path,
      summary: program.summary() || program.description(),
      options: help.visibleOptions(program).map((option) => ({
        flags: [option.short, option.long].flatMap((flag) => flag ?? []),
        summary: option.description,
        takesValue: option.required || option.optional,
        values: listValues(path, option.long ?? ''),
      })),
      words: [
        ...(below.length > 0 ? help.visibleCommands(program) : []).map((command) => ({
          word: command.name(),
          summary: command.summary() || command.description(),
        })),
        ...values.map((word) => ({ word, summary: '' })),
      ],
    },
    ...below.flatMap((command) => readCommands(command, [...above, command.name()])),
  ];
}
