import { describe, expect, test } from 'vitest';
import { drawConfigured, drawNames, drawSettings } from './settings-lines.ts';

describe('nginx', () => {
  const text = `# proxy_pass http://old;
upstream api {
  least_conn;
  server orders:8080 weight=3;
  server orders2:8080 backup;
}
server {
  listen 80;
  server_name shop.acme.example;
  set $catalog "http://catalog:80";
  location /api/ { proxy_pass http://api/v1/; }
  location = /catalog { proxy_pass $catalog$request_uri; }
  location ~ ^/wms/(.*)$ {
    proxy_pass https://\${WMS_HOST}:8443/$1;
  }
  location /rpc { grpc_pass grpc://pricing:50051; }
  location / { fastcgi_pass php:9000; fastcgi_param X http://no; }
  location /sock { proxy_pass http://unix:/run/x.sock; }
  location /self { proxy_pass http://$host; }
  location /var { proxy_pass http://$backend; }
}
stream { server { listen 3306; proxy_pass mysql.acme.example:3306; } }
`;

  test('every pass with its path', () => {
    expect(drawSettings('nginx/default.conf.template', text)).toEqual([
      '11 proxy_pass = http://orders:8080/v1/ at /api/',
      '12 proxy_pass = http://catalog:80 at /catalog',
      '14 proxy_pass = https://{env:WMS_HOST}:8443/ at /wms/',
      '16 grpc_pass = grpc://pricing:50051 at /rpc',
      '17 fastcgi_pass = fastcgi://php:9000 at /',
      '20 proxy_pass = http://{backend} at /var',
      '22 proxy_pass = mysql.acme.example:3306',
    ]);
  });

  test('upstreams are names', () => {
    expect(drawNames('nginx.conf', text)).toEqual([
      '4 api -> orders:8080 -',
      '5 api -> orders2:8080 -',
    ]);
  });

  test('as connections', () => {
    expect(drawConfigured('nginx.conf', text)).toEqual([
      '11 ?? http://orders:8080/v1/ http 0.6',
      '12 ?? http://catalog:80 http 0.6',
      '14 ?? https://{env:WMS_HOST}:8443/ https 0.6',
      '16 ?? grpc://pricing:50051 grpc 0.6',
      '17 ?? fastcgi://php:9000 fastcgi 0.6',
      '20 ?? http://{backend} http 0.6',
      '22 ?? mysql.acme.example:3306 mysql 0.6',
    ]);
  });

  test('a configuration without a pass is none of nginx', () => {
    expect(
      drawConfigured('nginx.conf', 'server { listen 80; root /x; # proxy_pass http://a;\n}\n'),
    ).toEqual([]);
  });
});

test('HAProxy: backends, modes and the paths that lead there', () => {
  const text = `defaults
  mode http
frontend web
  bind *:443 ssl
  acl is_api path_beg /api
  use_backend orders if is_api
backend orders
  # server old old:80
  server o1 orders1:8080 check
  server o2 orders2:8080 check
backend secure
  server s secure.acme.example:443 ssl verify none
listen mysql
  bind :3306
  mode tcp
  server m mysql.acme.example:3306
  server u /run/x.sock
`;
  expect(drawConfigured('ops/haproxy.cfg', text)).toEqual([
    '9 ?? http://orders1:8080 http 0.6',
    '12 ?? https://secure.acme.example:443 https 0.6',
    '16 ?? mysql.acme.example:3306 mysql 0.6',
  ]);
  expect(drawSettings('ops/haproxy.cfg', text)[0]).toBe(
    '9 backend.orders.server = http://orders1:8080 at /api',
  );
  expect(drawNames('ops/haproxy.cfg', text)).toContain('10 orders -> orders2:8080 -');
});

test('Apache: passes, balancers, rewrites, locations', () => {
  const text = `<VirtualHost *:80>
  <Proxy "balancer://c">
    BalancerMember http://node1.acme.example:8080
    BalancerMember http://node2.acme.example:8080
  </Proxy>
  # ProxyPass /old http://old.acme.example
  ProxyPass /wms http://wms.acme.example/api
  ProxyPass "/c" "balancer://c/"
  ProxyPass /none !
  RewriteRule ^/erp/(.*)$ http://erp.acme.example/$1 [P,L]
  RewriteRule ^/out/(.*)$ http://out.acme.example/$1 [R=301]
  <Location /mes>
    ProxyPass http://mes.acme.example
  </Location>
</VirtualHost>
`;
  expect(drawSettings('apache2/sites-available/shop.conf', text)).toEqual([
    '7 ProxyPass = http://wms.acme.example/api at /wms',
    '8 ProxyPass = http://node1.acme.example:8080 at /c',
    '10 RewriteRule = http://erp.acme.example/ at /erp/',
    '13 ProxyPass = http://mes.acme.example at /mes',
  ]);
  expect(drawConfigured('apache2/sites-available/shop.conf', text)).toHaveLength(4);
});

describe('gateways that are configured by a tree', () => {
  test.each<[name: string, file: string, text: string, lines: string[]]>([
    [
      'Kong',
      'kong.yml',
      '_format_version: "3.0"\nservices:\n  - name: orders\n    url: http://orders:8080\n    routes: [{paths: [/o]}]\n  - name: wms\n    host: wms\n    port: 8443\n    protocol: https\n',
      ['4 ?? http://orders:8080 http 0.6', '7 ?? wms:8443 https 0.6'],
    ],
    [
      'Traefik',
      'traefik/dynamic.yml',
      'http:\n  routers: {r: {rule: "Host(`shop.acme.example`)", service: o}}\n  services:\n    o:\n      loadBalancer:\n        servers:\n          - url: http://orders:80\n          - url: http://orders2:80\n',
      ['7 ?? http://orders:80 http 0.6', '8 ?? http://orders2:80 http 0.6'],
    ],
    [
      'Envoy',
      'envoy.yaml',
      'admin: {address: {socket_address: {address: 0.0.0.0, port_value: 9901}}}\nstatic_resources:\n  clusters:\n    - name: o\n      load_assignment:\n        endpoints:\n          - lb_endpoints:\n              - endpoint:\n                  address:\n                    socket_address:\n                      address: orders\n                      port_value: 8080\n',
      ['11 ?? orders:8080 http 0.6'],
    ],
    [
      'Ocelot',
      'ocelot.json',
      '{"Routes": [{"DownstreamScheme": "https",\n"DownstreamHostAndPorts": [{"Host": "orders",\n"Port": 444}], "UpstreamPathTemplate": "/o/{x}"}],\n"GlobalConfiguration": {"BaseUrl": "https://gw.acme.example"}}',
      ['2 ?? orders:444 https 0.6'],
    ],
    [
      'YARP',
      'appsettings.json',
      '{"ReverseProxy": {"Clusters": {"c": {"Destinations": {\n"d": {"Address": "https://orders:5001/"}}}}}}',
      ['2 ?? https://orders:5001/ https 0.6'],
    ],
    [
      'Spring Cloud Gateway',
      'application.yml',
      'spring:\n  cloud:\n    gateway:\n      routes:\n        - id: o\n          uri: lb://orders\n          predicates: [Path=/orders/**]\n',
      ['6 ?? http://orders http 0.6'],
    ],
  ])('%s', (_, file, text, lines) => {
    expect(drawConfigured(file, text)).toEqual(lines);
  });
});
