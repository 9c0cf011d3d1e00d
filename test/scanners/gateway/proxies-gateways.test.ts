import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { toServiceFinder } from '../../../src/scanners/gateway/proxies/find-route.ts';
import { draw, readConfig } from './proxy-lines.ts';

describe('Traefik', () => {
  const config = readConfig({
    'traefik.yml': `entryPoints:
  web: {address: ":80", http: {redirections: {entryPoint: {to: websecure}}}}
  websecure: {address: ":443"}
  admin: {address: ":9000/tcp"}
accessLog: {filePath: /var/log/t.log, format: json}
`,
    'dynamic/api.toml': `[http.routers.a]
rule = "Host(\`a.example\`) && PathPrefix(\`/api\`)"
service = "api"
entryPoints = ["websecure"]
[http.routers.b]
rule = "Host(\`a.example\`)"
service = "front@docker"
[http.routers.low]
rule = "PathPrefix(\`/api\`) || Path(\`/only\`)"
service = "group"
priority = 1
[http.routers.most]
rule = "PathPrefix(\`/most\`) && !(PathPrefix(\`/most/not\`) || Method(\`PUT\`))"
service = "api"
[http.routers.dash]
rule = "PathPrefix(\`/dashboard\`)"
service = "api@internal"
[http.routers.odd]
rule = "Nothing("
service = "api"
[http.services.api.loadBalancer]
[[http.services.api.loadBalancer.servers]]
url = "http://u:s3cret@api:8080"
[[http.services.group.weighted.services]]
name = "api"
weight = 3
`,
    'docker-compose.yml': `services:
  front:
    image: x
    labels:
      - traefik.enable=true
      - "traefik.http.routers.f.rule=Host(\`f.example\`) || HostRegexp(\`{s:[a-z]+}.f.example\`)"
      - traefik.http.services.Front.loadbalancer.server.port=3000
  shop:
    image: y
    labels:
      traefik.http.routers.s.rule: "Host(\`\${SHOP:-shop.example}\`) && (Method(\`POST\`) || Method(\`PUT\`))"
      traefik.http.routers.s2.rule: "Host(\`shop.example\`) && Path(\`/x/{id:[0-9]+}\`)"
      traefik.http.routers.s3.rule: "Host(\`shop.example\`) && PathPrefix(\`/h\`) && !Header(\`a\`, \`b\`)"
      traefik.http.routers.s3.service: "front"
      traefik.http.routers.s4.rule: "Host(\`shop.example\`) && PathPrefix(\`/\`)"
  moved:
    image: z
    labels:
      traefik.http.middlewares.go.redirectscheme.scheme: https
      traefik.http.routers.m.rule: Host(\`moved.example\`)
      traefik.http.routers.m.middlewares: go
`,
  });
  const where = draw([config]);

  test.each<[call: string, where: string]>([
    ['a.example:443/api/x', 'api http://api:8080'],
    ['a.example/', 'front http://front:3000'],
    ['x.example/api', 'group http://api:8080'],
    ['x.example/only', 'group http://api:8080'],
    ['x.example/only/', '-'],
    ['x.example/dashboard/', 'itself'],
    ['GET x.example/most/a', 'api http://api:8080'],
    ['GET x.example/most/not', '-'],
    ['PUT x.example/most/a', '-'],
    ['f.example/', 'front http://front:3000'],
    ['abc.f.example/', 'front http://front:3000'],
    ['a1.f.example/', '-'],
    ['POST shop.example/y', 'shop http://shop'],
    ['shop.example/x/12', 'shop http://shop'],
    // A header decides between two services.
    ['GET shop.example/h', '-'],
    ['moved.example/', 'itself'],
  ])('%s → %s', (call, expected) => {
    expect(where(call)).toBe(expected);
  });

  test('the name of a log finds its service, with its provider and in any case', () => {
    const find = toServiceFinder([config]);
    expect(find('Front@docker')?.targets).toEqual(['http://front:3000']);
    expect(find('front')?.targets).toEqual(['http://front:3000']);
    expect(find('nobody@docker')).toBeUndefined();
  });

  test('logs, what was not understood, and no secret', () => {
    expect(config.logs).toMatchObject([{ file: '/var/log/t.log', format: 'json' }]);
    expect(config.sites.map(({ ports }) => ports)).toEqual([[443], [9000]]);
    expect(config.unread).toMatchObject([{ place: { file: 'dynamic/api.toml', line: 19 } }]);
    expect(config.unread[0]?.reason).toContain('"odd"');
    expect(JSON.stringify(config)).not.toContain('s3cret');
  });
});

