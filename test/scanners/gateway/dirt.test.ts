import { describe, expect, test } from 'vitest';
import { scan } from '../scan.ts';
import { callsIn, drawAll, logOf, read, readInChunks, readInRanges } from './read-log.ts';

const line = (path = '/erp/x'): string =>
  `10.1.1.1 - - [02/Nov/2026:10:00:00 +0100] "GET ${path} HTTP/1.1" 200 100 "-" "curl/8"`;
const combined = logOf('a.log', 'combined');
const json = (path = '/erp/x'): string =>
  JSON.stringify({
    time: '2026-11-02T10:00:00Z',
    client_ip: '10.1.1.1',
    api_name: 'erp',
    path,
    status: 200,
  });

const buffer = (...parts: readonly (string | Uint8Array | number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))),
  );

describe('dirt in a log of lines', () => {
  test.each<[string, Uint8Array | string, number, number, number]>([
    ['nothing', '', 0, 0, 0],
    ['blank lines only', '\n\r\n\n', 3, 0, 0],
    ['lines of blanks', `  \n\t\n \r\n${line()}\n`, 4, 1, 0],
    ['zeros only', Buffer.alloc(100_000), 1, 0, 0],
    ['zeros before a line', buffer(Buffer.alloc(5000), line(), '\n'), 1, 1, 0],
    ['zeros between lines', buffer(line(), '\n', Buffer.alloc(5000), line()), 2, 2, 0],
    ['one line without an end', line(), 1, 1, 0],
    ['one cut line', line().slice(0, 50), 1, 0, 1],
    ['a cut line at the end', `${line()}\n${line().slice(0, 64)}`, 2, 1, 1],
    ['two lines run into one', `${line().slice(0, 30)}${line()}\n${line()}\n`, 2, 1, 1],
    ['binary', buffer([0xff, 0xfe, 0, 0x80, 0x0a], line(), [10, 0x80, 0x81]), 3, 1, 2],
    [
      'invalid UTF-8 in a path',
      buffer(line().slice(0, 60), [0xe9, 0xff], line().slice(60)),
      1,
      1,
      0,
    ],
    [
      'a stack trace',
      `${line()}\nTraceback (most recent call last):\n  File "x"\n${line()}`,
      4,
      2,
      2,
    ],
    ['a byte order mark', `\u{feff}${line()}\n${line()}\n`, 2, 2, 0],
    ['form feeds and other controls', `${line()}\n\f\v\u0001\n`, 2, 1, 1],
    ['carriage returns alone', `${line()}\r\r\n${line()}\r`, 2, 2, 0],
  ])('%s', async (_, content, lines, parsed, skipped) => {
    const expected = { lines, parsed, skipped };
    expect(await readInRanges(combined, content, [])).toMatchObject(expected);
    expect(await readInChunks(combined, content, [1, 7])).toMatchObject(expected);
    expect(await readInRanges(combined, content, [1, 40, 41, 90])).toMatchObject(expected);
  });

  test('a byte order mark is no part of the address', async () => {
    const { groups } = await readInRanges(combined, `\u{feff}${line()}`, []);
    expect(groups.map(({ caller }) => caller)).toEqual([{ kind: 'address', value: '10.1.1.1' }]);
  });

  test('a line of 3 MB is skipped, and its neighbours are read', async () => {
    const long = line(`/${'x'.repeat(3 * 1024 * 1024)}`);
    const text = `${line()}\n${long}\n${line()}\n`;
    const expected = { lines: 3, parsed: 2, skipped: 1, reasons: ['longer than 1 MB'] };
    expect(await readInRanges(combined, text, [])).toMatchObject(expected);
    expect(await readInChunks(combined, text, [65_536])).toMatchObject(expected);
    const cuts = [1, 60, 90, 100_000, 1_200_000, 2_500_000, text.length - 60];
    expect(await readInRanges(combined, text, cuts)).toMatchObject(expected);
    const unended = `${line()}\n${long}`;
    expect(await readInRanges(combined, unended, [])).toMatchObject({
      lines: 2,
      parsed: 1,
      skipped: 1,
    });
  });

  test.each([
    1024 * 1024,
    1024 * 1024 - 1,
    1024 * 1024 + 1,
    256 * 1024,
    256 * 1024 + 1,
    512 * 1024,
  ])('a line of %i bytes counts once, however it is cut', async (length) => {
    const start = line('/a');
    const long = `${start.slice(0, -1)}${'y'.repeat(length - start.length - 1)}"\n`;
    const text = `${line()}\n${long}${line()}\n`;
    const once = await readInRanges(combined, text, []);
    expect(once.parsed + once.skipped).toBe(3);
    expect(once.parsed).toBe(long.length <= 1024 * 1024 ? 3 : 2);
    for (const size of [1000, 65_536, 262_144, 1024 * 1024, text.length])
      expect(await readInChunks(combined, text, [size])).toEqual(once);
    expect(await readInRanges(combined, text, [50, 300_000, length])).toEqual(once);
  });

  test('quotes and backslashes in every field of text', async () => {
    const texts = [
      String.raw`a \"b\" c`,
      String.raw`\\`,
      String.raw`\\\"`,
      String.raw`a\x22b`,
      '',
      '-',
    ];
    for (const agent of texts)
      for (const referer of texts) {
        const text = `10.1.1.1 - - [02/Nov/2026:10:00:00 +0100] "GET /a HTTP/1.1" 200 7 "${referer}" "${agent}"\n`;
        expect(await readInRanges(combined, text + line(), [])).toMatchObject({
          parsed: 2,
          skipped: 0,
        });
      }
  });

  test('a text that is not closed costs its own line only', async () => {
    const open = line().slice(0, -1);
    expect(await readInRanges(combined, `${open}\n${line()}\n`, [])).toMatchObject({
      lines: 2,
      parsed: 1,
      skipped: 1,
    });
  });
});

