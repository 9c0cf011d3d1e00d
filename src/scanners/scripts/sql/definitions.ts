import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import { protocolOfProvider, protocolOfWrapper, toEnd, withPort } from './addresses.ts';
import { listArguments } from './arguments.ts';
import { type Catalog, define, findCreate } from './catalog.ts';
import { findWord, foldName, readName, readOptions } from './source.ts';
import { readImport, readSynonym, readTable, readView } from './table-definitions.ts';
import { pickArgument, readCallee, type Unit } from './unit.ts';

/** Words that may stand between `create` and what is created. */
const modifiers = new Set(
  'or replace alter public shared temp temporary transient external foreign global private materialized editionable noneditionable force secure recursive unlogged if not exists no user streaming live iceberg hybrid dynamic managed'.split(
    ' ',
  ),
);

/** Notes what a statement defines for others: links, servers, stages, and names that lead over them. */
export function collectDefinitions(unit: Unit, catalog: Catalog): void {
  unit.tokens.forEach((token, index) => {
    switch (token.word) {
      case 'create':
      case 'alter':
        readCreate(unit, index, catalog);
        break;
      case 'import':
        readImport(unit, index, catalog);
        break;
      case 'attach':
        readAttach(unit, index, catalog);
        break;
      case 'sp_addlinkedserver':
        readLinkedServer(unit, index, catalog);
        break;
      case 'create_database_link':
        readCloudLink(unit, index, catalog);
        break;
    }
  });
}

function readCreate(unit: Unit, index: number, catalog: Catalog): void {
  const { tokens } = unit;
  const words = new Set<string>();
  let at = index + 1;
  while (at < index + 10 && modifiers.has(tokens[at]?.word ?? '')) {
    words.add(tokens[at]?.word ?? '');
    at++;
  }
  const type = tokens[at]?.word ?? '';
  const second = tokens[at + 1]?.word ?? '';
  const behind = (skip: number): number => {
    let next = at + skip;
    while (/^(?:if|not|exists)$/.test(tokens[next]?.word ?? '')) next++;
    return next;
  };
  if (tokens[index]?.word === 'alter' && type !== 'server') return;
  if (type === 'database' && second === 'link') readDatabaseLink(unit, behind(2), catalog);
  else if (type === 'server') readServer(unit, behind(1), catalog);
  else if (type === 'data' && second === 'source') readExternalSource(unit, behind(2), catalog);
  else if (type === 'stage') readStage(unit, behind(1), catalog);
  else if (type === 'synonym' || type === 'nickname') readSynonym(unit, behind(1), catalog);
  else if (type === 'view') readView(unit, behind(1), catalog);
  else if (type === 'directory') readDirectory(unit, behind(1), catalog);
  else if (type === 'schema' && words.has('external')) readExternalSchema(unit, behind(1), catalog);
  else if (type === 'table') readTable(unit, behind(1), catalog, words.has('foreign'));
}

/** Oracle: without `USING` the name of the link is that of the database. */
function readDatabaseLink(unit: Unit, index: number, catalog: Catalog): void {
  const name = readName(unit.tokens, index);
  if (!name) return;
  const using = findWord(unit.tokens, name.end, ['using'], 40);
  const value = using === undefined ? undefined : unit.values.read(using + 1);
  const address = toEnd(value?.text ?? name.parts.join('.'), 'oracle')?.address;
  if (address === undefined) return;
  const server = { name: name.parts.join('.'), protocol: 'oracle', address };
  define(
    unit,
    catalog,
    { ...server, confidence: value?.confidence ?? 0.5 },
    findCreate(unit, index),
  );
}

const hostOptions = ['host', 'hostaddr', 'hostname', 'servername', 'server', 'address', 'node'];
const urlOptions = [
  'dbserver',
  'uri',
  'url',
  'endpoint',
  'connstr',
  'jdbc_url',
  'datasource',
  'dsn',
];

/** PostgreSQL, MySQL, DB2: `FOREIGN DATA WRAPPER w OPTIONS (host '…')`. */
function readServer(unit: Unit, index: number, catalog: Catalog): void {
  const { tokens, values } = unit;
  const name = readName(tokens, index);
  if (!name) return;
  const wrapperAt = findWord(tokens, name.end, ['wrapper'], 30);
  const isAltered = tokens[findCreate(unit, index)]?.word === 'alter';
  if (wrapperAt === undefined && !isAltered) return;
  const wrapper = wrapperAt === undefined ? 'postgres' : (tokens[wrapperAt + 1]?.text ?? '');
  const protocol = protocolOfWrapper(wrapper);
  const server = { name: name.parts.join('.'), confidence: 1 };
  if (protocol === undefined) {
    define(unit, catalog, { ...server, protocol: 'file' }, findCreate(unit, index));
    return;
  }
  const options = readOptions(tokens, name.end, 200);
  const value = (names: readonly string[]) => {
    const at = names.map((key) => options.get(key)).find((found) => found !== undefined);
    return at === undefined ? undefined : values.read(at);
  };
  const host = value(hostOptions);
  const url = host ? undefined : value(urlOptions);
  const address = host
    ? withPort(host.text, value(['port'])?.text, protocol)
    : url && toEnd(url.text, protocol)?.address;
  // Without a host the server is one of this machine, which only its socket tells apart.
  if (address !== undefined)
    define(unit, catalog, { ...server, protocol, address }, findCreate(unit, index));
}

/** SQL Server, Synapse: `CREATE EXTERNAL DATA SOURCE s WITH (LOCATION = '…')`. */
function readExternalSource(unit: Unit, index: number, catalog: Catalog): void {
  const name = readName(unit.tokens, index);
  const at = name && readOptions(unit.tokens, name.end, 200).get('location');
  const value = at === undefined ? undefined : unit.values.read(at);
  if (!name || !value) return;
  const end = toEnd(value.text, 'mssql');
  const server = { name: name.parts.join('.'), confidence: value.confidence, protocol: 'file' };
  define(unit, catalog, { ...server, ...end }, findCreate(unit, index));
}

