import { type Command, Option } from 'commander';
import type { BaselineOptions } from './baseline.ts';
import type { CheckOptions } from './check.ts';
import { withCommonOptions } from './common-options.ts';

const baselineFlag = '--baseline <file>';

/**
 * The commands that judge a landscape, and that accept for a time what is judged.
 * @param finish told whether the check is clean
 */
export function addChecks(program: Command, finish: (isClean: boolean) => void): void {
  withCommonOptions(program.command('check'))
    .summary('fail on links that the registry does not have')
    .description(
      'Judges a landscape by its rules. Exits 1 if a finding that nobody has accepted is an error, for example a point-to-point link that the registry does not have.',
    )
    .option(baselineFlag, 'the accepted findings; default: landscape-baseline.yaml')
    .option('--since <ref>', 'judge only what is new since a branch, tag or commit')
    .option('--base-audit <file>', 'the same since the scan that wrote this audit.json')
    .option('--allow-stale-baseline', 'warn of entries that nothing is found of, do not fail')
    .option('--fail-on <severity>', 'the least severity that fails: error or warn', 'error')
    .option('--max-findings <n>', 'how many findings of that severity may be open', '0')
    .addOption(
      new Option(
        '--format <name[=file]>',
        'text, json, sarif, junit, github, gitlab, azure, teamcity or markdown; repeatable',
      )
        .default([], 'text')
        .argParser(collect),
    )
    .option('--no-exit-code', 'exit 0 whatever is found; bad input is still 2')
    .addHelpText(
      'after',
      `
Examples:
  landscape check
  landscape check inventories/nordfisk --fail-on warn --max-findings 20
  landscape check --json > findings.json
  landscape check --since origin/main    in a pull request: only what it adds
  landscape check --base-audit main/audit.json
  landscape check --format sarif=out.sarif --format github

Rules and severities are set under "rules:" in landscape.yaml. "landscape baseline"
accepts what is found today, so that only what is new fails.`,
    )
    .action(async (folder: string, options: CheckOptions) => {
      const { runCheck } = await import('./check.ts');
      finish(await runCheck(folder, options));
    });

  withCommonOptions(program.command('baseline'))
    .summary("accept today's findings for a time")
    .description(
      'Writes what is found today into a file that check reads: each finding with who answers for it, why, and until when. Known entries stay as they are.',
    )
    .option('--owner <team>', 'who answers for what is accepted')
    .option('--reason <text>', 'why it may stay for now')
    .option('--expires <date>', 'the last day, within a year; default: in 90 days')
    .option('--rule <rule>', 'only findings of this rule; may be repeated', collect, [])
    .option('--subject <subject>', 'only findings about this; may be repeated', collect, [])
    .option('--prune', 'take out what is no longer found')
    .option('--renew', 'give loans that are over again, with the new owner and date')
    .option('--print', 'print the file, write nothing')
    .option(baselineFlag, 'the file to write; default: landscape-baseline.yaml')
    .addHelpText(
      'after',
      `
Examples:
  landscape baseline --owner "Integration team" --reason "found at the start"
  landscape baseline --rule no-safeguard --owner Lager --reason "monitor comes in May" \\
    --expires 2027-05-31
  landscape baseline --prune

Errors and warnings are accepted; notes only with --rule. Does not run in a pipeline.`,
    )
    .action(async (folder: string, options: BaselineOptions) => {
      const { runBaseline } = await import('./baseline.ts');
      await runBaseline(folder, options);
    });
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
