import type { Command } from 'commander';

/** What people come for → the commands for it, as `--help` lists them. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'Begin:': ['init', 'unresolved', 'register', 'sql', 'completion'],
  'See what is there:': ['scan', 'explain', 'impact', 'diagram', 'docs'],
  'Keep it from growing:': ['check', 'baseline', 'diff', 'history'],
  'Find the way out:': ['plan'],
  'Share:': ['export', 'collect', 'bundle'],
};

/** Puts every command under what it is for. */
export function groupCommands(program: Command): void {
  for (const [title, names] of Object.entries(groups))
    for (const name of names) program.commands.find((one) => one.name() === name)?.helpGroup(title);
}
