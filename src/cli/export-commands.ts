import { type Command, Option } from 'commander';
import { anonymiseOption, withCommonOptions } from './common-options.ts';
import type { ExportOptions } from './export.ts';

/** The command that writes a landscape in formats of other tools. */
export function addExport(program: Command): void {
  withCommonOptions(program.command('export'))
    .summary('write the landscape in formats of other tools')
    .description(
      'Writes every system and link for spreadsheets, graph tools, architecture tools and catalogs. Without a file, to standard output.',
    )
    .addOption(
      new Option(
        '--format <name[=file]>',
        'csv, graphml, gexf, dot, jgf, structurizr, likec4, archimate or backstage; repeatable',
      )
        .default([], 'none')
        .argParser((value: string, before: readonly string[]) => [...before, value]),
    )
    .option(...anonymiseOption)
    .addHelpText(
      'after',
      `
Examples:
  landscape export --format graphml=landscape.graphml
  landscape export --format backstage > catalog-info.yaml
  landscape export inventories/nordfisk --format csv=out --format archimate=out/model.xml
  landscape export --anonymise --format graphml=for-a-study.graphml

csv writes systems.csv and links.csv into a folder; an inventory source reads them back.
What each format leaves out: docs/exchange.md.`,
    )
    .action(async (folder: string, options: ExportOptions) => {
      const { runExport } = await import('./export.ts');
      await runExport(folder, options);
    });
}
