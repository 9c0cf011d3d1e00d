import type { Command } from 'commander';
import { didYouMean, UsageError } from '../errors.ts';
import { writeBash } from './completion/bash.ts';
import { type CompletedCommand, readCommands } from './completion/command-model.ts';
import { writeFish } from './completion/fish.ts';
import { writePowershell } from './completion/powershell.ts';
import { type Shell, shells } from './completion/shells.ts';
import { writeZsh } from './completion/zsh.ts';

const writers: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: writeBash,
  zsh: writeZsh,
  fish: writeFish,
  powershell: writePowershell,
};

/** `landscape completion`: prints a script by which a shell completes commands, options and their values. */
export function printCompletion(program: Command, text: string): void {
  const shell = shells.find((one) => one === text);
  if (shell === undefined)
    throw new UsageError(
      `"${text}" is no shell that is known; write ${shells.slice(0, -1).join(', ')} or ${shells.at(-1)}.${didYouMean(text, shells)}`,
    );
  process.stdout.write(writers[shell](readCommands(program)));
}
