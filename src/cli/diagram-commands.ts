import type { Command } from 'commander';
import { withCommonOptions } from './common-options.ts';
import type { DiagramOptions } from './diagram.ts';

/** `landscape diagram`. */
export function addDiagrams(program: Command): void {
  withCommonOptions(program.command('diagram'))
    .summary('draw the landscape, or what is around one system')
    .description(
      'Draws as Mermaid or Graphviz text, or as a picture. What does not fit is put together by group, and said. Pictures are drawn by a browser of this machine; none is downloaded.',
    )
    .option('--kind <kind>', 'flowchart, traffic, hotspots, waves or week', 'flowchart')
    .option('--focus <system>', 'only what is linked to this system')
    .option('--depth <links>', 'how many links away from it; default: 1')
    .option('--group <by>', 'domain, owner, site, criticality or wave; default: domain')
    .option('--all', 'also databases, brokers, hosts and proxies')
    .option('--format <format>', 'mermaid, dot, svg, png or pdf; default: by the ending of -o')
    .option('-o, --output <file>', 'the file to write, with --split the folder; - is stdout', '-')
    .option('--split', 'an index and a page for each group, so that every link is in a picture')
    .option('--watch', 'draw again when a source changes, until Ctrl-C')
    .addHelpText(
      'after',
      `
Examples:
  landscape diagram > landscape.mmd
  landscape diagram --focus erp --depth 2 -o erp.svg
  landscape diagram --group owner -o by-team.png
  landscape diagram inventories/nordfisk --kind traffic
  landscape diagram -o landscape.dot && dot -Tsvg -O landscape.dot
  landscape diagram --split -o diagrams
  landscape diagram -o landscape.svg --watch

Kinds: flowchart, who sends data to whom; traffic, calls a day; hotspots, who takes
data from many, and how critical it is; waves, the migration plan; week, when jobs run.`,
    )
    .action(async (folder: string, options: DiagramOptions) => {
      const { runDiagram } = await import('./diagram.ts');
      await runDiagram(folder, options);
    });
}
