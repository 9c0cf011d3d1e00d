import { describe, expect, test } from 'vitest';
import { draw, readConfig } from './proxy-lines.ts';

describe('Apache', () => {
  const config = readConfig({
    'apache2/apache2.conf': `
Define BE erp-backend:8080
Listen 80
LogFormat "%h %l %u %t \\"%r\\" \\
  %>s %b" short
ProxyPass /status !
ProxyPass /shared http://main.example
IncludeOptional sites-enabled/*.conf
IncludeOptional /etc/apache2/gone/*.conf
`,
    'apache2/sites-enabled/shop.conf': `
<VirtualHost *:80>
  ServerName shop.example
  ServerAlias www.shop.example *.shops.example
  CustomLog /var/log/apache2/shop.log short
  CustomLog /var/log/apache2/raw.log "%h %r"
  <IfModule mod_proxy.c>
    <Proxy "balancer://c">
      BalancerMember http://u:s3cret@node1:8080
      BalancerMember http://node2:8080 route=2
    </Proxy>
    ProxyPass "/c" "balancer://c/app"
  </IfModule>
  RewriteCond %{HTTP:Upgrade} =websocket [NC]
  RewriteRule ^/erp/(.*) ws://\${BE}/$1 [P,L]
  RewriteRule ^/OLD/(.*)$ http://old.example/$1 [NC,P]
  RewriteRule ^/gone$ /here [R=301]
  ProxyPass /erp http://\${BE}/
  ProxyPass /shared http://host.example
  ProxyPass /slash/ http://slash.example/
  ProxyPassMatch ^/img/(\\d+)$ http://img/$1
  ProxyPass /sock unix:/run/app.sock|http://localhost/
  <Location /mes>
    ProxyPass http://mes.example
  </Location>
  <Location /mes/deep>
    ProxyPass http://deep.example
  </Location>
  <FilesMatch "\\.php$">
    SetHandler "proxy:fcgi://php:9000"
  </FilesMatch>
</VirtualHost>
<VirtualHost *:80>
  ServerName second.example
  ServerAlias a.shops.example
  ProxyPass / http://second/
</VirtualHost>
`,
  });
  const where = draw([config]);

  test.each<[call: string, where: string]>([
    // A web socket or not, it is the same service.
    ['shop.example/erp/x', 'erp-backend:8080 http://erp-backend:8080/'],
    ['shop.example/erp', 'erp-backend:8080 http://erp-backend:8080/'],
    ['shop.example/erps', '-'],
    ['shop.example/old/x', 'old.example http://old.example/'],
    ['www.shop.example/c/1', 'c http://node1:8080/app http://node2:8080/app'],
    ['b.shops.example/img/12', 'img http://img/'],
    ['b.shops.example/img/12a', '-'],
    ['shop.example/slash', '-'],
    ['shop.example/slash/x', 'slash.example http://slash.example/'],
    ['shop.example/sock/x', '? unix:/run/app.sock'],
    // The last section that fits counts, the first pass outside of sections.
    ['shop.example/mes/x', 'mes.example http://mes.example'],
    ['shop.example/mes/deep/x', 'deep.example http://deep.example'],
    ['shop.example/shared', 'main.example http://main.example'],
    ['shop.example/status', 'itself'],
    ['shop.example/y/index.php', 'php:9000 fcgi://php:9000'],
    // The first virtual host that fits counts, and the first of a port for unknown names.
    ['a.shops.example/', '-'],
    ['second.example/', 'second http://second/'],
    ['nowhere.example/c', 'c http://node1:8080/app http://node2:8080/app'],
  ])('%s → %s', (call, expected) => {
    expect(where(call)).toBe(expected);
  });

  test('log formats by name and without one', () => {
    expect(config.logFormats.map(({ name, format }) => [name, format])).toEqual([
      ['short', '%h %l %u %t "%r"   %>s %b'],
      ['%h %r', '%h %r'],
    ]);
    expect(config.logs.map(({ file, format }) => `${file} ${format}`)).toEqual([
      '/var/log/apache2/shop.log short',
      '/var/log/apache2/raw.log %h %r',
    ]);
  });

  test('what was not followed', () => {
    expect(config.unread.map(({ place, reason }) => `${place.line} ${reason}`)).toEqual([
      '17 1 "RewriteRule" directives without [P], the first here, were not followed: paths are matched as callers asked for them',
      '9 no file at hand is "/etc/apache2/gone/*.conf"; name it under "config:"',
    ]);
  });

  test('no secret is kept', () => {
    expect(JSON.stringify(config)).not.toContain('s3cret');
  });
});

