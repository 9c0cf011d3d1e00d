import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { chooseFormat, detectFormat } from '../../../src/scanners/gateway/formats/detect.ts';
import {
  type LinePrefix,
  prefixOf,
  skipPrefix,
} from '../../../src/scanners/gateway/formats/line-prefix.ts';
import { readFormat } from '../../../src/scanners/gateway/formats/read-format.ts';
import fc from '../../fast-check.ts';
import { presetLines } from './preset-lines.ts';

const lnav = (name: string): string[] =>
  readFileSync(new URL(`../../fixtures/logs/lnav/${name}`, import.meta.url), 'utf8').split('\n');

const lineOf = (preset: string): string =>
  presetLines.find((one) => one.preset === preset)?.line ?? '';

describe('whole logs', () => {
  test.each([
    ['access_log.0', 'combined', 'none', 1],
    ['bad_access_log.0', 'combined', 'none', 2 / 3],
    ['shop_access_log.0', 'combined', 'none', 1],
    ['haproxy.0', 'haproxy-http', 'syslog', 13 / 17],
    // Most of what Caddy writes at its start is about itself.
    ['caddy_log.0', 'caddy', 'none', 4 / 39],
    ['caddy_log.1', 'caddy', 'none', 1],
    ['cloudflare.1', 'cloudflare', 'none', 1],
    ['w3c.0', 'iis', 'none', 1],
    ['w3c_big.0', 'iis', 'none', 1],
  ])('%s is %s behind %s', (name, preset, prefix, confidence) => {
    const found = detectFormat(lnav(name));
    expect(found).toMatchObject({ preset, prefix });
    expect(found?.confidence).toBeCloseTo(confidence, 5);
  });

  test.each([
    ['FTP', lnav('w3c.2')],
    ['values in quotes', lnav('w3c.3')],
    ['nothing', []],
    ['blank lines', ['', '  ', '\t']],
    ['prose', Array.from({ length: 50 }, () => 'The quick brown fox jumps over the lazy dog.')],
    [
      'nginx errors',
      [
        '2021/04/01 13:02:31 [error] 31#31: *1 open() "/x" failed, client: 172.17.0.1, host: "l:8081"',
      ],
    ],
    // Each key is one that some gateway has, too.
    [
      'JSON of a program',
      [
        '{"time":"2026-11-02T10:00:00Z","level":"info","msg":"GET /x","status":200,"method":"GET","path":"/x"}',
      ],
    ],
    ['bytes', ['\u0000\u0001\u0002', '\ufffd\ufffd"[']],
  ])('%s is none', (_, lines) => {
    expect(detectFormat(lines)).toBeUndefined();
  });

  test('a tenth of dirt lowers the confidence and nothing else', () => {
    const lines = Array.from({ length: 100 }, (_, index) =>
      index % 10 === 3 ? 'garbage "[' : lineOf('ingress-nginx'),
    );
    expect(detectFormat(lines)).toMatchObject({ preset: 'ingress-nginx', confidence: 0.9 });
  });

  test('the first 200 lines decide', () => {
    const lines = [...Array(200).fill(lineOf('traefik')), ...Array(2000).fill(lineOf('combined'))];
    expect(detectFormat(lines)).toMatchObject({ preset: 'traefik', confidence: 1 });
  });

  test('a log of several layouts is the one that most lines have', () => {
    const lines = [...Array(8).fill(lineOf('combined')), ...Array(2).fill(lineOf('haproxy-http'))];
    expect(detectFormat(lines)).toMatchObject({ preset: 'combined', confidence: 0.8 });
  });

  test('few lines that say much do not outweigh many that say less', () => {
    const lines = [...Array(7).fill(lineOf('common')), ...Array(3).fill(lineOf('kong'))];
    expect(detectFormat(lines)).toMatchObject({ preset: 'common', confidence: 0.7 });
  });

  test('CloudFront and IIS are told apart by their columns, with a header or without', () => {
    const header =
      '#Version: 1.0\n#Fields: date time cs(Host) x-edge-location c-ip cs-method cs-uri-stem sc-status x-host-header time-taken x-edge-request-id';
    const row =
      '2019-12-04\t21:02:31\td1.cloudfront.net\tLAX1\t192.0.2.100\tGET\t/x\t200\twww.example.org\t0.001\tabcd1234==';
    expect(detectFormat([...header.split('\n'), row])?.preset).toBe('cloudfront');
    expect(detectFormat([lineOf('cloudfront')])?.preset).toBe('cloudfront');
    expect(detectFormat([lineOf('iis')])?.preset).toBe('iis');
  });

  test('JSON over several lines, in arrays, and in an array of an object', () => {
    const pretty = JSON.stringify(JSON.parse(lineOf('kong')), null, 2);
    expect(detectFormat(`${pretty}\n${pretty}`.split('\n'))).toMatchObject({
      preset: 'kong',
      confidence: 1,
      layout: 'records',
    });
    expect(detectFormat([`[${lineOf('kong')},${lineOf('kong')}]`])).toMatchObject({
      preset: 'kong',
      layout: 'records',
    });
    expect(detectFormat(`[\n${lineOf('kong')},\n${lineOf('kong')}\n]`.split('\n'))?.preset).toBe(
      'kong',
    );
    const records = detectFormat([`{"records":[${lineOf('azure-apim')},${lineOf('azure-apim')}]}`]);
    expect(records).toMatchObject({
      preset: 'azure-apim',
      confidence: 1,
      layout: 'wrapped',
      format: { records: 'records' },
    });
  });
});

