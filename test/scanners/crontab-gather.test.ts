import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';
import { scan } from './scan.ts';

const script = fileURLToPath(new URL('../../bin/landscape-gather.sh', import.meta.url));

const timer = '[Timer]\nOnCalendar=Mon..Fri 22:30\n';
const stock = '#!/bin/sh\ncurl -sf http://erp/stock -o /tmp/s\nscp /tmp/s 10.0.2.7:/in/\n';

/** A server: what is to be gathered, and what is not. */
const server: Readonly<Record<string, string>> = {
  'etc/hostname': 'etl01.example\n',
  'etc/hosts': '127.0.0.1 localhost\n10.0.1.5 erp.example erp\n10.0.2.7 wms.example\n',
  'etc/crontab':
    '25 6 * * * root cd / && run-parts --report /etc/cron.daily\n0 7 * * * root test -d /run/systemd/system || /opt/stock.sh\n',
  'etc/cron.d/etl': 'MAILTO=ops@example.org\n0 1 * * 1-5 etl /opt/load.sh\n',
  'etc/cron.daily/stock': stock,
  'etc/cron.daily/manual': '#!/bin/sh\necho not executable\n',
  'etc/cron.daily/large': `#!/bin/sh\n${'#'.repeat(3_000_000)}\n`,
  'var/spool/cron/crontabs/etl': '30 2 * * * /opt/nightly.sh\n',
  'etc/systemd/system/stock.timer': timer,
  'etc/systemd/system/stock.service':
    '[Service]\nUser=etl\nEnvironmentFile=/etc/etl.env\nExecStart=/opt/stock.sh\n',
  'usr/lib/systemd/system/idle.timer': timer,
  'usr/lib/systemd/system/other.timer': `${timer}Unit=work@a.service\n`,
  'usr/lib/systemd/system/work@.service': '[Service]\nExecStart=/opt/work.sh %i\n',
  'usr/lib/systemd/system/sshd.service': '[Service]\nExecStart=/usr/sbin/sshd\n',
  'run/systemd/system/.keep': '',
  'etc/etl.env': 'DB_PASSWORD=hunter22\n',
  'etc/shadow': 'root:$6$x:1:0:99999:7:::\n',
  'root/.ssh/id_rsa': '-----BEGIN PRIVATE KEY-----\n',
  'opt/stock.sh': stock,
};

