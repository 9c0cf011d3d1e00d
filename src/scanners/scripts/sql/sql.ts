import { type Reference, toAddressReference, toExpression } from '../../../evidence.ts';
import { redact } from '../../../redact.ts';
import {
  type CodeFact,
  type ConnectionFact,
  type Position,
  type ReadCode,
  type Reading,
  toPattern,
} from '../facts.ts';
import { isOpen, showOpenText } from '../program/open-text.ts';
import { styleOf } from './addresses.ts';
import { type Catalog, openCatalog } from './catalog.ts';
import { collectDefinitions } from './definitions.ts';
import type { DirectUse, Found, LinkUse } from './found.ts';
import { listSites } from './sites.ts';
import { toPositions } from './source.ts';
import { openUnits, type Unit } from './unit.ts';
import { collectUses, type Walk } from './uses.ts';

/** Loads the reader of SQL in any dialect, with the shell reader for the commands that it starts. */
export async function loadSqlReader(): Promise<ReadCode> {
  const { loadShellReader } = await import('../shell/shell.ts');
  const readShell = await loadShellReader();
  return (text) => read(text, readShell);
}

/**
 * Reads database links, foreign and linked servers, stages and the names that lead over them, and
 * every statement that uses one or reaches another system by itself.
 */
function read(text: string, readShell: ReadCode): Reading {
  const units = openUnits(text);
  const catalog = openCatalog();
  for (const unit of units) collectDefinitions(unit, catalog);
  const positionAt = toPositions(text);
  const walk: Walk = {
    catalog,
    positionAt,
    tables: new Map(),
    namedConnections: new Map(),
  };
  const found = units.flatMap((unit) => [...collectUses(unit, walk)]);
  const used = new Set<string>();
  const facts: CodeFact[] = listNames(catalog, positionAt);
  for (const one of unique(found))
    facts.push(...toFacts(one, catalog, used, positionAt(one.at), readShell));
  facts.push(...listDoors(catalog, used, positionAt));
  return {
    facts: facts.sort((a, b) => a.line - b.line || a.column - b.column),
    definitions: listDefinitions(units, catalog),
    sites: [...units.flatMap((unit) => listSites(unit, positionAt)), ...walk.tables.values()],
  };
}

/** A link whose host is filled in when the script runs is not resolved, used or not. */
function listNames(catalog: Catalog, positionAt: (at: number) => Position): CodeFact[] {
  return [...catalog.servers.values()].flatMap((server): CodeFact[] => {
    const { name, address, protocol, at } = server;
    if (address === undefined || name.endsWith(' ') || name.startsWith('@')) return [];
    const target = toTarget(address);
    return target.kind === 'expression'
      ? [
          toConnection(
            {
              ...withOpen(address),
              target,
              flow: 'unknown',
              protocol,
              confidence: 0.3,
              summary: `server ${name} at ${showOpenText(address)}`,
            },
            positionAt(at),
          ),
        ]
      : [{ kind: 'name', name, target, ...positionAt(at) }];
  });
}

function toFacts(
  found: Found,
  catalog: Catalog,
  used: Set<string>,
  position: Position,
  readShell: ReadCode,
): CodeFact[] {
  switch (found.kind) {
    case 'command':
      // The command stands in the script where the statement stands.
      return readShell(found.command, '').facts.map((fact) => ({ ...fact, ...position }));
    case 'script':
      return [{ kind: 'script', script: found.script, ...position }];
    case 'direct':
      return [describeDirect(found, position)];
    case 'link':
      used.add(found.link);
      return describeLink(found, catalog, position);
  }
}

function describeLink(use: LinkUse, catalog: Catalog, position: Position): CodeFact[] {
  const known = catalog.servers.get(use.link);
  // A server for files of the same host leads nowhere.
  if (known && known.address === undefined) return [];
  const table = use.table === undefined ? undefined : toPattern(showOpenText(use.table));
  const protocol = known?.protocol ?? (use.link.startsWith('@') ? undefined : 'database');
  const isFile =
    use.link.startsWith('@') || (protocol !== undefined && styleOf(protocol) === 'file');
  const resource = isFile && known?.resource ? joinPaths(known.resource, table) : table;
  const shownLink = showOpenText(use.link).trim();
  const target: Reference = known?.address
    ? toTarget(known.address)
    : /[{}]/.test(use.link)
      ? toExpression(`${resource ?? 'tables'} over ${shownLink}`)
      : { kind: 'alias', value: use.link };
  const verb = { push: 'writes to', pull: 'reads from', both: 'exchanges', unknown: 'uses' }[
    use.flow
  ];
  return [
    toConnection(
      {
        ...(known?.address ? withOpen(known.address) : {}),
        target,
        flow: use.flow,
        protocol,
        style: isFile ? 'file' : styleOf(protocol ?? 'database'),
        resource,
        confidence: known ? Math.min(0.9, known.confidence) : 0.7,
        summary: `${verb} ${resource ?? 'tables'} over ${shownLink}`,
      },
      position,
    ),
  ];
}