describe('a format that was given', () => {
  const syslog = 'Feb 25 16:19:49 web01 nginx: ';

  test.each([
    ['kong', lineOf('kong'), 'kong', 'none'],
    ['ingress-nginx', syslog + lineOf('ingress-nginx'), 'ingress-nginx', 'syslog'],
    ['azure-apim', `{"records":[${lineOf('azure-apim')}]}`, 'azure-apim records', 'none'],
    [
      '$remote_addr [$time_local] $uri',
      `${syslog}10.1.4.7 [02/Nov/2026:10:00:00 +0100] /x`,
      'nginx log_format',
      'syslog',
    ],
  ])('%s: its layout and prefix', (given, line, name, prefix) => {
    const chosen = chooseFormat([line, line], readFormat(given));
    expect(chosen).toMatchObject({ confidence: 1, prefix, format: { name } });
  });

  test('a map without "records" reads a wrapped array, and one with it reads lines', () => {
    const line = '{"t":"2026-11-02T10:00:00Z","p":"/x"}';
    const map = { time: 't', path: 'p' };
    const wrapped = chooseFormat([`{"logs":[${line}]}`], readFormat(map));
    expect(wrapped).toMatchObject({ confidence: 1, layout: 'wrapped' });
    const lines = chooseFormat([line], readFormat({ ...map, records: 'logs' }));
    expect(lines).toMatchObject({ confidence: 1, layout: 'lines' });
  });

  test('a map of JSON fields need not be filled', () => {
    const formats = readFormat({
      time: 't',
      path: 'p',
      user: 'a',
      agent: 'b',
      host: 'c',
      route: 'd',
    });
    const chosen = chooseFormat(['{"t":"2026-11-02T10:00:00Z","p":"/x"}'], formats);
    expect(chosen.confidence).toBe(1);
  });

  test('where it reads nothing it is the first', () => {
    const chosen = chooseFormat(['garbage'], readFormat('kong'));
    expect(chosen).toMatchObject({ confidence: 0, prefix: 'none', format: { name: 'kong' } });
  });
});

