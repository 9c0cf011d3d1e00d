import { type Reference, toAddressReference, toExpression } from '../../evidence.ts';
import type { Style } from '../../vocabulary.ts';
import { type ConnectionFact, type Flow, flowOfSql, tableOfSql, toPattern } from './facts.ts';
import type { ShellCommand, Word } from './shell-commands.ts';

/** What a client program says about its connection; the rest is taken from the command. */
interface Use {
  readonly address: string;
  readonly flow: Flow;
  readonly protocol?: string | undefined;
  readonly style?: Style;
  readonly resource?: string | undefined;
  readonly localFiles?: readonly string[];
}

type Client = (argument: Arguments, command: ShellCommand) => readonly Use[];

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
  psql: (argument, command) => readSqlClient(argument, command, 'postgresql', 'PGHOST'),
  pg_dump: (argument, command) => readDump(argument, command, 'postgresql', 'PGHOST'),
  mysql: (argument, command) => readSqlClient(argument, command, 'mysql', 'MYSQL_HOST'),
  mariadb: (argument, command) => readSqlClient(argument, command, 'mysql', 'MYSQL_HOST'),
  mysqldump: (argument, command) => readDump(argument, command, 'mysql', 'MYSQL_HOST'),
  sqlcmd: (argument, command) => readSqlClient(argument, command, 'mssql', ''),
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

/** What a command connects to, if it is a client that is known. */
export function readClient(name: string, command: ShellCommand): ConnectionFact[] {
  const client = Object.hasOwn(clients, name) ? clients[name] : undefined;
  if (!client) return [];
  const argument = new Arguments(command.words.slice(1));
  return client(argument, command).map((use) => toFact(name, use, command));
}

