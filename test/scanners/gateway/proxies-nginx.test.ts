import { describe, expect, test } from 'vitest';
import fc from '../../fast-check.ts';
import { draw, readConfig } from './proxy-lines.ts';

const site = `
http {
  log_format main escape=json '$remote_addr "$request" '
                              "$status \\"$http_user_agent\\"";
  access_log /var/log/nginx/access.log main buffer=32k;
  map $http_host $tenant { default http://a; ~^b\\d\\. http://many; shop.example http://shop-be:8080; }
  upstream erp { least_conn; server erp1:8080 weight=3; server erp2:8080 backup; }
  server { listen 80; server_name erp.example; return 301 https://$host$request_uri; }
  server {
    listen 443 ssl;
    listen [::]:443 ssl;
    server_name erp.example .erp.test ~^old\\d+\\.example$;
    access_log /var/log/nginx/erp.log;
    set $base "http://reports:90";
    location / { proxy_pass http://erp/v1/; }
    location = /health { return 200; }
    location ^~ /static/ { root /srv; }
    location ~ \\.php$ { fastcgi_pass php:9000; }
    location ~* ^/(?:img|css)/[^/]+$ { proxy_pass http://assets; }
    location /api/ {
      proxy_pass http://api:81;
      location /api/deep { proxy_pass http://deep; }
      location ~ ^/api/(a|b)/ { proxy_pass http://inner; }
    }
    location /reports { proxy_pass $base$request_uri; }
    location /any { proxy_pass http://$arg_where; }
    location /lua { content_by_lua_block { ngx.say("} location / {") } }
    location /files { try_files $uri @app; }
    location @app { proxy_pass http://app:3000; }
    location /login { if ($http_x = "1") { proxy_pass http://canary; } proxy_pass http://erp; }
    location /same { if ($http_x = "1") { proxy_pass http://erp/x; } proxy_pass http://erp/y; }
    location /env { proxy_pass https://\${WMS_HOST}:8443/; }
    location /secret { proxy_pass http://user:s3cret@vault.example/?token=abc; }
  }
  server {
    listen 443 ssl default_server;
    location / { proxy_pass $tenant; }
    location /i { try_files $uri /index.php?$args; }
    location = /index.php { fastcgi_pass unix:/run/php.sock; }
  }
}
stream { server { listen 3306; proxy_pass mysql:3306; } }
`;

describe('locations', () => {
  const config = readConfig({ 'nginx.conf': site });
  const where = draw([config]);

  test.each<[call: string, where: string]>([
    ['erp.example/x', 'erp http://erp1:8080/v1/ http://erp2:8080/v1/'],
    ['ERP.example:443/x', 'erp http://erp1:8080/v1/ http://erp2:8080/v1/'],
    ['erp.test/x', 'erp http://erp1:8080/v1/ http://erp2:8080/v1/'],
    ['deep.below.erp.test/x', 'erp http://erp1:8080/v1/ http://erp2:8080/v1/'],
    ['old7.example/x', 'erp http://erp1:8080/v1/ http://erp2:8080/v1/'],
    ['erp.example/health', 'itself'],
    ['erp.example/health?x=/a.php', 'itself'],
    ['erp.example/healthy', 'erp http://erp1:8080/v1/ http://erp2:8080/v1/'],
    ['erp.example/static/a.php', 'itself'],
    ['erp.example/a.php', 'php:9000 fastcgi://php:9000'],
    ['erp.example/a.php7', 'erp http://erp1:8080/v1/ http://erp2:8080/v1/'],
    ['erp.example/IMG/a.png', 'assets http://assets'],
    ['erp.example/img/a/b.png', 'erp http://erp1:8080/v1/ http://erp2:8080/v1/'],
    ['erp.example/api/x', 'api:81 http://api:81'],
    ['erp.example/api/deeper', 'deep http://deep'],
    ['erp.example/api/a/x', 'inner http://inner'],
    ['erp.example/api/x.php', 'php:9000 fastcgi://php:9000'],
    ['erp.example/reports/1', 'reports:90 http://reports:90'],
    ['erp.example/any', 'unknown'],
    ['erp.example/lua', 'unknown'],
    ['erp.example/files/1', 'app:3000 http://app:3000'],
    // A header decides, and the log does not show it.
    ['erp.example/login', '-'],
    ['erp.example/same', 'erp http://erp1:8080/y http://erp2:8080/y'],
    ['erp.example/env', '? https://{env:WMS_HOST}:8443/'],
    ['erp.example/secret', 'vault.example http://vault.example/'],
    // No server has the name: the default one.
    ['shop.example/', 'shop-be:8080 http://shop-be:8080'],
    ['b1.example/', 'many http://many'],
    ['other.example:443/', 'a http://a'],
    ['other.example/i/x', '? unix:/run/php.sock'],
    ['erp.example:80/x', '-'],
    // Without a host, only what all servers agree on.
    ['/x', '-'],
    ['/health', '-'],
  ])('%s → %s', (call, expected) => {
    expect(where(call)).toBe(expected);
  });

  test('a route says where it stands', () => {
    const route = config.sites[1]?.routes.find(({ prefix }) => prefix === '/health');
    expect(route?.place).toEqual({ file: 'nginx.conf', line: 16, column: 5 });
  });

  test('log formats and logs, with the hosts that each log is of', () => {
    expect(config.logFormats).toMatchObject([
      {
        name: 'main',
        escape: 'json',
        format: '$remote_addr "$request" $status "$http_user_agent"',
      },
    ]);
    expect(config.logs.map(({ file, format, hosts }) => [file, format, hosts.length])).toEqual([
      ['/var/log/nginx/access.log', 'main', 0],
      ['/var/log/nginx/erp.log', 'combined', 3],
    ]);
  });

  test('what was not followed is told by its place', () => {
    expect(config.unread.map(({ place, reason }) => `${place.line} ${reason}`)).toEqual([
      '26 "proxy_pass" leads to where only a request tells',
      '42 "stream" passes no HTTP and was not read',
    ]);
  });

  test('no secret is kept', () => {
    expect(JSON.stringify(config)).not.toMatch(/s3cret|token=abc/);
  });
});