describe('Envoy', () => {
  const config = readConfig({
    'envoy.yaml': `static_resources:
  listeners:
  - address: {socket_address: {address: 0.0.0.0, port_value: 8080}}
    filter_chains:
    - filters:
      - name: http
        typed_config:
          access_log:
          - typed_config: {"@type": type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog, path: /dev/stdout, log_format: {json_format: {path: "%REQ(:PATH)%"}}}
          - typed_config: {"@type": type.googleapis.com/envoy.extensions.access_loggers.stream.v3.StdoutAccessLog}
          route_config:
            virtual_hosts:
            - name: a
              domains: ["a.example", "*.a.example:8080"]
              routes:
              - match: {prefix: /api, headers: [{name: ":method", string_match: {exact: POST}}]}
                route: {cluster: posts}
              - match: {safe_regex: {regex: "/o/\\\\d+"}}
                name: by-number
                route: {cluster: orders}
              - match: {prefix: /canary}
                route: {weighted_clusters: {clusters: [{name: orders, weight: 90}, {name: posts, weight: 10}]}}
              - match: {path: /exact, case_sensitive: false}
                route: {cluster: orders}
              - match: {prefix: /vip, headers: [{name: x-vip, present_match: true}]}
                route: {cluster: orders}
              - match: {prefix: /}
                redirect: {https_redirect: true}
            - name: b
              domains: ["*.b.a.example"]
              routes: [{match: {prefix: /}, route: {cluster: posts}}]
            - name: any
              domains: ["*"]
              routes:
              - match: {path_separated_prefix: /x}
                route: {cluster_header: h}
  clusters:
  - name: orders
    load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: "fd00::1", port_value: 80}}}}]}]}
  - name: posts
    transport_socket: {name: envoy.transport_sockets.tls}
    load_assignment: {endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: posts, port_value: 443}}}}]}]}
`,
  });

  test.each<[call: string, where: string]>([
    ['POST a.example/api/1', 'posts https://posts:443'],
    ['GET a.example/api/1', 'itself'],
    ['x.a.example/o/12', 'orders http://[fd00::1]:80'],
    // A regex is for the whole path.
    ['x.a.example/o/12x', 'itself'],
    ['a.example/canary', '-'],
    ['a.example/EXACT', 'orders http://[fd00::1]:80'],
    ['a.example/vip', '-'],
    // The longest suffix counts, wherever it stands.
    ['x.b.a.example/', 'posts https://posts:443'],
    ['other/x/1', 'unknown'],
    ['other/xy', '-'],
  ])('%s → %s', (call, expected) => {
    expect(draw([config])(call)).toBe(expected);
  });

  test('logs and their formats', () => {
    expect(config.logFormats).toMatchObject([{ format: '{"path":"%REQ(:PATH)%"}' }]);
    expect(config.logs.map(({ file, format }) => `${file} ${format}`)).toEqual([
      '/dev/stdout access log 1',
      'stdout default',
    ]);
  });

  test('a dump in camel case', () => {
    const dump = {
      configs: [
        {
          '@type': 'type.googleapis.com/envoy.admin.v3.ClustersConfigDump',
          dynamicActiveClusters: [
            {
              cluster: {
                name: 'c',
                connectTimeout: '1s',
                loadAssignment: {
                  endpoints: [
                    {
                      lbEndpoints: [
                        {
                          endpoint: { address: { socketAddress: { address: 'h', portValue: 81 } } },
                        },
                      ],
                    },
                  ],
                },
              },
            },
          ],
        },
        {
          dynamicRouteConfigs: [
            {
              routeConfig: {
                virtualHosts: [
                  { domains: ['*'], routes: [{ match: { prefix: '/' }, route: { cluster: 'c' } }] },
                ],
              },
            },
          ],
        },
      ],
    };
    expect(draw([readConfig({ 'dump.json': JSON.stringify(dump) })])('/x')).toBe('c http://h:81');
  });
});

