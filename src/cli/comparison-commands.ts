import type { Command } from 'commander';
import type { DiffOptions } from './diff.ts';
import type { HistoryOptions } from './history.ts';

/** The commands that read audits of earlier scans, and no sources. */
export function addComparisons(program: Command): void {
  program
    .command('diff')
    .argument('<base>', 'the audit.json of an earlier scan')
    .argument('<head>', 'the audit.json of a later one')
    .summary('what changed between two audits, and why')
    .description(
      'Compares two audits: systems and links that came, went or changed, and the headline figures, split by cause: the landscape, its sources, what names stand for, or the tool.',
    )
    .option('--json', 'print the result as JSON')
    .option('--mermaid', 'print a Mermaid flowchart of the changed links alone')
    .option('--quiet', 'print nothing but errors')
    .option('--no-color', 'print without colours')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  landscape diff reports/2026-10/audit.json landscape-report/audit.json
  landscape diff old.json new.json --mermaid > change.mmd
  landscape diff old.json new.json --json | jq .metrics`,
    )
    .action(async (base: string, head: string, options: DiffOptions) => {
      const { runDiff } = await import('./diff.ts');
      await runDiff(base, head, options);
    });

  program
    .command('history')
    .argument('<folder>', 'a folder with the audit.json of each scan, under any name')
    .summary('how the figures went over many audits, and why')
    .description(
      'Reads every audit of a landscape below a folder and shows how saturation, point-to-point and unregistered links went: as each audit found them, and at constant scope, so that seeing more does not look like decay.',
    )
    .option('--json', 'print the result as JSON')
    .option('--markdown', 'print Markdown with a Mermaid chart of each figure')
    .option('--quiet', 'print nothing but errors')
    .option('--no-color', 'print without colours')
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  landscape history audits/
  landscape history audits/ --markdown > docs/history.md
  landscape history audits/ --json | jq '.points[].constantScope.unregisteredLinks'`,
    )
    .action(async (folder: string, options: HistoryOptions) => {
      const { runHistory } = await import('./history.ts');
      await runHistory(folder, options);
    });
}