test('includes are found by the end of their path, and servers outside of http count', () => {
  const files = {
    'ops/nginx/nginx.conf':
      'http { include mime.types; include /etc/nginx/conf.d/*.conf; include /etc/nginx/gone/*; }',
    'ops/nginx/conf.d/10-up.conf': 'upstream wms { server wms:80; }',
    'ops/nginx/conf.d/20-shop.conf':
      'server { server_name a.example; include snippets/api.conf; rewrite ^/x /y; }',
    'ops/nginx/snippets/api.conf': 'location /api { proxy_pass http://wms; }',
    'ops/nginx/sites-enabled/b':
      'server { server_name b.example; location / { proxy_pass http://wms; } }',
  };
  const config = readConfig(files);
  expect(['a.example/api', 'a.example/', 'b.example/'].map(draw([config]))).toEqual([
    'wms http://wms:80',
    '-',
    'wms http://wms:80',
  ]);
  expect(config.unread.map(({ place, reason }) => `${place.file} ${reason}`)).toEqual([
    'ops/nginx/nginx.conf no file at hand is "/etc/nginx/gone/*"; name it under "config:"',
    'ops/nginx/conf.d/20-shop.conf 1 "rewrite" directives, the first here, were not followed: paths are matched as callers asked for them',
  ]);
});

test('includes in a circle, or doubled at each step, end', () => {
  const doubled = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [
      `d/${at}.conf`,
      `include ${at + 1}.conf; include ${at + 1}.conf; location /${at} { return 200; }`,
    ]),
  );
  const files = {
    'a.conf': 'server { include b.conf; location / { proxy_pass http://x; } }',
    'b.conf': 'include a.conf; include b.conf; location /b { proxy_pass http://b; }',
    ...doubled,
  };
  const started = performance.now();
  expect(draw([readConfig(files)])('/b')).not.toBe('');
  expect(performance.now() - started).toBeLessThan(5_000);
});

test('of prefixes the longest counts, in whatever order they stand', () => {
  const prefixes = fc.uniqueArray(
    fc
      .array(fc.constantFrom('/a', '/b', '/ab', 'a'), { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.join('')}`),
    { minLength: 1, maxLength: 8 },
  );
  const path = fc.array(fc.constantFrom('/a', '/b', 'a', 'b', '/'), { maxLength: 8 });
  fc.assert(
    fc.property(prefixes, path, (given, parts) => {
      const text = given.map((prefix, at) => `location ${prefix} { proxy_pass http://s${at}; }`);
      const where = draw([readConfig({ 'nginx.conf': `server { ${text.join('\n')} }` })]);
      const asked = `/${parts.join('')}`;
      const fitting = given.filter((prefix) => asked.startsWith(prefix));
      const longest = fitting.sort((a, b) => b.length - a.length)[0];
      const expected =
        longest === undefined
          ? '-'
          : `s${given.indexOf(longest)} http://s${given.indexOf(longest)}`;
      expect(where(asked)).toBe(expected);
    }),
    { numRuns: 300 },
  );
});