function toFact(name: string, use: Use, command: ShellCommand): ConnectionFact {
  const target: Reference =
    use.address === '' ? toExpression(command.words.map(({ text }) => text).join(' ')) : toAddressReference(use.address);
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

/** The arguments of one command: options by name, and operands. */
class Arguments {
  readonly words: readonly Word[];

  constructor(words: readonly Word[]) {
    this.words = words;
  }

  /** The value of the first of these options, as `-o value`, `-ovalue`, `--opt value` or `--opt=value`. */
  value(...names: readonly string[]): string | undefined {
    return this.values(...names)[0];
  }

  values(...names: readonly string[]): string[] {
    const found: string[] = [];
    this.words.forEach(({ text }, index) => {
      for (const name of names) {
        if (text === name) found.push(this.words[index + 1]?.text ?? '');
        else if (name.startsWith('--') && text.startsWith(`${name}=`)) found.push(text.slice(name.length + 1));
        else if (!name.startsWith('--') && text.startsWith(name) && text.length > 2 && !text.startsWith('--')) {
          found.push(text.slice(2));
        }
      }
    });
    return found;
  }

  has(...names: readonly string[]): boolean {
    return this.words.some(({ text }) => names.includes(text));
  }

  /** What is no option: `valued` lists the letters and names of options that take a value. */
  operands(valued: string, ...longValued: readonly string[]): string[] {
    const found: string[] = [];
    for (let at = 0; at < this.words.length; at++) {
      const text = this.words[at]?.text ?? '';
      if (text === '--') continue;
      if (text.startsWith('--')) {
        if (longValued.includes(text)) at++;
      } else if (text.startsWith('-') && text.length > 1) {
        if (valued.includes(text.at(-1) ?? '') && /^-[A-Za-z]{1,6}$/.test(text)) at++;
      } else found.push(text);
    }
    return found;
  }
}

function readCurl(argument: Arguments, command: ShellCommand): Use[] {
  const valued = 'XHdFuoATeubcCmrKxEQwzyYtP';
  const long = ['--request', '--header', '--data', '--data-binary', '--data-raw', '--data-urlencode', '--form', '--user', '--output', '--user-agent', '--upload-file', '--url', '--cert', '--key', '--cacert', '--cookie', '--cookie-jar', '--max-time', '--connect-timeout', '--retry', '--retry-delay', '--write-out', '--proxy', '--config', '--json', '--limit-rate', '--range', '--referer', '--retry-max-time', '--oauth2-bearer', '--netrc-file', '--resolve', '--interface', '--cert-type', '--key-type', '--pass', '--proxy-user', '--dump-header', '--form-string', '--url-query', '--ciphers', '--stderr', '--trace', '--socks5', '--unix-socket', '--aws-sigv4'];
  const urls = [...argument.values('--url'), ...argument.operands(valued, ...long)].filter((url) => url !== '');
  const sent = argument.values('-d', '--data', '--data-binary', '--data-raw', '--data-urlencode', '-F', '--form', '--json', '-T', '--upload-file');
  const method = (argument.value('-X', '--request') ?? (sent.length > 0 ? 'POST' : 'GET')).toUpperCase();
  const pulls = method === 'GET' || method === 'HEAD';
  const uploads = argument.values('-T', '--upload-file');
  const read = [...uploads, ...sent.filter((text) => /(^|=)@/.test(text)).map((text) => text.replace(/^.*?@/, '').replace(/;.*$/, ''))].filter((file) => file !== '-' && file !== '');
  return urls.map((url) => ({
    address: url,
    flow: pulls ? 'pull' : 'push',
    protocol: schemeOf(url) ?? 'http',
    style: 'request-reply',
    localFiles: pulls ? [...argument.values('-o', '--output'), ...command.writesTo] : [...read, ...command.readsFrom],
  }));
}

function readWget(argument: Arguments, command: ShellCommand): Use[] {
  const sends = argument.words.some(({ text }) => /^--(?:post|body)-(?:data|file)/.test(text));
  const file = argument.values('--post-file', '--body-file');
  return argument.operands('OoPtTUe', '--output-document', '--header', '--timeout', '--tries', '--user', '--password', '--directory-prefix', '--post-data', '--post-file').map((url) => ({
    address: url,
    flow: sends ? 'push' : 'pull',
    protocol: schemeOf(url) ?? 'http',
    style: 'request-reply',
    localFiles: sends ? [...file, ...command.readsFrom] : [...argument.values('-O', '--output-document'), ...command.writesTo],
  }));
}

function readHttpie(argument: Arguments): Use[] {
  const operands = argument.operands('');
  const method = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD)$/.test(operands[0] ?? '') ? operands.shift() : undefined;
  const [url, ...items] = operands;
  if (!url) return [];
  const pulls = method ? method === 'GET' || method === 'HEAD' : items.length === 0;
  return [{ address: url, flow: pulls ? 'pull' : 'push', protocol: schemeOf(url) ?? 'http', style: 'request-reply' }];
}

/** scp and rsync: the side with `host:` is the remote one. */
function readCopy(argument: Arguments, command: ShellCommand, protocol: string, valued: string): Use[] {
  const operands = argument.operands(valued, '--rsh', '--exclude', '--include', '--timeout', '--bwlimit', '--link-dest', '--files-from', '--password-file', '--port');
  const target = operands.pop();
  if (!target || operands.length === 0) return [];
  const remote = (text: string): boolean => /^(?:[a-z]+:\/\/|[^/:\s]+:)/i.test(text) && !/^[A-Za-z]:[\\/]/.test(text);
  if (remote(target)) {
    return [{ address: hostOf(target), flow: 'push', protocol, style: 'file', resource: pathOf(target, operands[0]), localFiles: [...operands, ...command.readsFrom] }];
  }
  return operands.filter(remote).map((source) => ({
    address: hostOf(source),
    flow: 'pull',
    protocol,
    style: 'file',
    resource: pathOf(source),
    localFiles: [target, `${target.replace(/\/$/, '')}/${lastSegment(source)}`],
  }));
}

