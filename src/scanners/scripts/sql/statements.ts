import { type Flow, flowOfSql } from '../facts.ts';
import { toEnd, withPort } from './addresses.ts';
import { listArguments } from './arguments.ts';
import { readAltered, readCreated } from './created.ts';
import { direct, type Found } from './found.ts';
import { readStageName } from './references.ts';
import { findWord, foldName, matches, readName, readOptions } from './source.ts';
import { pickArgument, type Unit } from './unit.ts';

type ReadStatement = (unit: Unit, index: number, at: number) => Found[];

/** Statements that move data between the database and another place, by the word they begin with. */
export const statementReaders: Readonly<Record<string, ReadStatement>> = {
  copy: readCopy,
  unload: readUnload,
  export: readExport,
  bulk: readBulkInsert,
  load: readLoad,
  backup: (unit, index, at) => readBackup(unit, index, at, 'push'),
  restore: (unit, index, at) => readBackup(unit, index, at, 'pull'),
  change: readReplication,
  clone: readClone,
  create: readCreated,
  import: readImport,
  alter: readAltered,
  openquery: readOpenQuery,
  openrowset: readOpenRowset,
  opendatasource: readOpenDataSource,
  exec: readExecuteAt,
  execute: readExecuteAt,
  put: (unit, index, at) => readTransfer(unit, index, at),
};

function link(at: number, name: string, flow: Flow, table?: string): Found {
  return {
    kind: 'link',
    link: foldName(name),
    flow,
    at,
    ...(table === undefined ? {} : { table: table.toLowerCase() }),
  };
}

/** `IMPORT FOREIGN SCHEMA s FROM SERVER x` reads the shape of the tables there. */
function readImport(unit: Unit, index: number, at: number): Found[] {
  if (!matches(unit.tokens, index, 'import foreign schema')) return [];
  const server = findWord(unit.tokens, index, ['server'], 2_000);
  const name = server === undefined ? undefined : readName(unit.tokens, server + 1);
  return name ? [link(at, name.parts.join('.'), 'pull')] : [];
}

/**
 * `COPY t FROM 's3://…'`, `COPY INTO t FROM @stage`, `COPY INTO @stage FROM t`, `COPY INTO 's3://…'`,
 * `COPY … FROM|TO PROGRAM 'command'`. A local file is no other system.
 */
function readCopy(unit: Unit, index: number, at: number): Found[] {
  const { tokens } = unit;
  if (tokens[index - 1]?.text === '.' || tokens[index + 1]?.text === '=') return [];
  const program = findWord(tokens, index, ['program']);
  if (program !== undefined) {
    const command = unit.values.read(program + 1)?.text;
    return command === undefined ? [] : [{ kind: 'command', command, at }];
  }
  const found: Found[] = [];
  const target = tokens[index + 1]?.word === 'into' ? index + 2 : undefined;
  if (target !== undefined) found.push(...readPlace(unit, target, at, 'push', 'copy into'));
  if (found.length > 0) return found;
  const from = findWord(tokens, index, ['from']);
  const to = findWord(tokens, index, ['to'], 200);
  const source = from === undefined ? [] : readPlace(unit, from + 1, at, 'pull', 'copy');
  if (source.length > 0) return source;
  // SQL*Plus copies between two databases.
  return to === undefined ? [] : readPlace(unit, to + 1, at, 'push', 'copy');
}

