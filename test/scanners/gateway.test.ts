import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import fc from '../fast-check.ts';
import { draw, line } from './gateway/combined-log.ts';
import { scan } from './scan.ts';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../fixtures/gateway/${name}`, import.meta.url), 'utf8');

describe('real logs', () => {
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
    const healthChecks = coverage.leftOut['health checks'] ?? 0;
    expect(sum(({ calls }) => calls) + healthChecks).toBe(1000);
    expect(sum(({ errors }) => errors)).toBe(statuses.filter((status) => status >= 400).length);
    expect(sum(({ serverErrors }) => serverErrors)).toBe(
      statuses.filter((status) => status >= 500).length,
    );
    const bytes = [...text.matchAll(/" \d{3} (\d+) "[^\n]*"\n/g)].map((match) => Number(match[1]));
    expect(sum((traffic) => traffic.bytes)).toBe(bytes.reduce((total, size) => total + size, 0));
    const times = [...text.matchAll(/\[(\d\d)\/May\/2015:([\d:]{8}) \+0000\] [^\n]*"\n/g)].map(
      (match) => `2015-05-${match[1]}T${match[2]}Z`,
    );
    expect(coverage.window).toEqual([times.toSorted()[0], times.toSorted().at(-1)]);
  });

  test('a line without its two dashes is not in the format', async () => {
    const { coverage } = await scan('gateway', { 'bad.log': await fixture('bad_access_log') });
    expect(coverage).toMatchObject({ records: 3, parsed: 2, skipped: 1 });
    expect(coverage.skippedPlaces[0]?.place.line).toBe(2);
  });
});

describe('lines in the combined format', () => {
  const options = { format: 'combined' };

  test.each([
    ['IPv6', line({ address: '2a02:cf40::6fc6' }), '2a02:cf40::6fc6 <- gateway/erp 1/0'],
    [
      'quotes in the agent',
      line({ agent: String.raw`a \"b\" c\\` }),
      '10.1.1.1 <- gateway/erp 1/0',
    ],
    [
      'a query and a fragment',
      line({ request: 'GET /x?a=1#b HTTP/1.1' }),
      '10.1.1.1 <- gateway/x 1/0',
    ],
    [
      'a whole address',
      line({ request: 'GET http://h.example:80/erp/x HTTP/1.1' }),
      '10.1.1.1 <- h.example 1/0',
    ],
    [
      'no agent and no size',
      '1.2.3.4 - - [02/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 304 -',
      '1.2.3.4 <- gateway/x 1/0',
    ],
    [
      'no status was sent',
      '1.2.3.4 - - [28/Sep/2022:13:38:04 +0000] "GET /m HTTP/1.1" - - "-" "Nikto" 45 "-" "-" 0ms',
      '1.2.3.4 <- gateway/m 1/0',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await draw([text], options)).toEqual([expected]);
  });

  test('another zone', async () => {
    const text = line({ time: '31/Dec/2026:23:30:00 -0730' });
    const { coverage } = await scan('gateway', { 'a.log': text }, options);
    expect(coverage.window).toEqual(['2027-01-01T07:00:00Z', '2027-01-01T07:00:00Z']);
  });

  test.each([
    ['a tunnel', 'CONNECT h.example:443 HTTP/1.1'],
    ['a question to the server itself', 'OPTIONS * HTTP/1.1'],
    ['a greeting of another protocol', String.raw`\x16\x03\x01\x01 \x02`],
    ['nothing', '-'],
    ['an empty request', ''],
  ])('%s is read and is no call', async (_, request) => {
    const { coverage, of } = await scan('gateway', { 'a.log': line({ request }) }, options);
    expect(coverage).toMatchObject({ parsed: 1, skipped: 0 });
    expect(of('connection')).toEqual([]);
  });

  test.each([
    '67.43.156.15:80 127.0.0.1 - - [12/Apr/2018:09:48:40 +0200] "" 400 0 "-" "-"',
    'example.com:80 unix: - - [26/Feb/2019:15:39:42 +0100] "hello" 400 173 "-" "-"',
    'example.com 10.0.0.2, 10.0.0.1, 127.0.0.1 - - [07/Dec/2016:11:05:07 +0100] "GET /t HTTP/1.1" 200 1',
    '[10/Aug/2018:09:45:56 +0200] 172.30.0.119 TLSv1.2 ECDHE "GET /nagiosxi HTTP/1.1" 200',
    '1.2.3.4 - - [99/Oct/2000:13:55:36 +0000] "GET /x HTTP/1.0" 200 1',
    '1.2.3.4 - - [30/Feb/2000:13:55:36 +0000] "GET /x HTTP/1.0" 200 1',
    '1.2.3.4 - - [10/Oct/2000:25:55:36 +0000] "GET /x HTTP/1.0" 200 1',
    '1.2.3.4 - - [10/Oct/2000:13:55:36 +0000] "GET /x HTTP/1.0" 20',
    '1.2.3.4 - - [10/Oct/2000:13:55:36 +0000] "GET /x HTTP/1.0" 20 1',
    // A user with a blank looks like one more address before it.
    '1.2.3.4 - bob smith [02/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 200 1',
  ])('refused: %s', async (text) => {
    const log = `${line()}\n`.repeat(50) + text;
    const { coverage } = await scan('gateway', { 'a.log': log }, options);
    expect(coverage).toMatchObject({ parsed: 50, skipped: 1 });
    expect(coverage.skippedPlaces[0]?.place.line).toBe(51);
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
    const { coverage } = await scan('gateway', { 'a.log': `${long}\n${line()}\n` }, options);
    expect(coverage).toMatchObject({ records: 2, parsed: 1, skipped: 1 });
    expect(coverage.skippedPlaces[0]).toMatchObject({
      place: { line: 1 },
      reason: 'longer than 1 MB',
    });
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
          const { coverage, of } = await scan('gateway', { 'a.log': text }, options);
          const filled = text.split('\n').filter((part) => /[^\0 \t\r]/.test(part));
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

describe('packed logs', () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, index) => `${line({ address: `10.0.${index % 250}.${index % 241}` })}\n`,
  );
  const packed = gzipSync(lines.join(''));

  test('are unpacked', async () => {
    expect((await scan('gateway', { 'a.log.gz': packed })).coverage.parsed).toBe(20_000);
  });

  test.each([
    ['near the end', packed.subarray(0, packed.length - 12)],
    ['in the middle', packed.subarray(0, packed.length / 2)],
    ['a short one', gzipSync(lines.slice(0, 500).join('')).subarray(0, -12)],
  ])('broken %s: what came before is read, and the break is told by name', async (_, content) => {
    const { coverage } = await scan('gateway', { 'a.log.gz': content });
    expect(coverage.parsed).toBeGreaterThan(200);
    expect(coverage.parsed).toBeLessThanOrEqual(20_000);
    expect(coverage.flaws).toMatchObject([
      {
        place: { file: 'a.log.gz' },
        reason: expect.stringMatching(/^the gzip data is broken at byte/),
      },
    ]);
  });

  test('without one good byte it is refused by name', async () => {
    const reading = scan('gateway', { 'a.log.gz': packed.subarray(0, 11) });
    await expect(reading).rejects.toThrow(InputError);
    await expect(reading).rejects.toThrow(/^a\.log\.gz:1:1: the gzip data is broken/);
  });
});

describe('formats', () => {
  test('one that is unknown is refused where the configuration names it', async () => {
    const reading = scan('gateway', { 'a.log': line() }, { format: 'comined' });
    await expect(reading).rejects.toThrow(/^landscape\.yaml:1:1: .*combined/);
  });

  test('a log of no known format is skipped, told, and costs no other', async () => {
    const logs = { 'a.log': 'hello\nworld\n', 'b.log': line() };
    const { coverage } = await scan('gateway', logs);
    expect(coverage).toMatchObject({ parsed: 1, skipped: 2 });
    expect(coverage.skippedPlaces[0]).toMatchObject({
      place: { file: 'a.log' },
      reason: expect.stringContaining('no known log format'),
    });
  });

  test('lines of another format than the one that is named are skipped', async () => {
    const { coverage } = await scan(
      'gateway',
      { 'a.log': `${line()}\n${line()}` },
      { format: 'kong' },
    );
    expect(coverage).toMatchObject({ parsed: 0, skipped: 2 });
  });
});
