import { toEnd } from './addresses.ts';
import { listArguments } from './arguments.ts';
import { addAlias, addRemoteName, type Catalog, define, findCreate } from './catalog.ts';
import { type RemoteTable, readLinkedName, readRemoteTable, readStageName } from './references.ts';
import { findWord, foldName, matches, readName, readOptions } from './source.ts';
import type { Unit } from './unit.ts';

/** `CREATE SYNONYM s FOR t@link`, `… FOR server.db.schema.t`, `CREATE NICKNAME n FOR server.schema.t`. */
export function readSynonym(unit: Unit, index: number, catalog: Catalog): void {
  const { tokens } = unit;
  const name = readName(tokens, index);
  const at = name && findWord(tokens, name.end, ['for'], 4);
  if (!name || at === undefined) return;
  const isNickname = tokens[index - 1]?.word === 'nickname';
  addTarget(unit, catalog, name.parts.join('.'), at + 1, isNickname);
}

/** What a synonym or view leads to. */
function addTarget(
  unit: Unit,
  catalog: Catalog,
  name: string,
  index: number,
  isNickname: boolean,
): void {
  const { tokens } = unit;
  const target = readName(tokens, index);
  if (!target) return;
  const shared = { name, at: unit.place(tokens[index]?.at ?? 0), isDoor: true };
  const remote = tokens[target.end]?.text === '@' ? readRemoteTable(unit, target.end) : undefined;
  const linked = readLinkedName(target);
  if (remote) addRemoteName(catalog, { ...shared, link: remote.link, table: remote.table });
  else if (linked) addRemoteName(catalog, { ...shared, ...linked });
  else if (isNickname && target.parts.length === 3)
    addRemoteName(catalog, {
      ...shared,
      link: foldName(target.parts[0] ?? ''),
      table: foldName(target.parts[2] ?? ''),
    });
  else addAlias(catalog, name, target.parts.join('.'));
}

export function readView(unit: Unit, index: number, catalog: Catalog): void {
  const { tokens } = unit;
  const name = readName(tokens, index);
  const body = name && findWord(tokens, name.end, ['as', 'select']);
  if (!name || body === undefined) return;
  const last = Math.min(tokens.length, body + 2_000);
  for (let at = body; at < last; at++) {
    const token = tokens[at];
    if (!token || (token.kind === 'symbol' && token.text === ';') || token.word === 'go') break;
    if (/^(?:from|join)$/.test(token.word))
      addTarget(unit, catalog, name.parts.join('.'), at + 1, false);
  }
}

/** Tables that stand elsewhere: foreign, external, federated, or by a connector. */
export function readTable(unit: Unit, index: number, catalog: Catalog, isForeign: boolean): void {
  const { tokens, values } = unit;
  const name = readName(tokens, index);
  if (!name) return;
  const options = readOptions(tokens, name.end);
  const local = name.parts.join('.');
  const at = unit.place(tokens[findCreate(unit, index)]?.at ?? 0);
  const read = (...keys: readonly string[]): string | undefined => {
    const found = keys.map((key) => options.get(key)).find((value) => value !== undefined);
    return found === undefined ? undefined : values.read(found)?.text;
  };
  const server = isForeign ? findWord(tokens, name.end, ['server']) : undefined;
  const source = options.get('data_source');
  const link =
    server === undefined
      ? source === undefined
        ? undefined
        : readName(tokens, source)?.parts.join('.')
      : readName(tokens, server + 1)?.parts.join('.');
  const table =
    read('table_name', 'object_name', 'table', 'dbtable', 'location') ?? name.parts.at(-1) ?? '';
  if (link !== undefined) {
    addRemoteName(catalog, {
      name: local,
      link: foldName(link),
      table: foldName(table),
      at,
      isDoor: false,
    });
    return;
  }
  const stage = findStage(unit, name.end);
  if (stage) {
    addRemoteName(catalog, { name: local, ...stage, at, isDoor: true });
    return;
  }
  const connection = read('connection');
  const place =
    connection ?? findPlace(unit, name.end, read) ?? findDirectory(unit, name.end, catalog);
  if (place === undefined) {
    catalog.locals.add(foldName(local));
    return;
  }
  const federated = /^([\w-]{1,64})\/(\w{1,64})$/.exec(place);
  if (connection !== undefined && federated) {
    addRemoteName(catalog, {
      name: local,
      link: foldName(federated[1] ?? ''),
      table: foldName(federated[2] ?? ''),
      at,
      isDoor: true,
    });
    return;
  }
  const protocol = read('properties.bootstrap.servers', 'kafka_broker_list') ? 'kafka' : 'database';
  const end = toEnd(place.split(',')[0] ?? '', protocol);
  if (!end) return;
  // The place has no name of its own: the table's stands for it.
  const own = `${foldName(local)} `;
  define(unit, catalog, { name: own, confidence: 1, ...end }, findCreate(unit, index));
  const remoteTable =
    /\/(\w+)$/.exec(connection ?? '')?.[1] ??
    read('dbtable', 'topic', 'table-name', 'kafka_topic_list');
  addRemoteName(catalog, {
    name: local,
    link: own,
    at,
    isDoor: true,
    ...(remoteTable ? { table: foldName(remoteTable) } : {}),
  });
}