describe('dirt in JSON', () => {
  const tyk = logOf('a.log', 'tyk');

  test.each<[string, string, number, number, number]>([
    ['text before the brace', `DEBUG ${json()}\n2026-11-02 app[1]: ${json()}\n`, 2, 2, 0],
    ['an object cut off', `${json().slice(0, 40)}\n${json()}\n`, 2, 1, 1],
    ['two objects on one line', `${json()}${json()}\n${json()}, ${json()}\n`, 2, 4, 0],
    [
      'one of two on a line is bad',
      `${json()}${json().replace('2026', 'x')}\n${json()}\n`,
      2,
      2,
      1,
    ],
    ['more behind the object', `${json()} trailing\n${json()}\n`, 2, 1, 1],
    ['braces and quotes in texts', `${json('/a}{\\"')}\n${json()}\n`, 2, 2, 0],
    ['no JSON', `{x}\n{"a"}\n{"a":}\n{"a":"b\n{"time":1,}\n[]\n${json()}\n`, 7, 1, 6],
    ['tabs and returns between', `${json().replaceAll(',', '\t,\t')}\r\n`, 1, 1, 0],
    [
      'deep nesting',
      `${json().slice(0, -1)},"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}\n`,
      1,
      1,
      0,
    ],
    [
      'deep nesting, open',
      `${json().slice(0, -1)},"x":${'{"a":'.repeat(20_000)}\n${json()}\n`,
      2,
      1,
      1,
    ],
    [
      'escapes that are none',
      `${json('/\\u12"')}\n${json('/\\ud800\\u00"')}\n${json()}\n`,
      3,
      3,
      0,
    ],
  ])('%s', async (_, text, lines, parsed, skipped) => {
    const raw = text.replaceAll('\\\\u', '\\u').replaceAll('\\"', '\\"');
    const result = await readInRanges(tyk, raw, []);
    expect(result).toMatchObject({ lines, parsed, skipped });
    expect(await readInChunks(tyk, raw, [11])).toEqual(result);
  });

  test('values by key: escapes, the last of doubles, null and empty texts', async () => {
    const text = [
      '{"time":"2026-11-02T10:00:00Z","client_ip":"10.0.0.1","api_name":"caf\\u00e9 \\ud83d\\ude00","path":"\\/a\\/b","status":200}',
      '{"time":"2026-11-02T10:00:00Z","client_ip":null,"api_name":"x","api_name":"y","path":"/a","status":"404"}',
      '{"time":"2026-11-02T10:00:00Z","client_ip":"","x":{"api_name":"no"},"api_name":"z","path":"/a","status":500}',
    ].join('\n');
    const drawn = drawAll(await readInRanges(tyk, text, []));
    expect(drawn.map((one) => one.replace(/ \d{13}.*/, ''))).toEqual([
      '10.0.0.1 > café 😀 /a/b 1/0/0 0',
      '? > y /a 1/1/0 0',
      '? > z /a 1/1/1 0',
    ]);
  });

  test('objects over several lines: a broken one costs no others', async () => {
    const pretty = (path: string): string => JSON.stringify(JSON.parse(json(path)), null, 2);
    for (const at of [3, 20, 45, 60, 80, 100]) {
      const text = [pretty('/a'), pretty('/b').slice(0, at), pretty('/c'), pretty('/d')].join('\n');
      const { groups, skipped } = await read({ 'a.log': text }, 'tyk');
      const routes = groups.map(({ route }) => route);
      expect([at, routes.includes('/a'), routes.includes('/d')]).toEqual([at, true, true]);
      expect([at, skipped]).toEqual([at, 1]);
    }
  });

  test('records in one array, in one line that is longer than any line may be', async () => {
    const record = {
      time: '2026-11-02T10:00:00Z',
      callerIpAddress: '10.0.0.1',
      durationMs: 5,
      correlationId: 'a1b2c3d4',
      properties: {
        method: 'GET',
        url: 'https://api.example/x',
        responseCode: 200,
        apiId: 'orders',
      },
    };
    for (const format of [undefined, 'azure-apim']) {
      const records = Array.from({ length: 6000 }, () => record);
      for (const value of [{ records }, records]) {
        const result = await read({ 'a.json': JSON.stringify(value) }, format);
        expect(result).toMatchObject({ parsed: 6000, skipped: 0 });
        expect(callsIn(result)).toBe(6000);
      }
    }
  });

  test('an array whose record has lost a brace loses a bounded part', async () => {
    const records = Array.from({ length: 30_000 }, (_, index) => json(`/p/${index}`));
    records[5] = (records[5] ?? '').slice(0, -1);
    const { parsed, skipped } = await read({ 'a.json': `[${records.join(',\n')}]` }, 'tyk');
    expect(parsed).toBeGreaterThan(15_000);
    expect(skipped).toBeLessThan(4);
  });
});

