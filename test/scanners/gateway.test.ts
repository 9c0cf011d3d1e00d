import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { readCombinedLine } from '../../src/scanners/gateway/combined-line.ts';
import { scan } from './scan.ts';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../fixtures/gateway/${name}`, import.meta.url), 'utf8');

interface Call {
  readonly address?: string;
  readonly user?: string;
  readonly request?: string;
  readonly status?: number;
  readonly agent?: string;
  readonly time?: string;
}

function line(call: Call = {}): string {
  const { address = '10.1.1.1', user = '-', request = 'GET /erp/x HTTP/1.1', status = 200 } = call;
  const { agent = 'curl/8', time = '02/Nov/2026:10:00:00 +0100' } = call;
  return `${address} - ${user} [${time}] "${request}" ${status} 100 "-" "${agent}"`;
}

/** `caller -> callee calls errors direction` of each pair. */
async function draw(lines: readonly string[], options = {}): Promise<string[]> {
  const { of } = await scan('gateway', { 'a.log': `${lines.join('\n')}\n` }, options);
  return of('connection').map(({ from, to, initiator, direction, traffic }) => {
    const [caller, callee] = initiator === 'to' ? [to, from] : [from, to];
    const arrow = direction === 'both' ? '<>' : initiator === 'to' ? '<-' : '->';
    const name = (end: typeof from): string => (end.kind === 'address' ? end.host : end.value);
    return `${name(caller)} ${arrow} ${name(callee)} ${traffic?.calls}/${traffic?.errors}`;
  });
}

interface Case {
  readonly case: string;
  readonly format: string | null;
  readonly value: string;
  readonly expect: 'Ok' | 'Err';
  readonly fields?: Readonly<Record<string, string | number>>;
}

describe('lines of the tests of another parser', () => {
  /** What that parser takes and the combined format does not hold. */
  const notCombined: Readonly<Record<string, string>> = {
    '- - - - - - -': 'no time, no request: nothing that could be counted',
    '- - - [-] "-" - -': 'no time and no status',
    '- - - [2000-10-10T20:55:36Z] "-" - -': 'a time in another format, no status',
  };

  test.each(['parse_apache_log', 'parse_nginx_log', 'parse_common_log'])('%s', async (name) => {
    const cases = (await fixture(`${name}.jsonl`))
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as Case);
    expect(cases.length).toBeGreaterThan(5);
    for (const { case: title, format, value, expect: verdict, fields = {} } of cases) {
      const read = readCombinedLine(value);
      if (verdict === 'Err' || format === 'error' || value in notCombined) {
        expect([title, read]).toEqual([title, undefined]);
        continue;
      }
      const request = String(fields['request'] ?? fields['message'] ?? '');
      const [method = '', target = ''] = request.split(' ');
      expect([title, read]).toEqual([
        title,
        {
          address: fields['host'] ?? fields['client'] ?? fields['remote_addr'],
          user: fields['user'] ?? fields['remote_user'] ?? '-',
          time: String(fields['timestamp']),
          method,
          path: target.startsWith('/') ? target.replace(/[?#].*/, '') : '',
          status: fields['status'],
          bytes: fields['size'] ?? fields['body_bytes_size'],
          agent: fields['agent'] ?? fields['http_user_agent'] ?? '-',
        },
      ]);
    }
  });

  test('1,001 lines of a real site: totals by status, and the one line that is cut', async () => {
    const text = await fixture('apache_logs');
    const { coverage, of } = await scan('gateway', { apache_logs: text });
    expect(coverage).toMatchObject({ records: 1001, parsed: 1000, skipped: 1 });
    expect(coverage.skippedPlaces[0]?.place.line).toBe(1001);
    const statuses = [...text.matchAll(/" (\d{3}) (?:\d+|-) "[^\n]*"\n/g)].map((match) =>
      Number(match[1]),
    );
    const figures = of('connection').flatMap(({ traffic }) => (traffic ? [traffic] : []));
    const sum = (pick: (traffic: (typeof figures)[number]) => number): number =>
      figures.reduce((total, traffic) => total + pick(traffic), 0);
    expect(statuses).toHaveLength(1000);
    expect(sum(({ calls }) => calls)).toBe(1000);
    expect(sum(({ errors }) => errors)).toBe(statuses.filter((status) => status >= 400).length);
    const bytes = [...text.matchAll(/" \d{3} (\d+) "[^\n]*"\n/g)].map((match) => Number(match[1]));
    expect(sum((traffic) => traffic.bytes)).toBe(bytes.reduce((total, size) => total + size, 0));
    expect(coverage.window).toEqual(
      ['2015-05-17T10:05:00Z', '2015-05-18T02:05:56Z'].map(() =>
        expect.stringMatching(/^2015-05-1[78]T/),
      ),
    );
  });

  test('a line without its two dashes is not in the format', async () => {
    const { coverage } = await scan('gateway', { 'bad.log': await fixture('bad_access_log') });
    expect(coverage).toMatchObject({ records: 3, parsed: 2, skipped: 1 });
    expect(coverage.skippedPlaces[0]?.place.line).toBe(2);
  });
});

describe('lines', () => {
  test.each([
    [
      'IPv6',
      '2a02:cf40::6fc6 - - [02/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 200 1 "-" "a"',
      { address: '2a02:cf40::6fc6' },
    ],
    [
      'quotes in the agent',
      String.raw`1.2.3.4 - - [02/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 200 1 "-" "a \"b\" c\\"`,
      { agent: String.raw`a \"b\" c\\` },
    ],
    [
      'a user with a blank',
      '1.2.3.4 - bob smith [02/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 200 1',
      { user: 'bob smith', agent: '-' },
    ],
    [
      'no size',
      '1.2.3.4 - - [02/Nov/2026:10:00:00 +0000] "GET /x?a=1#b HTTP/1.1" 304 -',
      { bytes: 0, path: '/x' },
    ],
    [
      'another zone',
      '1.2.3.4 - - [31/Dec/2026:23:30:00 -0730] "GET /x HTTP/1.1" 200 1',
      { time: '2027-01-01T07:00:00Z' },
    ],
    [
      'a whole address',
      '1.2.3.4 - - [02/Nov/2026:10:00:00 +0000] "GET http://h.example:80/erp/x HTTP/1.1" 200 1',
      { path: '/erp/x' },
    ],
    [
      'a tunnel',
      '1.2.3.4 - - [02/Nov/2026:10:00:00 +0000] "CONNECT h.example:443 HTTP/1.1" 200 1',
      { path: '' },
    ],
    [
      'a greeting of another protocol',
      String.raw`1.2.3.4 - - [02/Nov/2026:10:00:00 +0000] "\x16\x03\x01\x01 \x02" 400 226 "-" "-"`,
      { status: 400, path: '' },
    ],
  ])('%s', (_, text, expected) => {
    expect(readCombinedLine(text)).toMatchObject(expected);
  });

  test.each([
    '67.43.156.15:80 127.0.0.1 - - [12/Apr/2018:09:48:40 +0200] "" 400 0 "-" "-"',
    'example.com:80 unix: - - [26/Feb/2019:15:39:42 +0100] "hello" 400 173 "-" "-"',
    '67.43.156.15 2a02:cf40:add::6, 10.225.192.17 10.2.2.121 - - [30/Dec/2016:06:47:09 +0000] "GET /t HTTP/1.1" 200 1 "-" "-"',
    'example.com:80 "10.5.102.222, 199.96.1.1" 10.2.1.185 - - [22/Jan/2016:13:18:29 +0000] "GET /t HTTP/1.1" 200 1',
    'example.com 10.0.0.2, 10.0.0.1, 127.0.0.1 - - [07/Dec/2016:11:05:07 +0100] "GET /t HTTP/1.1" 200 1',
    '[10/Aug/2018:09:45:56 +0200] 172.30.0.119 TLSv1.2 ECDHE "GET /nagiosxi HTTP/1.1" 200',
    '172.17.1.1 - - [28/Sep/2022:13:38:04 +0000] "GET /m HTTP/1.1" - - "-" "Nikto" 45640 "-" "-" 0ms',
    '1.2.3.4 - - [99/Oct/2000:13:55:36 +0000] "GET /x HTTP/1.0" 200 1',
    '1.2.3.4 - - [30/Feb/2000:13:55:36 +0000] "GET /x HTTP/1.0" 200 1',
    '1.2.3.4 - - [10/Oct/2000:25:55:36 +0000] "GET /x HTTP/1.0" 200 1',
    '1.2.3.4 - - [10/Oct/2000:13:55:36 +0000] "GET /x HTTP/1.0" 20',
  ])('refused: %s', (text) => {
    expect(readCombinedLine(text)).toBeUndefined();
  });

  test('CRLF, no end of the last line, blank lines', async () => {
    const { coverage } = await scan('gateway', { 'a.log': `${line()}\r\n\r\n${line()}` });
    expect(coverage).toMatchObject({ records: 2, parsed: 2 });
  });

  test('a cut last line, binary rubbish, and zeros before the first line', async () => {
    const cut = line().slice(0, 60);
    const bytes = Buffer.concat([
      Buffer.alloc(4096),
      Buffer.from(`${line()}\n`),
      Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x0a]),
      Buffer.from(cut),
    ]);
    const { coverage, of } = await scan('gateway', { 'a.log': bytes });
    expect(coverage).toMatchObject({ records: 3, parsed: 1, skipped: 2 });
    expect(of('connection')[0]).toMatchObject({ to: { host: '10.1.1.1' } });
  });

  test('a line of 2 MB is skipped, and the next one is read', async () => {
    const long = line({ agent: 'x'.repeat(2 * 1024 * 1024) });
    const { coverage } = await scan('gateway', { 'a.log': `${long}\n${line()}\n` });
    expect(coverage).toMatchObject({ records: 2, parsed: 1, skipped: 1 });
    expect(coverage.skippedPlaces[0]).toMatchObject({
      place: { line: 1 },
      reason: 'longer than 1 MB',
    });
  });

  test('gzip is unpacked; broken gzip is refused by name', async () => {
    const packed = gzipSync(`${line()}\n`.repeat(500));
    expect((await scan('gateway', { 'a.log.gz': packed })).coverage.parsed).toBe(500);
    for (const broken of [
      packed.subarray(0, packed.length - 12),
      Buffer.from([0x1f, 0x8b, 1, 2, 3]),
    ]) {
      const reading = scan('gateway', { 'a.log.gz': broken });
      await expect(reading).rejects.toThrow(InputError);
      await expect(reading).rejects.toThrow(/^a\.log\.gz:1:1: the gzip data is broken/);
    }
  });

  test('understood and skipped are together what is not blank, whatever the lines', async () => {
    const mutated = fc
      .tuple(fc.nat(120), fc.nat(8), fc.string({ maxLength: 12 }))
      .map(
        ([at, cut, put]) => line().slice(0, at) + put.replaceAll('\n', '') + line().slice(at + cut),
      );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(mutated, fc.string(), fc.constant(line()))),
        async (lines) => {
          const text = lines.join('\n');
          const { coverage, of } = await scan('gateway', { 'a.log': text });
          const filled = text.split('\n').filter((part) => part.trim() !== '');
          expect(coverage.parsed + coverage.skipped).toBe(coverage.records);
          expect(coverage.records).toBe(filled.length);
          const calls = of('connection').reduce(
            (sum, { traffic }) => sum + (traffic?.calls ?? 0),
            0,
          );
          expect(calls).toBeLessThanOrEqual(coverage.parsed);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('who calls whom', () => {
  const to = (path: string, call: Call = {}): string =>
    line({ ...call, request: `GET ${path} HTTP/1.1` });

  test('the longest route wins, on whole segments', async () => {
    const routes = { '/erp': 'erp', '/erp/stock/': 'wms' };
    const callers = { '10.0.0.0/8': 'shop' };
    expect(
      await draw(
        ['/erp/x', '/erp', '/erp/stock/1', '/erpx/1', '/erp/stocks'].map((path) => to(path)),
        { routes, callers },
      ),
    ).toEqual(['shop <- erp 3/0', 'shop <- wms 1/0', 'shop <- gateway/erpx 1/0']);
    expect(await draw([to('/any')], { routes: { '/': 'site' }, callers })).toEqual([
      'shop <- site 1/0',
    ]);
  });

  test('a user says more than an agent, an agent more than an address, a narrow range more than a wide one', async () => {
    const options = {
      routes: { '/': 'erp' },
      callers: {
        '10.0.0.0/8': 'wide',
        '10.1.0.0/16': 'narrow',
        '10.1.1.9': 'one',
        'curl/': 'agent',
        ann: 'user',
        'fd00::/8': 'six',
      },
    };
    const agent = 'java/21';
    const who = async (call: Call): Promise<string> =>
      (await draw([to('/x', call)], options))[0]?.split(' ')[0] ?? '';
    expect(await who({ user: 'ann' })).toBe('user');
    expect(await who({})).toBe('agent');
    expect(await who({ agent })).toBe('narrow');
    expect(await who({ agent, address: '10.1.1.9' })).toBe('one');
    expect(await who({ agent, address: '10.2.1.1' })).toBe('wide');
    expect(await who({ agent, address: 'fd00::1' })).toBe('six');
    expect(await who({ agent, address: '::ffff:10.1.1.9' })).toBe('one');
    expect(await who({ agent, address: '192.0.2.1' })).toBe('192.0.2.1');
  });

  test('reads pull, writes push, both go both ways, and errors are counted', async () => {
    const options = {
      routes: { '/a': 'a', '/b': 'b', '/c': 'c' },
      callers: { '10.0.0.0/8': 'shop' },
    };
    const lines = [
      line({ request: 'GET /a HTTP/1.1', status: 404 }),
      line({ request: 'HEAD /a HTTP/1.1', status: 399 }),
      line({ request: 'POST /b HTTP/1.1', status: 500 }),
      line({ request: 'GET /c HTTP/1.1' }),
      line({ request: 'PATCH /c HTTP/1.1' }),
    ];
    expect(await draw(lines, options)).toEqual(['shop <- a 2/1', 'shop -> b 1/1', 'shop <> c 2/0']);
  });

  test('traffic, intermediary, first line and window', async () => {
    const lines = [
      line({ time: '02/Nov/2026:10:00:00 +0100' }),
      line({ time: '01/Nov/2026:10:00:00 +0100' }),
    ];
    const { of, coverage } = await scan(
      'gateway',
      { 'a.log': lines.join('\n') },
      { intermediary: 'kong', routes: { '/erp': 'erp' } },
    );
    expect(of('route')).toMatchObject([{ prefix: '/erp', system: 'erp', intermediary: 'kong' }]);
    expect(of('connection')).toMatchObject([
      {
        witness: 'observed',
        via: [{ kind: 'system', value: 'kong' }],
        origin: { file: 'a.log', line: 1 },
        traffic: {
          calls: 2,
          errors: 0,
          bytes: 200,
          firstSeen: '2026-11-01T09:00:00Z',
          lastSeen: '2026-11-02T09:00:00Z',
        },
      },
    ]);
    expect(coverage.window).toEqual(['2026-11-01T09:00:00Z', '2026-11-02T09:00:00Z']);
  });

  test('a host named like a mapped system is not that system', async () => {
    const options = { routes: { '/': 'erp' }, callers: { ann: 'shop' } };
    expect(
      await draw([to('/x', { user: 'ann' }), to('/x', { address: 'shop' })], options),
    ).toHaveLength(2);
  });

  test('options that make no sense are refused', async () => {
    await expect(scan('gateway', { 'a.log': '' }, { routes: { erp: 'erp' } })).rejects.toThrow(
      /begins with/,
    );
    await expect(scan('gateway', { 'a.log': '' }, { format: 'iis' })).rejects.toThrow();
  });
});
