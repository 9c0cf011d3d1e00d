import { readShellSafeguards } from '../../safeguards/read-shell-safeguards.ts';
import type { ClientEntry } from '../clients/client.ts';
import type { CallSite, CodeFact, ReadCode, Reading } from '../facts.ts';
import { loadParser } from '../tree-sitter.ts';
import { isClient, readClient, toOwnPrograms } from './clients.ts';
import { listCommands, type ShellCommand, type ShellScript } from './commands.ts';
import { type FindSources, followTransfers } from './transfers.ts';
import { type Holes, listDefinitions, toOpenText, type Word } from './words.ts';
import { baseName, isWrapper, lengthOfWrapper } from './wrappers.ts';

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
const runnable = /^[\w./-]+\.(?:sh|bash|ksh|py|pl|rb|php|js|ps1)$/;
const maxNesting = 4;

/**
 * Loads the shell reader. The function it returns is synchronous and pure.
 * @param own programs that the user describes
 */
export async function loadShellReader(own: readonly ClientEntry[] = []): Promise<ReadCode> {
  const programs = toOwnPrograms(own);
  const parse = await loadParser('bash');

  const read = (text: string, nesting: number): Reading => {
    const { script, safeguards } = parse(text, (root) => ({
      script: listCommands(root),
      // What a quoted script does for its own script is found with that one.
      safeguards: nesting === 0 ? readShellSafeguards(root, parse) : [],
    }));
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
      facts: [...facts, ...readTemplates(script, facts, findSources), ...safeguards],
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
    const place = { line: command.line, column: command.column };
    const facts: CodeFact[] = [];
    if (script)
      facts.push({
        kind: 'script',
        script,
        ...(name === '.' || name === 'source' ? { sourced: true } : {}),
        ...place,
      });
    const told = findTold(script, program, rest);
    if (told) facts.push({ kind: 'script', ...told, ...place });
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
      if (isClient(name) || isWrapper(name) || interpreters.has(name)) return [];
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
    const length = lengthOfWrapper(words.map(({ text }) => text));
    if (length === undefined) break;
    if (name === 'env' || name === 'sudo')
      for (const { text } of words.slice(1, length)) {
        const assignment = /^([A-Z_][A-Z0-9_]*)=(.*)$/is.exec(text);
        if (assignment?.[1])
          environment.set(assignment[1], {
            text: assignment[2] ?? '',
            confidence: 1,
            variables: [],
          });
      }
    const next = words.slice(length);
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

/** The script that another one is told to run: `with-lock.sh /opt/etl/stock.sh`. */
function findTold(
  script: string | undefined,
  program: Word,
  rest: readonly Word[],
): { readonly script: string; readonly through: string } | undefined {
  const through = script ?? program.text;
  const isOwn = through.includes('/') && !/^\/(?:usr\/)?s?bin\//.test(through);
  if (!isOwn || isClient(baseName(through))) return undefined;
  const words = rest.map(({ text }) => text).filter((text) => text !== script);
  const told = words.find((text) => text.includes('/') && runnable.test(text));
  return told === undefined ? undefined : { script: told, through };
}