/** `get` and `put` lines of sftp, ftp, lftp and smbclient, in a batch, a here-document or an option. */
function readFileClient(argument: Arguments, command: ShellCommand, protocol: string): Use[] {
  const operands = argument.operands('bBcDFiJloPRsSuepUNWI');
  const opened = /^\s*open\s+(?:-\S+\s+\S+\s+)*(\S+)/m.exec(command.input ?? '')?.[1];
  const address = operands[0] ?? opened ?? '';
  const actual = schemeOf(address) ?? protocol;
  const batch = [argument.value('-e', '-c') ?? '', command.input ?? ''].join('\n');
  const host = actual === 'smb' ? address.replace(/^\/\//, 'smb://') : hostOf(address);
  const uses: Use[] = [];
  for (const line of batch.split(/[\n;]/)) {
    const [verb = '', ...names] = line.trim().split(/\s+/);
    const [first, second] = names.filter((name) => !name.startsWith('-'));
    if (/^-?(?:m?get|reget|recv|mirror)$/.test(verb) && !names.includes('-R')) {
      uses.push({ address: host, flow: 'pull', protocol: actual, style: 'file', resource: first, localFiles: [second ?? lastSegment(first ?? '')] });
    } else if (/^-?(?:m?put|reput|send|mirror)$/.test(verb)) {
      uses.push({ address: host, flow: 'push', protocol: actual, style: 'file', resource: second?.endsWith('/') ? second + lastSegment(first ?? '') : second, localFiles: first ? [first] : [] });
    }
  }
  const path = pathOf(address);
  if (uses.length === 0 && path) {
    uses.push({ address: host, flow: 'pull', protocol: actual, style: 'file', resource: path });
  }
  return uses.length > 0 || address === '' ? uses : [{ address: host, flow: 'unknown', protocol: actual, style: 'file' }];
}

function readSqlClient(argument: Arguments, command: ShellCommand, protocol: string, variable: string): Use[] {
  const operands = argument.operands('hHpPUuDdFfcevoALnRTSbiwWs', '--host', '--port', '--username', '--dbname', '--command', '--file', '--user', '--database', '--execute', '--output', '--variable', '--set');
  const statement = argument.value('-c', '--command', '-e', '--execute', '-Q', '-q') ?? command.input ?? '';
  const address = databaseHost(argument, command, operands, variable);
  if (address === undefined) return [];
  return [{
    address,
    flow: flowOfSql(statement),
    protocol,
    style: 'database',
    resource: tableOfSql(statement),
    localFiles: [...argument.values('-o', '--output'), ...copiedFiles(statement), ...command.writesTo, ...command.readsFrom],
  }];
}

function readDump(argument: Arguments, command: ShellCommand, protocol: string, variable: string): Use[] {
  const address = databaseHost(argument, command, argument.operands('hpPUudfntNFj', '--host', '--username', '--file'), variable);
  if (address === undefined) return [];
  return [{ address, flow: 'pull', protocol, style: 'database', localFiles: [...argument.values('-f', '--file', '--result-file'), ...command.writesTo] }];
}

/** The host in an option, a connection string, or the environment; undefined = the local server. */
function databaseHost(argument: Arguments, command: ShellCommand, operands: readonly string[], variable: string): string | undefined {
  const dsn = [...operands, ...argument.values('-d', '--dbname')].find((text) => /^\w+:\/\/|\bhost=/.test(text));
  const inDsn = dsn === undefined ? undefined : (/\bhost=([^\s']+)/.exec(dsn)?.[1] ?? dsn);
  const host = inDsn ?? argument.value('-h', '--host', '-S') ?? command.environment.get(variable)?.text;
  if (host === undefined || host === '' || host.startsWith('/') || /^(?:localhost|127\.0\.0\.1|::1)$/.test(host)) return undefined;
  return host.replace(/^tcp:/, '').replace(/[,\\].*$/, '');
}

function copiedFiles(statement: string): string[] {
  return [...statement.matchAll(/\\copy\b[^']{0,2000}?(?:to|from)\s+'?([^\s']+)/gi)].map((match) => match[1] ?? '');
}

/** `sqlplus user/password@//host:port/service`. */
function readSqlplus(argument: Arguments, command: ShellCommand): Use[] {
  const [login = ''] = argument.operands('');
  const address = /@(.+)$/.exec(login)?.[1];
  if (!address) return [];
  return [{ address, flow: flowOfSql(command.input ?? ''), protocol: 'oracle', style: 'database', resource: tableOfSql(command.input ?? ''), localFiles: [...command.writesTo, ...command.readsFrom] }];
}

function readKcat(argument: Arguments): Use[] {
  const flow: Flow = argument.has('-P') ? 'push' : argument.has('-C') ? 'pull' : 'unknown';
  const [broker = ''] = (argument.value('-b') ?? '').split(',');
  return [{ address: broker, flow, protocol: 'kafka', style: 'event', resource: argument.value('-t', '-G') }];
}

function readKafkaConsole(argument: Arguments, flow: Flow): Use[] {
  const [broker = ''] = (argument.value('--bootstrap-server', '--broker-list') ?? '').split(',');
  return [{ address: broker, flow, protocol: 'kafka', style: 'event', resource: argument.value('--topic') }];
}

function readMosquitto(argument: Arguments, flow: Flow): Use[] {
  return [{ address: argument.value('-h', '--host') ?? argument.value('-L', '--url') ?? '', flow, protocol: 'mqtt', style: 'event', resource: argument.value('-t', '--topic') }];
}

function readObjectStore(argument: Arguments, command: ShellCommand): Use[] {
  const operands = argument.operands('', '--profile', '--region', '--endpoint-url');
  const at = operands.findIndex((text) => /^(?:cp|mv|sync|rsync)$/.test(text));
  const [source, target] = at < 0 ? [] : operands.slice(at + 1);
  if (!source || !target) return [];
  const bucket = /^(s3|gs):\/\/([^/]+)\/?(.*)$/;
  const uses: Use[] = [];
  const from = bucket.exec(source);
  const to = bucket.exec(target);
  if (from) uses.push({ address: `${from[1]}://${from[2]}`, flow: 'pull', protocol: from[1], style: 'file', resource: from[3], localFiles: [target, ...command.writesTo] });
  if (to) uses.push({ address: `${to[1]}://${to[2]}`, flow: 'push', protocol: to[1], style: 'file', resource: to[3], localFiles: [source, ...command.readsFrom] });
  return uses;
}

function readSsh(argument: Arguments, command: ShellCommand): Use[] {
  const [address, ...remote] = argument.operands('bcDeFiIJlLmoOpQRSwW');
  if (!address) return [];
  const saved = command.writesTo.length > 0 && remote.length > 0;
  return [{ address: hostOf(address), flow: saved ? 'pull' : 'unknown', protocol: 'ssh' }];
}

/** `nc host port`; `-z` only probes and `-l` only listens. */
function readNetcat(argument: Arguments, command: ShellCommand): Use[] {
  if (argument.words.some(({ text }) => /^-\w*[zl]/.test(text))) return [];
  const [host, port] = argument.operands('wiqpsXx');
  if (!host || !port) return [];
  const sends = command.readsFrom.length > 0 || command.input !== undefined;
  return [{ address: `${host}:${port}`, flow: sends ? 'push' : 'pull', protocol: port === '2575' || port === '6661' ? 'mllp' : 'tcp', style: 'event' }];
}

function schemeOf(address: string): string | undefined {
  return /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase();
}

/** `user@host:/path` → `user@host`, URLs unchanged. */
function hostOf(text: string): string {
  return schemeOf(text) ? text : text.replace(/::?.*$/, '');
}

/** The remote path; with a folder, the name of the file that is sent. */
function pathOf(text: string, sent?: string): string | undefined {
  const path = schemeOf(text) ? /^[a-z]+:\/\/[^/]+(\/.*)$/i.exec(text)?.[1] : /^[^/:]+::?(.+)$/.exec(text)?.[1];
  return path?.endsWith('/') && sent ? path + lastSegment(sent) : path;
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
