import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
import type { Style } from '../../../vocabulary.ts';

/** The other end of a connection, as far as its address goes. */
export interface End {
  /** An address that `toAddressReference` reads; may hold holes. */
  readonly address: string;
  readonly protocol: string;
  readonly style: Style;
  /** Path of a file on a share or in a bucket. */
  readonly resource?: string;
}

const schemeNames: Readonly<Record<string, string>> = {
  postgres: 'postgresql',
  sqlserver: 'mssql',
  s3a: 's3',
  s3n: 's3',
  s3compat: 's3',
  s3gov: 's3',
  gcs: 'gs',
  wasb: 'wasbs',
  azure: 'https',
};
const defaultPorts: Readonly<Record<string, string>> = {
  postgresql: '5432',
  oracle: '1521',
  mssql: '1433',
  mysql: '3306',
};
const fileSchemes = /^(?:s3|gs|abfss?|wasbs|adls?|hdfs|ftps?|sftp|smb|oci)$/;
const webSchemes = /^https?$/;
const messageSchemes = /^(?:tcp|kafka|amqps?|mqtts?)$/;

/**
 * What a text that names another place stands for: a URL, a share, a description, a list of
 * `key=value`, or a bare host. A file of the database's own host is no other end.
 * @param protocol what the client speaks where the text does not say
 */
export function toEnd(text: string, protocol: string): End | undefined {
  // MySQL doubles each backslash.
  const given = text.trim().replace(/^\\{4}.*/s, (path) => path.replaceAll('\\\\', '\\'));
  const share = /^(?:\\\\|\/\/)([^\\/]{1,255})[\\/](.*)$/.exec(given);
  if (share && given.startsWith('\\\\')) {
    return {
      address: `smb://${share[1]}`,
      protocol: 'smb',
      style: 'file',
      resource: (share[2] ?? '').replaceAll('\\', '/'),
    };
  }
  const jdbc = /^jdbc:([a-z0-9]{1,40}):/i.exec(given)?.[1]?.toLowerCase();
  if (jdbc) {
    const named = schemeNames[jdbc] ?? jdbc;
    return {
      address: jdbc === 'oracle' ? oracleHost(given) : given,
      protocol: named,
      style: 'database',
    };
  }
  const scheme = /^([a-z][a-z0-9+.-]{1,30}):\/\//i.exec(given)?.[1]?.toLowerCase();
  if (scheme && scheme !== 'file') return readUrl(given, scheme, protocol);
  if (scheme === 'file' || /^(?:[a-z]:\\|\/|\.{1,2}\/)(?!\/)/i.test(given)) return undefined;
  const address = protocol === 'oracle' ? oracleHost(given) : hostOfSettings(given, protocol);
  return address === '' ? undefined : { address, protocol, style: styleOf(protocol) };
}

function readUrl(given: string, scheme: string, protocol: string): End {
  const named = Object.hasOwn(schemeNames, scheme) ? (schemeNames[scheme] ?? scheme) : scheme;
  // Redshift and Snowflake name tables and hosts by a scheme of their own.
  if (fileSchemes.test(named)) {
    const [, place = '', path = ''] = /^[^:]+:\/\/([^/]*)\/?(.*)$/.exec(given) ?? [];
    const account = /^[^@]+@(.+)$/.exec(place)?.[1];
    return {
      address: `${named}://${account ?? place}`,
      protocol: named,
      style: 'file',
      ...(path === '' ? {} : { resource: path }),
    };
  }
  const address = scheme === 'azure' ? given.replace(/^azure:/i, 'https:') : given;
  if (webSchemes.test(named)) return { address, protocol: named, style: 'request-reply' };
  if (messageSchemes.test(named))
    return { address, protocol: named === 'tcp' ? protocol : named, style: 'event' };
  return { address, protocol: named, style: 'database' };
}

/** How a protocol is used where nothing else says it. */
export function styleOf(protocol: string): Style {
  if (/^https?$|^soap$/.test(protocol)) return 'request-reply';
  if (/^(?:smb|s3|gs|sftp|ftp|file)$/.test(protocol)) return 'file';
  return /^(?:smtp|tcp|kafka|sns|sqs)$/.test(protocol) ? 'event' : 'database';
}

/** The host of `//host:port/service`, `(DESCRIPTION=…(HOST=host)…)`, `host:port/service` or a name of tnsnames.ora. */
export function oracleHost(text: string): string {
  const host = /\bhost\s{0,9}=\s{0,9}([^)\s]{1,300})/i.exec(text)?.[1];
  if (host) return withPort(host, /\bport\s{0,9}=\s{0,9}(\d{1,5})/i.exec(text)?.[1], 'oracle');
  return text
    .replace(/^jdbc:oracle:\w+:/i, '')
    .replace(/^[^\s@/]{0,100}(?:\/[^\s@]{0,200})?@/, '')
    .replace(/^(?:tcps?:)?\/\//i, '');
}

/** The host of `host=a port=1`, `Server=tcp:a,1433;…`, `a\INSTANCE`, `a,1433` or `a:1`. */
function hostOfSettings(text: string, protocol: string): string {
  const key =
    /(?:^|[;\s])(?:hostaddr|host|server|data source|address|addr|network address|hostname|dbq)\s{0,9}=\s{0,9}['"]?([^;'"\s]{1,300})/i;
  const given = key.exec(text)?.[1];
  const port = /(?:^|[;\s])port\s{0,9}=\s{0,9}['"]?(\d{1,5})/i.exec(text)?.[1];
  if (given !== undefined) {
    // Each of several hosts serves; the first stands for all.
    const [host = '', instancePort] = given.replace(/^(?:tcp|np|lpc|admin):/i, '').split(',');
    const isPort = /^\d{1,5}$/.test(instancePort ?? '');
    return withPort(
      host.replace(/\\.*$/, ''),
      port ?? (isPort ? instancePort : undefined),
      protocol,
    );
  }
  if (/[=;]/.test(text.replace(/\{[^{}]*\}/g, ''))) return '';
  const [host = '', instancePort] = text.replace(/^(?:tcp|np|lpc|admin):/i, '').split(',');
  return withPort(host.replace(/\\.*$/, '').trim(), instancePort?.trim(), protocol);
}

/** Joins host and port; the port that everyone uses goes without saying. */
export function withPort(host: string, port: string | undefined, protocol: string): string {
  return port === undefined || !/^\d{1,5}$/.test(port) || defaultPorts[protocol] === port
    ? host
    : `${host}:${port}`;
}

/** What a foreign data wrapper speaks; the ones for local files speak nothing. */
export function protocolOfWrapper(wrapper: string): string | undefined {
  const name = wrapper.toLowerCase().replace(/_?fdw.*$/, '');
  if (name === 'file' || name === 'multicorn_file') return undefined;
  const known: Readonly<Record<string, string>> = {
    dblink: 'postgresql',
    tds: 'mssql',
    ogr: 'database',
  };
  return (
    (Object.hasOwn(known, name) ? known[name] : protocolOfProduct(name)) ?? (name || 'database')
  );
}

/** What a linked server's provider speaks. */
export function protocolOfProvider(provider: string): string {
  if (/^(?:oraoledb|msdaora)/i.test(provider)) return 'oracle';
  if (/^msdasql/i.test(provider)) return 'odbc';
  if (/^(?:microsoft\.(?:ace|jet))/i.test(provider)) return 'file';
  if (/^adsdsoobject/i.test(provider)) return 'ldap';
  if (/^db2oledb|^ibmda/i.test(provider)) return 'db2';
  return 'mssql';
}
