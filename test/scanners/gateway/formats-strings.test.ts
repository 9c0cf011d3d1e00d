import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import { readNginxFormat } from '../../../src/scanners/gateway/formats/nginx-format.ts';
import { readFormat } from '../../../src/scanners/gateway/formats/read-format.ts';
import { toFieldReader } from '../../../src/scanners/gateway/kernel/read-fields.ts';
import type { LogFormat, Role } from '../../../src/scanners/gateway/log-format.ts';
import fc from '../../fast-check.ts';

type Fields = Readonly<Partial<Record<Role, string>>>;

function only(given: string | Readonly<Record<string, string>>): LogFormat {
  const [format, ...more] = readFormat(given);
  if (!format || more.length > 0) throw new Error('not one format');
  return format;
}

/** The format as one line: `<role>`, `<>` for what is passed over, `<role+>` for lists. */
function show(format: LogFormat): string {
  if (format.kind === 'columns') return 'columns';
  const name = ({ role = '', unit = '' }: { role?: string; unit?: string }): string =>
    role + (unit && unit !== 's' ? `:${unit}` : '');
  if (format.kind === 'json')
    return Object.entries(format.fields)
      .map(([path, field]) => `${path}=${name(field)}`)
      .join(' ');
  return format.tokens
    .map((token) =>
      token.kind === 'literal'
        ? token.text
        : token.kind === 'field'
          ? `<${name(token)}${token.list ? '+' : ''}>`
          : '|',
    )
    .join('');
}

describe('nginx', () => {
  test.each([
    [
      '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"',
      '<address> - <user> [<time>] "<request>" <status> <bytes> "<>" "<agent>"',
    ],
    // The address of the connection is always there; a forwarded one is `-` for most.
    [
      '$remote_addr [$time_local] "$request" $status "$http_x_forwarded_for"',
      '<address> [<time>] "<request>" <status> "<+>"',
    ],
    ['[$time_local] "$proxy_add_x_forwarded_for" $uri', '[<time>] "<address+>" <path>'],
    [
      '$msec $remote_addr:$remote_port $host:$server_port $request_method $uri$is_args$args',
      '<time> <address> <host> <method> <path>',
    ],
    [
      '$time_iso8601 $remote_addr $request_method $scheme://$host$request_uri $status',
      '<time> <address> <method> <path> <status>',
    ],
    [
      '$time_iso8601 $scheme://$host:$server_port$request_uri $upstream_addr|',
      '<time> <path> <upstream+>|',
    ],
    // What is the whole target says more than the path alone, and a name more than an address.
    [
      '[$time_local] $uri $request_uri $upstream_addr $proxy_host $upstream_response_time $request_time',
      '[<time>] <> <path> <+> <upstream> <+> <duration>',
    ],
    [
      '$time_local|$ssl_client_s_dn|$http_apikey|$http_x_consumer_username|$uri',
      '<time>|<certificate>|<api-key>|<consumer>|<path>',
    ],
    [
      '$time_local $namespace/$ingress_name/$service_name $req_id',
      '<time> <>/<route>/<service> <request-id>',
    ],
    // Two values without anything between them cannot be told apart.
    ['$time_local $remote_addr $pipe$status', '<time> <address> <>'],
    ['$time_local $remote_addr $host$request_uri', '<time> <address> <>'],
    ['${time_local}x${remote_addr}', '<time>x<address>'],
    [
      '$time_local $remote_addr $upstream_http_x_api_key $http_authorization',
      '<time> <address> <> <>',
    ],
  ])('%s', (text, shown) => {
    expect(show(only(text))).toBe(shown);
  });

  test('a statement as it stands in the configuration', () => {
    const format = readNginxFormat(`log_format  upstream_time escape=default
      '$remote_addr - $remote_user [$time_local] '
      '"$request" $status it\\'s "rt=$request_time"';`);
    expect(format.name).toBe('upstream_time');
    expect(show(format)).toBe(
      `<address> - <user> [<time>] "<request>" <status> it's "rt=<duration>"`,
    );
  });

  test('a JSON template', () => {
    const format = only(`log_format json escape=json '{'
      '"time":"$time_iso8601","client":{"ip":"$remote_addr"},'
      '"status": $status, "url":"$scheme://$host$request_uri", "rt":"$request_time",'
      '"k8s.service":"$service_name","n":1,"both":"$pid-$connection","upstream":["$upstream_addr"]'
    '}';`);
    expect(format).toMatchObject({ kind: 'json', name: 'json' });
    expect(show(format)).toBe(
      'time=time client.ip=address status=status url=path rt=duration k8s\\.service=service upstream.0=upstream',
    );
    const line =
      '{"time":"2026-11-02T10:00:00+00:00","client":{"ip":"10.1.4.7"},"status": 200, "url":"http://erp/x?a=\\"b\\"", "rt":"0.004","k8s.service":"orders","n":1,"both":"1-2","upstream":["10.2.0.1:80"]}';
    expect(toFieldReader(format)(line)).toEqual({
      time: '2026-11-02T10:00:00+00:00',
      address: '10.1.4.7',
      status: '200',
      path: 'http://erp/x?a="b"',
      duration: '0.004',
      service: 'orders',
      upstream: '10.2.0.1:80',
    });
  });

  test('a template that is no JSON is read as text', () => {
    const format = only('{"t":"$time_iso8601", oops, "ip":"$remote_addr"}');
    expect(toFieldReader(format)('{"t":"2026-11-02T10:00:00Z", oops, "ip":"10.1.1.1"}')).toEqual({
      time: '2026-11-02T10:00:00Z',
      address: '10.1.1.1',
    });
  });

  test.each([
    ['$remote_addr "$request"', 'says no time'],
    ['$time_local $status', 'neither who called nor who was called'],
    ["log_format x '$time_local", 'quote that is not closed'],
    ['log_format x;', 'holds no string'],
  ])('%s is an error', (text, message) => {
    expect(() => readFormat(text)).toThrow(ConfigError);
    expect(() => readFormat(text)).toThrow(message);
  });
});

