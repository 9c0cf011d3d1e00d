/** What leads to a file, to memory or to the machine itself, and so to no host. */
const local =
  /^(?:jdbc:|r2dbc:)?(?:h2|sqlite3?|hsqldb|derby|duckdb|classpath|memory|unix|urn|data|about|javascript|tel)(?:\+[a-z]+)?:(?!\/\/[^/])|^file:(?!\/\/[^/])|^[a-z]:[\\/]|^jdbc:postgresql:(?!\/\/)|^https?\+unix:/i;

const pairKeys =
  /(?:^|[;\s:(])(?:host(?:name)?|server|data source|addr(?:ess)?|dsn|network address)\s{0,3}=\s{0,3}["']?((?:tcp:|np:|lpc:|admin:)?[^;\s"'()]{1,255})/i;

/**
 * Writes the many spellings of an address as `host:port/path` or as a URL: Oracle's descriptors, key
 * and value pairs of ODBC, ADO.NET, libpq and PDO, `user/password@host`, UNC paths, ARNs, lists of
 * hosts. A text that is none of these comes back as it is; undefined where it leads to no host.
 */
export function openAddress(text: string): string | undefined {
  if (local.test(text)) return undefined;
  if (/^(?:jdbc:|r2dbc:)?[a-z][a-z0-9+.-]*:\/\//i.test(text)) return withoutInstance(text);
  const described = /\(\s{0,9}HOST\s{0,9}=\s{0,9}([^()\s]{1,255})\s{0,9}\)/i.exec(text)?.[1];
  if (described !== undefined) {
    const port = /\(\s{0,9}PORT\s{0,9}=\s{0,9}(\d{1,5})\s{0,9}\)/i.exec(text)?.[1];
    return join(described, port);
  }
  // Six bytes and more in groups of hex digits; `[…]` around it is for ports.
  if (/^(?:[0-9a-f]{0,4}:){2,7}[0-9a-f.]{0,15}$/i.test(text) && isLongAddress(text))
    return `[${text}]`;
  const unc = /^\\\\([\w.-]{1,255})(?:@[\w@]{1,20})?(\\.*)?$/s.exec(text);
  if (unc) return `//${unc[1]}${(unc[2] ?? '').replaceAll('\\', '/').replace(/\s/g, '%20')}`;
  if (text.startsWith('arn:')) return openArn(text);
  return openPairs(text) ?? openLogin(text) ?? openList(text);
}

/** `::1` and eight groups; `a:b:c` are a host and what follows it. */
function isLongAddress(text: string): boolean {
  return text.includes('::') || text.split(':').length === 8;
}

/** `jdbc:sqlserver://db\SHOP:1433;…` names an instance, which is no part of the host. */
function withoutInstance(text: string): string {
  return text.replace(/^([^\\/]{1,60}:\/\/[^\\/;]{1,300})\\[^\\/:;,]{1,60}/, '$1');
}

function join(host: string, port: string | undefined): string {
  return port === undefined ? host : `${host}:${port}`;
}

/** `Server=tcp:db,1433;…`, `host=db port=5432 …`, `DSN=ERP;…`, `Endpoint=sb://…;…`, `AccountName=x;…`. */
function openPairs(text: string): string | undefined {
  if (!text.includes('=')) return undefined;
  const endpoint =
    /(?:^|;)\s{0,3}[a-z]{0,20}endpoint\s{0,3}=\s{0,3}([a-z]{1,10}:\/\/[^;\s]{1,300})/i.exec(text);
  if (endpoint) return endpoint[1];
  const account = /(?:^|;)\s{0,3}AccountName\s{0,3}=\s{0,3}([\w-]{1,80})/i.exec(text)?.[1];
  if (account !== undefined) {
    const suffix = /(?:^|;)\s{0,3}EndpointSuffix\s{0,3}=\s{0,3}([\w.-]{1,80})/i.exec(text)?.[1];
    return `${account}.blob.${suffix ?? 'core.windows.net'}`;
  }
  const server = pairKeys.exec(text)?.[1];
  if (server === undefined) return undefined;
  const port =
    /,\s{0,3}(\d{1,5})$/.exec(server)?.[1] ??
    /(?:^|[;\s])port\s{0,3}=\s{0,3}["']?(\d{1,5})/i.exec(text)?.[1];
  const host = server.replace(/^(?:tcp|np|lpc|admin):/i, '').replace(/[\\,].*$/s, '');
  return /:\d{1,5}$/.test(host) ? host : join(host, port);
}

/** `user/password@host:1521/X`, `user:password@tcp(host:3306)/shop`, `@//host/X`. */
function openLogin(text: string): string | undefined {
  const inside = /(?:^|@)(?:tcp|tcp6)\(([^()\s]{1,300})\)/i.exec(text)?.[1];
  if (inside !== undefined) return inside;
  return /^(?:jdbc:oracle:[a-z0-9]{1,10}:)?(?:[^\s@/]{1,100}\/[^\s@]{1,200})?@(?:\/\/)?(\S{1,500})$/i.exec(
    text,
  )?.[1];
}

/** The first host of `a:9092,b:9092`, `cache:6379,ssl=true`, `db,1433`, `db\SQLEXPRESS`. */
function openList(text: string): string {
  const host = text.replace(/^tcp:/i, '');
  const port = /^([\w.-]{1,255}),\s?(\d{1,5})$/.exec(host);
  if (port) return join(port[1] ?? '', port[2]);
  return /^([\w.-]{1,255}(?::\d{1,5})?)[,;\\](?!\s)\S/.exec(host)?.[1] ?? host;
}

/** `arn:aws:sqs:eu-north-1:123456789012:orders`; a bucket is its own host, as in `s3://bucket`. */
function openArn(text: string): string | undefined {
  const [, partition, service = '', region = '', , ...rest] = text.split(':');
  const resource = rest.join('/');
  if (service === 's3') return resource === '' ? undefined : `s3://${resource}`;
  if (!/^[a-z0-9-]{1,40}$/.test(service) || !/^[a-z0-9-]{0,30}$/.test(region)) return undefined;
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${[service, ...(region === '' ? [] : [region]), domain].join('.')}/${resource}`;
}
