import { isTransport, protocolOfPort } from '../../../vocabulary/protocol-of-port.ts';
import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import { fillHoles, readOpenText, writeHole } from '../program/open-text.ts';
import { protocolOfScheme } from './protocols.ts';

/** What a value of a setting comes down to where it is an address. */
export interface ConfiguredAddress {
  /** URL or `host:port` without a login; an open text. */
  readonly address: string;
  /** Lower case; an open text where the host is not written out. */
  readonly host: string;
  readonly port?: number;
  /** As the scheme or the form of the text says. */
  readonly protocol?: string;
  /** `url` and `dsn` are addresses whatever their key says; a `host` alone may be any word. */
  readonly form: 'url' | 'dsn' | 'host-port' | 'host' | 'open';
}

const mostAddresses = 20;
/** Stands for a hole while the text around it is read: one sign that hosts may hold. */
const firstMark = 0xe000;
const hostSigns = String.raw`[\w.\-\ue000-\uf8ff]`;
const hostPattern = new RegExp(
  String.raw`^(\[[0-9a-f:.]+\]|${hostSigns}{1,255})(?::(\d{1,5}|[\ue000-\uf8ff]))?$`,
  'i',
);
const inMemory =
  /^(?:jdbc:)?(?:h2|sqlite3?|hsqldb|derby|duckdb|file|classpath|memory|data|chrome|about|mailto|urn|tc):/i;

