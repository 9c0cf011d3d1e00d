import type { CompletedCommand } from './command-model.ts';

/** Writes a completion for bash, from 3.2 on. Where it has no answer, bash completes files. */
export function writeBash(commands: readonly CompletedCommand[]): string {
  const quote = (words: readonly string[]): string => `'${words.join(' ')}'`;
  const named = commands.filter(({ path }) => path !== '');
  const calls = named.map(({ path }) => `      ${quoteCall(path)}) command=${quote([path])} ;;`);
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ flags, values: known, takesValue }) =>
      takesValue
        ? [
            `    ${flags.map((flag) => `'${path} ${flag}'`).join('|')}) ${known.length > 0 ? `words=${quote(known)}` : 'return'} ;;`,
          ]
        : [],
    ),
  );
  const options = commands.map(
    (command) =>
      `      '${command.path}') words=${quote(command.options.flatMap(({ flags }) => flags))} ;;`,
  );
  const words = commands
    .filter((command) => command.words.length > 0)
    .map(
      (command) =>
        `      '${command.path}') words=${quote(command.words.map(({ word }) => word))} ;;`,
    );
  return `# Completion of landscape for bash: eval "$(landscape completion bash)"
_landscape() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command='' words='' word
  COMPREPLY=()
  # Bash makes a word of its own of "=".
  if [ "$cur" = '=' ]; then cur=''; elif [ "$prev" = '=' ]; then prev=\${COMP_WORDS[COMP_CWORD-2]}; fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
${calls.join('\n')}
    esac
  done
  case "$command $prev" in
${values.join('\n')}
  esac
  if [ -z "$words" ]; then
    case "$cur" in
    -*) case "$command" in
${options.join('\n')}
      esac ;;
    *) case "$command" in
${words.join('\n')}
      esac ;;
    esac
  fi
  [ -n "$words" ] && COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o bashdefault -o default -F _landscape landscape
`;
}

/** The command so far and the word that goes on with it. */
function quoteCall(path: string): string {
  const at = path.lastIndexOf(' ');
  return at < 0 ? `' ${path}'` : `'${path}'`;
}