describe('landscape-gather.sh', () => {
  let folder: string;
  let out: string;
  let told: string;

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'landscape-gather-'));
    const root = path.join(folder, 'a server');
    for (const [name, text] of Object.entries(server)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), text);
    }
    for (const name of ['stock', 'large'])
      chmodSync(path.join(root, 'etc/cron.daily', name), 0o755);
    mkdirSync(path.join(root, 'etc/systemd/system/timers.target.wants'));
    for (const name of ['stock', 'other'])
      symlinkSync(
        `/usr/lib/systemd/system/${name}.timer`,
        path.join(root, 'etc/systemd/system/timers.target.wants', `${name}.timer`),
      );
    symlinkSync('/usr/share/zoneinfo/Europe/Oslo', path.join(root, 'etc/localtime'));
    symlinkSync('/dev/null', path.join(root, 'etc/systemd/system/masked.timer'));
    told = execFileSync('sh', [script, path.join(folder, 'gathered')], {
      env: { PATH: process.env['PATH'], ROOT: root },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    out = path.join(folder, 'gathered', 'etl01.example');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (name: string): string => readFileSync(path.join(out, name), 'utf8');
  const list = (): string[] =>
    readdirSync(out, { recursive: true, encoding: 'utf8' })
      .filter((name) => statSync(path.join(out, name)).isFile())
      .sort();

  test('what starts jobs is copied as it is, and nothing else', () => {
    expect(told).toBe('');
    expect(list()).toEqual([
      'crontabs/etl',
      'etc/cron.d/etl',
      'etc/cron.daily/stock',
      'etc/crontab',
      'etc/hosts',
      'etc/systemd/system/masked.timer',
      'etc/systemd/system/stock.service',
      'etc/systemd/system/stock.timer',
      'landscape-host.txt',
      'landscape-timers.txt',
      'usr/lib/systemd/system/idle.timer',
      'usr/lib/systemd/system/other.timer',
      'usr/lib/systemd/system/work@.service',
    ]);
    for (const name of ['etc/crontab', 'etc/cron.daily/stock', 'etc/systemd/system/stock.service'])
      expect(read(name)).toBe(server[name]);
    for (const name of list()) expect(read(name)).not.toMatch(/hunter22|PRIVATE KEY|\$6\$/);
  });

  test('what could not be read is said', () => {
    expect(read('landscape-host.txt').replace(/gathered=\S+/, 'gathered=DATE')).toBe(
      [
        'host=etl01.example',
        'timezone=Europe/Oslo',
        'gathered=DATE',
        'unread=/etc/cron.daily/large: larger than 1024 KB',
        'left=/etc/cron.daily/manual: not executable',
        'systemd=yes',
        '',
      ].join('\n'),
    );
  });

  const contents = (): Record<string, string> =>
    Object.fromEntries(list().map((name) => [`gathered/etl01/${name}`, read(name)]));

  test('a source reads the folder without further options', async () => {
    const { of, coverage } = await scan('cron', contents());
    expect(
      of('job').map(
        ({ command, host, user, schedules, disabled }) =>
          `${host} ${user} ${command} ${schedules[0]?.expression} ${schedules[0]?.timezone}${disabled ? ' off' : ''}`,
      ),
    ).toEqual([
      'etl01.example etl /opt/nightly.sh 30 2 * * * Europe/Oslo',
      'etl01.example etl /opt/load.sh 0 1 * * 1-5 Europe/Oslo',
      'etl01.example root /etc/cron.daily/stock 25 6 * * * Europe/Oslo',
      'etl01.example root cd / && run-parts --report /etc/cron.daily 25 6 * * * Europe/Oslo',
      'etl01.example etl /opt/stock.sh Mon..Fri 22:30 Europe/Oslo',
      'etl01.example undefined  Mon..Fri 22:30 Europe/Oslo off',
      'etl01.example root /opt/work.sh a Mon..Fri 22:30 Europe/Oslo',
    ]);
    expect(coverage.leftOut).toEqual({ 'replaced by a timer': 1 });
    expect(coverage.skipped).toBe(0);
    expect(coverage.flaws.map(({ reason }) => reason)).toContain(
      'could not be gathered: /etc/cron.daily/large: larger than 1024 KB',
    );
  });

  test('options come before what the folder says; two folders are two machines', async () => {
    const other = Object.fromEntries(
      Object.entries(contents()).map(([name, text]) => [
        name.replace('etl01', 'etl02'),
        text
          .replace('host=etl01.example', 'host=etl02.example')
          .replace('Europe/Oslo', 'Asia/Tokyo'),
      ]),
    );
    const both = await scan('cron', { ...contents(), ...other });
    expect(
      new Set(both.of('job').map((job) => `${job.host} ${job.schedules[0]?.timezone}`)),
    ).toEqual(new Set(['etl01.example Europe/Oslo', 'etl02.example Asia/Tokyo']));
    const given = await scan('cron', contents(), { host: 'x', timezone: 'UTC' });
    expect(
      given
        .of('job')
        .every(({ host, schedules }) => host === 'x' && schedules[0]?.timezone === 'UTC'),
    ).toBe(true);
  });

  test('a job there links the systems that its hosts file names', async () => {
    const { links } = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - cron: gathered/etl01/**\n',
      'systems.csv':
        'id,name,kind,hosts\nerp,ERP,application,erp.example\nwms,Warehouse,application,wms.example\n',
      ...contents(),
    });
    expect(links.map(({ key, initiator }) => [key, initiator])).toEqual([
      ['erp=>wms#file', 'carrier'],
    ]);
  });

  test('a tar on standard output leaves nothing behind', () => {
    const scratch = path.join(folder, 'scratch');
    mkdirSync(scratch);
    const tar = execFileSync('sh', [script, '-'], {
      env: { PATH: process.env['PATH'], ROOT: path.join(folder, 'a server'), TMPDIR: scratch },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const names = execFileSync('tar', ['-tf', '-'], { input: tar, encoding: 'utf8' }).split('\n');
    expect(names).toContain('etl01.example/etc/cron.d/etl');
    expect(readdirSync(scratch)).toEqual([]);
  });

  test('a folder that does not exist gives a note for nothing', () => {
    const empty = path.join(folder, 'empty');
    execFileSync('sh', [script, path.join(folder, 'none')], {
      env: { PATH: process.env['PATH'], ROOT: empty },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    expect(readdirSync(path.join(folder, 'none', 'unknown'))).toEqual(['landscape-host.txt']);
    expect(existsSync(empty)).toBe(false);
  });
});

test('it fits on two pages and needs no more than a POSIX shell', () => {
  const text = readFileSync(script, 'utf8');
  const lines = text.split('\n');
  expect(lines.length).toBeLessThanOrEqual(132);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(104);
  expect(text).not.toMatch(/\[\[ |\blocal \w|\bfunction\b|<<<|\$'|\bdeclare\b|&>/);
  expect(text.startsWith('#!/bin/sh\n')).toBe(true);
});
