import type { Node } from '../tree-sitter.ts';
import type { Expansion } from './expand.ts';
import type { Variables } from './variables.ts';
import { joinWords, literal, unique, type Word } from './words.ts';

/** Gives a function the arguments of its call. */
export function setArguments(variables: Variables, words: readonly Word[]): void {
  variables.arrays.set('@', [...words]);
  for (let index = 1; index <= 9; index++)
    variables.setOptions(`${index}`, words[index - 1] ? [words[index - 1] ?? literal('')] : []);
}

/** Notes `alias name='command'`, and replaces a program that is one. */
export function replaceAlias(words: Word[], aliases: Map<string, Word>): Word[] {
  const [program, ...rest] = words;
  if (program?.text === 'alias') {
    for (const word of rest) {
      const match = /^([\w-]+)=(.+)$/s.exec(word.text);
      if (match?.[1]) aliases.set(match[1], { ...word, text: match[2] ?? '' });
    }
    return words;
  }
  const alias = program ? aliases.get(program.text) : undefined;
  if (!alias) return words;
  const replaced = alias.text.trim().split(/\s+/);
  return [...replaced.map((text) => ({ ...literal(text), confidence: 0.9 })), ...rest];
}

/** Two pieces of one word that the grammar cut apart. */
export function glue(before: Word, after: readonly Word[], { lookUp }: Expansion): Word {
  const rest = joinWords(after, ' ');
  const name = before.text.endsWith('$') ? /^[A-Za-z_]\w*/.exec(rest.text)?.[0] : undefined;
  if (!name) return joinWords([before, rest]);
  const head = { ...before, text: before.text.slice(0, -1) };
  const tail = { ...rest, text: rest.text.slice(name.length) };
  return joinWords([head, lookUp(name), tail]);
}

/** The variables that programs read from their environment. */
export function exported(variables: Variables): [string, Word][] {
  return ['PGHOST', 'PGHOSTADDR', 'MYSQL_HOST', 'MYSQL_TCP_PORT'].flatMap(
    (name): [string, Word][] => {
      const word = variables.get(name);
      return word ? [[name, word]] : [];
    },
  );
}

/** The outermost `$( … )` and `<( … )` of a part of a script. */
export function findSubstitutions(node: Node): Node[] {
  const types = ['command_substitution', 'process_substitution'];
  if (types.includes(node.type)) return [node];
  // Only the outermost: what stands inside one is met when that one is visited.
  const outermost: Node[] = [];
  for (const found of node.descendantsOfType(types)) {
    if (found && found.startIndex >= (outermost.at(-1)?.endIndex ?? 0)) outermost.push(found);
  }
  return outermost;
}

/** The variables that a part of a script uses. */
export function namesIn(node: Node): string[] {
  return unique(
    node.descendantsOfType('variable_name').flatMap((found) => (found ? [found.text] : [])),
  );
}
