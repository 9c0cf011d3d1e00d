/** One call as a plain reader sees it. Nothing here uses the code that is tested. */
export interface PlainCall {
  readonly caller: string;
  readonly callee: string;
  readonly route: string;
  readonly status: number;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly microseconds: number;
}

/** A line that is a call, one that is read but is none, or `undefined` for dirt. */
export type PlainLine = PlainCall | 'no call' | undefined;

/** Agents of the generated calls, and the product that each names. */
export const agents: Readonly<Record<string, string>> = {
  'curl/8.5.0': '',
  'Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0': '',
  'Go-http-client/2.0': '',
  'orders-sync/1.4 (linux)': 'orders-sync',
  'WmsClient/2.0': 'wmsclient',
  '-': '',
};

function callerOf(identity: string | null | undefined, address: string, agent: string): string {
  if (identity && identity !== '-') return identity;
  const product = agents[agent.replaceAll('+', ' ')];
  return product ? `${address}(${product})` : address;
}

const identifiers = [
  /^\d+$/,
  /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  /^[0-9a-f]{40}$/,
  /^\d{4}-\d\d-\d\d$/,
  /@/,
];

/** The route of a path, for the segments that the generator writes. */
function routeOf(target: string): string {
  const [path = ''] = target.split(/[?#]/);
  const segments = path
    .split('/')
    .map((segment) => segment.replace(/;.*/, ''))
    .filter((segment) => segment !== '')
    .map((segment) => (identifiers.some((look) => look.test(segment)) ? '{id}' : segment));
  return `/${segments.join('/')}`;
}

const text = String.raw`"((?:[^"\\]|\\.)*)"`;
const proxyLine = new RegExp(
  String.raw`^(\S+) - (\S+) \[([^\]]+)\] ${text} (\d{3}) (\d+|-) ${text} ${text} (\S+) (\S+)\s*$`,
);

/** nginx combined with the upstream and the seconds that a call took. */
export function readProxyLine(line: string): PlainLine {
  const match = proxyLine.exec(line);
  if (!match) return undefined;
  const [, address = '', user = '', stamp = '', request = '', status, bytes = ''] = match;
  const [, agent = '', callee = '', seconds] = match.slice(7);
  const target = request.split(' ')[1] ?? '';
  if (!target.startsWith('/')) return 'no call';
  return {
    caller: callerOf(user, address, agent),
    callee,
    route: routeOf(target),
    status: Number(status),
    bytes: bytes === '-' ? 0 : Number(bytes),
    // `10/Oct/2000:13:55:36 -0700` as the e-mail standard writes it.
    time: Date.parse(stamp.replaceAll('/', ' ').replace(':', ' ')),
    microseconds: Math.round(Number(seconds) * 1e6),
  };
}

function parse(line: string): Record<string, never> | undefined {
  try {
    const value = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Istio in JSON. */
export function readIstioLine(line: string): PlainLine {
  const call = parse(line) as Record<string, string | number | null> | undefined;
  if (!call) return undefined;
  if (call['upstream_cluster'] === '-' || !call['upstream_cluster']) return 'no call';
  const address = String(call['downstream_remote_address']).replace(/:\d+$/, '');
  return {
    caller: callerOf(undefined, address, String(call['user_agent'])),
    callee: String(call['upstream_cluster']),
    route: routeOf(String(call['path'])),
    status: Number(call['response_code']),
    bytes: Number(call['bytes_sent']),
    time: Date.parse(String(call['start_time'])),
    microseconds: Number(call['duration']) * 1000,
  };
}

interface KongLine {
  readonly started_at: number;
  readonly client_ip: string;
  readonly consumer?: { readonly username?: string } | null;
  readonly service: { readonly name: string };
  readonly request: { readonly uri: string; readonly headers: { readonly 'user-agent'?: string } };
  readonly response: { readonly status: number; readonly size: number | string };
  readonly latencies: { readonly request: number };
}

/** Kong's file-log. */
export function readKongLine(line: string): PlainLine {
  const call = parse(line) as unknown as KongLine | undefined;
  if (!call) return undefined;
  const { request, response } = call;
  return {
    caller: callerOf(call.consumer?.username, call.client_ip, request.headers['user-agent'] ?? '-'),
    callee: call.service.name,
    route: routeOf(request.uri),
    status: response.status,
    bytes: Number(response.size),
    time: call.started_at,
    microseconds: call.latencies.request * 1000,
  };
}

/** W3C columns; what a `#Fields:` line names is kept between the lines of one log. */
export function w3cReader(): (line: string) => PlainLine | 'directive' {
  let columns: string[] = [];
  return (line) => {
    if (line.startsWith('#Fields:')) columns = line.trim().split(' ').slice(1);
    if (line.startsWith('#')) return 'directive';
    const values = line.trim().split(' ');
    if (values.length !== columns.length) return undefined;
    const value = (name: string): string => values[columns.indexOf(name)] ?? '-';
    const date = Date.parse(`${value('date')}T${value('time')}Z`);
    if (Number.isNaN(date) || !/^\d{3}$/.test(value('sc-status'))) return undefined;
    return {
      caller: callerOf(value('cs-username'), value('c-ip'), value('cs(User-Agent)')),
      callee: value('s-ip'),
      route: routeOf(value('cs-uri-stem')),
      status: Number(value('sc-status')),
      bytes: columns.includes('sc-bytes') ? Number(value('sc-bytes')) : 0,
      time: date,
      microseconds: Number(value('time-taken')) * 1000,
    };
  };
}

/** The figures of one caller, callee and route, by sorting. */
export interface PlainGroup {
  readonly calls: number;
  readonly errors: number;
  readonly serverErrors: number;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
  /** Microseconds, ascending. */
  readonly durations: readonly number[];
}

/** Groups calls by `caller > callee route`. */
export function group(calls: readonly PlainCall[]): Map<string, PlainGroup> {
  const groups = new Map<string, PlainCall[]>();
  for (const call of calls) {
    const key = `${call.caller} > ${call.callee} ${call.route}`;
    groups.set(key, [...(groups.get(key) ?? []), call]);
  }
  return new Map(
    [...groups].map(([key, all]) => [
      key,
      {
        calls: all.length,
        errors: all.filter(({ status }) => status >= 400 && status < 600).length,
        serverErrors: all.filter(({ status }) => status >= 500 && status < 600).length,
        bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
        first: Math.min(...all.map(({ time }) => time)),
        last: Math.max(...all.map(({ time }) => time)),
        durations: all.map(({ microseconds }) => microseconds).sort((a, b) => a - b),
      },
    ]),
  );
}

/** The value that a share of all does not exceed (nearest rank). */
export function rank(ascending: readonly number[], share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}
