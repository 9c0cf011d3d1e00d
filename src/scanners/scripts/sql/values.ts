import { type Hole, writeHole } from '../program/open-text.ts';
import { listArguments } from './arguments.ts';
import { listAssignments, listRoutines, type Routine } from './assignments.ts';
import { type DottedName, foldName, readName } from './source.ts';
import type { Token } from './tokens.ts';

/** A text that is put together, and where each of its parts begins. */
export interface OpenValue {
  readonly text: string;
  /** Lower where names were followed or parts are not known. */
  readonly confidence: number;
  /** The index behind the expression. */
  readonly end: number;
  /** Offset in `text` → offset in the source, for the parts that are written out. */
  readonly pieces: readonly { readonly from: number; readonly at: number }[];
}

/** Follows texts through variables, constants, parameters and the functions that join them. */
export interface Values {
  read(index: number): OpenValue | undefined;
  /** What a name stands for at a place, if that is known. */
  lookUp(name: string, index: number): OpenValue | undefined;
  /** Fills in the variables of a client that this file sets. */
  fill(text: string): string;
  readonly routines: readonly Routine[];
  /** Constants and client variables of the file, by name. */
  definitions(): Record<string, string>;
}

const longestText = 4_000;
const maxSteps = 300;
/** Functions whose result is their first argument, as far as an address goes. */
const passing = new Set([
  'to_char',
  'to_clob',
  'trim',
  'ltrim',
  'rtrim',
  'rtrimmed',
  'lower',
  'upper',
  'escape',
  'utl_url.escape',
  'cast',
  'convert',
  'quotename',
  'quote_literal',
  'quote_ident',
  'enquote_literal',
  'simple_sql_name',
  'replace',
]);
const falling = new Set(['nvl', 'coalesce', 'isnull', 'ifnull']);

/**
 * Prepares the following of texts in one source.
 * @param outer answers for the names of the text around this one, as they stand at its place
 */