describe('Apache', () => {
  test.each([
    ['%h %l %u %t "%r" %>s %b', '<address> <> <user> [<time>] "<request>" <status> <bytes>'],
    [
      '%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"',
      '<host> <address> <> <user> [<time>] "<request>" <status> <bytes> "<>" "<agent>"',
    ],
    [
      'LogFormat "%a %t \\"%m %U%q %H\\" %!200,304{Referer}i %D %T" timed',
      '<address> [<time>] "<method> <path> <>" <> <duration:us> <>',
    ],
    [
      '[%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t] %h %{ms}T %V %{BALANCER_WORKER_NAME}e',
      '[<time>] <address> <duration:ms> <host> <upstream>',
    ],
    ['%{sec}t %{SSL_CLIENT_S_DN}x %{X-Forwarded-For}i %h', '<time> <certificate> <+> <address>'],
    ['%{%F}t\\t%{%T}t\\t%h', '<date>\t<clock>\t<address>'],
    ['%{%Y-%m-%d %H:%M:%S}t %{c}a %a %{begin:usec}t 100%%', null],
    [
      '%t %h %{UNIQUE_ID}e %{Host}i %v %^ti %<s',
      '[<time>] <address> <request-id> <host> <> <> <status>',
    ],
  ])('%s', (text, shown) => {
    if (shown !== null) expect(show(only(text))).toBe(shown);
    else expect(only(text).kind).toBe('text');
  });

  test('a line with an own time', () => {
    const format = only('[%{%d/%b/%Y:%T}t.%{msec_frac}t %{%z}t] %h "%r"');
    expect(
      toFieldReader(format)('[10/Oct/2000:13:55:36.123 -0700] 10.1.1.1 "GET / HTTP/1.1"'),
    ).toEqual({
      time: '10/Oct/2000:13:55:36.123 -0700',
      address: '10.1.1.1',
      request: 'GET / HTTP/1.1',
    });
  });

  test('a JSON template', () => {
    const format = only(
      'LogFormat "{\\"time\\":\\"%{%Y-%m-%dT%H:%M:%S}t.%{usec_frac}tZ\\",\\"ip\\":\\"%a\\",\\"us\\":%D}" json',
    );
    expect(show(format)).toBe('ip=address us=duration:us'.replace('ip', 'time=time ip'));
  });

  test('a time that cannot be read is an error', () => {
    expect(() => readFormat('%h %{%c}t "%r"')).toThrow('writes its time as "%c"');
  });
});

describe('GoAccess', () => {
  test.each([
    [
      '%h %^[%d:%t %^] "%r" %s %b "%R" "%u"',
      '<address> <>[<time>] "<request>" <status> <bytes> "<>" "<agent>"',
    ],
    [
      '%v:%^ %h %^[%d:%t %^] "%r" %s %b %D',
      '<host>:<> <address> <>[<time>] "<request>" <status> <bytes> <duration:us>',
    ],
    ['~h{, } %^[%x] %m %U%q %L %T', '<address+> <>[<time>] <method> <path> <> <duration>'],
    ['~h{," } %x %v %C %K %e', '"<address+>" <time> <host> <> <> <user>'],
  ])('%s', (text, shown) => {
    expect(show(only(text))).toBe(shown);
  });

  test('with its own date and time', () => {
    const settings = { 'log-format': '%d\\t%t\\t%h\\t%m', 'date-format': '%Y-%m-%d' };
    expect(show(only(settings))).toBe('<date>\t<clock>\t<address>\t<method>');
    expect(() => only({ ...settings, 'date-format': '%m/%d/%y' })).toThrow('cannot be read');
  });

  test('more may follow', () => {
    const read = toFieldReader(only('%h %^[%d:%t %^] "%r" %s %b'));
    expect(read('10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 5 "-" x')).toEqual({
      address: '10.0.0.1',
      time: '10/Oct/2000:13:55:36 -0700',
      request: 'GET / HTTP/1.0',
      status: '200',
      bytes: '5',
    });
  });

  test('JSON', () => {
    expect(
      show(only('{"ts":"%x.%^","request":{"client_ip":"%h","uri":"%U"},"duration":"%T"}')),
    ).toBe('ts=time request.client_ip=address request.uri=path duration=duration');
  });
});