/** Where an external table's data lies: `LOCATION 's3://…'`, `uris = […]`, `url 'jdbc:…'`, `LOCATION = @stage/…`. */
function findPlace(
  unit: Unit,
  from: number,
  read: (...keys: readonly string[]) => string | undefined,
): string | undefined {
  const named = read(
    'uris',
    'uri',
    'url',
    'hive.sql.jdbc.url',
    'properties.bootstrap.servers',
    'kafka_broker_list',
    'hosts',
  );
  if (named !== undefined) return named;
  const at = findWord(unit.tokens, from, ['location']);
  if (at === undefined) return undefined;
  let value = at + 1;
  while (/^[=(]$/.test(unit.tokens[value]?.text ?? '')) value++;
  const text = unit.values.read(value)?.text;
  return text !== undefined && /^[a-z][a-z0-9]{1,20}:\/\/|^\\\\/i.test(text) ? text : undefined;
}

/** Snowflake: `LOCATION = @stage/path`. */
function findStage(unit: Unit, from: number): RemoteTable | undefined {
  const at = findWord(unit.tokens, from, ['location']);
  const token = at === undefined ? undefined : unit.tokens[at + 2];
  const stage = token && readStageName(unit, token);
  return stage && { link: stage.name, table: stage.path ?? '' };
}

/** Oracle: `ORGANIZATION EXTERNAL (… DEFAULT DIRECTORY d … LOCATION ('f.csv'))`. */
function findDirectory(unit: Unit, from: number, catalog: Catalog): string | undefined {
  const at = findWord(unit.tokens, from, ['organization']);
  if (at === undefined || unit.tokens[at + 1]?.word !== 'external') return undefined;
  const directory = findWord(unit.tokens, at, ['directory']);
  const location = findWord(unit.tokens, at, ['location']);
  const name = directory === undefined ? undefined : readName(unit.tokens, directory + 1);
  const path = name && catalog.directories.get(foldName(name.parts.join('.')));
  const file = location === undefined ? undefined : unit.values.read(location + 2)?.text;
  return path === undefined ? undefined : `${path.replace(/[\\/]$/, '')}\\${file ?? ''}`;
}

/** `IMPORT FOREIGN SCHEMA s [LIMIT TO (a, b)] FROM SERVER x INTO y`: the tables of `y` stand on `x`. */
export function readImport(unit: Unit, index: number, catalog: Catalog): void {
  const { tokens } = unit;
  if (!matches(tokens, index, 'import foreign schema')) return;
  const server = findWord(tokens, index, ['server'], 2_000);
  const name = server === undefined ? undefined : readName(tokens, server + 1);
  const into = name && findWord(tokens, name.end, ['into'], 4);
  const schema = into === undefined ? undefined : readName(tokens, into + 1)?.parts.join('.');
  if (!name || schema === undefined) return;
  const link = foldName(name.parts.join('.'));
  if (foldName(schema) !== 'public') catalog.schemas.set(foldName(schema), link);
  const limit = findWord(tokens, index, ['limit'], 12);
  if (limit === undefined) return;
  const at = unit.place(tokens[index]?.at ?? 0);
  for (const { start } of listArguments(tokens, limit + 3)) {
    const table = readName(tokens, start)?.parts.join('.');
    if (table)
      addRemoteName(catalog, {
        name: `${schema}.${table}`.replace(/^public\./i, ''),
        link,
        table: foldName(table),
        at,
        isDoor: true,
      });
  }
}
