import { childrenOf, type Node } from '../tree-sitter.ts';
import type { Variables } from './variables.ts';
import { changeWord, joinWords, literal, lower, unique, type Word } from './words.ts';

/** Expands the words of a script as far as its variables are known. */
export interface Expansion {
  /** The one word that a node comes to. */
  expand(node: Node, depth: number): Word;
  /** The items of `${NAME[@]}`, `"$@"` and `web{1..3}`; else the one word that a node comes to. */
  expandList(node: Node, depth: number): Word[];
  /** What a variable holds. */
  lookUp(name: string): Word;
}

/** Scripts that nest deeper than this are no longer followed. */
export const maxDepth = 200;
const unknownWord: Word = literal('{…}');
const mostItems = 50;

/** @param parameterOf the place of an argument that a function is not called with in this file */
export function openExpansion(
  variables: Variables,
  parameterOf: (index: string) => string | undefined,
): Expansion {
  const expand = (node: Node, depth: number): Word => {
    if (depth > maxDepth) return unknownWord;
    switch (node.type) {
      case 'raw_string':
        return literal(node.text.slice(1, -1));
      case 'ansi_c_string':
        return literal(node.text.slice(2, -1));
      case 'word':
        return literal(node.text.replace(/\\(.)/g, '$1'));
      case 'number':
      case 'heredoc_start':
        return literal(node.text);
      case 'string_content':
        return literal(node.text.replace(/\\(["$`\\])/g, '$1').replace(/\\\n/g, ''));
      case 'simple_expansion':
        return lookUp(node.text.slice(1));
      case 'expansion':
        return expandBraces(node, depth);
      case 'command_substitution':
      case 'arithmetic_expansion':
        return unknownWord;
      case 'string':
      case 'heredoc_body':
      case 'concatenation':
        return join(node, depth);
      default:
        return node.namedChildCount > 0 ? join(node, depth) : literal(node.text);
    }
  };

  const expandList = (node: Node, depth: number): Word[] => {
    const text = node.text.slice(0, 200);
    const name =
      /^"?\$\{(\w+|@)\[[@*]\]\}"?$/.exec(text)?.[1] ?? /^"?\$(?:\{?([@*])\}?)"?$/.exec(text)?.[1];
    const items = name === undefined ? undefined : variables.arrays.get(name === '*' ? '@' : name);
    if (items) return items.map((item) => lower(item, 0.9));
    return expandChoices(node, expand(node, depth));
  };

  /** Joins the parts of a word, with the text between them that the grammar gives no node. */
  const join = (node: Node, depth: number): Word => {
    const parts: Word[] = [];
    const quoted = node.type === 'string';
    let at = node.startIndex + (quoted ? 1 : 0);
    for (const child of childrenOf(node)) {
      if (child.startIndex > at) parts.push(literal(slice(node, at, child.startIndex)));
      parts.push(child.type === 'heredoc_content' ? literal(child.text) : expand(child, depth + 1));
      at = child.endIndex;
    }
    const end = node.endIndex - (quoted ? 1 : 0);
    if (at < end) parts.push(literal(slice(node, at, end)));
    return joinWords(parts);
  };

  const lookUp = (name: string): Word => {
    const known = variables.get(name);
    if (known) return reached(known, name);
    if (/^\d$/.test(name)) {
      const parameter = parameterOf(name);
      return { text: `{${parameter ?? name}}`, confidence: 1, variables: [name] };
    }
    const text = /^[A-Za-z_]\w*$/.test(name) ? variables.toHole(name) : `{${name}}`;
    return { text, confidence: 1, variables: [name] };
  };

  /** `${X}`, `${X:-default}`, `${X%.csv}`: the name, and the default where X has no value. */
  const expandBraces = (node: Node, depth: number): Word => {
    const match = /^\$\{(!?)([A-Za-z_]\w*|\d)(:?[-=])?/.exec(node.text);
    const name = match?.[2];
    if (!name) return unknownWord;
    if (match[1]) return lookUpIndirectly(name);
    const item = /^\$\{\w+\[(\d+)\]\}$/.exec(node.text)?.[1];
    const known = item ? variables.arrays.get(name)?.[Number(item)] : variables.get(name);
    if (known) return reached(cut(known, node.text.slice(2 + name.length, -1)), name);
    const [, fallback] = childrenOf(node);
    if (!match[3] || !fallback) return lookUp(name);
    const word = expand(fallback, depth + 1);
    if (/^\d$/.test(name)) return lower(word, 0.8);
    const opened: Word = {
      ...lower(word, 0.8),
      open: variables.toHole(name, word.open ?? word.text),
      variables: unique([...word.variables, name]),
    };
    if (match[3].endsWith('=')) variables.set(name, opened);
    return opened;
  };

  const lookUpIndirectly = (name: string): Word => {
    const target = variables.get(name)?.text;
    return target && /^[A-Za-z_]\w*$/.test(target) ? lookUp(target) : unknownWord;
  };

  return { expand, expandList, lookUp };
}

function reached(word: Word, name: string): Word {
  return { ...lower(word, 0.9), variables: unique([...word.variables, name]) };
}

/** `${X%.csv}`, `${X#prefix}`, `${X:3}` of a known value. Other patterns leave it as it is. */
function cut(word: Word, operator: string): Word {
  const [, kind = '', pattern = ''] = /^(##?|%%?|:)(.*)$/s.exec(operator) ?? [];
  if (kind === '') return word;
  if (kind === ':') return /^\s*0/.test(pattern) ? word : { ...unknownWord };
  return changeWord(word, (text) => {
    if (pattern === '*/') return kind === '##' ? text.slice(text.lastIndexOf('/') + 1) : text;
    if (pattern === '/*' && kind === '%')
      return text.includes('/') ? text.slice(0, text.lastIndexOf('/')) : text;
    if (/[*?[\]$]/.test(pattern) || pattern === '') return text;
    if (kind.startsWith('#')) return text.startsWith(pattern) ? text.slice(pattern.length) : text;
    return text.endsWith(pattern) ? text.slice(0, -pattern.length) : text;
  });
}

/** `web{1..3}` and `web{a,b}` as the words they stand for. */
function expandChoices(node: Node, word: Word): Word[] {
  if (node.type === 'string' || node.type === 'raw_string' || word.open !== undefined)
    return [word];
  const match = /^([^{}]*)\{([^{}\s]{1,200})\}([^{}]*)$/.exec(word.text);
  // Braces that come out of a variable are text.
  if (!match || !/(?<!\$)\{[^{}$]+\}/.test(node.text)) return [word];
  const [, before = '', inner = '', after = ''] = match;
  const range = /^(\d{1,4})\.\.(\d{1,4})$/.exec(inner);
  const items = range ? countUp(range[1] ?? '', range[2] ?? '') : inner.split(',');
  if (items.length < 2) return [word];
  return items.slice(0, mostItems).map((item) => ({ ...word, text: before + item + after }));
}

function countUp(first: string, last: string): string[] {
  const from = Number(first);
  const width = first.startsWith('0') ? first.length : 0;
  const count = Math.min(mostItems, Math.max(0, Number(last) - from + 1));
  return Array.from({ length: count }, (_, index) => `${from + index}`.padStart(width, '0'));
}

function slice(node: Node, from: number, to: number): string {
  return node.text.slice(from - node.startIndex, to - node.startIndex);
}
