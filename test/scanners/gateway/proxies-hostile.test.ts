import { describe, expect, test } from 'vitest';
import { toRouteMatcher } from '../../../src/scanners/gateway/proxies/find-route.ts';
import { resolveInclude } from '../../../src/scanners/gateway/proxies/resolve-include.ts';
import fc from '../../fast-check.ts';
import { draw, readConfig, readConfigs } from './proxy-lines.ts';

const samples: Readonly<Record<string, string>> = {
  'nginx.conf':
    'http { upstream u { server a:1; }\n map $host $m { default u; ~x v; }\n server { server_name *.x ~^y$;\n location ~* ^/(a|b)+ { proxy_pass http://$m; }\n location = "/q{" { try_files $uri @n; }\n location @n { fastcgi_pass unix:/s; } } }',
  'a.vhost':
    '<VirtualHost *:80>\nServerName x\n<Location "/l">\nProxyPass http://a\n</Location>\nRewriteCond %{HTTP_HOST} ^x\nRewriteRule ^/(.*)$ http://b/$1 [P]\nProxyPass /b balancer://c\n</VirtualHost>',
  'haproxy.cfg':
    'defaults\n mode http\nfrontend f\n bind :80\n acl a path_beg -i /x\n use_backend b if a or { hdr(host) -m reg ^x } !a\n default_backend b\nbackend b\n server s h:1',
  'dynamic.yml':
    'http:\n  routers:\n    r: {rule: "Host(`x`) && (PathPrefix(`/a`) || !Method(`GET`))", service: s}\n  services:\n    s: {loadBalancer: {servers: [{url: "http://h"}]}}\n',
  'envoy.yaml':
    'static_resources:\n  listeners:\n  - filter_chains: [{filters: [{typed_config: {route_config: {virtual_hosts: [{domains: ["*"], routes: [{match: {safe_regex: {regex: "/a+"}}, route: {cluster: c}}]}]}}}]}]\n  clusters: [{name: c, load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: h, port_value: 1}}}}]}]}}]\n',
  'kong.yaml':
    '_format_version: "3.0"\nservices:\n- name: s\n  url: http://h\n  routes: [{paths: ["~/a+", /b], hosts: ["*.x"], methods: [GET]}]\nconsumers: [{username: u}]\n',
};

const calls = ['', 'x', 'a.x:80', 'y'].flatMap((host) =>
  ['/', '/a/b', '/b', `/${'a'.repeat(500)}`, '', '?', 'http://x/a'].map(
    (path) => [host, path] as const,
  ),
);

/** Reads a text as the file of its product, and asks where calls go. */
function exercise(file: string, text: string): void {
  const { configs } = readConfigs({ [file]: text });
  const match = toRouteMatcher(configs);
  for (const [host, path] of calls) match(host, path, 'GET');
  for (const { unread } of configs) expect(unread.length).toBeLessThan(1_000);
}

describe.each(Object.entries(samples))('%s', (file, text) => {
  test('is read', () => {
    expect(readConfig({ [file]: text }).sites.flatMap(({ routes }) => routes)).not.toEqual([]);
  });

  test('cut, doubled and with signs changed never throws', () => {
    const sign = fc.constantFrom(
      '{',
      '}',
      '"',
      "'",
      '`',
      '\\',
      '(',
      ')',
      '\n',
      ';',
      '<',
      '>',
      '$',
      '\u0000',
      '[',
      ':',
    );
    const change = fc.record({ at: fc.nat(text.length), cut: fc.nat(6), sign });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
        let changed = text;
        for (const { at, cut, sign: put } of changes)
          changed = changed.slice(0, at) + put + changed.slice(at + cut);
        exercise(file, changed);
        exercise(file, text + changed);
      }),
      { numRuns: 300 },
    );
  });
});