describe('Kong', () => {
  const config = readConfig({
    'kong.yml': `_format_version: "3.0"
services:
- name: orders
  id: 11111111-2222-3333-4444-555555555555
  host: orders.up
  protocol: http
  path: /v1
  routes:
  - {name: o, paths: [/orders, '~/o/\\d+$', '~/orders/special']}
  - {name: oh, hosts: ['*.example.com'], paths: [/orders]}
- name: wms
  url: https://user:s3cret@wms:8443/x?key=abc
  routes:
  - {name: w, hosts: [wms.example.com]}
  - {name: wp, paths: [/orders], methods: [POST]}
  - {name: wh, paths: [/h], headers: {x: [a]}}
  - {name: long, paths: [/orders/special/long]}
- name: env
  host: \${{ env "DECK_HOST" }}
  port: 8080
routes:
- {name: top, paths: [/h], service: {name: orders}}
- {name: env, paths: [/env], service: {name: env}}
- {name: none, paths: [/none]}
- {name: ex, expression: 'http.path == "/x"'}
upstreams:
- name: orders.up
  targets: [{target: "10.0.0.1:80"}, {target: "10.0.0.2:80"}]
consumers:
- username: erp
  custom_id: "42"
  keyauth_credentials: [{key: topsecret}]
  basicauth_credentials: [{username: erp, password: topsecret}]
plugins:
- {name: file-log, config: {path: /var/log/kong.log}}
`,
  });
  const orders = 'orders http://10.0.0.1:80/v1 http://10.0.0.2:80/v1';
  const wms = 'wms https://wms:8443/x';

  test.each<[call: string, where: string]>([
    ['GET q/orders/1', orders],
    // More kinds of things asked for count more, then a host more than a method.
    ['POST q/orders/1', wms],
    ['POST a.example.com/orders/1', orders],
    ['wms.example.com/zzz', wms],
    ['GET q/o/12', orders],
    ['GET q/o/12/3', '-'],
    // A regex before prefixes of any length.
    ['GET q/orders/special/long', orders],
    ['q/h', '-'],
    ['q/env/x', 'env http://{env:DECK_HOST}:8080'],
    ['q/none', 'itself'],
  ])('%s → %s', (call, expected) => {
    expect(draw([config])(call)).toBe(expected);
  });

  test('an API gateway, with its consumers, services by id, and its log', () => {
    expect(config.intermediary).toBe('api-gateway');
    expect(config.consumers).toMatchObject([{ name: 'erp', ids: ['42'] }]);
    const find = toServiceFinder([config]);
    expect(find('11111111-2222-3333-4444-555555555555')?.name).toBe('orders');
    expect(config.logs).toMatchObject([{ file: '/var/log/kong.log', format: 'file-log' }]);
    expect(config.unread).toMatchObject([{ place: { line: 25 } }]);
  });

  test('no secret is kept', () => {
    expect(JSON.stringify(config)).not.toMatch(/topsecret|s3cret|key=abc/);
  });

  test('before version 3 a regex has no mark', () => {
    const text = (version: string): string =>
      `_format_version: "${version}"\nservices: [{name: s, host: h, routes: [{paths: ['/u/\\d+']}]}]`;
    expect(draw([readConfig({ 'k.yaml': text('1.1') })])('/u/12')).toBe('s http://h');
    expect(draw([readConfig({ 'k.yaml': text('3.0') })])('/u/12')).toBe('-');
  });

  describe('configurations of other people', () => {
    const folder = 'test/fixtures/proxies/kong-deck';
    const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
    const rows: { file: string; service: string; address: string; path: string }[] = parse(
      readFileSync(`${folder}/expected.csv`, 'utf8'),
      { columns: true },
    );

    test('nothing is left out of the comparison', () => {
      expect(files).toHaveLength(12);
      expect(rows).toHaveLength(10);
    });

    test.each(files)('%s: services, addresses and paths', (file) => {
      const { services, sites } = readConfig({
        [file]: readFileSync(`${folder}/${file}`, 'utf8'),
      });
      const expected = rows.filter((row) => row.file === file);
      // A service without a name is shown by its id; a port that is not written is left out.
      expect(services.map(({ targets }) => targets)).toEqual(
        expected.map(({ address }) => [address.replace(/:(?=$|\/[^/])/, '')]),
      );
      for (const { service, path } of expected) {
        if (service !== '') expect(services.map(({ name }) => name)).toContain(service);
        const prefixes = sites.flatMap(({ routes }) => routes.map(({ prefix }) => prefix));
        if (path !== '') expect(prefixes).toContain(path);
      }
    });

    test('consumers by name, or by their other id', () => {
      const text = readFileSync(`${folder}/024-consumers.yaml`, 'utf8');
      expect(
        readConfig({ 'k.yaml': text }).consumers.map(({ name, ids }) => [name, ids[0]]),
      ).toEqual([
        ['Foo', 'foo'],
        ['foo', 'bar'],
        ['custom_id_only', '18c62c3c-12cc-429a-8e5a-57f2c3691a6b'],
        ['username_only', '8ef278c9-48c1-43e1-b665-e9bc18fab4c8'],
      ]);
    });
  });
});