/** The addresses in a value: one, or each of a list. What leads to the machine itself is left out. */
export function readAddresses(value: string): ConfiguredAddress[] {
  const holes: string[] = [];
  const marked = readOpenText(value)
    .map((part) => {
      if (typeof part === 'string') return part;
      holes.push(writeHole(part));
      return String.fromCharCode(firstMark + Math.min(holes.length - 1, 6_000));
    })
    .join('')
    .trim()
    .replace(/^\[\s*"?|"?\s*\]$/g, (bracket) => (/^\[[0-9a-f:]+\]/i.test(value) ? bracket : ''))
    .replace(/^["']|["']$/g, '');
  const fill = (text: string): string =>
    text.replace(/[\ue000-\uf8ff]/g, (sign) => holes[sign.charCodeAt(0) - firstMark] ?? '');
  if (/^[\ue000-\uf8ff]$/.test(marked)) return readHole(value);
  return readMarked(marked)
    .slice(0, mostAddresses)
    .filter(({ host }) => !isLocal(host))
    .map((found) => ({ ...found, address: fill(found.address), host: fill(found.host) }));
}

/** A setting that is nothing but a reference: its default says what it will be. */
function readHole(value: string): ConfiguredAddress[] {
  const hole = readOpenText(value.trim())[0];
  if (typeof hole !== 'object' || hole.kind !== 'env') return [];
  const meant = hole.fallback === undefined ? undefined : readAddresses(hole.fallback)[0];
  const protocol = meant?.protocol;
  return [
    {
      address: value.trim(),
      host: value.trim(),
      form: meant?.form ?? 'open',
      ...(protocol === undefined ? {} : { protocol }),
    },
  ];
}

/** Whether a host is the machine itself or any machine. */
export function isLocal(host: string): boolean {
  return /^(?:localhost(?:\.localdomain)?|127\.\d+\.\d+\.\d+|0\.0\.0\.0|192\.168\.(?:59\.103|99\.100)|\[?::1?\]?|\*|\.|\(local\)|\(localdb\).*|host\.docker\.internal|unix|none|null|true|false)$/i.test(
    host,
  );
}

function readMarked(text: string): ConfiguredAddress[] {
  if (text === '' || text.length > 2_000 || inMemory.test(text)) return [];
  const plain = text.replace(
    /^(?:optional:)?(?:configserver|consul|zookeeper|vault):(?=https?:)/i,
    '',
  );
  if (/^[a-z][a-z0-9+.:(-]{1,60}:\/\//i.test(plain)) return readUrls(plain);
  const oracle =
    /^jdbc:oracle:[a-z]{1,10}:(.*)$/is.exec(plain)?.[1] ??
    (/\(\s*DESCRIPTION\s*=|^\s*\(\s*ADDRESS/i.test(plain) ? plain : undefined);
  if (oracle !== undefined) return readOracle(oracle);
  const pairs = readPairs(plain);
  if (pairs) return pairs;
  const inside = /(?:^|@)(?:tcp|tcp6)\(([^()\s]{1,200})\)/.exec(plain)?.[1];
  if (inside !== undefined) return toHost(inside, { form: 'dsn', protocol: 'mysql' });
  const login = /^[^\s@/]{1,100}\/[^\s@]{1,200}@(?:\/\/)?(\S+)$/.exec(plain)?.[1];
  if (login !== undefined) return readOracle(`@${login}`);
  // StackExchange.Redis: `cache:6379,password=…`.
  const first = /^([^,=\s]{1,300}),(?:[a-z]{2,30}=|[^=]*,[a-z]{2,30}=)/i.exec(plain)?.[1];
  if (first !== undefined) return toHost(first, { form: 'dsn', protocol: 'redis' });
  const hosts = plain.split(/\s*[,;]\s*|\s+/).flatMap((part) => toHost(part, {}));
  // Words in a row are a text.
  return /\w\s+\w/.test(plain) ? hosts.filter(({ form }) => form === 'host-port') : hosts;
}

/** One URL, or a list; a list of hosts behind one scheme is one address. */
function readUrls(text: string): ConfiguredAddress[] {
  const bare = text.replace(/^failover:\(?/i, '').replace(/\)[^)]*$/, '');
  return bare.split(/[,;\s]+(?=[a-z][a-z0-9+.:-]{1,40}:\/\/)/i).flatMap((part) => {
    const match =
      /^((?:[a-z][a-z0-9+.-]{0,40}:){1,5})\/\/(?:[^/@\s]{0,300}@)?([^/?#;\s]{1,600})([/?#;][^\s]*)?$/i.exec(
        part.trim(),
      );
    if (!match) return [];
    const [, prefix = '', hosts = '', rest = ''] = match;
    const names = prefix.split(':').filter((name) => name !== '');
    const scheme = names.find((name) => protocolOfScheme(name)) ?? names.at(-1) ?? '';
    const protocol = protocolOfScheme(scheme);
    if (protocol === undefined && !isTransport(scheme)) return [];
    const path = rest.startsWith('/') ? rest.replace(/[?#;].*$/, '') : '';
    const isWeb = /^(?:https?|wss?)$/.test(scheme);
    const written = scheme === 'lb' ? 'http' : isTransport(scheme) ? '' : scheme.toLowerCase();
    const host = (hosts.split(',')[0] ?? '').replace(/\\.*?(?=:|$)/, '');
    return toHost(host, {
      form: isWeb || protocol === 'http' ? 'url' : 'dsn',
      ...(protocol === undefined ? {} : { protocol }),
      wrap: (hostPort) => (written === '' ? hostPort : `${written}://${hostPort}${path}`),
    });
  });
}

/** `@host:1521:SID`, `@//host:1521/service`, `@(DESCRIPTION=…)`, `@ALIAS`. */
function readOracle(text: string): ConfiguredAddress[] {
  const described = /\(\s*HOST\s*=\s*([^()\s]{1,200})\)/i.exec(text)?.[1];
  const port = /\(\s*PORT\s*=\s*(\d{1,5})/i.exec(text)?.[1];
  const plain = /@(?:\/\/|ldap:\/\/)?([^:/@\s()]{1,200})(?::(\d{1,5}))?/.exec(text);
  const host = described ?? plain?.[1];
  const at = described === undefined ? plain?.[2] : port;
  return host === undefined
    ? []
    : toHost(at === undefined ? host : `${host}:${at}`, { form: 'dsn', protocol: 'oracle' });
}

/** `Server=a,1433;Database=b` and its like: ADO.NET, ODBC, libpq, PDO, Azure. */
function readPairs(text: string): ConfiguredAddress[] | undefined {
  if (!/^[^=;]{0,80}[a-z]\s*=/i.test(text)) return undefined;
  const driver = /^([a-z]{2,12}):(?=[a-z_]+\s*=)/i.exec(text)?.[1];
  const pairs = new Map<string, string>();
  const body = driver === undefined ? text : text.slice(driver.length + 1);
  for (const part of body.split(body.includes(';') ? ';' : /\s+/).slice(0, 100)) {
    const at = part.indexOf('=');
    if (at > 0)
      pairs.set(
        part.slice(0, at).trim().toLowerCase(),
        part
          .slice(at + 1)
          .trim()
          .replace(/^['"]|['"]$/g, ''),
      );
  }
  const get = (...keys: string[]): string | undefined =>
    keys.map((key) => pairs.get(key)).find((found) => found);
  const account = get('accountname');
  if (account !== undefined && get('defaultendpointsprotocol', 'accountkey') !== undefined)
    return toHost(`${account}.blob.${get('endpointsuffix') ?? 'core.windows.net'}`, {
      form: 'dsn',
      protocol: 'https',
      wrap: (host) => `https://${host}`,
    });
  const endpoint = get('accountendpoint', 'endpoint', 'ingestionendpoint', 'serviceuri');
  if (endpoint?.includes('://')) return readUrls(endpoint);
  const server = get(
    'server',
    'data source',
    'datasource',
    'host',
    'hostname',
    'addr',
    'address',
    'network address',
    'hosts',
    'servers',
  );
  if (server === undefined) return undefined;
  if (server.includes('(')) return readOracle(server);
  if (/\.(?:db|sqlite3?|mdf|sdf|mdb|accdb|xlsx?)$|^[|:]|^[a-z]:\\/i.test(server)) return [];
  const port = get('port') ?? /,\s*(\d{1,5})$/.exec(server)?.[1];
  const host = server.replace(/^(?:tcp|np|lpc|admin):/i, '').replace(/[\\,].*$/, '');
  const slash = host.indexOf('/');
  const name = slash > 0 ? host.slice(0, slash) : host;
  const protocol = protocolOfPairs(pairs, driver, port, slash > 0 || /:1521$/.test(name));
  return toHost(port === undefined || /:\d+$/.test(name) ? name : `${name}:${port}`, {
    form: 'dsn',
    ...(protocol === undefined ? {} : { protocol }),
  });
}

function protocolOfPairs(
  pairs: ReadonlyMap<string, string>,
  driver: string | undefined,
  port: string | undefined,
  isOracle: boolean,
): string | undefined {
  const named = protocolOfProduct(
    `${driver ?? ''} ${pairs.get('driver') ?? ''} ${pairs.get('provider') ?? ''}`,
  );
  if (named !== undefined) return named;
  if (isOracle) return 'oracle';
  const byPort = port === undefined ? undefined : protocolOfPort(Number(port));
  if (byPort !== undefined) return byPort;
  const has = (...keys: string[]): boolean => keys.some((key) => pairs.has(key));
  if (has('virtualhost')) return 'amqp';
  if (
    has(
      'initial catalog',
      'integrated security',
      'trusted_connection',
      'multipleactiveresultsets',
      'trustservercertificate',
      'encrypt',
    )
  )
    return 'mssql';
  if (has('host', 'dbname', 'sslmode') && has('username', 'user', 'user id', 'dbname', 'database'))
    return 'postgresql';
  if (has('uid', 'sslmode', 'charset', 'allowpublickeyretrieval')) return 'mysql';
  return has('server', 'data source') && has('database', 'user id') ? 'mssql' : undefined;
}

interface HostParts {
  readonly form?: ConfiguredAddress['form'];
  readonly protocol?: string;
  readonly wrap?: (hostPort: string) => string;
}

/** `host` or `host:port` as an address; anything that is none gives nothing. */
function toHost(text: string, { form, protocol, wrap }: HostParts): ConfiguredAddress[] {
  const isBare = form === undefined;
  const stripped = isBare
    ? text.replace(/^[^\s@/]{1,100}@/, '').replace(/\/.*$/, '')
    : text.replace(/^[^\s@/]{0,200}@/, '');
  const match = hostPattern.exec(stripped);
  const host = match?.[1]?.toLowerCase();
  if (!match || host === undefined || !/[a-z\ue000-\uf8ff]/.test(host)) {
    if (!match || host === undefined || !/^(?:\d{1,3}\.){3}\d{1,3}$|^\[/.test(host)) return [];
  }
  const port = match[2] !== undefined && /^\d+$/.test(match[2]) ? Number(match[2]) : undefined;
  if (port !== undefined && (port === 0 || port > 65_535)) return [];
  const hostPort = match[2] === undefined ? host : `${host}:${match[2]}`;
  const guessed = protocol ?? (port === undefined ? undefined : protocolOfPort(port));
  return [
    {
      address: wrap ? wrap(hostPort) : hostPort,
      host,
      ...(port === undefined ? {} : { port }),
      ...(guessed === undefined ? {} : { protocol: guessed }),
      form: form ?? (match[2] === undefined ? 'host' : 'host-port'),
    },
  ];
}

/** An address with the text of its own holes where a sibling setting fills them. */
export function withPort(address: ConfiguredAddress, port: string): ConfiguredAddress {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : undefined;
  if (address.port !== undefined || !/^(?:\d{1,5}|\{env:.*\})$/.test(port)) return address;
  const protocol = address.protocol ?? (number === undefined ? undefined : protocolOfPort(number));
  return {
    ...address,
    address: fillHoles(`${address.address}:${port}`, () => undefined),
    ...(number === undefined ? {} : { port: number }),
    ...(protocol === undefined ? {} : { protocol }),
    form: 'host-port',
  };
}
