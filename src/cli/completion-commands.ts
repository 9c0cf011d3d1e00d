import type { Command } from 'commander';

/** `landscape completion`. */
export function addCompletion(program: Command): void {
  program
    .command('completion')
    .argument('<shell>', 'bash, zsh, fish or powershell')
    .summary('complete commands and options with the Tab key')
    .description(
      'Prints a script by which a shell completes commands, options, and values such as formats and rules.',
    )
    .exitOverride()
    .addHelpText(
      'after',
      `
Examples:
  echo 'eval "$(landscape completion bash)"' >> ~/.bashrc
  echo 'eval "$(landscape completion zsh)"' >> ~/.zshrc      behind compinit
  landscape completion fish > ~/.config/fish/completions/landscape.fish
  landscape completion powershell | Out-String | Invoke-Expression`,
    )
    .action(async (shell: string) => {
      const { printCompletion } = await import('./completion.ts');
      printCompletion(program, shell);
    });
}
