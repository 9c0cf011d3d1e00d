import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { listFirst } from '../schedule/open.ts';
import { drawConnections, type Scan, scan } from './scan.ts';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../fixtures/cron/${name}`, import.meta.url), 'utf8');

const reasons = ({ coverage }: Scan): string[] =>
  [...coverage.skippedPlaces, ...coverage.flaws].map(
    ({ place, reason }) => `${place.file}:${place.line} ${reason}`,
  );

/** Each job as `name | schedule | scheduler`, with `off` where it does not run. */
const draw = ({ of }: Scan): string[] =>
  of('job').map(
    ({ command, schedules, disabled }) =>
      `${command} | ${schedules[0]?.expression} | ${schedules[0]?.scheduler ?? 'cron'}${disabled ? ' | off' : ''}`,
  );

describe('anacron', () => {
  test('hours hold for the file, the delay for the lines below it', async () => {
    const text =
      'MAILTO=root\n1\t5\tcron.daily\tnice a\nRANDOM_DELAY=45\nSTART_HOURS_RANGE=3-22\n7 25 cron.weekly b\n@monthly 45 cron.monthly c \\\n  -x\n@annualy 1 y d\n';
    const result = await scan('cron', { anacrontab: text }, { timezone: 'Europe/Oslo' });
    expect(draw(result)).toEqual([
      'nice a | 1 5 3-22 | anacron',
      'b | 7 25 3-22 45 | anacron',
      'c   -x | @monthly 45 3-22 45 | anacron',
      'd | @yearly 1 3-22 45 | anacron',
    ]);
    const [first] = result.of('job');
    expect(first && listFirst(first.schedules[0] as never, '2026-11-02T00:00:00Z', 1)).toEqual([
      '2026-11-02T02:06',
    ]);
    expect(result.of('job').map(({ origin }) => origin.line)).toEqual([2, 5, 6, 8]);
    expect(result.coverage).toMatchObject({ parsed: 7, skipped: 0 });
  });

  test('what anacron skips is skipped with its words', async () => {
    const text =
      'START_HOURS_RANGE = 3-22\nRANDOM_DELAY=a lot\n1 5 a/b x\n1 x cron.daily y\n@fortnightly 5 n z\n99999999999 5 n z\n1 5 ok z\n';
    const result = await scan('cron', { 'etc/anacrontab': text });
    expect(draw(result)).toEqual(['z | 1 5 | anacron']);
    expect(reasons(result).map((reason) => reason.replace(/^\S+ /, '').slice(0, 60))).toEqual([
      'anacron would skip it with "Invalid syntax": " 3-22" is no r',
      'anacron would skip it with "Invalid syntax": "a lot" is no n',
      'anacron would skip it with "Invalid syntax": expected a peri',
      'anacron would skip it with "Invalid syntax": expected a peri',
      'anacron would skip it with "Unknown named period": @fortnigh',
      'anacron would skip it with "number out of range"',
    ]);
  });
});

describe('folders of run-parts', () => {
  const script =
    '#!/bin/sh\ncurl -sf http://erp.example/stock -o /tmp/s\nscp /tmp/s wms.example:/in/\n';

  test('scripts take the time of the line that runs their folder', async () => {
    const result = await scan(
      'cron',
      {
        'etc/crontab':
          '17 * * * * root cd / && run-parts --report /etc/cron.hourly\n25 6 * * * root test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }\n',
        'etc/cron.hourly/stock': script,
        'etc/cron.daily/.placeholder': '# DO NOT EDIT OR REMOVE\n',
        'etc/cron.daily/load':
          '#!/usr/bin/env python3\nimport requests\nrequests.get("http://dwh.example/x")\n',
        'etc/cron.daily/old.sh': script,
      },
      { host: 'etl01' },
    );
    expect(draw(result).slice(0, 3)).toEqual([
      '/etc/cron.daily/load | 25 6 * * * | cron',
      '/etc/cron.daily/old.sh | 25 6 * * * | cron | off',
      '/etc/cron.hourly/stock | 17 * * * * | cron',
    ]);
    expect(
      drawConnections({
        evidence: result.evidence.filter(({ origin }) => !origin.file.endsWith('old.sh')),
      }),
    ).toEqual(
      ['3 <- dwh.example:80 http', '2 <- erp.example http', '3 -> wms.example scp [/in/s]'].map(
        (line) => line.replace(':80', ''),
      ),
    );
    expect(reasons(result).join('\n')).toMatch(/old\.sh:1 Debian's run-parts leaves old\.sh aside/);
    expect(result.of('job').every(({ host }) => host === 'etl01')).toBe(true);
  });

  test("anacron's line comes before cron's; without --report dots are no matter", async () => {
    const result = await scan('cron', {
      'etc/crontab': '02 4 * * * root run-parts /etc/cron.daily\n',
      'etc/anacrontab':
        'RANDOM_DELAY=45\nSTART_HOURS_RANGE=3-22\n1 5 cron.daily nice run-parts /etc/cron.daily\n',
      'etc/cron.daily/a.sh': script,
      'etc/cron.daily/a.rpmsave': script,
    });
    expect(draw(result).filter((line) => line.startsWith('/etc'))).toEqual([
      '/etc/cron.daily/a.rpmsave | 1 5 3-22 45 | anacron | off',
      '/etc/cron.daily/a.sh | 1 5 3-22 45 | anacron',
    ]);
  });

  test('without such a line the usual time is assumed, and said once', async () => {
    const result = await scan('cron', {
      'etc/cron.weekly/a': script,
      'etc/cron.weekly/b.sh': script,
      'etc/cron.weekly/c': '\u007fELF\0\0\u0001',
    });
    expect(draw(result)).toEqual([
      '/etc/cron.weekly/a | 47 6 * * 7 | cron',
      '/etc/cron.weekly/b.sh | 47 6 * * 7 | cron',
      '/etc/cron.weekly/c | 47 6 * * 7 | cron',
    ]);
    expect(reasons(result)).toEqual([
      "etc/cron.weekly/a:1 no line of this source runs cron.weekly; Debian's usual time is assumed: 47 6 * * 7",
      expect.stringContaining('b.sh:1 Debian'),
      expect.stringContaining('c:1 a program that is not read'),
    ]);
    expect(result.coverage).toMatchObject({ parsed: 3, skipped: 0 });
  });
});

describe('lines that do nothing where systemd runs', () => {
  const guarded = [
    'e2fsprogs/cron.d/e2scrub_all',
    'anacron/cron.d/anacron',
    'roundcube-core/cron.d/roundcube-core',
    'ntpsec/cron.d/ntpsec',
    'certbot/cron.d/certbot',
    'php-common/cron.d/php',
  ];
  const plain = ['mdadm/cron.d/mdadm', 'sysstat/cron.d/sysstat', 'logcheck/cron.d/logcheck'];
  const timer = '[Timer]\nOnCalendar=daily\n';

  test.each(guarded)('%s yields to the timer', async (name) => {
    const text = await fixture(`debian/${name}`);
    const alone = await scan('cron', { [`etc/${name}`]: text });
    const beside = await scan('cron', {
      [`etc/${name}`]: text,
      'etc/systemd/system/x.timer': timer,
    });
    const count = alone.of('job').length;
    expect(count).toBeGreaterThan(0);
    expect(beside.of('job').map(({ id }) => id)).toEqual(['etc/systemd/system/x.timer: x']);
    expect(beside.coverage.leftOut).toEqual({ 'replaced by a timer': count });
    expect(alone.coverage.flaws.filter(({ reason }) => reason.includes('systemd'))).toHaveLength(
      count,
    );
    expect(beside.coverage.skipped).toBe(0);
  });

  test.each(plain)('%s does not', async (name) => {
    const text = await fixture(`debian/${name}`);
    const alone = await scan('cron', { [`etc/${name}`]: text });
    const beside = await scan('cron', { [`etc/${name}`]: text, 'x.timer': timer });
    expect(beside.of('job')).toHaveLength(alone.of('job').length + 1);
    expect(beside.coverage.leftOut).toEqual({});
  });

  test.each([
    ['test -d /run/systemd/system && /opt/a.sh', 1],
    ['[ -d /run/systemd/system ] || /opt/a.sh', 0],
    ['[ ! -d /run/systemd/system ] && /opt/a.sh', 0],
    ['if [ ! -e /run/systemd/system ]; then /opt/a.sh; fi', 0],
    ['! test -d /run/systemd/system && /opt/a.sh', 0],
    ['echo /run/systemd/system || /opt/a.sh', 1],
    ['/opt/a.sh -d /run/systemd/system || true', 1],
  ])('%s', async (command, jobs) => {
    const { of } = await scan('cron', {
      'cron.d/a': `0 1 * * * root ${command}\n`,
      'x.timer': timer,
    });
    expect(of('job').filter(({ origin }) => origin.file === 'cron.d/a')).toHaveLength(jobs);
  });
});

describe('hosts files', () => {
  test('names and addresses of others are told, those of the machine are not', async () => {
    const text =
      '127.0.0.1 localhost\n127.0.1.1 etl01\n::1 ip6-localhost\nff02::1 ip6-allnodes\n10.0.1.5 erp.example erp # the old one\nfd00::7 wms\n0.0.0.0 ads.example\n#10.0.0.9 gone\nnot a line\n';
    const result = await scan('cron', { 'etc/hosts': text });
    expect(
      result
        .of('address')
        .map(({ name, target, origin }) => [
          name,
          target.kind === 'address' ? target.host : target.kind,
          origin.line,
        ]),
    ).toEqual([
      ['erp.example', '10.0.1.5', 5],
      ['erp', '10.0.1.5', 5],
      ['wms', 'fd00::7', 6],
    ]);
    expect(reasons(result)).toEqual(['etc/hosts:9 expected an address and a name']);
    expect(result.coverage).toMatchObject({ parsed: 7, skipped: 1 });
    expect(result.of('job')).toEqual([]);
  });
});
