import { redact } from '../../../redact.ts';
import { writeHole } from '../program/open-text.ts';
import type { Node } from '../tree-sitter.ts';

/** One argument after expansion. Parts without a value stand as `{NAME}`. */
export interface Word {
  readonly text: string;
  /** The same with `{NAME}` also where `text` has a default; absent where it is no different. */
  readonly open?: string;
  /** 1 = literal, lower = through a variable or a default; unknown parts show in the text. */
  readonly confidence: number;
  /** The variables it was built from. */
  readonly variables: readonly string[];
}

/** What a script expects from its environment: the names of its unset variables → their defaults. */
export type Holes = ReadonlyMap<string, string | undefined>;

/** `A="$A$A"` written forty times must cost nothing. Here-documents are the longest texts. */
const longestText = 64_000;
/** How many variables a word is known to come out of; `b=$a`, `c=$b` … must not add up without end. */
const mostVariables = 50;

export function literal(text: string): Word {
  return { text, confidence: 1, variables: [] };
}

export function unique(names: readonly string[]): string[] {
  return [...new Set(names)].slice(0, mostVariables);
}

export function lower(word: Word, confidence: number): Word {
  return { ...word, confidence: Math.min(word.confidence, confidence) };
}

/** A word with another text; `change` is told whether it is the open one. */
export function changeWord(word: Word, change: (text: string) => string): Word {
  const { open, ...rest } = word;
  return withOpen(
    { ...rest, text: change(word.text) },
    open === undefined ? undefined : change(open),
  );
}

function withOpen(word: Word, open: string | undefined): Word {
  return open === undefined || open === word.text ? word : { ...word, open };
}

/** Words one after another as one word. */
export function joinWords(parts: readonly Word[], separator = ''): Word {
  const text = parts
    .map((part) => part.text)
    .join(separator)
    .slice(0, longestText);
  const open = parts.some((part) => part.open !== undefined)
    ? parts
        .map((part) => part.open ?? part.text)
        .join(separator)
        .slice(0, longestText)
    : undefined;
  return withOpen(
    {
      text,
      confidence: Math.min(1, ...parts.map(({ confidence }) => confidence)),
      variables: unique(parts.flatMap(({ variables }) => variables)),
    },
    open,
  );
}

/** Without quotes the shell cuts what a variable holds at its blanks. */
export function splitWord(node: Node, words: readonly Word[]): Word[] {
  if (isQuoted(node)) return [...words];
  return words.flatMap((word) => {
    if (word.variables.length === 0 || !/\s/.test(word.text.trim())) return [word];
    const { open, ...rest } = word;
    const parts = splitBlanks(word.text);
    const opened = open === undefined ? [] : splitBlanks(open);
    return parts.map((text, index) =>
      withOpen({ ...rest, text }, opened.length === parts.length ? opened[index] : undefined),
    );
  });
}

/** Whether every variable of a word stands in quotes. */
function isQuoted(node: Node): boolean {
  if (node.type === 'string' || node.type === 'raw_string') return true;
  return (
    node.type === 'concatenation' &&
    !node.namedChildren.some((child) => child !== null && /expansion$/.test(child.type))
  );
}

function splitBlanks(text: string): string[] {
  return text.trim().split(/\s+/);
}

/** A text with the holes that other files may fill: `{HOST}` → `{env:HOST}`, `{f#0}` → `{param:f#0}`. */
export function toOpenText(text: string, holes: Holes): string {
  if (!text.includes('{')) return text;
  return text.replace(
    /\{([A-Za-z_][\w-]{0,60})(?:~\d+)?(?:#(\d{1,2}))?\}/g,
    (whole: string, name: string, index: string | undefined) => {
      if (index !== undefined)
        return writeHole({ kind: 'param', function: name, index: Number(index) });
      const token = whole.slice(1, -1);
      if (!holes.has(token)) return whole;
      const fallback = holes.get(token);
      return writeHole({ kind: 'env', name, ...(fallback === undefined ? {} : { fallback }) });
    },
  );
}

const mostDefinitions = 1_000;
const longestDefinition = 300;

/** The variables of a script that other files may read, as open texts; no secrets. */
export function listDefinitions(
  variables: Iterable<readonly [string, Word]>,
  holes: Holes,
): Record<string, string> {
  const found: [string, string][] = [];
  for (const [name, word] of variables) {
    if (found.length >= mostDefinitions) break;
    if (!/^[A-Za-z_]\w*$/.test(name)) continue;
    const text = toOpenText(word.open ?? word.text, holes);
    if (text === '' || text === `{${name}}` || text === `{env:${name}}`) continue;
    const written = `${name}: "${text}"`;
    if (text.length <= longestDefinition && redact(written) === written) found.push([name, text]);
  }
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}
