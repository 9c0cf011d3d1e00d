import type { Command } from 'commander';
import { withCommonOptions } from './common-options.ts';
import type { PlanOptions, VerifyOptions } from './plan.ts';

/** `landscape plan` and `landscape plan verify`. */
export function addPlanning(program: Command, finish: (code: number) => void): void {
  const plan = withCommonOptions(program.command('plan'))
    .summary('which link moves where, in which wave, and the proof')
    .description(
      'Looks for the migration plan that saves most under the assumptions of landscape.yaml, proves how good it is, and writes it as JSON, Markdown and a table of tasks.',
    )
    .option('--capacity <hours>', 'what can be done in one wave')
    .option('--waves <number>', 'how many waves there are at most')
    .option('--time-limit <seconds>', 'how long to look for a better plan', '60')
    .option('--from <file>', 'an earlier plan.json: what is done stays, little else changes')
    .option('--done-tasks <file>', 'its plan-tasks.csv with status and actual hours')
    .option('-o, --output <folder>', 'where the plan goes', 'landscape-report')
    .addHelpText(
      'after',
      `
Examples:
  landscape plan
  landscape plan --capacity 400 --waves 6
  landscape plan inventories/nordfisk -o /tmp/nordfisk
  landscape plan --json | jq .certificate
  landscape plan --from plan.json --done-tasks tasks.csv
  landscape plan verify landscape-report/plan.json

What moves cost, and what is there already, stands under "costs:" and "plan:" in
landscape.yaml. Writes plan.json, migration-plan.md and plan-tasks.csv.`,
    )
    .action(async (folder: string, options: PlanOptions) => {
      const { runPlan } = await import('./plan.ts');
      await runPlan(folder, options);
    });

  plan
    .command('verify')
    .argument('<file>', 'a plan.json')
    .summary('check a plan against every constraint and its own certificate')
    .description(
      'Computes a plan again from its numbers, with code of its own: every link once, adapters, hours, freezes, risk, bridges, and what it is said to be worth. Exits 1 if anything is wrong.',
    )
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'print nothing but errors')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  landscape plan verify landscape-report/plan.json
  landscape plan verify plan.json --json | jq -r '.wrong[]'`,
    )
    .action(async (file: string, _options: VerifyOptions, command: Command) => {
      const { runVerify } = await import('./plan.ts');
      const isRight = await runVerify(file, command.optsWithGlobals());
      finish(isRight ? 0 : 1);
    });
}