/** A bucket, a share, a URL or a stage. */
function readPlace(unit: Unit, start: number, at: number, flow: Flow, by: string): Found[] {
  let index = start;
  // `COPY INTO t FROM (SELECT … FROM @stage)`.
  if (unit.tokens[index]?.text === '(') {
    const inner = findWord(unit.tokens, index, ['from'], 300);
    if (inner === undefined) return [];
    index = inner + 1;
  }
  const stage = readStageName(unit, unit.tokens[index]);
  if (stage) return [link(at, stage.name, flow, stage.path)];
  if (unit.tokens[index]?.kind === 'word') return [];
  const value = unit.values.read(index);
  if (!value || !/^(?:[a-z][a-z0-9+]{1,20}:\/\/|\\\\|\{(?:env|param|name):)/i.test(value.text))
    return [];
  return direct(at, flow, by, toEnd(value.text, 's3'), value);
}

/** Redshift: `UNLOAD ('select …') TO 's3://…'`. */
function readUnload(unit: Unit, index: number, at: number): Found[] {
  const to = findWord(unit.tokens, index, ['to']);
  return to === undefined ? [] : readPlace(unit, to + 1, at, 'push', 'unload');
}

/** BigQuery: `EXPORT DATA OPTIONS (uri = 'gs://…')`; Hive: `EXPORT TABLE t TO 's3://…'`. */
function readExport(unit: Unit, index: number, at: number): Found[] {
  const options = readOptions(unit.tokens, index, 100);
  const uri = options.get('uri');
  const to = findWord(unit.tokens, index, ['to'], 100);
  if (uri !== undefined && matches(unit.tokens, index, 'export data'))
    return readPlace(unit, uri, at, 'push', 'export data');
  return to === undefined ? [] : readPlace(unit, to + 1, at, 'push', 'export');
}

/** `BULK INSERT t FROM '\\host\share\f.csv'`, or by an external source. */
function readBulkInsert(unit: Unit, index: number, at: number): Found[] {
  if (unit.tokens[index + 1]?.word !== 'insert') return [];
  const from = findWord(unit.tokens, index, ['from']);
  const value = from === undefined ? undefined : unit.values.read(from + 1);
  const source = readOptions(unit.tokens, index, 200).get('data_source');
  const named = source === undefined ? undefined : unit.values.read(source)?.text;
  if (named !== undefined) return [link(at, named, 'pull', value?.text)];
  return value ? direct(at, 'pull', 'bulk insert', toEnd(value.text, 'file'), value) : [];
}

/** `LOAD DATA INFILE '\\host\f'`, `LOAD DATA INPATH 'hdfs://…'`, BigQuery's `FROM FILES (uris = […])`. */
function readLoad(unit: Unit, index: number, at: number): Found[] {
  if (unit.tokens[index + 1]?.word !== 'data') return [];
  const file = findWord(unit.tokens, index, ['infile', 'inpath'], 10);
  if (file !== undefined) return readPlace(unit, file + 1, at, 'pull', 'load data');
  const uris = readOptions(unit.tokens, index, 300).get('uris');
  return uris === undefined ? [] : readPlace(unit, uris, at, 'pull', 'load data');
}

/** `BACKUP DATABASE x TO DISK = '\\host\share\x.bak'`, `… TO URL = 'https://…'`. */
function readBackup(unit: Unit, index: number, at: number, flow: Flow): Found[] {
  if (!/^(?:database|log|filelistonly|headeronly)$/.test(unit.tokens[index + 1]?.word ?? ''))
    return [];
  const options = readOptions(unit.tokens, index, 100);
  const place = options.get('disk') ?? options.get('url');
  const value = place === undefined ? undefined : unit.values.read(place);
  return value ? direct(at, flow, 'backup', toEnd(value.text, 'file'), value) : [];
}

/** MySQL: `CHANGE MASTER TO MASTER_HOST = '…'`, `CHANGE REPLICATION SOURCE TO SOURCE_HOST = '…'`. */
function readReplication(unit: Unit, index: number, at: number): Found[] {
  if (!/^(?:master|replication)$/.test(unit.tokens[index + 1]?.word ?? '')) return [];
  const options = readOptions(unit.tokens, index, 100);
  const host = options.get('master_host') ?? options.get('source_host');
  const portAt = options.get('master_port') ?? options.get('source_port');
  const value = host === undefined ? undefined : unit.values.read(host);
  if (!value) return [];
  const port = portAt === undefined ? undefined : unit.values.read(portAt)?.text;
  const end = toEnd(value.text, 'mysql');
  return direct(
    at,
    'pull',
    'replication',
    end && { ...end, address: withPort(end.address, port, 'mysql') },
    value,
  );
}

/** MySQL: `CLONE INSTANCE FROM 'user'@'host':3306`. */
function readClone(unit: Unit, index: number, at: number): Found[] {
  if (!matches(unit.tokens, index, 'clone instance from')) return [];
  const sign = [4, 5, 6].find((skip) => unit.tokens[index + skip]?.text === '@');
  const host = sign === undefined ? undefined : unit.tokens[index + sign + 1];
  return host ? direct(at, 'pull', 'clone', toEnd(host.text, 'mysql'), undefined) : [];
}

/** `[insert] OPENQUERY(server, 'statement')`. */
function readOpenQuery(unit: Unit, index: number, at: number): Found[] {
  const { tokens } = unit;
  if (tokens[index + 1]?.text !== '(') return [];
  const args = listArguments(tokens, index + 2);
  const name = args[0] && readName(tokens, args[0].start)?.parts[0];
  if (name === undefined) return [];
  const statement = pickArgument(unit, args, [1])?.text ?? '';
  return [link(at, name, flowOfTarget(unit, index) ?? flowOfSql(statement))];
}

/** Whether a rowset is what a statement writes to. */
function flowOfTarget({ tokens }: Unit, index: number): Flow | undefined {
  const word = tokens[index - 1]?.word ?? '';
  const earlier = tokens[index - 2]?.word ?? '';
  const writes =
    /^(?:insert|into|update|delete)$/.test(word) || (word === 'from' && earlier === 'delete');
  return writes ? 'push' : undefined;
}

/** `OPENROWSET('provider', 'Server=…', 'statement')`, `OPENROWSET(BULK 'file', …)`. */
function readOpenRowset(unit: Unit, index: number, at: number): Found[] {
  const { tokens } = unit;
  if (tokens[index + 1]?.text !== '(') return [];
  if (tokens[index + 2]?.word === 'bulk') {
    const value = unit.values.read(index + 3);
    const source = readOptions(tokens, index, 60).get('data_source');
    const named = source === undefined ? undefined : unit.values.read(source)?.text;
    if (named !== undefined) return [link(at, named, 'pull', value?.text)];
    return value ? direct(at, 'pull', 'openrowset', toEnd(value.text, 'file'), value) : [];
  }
  const args = listArguments(tokens, index + 2);
  const settings = pickArgument(unit, args, [1]);
  const last = args.at(-1);
  const statement =
    last && last.start !== args[1]?.start ? unit.values.read(last.start)?.text : undefined;
  if (!settings) return [];
  // A data source, a login and a password may stand apart by `;`.
  const provider = pickArgument(unit, args, [0])?.text ?? '';
  const file = /\bdatabase\s{0,9}=\s{0,9}(\\\\[^;]{1,300})/i.exec(settings.text)?.[1];
  const end = toEnd(file ?? settings.text, /^(?:ora|msdaora)/i.test(provider) ? 'oracle' : 'mssql');
  return direct(
    at,
    flowOfTarget(unit, index) ??
      (statement && /\s/.test(statement) ? flowOfSql(statement) : 'pull'),
    'openrowset',
    end,
    settings,
  );
}

/** `OPENDATASOURCE('provider', 'Data Source=…').db.schema.table`. */
function readOpenDataSource(unit: Unit, index: number, at: number): Found[] {
  const { tokens } = unit;
  if (tokens[index + 1]?.text !== '(') return [];
  const args = listArguments(tokens, index + 2);
  const settings = pickArgument(unit, args, [1]);
  const end = settings && toEnd(settings.text, 'mssql');
  const close = (args.at(-1)?.end ?? index) + 1;
  const table = tokens[close]?.text === '.' ? readName(tokens, close + 1)?.parts.at(-1) : undefined;
  return direct(
    at,
    flowOfTarget(unit, index) ?? 'pull',
    'opendatasource',
    end,
    settings,
    table?.toLowerCase(),
  );
}

/** `EXEC ('statement') AT server`. */
function readExecuteAt(unit: Unit, index: number, at: number): Found[] {
  const { tokens } = unit;
  if (tokens[index + 1]?.text !== '(') return [];
  const args = listArguments(tokens, index + 2);
  const close = args.at(-1)?.end ?? index + 2;
  if (tokens[close + 1]?.word !== 'at') return [];
  const isSource = tokens[close + 2]?.word === 'data_source';
  const name = readName(tokens, close + (isSource ? 3 : 2))?.parts[0];
  const statement = pickArgument(unit, args, [0])?.text ?? '';
  return name === undefined ? [] : [link(at, name, flowOfSql(statement))];
}

/** Snowflake: `PUT file:///tmp/x @stage`. */
function readTransfer(unit: Unit, index: number, at: number): Found[] {
  const start = unit.tokens[index]?.at ?? 0;
  const line = unit.text.slice(start, start + 600).split('\n', 1)[0] ?? '';
  const [, file = '', stage = ''] = /^put\s+'?file:\/\/(\S+?)'?\s+@([\w.]+)/i.exec(line) ?? [];
  return stage === ''
    ? []
    : [link(at, `@${stage.split('.').at(-1)}`, 'push', file.slice(file.lastIndexOf('/') + 1))];
}