describe('columns that change', () => {
  const head = (columns: string): string => `#Fields: ${columns}\n`;
  const iis = logOf('u.log', 'iis');

  test('values of columns that are gone are forgotten', async () => {
    const text = [
      head('date time c-ip cs-username cs-method cs-uri-stem sc-status cs-host sc-bytes'),
      '2026-11-02 10:00:00 10.0.0.1 bob POST /a 500 h.example 70000\n',
      '#Software: something\n',
      head('date time c-ip cs-uri-stem cs-host'),
      '2026-11-03 10:00:00 10.0.0.2 /a h.example\n',
    ].join('');
    const { groups, parsed, answeredItself } = await readInRanges(iis, text, []);
    expect({ parsed, answeredItself }).toEqual({ parsed: 2, answeredItself: 0 });
    expect(groups).toMatchObject([
      { caller: { value: 'bob' }, serverErrors: 1, bytes: 70_000, writes: 1 },
      { caller: { value: '10.0.0.2' }, serverErrors: 0, bytes: 0, writes: 0, reads: 0 },
    ]);
  });

  test('without a day there is no moment', async () => {
    const text = `${head('time c-ip cs-uri-stem s-ip')}10:00:00 10.0.0.1 /a 10.9.9.9\n`;
    const { groups } = await readInRanges(iis, text, []);
    expect(groups).toMatchObject([{ calls: 1, firstSeen: undefined }]);
  });

  test.each([
    ['tabs', '\t'],
    ['blanks', ' '],
  ])('%s between the values', async (_, separator) => {
    const values = ['2026-11-02', '10:00:00', '10.0.0.1', '/a', '10.9.9.9'].join(separator);
    const text = `\u{feff}${head('date time c-ip cs-uri-stem s-ip')}${values}\r\n${values}`;
    expect(await readInRanges(iis, text, [])).toMatchObject({ parsed: 2, skipped: 0 });
  });

  test.each(['', ' ', ' x-unknown', ` ${'a '.repeat(5000)}`, ' date date date time'])(
    'a header that names nothing of use: "%s"',
    async (columns) => {
      const text = `#Fields:${columns}\n2026-11-02 10:00:00 10.0.0.1\n`;
      const { parsed, skipped, lines } = await readInRanges(iis, text, []);
      expect([parsed + skipped, lines]).toEqual([1, 2]);
    },
  );
});

describe('dirt as a scan tells it', () => {
  test('UTF-16 is skipped by name', async () => {
    const text = `\u{feff}${line()}\n${line()}\n`;
    for (const content of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
      const { coverage } = await scan('gateway', { 'a.log': content });
      expect(coverage).toMatchObject({ parsed: 0 });
      expect(coverage.skipped).toBeGreaterThan(0);
      expect(coverage.skippedPlaces[0]).toMatchObject({
        place: { file: 'a.log', line: 1 },
        reason: 'is UTF-16; convert the file to UTF-8',
      });
    }
  });

  test('a log that begins with more zeros than a sample holds is recognised', async () => {
    const content = buffer(Buffer.alloc(3_000_000), `${line()}\n${line()}\n`);
    const { coverage } = await scan('gateway', { 'a.log': content });
    expect(coverage).toMatchObject({ parsed: 2, skipped: 0 });
  });

  test('an empty log, and one of blank lines, hold nothing and are no error', async () => {
    const { coverage, evidence } = await scan('gateway', { 'a.log': '', 'b.log': '\n\n \n' });
    expect({ ...coverage, evidence }).toMatchObject({ records: 0, evidence: [] });
  });

  test('a file of one endless line is told', async () => {
    const { coverage } = await scan('gateway', { 'a.log': 'x'.repeat(3_000_000) });
    expect(coverage).toMatchObject({ parsed: 0, skipped: 1 });
  });

  test('places are those of the lines, and only the first few are kept', async () => {
    const lines = Array.from({ length: 100 }, (_, index) =>
      index % 2 === 0 ? line() : `bad ${index}`,
    );
    const { coverage } = await scan('gateway', { 'a.log': lines.join('\n') });
    expect(coverage).toMatchObject({ records: 100, parsed: 50, skipped: 50 });
    expect(coverage.skippedPlaces.slice(0, 3).map(({ place }) => place.line)).toEqual([2, 4, 6]);
    expect(coverage.skippedPlaces.length).toBeLessThanOrEqual(20);
  });
});
