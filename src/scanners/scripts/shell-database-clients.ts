import { flowOfSql, tableOfSql } from './facts.ts';
import type { Arguments } from './shell-arguments.ts';
import type { ShellCommand } from './shell-commands.ts';
import type { Use } from './shell-use.ts';

export function readSqlClient(
  argument: Arguments,
  command: ShellCommand,
  protocol: string,
  variable: string,
  statementOptions: readonly string[],
): Use[] {
  const operands = argument.operands(
    'hHpPUuDdFfcevoALnRTSbiwWs',
    '--host',
    '--port',
    '--username',
    '--dbname',
    '--command',
    '--file',
    '--user',
    '--database',
    '--execute',
    '--output',
    '--variable',
    '--set',
  );
  const statement = argument.value(...statementOptions) ?? command.input ?? '';
  const address = databaseHost(argument, command, operands, variable);
  if (address === undefined) return [];
  return [
    {
      address,
      flow: flowOfSql(statement),
      protocol,
      style: 'database',
      resource: tableOfSql(statement),
      localFiles: [
        ...argument.values('-o', '--output'),
        ...copiedFiles(statement),
        ...command.writesTo,
        ...command.readsFrom,
      ],
    },
  ];
}

export function readDump(
  argument: Arguments,
  command: ShellCommand,
  protocol: string,
  variable: string,
): Use[] {
  const address = databaseHost(
    argument,
    command,
    argument.operands('hpPUudfntNFj', '--host', '--username', '--file'),
    variable,
  );
  if (address === undefined) return [];
  return [
    {
      address,
      flow: 'pull',
      protocol,
      style: 'database',
      localFiles: [...argument.values('-f', '--file', '--result-file'), ...command.writesTo],
    },
  ];
}

/** `sqlplus user/password@//host:port/service`. */
export function readSqlplus(argument: Arguments, command: ShellCommand): Use[] {
  const [login = ''] = argument.operands('');
  const address = /@(.+)$/.exec(login)?.[1];
  if (!address) return [];
  return [
    {
      address,
      flow: flowOfSql(command.input ?? ''),
      protocol: 'oracle',
      style: 'database',
      resource: tableOfSql(command.input ?? ''),
      localFiles: [...command.writesTo, ...command.readsFrom],
    },
  ];
}

/** The host in an option, a connection string, or the environment; undefined = the local server. */
function databaseHost(
  argument: Arguments,
  command: ShellCommand,
  operands: readonly string[],
  variable: string,
): string | undefined {
  const dsn = [...operands, ...argument.values('-d', '--dbname')].find((text) =>
    /^\w+:\/\/|\bhost=/.test(text),
  );
  const inDsn = dsn === undefined ? undefined : (/\bhost=([^\s']+)/.exec(dsn)?.[1] ?? dsn);
  const host =
    inDsn ?? argument.value('-h', '--host', '-S') ?? command.environment.get(variable)?.text;
  if (
    host === undefined ||
    host === '' ||
    host.startsWith('/') ||
    /^(?:localhost|127\.0\.0\.1|::1)$/.test(host)
  )
    return undefined;
  return host.replace(/^tcp:/, '').replace(/[,\\].*$/, '');
}

function copiedFiles(statement: string): string[] {
  return [...statement.matchAll(/\\copy\b[^']{0,2000}?(?:to|from)\s+'?([^\s']+)/gi)].map(
    (match) => match[1] ?? '',
  );
}
