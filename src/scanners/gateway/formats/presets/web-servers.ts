import { line } from './line.ts';
import type { Preset } from './preset.ts';

const common = '{address} {} {user} [{time}] "{request}" {status} {bytes}';
const rest = '[{time}] "{request}" {status} {bytes}| "{}" "{agent}"';
const seen = '"{request}" {status} {bytes} "{}" "{agent}"';
const upstreams = '{+} {+} {+} {+}';

/** nginx and Apache as they log without or with little configuration. */
export const webServers: readonly Preset[] = [
  {
    name: 'common',
    aliases: ['nginx-common', 'apache-common', 'clf'],
    title: 'Common Log Format; more columns may follow',
    formats: [line('common', common, true)],
  },
  {
    name: 'combined',
    aliases: ['nginx-combined', 'apache-combined', 'nginx', 'apache', 'nginx-main'],
    title: 'nginx and Apache combined; more columns may follow (nginx "main")',
    formats: [
      line('combined', `{address} {} {user} ${rest}`, true),
      line('combined with several addresses', `{address+} {} {user} ${rest}`, true),
      line('combined behind a proxy', `"{address}" {} {} {user} ${rest}`, true),
    ],
  },
  {
    name: 'vhost-combined',
    aliases: ['apache-vhost-combined', 'nginx-vhost-combined', 'vcombined', 'vhost'],
    title: 'the virtual host, with or without port, before the common or combined format',
    formats: [
      line('vhost-combined', `{host} {address+} {} {user} ${rest}`, true),
      line('vhost-combined, quoted addresses', `{host} "{address}" {} {} {user} ${rest}`, true),
      line('vhost-combined behind a proxy', `{host} {address+} {} {} {user} ${rest}`, true),
    ],
  },
  {
    name: 'apache-ssl-request',
    title: 'Apache ssl_request_log',
    formats: [line('apache-ssl-request', '[{time}] {address} {} {} "{request}" {bytes}')],
  },
  {
    name: 'ingress-nginx',
    aliases: ['nginx-ingress', 'kubernetes-ingress'],
    title: 'Ingress NGINX controller of Kubernetes',
    formats: [
      line(
        'ingress-nginx',
        `{address} - {user} [{time}] ${seen} {} {duration:s} [{upstream}] [{}] ${upstreams} {request-id}`,
      ),
      line(
        'ingress-nginx before 0.23',
        `{address} - [{}] - {user} [{time}] ${seen} {} {duration:s} [{upstream}] ${upstreams}| {request-id}`,
      ),
      line(
        'ingress-nginx before 0.30',
        `{address} - [{}] - {user} [{time}] ${seen} {} {duration:s} [{upstream}] [{}] ${upstreams} {request-id}`,
      ),
    ],
  },
  {
    name: 'nginx-proxy-manager',
    title: 'Nginx Proxy Manager, proxied hosts and the default host',
    formats: [
      line(
        'nginx-proxy-manager',
        '[{time}] {} {+} {status} - {method} {} {host} "{path}" [Client {address}] [Length {bytes}] [Gzip {}] [Sent-to {upstream}] "{agent}" "{}"',
      ),
      line(
        'nginx-proxy-manager standard',
        '[{time}] {status} - {method} {} {host} "{path}" [Client {address}] [Length {bytes}] [Gzip {}] "{agent}" "{}"',
      ),
    ],
  },
];