/** Snowflake: only a stage with a URL leads out. */
function readStage(unit: Unit, index: number, catalog: Catalog): void {
  const name = readName(unit.tokens, index);
  const at = name && readOptions(unit.tokens, name.end, 200).get('url');
  const value = at === undefined ? undefined : unit.values.read(at);
  const end = value && toEnd(value.text, 's3');
  if (name && value && end)
    define(
      unit,
      catalog,
      { name: `@${name.parts.at(-1)}`, confidence: value.confidence, ...end },
      findCreate(unit, index),
    );
}

function readDirectory(unit: Unit, index: number, catalog: Catalog): void {
  const name = readName(unit.tokens, index);
  const value = name && findWord(unit.tokens, name.end, ['as'], 2);
  const path = value === undefined ? undefined : unit.values.read(value + 1);
  if (name && path) catalog.directories.set(foldName(name.parts.join('.')), path.text);
}

/** Redshift: `CREATE EXTERNAL SCHEMA s FROM POSTGRES … URI 'host'`. */
function readExternalSchema(unit: Unit, index: number, catalog: Catalog): void {
  const { tokens, values } = unit;
  const name = readName(tokens, index);
  const from = name && findWord(tokens, name.end, ['from'], 4);
  if (!name || from === undefined) return;
  const kind = tokens[from + 1]?.word ?? '';
  const protocol = protocolOfProduct(kind === 'msk' ? 'kafka' : kind);
  const options = readOptions(tokens, from, 100);
  const at = options.get('uri') ?? options.get('authentication_uri');
  const value = at === undefined ? undefined : values.read(at);
  const end = value && protocol ? toEnd(value.text.split(',')[0] ?? '', protocol) : undefined;
  if (!value || !end) return;
  const schema = foldName(name.parts.join('.'));
  define(
    unit,
    catalog,
    { name: schema, confidence: value.confidence, ...end },
    findCreate(unit, index),
  );
  catalog.schemas.set(schema, schema);
}

/** DuckDB: `ATTACH 'host=…' AS x (TYPE postgres)`. */
function readAttach(unit: Unit, index: number, catalog: Catalog): void {
  const { tokens, values } = unit;
  const value = values.read(tokens[index + 1]?.word === 'database' ? index + 2 : index + 1);
  const as = value && findWord(tokens, value.end, ['as'], 4);
  const name = as === undefined ? undefined : readName(tokens, as + 1);
  const type = findWord(tokens, index, ['type'], 12);
  const kind = type === undefined ? undefined : tokens[type + 1]?.word;
  const protocol = protocolOfProduct(kind ?? '');
  if (!value || !name) return;
  const text = value.text.replace(/^(?:postgres|mysql):(?!\/\/)/i, '');
  const end = protocol || /:\/\//.test(text) ? toEnd(text, protocol ?? 'database') : undefined;
  if (!end) return;
  const schema = foldName(name.parts.join('.'));
  define(unit, catalog, { name: schema, confidence: value.confidence, ...end }, index);
  catalog.schemas.set(schema, schema);
}

/** `sp_addlinkedserver` by position or by name; a server without a source is the host of that name. */
function readLinkedServer(unit: Unit, index: number, catalog: Catalog): void {
  const { tokens } = unit;
  const isBracketed = tokens[index + 1]?.text === '(';
  const args = listArguments(tokens, index + (isBracketed ? 2 : 1), isBracketed);
  const text = (position: number, name: string): string | undefined => {
    const value = pickArgument(unit, args, [name, position])?.text.trim();
    return value === undefined || value === '' || /^\{null\}$/i.test(value) ? undefined : value;
  };
  const name = text(0, 'server');
  if (name === undefined) return;
  const protocol = protocolOfProvider(text(2, 'provider') ?? '');
  const source = text(3, 'datasrc') ?? text(4, 'location');
  const settings = text(5, 'provstr');
  const end = [settings, source, protocol === 'file' ? undefined : name]
    .flatMap((given) => (given === undefined ? [] : [toEnd(given, protocol)]))
    .find((found) => found !== undefined);
  const known = settings === undefined ? protocol : protocolOfDriver(settings, protocol);
  const address = end?.address;
  define(
    unit,
    catalog,
    {
      name,
      confidence: 1,
      protocol: end?.protocol === 'smb' ? 'smb' : known,
      ...(address === undefined ? {} : { address }),
    },
    index,
  );
}

/** `DRIVER={MySQL ODBC 8.0}` says what the data source speaks. */
function protocolOfDriver(settings: string, protocol: string): string {
  const driver = /\bdriver\s{0,9}=\s{0,9}\{?([^;}]{1,80})/i.exec(settings)?.[1] ?? '';
  return protocolOfProduct(driver) ?? protocol;
}

/** `DBMS_CLOUD_ADMIN.CREATE_DATABASE_LINK(db_link_name => …, hostname => …)`. */
function readCloudLink(unit: Unit, index: number, catalog: Catalog): void {
  const callee = readCallee(unit, index);
  if (!callee) return;
  const args = listArguments(unit.tokens, callee.open + 1);
  const name = pickArgument(unit, args, ['db_link_name', 0]);
  const host = pickArgument(unit, args, ['hostname', 1]);
  if (!name || !host) return;
  const port = pickArgument(unit, args, ['port', 2])?.text;
  const address = withPort(host.text, port, 'oracle');
  define(
    unit,
    catalog,
    { name: name.text, address, protocol: 'oracle', confidence: host.confidence },
    index,
  );
}
