import { baseName, lengthOfWrapper } from '../scripts/shell/wrappers.ts';
import { childrenOf, type Node } from '../scripts/tree-sitter.ts';

/** The texts that a script's variables hold, as far as they are written out. */
export type Values = Map<string, string>;

const longest = 4_000;

/** The text of a word without its quotes, with variables that are known filled in. */
export function readWord(node: Node, values: Values): string {
  return readPart(node, values, 0).slice(0, longest);
}

function readPart(node: Node, values: Values, depth: number): string {
  if (depth > 20) return '';
  switch (node.type) {
    case 'raw_string':
      return node.text.slice(1, -1);
    case 'ansi_c_string':
      return node.text.slice(2, -1);
    case 'word':
      return node.text.replace(/\\(.)/g, '$1');
    case 'simple_expansion':
    case 'expansion':
      return readVariable(node.text, values);
    case 'string':
    case 'concatenation':
      return readString(node, values, depth);
    default:
      return node.text;
  }
}

/** The pieces of a string with what stands between them, since blanks are no nodes of their own. */
function readString(node: Node, values: Values, depth: number): string {
  const isString = node.type === 'string';
  let text = '';
  let at = node.startIndex + (isString ? 1 : 0);
  const source = node.text;
  for (const child of childrenOf(node)) {
    text += source.slice(at - node.startIndex, child.startIndex - node.startIndex);
    text +=
      child.type === 'string_content'
        ? child.text.replace(/\\(["$`\\])/g, '$1')
        : readPart(child, values, depth + 1);
    at = child.endIndex;
    if (text.length > longest) return text.slice(0, longest);
  }
  return text + source.slice(at - node.startIndex, isString ? -1 : undefined);
}

/** `${NAME:-default}` is what NAME holds, else its default, else it stays. */
function readVariable(text: string, values: Values): string {
  const match = /^\$\{?(\w+)(?::?-([^}]{0,500}))?\}?$/.exec(text);
  if (!match?.[1]) return text;
  return values.get(match[1]) ?? match[2]?.replace(/^["']|["']$/g, '') ?? text;
}

/** A command without what runs it, such as sudo and timeout. */
export interface Unwrapped {
  /** The wrappers, outermost first, each with its own words. */
  readonly wrappers: readonly (readonly string[])[];
  readonly words: readonly string[];
}

/** Takes the programs off a command that only run another one. */
export function unwrapWords(words: readonly string[]): Unwrapped {
  const wrappers: string[][] = [];
  let rest = words;
  for (let guard = 0; guard < 10; guard++) {
    // `command -v curl` only asks whether there is one.
    if (rest[0] === 'command' && /^-[vV]/.test(rest[1] ?? '')) break;
    const length = lengthOfWrapper(rest);
    if (length === undefined || length >= rest.length) break;
    wrappers.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return { wrappers, words: rest };
}

/** The script in `sh -c "…"`, `su - user -c "…"` or `flock file -c "…"`: which of the words it is. */
export function nestedAt(words: readonly string[]): number | undefined {
  const name = baseName(words[0] ?? '');
  if (name === '-c') return words.length > 1 ? 1 : undefined;
  if (!/^(?:sh|bash|dash|ksh|zsh|su|runuser)$/.test(name)) return undefined;
  const at = words.findIndex((text) => /^-[a-z]*c$/.test(text) || text === '--command');
  return at > 0 && at + 1 < words.length ? at + 1 : undefined;
}
