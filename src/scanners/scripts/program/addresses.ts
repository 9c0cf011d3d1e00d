import { protocolOfProduct } from '../../../vocabulary/protocol-of-product.ts';
/**
 * `http://erp.example{path}` as `http://erp.example/{path}`: what is joined to a whole host, without
 * a sign in between, begins with a slash.
 */
export function closeHost(text: string): string {
  return dropDomain(text).replace(
    /^((?:[a-z][a-z0-9+.-]*:\/\/)(?:[^/@\s{}]*@)?(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\{env:[^{}]*\})(?::\d+)?)(?=\{(?!env:))/i,
    (whole, host: string) => (/[a-z0-9}]$/i.test(host) ? `${whole}/` : whole),
  );
}

/**
 * `http://orders.{domain}:8080/` as `http://orders:8080/`: the name of a service in a domain that no
 * one tells. `www` and its like are names in any domain.
 */
export function dropDomain(text: string): string {
  return text.replace(
    /^((?:[a-z][a-z0-9+.-]*:\/\/)(?:[^/@\s{}]*@)?(?!(?:www|api|app|apps|auth|login|static|cdn|mail|smtp|ftp|sftp|web|host|server|backend|data|db|id|sso|my)\.)[a-z][a-z0-9_-]*)\.\{(?!env:|import:|name:|param:)[^{}]*\}(?=[:/?]|\{|$)/i,
    '$1',
  );
}

/** `Endpoint=sb://x.servicebus.windows.net/;…`, `AccountName=x;…`, or Oracle's `(ADDRESS=(HOST=a)(PORT=1521))`. */
function hostInParts(text: string): string | undefined {
  const endpoint = /(?:^|;)\s*[a-z]{0,20}endpoint\s*=\s*([a-z]{1,10}:\/\/[^;\s]{1,300})/i.exec(
    text,
  )?.[1];
  if (endpoint) return endpoint;
  const account = /(?:^|;)\s*AccountName\s*=\s*([\w-]{1,80})/i.exec(text)?.[1];
  if (account) {
    const suffix = /(?:^|;)\s*EndpointSuffix\s*=\s*([\w.-]{1,80})/i.exec(text)?.[1];
    return `${account}.${suffix ?? 'core.windows.net'}`;
  }
  const oracle = /\(\s*HOST\s*=\s*([^()\s]{1,200})\s*\)/i.exec(text)?.[1];
  const port = /\(\s*PORT\s*=\s*(\d{1,5})\s*\)/i.exec(text)?.[1];
  return oracle && `${oracle}${port === undefined ? '' : `:${port}`}`;
}

/** The first host of `redis:6379,ssl=true` or `a:9092,b:9092`, or the host of `host=a dbname=b`, `SERVER=tcp:a\\X,1433;…` or `user/password@a:1521/X`; else the text. */
export function hostOfDsn(text: string): string {
  if (/^(?:jdbc:|r2dbc:(?:pool:)?)?[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text;
  const inAzure = hostInParts(text);
  if (inAzure) return inAzure;
  const host =
    /(?:^|[;\s:])(?:host(?:name)?|server|data source|addr(?:ess)?)\s*=\s*'?([^;\s']+)/i.exec(
      text,
    )?.[1];
  // SQL Server writes `.`, `(local)` and `(localdb)` for its own machine.
  if (host && /^(?:\.|\(local(?:db)?\))(?:[\\,]|$)/i.test(host)) return 'localhost';
  if (host) return host.replace(/^tcp:/i, '').replace(/[\\,].*$/, '');
  // `a:9092,b:9092`, and `host\\instance` or `tcp:host,1433` of SQL Server
  const listed = /^(?:tcp:)?([\w.-]{1,200}(?::\d{1,5})?)[,\\]/i.exec(text)?.[1];
  if (listed) return listed;
  // Go's MySQL driver: `user:password@tcp(host:3306)/shop`
  const inside = /(?:^|@)(?:tcp|tcp6)\(([^()\s]{1,200})\)/.exec(text)?.[1];
  if (inside) return inside;
  return /^[^\s@/]{1,100}\/[^\s@]{1,200}@(.+)$/.exec(text)?.[1] ?? text;
}

/** Drivers that are not called by the name of their product. */
const drivers: readonly (readonly [RegExp, string])[] = [
  [/^(?:pg|pq$)/, 'postgresql'],
  [/^(?:dblib|tinytds|azuresql)/, 'mssql'],
  [/^(?:oci|goracle|ora$)/, 'oracle'],
  [/^(?:sqlite|duckdb|h2$)/, 'sqlite'],
];

/** The protocol that a database driver, adapter or scheme speaks: `pgx` → `postgresql`. */
export function protocolOfDriver(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/^(?:jdbc:|pdo[_-])/, '')
    .replace(/[+:].*$/, '');
  const own = drivers.find(([pattern]) => pattern.test(plain))?.[1];
  return own ?? protocolOfProduct(plain) ?? plain;
}

/** The database that a URL or a connection string names on its server. */
export function databaseOfDsn(text: string): string | undefined {
  const named =
    /(?:^|[;\s?&])(?:dbname|database|initial catalog)\s{0,3}=\s{0,3}'?([\w-]{1,100})/i.exec(text);
  const inPath =
    /^(?:jdbc:|r2dbc:)?(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?)(?:\+\w{1,20})?:\/\/[^/?\s]{1,300}\/([\w-]{1,100})(?=[?\s]|$)/i.exec(
      text,
    );
  return (named?.[1] ?? inPath?.[1])?.toLowerCase();
}
