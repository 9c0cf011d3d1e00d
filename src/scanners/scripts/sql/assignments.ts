import { foldName, readName } from './source.ts';
import type { Token } from './tokens.ts';

/** A routine with parameters, from its head to the next one. */
export interface Routine {
  readonly name: string;
  readonly index: number;
  readonly parameters: readonly string[];
}

/** A name is given a value at `start`, and has it behind `index`. */
export interface Assignment {
  readonly index: number;
  readonly start: number;
}

/** Where each name is given a value. */
export function listAssignments(tokens: readonly Token[]): Map<string, Assignment[]> {
  const found = new Map<string, Assignment[]>();
  const ends = listEnds(tokens);
  const add = (name: string, index: number, start: number): void => {
    const folded = foldName(name);
    const list = found.get(folded);
    // T-SQL needs no `;`, and says `SET @x = @x + …` in a statement of its own.
    const end = name.startsWith('@') || start === index ? start + 1 : (ends[index] ?? start);
    const assignment: Assignment = { index: end, start };
    if (list) list.push(assignment);
    else found.set(folded, [assignment]);
  };
  tokens.forEach((token, index) => {
    if (token.kind === 'line') {
      const name = /^(?:\\set|:setvar|def(?:ine)?)\s+(\w+)\s*/i.exec(token.text)?.[1];
      if (name) add(name, index, index);
    } else if (token.text === ':=' || token.word === 'default') {
      const name = findDeclared(tokens, index, token.text === ':=');
      if (name !== undefined) add(name, index, index + 1);
    } else if (token.kind === 'symbol' && token.text === '=') {
      const name = findSet(tokens, index);
      if (name !== undefined) add(name, index, index + 1);
    }
  });
  return found;
}

/** For each token the index of the `;` that ends its statement. */
function listEnds(tokens: readonly Token[]): Uint32Array {
  const ends = new Uint32Array(tokens.length);
  let end = tokens.length;
  for (let index = tokens.length - 1; index >= 0; index--) {
    if (tokens[index]?.kind === 'symbol' && tokens[index]?.text === ';') end = index;
    ends[index] = end;
  }
  return ends;
}

/** The name in `name := …`, `name constant varchar2(10) := …`, `name varchar(10) default …`. */
function findDeclared(
  tokens: readonly Token[],
  sign: number,
  mayStandAlone: boolean,
): string | undefined {
  let at = sign - 1;
  for (let steps = 0; steps < 12 && at >= 0; steps++, at--) {
    const token = tokens[at];
    if (!token || (token.kind === 'symbol' && !/^[()%.,]$/.test(token.text))) break;
    if (/^(?:is|as|declare|begin|then|else|loop|procedure|function)$/.test(token.word)) break;
    if (token.text === ',' && !/^\d+$/.test(tokens[at + 1]?.text ?? '')) break;
    if (token.text === '(' && !/^\d+$/.test(tokens[at + 1]?.text ?? '')) break;
  }
  const first = tokens[at + 1];
  if (!first || at + 1 >= sign) return undefined;
  const isWord = first.kind === 'word' || first.kind === 'name' || first.kind === 'variable';
  if (!isWord || (!mayStandAlone && at + 2 >= sign)) return undefined;
  const dotted = readName(tokens, at + 1);
  return first.text.startsWith('@') ? first.text : dotted?.parts.join('.');
}

/** The name in `set @x = …`, `declare @x varchar(9) = …`, `set x = …`. */
function findSet(tokens: readonly Token[], sign: number): string | undefined {
  const before = tokens[sign - 1];
  const verb = tokens[sign - 2]?.word ?? '';
  if (before?.kind === 'variable' && before.text.startsWith('@'))
    return verb === 'set' || verb === 'select' ? before.text : undefined;
  if (/^(?:set|local|session|global)$/.test(verb) && before?.kind === 'word') return before.text;
  for (let at = sign - 2; at >= Math.max(0, sign - 9); at--) {
    const token = tokens[at];
    if (token?.kind === 'variable' && token.text.startsWith('@')) return token.text;
    if (token?.kind === 'symbol' && !/^[(),.]$/.test(token.text)) return undefined;
  }
  return undefined;
}

/** Procedures and functions with the names of their parameters; those of a package are qualified. */
export function listRoutines(tokens: readonly Token[]): Routine[] {
  const routines: Routine[] = [];
  let owner = '';
  tokens.forEach(({ word }, index) => {
    if (word === 'package') {
      const at = tokens[index + 1]?.word === 'body' ? index + 2 : index + 1;
      owner = foldName(readName(tokens, at)?.parts.at(-1) ?? '');
    }
    if (word !== 'procedure' && word !== 'function' && word !== 'proc') return;
    // `if not exists` may stand before the name.
    const name = readName(tokens, index + (tokens[index + 1]?.word === 'if' ? 4 : 1));
    if (!name) return;
    const own = foldName(name.parts.at(-1) ?? '');
    routines.push({
      name: owner === '' ? own : `${owner}.${own}`,
      index,
      parameters: listParameters(tokens, name.end),
    });
  });
  return routines;
}

function listParameters(tokens: readonly Token[], from: number): string[] {
  const open = tokens[from]?.text === '(';
  if (!open && !tokens[from]?.text.startsWith('@')) return [];
  const parameters: string[] = [];
  let depth = 0;
  let expects = true;
  for (let at = open ? from + 1 : from; at < Math.min(tokens.length, from + 400); at++) {
    const token = tokens[at];
    if (!token || token.text === ';') break;
    if (!open && /^(?:as|with|begin)$/.test(token.word)) break;
    if (token.text === '(') depth++;
    else if (token.text === ')' && --depth < 0) break;
    else if (token.text === ',' && depth === 0) expects = true;
    else if (expects) {
      parameters.push(foldName(token.text));
      expects = false;
    }
  }
  return parameters;
}
