import { Arguments } from './arguments.ts';
import type { ShellCommand } from './commands.ts';

/** Finds everything that the data in some files, pipes and variables came out of. */
export type FindSources = (names: readonly string[]) => string[];

const mostSources = 100;

/**
 * Follows data through programs that only pass it on: `gzip`, `sort a > b`, `cp a b`, `tee`. What a
 * client fetched into one name and another sends from a second one is then known to be the same.
 * @param commands all commands that are no client of another system
 */
export function followTransfers(commands: readonly ShellCommand[]): FindSources {
  const sources = new Map<string, Set<string>>();
  for (const command of commands) {
    const program = baseName(command.words[0]?.text ?? '');
    const files = new Arguments(command.words.slice(1)).operands('').filter(isFile);
    const moves = /^(?:cp|mv|ln|install)$/.test(program);
    const target = moves ? files.pop() : undefined;
    const sinks = [
      ...command.writesTo,
      ...(target === undefined ? [] : [target]),
      ...(program === 'tee' ? files : []),
    ];
    for (const sink of sinks) {
      const known = sources.get(sink) ?? new Set();
      for (const source of [...command.readsFrom, ...(program === 'tee' ? [] : files)])
        if (source !== sink && known.size < mostSources) known.add(source);
      if (known.size > 0) sources.set(sink, known);
    }
  }
  return (names) => {
    const found = new Set(names);
    // A set also goes through what is added to it on the way.
    for (const name of found) {
      if (found.size > mostSources) break;
      for (const source of sources.get(name) ?? []) found.add(source);
    }
    return [...found];
  };
}

function isFile(text: string): boolean {
  return /[./]/.test(text) && !/^[a-z]+:\/\//i.test(text) && text !== '.' && text !== '-';
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
