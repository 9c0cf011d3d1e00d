import fc from '../../fast-check.ts';
import { agents } from './plain-reader.ts';

/** What a generated call says, whatever the format. */
export interface Call {
  readonly user: string;
  readonly address: string;
  readonly agent: string;
  readonly service: string;
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: string;
  readonly status: number;
  readonly bytes: number;
  /** Seconds since 1970, and milliseconds beside. */
  readonly second: number;
  readonly millisecond: number;
  readonly zone: number;
  readonly milliseconds: number;
}

const hex = fc.stringMatching(/^[0-9a-f]{39}\d$/);
const segment = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('orders', 'v1', 'api', 'stock', 'ünï', 'a%2Fb', 'x.json'),
  },
  fc.nat(99_999_999).map(String),
  fc.uuid(),
  hex,
  fc.nat(40_000).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
  fc.constantFrom('ann@example.org', 'cart;jsessionid=1A2B'),
);

const instances = fc.record<Call>({
  user: fc.constantFrom('-', '-', 'shop', 'erp', 'crm-7'),
  address: fc.oneof(
    fc.tuple(fc.nat(3), fc.nat(3)).map(([a, b]) => `10.0.${a}.${b}`),
    fc.constantFrom('2001:db8::7', '::1'),
  ),
  agent: fc.constantFrom(...Object.keys(agents)),
  service: fc.constantFrom('orders.internal', 'stock.internal:8080', 'pay'),
  method: fc.constantFrom('GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS'),
  segments: fc.array(segment, { maxLength: 5 }),
  query: fc.constantFrom('', '', '?page=2', '?q="\\', '#top'),
  status: fc.constantFrom(200, 201, 304, 399, 400, 404, 499, 500, 503, 599),
  bytes: fc.nat(5_000_000),
  second: fc.integer({ min: 100_000_000, max: 4_102_444_799 }),
  millisecond: fc.nat(999),
  zone: fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => 15 * quarters),
  milliseconds: fc.oneof(fc.nat(50), fc.nat(100_000)),
});

/** Calls; few enough callers and paths that groups hold several. */
export const calls = fc.array(instances, { maxLength: 60 });

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const two = (value: number): string => String(value).padStart(2, '0');

/** `10/Oct/2000:13:55:36 -0700`. @param zone minutes east of UTC */
export function clfTime(second: number, zone: number): string {
  const date = new Date((second + 60 * zone) * 1000);
  const day = `${two(date.getUTCDate())}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  const offset = `${zone < 0 ? '-' : '+'}${two(Math.floor(Math.abs(zone) / 60))}${two(Math.abs(zone) % 60)}`;
  return `${day}:${date.toISOString().slice(11, 19)} ${offset}`;
}

function pathOf({ segments }: Call): string {
  return `/${segments.join('/')}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

/** nginx combined with the upstream and the seconds that a call took. */
export function toProxyLine(call: Call): string {
  const request = `${call.method} ${pathOf(call)}${escaped(call.query)} HTTP/1.1`;
  const seconds = (call.milliseconds / 1000).toFixed(3);
  return `${call.address} - ${call.user} [${clfTime(call.second, call.zone)}] "${request}" ${call.status} ${call.bytes} "-" "${escaped(call.agent)}" ${call.service} ${seconds}`;
}

const iso = ({ second, millisecond }: Call): string =>
  new Date(1000 * second + millisecond).toISOString();

/** Istio in JSON; `pay` is answered by the proxy itself. */
export function toIstioLine(call: Call): string {
  const { address, agent, bytes, method, service, status } = call;
  return JSON.stringify({
    authority: 'shop.example',
    bytes_received: 17,
    bytes_sent: bytes,
    downstream_remote_address: `${address.includes(':') ? '10.9.9.9' : address}:${1024 + (bytes % 60_000)}`,
    duration: call.milliseconds,
    method,
    path: `${pathOf(call)}${call.query}`,
    request_id: `5f0c-${bytes}`,
    response_code: status,
    response_flags: '-',
    start_time: iso(call),
    upstream_cluster: service === 'pay' ? '-' : `outbound|8080||${service}`,
    user_agent: agent,
    x_forwarded_for: null,
  });
}

/** Kong's file-log: keys in two orders, blanks, escapes that JSON allows and nobody needs. */
export function toKongLine(call: Call): string {
  const { address, agent, bytes, method, service, status, user } = call;
  const parts = [
    { started_at: 1000 * call.second + call.millisecond },
    { client_ip: address, tries: [{ ip: '10.7.7.7', port: 80, state: '}{' }], tags: [] },
    user === '-'
      ? bytes % 2 === 0
        ? { consumer: null }
        : {}
      : { consumer: { id: '9', username: user } },
    { service: { host: 'h', id: '"}', name: service }, route: { name: 'r' } },
    {
      request: {
        headers: { 'user-agent': agent, host: 'shop.example', cookie: '{"a":"\\"}' },
        method,
        uri: `${pathOf(call)}${call.query}`,
      },
    },
    {
      response: {
        headers: { a: ['x', { b: 1 }] },
        size: bytes % 3 === 0 ? String(bytes) : bytes,
        status,
      },
    },
    { latencies: { kong: 1, proxy: 3, request: call.milliseconds } },
  ];
  const line = JSON.stringify(Object.assign({}, ...(bytes % 5 === 0 ? parts.reverse() : parts)));
  const slashed = bytes % 7 === 0 ? line.replaceAll('/', '\\/') : line;
  return bytes % 4 === 0
    ? slashed.replaceAll('ü', '\\u00fc').replaceAll(/(\w)":/g, '$1" : ')
    : slashed;
}

const columns =
  'date time s-ip cs-method cs-uri-stem cs-uri-query cs-username c-ip cs(User-Agent) sc-status time-taken';

/** IIS, whose columns change where `changes` says so. */
export function toW3cLog(all: readonly Call[], changes: (index: number) => boolean): string[] {
  let wide = false;
  return [
    '#Software: Microsoft Internet Information Services 10.0',
    `#Fields: ${columns}`,
    ...all.flatMap((call, index) => {
      const header: string[] = [];
      if (changes(index)) {
        wide = !wide;
        header.push(`#Fields: ${wide ? `${columns} sc-bytes` : columns}`);
      }
      const [day = '', clock = ''] = iso(call).slice(0, 19).split('T');
      const values = [
        day,
        clock,
        '192.0.2.1',
        call.method,
        pathOf(call),
        '-',
        call.user,
        call.address,
      ];
      values.push(call.agent.replaceAll(' ', '+'), String(call.status), String(call.milliseconds));
      return [...header, [...values, ...(wide ? [String(call.bytes)] : [])].join(' ')];
    }),
  ];
}

/** What stands between the lines of a log that programs crash beside. */
export const dirt = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\t ',
    '}',
    '{',
    '"',
    '[',
    'Traceback (most recent call last):',
    '\u0000\u0000',
  ),
  fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[\r\n#{\0]/g, '')),
);

/** Whether a line is blank for every reader. */
export function isBlank(line: string): boolean {
  return line.replaceAll('\0', '').trim() === '' && !/[^\s\0]/.test(line);
}
