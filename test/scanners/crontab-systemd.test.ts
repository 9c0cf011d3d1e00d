import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTimerListing } from '../../src/scanners/schedulers/systemd.ts';
import { openUnits } from '../../src/scanners/schedulers/systemd-units.ts';
import { listFirst, openValid } from '../schedule/open.ts';
import { drawConnections, type Scan, scan } from './scan.ts';

const folder = new URL('../fixtures/cron/debian/', import.meta.url);

const schedulesOf = ({ of }: Scan): string[] =>
  of('job').map(({ schedules }) => schedules[0]?.expression ?? '');

const flawsOf = ({ coverage }: Scan): string[] =>
  coverage.flaws.map(({ place, reason }) => `${place.file}:${place.line} ${reason}`);

/** A timer that runs daily, and the service below it. */
const scanService = (service: string, timer = 'OnCalendar=daily'): Promise<Scan> =>
  scan(
    'cron',
    { 'a.timer': `[Timer]\n${timer}\n`, 'a.service': `[Service]\n${service}\n` },
    { host: 'etl01', timezone: 'Europe/Oslo' },
  );

describe('timers of Debian packages', () => {
  const timers = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.timer'))
    .sort();

  test('all but the template are jobs whose times can be followed', async () => {
    const contents = Object.fromEntries(
      timers.map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
    );
    const result = await scan('cron', contents, { timezone: 'Europe/Oslo' });
    expect(timers).toHaveLength(13);
    expect(result.of('job')).toHaveLength(12);
    for (const { schedules } of result.of('job')) {
      const [schedule] = schedules;
      expect(schedule && listFirst(schedule, '2026-11-01T00:00:00Z', 1)).toHaveLength(1);
    }
    expect(result.coverage.skipped).toBe(0);
    expect(flawsOf(result)).toContainEqual(
      expect.stringContaining('mdadm-last-resort@.timer:1 a template of which no file names'),
    );
  });

  test.each([
    ['certbot/certbot.timer', '2026-11-01T11:00', 720],
    ['e2fsprogs/e2scrub_all.timer', '2026-11-01T02:10', 1],
    ['mdadm/mdcheck_start.timer', '2026-11-01T00:00', 0],
    ['sysstat/sysstat-summary.timer', '2026-11-01T23:07', 0],
  ])('%s first runs at %s', async (name, first, jitter) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const { of } = await scan('cron', { [name]: text }, { timezone: 'Europe/Oslo' });
    const schedule = of('job')[0]?.schedules[0];
    if (!schedule) throw new Error(`${name} has no schedule`);
    expect(listFirst(schedule, '2026-11-01T00:00:00Z', 1)).toEqual([first]);
    expect(openValid(schedule).jitterMinutes).toBe(jitter);
  });
});

