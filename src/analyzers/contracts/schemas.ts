import type { Access, Landscape, Link, System } from '../../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../../order.ts';
import { familyOfProtocol } from '../../vocabulary.ts';
import type { Reach } from './reaches.ts';

/** A system that reads or writes tables of another one. */
export interface SchemaUser {
  readonly system: string;
  readonly does: readonly Access['does'][];
  /** The tables that its statements name. */
  readonly tables: readonly string[];
  /** Scripts and jobs that do it; empty where only a registry says so. */
  readonly code: readonly string[];
  readonly links: readonly string[];
}

/** A system whose tables others use: each change of its schema may break them. */
export interface SharedSchema {
  readonly system: string;
  readonly tables: readonly string[];
  readonly users: readonly SchemaUser[];
}

interface Use {
  readonly owner: string;
  readonly user: string;
  readonly does: Access['does'];
  readonly table: string | undefined;
  readonly code: string | undefined;
  readonly link: string;
}

/**
 * Finds whose tables others read and write, by code and, where no code shows it, by a row that says
 * who opens the connection. A database that one system alone uses is part of that system.
 */
export function findSchemas(
  { links }: Landscape,
  reaches: readonly Reach[],
  systems: ReadonlyMap<string, System>,
): SharedSchema[] {
  const shown = reaches.flatMap(toUse);
  const proven = new Set(shown.map(({ link }) => link));
  const said = links.filter(({ key }) => !proven.has(key)).flatMap(toDeclaredUse);
  const uses = [...shown, ...said].filter(({ owner, user }) => owner !== user);
  const schemas = [...groupBy(uses, ({ owner }) => owner)].map(([system, all]) => ({
    system,
    tables: namesOf(all),
    users: sortBy(
      groupBy(all, ({ user }) => user),
      ([user]) => user,
    ).map(([user, own]) => ({
      system: user,
      does: sortedUnique(own.map(({ does }) => does)) as Access['does'][],
      tables: namesOf(own),
      code: sortedUnique(own.flatMap(({ code }) => code ?? [])),
      links: sortedUnique(own.map(({ link }) => link)),
    })),
  }));
  return sortBy(
    schemas.filter(
      ({ system, users }) => systems.get(system)?.kind !== 'database' || users.length > 1,
    ),
    ({ users }) => -users.length,
    ({ system }) => system,
  );
}

/** What a carrier reads, the system at the other end of the link depends on. */
function toUse({ link, access, by, code, system: owner }: Reach): Use[] {
  const { protocol, does, table } = access;
  if (protocol === undefined || familyOfProtocol(protocol) !== 'database') return [];
  const isSystem = by === link.from || by === link.to;
  const user = isSystem ? by : access.end === 0 ? link.to : link.from;
  return [{ owner, user, does, table, code, link: link.key }];
}

function toDeclaredUse({ key, from, to, family, initiator }: Link): Use[] {
  if (family !== 'database') return [];
  const shared = { table: undefined, code: undefined, link: key };
  if (initiator === 'to') return [{ ...shared, owner: from, user: to, does: 'reads' }];
  if (initiator === 'from') return [{ ...shared, owner: to, user: from, does: 'writes' }];
  return [];
}

function namesOf(uses: readonly Use[]): string[] {
  return sortedUnique(uses.flatMap(({ table }) => table ?? []));
}
