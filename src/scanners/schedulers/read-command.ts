import type { Evidence } from '../../evidence.ts';
import { type CodeSubject, toEvidence } from '../scripts/facts.ts';
import { openReadScript } from '../scripts/read-script.ts';
import type { CommandLanguage } from './scheduled-job.ts';

/** The command of a job, and what it finds in its environment. */
export interface JobCommand {
  readonly text: string;
  readonly language: CommandLanguage;
  /** Its scheduler ends a shell command at the first failure. */
  readonly stopsAtFailure?: true;
  /** What the scheduler hands to the standard input of a shell command. */
  readonly input?: string;
  readonly environment?: ReadonlyMap<string, string>;
}

/** What a command connects to and starts, or why it cannot be read. */
export type CommandReading =
  | { readonly evidence: readonly Evidence[] }
  | { readonly skipped: string };

/** Reads the command of a job as a script of its language; `subject` is the job. */
export type ReadCommand = (command: JobCommand, subject: CodeSubject) => Promise<CommandReading>;

/** The reader of each language, and a file name by which readers that ask for one know it. */
const languages: Readonly<Record<CommandLanguage, { reader: string; file: string }>> = {
  shell: { reader: 'shell', file: 'command.sh' },
  powershell: { reader: 'powershell', file: 'command.ps1' },
  batch: { reader: 'patterns', file: 'command.bat' },
  sql: { reader: 'sql', file: 'command.sql' },
};

const toLine = (value: string): string => value.replace(/[\r\n]+/g, ' ');

/** How a value is set so that it stays as it is written. */
const assignments: Readonly<Record<CommandLanguage, (name: string, value: string) => string>> = {
  shell: (name, value) => `${name}='${value.replaceAll("'", "'\\''")}'\n`,
  powershell: (name, value) => `$env:${name} = '${toLine(value).replaceAll("'", "''")}'\n`,
  batch: (name, value) => `set "${name}=${toLine(value).replaceAll('"', '')}"\n`,
  sql: () => '',
};

/** Opens the reader of commands; each language is loaded when its first command is met. */
export function openReadCommand(): ReadCommand {
  const readScript = openReadScript([]);
  return async ({ text, language, stopsAtFailure, input, environment }, subject) => {
    const { reader, file } = languages[language];
    const ahead = stopsAtFailure && language === 'shell' ? 'set -e\n' : '';
    const script = `${ahead}${writeAssignments(language, environment ?? new Map())}${text}${writeInput(input)}\n`;
    const result = await readScript({ language: reader, file, text: script });
    if ('skipped' in result) return { skipped: `the command ${result.skipped}` };
    return { evidence: result.reading.facts.map((fact) => toEvidence(fact, subject)) };
  };
}

function writeInput(input: string | undefined): string {
  return input === undefined ? '' : ` <<'JOB_INPUT'\n${input}\nJOB_INPUT`;
}

/** The environment as the language has it: every value as it is written, nothing expanded. */
function writeAssignments(
  language: CommandLanguage,
  environment: ReadonlyMap<string, string>,
): string {
  return [...environment]
    .filter(([name]) => /^[A-Za-z_]\w*$/.test(name))
    .map(([name, value]) => assignments[language](name, value))
    .join('');
}