describe('timers', () => {
  test.each([
    ['OnCalendar=Mon..Fri 22:30', 'Mon..Fri 22:30'],
    ['OnCalendar=daily\nOnCalendar=Sat 12:00', 'OnCalendar=daily\nOnCalendar=Sat 12:00'],
    ['OnCalendar=daily\nOnCalendar=\nOnCalendar=weekly', 'weekly'],
    ['OnCalendar=daily\nOnBootSec=\nOnUnitActiveSec=15min', 'OnUnitActiveSec=15min'],
    ['OnBootSec=5min\nOnUnitActiveSec=1h', 'OnBootSec=5min\nOnUnitActiveSec=1h'],
    ['OnCalendar=daily\nRandomizedDelaySec=1h', 'OnCalendar=daily\nRandomizedDelaySec=1h'],
    ['OnCalendar=daily\nRandomizedDelaySec=0', 'daily'],
    ['OnCalendar=Mon,Tue \\\n# no\n 06:00', 'Mon,Tue 06:00'],
    ['; OnCalendar=weekly\nOnCalendar=daily\nPersistent=true', 'daily'],
  ])('%j', async (timer, expression) => {
    expect(schedulesOf(await scanService('ExecStart=/a', timer))).toEqual([expression]);
  });

  test('a line that systemd ignores is told; without any other the timer is refused', async () => {
    const some = await scanService('ExecStart=/a', 'OnCalendar=25:00\nOnCalendar=daily');
    expect(schedulesOf(some)).toEqual(['daily']);
    expect(flawsOf(some)).toEqual([
      'a.timer:2 systemd ignores OnCalendar=25:00: "25:00" is no calendar event',
    ]);
    const none = await scanService('ExecStart=/a', 'OnCalendar=25:00');
    expect(schedulesOf(none)).toEqual([]);
    expect(none.coverage.skippedPlaces).toMatchObject([
      { place: { file: 'a.timer' }, reason: expect.stringContaining('lacks value setting') },
    ]);
  });

  test('drop-ins change a unit in the order of their names; /etc wins over /usr/lib', async () => {
    const result = await scan('cron', {
      'usr/lib/systemd/system/a.timer': '[Timer]\nOnCalendar=hourly\n',
      'etc/systemd/system/a.timer': '[Timer]\nOnCalendar=daily\n',
      'etc/systemd/system/a.timer.d/20.conf': '[Timer]\nOnCalendar=Sat 10:00\n',
      'etc/systemd/system/a.timer.d/10.conf': '[Timer]\nOnCalendar=\nOnCalendar=Sun 10:00\n',
      'usr/lib/systemd/system/a.service': '[Service]\nExecStart=/opt/old.sh\n',
      'etc/systemd/system/a.service.d/x.conf': '[Service]\nExecStart=\nExecStart=/opt/new.sh\n',
    });
    expect(schedulesOf(result)).toEqual(['OnCalendar=Sun 10:00\nOnCalendar=Sat 10:00']);
    expect(result.of('calls-script')).toMatchObject([
      {
        caller: 'etc/systemd/system/a.timer: a',
        script: '/opt/new.sh',
        origin: { file: 'etc/systemd/system/a.service.d/x.conf', line: 3 },
      },
    ]);
  });

  test('Unit= names the service; one that is not there is told', async () => {
    const result = await scan('cron', {
      'a.timer': '[Timer]\nOnCalendar=daily\nUnit=b.service\n',
      'b.service': '[Service]\nExecStart=/opt/b.sh\n',
      'c.timer': '[Timer]\nOnCalendar=daily\n',
    });
    expect(result.of('calls-script').map(({ caller }) => caller)).toEqual(['a.timer: a']);
    expect(flawsOf(result)).toEqual([expect.stringContaining('c.timer:2 it starts c.service')]);
  });

  test('instances of a template', async () => {
    const result = await scan('cron', {
      'load@.timer': '[Timer]\nOnCalendar=daily\n',
      'load@erp.timer.d/time.conf': '[Timer]\nOnCalendar=\nOnCalendar=06:00\n',
      'load@.service': '[Service]\nExecStart=/opt/load.sh --from %i --path /%I\n',
      'landscape-timers.txt': 'load@wms\\x2dx.timer\nload@erp.timer\n',
    });
    expect(result.of('job').map(({ id, schedules }) => [id, schedules[0]?.expression])).toEqual([
      ['load@.timer: load@erp', '06:00'],
      ['load@.timer: load@wms\\x2dx', 'daily'],
    ]);
    expect(result.of('job').map(({ command }) => command)).toEqual([
      '/opt/load.sh --from erp --path /erp',
      "/opt/load.sh --from 'wms\\x2dx' --path /wms-x",
    ]);
  });

  test('a masked timer is none; one that does not run is off', async () => {
    const result = await scan('cron', {
      'etc/systemd/system/masked.timer': '',
      'usr/lib/systemd/system/masked.timer': '[Timer]\nOnCalendar=daily\n',
      'usr/lib/systemd/system/off.timer': '[Timer]\nOnCalendar=daily\n',
      'usr/lib/systemd/system/on.timer': '[Timer]\nOnCalendar=daily\n',
      'landscape-timers.txt':
        'Sun 2026-11-22 00:00:00 CET 10h left Sat 2026-11-21 00:00:00 CET 13h ago on.timer on.service\n\n1 timers listed.\n',
    });
    expect(
      result.of('job').map(({ id, disabled }) => `${id.split(': ')[1]} ${disabled ?? 'runs'}`),
    ).toEqual(['off true', 'on runs']);
    expect(result.coverage.skipped).toBe(0);
  });

  test('listings of systemctl', () => {
    expect([
      ...readTimerListing(
        'a.timer enabled enabled\nb.timer disabled enabled\nc.timer masked -\n● d.timer d.service\n0 timers\n',
      ),
    ]).toEqual(['a.timer', 'd.timer']);
  });

  test('units of one name in two folders of a repository are two', () => {
    const timer = '[Timer]\nOnCalendar=daily\n';
    const units = openUnits([
      { file: 'one/a.timer', text: timer },
      { file: 'one/a.service', text: '[Service]\nExecStart=/one\n' },
      { file: 'two/a.timer', text: timer },
      { file: 'two/a.service', text: '[Service]\nExecStart=/two\n' },
    ]);
    expect(units.timers.map((unit) => units.find('a.service', unit)?.file)).toEqual([
      'one/a.service',
      'two/a.service',
    ]);
    expect(units.find('a.service')).toBeUndefined();
  });
});