const prefixes: readonly (readonly [LinePrefix, string])[] = [
  ['cri', '2026-01-24T01:38:00.000000000+00:00 stdout F '],
  ['cri', '2026-01-24T01:38:00.123Z stderr P '],
  ['syslog', 'Feb 25 16:19:49 192.168.4.2 haproxy[7]: '],
  ['syslog', '<134>Feb  5 16:19:49 haproxy[7]: '],
  ['syslog', '<134>Feb  5 16:19:49 fd00::1 haproxy[7]: '],
  ['syslog', '2026-11-02T10:00:00.123456+01:00 web01 nginx: '],
  ['syslog', '<190>1 2026-11-02T10:00:00.1Z web01 nginx 77 - - '],
  ['syslog', '<190>1 2026-11-02T10:00:00.1Z web01 nginx 77 ID47 [ex@32473 iut="3" a="b: c"] '],
  ['compose', 'caddy  | '],
  ['compose', 'shop-proxy-1 | '],
  ['pod', '[pod/web-5d5f4c9b7-abcde/nginx] '],
];

describe('what collectors write before each line', () => {
  test.each(prefixes)('%s: %s', (prefix, text) => {
    expect(prefixOf(`${text}${lineOf('combined')}`)).toBe(prefix);
    const bytes = new TextEncoder().encode(`${text}${lineOf('combined')}\n`);
    expect(skipPrefix(prefix, bytes, 0)).toBe(text.length);
    for (const preset of ['combined', 'haproxy-http', 'envoy', 'traefik']) {
      const lines = Array.from({ length: 5 }, () => text + lineOf(preset));
      expect(detectFormat(lines)).toMatchObject({ preset, prefix, confidence: 1 });
    }
    expect(detectFormat([text + lineOf('kong')])?.preset).toBe('kong');
  });

  test('lines of no product begin with one', () => {
    for (const { line } of presetLines) expect(prefixOf(line)).toBe('none');
  });

  test('it is looked for in its own line only', () => {
    const bytes = new TextEncoder().encode('one two\nthree four five | six: [x] \n');
    for (const prefix of ['cri', 'syslog', 'compose', 'pod'] as const)
      expect(skipPrefix(prefix, bytes, 0)).toBe(0);
    expect(skipPrefix('syslog', new TextEncoder().encode('<1>1 a b\n'), 0)).toBe(0);
  });

  test('any bytes: never beyond the line, never a throw', () => {
    const text = fc.array(
      fc.constantFrom(
        '<134>',
        '1 ',
        '2026-11-02T10:00:00Z ',
        '[',
        '] ',
        ': ',
        '| ',
        'a',
        ' ',
        '-',
        '{',
        '"',
        '\n',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        text,
        fc.constantFrom(...prefixes.map(([prefix]) => prefix)),
        (pieces, prefix) => {
          const line = `${pieces.join('')}\n`;
          const bytes = new TextEncoder().encode(line);
          const at = skipPrefix(prefix, bytes, 0);
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThanOrEqual(line.indexOf('\n'));
          prefixOf(line);
        },
      ),
    );
  });
});

test('mutated lines of every product: an answer of 0 to 1, quickly', () => {
  const lines = presetLines.map(({ line }) => line);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(lines.length - 1), fc.nat(400), fc.string({ maxLength: 5 })), {
        minLength: 1,
        maxLength: 4,
      }),
      (changes) => {
        const sample = changes.map(([index, at, text]) => {
          const line = lines[index] ?? '';
          return line.slice(0, at) + text + line.slice(at + 3);
        });
        const found = detectFormat(sample);
        if (found) expect(found.confidence).toBeGreaterThan(0);
        expect(found?.confidence ?? 0).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 300 },
  );
  const started = performance.now();
  for (const part of ['{', '[', '"', '\\"', '{"a":[', ' ', ',', 'a, ', '<1>1 ', '::'])
    detectFormat(Array.from({ length: 50 }, () => part.repeat(Math.floor(60_000 / part.length))));
  expect(performance.now() - started).toBeLessThan(20_000);
}, 60_000);
