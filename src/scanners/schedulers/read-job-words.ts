import type { CommandLanguage, ScheduledJob } from './scheduled-job.ts';

/** What a scheduler starts, as far as its kind can be told by the words. */
export type StartedCommand = Pick<ScheduledJob, 'command' | 'scripts'>;

const scriptFile = /\.(?:ps1|bat|cmd|vbs|wsf|py|pl|php|rb|js|mjs|sql|sh|ksh|bash|r|jar)$/i;
const batchFile = /\.(?:bat|cmd)$/i;

/** The words of a command line of Windows, in which only double quotes keep words together. */
export function splitWindowsWords(line: string): string[] {
  return (line.slice(0, 32_000).match(/(?:"[^"]*"?|[^\s"])+/g) ?? []).map((word) =>
    word.replaceAll('"', ''),
  );
}

/** Whether a command line can only be one of Windows. */
export function isWindowsCommand(line: string): boolean {
  return /^\s*"?(?:[A-Za-z]:[\\/]|\\\\[\w.-]|%\w+%\\|(?:cmd|powershell|pwsh|cscript|wscript|robocopy)(?:\.exe)?"?(?:\s|$))|^\s*"?[\w .\\-]+\.(?:bat|cmd|exe|ps1)"?(?:\s|$)/i.test(
    line,
  );
}

/**
 * A program of Windows and its arguments: PowerShell's own commands are read as PowerShell, all else
 * as a batch file would hold it. Script files among the words are what it starts.
 */
export function readWindowsCommand(program: string, argumentsText: string): StartedCommand {
  const name = (/([^\\/"]*)"?\s*$/.exec(program.trim())?.[1] ?? '')
    .replace(/\.exe$/i, '')
    .toLowerCase();
  const quoted = /\s/.test(program) && !program.includes('"') ? `"${program}"` : program;
  const line = `${quoted} ${argumentsText}`.trim();
  const scripts = splitWindowsWords(line).filter((word) => scriptFile.test(word));
  if (name === 'powershell' || name === 'pwsh') {
    const inline = readPowershellText(argumentsText);
    if (inline !== undefined) return { command: { text: inline, language: 'powershell' } };
    return started(line, 'batch', scripts);
  }
  if (name === 'cmd') {
    const text = /^.*?\/[ck]\s+(.*)$/is.exec(argumentsText)?.[1]?.trim() ?? '';
    const inside = /^"(.*)"$/s.exec(text)?.[1] ?? text;
    if (inside === '') return started(line, 'batch', scripts);
    return started(
      inside,
      'batch',
      splitWindowsWords(inside).filter((word) => scriptFile.test(word)),
    );
  }
  return started(line, 'batch', scripts);
}

/** A whole command line of either world. */
export function readCommandLine(line: string): StartedCommand {
  if (!isWindowsCommand(line)) return { command: { text: line, language: 'shell' } };
  const [, quoted, bare, rest = ''] = /^\s*(?:"([^"]*)"|(\S+))\s*(.*)$/s.exec(line) ?? [];
  return readWindowsCommand(quoted ?? bare ?? '', rest);
}

/** Words as one line of shell, each with its own meaning only. */
export function joinShellWords(words: readonly string[]): string {
  return words
    .map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}

function started(
  text: string,
  language: CommandLanguage,
  scripts: readonly string[],
): StartedCommand {
  const others = language === 'batch' && batchFile.test(text) ? [text] : [];
  const all = [...new Set(scripts.length > 0 ? scripts : others)];
  return {
    ...(text === '' ? {} : { command: { text, language } }),
    ...(all.length === 0 ? {} : { scripts: all }),
  };
}

/** What follows `-Command` or its short forms; undefined where a file is started. */
function readPowershellText(argumentsText: string): string | undefined {
  if (/(?:^|\s)[-/](?:f|fi|fil|file)\s/i.test(argumentsText)) return undefined;
  const given = /(?:^|\s)[-/](?:c|co|com|comm|comma|comman|command)\s+(.*)$/is.exec(argumentsText);
  const text = given?.[1]?.trim();
  if (text === undefined) return undefined;
  return (/^"(.*)"$/s.exec(text)?.[1] ?? text)
    .replaceAll('\\"', '"')
    .replace(/^&\s*\{(.*)\}$/s, '$1');
}