describe('services', () => {
  test.each([
    ['ExecStart=/usr/bin/curl -sf https://erp.example/orders', ['3 <- erp.example https']],
    ['ExecStart=-@/usr/bin/curl curl -sf https://erp.example/orders', ['3 <- erp.example https']],
    [
      'Environment="API=https://erp.example" B=c\nExecStart=/usr/bin/curl ${API}/x',
      ['4 <- erp.example https'],
    ],
    ["ExecStart=/bin/sh -c 'A=https://erp.example; curl -s $$A | cat'", ['3 <- erp.example https']],
    [
      'ExecStart=/usr/bin/curl http://a.example ; /usr/bin/curl http://b.example',
      ['3 <- a.example http', '3 <- b.example http'],
    ],
    [
      'Type=oneshot\nExecStart=/usr/bin/curl http://a.example\nExecStart=/usr/bin/curl http://b.example',
      ['4 <- a.example http', '4 <- b.example http'],
    ],
    ['ExecStartPre=/usr/bin/curl http://a.example\nExecStart=/bin/true', ['4 <- a.example http']],
    // It is no shell: nothing is redirected, piped or expanded.
    ['ExecStart=/bin/echo x | curl http://no.example', []],
    ['ExecStart=:/usr/bin/curl ${API}', ['3 unresolved']],
    [
      'Environment=API=http://a.example\nEnvironment=\nExecStart=/usr/bin/curl ${API}',
      ['5 unresolved'],
    ],
    ['ExecStart=/usr/bin/curl \\\n  -s \\\n  http://a.example', ['3 <- a.example http']],
  ])('%j', async (service, expected) => {
    const timer = '[Timer]\nOnCalendar=daily\n';
    const result = await scan('cron', {
      'a.timer': timer,
      'a.service': `[Unit]\n[Service]\n${service}\n`,
    });
    expect(drawConnections(result)).toEqual(expected);
    for (const { origin } of result.of('connection')) expect(origin.file).toBe('a.service');
  });

  test('whose job it is, and a script in the working directory', async () => {
    const { of } = await scanService(
      'User=etl\nWorkingDirectory=/opt/etl/\nExecStart=/usr/bin/python3 load.py --all',
    );
    expect(of('job')).toMatchObject([
      { user: 'etl', host: 'etl01', origin: { file: 'a.timer', line: 2 } },
    ]);
    expect(of('calls-script').map(({ script }) => script)).toEqual(['/opt/etl/load.py']);
    expect((await scanService('ExecStart=/a')).of('job')).toMatchObject([{ user: 'root' }]);
  });

  test.each([
    ['[Unit]\nOnFailure=mail@%n.service\n[Service]\nExecStart=/a', 'alerting provides 2'],
    ['[Unit]\nOnFailure=x.service\nOnFailure=\n[Service]\nExecStart=/a', ''],
    ['[Service]\nRestart=on-failure\nExecStart=/a', 'retry provides 2'],
    ['[Service]\nRestart=no\nExecStart=/a', ''],
    ['[Service]\nRestart=on-success\nExecStart=/a', ''],
    ['[Service]\nType=oneshot\nTimeoutStartSec=30min\nExecStart=/a', 'timeout provides 3'],
    ['[Service]\nType=oneshot\nTimeoutStartSec=infinity\nExecStart=/a', ''],
    ['[Service]\nType=oneshot\nRuntimeMaxSec=1h\nExecStart=/a', ''],
    ['[Service]\nTimeoutStartSec=30min\nExecStart=/a', ''],
    ['[Service]\nRuntimeMaxSec=1h\nExecStart=/a', 'timeout provides 2'],
    ['[Service]\nExecStart=-/a', 'failure-propagation defeats 2'],
    ['[Service]\nExecStart=/a\nStandardOutput=null', 'traceability defeats 3'],
    ['[Service]\n#Restart=on-failure\nExecStart=/a', ''],
  ])('%j', async (service, expected) => {
    const { of } = await scan('cron', {
      'a.timer': '[Timer]\nOnCalendar=daily\n',
      'a.service': `${service}\n`,
    });
    const found = of('safeguard').filter(({ origin }) => origin.file === 'a.service');
    expect(
      found.map(({ safeguard, effect, origin }) => `${safeguard} ${effect} ${origin.line}`).join(),
    ).toBe(expected);
    expect(of('safeguard')).toContainEqual(
      expect.objectContaining({ safeguard: 'locking', code: 'a.timer: a' }),
    );
  });

  test('what is not read, and what runs only once, is told', async () => {
    const result = await scanService(
      'EnvironmentFile=-/etc/default/etl\nRemainAfterExit=yes\nExecStart=/a',
    );
    expect(flawsOf(result)).toEqual([
      'a.service:2 the variables in -/etc/default/etl are not read',
      'a.service:3 a.service stays active after its first run, so that a.timer starts it only once',
    ]);
  });

  test('secrets are reported by place and kind', async () => {
    const { of, evidence } = await scanService(
      'Environment=DB_PASSWORD=hunter22\nExecStart=/usr/bin/curl -u etl:hunter33 http://a.example',
    );
    expect(of('credential').map(({ origin }) => `${origin.file}:${origin.line}`)).toEqual([
      'a.service:2',
      'a.service:3',
    ]);
    expect(JSON.stringify(evidence)).not.toMatch(/hunter/);
  });
});
