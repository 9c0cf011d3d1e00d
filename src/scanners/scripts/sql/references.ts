import type { Flow } from '../facts.ts';
import { type DottedName, foldName, readName, type Source } from './source.ts';
import type { Token } from './tokens.ts';

/** A table of another database, as a statement names it. */
export interface RemoteTable {
  readonly link: string;
  readonly table: string;
}

/** How a statement uses the name that stands at a place. */
export interface Usage {
  readonly flow: Flow;
  /** The word before the name says that a table follows. */
  readonly isTable: boolean;
}

/** Heads of statements whose `name@host` is an account. */
const accountHeads = /^(?:grant|revoke|rename|flush|show)$/;
const writers = /^(?:into|update)$/;

/** `table@link` with the `@` at this index: between two names that touch it. */
export function readRemoteTable(
  { tokens }: Source,
  at: number,
):
  | { readonly table: string; readonly link: string; readonly start: number; readonly end: number }
  | undefined {
  const before = tokens[at - 1];
  const sign = tokens[at];
  const after = tokens[at + 1];
  if (!before || !sign || !after || before.end !== sign.at || sign.end !== after.at)
    return undefined;
  const link = readName(tokens, at + 1);
  if (!link || !/^(?:word|name|variable)$/.test(before.kind)) return undefined;
  const parts = [before.text];
  let start = at - 1;
  while (
    parts.length < 4 &&
    tokens[start - 1]?.text === '.' &&
    /^(?:word|name|variable)$/.test(tokens[start - 2]?.kind ?? '')
  ) {
    start -= 2;
    parts.unshift(tokens[start]?.text ?? '');
  }
  // `t@"A.WORLD"@b`: the part behind the second `@` says which way to the same database.
  const table = parts.join('.').toLowerCase();
  return { table, link: foldName(link.parts.join('.')), start, end: link.end };
}

/** Whether the statement that begins at `head` is about accounts, where `a@b` is no table. */
export function isAboutAccounts({ tokens }: Source, head: number, start: number): boolean {
  const first = tokens[head]?.word ?? '';
  const second = tokens[head + 1]?.word ?? '';
  if (accountHeads.test(first)) return true;
  if (/^(?:create|alter|drop)$/.test(first) && /^(?:user|role)$/.test(second)) return true;
  if (first === 'set' && second === 'password') return true;
  const before = tokens[start - 1];
  const earlier = tokens[start - 2]?.word ?? '';
  return before?.text === '=' && earlier === 'definer';
}

/** What the word before a name says: `from`, `delete from`, `into`, `join`, `,` … */
export function findUsage({ tokens }: Source, start: number): Usage {
  const before = tokens[start - 1];
  const earlier = tokens[start - 2];
  const word = before?.word ?? '';
  if (writers.test(word)) return { flow: 'push', isTable: true };
  if (word === 'from') return { flow: earlier?.word === 'delete' ? 'push' : 'pull', isTable: true };
  if (word === 'delete' || word === 'merge') return { flow: 'push', isTable: true };
  if (word === 'insert') return { flow: 'push', isTable: true };
  if (word === 'table') {
    const truncates = earlier?.word === 'truncate';
    return { flow: truncates ? 'push' : 'unknown', isTable: true };
  }
  if (word === 'only') return { flow: 'pull', isTable: true };
  if (/^(?:join|using|apply|desc|describe|on)$/.test(word)) return { flow: 'pull', isTable: true };
  return { flow: 'pull', isTable: before?.text === ',' && before.kind === 'symbol' };
}

/** `server.database.schema.table`: four parts, of which the middle ones may be missing. */
export function readLinkedName(name: DottedName): RemoteTable | undefined {
  if (name.parts.length !== 4) return undefined;
  const [server = '', , , table = ''] = name.parts;
  // A path in backticks is one of BigQuery or Spark.
  return server === '' ? undefined : { link: foldName(server), table: foldName(table) };
}

/** `@stage/path` as it is written: the name of the stage, with its `@`, and the path in it. */
export function readStageName(
  source: Source,
  token: Token | undefined,
): { readonly name: string; readonly path?: string } | undefined {
  if (!token?.text.startsWith('@')) return undefined;
  const written = /^@([\w.$"]{1,200})(\/[\w./$*=-]{0,300})?/.exec(
    source.text.slice(token.at, token.at + 600),
  );
  const name = written?.[1]?.split('.').at(-1);
  if (!written || !name) return undefined;
  return { name: `@${foldName(name)}`, ...(written[2] ? { path: written[2].slice(1) } : {}) };
}
