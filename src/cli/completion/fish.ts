import type { CompletedCommand } from './command-model.ts';

/** Writes a completion for fish, which completes files where nothing else is said. */
export function writeFish(commands: readonly CompletedCommand[]): string {
  const lines = commands.flatMap(({ path, options, words }) => {
    const when = `-n ${quote(path === '' ? '__fish_use_subcommand' : tellSeen(path))}`;
    return [
      ...words.map(
        ({ word, summary }) =>
          `complete -c landscape ${path === '' || summary === '' ? '-f ' : ''}${when} -a ${quote(word)}${summary === '' ? '' : ` -d ${quote(summary)}`}`,
      ),
      ...options.map(({ flags, summary, takesValue, values }) =>
        [
          `complete -c landscape ${when}`,
          ...flags.map((flag) =>
            flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`,
          ),
          ...(values.length > 0 ? [`-x -a ${quote(values.join(' '))}`] : takesValue ? ['-r'] : []),
          `-d ${quote(summary)}`,
        ].join(' '),
      ),
    ];
  });
  return `# Completion of landscape for fish: landscape completion fish > ~/.config/fish/completions/landscape.fish
${lines.join('\n')}
`;
}

/** That every word of a command has been written. */
function tellSeen(path: string): string {
  return path
    .split(' ')
    .map((word) => `__fish_seen_subcommand_from ${word}`)
    .join('; and ');
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
