import { foldName } from './source.ts';
import type { Unit } from './unit.ts';

/** A database link, foreign server, linked server, external source or stage by its name. */
export interface Server {
  readonly name: string;
  /** May hold holes; absent where it leads to files of the same host. */
  readonly address?: string;
  readonly protocol: string;
  readonly confidence: number;
  /** Offset in the file. */
  readonly at: number;
  readonly resource?: string;
}

/** A local name behind which a table of another database stands. */
export interface RemoteName {
  readonly name: string;
  readonly link: string;
  readonly table?: string;
  readonly at: number;
  /** A synonym says nothing until it is used; creating a foreign table already reads its shape. */
  readonly isDoor: boolean;
}

/** What the statements of one file define for the others. */
export interface Catalog {
  readonly servers: Map<string, Server>;
  /** Local table, view, synonym or nickname → the remote tables behind it. */
  readonly tables: Map<string, RemoteName[]>;
  /** Local schemas whose tables all stand on a server. */
  readonly schemas: Map<string, string>;
  /** Tables that are made here, in a schema that else stands on a server. */
  readonly locals: Set<string>;
  /** Oracle's directory objects. */
  readonly directories: Map<string, string>;
  /** Views and synonyms over other local names, followed when all is known. */
  readonly aliases: Map<string, string[]>;
}

/** An empty catalog. */
export function openCatalog(): Catalog {
  return {
    servers: new Map(),
    tables: new Map(),
    schemas: new Map(),
    locals: new Set(),
    directories: new Map(),
    aliases: new Map(),
  };
}

/** Adds a table, view or synonym that leads to another database. */
export function addRemoteName(catalog: Catalog, remote: RemoteName): void {
  const name = foldName(remote.name);
  const list = catalog.tables.get(name);
  if (!list) catalog.tables.set(name, [remote]);
  else if (
    list.length < 5 &&
    !list.some(({ link, table }) => link === remote.link && table === remote.table)
  )
    list.push(remote);
}

/** The remote tables behind a local name, through synonyms and views; at most five. */
export function findRemote(
  catalog: Catalog,
  parts: readonly string[],
  depth = 0,
): readonly RemoteName[] {
  const name = foldName(parts.join('.'));
  // A schema that everyone sees may be left out.
  const plain = name.replace(/^(?:public|dbo)\./, '');
  const found = catalog.tables.get(name) ?? catalog.tables.get(plain) ?? [];
  const next = catalog.aliases.get(name) ?? catalog.aliases.get(plain) ?? [];
  if (found.length === 0 && next.length === 0) {
    const dot = name.lastIndexOf('.');
    const link = dot < 0 ? undefined : catalog.schemas.get(name.slice(0, dot));
    return link === undefined || catalog.locals.has(name)
      ? []
      : [{ name, link, table: name.slice(dot + 1), at: 0, isDoor: false }];
  }
  const behind = depth < 5 ? next.flatMap((other) => findRemote(catalog, [other], depth + 1)) : [];
  return [...found, ...behind].slice(0, 5);
}

/** Notes that a view or synonym shows other local tables. */
export function addAlias(catalog: Catalog, name: string, other: string): void {
  const folded = foldName(name);
  const list = catalog.aliases.get(folded);
  if (!list) catalog.aliases.set(folded, [foldName(other)]);
  else if (list.length < 4) list.push(foldName(other));
}

/** Notes what a statement names; `index` is where the statement begins. */
export function define(
  unit: Unit,
  catalog: Catalog,
  server: Omit<Server, 'at'>,
  index: number,
): void {
  const name = foldName(server.name);
  const at = unit.place(unit.tokens[index]?.at ?? 0);
  if (!catalog.servers.has(name)) catalog.servers.set(name, { ...server, name, at });
}

/** The `create` that a name belongs to. */
export function findCreate(unit: Unit, index: number): number {
  for (let at = index; at > Math.max(0, index - 12); at--)
    if (/^(?:create|alter)$/.test(unit.tokens[at]?.word ?? '')) return at;
  return index;
}
