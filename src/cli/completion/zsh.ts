import type { CompletedCommand } from './command-model.ts';

/** Writes a completion for zsh. Where it has no answer, zsh completes files. */
export function writeZsh(commands: readonly CompletedCommand[]): string {
  const calls = commands
    .filter(({ path }) => path !== '')
    .map(({ path }) => `      '${path.includes(' ') ? path : ` ${path}`}') command='${path}' ;;`);
  const values = commands.flatMap(({ path, options }) =>
    options.flatMap(({ flags, values: known, takesValue }) =>
      takesValue
        ? [
            `    ${flags.map((flag) => `'${path} ${flag}'`).join('|')}) ${known.length > 0 ? `compadd -- ${known.join(' ')}` : '_files'}; return ;;`,
          ]
        : [],
    ),
  );
  const options = commands.map(
    ({ path, options: known }) =>
      `      '${path}') items=(${known.flatMap(({ flags, summary }) => flags.map((flag) => describe(flag, summary))).join(' ')}) ;;`,
  );
  const words = commands
    .filter((command) => command.words.length > 0)
    .map(
      (command) =>
        `      '${command.path}') items=(${command.words.map(({ word, summary }) => describe(word, summary)).join(' ')}) ;;`,
    );
  return `#compdef landscape
# Completion of landscape for zsh: eval "$(landscape completion zsh)" behind compinit
_landscape() {
  local command='' word
  local -a items
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$command $word" in
${calls.join('\n')}
    esac
  done
  case "$command \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  if [[ $PREFIX == -* ]]; then
    case "$command" in
${options.join('\n')}
    esac
    _describe -o option items
  else
    case "$command" in
${words.join('\n')}
    esac
    (( $#items )) && _describe word items
    [[ -n $command ]] && _files
  fi
}
if [[ "\${funcstack[1]}" == _landscape ]]; then _landscape "$@"; else compdef _landscape landscape; fi
`;
}

/** `name:what it is`, within single quotes. */
function describe(name: string, summary: string): string {
  const text = `${name.replaceAll(':', '\\:')}${summary === '' ? '' : `:${summary}`}`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
