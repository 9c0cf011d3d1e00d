import type { Command } from 'commander';

/** What every command takes that reads a landscape: its folder, dates, and how to show results. */
export function withCommonOptions(command: Command): Command {
  return withAuditOptions(
    command.argument('[folder]', 'a folder with a landscape.yaml, or the path of one', '.'),
  );
}

/** The same for commands whose arguments are others. */
export function withAuditOptions(command: Command): Command {
  return command
    .option('-c, --config <file>', 'the landscape.yaml to read')
    .option('--as-of <date>', 'the date that analyses look from, YYYY-MM-DD')
    .option('--today <date>', 'the date that expiry is judged by, YYYY-MM-DD')
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print nothing but errors')
    .option('--no-color', 'print without colours')
    .option('--no-progress', 'show no progress')
    .option('--no-cache', 'read every file again, and keep nothing for the next run')
    .exitOverride();
}

/** For commands whose output leaves the house. */
export const anonymiseOption = [
  '--anonymise',
  'put stand-ins for all names, hosts, paths and people',
] as const;
