import { type Reference, toAddressReference, toExpression } from '../../evidence.ts';
import { type ConnectionFact, toPattern } from './facts.ts';
import { Arguments } from './shell-arguments.ts';
import type { ShellCommand } from './shell-commands.ts';
import { readDump, readSqlClient, readSqlplus } from './shell-database-clients.ts';
import { readCopy, readFileClient, readObjectStore } from './shell-file-clients.ts';
import { readCurl, readHttpie, readWget } from './shell-http-clients.ts';
import {
  readKafkaConsole,
  readKcat,
  readMosquitto,
  readNetcat,
  readSsh,
} from './shell-messaging-clients.ts';
import type { FindSources } from './shell-transfers.ts';
import type { Client, Use } from './shell-use.ts';

/** The clients a shell script talks through, by program name. */
const clients: Readonly<Record<string, Client>> = {
  curl: readCurl,
  wget: readWget,
  http: readHttpie,
  https: readHttpie,
  scp: (argument, command) => readCopy(argument, command, 'scp', 'cFiloPSJXD'),
  rsync: (argument, command) => readCopy(argument, command, 'rsync', 'eBTfM'),
  sftp: (argument, command) => readFileClient(argument, command, 'sftp'),
  ftp: (argument, command) => readFileClient(argument, command, 'ftp'),
  lftp: (argument, command) => readFileClient(argument, command, 'ftp'),
  smbclient: (argument, command) => readFileClient(argument, command, 'smb'),
  psql: (argument, command) =>
    readSqlClient(argument, command, 'postgresql', 'PGHOST', ['-c', '--command']),
  pg_dump: (argument, command) => readDump(argument, command, 'postgresql', 'PGHOST'),
  mysql: (argument, command) =>
    readSqlClient(argument, command, 'mysql', 'MYSQL_HOST', ['-e', '--execute']),
  mariadb: (argument, command) =>
    readSqlClient(argument, command, 'mysql', 'MYSQL_HOST', ['-e', '--execute']),
  mysqldump: (argument, command) => readDump(argument, command, 'mysql', 'MYSQL_HOST'),
  sqlcmd: (argument, command) => readSqlClient(argument, command, 'mssql', '', ['-Q', '-q']),
  sqlplus: readSqlplus,
  kcat: readKcat,
  kafkacat: readKcat,
  'kafka-console-producer': (argument) => readKafkaConsole(argument, 'push'),
  'kafka-console-producer.sh': (argument) => readKafkaConsole(argument, 'push'),
  'kafka-console-consumer': (argument) => readKafkaConsole(argument, 'pull'),
  'kafka-console-consumer.sh': (argument) => readKafkaConsole(argument, 'pull'),
  mosquitto_pub: (argument) => readMosquitto(argument, 'push'),
  mosquitto_sub: (argument) => readMosquitto(argument, 'pull'),
  aws: readObjectStore,
  gsutil: readObjectStore,
  ssh: readSsh,
  nc: readNetcat,
  ncat: readNetcat,
};

/** Whether a program talks to other systems. */
export function isClient(name: string): boolean {
  return Object.hasOwn(clients, name);
}

/** What a command connects to, if it is a client that is known. */
export function readClient(
  name: string,
  command: ShellCommand,
  findSources: FindSources,
): ConnectionFact[] {
  const client = isClient(name) ? clients[name] : undefined;
  if (!client) return [];
  const argument = new Arguments(command.words.slice(1));
  return client(argument, command).map((use) => {
    const fact = toFact(name, use, command);
    // What is sent was fetched under the name it had before it was packed, sorted or moved.
    return fact.flow === 'pull'
      ? fact
      : { ...fact, localFiles: findSources(fact.localFiles ?? []) };
  });
}

function toFact(name: string, use: Use, command: ShellCommand): ConnectionFact {
  const target: Reference =
    use.address === ''
      ? toExpression(command.words.map(({ text }) => text).join(' '))
      : toAddressReference(use.address);
  const word = command.words.find(({ text }) => use.address !== '' && text.includes(use.address));
  const resource = use.resource === undefined ? undefined : toPattern(use.resource);
  const arrow = { pull: 'from', push: 'to', both: 'with', unknown: 'to' }[use.flow];
  return {
    kind: 'connection',
    line: command.line,
    column: command.column,
    target,
    flow: use.flow,
    ...(use.protocol === undefined ? {} : { protocol: use.protocol }),
    ...(use.style === undefined ? {} : { style: use.style }),
    ...(resource === undefined ? {} : { resource }),
    localFiles: use.localFiles ?? (use.flow === 'pull' ? command.writesTo : command.readsFrom),
    confidence: word?.confidence ?? 0.9,
    summary: `${name} ${arrow} ${target.value}`,
  };
}
