import type { CallSite } from '../facts.ts';
import { type Catalog, findRemote } from './catalog.ts';
import { readClientCommand, readClientLine } from './client-lines.ts';
import type { Found } from './found.ts';
import { type CallState, readCall } from './function-uses.ts';
import {
  findUsage,
  isAboutAccounts,
  readLinkedName,
  readRemoteTable,
  readStageName,
} from './references.ts';
import { type DottedName, foldName, readName } from './source.ts';
import { statementReaders } from './statements.ts';
import type { Unit } from './unit.ts';

/** What the walk through one file carries along. */
export interface Walk extends CallState {
  readonly catalog: Catalog;
  /** Uses of tables that another file may have made a synonym: `@table name` with the flow. */
  readonly tables: Map<string, CallSite>;
  readonly positionAt: (offset: number) => { readonly line: number; readonly column: number };
}

const maxTables = 2_000;

/** Finds what the statements of one text read, write and start. */
export function* collectUses(unit: Unit, walk: Walk): Iterable<Found> {
  const { tokens } = unit;
  let head = 0;
  /** Names of this statement that hide tables: `WITH name AS (…)`. */
  let hidden = new Set<string>();
  /** Behind `from`, each comma at this depth brings another table. */
  const lists: boolean[] = [false];

  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    if (!token) break;
    if (token.kind === 'line') {
      yield* readClientLine(unit, token);
      head = index + 1;
      continue;
    }
    if (token.kind === 'symbol') {
      if (token.text === ';') {
        head = index + 1;
        hidden = new Set();
      }
      followBrackets(token.text, lists);
      if (token.text === '@') yield* readLink(unit, index, head);
      else if (token.text === ',' && lists.at(-1)) yield* readTable(unit, index + 1, walk, hidden);
      continue;
    }
    if (token.text.startsWith('@') && token.kind === 'variable') {
      yield* readStage(unit, index, walk);
      yield* readClientCommand(unit, index);
      continue;
    }
    if (token.kind === 'name') {
      yield* readCall(unit, index, walk);
      continue;
    }
    if (token.kind !== 'word') continue;
    const { word } = token;
    noteHidden(unit, index, hidden);
    followClause(word, lists);
    if (leadsToTable.test(word)) yield* readTable(unit, index + 1, walk, hidden);
    const read = Object.hasOwn(statementReaders, word) ? statementReaders[word] : undefined;
    const at = unit.place(token.at);
    if (read) yield* read(unit, index, at);
    yield* readCall(unit, index, walk);
    yield* readClientCommand(unit, index);
  }
}

/** Each bracket may hold a list of tables of its own; a statement's end closes them all. */
function followBrackets(symbol: string, lists: boolean[]): void {
  if (symbol === '(') lists.push(false);
  else if (symbol === ')' && lists.length > 1) lists.pop();
  else if (symbol === ';') lists.splice(0, lists.length, false);
}

/** `FROM` begins a list of tables, and the next clause ends it. */
function followClause(word: string, lists: boolean[]): void {
  const list = lists.length - 1;
  if (word === 'from' || word === 'using') lists[list] = true;
  else if (/^(?:where|group|order|having|union|set|values|select|limit|on|when|begin)$/.test(word))
    lists[list] = false;
}

const leadsToTable =
  /^(?:from|join|into|update|delete|using|table|exec|execute|apply|only|merge|insert)$/;

/** `WITH a AS (…), b AS (…)`: the names in between are no tables. */
function noteHidden({ tokens }: Unit, index: number, hidden: Set<string>): void {
  const before = tokens[index - 1];
  const isFirst = before?.word === 'with' || before?.word === 'recursive' || before?.text === ',';
  if (isFirst && tokens[index + 1]?.word === 'as' && tokens[index + 2]?.text === '(')
    hidden.add(tokens[index]?.word ?? '');
}

