import type { Field, LogFormat } from '../../log-format.ts';
import { line } from './line.ts';
import type { Preset } from './preset.ts';

const json = (name: string, fields: Readonly<Record<string, Field>>): LogFormat => ({
  kind: 'json',
  name,
  fields,
});

const start = '[{time}] "{method} {path} {}" {status} {}';
const call = '{} {bytes} {duration:ms} {}';
const asked = '"{agent}" "{request-id}" "{host}"';
const hop = '{upstream} {} {} {address}';

const haproxyStart = '{address} [{time}] {} {upstream}/{}';
// Captured headers in braces, where there are any, belong to the field before the request.
const haproxyHttp = `${haproxyStart} {}/{}/{}/{}/{duration:ms} {status} {bytes} {} {} {} {}/{}/{}/{}/{} {}/{}"{request}"`;

const envoyJson: Readonly<Record<string, Field>> = {
  start_time: { role: 'time' },
  method: { role: 'method' },
  path: { role: 'path' },
  response_code: { role: 'status' },
  bytes_sent: { role: 'bytes' },
  duration: { role: 'duration', unit: 'ms' },
  user_agent: { role: 'agent' },
  request_id: { role: 'request-id' },
  authority: { role: 'host' },
  x_forwarded_client_cert: { role: 'certificate' },
};

/** Proxies and service meshes. */
export const proxies: readonly Preset[] = [
  {
    name: 'envoy',
    aliases: ['envoy-text', 'envoy-default'],
    title: 'Envoy, default text format',
    formats: [line('envoy', `${start} ${call} "{address}" ${asked} "{upstream}"`)],
  },
  {
    name: 'istio',
    aliases: ['istio-text', 'istio-default'],
    title: 'Istio, default text format, sidecars and gateways',
    formats: [
      line('istio', `${start} {} {} "{}" ${call} "{}" ${asked} "{}" ${hop} {}| {}`, true),
      line('istio before 1.6', `${start} "{}" "{}" ${call} "{}" ${asked} "{}" ${hop} {}| {}`, true),
      line('istio before 1.4', `${start} "{}" ${call} "{}" ${asked} "{}" ${hop} {}| {}`, true),
    ],
  },
  {
    name: 'envoy-json',
    aliases: ['istio-json', 'envoy-gateway'],
    title: 'Istio and Envoy Gateway, default JSON; Envoy JSON with the same keys',
    formats: [
      json('istio-json', {
        ...envoyJson,
        upstream_cluster: { role: 'upstream' },
        downstream_remote_address: { role: 'address' },
      }),
      json('envoy-json', {
        ...envoyJson,
        upstream_host: { role: 'upstream' },
        x_forwarded_for: { role: 'address' },
      }),
      json('envoy-gateway', {
        start_time: { role: 'time' },
        method: { role: 'method' },
        'x-envoy-origin-path': { role: 'path' },
        response_code: { role: 'status' },
        bytes_sent: { role: 'bytes' },
        duration: { role: 'duration', unit: 'ms' },
        'user-agent': { role: 'agent' },
        'x-request-id': { role: 'request-id' },
        ':authority': { role: 'host' },
        upstream_cluster: { role: 'upstream' },
        downstream_remote_address: { role: 'address' },
      }),
    ],
  },
  {
    name: 'traefik',
    aliases: ['traefik-clf', 'traefikclf'],
    title: 'Traefik, Common Log Format',
    formats: [
      line(
        'traefik',
        '{address} - {user} [{time}] "{request}" {status} {bytes} "{}" "{agent}" {} "{route}" "{upstream}" {duration:ms}',
      ),
    ],
  },
  {
    name: 'traefik-json',
    title: 'Traefik, JSON',
    formats: [
      json('traefik-json', {
        StartUTC: { role: 'time' },
        ClientHost: { role: 'address' },
        ClientUsername: { role: 'user' },
        'request_User-Agent': { role: 'agent' },
        ServiceName: { role: 'service' },
        RouterName: { role: 'route' },
        ServiceAddr: { role: 'upstream' },
        RequestHost: { role: 'host' },
        RequestMethod: { role: 'method' },
        RequestPath: { role: 'path' },
        DownstreamStatus: { role: 'status' },
        DownstreamContentSize: { role: 'bytes' },
        Duration: { role: 'duration', unit: 'ns' },
        'request_X-Request-Id': { role: 'request-id' },
      }),
      json('traefik-json version 1', {
        StartUTC: { role: 'time' },
        ClientHost: { role: 'address' },
        ClientUsername: { role: 'user' },
        'request_User-Agent': { role: 'agent' },
        BackendName: { role: 'service' },
        FrontendName: { role: 'route' },
        BackendAddr: { role: 'upstream' },
        RequestHost: { role: 'host' },
        RequestMethod: { role: 'method' },
        RequestPath: { role: 'path' },
        DownstreamStatus: { role: 'status' },
        DownstreamContentSize: { role: 'bytes' },
        Duration: { role: 'duration', unit: 'ns' },
      }),
    ],
  },
  {
    name: 'haproxy-http',
    aliases: ['haproxy', 'haproxy-httplog', 'httplog'],
    title: 'HAProxy "option httplog" and "httpslog", captured headers or not',
    formats: [
      line('haproxy-http', haproxyHttp, true),
      line('haproxy-https', `${haproxyHttp} {}/{}/{}/{}/{} {host}/{}/{}`, true),
    ],
  },
  {
    name: 'haproxy-tcp',
    aliases: ['haproxy-tcplog', 'tcplog'],
    title: 'HAProxy "option tcplog"',
    formats: [
      line('haproxy-tcp', `${haproxyStart} {}/{}/{duration:ms} {bytes} {} {}/{}/{}/{}/{} {}/{}`),
    ],
  },
  {
    name: 'caddy',
    title: 'Caddy, JSON',
    formats: [
      json('caddy', {
        ts: { role: 'time' },
        // A line names both; behind trusted proxies the second is the client.
        'request.remote_ip': { role: 'address' },
        'request.client_ip': { role: 'address' },
        'request.tls.client_common_name': { role: 'certificate' },
        user_id: { role: 'user' },
        'request.headers.User-Agent.0': { role: 'agent' },
        'request.headers.X-Request-Id.0': { role: 'request-id' },
        'request.host': { role: 'host' },
        'request.method': { role: 'method' },
        'request.uri': { role: 'path' },
        status: { role: 'status' },
        size: { role: 'bytes' },
        duration: { role: 'duration', unit: 's' },
      }),
      json('caddy before 2.5', {
        ts: { role: 'time' },
        'request.remote_addr': { role: 'address' },
        'request.tls.client_common_name': { role: 'certificate' },
        user_id: { role: 'user' },
        'request.headers.User-Agent.0': { role: 'agent' },
        'request.headers.X-Request-Id.0': { role: 'request-id' },
        'request.host': { role: 'host' },
        'request.method': { role: 'method' },
        'request.uri': { role: 'path' },
        status: { role: 'status' },
        size: { role: 'bytes' },
        duration: { role: 'duration', unit: 's' },
      }),
    ],
  },
];