describe('HAProxy', () => {
  const config = readConfig({
    'haproxy.cfg': `global
  log /dev/log local0
defaults
  mode http
  option httplog
frontend web
  bind *:443 ssl crt /x.pem,:8443
  log-format "%ci [%tr] %ft %b/%s \\"%HM\\" %{+Q}r" # a comment
  acl is_api path_beg /api /v2
  acl is_shop hdr(host) -i Shop.example
  acl is_sub req.hdr(host),lower -m end .shops.example
  acl is_json path_end -i .json
  acl is_dir path_dir img
  use_backend orders if is_api is_shop or is_sub { path_reg ^/o/\\d+\\.xml$ }
  use_backend json if is_json
  use_backend img if is_dir
  use_backend posts if METH_POST { path /p }
  use_backend negated if !is_api { path_beg /n }
  use_backend %[req.hdr(x)] if { path_beg /dyn }
  use_backend internal if { src 10.0.0.0/8 } { path_beg /both }
  use_backend web if { src 10.0.0.0/8 } { path_beg /alike }
  use_backend both if { path_beg /two } { path_end .pdf } unless_is_no_acl or { path_beg /two/ } { path_end .txt } !{ path_sub /old/ }
  use_backend but unless !{ path_beg /but }
  use_backend based if { base_beg api.example/v1 }
  default_backend web
backend orders
  server o1 orders1:8080 check
  server o2 orders2:8080 check ssl
backend web
  server s \${WEB_HOST}:443 ssl verify none
backend posts
  server s /run/x.sock
backend json
  server-template j 1-3 json.example:80
listen mysql
  bind :3306
  mode tcp
  server m mysql.example:3306
`,
  });
  const where = draw([config]);
  const web = 'web https://{env:WEB_HOST}:443';

  test.each<[call: string, where: string]>([
    ['shop.example/api/x', 'orders http://orders1:8080 https://orders2:8080'],
    ['SHOP.example/v2x', 'orders http://orders1:8080 https://orders2:8080'],
    ['other/api/x', web],
    ['a.shops.example/o/12.xml', 'orders http://orders1:8080 https://orders2:8080'],
    ['a.shops.example/o/12.xmlx', web],
    ['x/a.JSON', 'json http://json.example:80'],
    ['x/a/img/b', 'img'],
    ['x/a/imgs/b', web],
    ['POST x/p', 'posts unix:/run/x.sock'],
    ['GET x/p', web],
    ['x/n', 'negated'],
    ['x/two/a.txt', 'both'],
    ['x/two/old/a.txt', web],
    // An ACL that is nowhere defined decides.
    ['x/two/a.pdf', '-'],
    ['x/but/y', 'but'],
    ['x/dyn', 'unknown'],
    ['x/both', '-'],
    ['x/alike', web],
    ['api.example/v1/x', 'based'],
    ['api.example/v2', web],
    ['/plain', web],
  ])('%s → %s', (call, expected) => {
    expect(where(call)).toBe(expected);
  });

  test('services of every mode, and how calls are logged', () => {
    expect(config.services.map(({ name }) => name)).toEqual([
      'orders',
      'web',
      'posts',
      'json',
      'mysql',
    ]);
    expect(config.logFormats.map(({ name, format }) => [name, format])).toEqual([
      ['web', '%ci [%tr] %ft %b/%s "%HM" %{+Q}r'],
    ]);
    expect(config.logs.map(({ format }) => format)).toEqual(['web']);
    expect(config.unread.map(({ place }) => place.line)).toEqual([19]);
  });
});
