import type { CodeFact, ReadCode } from './facts.ts';
import { isClient, readClient } from './shell-clients.ts';
import { listCommands, type ShellCommand, type Word } from './shell-commands.ts';
import { type FindSources, followTransfers } from './shell-transfers.ts';
import { loadParser } from './tree-sitter.ts';

/** Programs that run another program, and how many of their own arguments come before it. */
const wrappers: Readonly<Record<string, { options: string; operands: number }>> = {
  sudo: { options: 'ugUhpCrt', operands: 0 },
  doas: { options: 'uC', operands: 0 },
  runuser: { options: 'ugG', operands: 0 },
  nohup: { options: '', operands: 0 },
  nice: { options: 'n', operands: 0 },
  ionice: { options: 'cnp', operands: 0 },
  timeout: { options: 'ks', operands: 1 },
  flock: { options: 'wE', operands: 1 },
  time: { options: 'fo', operands: 0 },
  env: { options: 'u', operands: 0 },
  exec: { options: 'a', operands: 0 },
  command: { options: '', operands: 0 },
  chronic: { options: '', operands: 0 },
  setsid: { options: '', operands: 0 },
  stdbuf: { options: 'ioe', operands: 0 },
  sshpass: { options: 'pfd', operands: 0 },
  xargs: { options: 'nPIL', operands: 0 },
};

const interpreters = new Set([
  'sh',
  'bash',
  'dash',
  'ksh',
  'zsh',
  'source',
  '.',
  'python',
  'python3',
  'python2',
  'perl',
  'ruby',
  'php',
  'node',
  'ts-node',
  'tsx',
  'pwsh',
  'Rscript',
  'java',
]);
const scriptExtension = /\.(?:sh|bash|ksh|zsh|py|pl|rb|php|js|mjs|cjs|ts|mts|ps1|sql|R|jar)$/;
const maxNesting = 4;

/** Loads the shell reader. The function it returns is synchronous and pure. */
export async function loadShellReader(): Promise<ReadCode> {
  const parse = await loadParser('bash');

  const read = (text: string, nesting: number): CodeFact[] => {
    const commands = parse(text, listCommands).map(unwrap);
    const findSources = followTransfers(
      commands.filter(({ words }) => !isClient(baseName(words[0]?.text ?? ''))),
    );
    return commands.flatMap((command) => readCommand(command, nesting, findSources));
  };

  const readCommand = (
    command: ShellCommand,
    nesting: number,
    findSources: FindSources,
  ): CodeFact[] => {
    const [program, ...rest] = command.words;
    if (!program) return [];
    const name = baseName(program.text);
    const nested = nestedScript(name, rest);
    if (nested !== undefined && nesting < maxNesting) {
      // Positions inside a quoted script are those of the command that holds it.
      return read(nested, nesting + 1).map((fact) => ({
        ...fact,
        line: command.line,
        column: command.column,
      }));
    }
    const script = findScript(name, program, rest);
    const facts: CodeFact[] = script
      ? [{ kind: 'script', script, line: command.line, column: command.column }]
      : [];
    return [...facts, ...readClient(name, command, findSources)];
  };

  return (text) => read(text, 0);
}

/** Removes sudo, timeout, flock and their like, with their own options. */
function unwrap(command: ShellCommand): ShellCommand {
  let words = command.words;
  const environment = new Map(command.environment);
  for (let guard = 0; guard < 10; guard++) {
    const name = baseName(words[0]?.text ?? '');
    const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
    if (!wrapper) break;
    let at = 1;
    for (; at < words.length; at++) {
      const text = words[at]?.text ?? '';
      const assignment = /^([A-Z_][A-Z0-9_]*)=(.*)$/is.exec(text);
      if (assignment?.[1] && (name === 'env' || name === 'sudo')) {
        environment.set(assignment[1], { text: assignment[2] ?? '', confidence: 1, variables: [] });
      } else if (!text.startsWith('-')) break;
      else if (text.length === 2 && wrapper.options.includes(text.slice(1))) at++;
    }
    const next = words.slice(at + wrapper.operands);
    if (next.length === 0) break;
    words = next;
  }
  return { ...command, words, environment };
}

const shells = ['sh', 'bash', 'dash', 'ksh', 'zsh', 'su', 'runuser'];

/** The script text in `sh -c "…"`, `su - user -c "…"` or `flock file -c "…"`. */
function nestedScript(name: string, rest: readonly Word[]): string | undefined {
  if (![...shells, 'eval', 'trap', '-c'].includes(name)) return undefined;
  if (name === 'eval') return rest.map(({ text }) => text).join(' ');
  if (name === '-c' || name === 'trap') return rest[0]?.text;
  const at = rest.findIndex(({ text }) => /^-[a-z]*c$/.test(text) || text === '--command');
  return at < 0 ? undefined : rest[at + 1]?.text;
}

/** The script file that a command starts: by its interpreter, or by its own extension. */
function findScript(name: string, program: Word, rest: readonly Word[]): string | undefined {
  if (scriptExtension.test(program.text)) return program.text;
  if (!interpreters.has(name)) return undefined;
  const operand = rest.find(({ text }) => !text.startsWith('-'))?.text;
  return operand && scriptExtension.test(operand) ? operand : undefined;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
