import type { ClientEntry } from '../clients/client.ts';
import type { CallSite, CodeFact, ReadCode, Reading } from '../facts.ts';
import { loadParser } from '../tree-sitter.ts';
import { isClient, readClient, toOwnPrograms } from './clients.ts';
import { listCommands, type ShellCommand, type ShellScript } from './commands.ts';
import { type FindSources, followTransfers } from './transfers.ts';
import { type Holes, listDefinitions, toOpenText, type Word } from './words.ts';

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
  xargs: { options: 'nPILdsE', operands: 0 },
  watch: { options: 'n', operands: 0 },
  unbuffer: { options: '', operands: 0 },
  proxychains: { options: 'f', operands: 0 },
  proxychains4: { options: 'f', operands: 0 },
  torsocks: { options: '', operands: 0 },
  strace: { options: 'oepsE', operands: 0 },
  'systemd-run': { options: 'pu', operands: 0 },
  'systemd-cat': { options: 'tp', operands: 0 },
  faketime: { options: 'f', operands: 1 },
  parallel: { options: 'jaSN', operands: 0 },
  builtin: { options: '', operands: 0 },
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

/**
 * Loads the shell reader. The function it returns is synchronous and pure.
 * @param own programs that the user describes
 */
export async function loadShellReader(own: readonly ClientEntry[] = []): Promise<ReadCode> {
  const programs = toOwnPrograms(own);
  const parse = await loadParser('bash');

  const read = (text: string, nesting: number): Reading => {
    const script = parse(text, listCommands);
    const commands = script.commands.map(unwrap);
    const findSources = followTransfers(
      commands.filter(({ words }) => {
        const name = baseName(words[0]?.text ?? '');
        return !isClient(name) && !programs.has(name);
      }),
    );
    const facts = commands.flatMap((command) =>
      readCommand(command, nesting, findSources, script.holes),
    );
    return {
      facts: [...facts, ...readTemplates(script, facts, findSources)],
      definitions: listDefinitions(script.variables, script.holes),
      sites: listSites(commands, script),
    };
  };

  const readCommand = (
    command: ShellCommand,
    nesting: number,
    findSources: FindSources,
    holes: Holes,
  ): CodeFact[] => {
    const [program, ...rest] = command.words;
    if (!program) return [];
    const name = baseName(program.text);
    const nested = nestedScript(name, rest);
    if (nested !== undefined && nesting < maxNesting) {
      // Positions inside a quoted script are those of the command that holds it.
      return read(restoreVariables(nested, holes), nesting + 1).facts.map((fact) => ({
        ...fact,
        line: command.line,
        column: command.column,
      }));
    }
    const script = findScript(name, program, rest);
    const facts: CodeFact[] = script
      ? [{ kind: 'script', script, line: command.line, column: command.column }]
      : [];
    return [...facts, ...readClient(name, command, findSources, holes, programs)];
  };

  return (text) => read(text, 0);
}

/** `{HOST}` in an expanded script is the variable again, for the reader of that script. */
function restoreVariables(text: string, holes: Holes): string {
  return text.replace(/\{([A-Za-z_]\w*)\}/g, (whole, name: string) =>
    holes.has(name) ? `\${${name}}` : whole,
  );
}

/** `export psqla="psql -h $host"` that no command here starts with: other scripts do. */
function readTemplates(
  { templates, holes }: ShellScript,
  facts: readonly CodeFact[],
  findSources: FindSources,
): CodeFact[] {
  const own = new Set(
    facts.flatMap((fact) =>
      fact.kind === 'connection'
        ? (fact.localFiles ?? []).filter((file) => file.startsWith('$'))
        : [],
    ),
  );
  return templates.flatMap(({ name, word, line, column }) => {
    if (own.has(`$${name}`)) return [];
    const split = (text: string): string[] => text.trim().split(/\s+/);
    const opened = word.open === undefined ? undefined : split(word.open);
    const words = split(word.text).map((text, index) => ({
      text,
      confidence: 0.5,
      variables: [],
      ...(opened?.[index] === undefined ? {} : { open: opened[index] }),
    }));
    const program = baseName(words[0]?.text ?? '');
    if (!isClient(program) || words.length < 2) return [];
    const command: ShellCommand = {
      words,
      line,
      column,
      environment: new Map(),
      readsFrom: [],
      writesTo: [],
      written: new Map(),
    };
    return readClient(program, command, findSources, holes).map((fact) => ({
      ...fact,
      confidence: Math.min(fact.confidence, 0.5),
    }));
  });
}

const mostSites = 500;

/** Calls of functions that only a script read by this one can define. */
function listSites(commands: readonly ShellCommand[], script: ShellScript): CallSite[] {
  if (!commands.some(({ words }) => /^(?:\.|source)$/.test(words[0]?.text ?? ''))) return [];
  return commands
    .flatMap(({ words, line, column }): CallSite[] => {
      const [program, ...args] = words;
      const name = program?.text ?? '';
      if (!/^[A-Za-z_][\w-]{1,60}$/.test(name) || args.length === 0) return [];
      if (isClient(name) || Object.hasOwn(wrappers, name) || interpreters.has(name)) return [];
      const texts = args.map((word) => toOpenText(word.open ?? word.text, script.holes));
      return texts.some((text) => text.length > 300)
        ? []
        : [{ function: name, args: texts.slice(0, 20), line, column }];
    })
    .slice(0, mostSites);
}

/** Removes sudo, timeout, flock and their like, with their own options. */
function unwrap(command: ShellCommand): ShellCommand {
  let words = command.words;
  const environment = new Map(command.environment);
  for (let guard = 0; guard < 10; guard++) {
    const name = baseName(words[0]?.text ?? '');
    if (name === 'find') {
      const executed = findExecuted(words);
      if (!executed) break;
      words = executed;
      continue;
    }
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

/** The command of `find … -exec command {} \\;`. */
function findExecuted(words: readonly Word[]): readonly Word[] | undefined {
  const at = words.findIndex(({ text }) => /^-(?:exec|execdir|ok)$/.test(text));
  if (at < 0) return undefined;
  const end = words.findIndex(({ text }, index) => index > at && /^(?:;|\+)$/.test(text));
  const executed = words.slice(at + 1, end < 0 ? undefined : end);
  return executed.length > 0 ? executed : undefined;
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
