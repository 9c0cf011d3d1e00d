import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isPlausible } from '../../../src/scanners/gateway/formats/plausible.ts';
import { findPreset } from '../../../src/scanners/gateway/formats/presets.ts';
import { toTextFormat } from '../../../src/scanners/gateway/kernel/columns.ts';
import {
  type LineFields,
  toFieldReader,
} from '../../../src/scanners/gateway/kernel/read-fields.ts';
import type { Role } from '../../../src/scanners/gateway/log-format.ts';

const fixture = (name: string): string[] =>
  readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

/** What the first of the presets' formats that takes the line finds in it. */
function read(presets: readonly string[], line: string): LineFields | undefined {
  for (const preset of presets) {
    for (const format of findPreset(preset)?.formats ?? []) {
      const fields = toFieldReader(format)(line);
      if (fields) return fields;
    }
  }
  return undefined;
}

interface Case {
  readonly case: string;
  readonly format: string | null;
  readonly value: string;
  readonly expect: 'Ok' | 'Err';
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Names of that parser → roles. */
const roleOf: Readonly<Record<string, Role>> = {
  host: 'address',
  client: 'address',
  remote_addr: 'address',
  user: 'user',
  remote_user: 'user',
  message: 'request',
  request: 'request',
  status: 'status',
  size: 'bytes',
  body_bytes_size: 'bytes',
  agent: 'agent',
  http_user_agent: 'agent',
  request_time: 'duration',
  proxy_upstream_name: 'upstream',
  req_id: 'request-id',
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The time of a common log in UTC, by another way than the engine's. */
function toUtc(time: string): string {
  const [, day, month = '', year, clock, zone = ''] =
    /^(\d\d)\/(\w{3})\/(\d{4}):([\d:]{8}) ([+-]\d{4})$/.exec(time) ?? [];
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  const iso = day ? `${year}-${number}-${day}T${clock}${zone.slice(0, 3)}:${zone.slice(3)}` : time;
  return new Date(iso).toISOString().replace('.000Z', 'Z');
}

describe('lines of the tests of another parser', () => {
  const error = 'a line of an error log: it says nothing of a call that went through';
  const presetsOf: Readonly<Record<string, readonly string[]>> = {
    common: ['common'],
    combined: ['combined', 'common'],
    main: ['combined'],
    ingress_upstreaminfo: ['ingress-nginx'],
    null: ['common'],
  };
  const notRead: Readonly<Record<string, string>> = {
    '- - - - - - -': 'no time, and neither brackets nor quotes: nothing that could be counted',
  };

  const cases = ['parse_apache_log', 'parse_nginx_log', 'parse_common_log'].flatMap((name) =>
    fixture(`gateway/${name}.jsonl`).map((line) => ({ ...(JSON.parse(line) as Case), name })),
  );

  test('there are as many as there were', () => {
    expect(cases.length + fixture('logs/parse_aws_alb_log.jsonl').length).toBe(54);
    expect(cases.filter(({ format }) => format === 'error')).toHaveLength(14);
  });

  test.each(cases.filter(({ format }) => format !== 'error'))(
    '$name $case',
    ({ format, value, expect: verdict, fields = {} }) => {
      const found = read(presetsOf[String(format)] ?? [], value);
      if (verdict === 'Err' || notRead[value]) {
        expect(found).toBeUndefined();
        return;
      }
      const expected = Object.fromEntries(
        Object.entries(fields).flatMap(([name, field]) => {
          const role = roleOf[name];
          return role && field !== '' && field !== '-' ? [[role, String(field)]] : [];
        }),
      );
      const { time, ...rest } = found ?? {};
      // The oracle writes 0.05 where the line says 0.050.
      const duration = rest.duration === undefined ? {} : { duration: String(+rest.duration) };
      expect(found).toBeDefined();
      expect({ ...rest, ...duration }).toEqual(expected);
      expect(time === undefined ? undefined : toUtc(time)).toBe(fields.timestamp);
    },
  );

  test.each(cases.filter(({ format }) => format === 'error'))(`$case: ${error}`, ({ value }) => {
    expect(read(['common', 'combined', 'vhost-combined', 'ingress-nginx'], value)).toBeUndefined();
  });
});

/** Columns by blanks, quotes kept together: how AWS documents its lines. */
function columnsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

describe('lines of load balancers', () => {
  const lines = fixture('logs/parse_aws_alb_log.jsonl').map((line) => JSON.parse(line) as Case);

  test.each(lines)('$case', ({ value }) => {
    const columns = columnsOf(value);
    const roles: Readonly<Record<number, Role>> = {
      1: 'time',
      3: 'address',
      6: 'duration',
      8: 'status',
      11: 'bytes',
      12: 'request',
      13: 'agent',
      16: 'upstream',
      18: 'host',
    };
    const expected = Object.fromEntries(
      Object.entries(roles).flatMap(([index, role]) =>
        columns[+index] === '-' ? [] : [[role, columns[+index]]],
      ),
    );
    expect(read(['aws-alb'], value)).toEqual(expected);
  });

  test('older versions stop earlier, newer ones go on', () => {
    const line = lines[1]?.value ?? '';
    const whole = read(['aws-alb'], line);
    expect(read(['aws-alb'], `${line} "m.example.com" "-" "TransformSuccess"`)).toEqual(whole);
    const { host: _host, ...rest } = whole ?? {};
    const early = line.slice(0, line.indexOf(' "www.example.com"'));
    expect(read(['aws-alb'], early)).toEqual(rest);
  });
});

describe('logs of another viewer', () => {
  const lnav = (name: string): string[] => fixture(`logs/lnav/${name}`);

  test.each(['access_log.0', 'access_log.1', 'bad_access_log.0', 'shop_access_log.0'])(
    '%s',
    (name) => {
      const shape = /^(\S+) - (\S+) \[([^\]]+)\] "(.*?)" (\d{3}) (\d+) "(?:.*?)" "(.*?)"(?: "-")?$/;
      const lines = lnav(name);
      let broken = 0;
      for (const line of lines) {
        const match = shape.exec(line);
        if (!match) {
          broken++;
          expect(read(['combined', 'vhost-combined'], line)).toBeUndefined();
          continue;
        }
        const names = ['address', 'user', 'time', 'request', 'status', 'bytes', 'agent'];
        const expected = names.flatMap((role, index) =>
          match[index + 1] === '-' ? [] : [[role, match[index + 1]]],
        );
        expect(read(['combined'], line)).toEqual(Object.fromEntries(expected));
      }
      // The second line of the bad log lacks its user.
      expect(broken).toBe(name === 'bad_access_log.0' ? 1 : 0);
    },
  );

  const pick = (value: unknown, path: string): unknown =>
    path.split('.').reduce((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);

  test.each([
    ['cloudflare', 'cloudflare.1', { path: 'ClientRequestURI', agent: 'ClientRequestUserAgent' }],
    ['cloudflare', 'cloudflare.json', { status: 'EdgeResponseStatus', time: 'EdgeStartTimestamp' }],
    ['caddy', 'caddy_log.0', { path: 'request.uri', address: 'request.client_ip' }],
    ['caddy', 'caddy_log.1', { agent: 'request.headers.User-Agent.0', duration: 'duration' }],
  ])('%s: %s', (preset, name, paths) => {
    let calls = 0;
    for (const line of lnav(name)) {
      const text = line.slice(line.indexOf('{'));
      // A long number loses its last digits when it is parsed.
      const value: unknown = JSON.parse(text.replace(/:(\d{16,})/g, ':"$1"'));
      if (preset === 'caddy' && pick(value, 'msg') !== 'handled request') {
        expect(Object.keys(read([preset], line) ?? {})).not.toContain('path');
        continue;
      }
      calls++;
      const found = read([preset], line);
      for (const [role, path] of Object.entries(paths))
        expect(found?.[role as Role]).toBe(String(pick(value, path)));
    }
    expect(calls).toBeGreaterThan(0);
  });

  test('haproxy.0', () => {
    const shape =
      /haproxy\[\d+\]: (\S+:\d+) \[(\S+)\] \S+ ([^/ ]+)\/\S+ (?:\d+\/){4}(\d+) (\d+) (\d+) .*"(.*)"$/;
    const calls = lnav('haproxy.0').filter((line) => shape.test(line));
    expect(calls).toHaveLength(13);
    for (const line of lnav('haproxy.0')) {
      const match = shape.exec(line);
      // Without its syslog prefix, as the walker gets it. The rest are notes on the proxy itself.
      const bare = line.slice(line.indexOf(']: ') + 3);
      const names = ['address', 'time', 'upstream', 'duration', 'status', 'bytes', 'request'];
      const expected = names.map((role, index) => [role, match?.[index + 1]]);
      if (match) expect(read(['haproxy'], bare)).toEqual(Object.fromEntries(expected));
      else expect(read(['haproxy', 'haproxy-tcp'], bare)).toBeUndefined();
    }
  });

  /** Rows below their header by columns, or why none are read. */
  const w3c: Readonly<Record<string, string | number>> = {
    'w3c.0': 1,
    'w3c.1': 1,
    'w3c.2': 'FTP: verbs of a session and no day; a row names no path',
    'w3c.3': 'Advanced Logging puts values with blanks in quotes, which W3C columns do not have',
    'w3c.4': 'another product that puts every value in quotes, with blanks inside',
    // A row of fifteen columns below a header of six: those are read, no more.
    'w3c.5': 1,
    'w3c.6': 1,
    'w3c_big.0': 60,
  };

  test.each(Object.entries(w3c))('%s: %s', (name, rows) => {
    const format = findPreset('iis')?.formats[0];
    if (format?.kind !== 'columns') throw new Error('the preset has columns');
    let names: string[] = [];
    let good = 0;
    for (const line of lnav(name)) {
      if (line.startsWith('#')) {
        if (/^#Fields:/.test(line)) names = line.slice(8).trim().split(/\s+/);
        continue;
      }
      const found = toFieldReader(toTextFormat(format, names, ' '))(line);
      if (typeof rows === 'string') {
        expect(found && isPlausible(found)).not.toBe(true);
        continue;
      }
      good++;
      const values = line.split(/\s+/);
      const at = (...columns: string[]): string | undefined =>
        values[names.findIndex((one) => columns.includes(one))];
      expect(found?.date).toBe(at('date'));
      expect(found?.clock).toBe(at('time'));
      expect(found?.address).toBe(at('c-ip'));
      expect(found?.method).toBe(at('cs-method'));
      expect(found?.path).toBe(at('cs-uri-stem', 'cs-uri'));
      expect(found?.status).toBe(at('sc-status'));
    }
    if (typeof rows === 'number') expect(good).toBe(rows);
  });
});