describe('other languages', () => {
  test.each([
    [
      '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %DURATION% "%DOWNSTREAM_REMOTE_ADDRESS%" "%REQ(X-FORWARDED-FOR)%" %UPSTREAM_HOST% %UPSTREAM_CLUSTER% %DOWNSTREAM_PEER_URI_SAN%\\n',
      '[<time>] "<method> <path> <>" <status> <duration:ms> "<address>" "<+>" <> <upstream> <certificate>',
    ],
    [
      '{"t":"%START_TIME(%s.%3f)%","who":"%REQ(X-API-KEY):20%","code":"%RESPONSE_CODE%"}',
      't=time who=api-key code=status',
    ],
    [
      '%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r',
      '<address> [<time>] <> <upstream>/<> <>/<>/<>/<>/<duration:ms> <status> <bytes> <> <> <> <>/<>/<>/<>/<> <>/<>"<request>"',
    ],
    [
      'log-format "%[src]:%cp\\ [%T]\\ %HM\\ %HP%HQ\\ %[var(txn.host)]\\ %{+Q}[ssl_c_s_dn]"',
      '<address> [<time>] <method> <path> <host> "<certificate>"',
    ],
    [
      '$context.identity.sourceIp $context.identity.caller [$context.requestTime] "$context.httpMethod $context.resourcePath $context.protocol" $context.status $context.responseLatency $context.apiId',
      '<address> <consumer> [<time>] "<method> <path> <>" <status> <duration:ms> <service>',
    ],
    [
      '{"at":$context.requestTimeEpoch,"sub":"$context.authorizer.claims.sub","p":"$context.path"}',
      'at=time sub=consumer p=path',
    ],
    [
      '{system.timestamp} {developer.app.name} {client.ip} {apiproxy.name} {request.verb} {request.uri} {message.status.code} {request.header.User-Agent}',
      '<time> <consumer> <address> <service> <method> <path> <status> <agent>',
    ],
    [
      '{"ts": "{client.received.start.timestamp}", "app": "{developer.app.name}", "to": "{target.host}:{target.port}"}',
      'ts=time app=consumer to=upstream',
    ],
  ])('%s', (text, shown) => {
    expect(show(only(text))).toBe(shown);
  });

  test('captured headers of HAProxy may be there or not', () => {
    const read = toFieldReader(only('%ci:%cp [%tr] %b/%s %ST %sq/%bq %hr %hs %{+Q}r'));
    const fields: Fields = {
      address: '10.0.1.2:33317',
      time: '06/Feb/2009:12:14:14.655',
      upstream: 'static',
      status: '200',
      request: 'GET /a HTTP/1.1',
    };
    const start = '10.0.1.2:33317 [06/Feb/2009:12:14:14.655] static/srv1 200 0/0';
    expect(read(`${start} "GET /a HTTP/1.1"`)).toEqual(fields);
    expect(read(`${start} {wms/2.1 (x)|erp} {} "GET /a HTTP/1.1"`)).toEqual(fields);
  });
});

describe('format: in the configuration', () => {
  test('a preset by name', () => {
    expect(readFormat('Kong').map(({ name }) => name)).toEqual(['kong', 'kong before 1.0']);
  });

  test.each([
    ['nginx-combinde', 'Did you mean "nginx-combined"?'],
    ['traefic', 'Did you mean "traefik"?'],
    ['something else', 'Name a preset'],
    ['', 'Name a preset'],
  ])('%s is none', (text, message) => {
    expect(() => readFormat(text)).toThrow(ConfigError);
    expect(() => readFormat(text)).toThrow(message);
  });

  test('hostile strings give a format or a ConfigError, quickly', () => {
    const piece = fc.constantFrom(
      '$',
      '${',
      '}',
      '{',
      '%',
      '%{',
      '"',
      "'",
      '\\',
      '[',
      ']',
      ' ',
      ',',
      ':',
      '~h{',
      '%h',
      '%t',
      '$time_local',
      '$remote_addr',
      '%{%T}t',
      '%START_TIME%',
      '$context.',
      'log_format x ',
      '\n',
      '\u{10ffff}',
      '\u0000',
      'é',
      '{client.ip}',
      '%d',
      '%[src]',
      '__proto__',
      'constructor',
      '|',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        try {
          for (const format of readFormat(text)) toFieldReader(format)(text);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
      { numRuns: 2000 },
    );
    for (const part of ['$', '${a', '%{', '%!200,', '{a.', '"', "'", '%[', '%d:', '\\"'])
      expect(() => readFormat(part.repeat(6000).slice(0, 19_000))).not.toThrow(TypeError);
  }, 20_000);
});