/** `table@link`, `procedure@link(…)`. */
function* readLink(unit: Unit, index: number, head: number): Iterable<Found> {
  const remote = readRemoteTable(unit, index);
  if (!remote || isAboutAccounts(unit, head, remote.start)) return;
  const { tokens } = unit;
  const before = tokens[remote.start - 1];
  // `x t@l%rowtype` takes the shape, no data; `CREATE SYNONYM s FOR t@l` only names it.
  if (tokens[remote.end]?.text === '%' || before?.word === 'for') return;
  const usage = findUsage(unit, remote.start);
  const isRoutine =
    (tokens[remote.end]?.text === '(' && !usage.isTable) ||
    /^(?:begin|then|else|loop|exec|execute|call)$/.test(before?.word ?? '') ||
    before?.text === ';' ||
    (before === undefined && tokens[remote.end]?.text !== '.');
  yield {
    kind: 'link',
    link: remote.link,
    flow: isRoutine ? 'unknown' : usage.flow,
    table: remote.table,
    at: unit.place((usage.isTable ? before?.at : undefined) ?? tokens[remote.start]?.at ?? 0),
  };
}

/** A name where a table stands: of a linked server, or one that leads over a link. */
function* readTable(
  unit: Unit,
  start: number,
  walk: Walk,
  hidden: ReadonlySet<string>,
): Iterable<Found> {
  const { tokens } = unit;
  let index = start;
  while (/^(?:only|lateral|if|exists|not)$/.test(tokens[index]?.word ?? '')) index++;
  const before = tokens[start - 1];
  const word = before?.word ?? '';
  const name = readName(tokens, index);
  if (!name || tokens[name.end]?.text === '@') return;
  const isExecuted = word === 'exec' || word === 'execute';
  // `from f(…)` calls; `insert into t (…)` does not.
  const isCall =
    tokens[name.end]?.text === '(' && !/^(?:into|update|delete|table|insert)$/.test(word);
  const usage = findUsage(unit, index);
  const at = unit.place(before?.at ?? tokens[index]?.at ?? 0);
  const linked = isLinkedServer(unit, index) ? readLinkedName(name) : undefined;
  if (linked) {
    yield { kind: 'link', ...linked, flow: isExecuted ? 'unknown' : usage.flow, at };
    return;
  }
  if (isCall || isExecuted || word === 'table') {
    // `create foreign table` has its own reader; `truncate table` writes.
    if (!(word === 'table' && tokens[start - 2]?.word === 'truncate')) return;
  }
  yield* readLocalName(name, usage.flow, at, walk, hidden);
}

function isLinkedServer({ tokens }: Unit, index: number): boolean {
  // A whole path in backticks belongs to BigQuery or Spark.
  return tokens[index]?.kind !== 'name' || tokens[index]?.text.includes('.') === false;
}

function* readLocalName(
  name: DottedName,
  flow: 'pull' | 'push' | 'both' | 'unknown',
  at: number,
  walk: Walk,
  hidden: ReadonlySet<string>,
): Iterable<Found> {
  const plain = foldName(name.parts.join('.'));
  if (hidden.has(plain)) return;
  // What a view or foreign table is made of stands in its own statement.
  const remotes = findRemote(walk.catalog, name.parts);
  for (const { link, table } of remotes)
    yield { kind: 'link', link, flow, at, ...(table === undefined ? {} : { table }) };
  const key = `${plain} ${flow}`;
  if (remotes.length === 0 && walk.tables.size < maxTables && !walk.tables.has(key))
    walk.tables.set(key, { function: `@table ${plain}`, args: [flow], ...walk.positionAt(at) });
}

/** Snowflake: `SELECT … FROM @stage/path`. `COPY` has its own reader. */
function* readStage(unit: Unit, index: number, walk: Walk): Iterable<Found> {
  const token = unit.tokens[index];
  if (unit.tokens[index - 1]?.word !== 'from') return;
  const stage = readStageName(unit, token);
  // A table variable of T-SQL looks the same; only a stage has a path or is defined with a URL.
  if (!stage || (stage.path === undefined && !walk.catalog.servers.has(stage.name))) return;
  if (isCopied(unit, index)) return;
  yield {
    kind: 'link',
    link: stage.name,
    flow: 'pull',
    at: unit.place(token?.at ?? 0),
    ...(stage.path === undefined ? {} : { table: stage.path }),
  };
}

function isCopied({ tokens }: Unit, index: number): boolean {
  for (let at = index - 1; at > Math.max(0, index - 60); at--) {
    const token = tokens[at];
    if (token?.text === ';') return false;
    if (token?.word === 'copy') return true;
  }
  return false;
}