test.each<[name: string, file: string, text: string]>([
  ['open quotes', 'nginx.conf', `server { ${'location "/a '.repeat(20_000)}`],
  ['deep blocks', 'nginx.conf', 'location /a {'.repeat(50_000)],
  [
    'many servers',
    'nginx.conf',
    'server { server_name a; location / { proxy_pass http://a; } }\n'.repeat(5_000),
  ],
  [
    'variables that grow',
    'nginx.conf',
    `server { set $a "$a$a$a$a"; location / { proxy_pass http://$a$a; }\n}`,
  ],
  ['deep sections', 'a.conf', '<Location /a>\n'.repeat(30_000)],
  ['open Apache quotes', 'a.conf', `ProxyPass ${'"a '.repeat(50_000)}`],
  ['endless continuation', 'a.conf', `ServerName a\n${'x \\\n'.repeat(50_000)}`],
  [
    'conditions that multiply',
    'haproxy.cfg',
    `defaults\n mode http\nfrontend f\n acl a path /a /b /c /d\n use_backend b if ${'a '.repeat(200)}\n`,
  ],
  [
    'rules that multiply',
    'dynamic.yml',
    `http:\n  routers:\n    r:\n      rule: "${'(Path(`/a`) || Path(`/b`)) && '.repeat(100)}!Path()"\n      service: s\n`,
  ],
  [
    'rules that nest',
    'dynamic.yml',
    `http:\n  routers:\n    r:\n      rule: "${'('.repeat(5_000)}"\n`,
  ],
  [
    'prototype names',
    'kong.yaml',
    '_format_version: "3.0"\nservices:\n- {name: __proto__, host: constructor}\nroutes:\n- {name: toString, paths: [/a], service: __proto__}\n',
  ],
  [
    'aliases that grow',
    'kong.yaml',
    `_format_version: "3.0"\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(9)}]\n`)
      .join('')}services: *h\n`,
  ],
])('%s end soon', (_, file, text) => {
  const started = performance.now();
  exercise(file, text);
  expect(performance.now() - started).toBeLessThan(10_000);
});

test('a file of another kind is named, and broken YAML is told by its line', () => {
  const { configs, unknown } = readConfigs({
    'notes.txt': 'hello\n',
    'pom.xml': 'x',
    'kong.yaml': '_format_version: "3.0"\nservices:\n- name: a\n  host: h\n  host: h\n',
  });
  expect(unknown.map(({ place }) => place.file)).toEqual(['notes.txt', 'pom.xml']);
  expect(configs[0]?.unread[0]?.place).toMatchObject({ file: 'kong.yaml', line: 5 });
});

test('two proxies that disagree give no route', () => {
  const nginx = readConfig({ 'nginx.conf': 'server { location /a { proxy_pass http://one; } }' });
  const kong = readConfig({
    'kong.yml': '_format_version: "3.0"\nservices: [{name: two, host: h, routes: [{paths: [/]}]}]',
  });
  expect(draw([nginx, kong])('/a')).toBe('-');
  expect(draw([nginx, kong])('/b')).toBe('two http://h');
});

test.each<[written: string, found: string[]]>([
  ['/etc/nginx/conf.d/*.conf', ['ops/nginx/conf.d/a.conf', 'ops/nginx/conf.d/b.conf']],
  ['conf.d/a.conf', ['ops/nginx/conf.d/a.conf']],
  ['../nginx/conf.d/[ab].conf', ['ops/nginx/conf.d/a.conf', 'ops/nginx/conf.d/b.conf']],
  ['a.conf', []],
  ['other.conf', ['ops/nginx/other.conf']],
  ['*', ['ops/nginx/other.conf']],
])('include %s', (written, found) => {
  const files = [
    'ops/nginx/nginx.conf',
    'ops/nginx/other.conf',
    'ops/nginx/conf.d/a.conf',
    'ops/nginx/conf.d/b.conf',
    'ops/nginx/conf.d/c.off',
    'else/a.conf',
  ];
  expect(resolveInclude(written, 'ops/nginx/nginx.conf', files)).toEqual(found);
});