export function openValues(
  tokens: readonly Token[],
  outer?: (name: string) => OpenValue | undefined,
): Values {
  const assignments = listAssignments(tokens);
  const routines = listRoutines(tokens);
  const clientNames = new Set(
    [...assignments]
      .filter(([, given]) => given.some(({ start }) => isClientLine(start)))
      .map(([name]) => name),
  );
  const packages = tokens.flatMap(({ word }, index) => (word === 'package' ? [index] : []));
  let steps = 0;
  let depth = 0;

  function isClientLine(index: number): boolean {
    return tokens[index]?.kind === 'line';
  }

  const read = (index: number): OpenValue | undefined => {
    steps = 0;
    return evaluate(index);
  };

  function evaluate(index: number): OpenValue | undefined {
    let text = '';
    let confidence = 1;
    let hasText = false;
    const pieces: { from: number; at: number }[] = [];
    let at = index;
    for (;;) {
      while (tokens[at]?.text === '(' && tokens[at]?.kind === 'symbol') at++;
      const part = readPart(at);
      if (!part) break;
      hasText ||= part.hasText;
      for (const piece of part.pieces)
        pieces.push({ from: text.length + piece.from, at: piece.at });
      text += part.text;
      confidence = Math.min(confidence, part.confidence);
      at = skipCast(part.end);
      while (tokens[at]?.text === ')' && isJoin(at + 1)) at++;
      if (text.length > longestText || !isJoin(at)) break;
      at++;
    }
    if (at === index) return undefined;
    return hasText || text !== ''
      ? { text: text.slice(0, longestText), confidence, end: at, pieces }
      : undefined;
  }

  function isJoin(index: number): boolean {
    const token = tokens[index];
    return token?.kind === 'symbol' && (token.text === '||' || token.text === '+');
  }

  function skipCast(index: number): number {
    if (tokens[index]?.text !== '::') return index;
    let at = index + 2;
    while (tokens[at]?.kind === 'word' && /^(?:varying|precision)$/.test(tokens[at]?.word ?? ''))
      at++;
    return at;
  }

  function readPart(index: number): (OpenValue & { hasText: boolean }) | undefined {
    const token = tokens[index];
    if (!token || steps++ > maxSteps) return undefined;
    switch (token.kind) {
      case 'text':
        return written(token, index, token.inner ?? token.at);
      case 'number':
        return { text: token.text, confidence: 1, end: index + 1, pieces: [], hasText: false };
      case 'name':
        // BigQuery and MySQL write texts in double quotes too.
        return written(token, index, token.inner ?? token.at);
      case 'variable':
        return token.text.startsWith('@')
          ? follow([token.text], index, index + 1)
          : follow([/^\{env:([^?{}]+)/.exec(token.text)?.[1] ?? ''], index, index + 1, token.text);
      case 'word':
        return readWord(index);
      default:
        return undefined;
    }
  }

  function written(token: Token, index: number, at: number): OpenValue & { hasText: boolean } {
    return {
      text: fillClientVariables(token.text),
      confidence: 1,
      end: index + 1,
      pieces: [{ from: 0, at }],
      hasText: true,
    };
  }

  /** `$(X)` and `${X}` in a text are filled in by the client, `&X` where the file defines it. */
  function fillClientVariables(text: string): string {
    if (!/[$&{]/.test(text)) return text;
    return text
      .replace(
        /\$\((\w{1,80})\)|\$\{(\w{1,80})\}|\{\{\s{0,9}(\w{1,80})\s{0,9}\}\}/g,
        (_, a, b, c) => nameClientVariable(a ?? b ?? c),
      )
      .replace(/&&?([A-Za-z_]\w{0,79})\.?/g, (whole, name: string) =>
        clientNames.has(name.toLowerCase()) ? nameClientVariable(name) : whole,
      );
  }

  function nameClientVariable(name: string): string {
    return (
      follow([name], tokens.length, 0, writeHole({ kind: 'env', name }))?.text ??
      writeHole({ kind: 'env', name })
    );
  }

  function readWord(index: number): (OpenValue & { hasText: boolean }) | undefined {
    const name = readName(tokens, index);
    if (!name) return undefined;
    if (tokens[name.end]?.text === '(' && tokens[name.end]?.kind === 'symbol')
      return readCall(name, index);
    if (
      /^(?:null|true|false|then|else|end|from|into|using|as|is|where|and|or)$/.test(
        tokens[index]?.word ?? '',
      )
    )
      return undefined;
    return follow(name.parts, index, name.end);
  }

  function readCall(
    name: DottedName,
    index: number,
  ): (OpenValue & { hasText: boolean }) | undefined {
    const args = listArguments(tokens, name.end + 1);
    const end = (args.at(-1)?.end ?? name.end + 1) + 1;
    const callee = name.parts.join('.').toLowerCase();
    const [first, second] = args;
    if (passing.has(callee) || passing.has(callee.replace(/^.*\./, ''))) {
      const value =
        first && evaluateNested(callee === 'convert' ? (second ?? first).start : first.start);
      if (value) return { ...value, end, hasText: true };
    }
    if (callee === 'concat' || callee === 'format' || callee === 'formatmessage') {
      const values = args.map(({ start }) => evaluateNested(start)?.text ?? '{…}');
      const text = callee === 'concat' ? values.join('') : fillTemplate(values);
      return {
        text,
        confidence: 0.9,
        end,
        pieces: [{ from: 0, at: tokens[index]?.at ?? 0 }],
        hasText: true,
      };
    }
    if (falling.has(callee)) {
      const values = args.flatMap(({ start }) => evaluateNested(start) ?? []);
      const value = values.find(({ text }) => !text.startsWith('{')) ?? values[0];
      if (value) return { ...value, confidence: 0.7, end, hasText: true };
    }
    if (callee === 'chr' || callee === 'char')
      return { text: ' ', confidence: 1, end, pieces: [], hasText: false };
    return unknown(callee, end);
  }

  function evaluateNested(index: number): OpenValue | undefined {
    if (depth > 8) return undefined;
    depth++;
    try {
      return evaluate(index);
    } finally {
      depth--;
    }
  }

  /** The value of a name: its last assignment before this place, a parameter, or a hole. */
  function follow(
    parts: readonly string[],
    index: number,
    end: number,
    otherwise?: string,
  ): (OpenValue & { hasText: boolean }) | undefined {
    const name = foldName(parts.join('.'));
    const given = assignments.get(name) ?? assignments.get(name.replace(/^.*\./, ''));
    // Before its own place a name has no value, but a constant may be declared further down.
    const assigned =
      given && (findBefore(given, index) ?? given.find(({ start }) => start > index));
    if (assigned && depth <= 8) {
      const line = tokens[assigned.start];
      const value = line?.kind === 'line' ? readLineValue(line) : evaluateNested(assigned.start);
      if (value && value.text !== '')
        return { ...value, confidence: Math.min(value.confidence, 0.9), end, hasText: true };
    }
    const routine = findBefore(routines, index);
    const parameter = routine?.parameters.indexOf(name) ?? -1;
    if (routine && parameter >= 0)
      return hole({ kind: 'param', function: routine.name, index: parameter }, end);
    const around = outer?.(name);
    if (around)
      return { ...around, confidence: Math.min(around.confidence, 0.9), end, hasText: true };
    if (otherwise !== undefined)
      return { text: otherwise, confidence: 0.9, end, pieces: [], hasText: true };
    return parts.length > 1
      ? hole({ kind: 'name', name: parts.join('.').toLowerCase() }, end)
      : unknown(parts[0] ?? '', end);
  }

  function hole(given: Hole, end: number): OpenValue & { hasText: boolean } {
    return { text: writeHole(given), confidence: 0.8, end, pieces: [], hasText: true };
  }

  function unknown(text: string, end: number): OpenValue & { hasText: boolean } {
    return {
      text: writeHole({ kind: 'unknown', text: text.slice(0, 80) }),
      confidence: 0.5,
      end,
      pieces: [],
      hasText: false,
    };
  }

  /** A constant of a package is known elsewhere by both names. */
  function qualify(name: string, index: number): string {
    const at = packages.findLast((one) => one < index);
    if (at === undefined) return name;
    const start = tokens[at + 1]?.word === 'body' ? at + 2 : at + 1;
    return `${foldName(readName(tokens, start)?.parts.at(-1) ?? '')}.${name}`;
  }

  return {
    read,
    lookUp: (name, index) => {
      steps = 0;
      const value = follow([name], index, index);
      return value && !/^\{[^{}:]*\}$/.test(value.text) ? value : undefined;
    },
    fill: (text) =>
      text.replace(/\{env:(\w{1,80})\}/g, (_, name: string) => nameClientVariable(name)),
    routines,
    definitions: () => {
      const found: Record<string, string> = {};
      for (const [name, given] of assignments) {
        const first = given[0];
        if (!first || given.length > 1 || name.startsWith('@')) continue;
        const line = tokens[first.start];
        const isClient = isClientLine(first.start);
        const isConstant = isClient || routines.every(({ index }) => index > first.start);
        if (!isConstant || /pass|pwd|secret|token|key/.test(name)) continue;
        const value = line?.kind === 'line' ? readLineValue(line) : read(first.start);
        if (value && value.text.length <= 500) found[qualify(name, first.start)] = value.text;
      }
      return found;
    },
  };
}

/** `\set name value`, `:setvar name value` and `define name = value`. */
function readLineValue(line: Token): OpenValue | undefined {
  const value = /^(?:\\set|:setvar|def(?:ine)?)\s+\w+\s*=?\s*(.*)$/i.exec(line.text)?.[1]?.trim();
  if (value === undefined) return undefined;
  const quoted = /^'((?:[^']|'')*)'$|^"([^"]*)"$/.exec(value);
  const text = quoted ? (quoted[1] ?? quoted[2] ?? '') : value;
  // In psql `:x` in a value stands for another variable, which is left open.
  const open = text.replace(/(?<![\w:]):(['"]?)(\w{1,80})\1/g, (_, __, name: string) =>
    /^\d+$/.test(name) ? `:${name}` : writeHole({ kind: 'env', name }),
  );
  return { text: open, confidence: 0.9, end: 0, pieces: [] };
}

function fillTemplate([template = '', ...values]: readonly string[]): string {
  let next = 0;
  return template.replace(
    /%(?:(\d+)\$)?([sILd])/g,
    (_, position: string | undefined, kind: string) => {
      const index = position === undefined ? next++ : Number(position) - 1;
      const value = values[index] ?? '{…}';
      return kind === 'L' ? `'${value}'` : value;
    },
  );
}

/** The last of a list in order that stands before an index. */
function findBefore<T extends { readonly index: number }>(
  list: readonly T[],
  index: number,
): T | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.index ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}
