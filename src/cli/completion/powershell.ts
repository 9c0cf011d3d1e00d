import type { CompletedCommand } from './command-model.ts';

/** Writes a completion for PowerShell, from 5.0 on. Where it has no answer, PowerShell completes files. */
export function writePowershell(commands: readonly CompletedCommand[]): string {
  const list = (words: readonly string[]): string => `@(${words.map(quote).join(', ')})`;
  const entries = commands.flatMap(({ path, options, words }) => [
    `    ${quote(path)} = ${list([...words.map(({ word }) => word), ...options.flatMap(({ flags }) => flags)])}`,
    ...options.flatMap(({ flags, values, takesValue }) =>
      takesValue ? flags.map((flag) => `    ${quote(`${path} ${flag}`)} = ${list(values)}`) : [],
    ),
  ]);
  return `# Completion of landscape for PowerShell: landscape completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName landscape -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $known = @{
${entries.join('\n')}
  }
  $before = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $command = ''
  foreach ($word in $before) {
    $next = "$command $word".Trim()
    if (-not $word.StartsWith('-') -and $known.ContainsKey($next)) { $command = $next }
  }
  $key = $command
  if ($before.Count -gt 0) {
    $option = "$command $($before[-1])"
    if ($before[-1].StartsWith('-') -and $known.ContainsKey($option)) { $key = $option }
  }
  $known[$key] | Where-Object { $_ -like "$wordToComplete*" -and ($wordToComplete -or -not $_.StartsWith('-')) } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
