import { toAddressReference, toExpression } from '../../evidence.ts';
import type { CodeFact, ReadCode } from './facts.ts';
import {
  type DirectStatement,
  foldName,
  listDirect,
  listServers,
  listUses,
  type ServerStatement,
  type UseStatement,
} from './sql-statements.ts';

/** Reads database links, foreign servers and linked servers, and the statements that use them. */
export const readSql: ReadCode = (original) => {
  const text = blankComments(original);
  const servers = new Map<string, ServerStatement>();
  const facts: CodeFact[] = [];
  const used = new Set<string>();
  const positionAt = toPositions(text);

  const define = (server: ServerStatement): void => {
    const name = foldName(server.name);
    const target = toAddressReference(server.address);
    const position = positionAt(server.at);
    // A host such as `:'db_host'` is filled in when the script runs.
    if (target.kind === 'expression') {
      used.add(name);
      facts.push(unresolved(`server ${name} at ${server.address}`, server.protocol, position));
      return;
    }
    servers.set(name, server);
    facts.push({ kind: 'name', name, target, ...position });
  };
  const use = ({ name: given, flow, at, table }: UseStatement): void => {
    const name = foldName(given);
    const known = servers.get(name);
    const resource = table?.replaceAll('"', '').toLowerCase();
    used.add(name);
    facts.push({
      kind: 'connection',
      target: known ? toAddressReference(known.address) : { kind: 'alias', value: name },
      flow,
      protocol: known?.protocol ?? 'database',
      style: 'database',
      confidence: known ? 0.9 : 0.7,
      ...(resource === undefined ? {} : { resource }),
      summary: `${flow === 'push' ? 'writes to' : 'reads from'} ${resource ?? 'tables'} over ${name}`,
      ...positionAt(at),
    });
  };
  const connect = ({ address, flow, protocol, at }: DirectStatement): void => {
    if (!address) {
      facts.push(unresolved('dblink', protocol, positionAt(at)));
      return;
    }
    facts.push({
      kind: 'connection',
      target: toAddressReference(address),
      flow,
      protocol,
      style: protocol.startsWith('http') ? 'request-reply' : 'database',
      confidence: 1,
      summary: `${protocol} with ${address}`,
      ...positionAt(at),
    });
  };

  for (const server of listServers(text)) define(server);
  for (const statement of listUses(text)) use(statement);
  for (const statement of listDirect(text)) connect(statement);
  // A link that nothing here uses is still a door: it lets this database read the other.
  for (const [name, { at }] of servers) {
    if (!used.has(name)) use({ name, flow: 'unknown', at });
  }
  return facts;
};

function unresolved(
  summary: string,
  protocol: string,
  at: { line: number; column: number },
): CodeFact {
  return {
    kind: 'connection',
    target: toExpression(summary),
    flow: 'unknown',
    protocol,
    style: 'database',
    confidence: 0.3,
    summary,
    ...at,
  };
}

/** Blanks comments and keeps every offset. */
function blankComments(text: string): string {
  return text.replace(/'(?:[^']|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith("'") ? part : part.replace(/[^\n]/g, ' '),
  );
}

/** Finds line and column of an offset. */
function toPositions(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
