import type { CodeFact, ReadCode } from '../facts.ts';
import { type CallRecord, textsOf, type Value, writeValue } from './calls.ts';
import { readOpenText, showOpenText, writeHole } from './open-text.ts';

/** Calls that start a program: a command line, a list of words, or the words as arguments. */
const starters =
  /^(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|os\.(?:system|popen|execv|execvp|spawnlp)|commands\.get(?:status)?output|asyncio\.create_subprocess_(?:exec|shell)|asyncio\.subprocess\.create_subprocess_(?:exec|shell)|pexpect\.(?:spawn|run)|os\/exec\.Command|Runtime\.getRuntime#exec|ProcessBuilder(?:#command)?|org\.apache\.commons\.exec\.CommandLine\.parse|shell_exec|system|native command|(?:node:)?child_process\.(?:exec|execSync|execFile|execFileSync|spawn|spawnSync))$/;

const mostCommands = 4;

/** Commands that a program starts, e.g. `subprocess.run(["curl", url])`, read as shell. */
export function readStartedCommand(call: CallRecord, readShell: ReadCode): CodeFact[] {
  if (!starters.test(call.callee)) return [];
  const facts = new Map<string, CodeFact>();
  for (const { text, holes } of listCommandLines(call)) {
    for (const fact of readShell(text, '').facts) {
      const placed = fillBack({ ...fact, line: call.line, column: call.column }, holes);
      facts.set(JSON.stringify(placed), placed);
    }
  }
  return [...facts.values()];
}

/** A command line in which what the program does not know stands as unset variables. */
interface CommandLine {
  readonly text: string;
  /** The variables in it → the holes they stand for. */
  readonly holes: ReadonlyMap<string, string>;
}

function listCommandLines({ args }: CallRecord): CommandLine[] {
  const [first, second] = args;
  if (!first) return [];
  const given = textsOf(first);
  const isProgram = given.length === 1 && !/\s/.test(given[0]?.text.trim() ?? ' ');
  const words: readonly Value[] =
    first.kind === 'list'
      ? first.items
      : isProgram && second?.kind === 'list'
        ? [first, ...second.items]
        : isProgram && args.length > 1
          ? args
          : [];
  if (words.length === 0)
    return given.slice(0, mostCommands).map(({ text }) => {
      const holes = new Map<string, string>();
      return { text: writeLine(text, holes, false), holes };
    });
  const flat = words.flatMap((word) => (word.kind === 'list' ? word.items : [word]));
  const count = Math.min(
    mostCommands,
    Math.max(1, ...flat.map((word) => (word.kind === 'choice' ? word.options.length : 1))),
  );
  return Array.from({ length: count }, (_, way) => {
    const holes = new Map<string, string>();
    const line = flat.map((word) => {
      const chosen = word.kind === 'choice' ? (word.options[way] ?? word.options[0]) : word;
      return `"${writeLine(chosen ? writeValue(chosen) : '', holes, true)}"`;
    });
    return { text: line.join(' '), holes };
  });
}

/** A text for the shell: each hole is a variable. In quotes everything else is written as it is. */
function writeLine(text: string, holes: Map<string, string>, isQuoted: boolean): string {
  return readOpenText(text)
    .map((part) => {
      if (typeof part === 'string')
        return isQuoted ? part.replace(/["\\$`]/g, (character) => `\\${character}`) : part;
      const hole = writeHole(part);
      // Braces of the command's own, as in `awk {…}`, are no holes.
      if (part.kind === 'unknown' && !isQuoted && /[;"'$|&]/.test(part.text)) return hole;
      const name = `OPEN_HOLE_${holes.size + 1}`;
      holes.set(name, hole);
      return `\${${name}}`;
    })
    .join('');
}

/** Puts the holes back where the shell's reader left its variables. */
function fillBack(fact: CodeFact, holes: ReadonlyMap<string, string>): CodeFact {
  if (holes.size === 0) return fact;
  const fill = (text: string): string =>
    text
      .replace(/\{(?:env:)?(OPEN_HOLE_\d+)\}/g, (whole, name: string) => holes.get(name) ?? whole)
      // A long text may have been cut inside a variable's name.
      .replace(/\{(?:env:)?OPEN_HOLE_\d*…$/, '…');
  const show = (text: string): string => showOpenText(fill(text));
  switch (fact.kind) {
    case 'script':
      return { ...fact, script: show(fact.script) };
    case 'name':
    case 'safeguard':
      return fact;
    case 'connection': {
      const { address, resource, localFiles, target } = fact;
      return {
        ...fact,
        target: { ...target, value: show(target.value) },
        ...(address === undefined ? {} : { address: fill(address) }),
        ...(resource === undefined ? {} : { resource }),
        ...(localFiles === undefined ? {} : { localFiles: localFiles.map(show) }),
        summary: show(fact.summary),
      };
    }
  }
}
