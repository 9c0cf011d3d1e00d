import type { Command } from 'commander';
import { withAuditOptions } from './common-options.ts';
import type { DocsOptions } from './docs.ts';

/**
 * The command that keeps pictures and tables in Markdown files up to date.
 * @param finish told whether nothing is stale
 */
export function addDocs(program: Command, finish: (isFresh: boolean) => void): void {
  withAuditOptions(
    program
      .command('docs')
      .argument(
        '[files...]',
        'Markdown files, and a folder with a landscape.yaml; default: all below here',
      ),
  )
    .summary('fill the marked blocks of Markdown files')
    .description(
      'Fills what stands between <!-- landscape:begin … --> and <!-- landscape:end --> in Markdown files with diagrams, tables and figures. Everything else stays as it is, to the byte.',
    )
    .option('--check', 'write nothing; exit 1 if a block is stale')
    .addHelpText(
      'after',
      `
Examples:
  landscape docs                       all Markdown files below here
  landscape docs README.md docs/erp.md
  landscape docs inventories/nordfisk README.md
  landscape docs --check               in CI

Blocks: diagram, metrics, summary, systems, links, owners, findings, freshness,
waves. A block may name its landscape, as seen from the file:
  <!-- landscape:begin diagram landscape=inventories/nordfisk focus=erp depth=1 -->
  <!-- landscape:end -->`,
    )
    .action(async (files: string[], options: DocsOptions) => {
      const { runDocs } = await import('./docs.ts');
      finish(await runDocs(files, options));
    });
}