function describeDirect(use: DirectUse, position: Position): CodeFact {
  const target = use.address === undefined ? toExpression(use.by) : toTarget(use.address);
  return toConnection(
    {
      ...(use.address === undefined ? {} : withOpen(use.address)),
      target,
      flow: use.flow,
      protocol: use.protocol,
      style: use.style ?? styleOf(use.protocol),
      resource: use.resource === undefined ? undefined : toPattern(showOpenText(use.resource)),
      confidence: use.address === undefined ? 0.3 : (use.confidence ?? 1),
      summary: `${use.by} ${use.address === undefined ? '' : `with ${target.value}`}`.trim(),
    },
    position,
  );
}

interface Described extends Pick<ConnectionFact, 'target' | 'flow' | 'confidence' | 'summary'> {
  readonly address?: string;
  readonly protocol: string | undefined;
  readonly style?: ConnectionFact['style'];
  readonly resource?: string | undefined;
}

function toConnection(described: Described, position: Position): ConnectionFact {
  const { protocol, resource, style, address, ...rest } = described;
  return {
    kind: 'connection',
    ...rest,
    style: style ?? 'database',
    ...(address === undefined ? {} : { address }),
    ...(protocol === undefined ? {} : { protocol }),
    ...(resource === undefined ? {} : { resource }),
    ...position,
  };
}

/** An address with holes that other files may fill goes along as it is, without a login. */
function withOpen(address: string): { readonly address?: string } {
  return isOpen(address) ? { address: redact(address.replace(/\/\/[^/@\s]{0,200}@/, '//')) } : {};
}

function toTarget(address: string): Reference {
  return toAddressReference(showOpenText(address));
}

function joinPaths(folder: string, file: string | undefined): string {
  return file === undefined ? folder : `${folder.replace(/\/$/, '')}/${file}`;
}

/** A link that nothing here uses is still a door: it lets this database read the other. */
function listDoors(
  catalog: Catalog,
  used: ReadonlySet<string>,
  positionAt: (at: number) => Position,
): CodeFact[] {
  const facts: CodeFact[] = [];
  const opened = new Set(used);
  for (const remotes of catalog.tables.values())
    for (const { link, table, at, isDoor } of remotes) {
      // A foreign table takes its shape from the other side when it is made.
      if (isDoor && opened.has(link)) continue;
      opened.add(link);
      const use: LinkUse = {
        kind: 'link',
        link,
        flow: isDoor ? 'unknown' : 'pull',
        at,
        ...(table === undefined ? {} : { table }),
      };
      facts.push(...describeLink(use, catalog, positionAt(at)));
    }
  for (const { name, address, at } of catalog.servers.values()) {
    if (opened.has(name) || address === undefined) continue;
    if (!name.startsWith('@') && toTarget(address).kind === 'expression') continue;
    facts.push(
      ...describeLink({ kind: 'link', link: name, flow: 'unknown', at }, catalog, positionAt(at)),
    );
  }
  return facts;
}

/** Constants and client variables, and by `@link NAME` and `@synonym NAME` what leads elsewhere. */
function listDefinitions(units: readonly Unit[], catalog: Catalog): Record<string, string> {
  const definitions: Record<string, string> = {};
  for (const { values } of units.slice(0, 1))
    for (const [name, value] of Object.entries(values.definitions()))
      definitions[name] = redact(value);
  for (const { name, address } of catalog.servers.values())
    if (address !== undefined && !name.endsWith(' '))
      definitions[`@link ${name}`] = redact(address.replace(/\/\/[^/@\s]{0,200}@/, '//'));
  for (const [name, [first]] of catalog.tables)
    if (first?.isDoor && first.table !== undefined)
      definitions[`@synonym ${name}`] = `${first.table}@${first.link}`;
  return definitions;
}

function unique(found: readonly Found[]): Found[] {
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = JSON.stringify(one);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
