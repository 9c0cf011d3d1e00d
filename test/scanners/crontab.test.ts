import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { openValid } from '../schedule/open.ts';
import { drawConnections, type Scan, scan } from './scan.ts';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../fixtures/cron/${name}`, import.meta.url), 'utf8');

/** A line of a system crontab; with `user:` of a user's. */
const scanLine = (line: string, options = {}): Promise<Scan> =>
  scan('cron', { 'etc/crontab': `${line}\n` }, options);

/** What a line is: a job with its parts, nothing, or why it is refused. */
async function judge(line: string): Promise<string> {
  const { of, coverage } = await scanLine(line);
  const [job] = of('job');
  if (job) return `${job.schedules[0]?.expression} | ${job.user} | ${job.command}`;
  return coverage.skippedPlaces[0]?.reason ?? (coverage.parsed > 0 ? 'assignment' : 'nothing');
}

describe('lines from the wild', () => {
  test.each([
    ['10 4 * * * *  planet-user /usr/sbin/tmpwatch 360', /"bad command".*sixth field/],
    ['0 0 * * 0 /usr/local/bin/check-broken-planet.py', /"bad command".*user's crontab/],
    ['su - ftbfs /usr/local/bin/ftbfs.sh', /"bad minute".*"su"/],
    ['{{ "# " if disable_sync is defined }}25 * * * * root x y', /"bad minute"/],
    ["{% if host in groups['osbuild'] %}", /"bad minute"/],
    ['1/2 * * * * root Bad Step', /"bad minute".*"1\/2" has a step but no range/],
    ['2-1 * * * * root Bad Range', /"bad minute".*runs backwards/],
    ['1 ** * * * root Bad Line', /"bad hour".*"\*\*" is no hour/],
    ['0 24 * * * root x', /"bad hour".*"24" is not from 0 to 23/],
    ['0 0 0 * * root x', /"bad day-of-month".*"0"/],
    ['0 0 1 13 * root x', /"bad month".*"13"/],
    ['0 0 1 jän * root x', /"bad month"/],
    ['0 0 * * 8 root x', /"bad day-of-week".*"8"/],
    ['0 0 * *', /"bad day-of-week".*five fields/],
    ['0 0 * * *', /"bad command".*nothing follows/],
    ['@m0nthly root x', /"bad time specifier".*@m0nthly/],
    ['@Daily root x', /"bad time specifier"/],
    ['@daily', /"bad command"/],
    ['* * * * * root', /"bad command".*user before/],
    ['0 1 * * * /opt/a.sh --all', /"bad username".*"\/opt\/a\.sh"/],
    ['- * * * * root x', /"bad minute"/],
    ['0 1 * * * root -x /opt/a.sh', /"bad option"/],
    ['0 1 * * * root -n -n /opt/a.sh', /"bad option"/],
    ['A="b" c', /"bad minute"/],
    ["A='b", /"bad minute"/],
    ['A B = c', /"bad minute"/],
  ])('%s is refused', async (line, reason) => {
    expect(await judge(line)).toMatch(reason);
  });

  test.each([
    [
      '*/50 * * * * root /data02/scripts/cron_vou_backlog.sh',
      '*/50 * * * * | root | /data02/scripts/cron_vou_backlog.sh',
    ],
    [
      '* 09  5 * * root /usr/bin/sleep $(( $RANDOM \\% 3600 )); x',
      '* 09 5 * * | root | /usr/bin/sleep $(( $RANDOM % 3600 )); x',
    ],
    [
      '57 0 * * 0 root if [ $(date +\\%d) -le 7 ]; then x; fi',
      '57 0 * * 0 | root | if [ $(date +%d) -le 7 ]; then x; fi',
    ],
    [
      '30 4 * * * root TMPDIR=`mktemp -d` && cd $TMPDIR',
      '30 4 * * * | root | TMPDIR=`mktemp -d` && cd $TMPDIR',
    ],
    ['1,4,6,*/5 */3,2,7 * * mOn-Fri/8 root Good', '1,4,6,*/5 */3,2,7 * * mOn-Fri/8 | root | Good'],
    ['0 0 * * Wed-Sun root x', '0 0 * * Wed-Sun | root | x'],
    ['~ ~ ~ ~ ~ root echo ~', '~ ~ ~ ~ ~ | root | echo ~'],
    ['1 2 3 4 5 henry echo 0=Vasárnap', '1 2 3 4 5 | henry | echo 0=Vasárnap'],
    ['@reboot         logcheck    if true; then x; fi', '@reboot | logcheck | if true; then x; fi'],
    ['0\t1\t*\t*\t*\troot\tx', '0 1 * * * | root | x'],
    ['-*/5 * * * * root quiet', '*/5 * * * * | root | quiet'],
    ['0 0 * * * _update_docs x', '0 0 * * * | _update_docs | x'],
    ['0 1 * * * root -n /opt/a.sh', '0 1 * * * | root | /opt/a.sh'],
    ['0 1 * * * dom.user@corp /opt/a.sh', '0 1 * * * | dom.user@corp | /opt/a.sh'],
    ['#0 22 * * * _update_docs_trans x', 'nothing'],
    ['10 = x', 'assignment'],
    ['A = "x # y"', 'assignment'],
    ['MAILTO=""', 'assignment'],
    ['BAD=$VAR', 'assignment'],
    ['BAD_EMPTY=', 'assignment'],
    ['"A B" = c', 'assignment'],
    ['  A = b', 'assignment'],
  ])('%s', async (line, expected) => {
    expect(await judge(line)).toBe(expected);
  });
});

describe('against verdicts worked out elsewhere', () => {
  test('every line of 18 real crontabs: job, assignment or comment', async () => {
    const rows = parse(await fixture('cron-reference.csv'), { columns: true }) as Record<
      string,
      string
    >[];
    const reference = rows.filter(({ file }) => file !== 'file');
    const files = [...new Set(reference.map(({ file }) => file ?? ''))];
    expect(files.length).toBeGreaterThan(15);
    for (const file of files) {
      const lines = reference.filter((row) => row['file'] === file);
      const isUser = lines[0]?.['format'] === 'user';
      const { of, coverage } = await scan(
        'cron',
        { [file]: await fixture(file) },
        isUser ? { user: 'me' } : {},
      );
      const jobs = lines.filter(({ verdict }) => verdict === 'job' || verdict === 'anacron-job');
      expect([
        file,
        of('job').map(
          ({ origin, schedules, user }) => `${origin.line} ${schedules[0]?.expression} ${user}`,
        ),
      ]).toEqual([
        file,
        jobs.map(({ line, schedule, user }) => `${line} ${schedule} ${isUser ? 'me' : user}`),
      ]);
      const assignments = lines.filter(({ verdict }) => verdict === 'env').length;
      expect([file, coverage.parsed, coverage.skipped]).toEqual([
        file,
        jobs.length + assignments,
        0,
      ]);
    }
  });

  /** cronie's src/entry.c and src/env.c decide what runs; chkcrontab also warns of what looks odd. */
  const cronieTakes: Readonly<Record<string, string>> = {
    'BAD_EMPTY=': 'load_env() takes an empty value',
    'BAD_SPACE= ': 'load_env() takes an empty value',
    '*/61 * * * * root Bad Step': 'get_range() only warns of a step over its range',
    '1-2/61 * * * * root Bad Step': 'get_range() only warns of a step over its range',
  };

  test('the test lines of chkcrontab', async () => {
    const rows = parse(await fixture('cron-chkcrontab.csv'), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows.length).toBeGreaterThan(35);
    const differ: string[] = [];
    for (const { text = '', verdict } of rows) {
      const { coverage } = await scanLine(text);
      if ((verdict === 'FAIL') !== coverage.skipped > 0) differ.push(text);
    }
    expect(differ).toEqual(Object.keys(cronieTakes));
  });
});

describe('jobs', () => {
  test('CRON_TZ holds from its line on; an unknown zone is said', async () => {
    const text =
      '0 1 * * * root a\nCRON_TZ=Europe/Oslo\n0 1 * * * root b\nCRON_TZ=Mars/Base\n0 1 * * * root c\n';
    const { of, coverage } = await scan('cron', { c: text }, { timezone: 'UTC' });
    expect(of('job').map(({ schedules }) => schedules[0]?.timezone)).toEqual([
      'UTC',
      'Europe/Oslo',
      'UTC',
    ]);
    expect(of('job').map(({ schedules }) => schedules[0]?.scheduler)).toEqual([
      undefined,
      'cron-tz',
      'cron-tz',
    ]);
    expect(coverage.flaws).toMatchObject([
      { place: { line: 4 }, reason: expect.stringContaining('takes it for UTC') },
    ]);
  });

  test('a rule for CRON_TZ is kept and cannot be followed', async () => {
    const text = 'CRON_TZ=CET-1CEST,M3.5.0,M10.5.0/3\n0 1 * * * root a\n';
    const { of, coverage } = await scan('cron', { c: text });
    expect(of('job')[0]?.schedules[0]?.timezone).toBe('CET-1CEST,M3.5.0,M10.5.0/3');
    expect(coverage.flaws).toMatchObject([{ reason: expect.stringContaining('not followed') }]);
  });

  test('RANDOM_DELAY is jitter, from its line on and until it is 0', async () => {
    const text =
      '0 1 * * * root a\nRANDOM_DELAY=45\n0 1 * * * root b\nRANDOM_DELAY=0\n0 1 * * * root c\nRANDOM_DELAY=2000\n0 1 * * * root d\n';
    const { of, coverage } = await scan('cron', { c: text }, { timezone: 'Europe/Oslo' });
    const schedules = of('job').flatMap((job) => job.schedules);
    expect(schedules.map(({ delayMinutes }) => delayMinutes)).toEqual([
      undefined,
      45,
      undefined,
      undefined,
    ]);
    expect(schedules.map((schedule) => openValid(schedule).jitterMinutes)).toEqual([0, 45, 0, 0]);
    expect(coverage.flaws).toMatchObject([
      { place: { line: 6 }, reason: expect.stringContaining('bad value') },
    ]);
  });

  test('a time zone that does not exist is refused with the options', async () => {
    await expect(scanLine('', { timezone: 'Europe/Olso' })).rejects.toThrow(/no such time zone/);
  });

  test('host and user come from the options', async () => {
    const { of } = await scanLine('0 1 * * * curl -s http://erp.example/x', {
      host: 'etl01',
      user: 'etl',
    });
    expect(of('job')).toMatchObject([{ host: 'etl01', user: 'etl' }]);
    expect(of('connection')).toMatchObject([{ to: { kind: 'code', host: 'etl01' } }]);
  });

  test('a last line without an end is said', async () => {
    const { coverage, of } = await scan('cron', { c: '0 1 * * * root x' });
    expect(of('job')).toHaveLength(1);
    expect(coverage.flaws).toMatchObject([{ reason: expect.stringContaining('no line end') }]);
  });

  test('jobs that begin alike keep apart; the same command at two times is one', async () => {
    const long = 'curl -s --max-time 30 --retry 3 --retry-delay 10 --fail http://';
    const text = `0 1 * * * root ${long}a.example\n0 2 * * * root ${long}b.example\n0 3 * * * root ${long}a.example\n`;
    const { of } = await scan('cron', { c: text });
    const [first, second, third] = of('job').map(({ id }) => id);
    expect(first).not.toBe(second);
    expect(third).toBe(first);
  });
});

describe('what a job does', () => {
  test.each([
    ['flock -n /run/l timeout 60 /opt/push.sh --all', '/opt/push.sh'],
    ['cd /opt/iem; timeout 60 python mesh_contours.py --minutes=2', 'mesh_contours.py'],
    ['su - app -c "bash /opt/x/run.sh"', '/opt/x/run.sh'],
    ['[ -x /opt/a.sh ] && /opt/a.sh', '/opt/a.sh'],
    ['nice -n 5 /usr/bin/perl -w /opt/a.pl > /dev/null 2>&1', '/opt/a.pl'],
  ])('%s starts %s', async (command, script) => {
    const { of } = await scanLine(`0 1 * * * root ${command}`);
    expect(of('calls-script').map((item) => item.script)).toEqual([script]);
  });

  test.each([
    ['curl -sf https://erp.example/orders -o /tmp/o', ['1 <- erp.example https']],
    [
      'sh -c "curl -sf http://a.example | scp /dev/stdin u@b.example:/in"',
      ['1 <- a.example http', '1 -> b.example scp [/in]'],
    ],
    ['scp /tmp/o wms@wms.example:/in/', ['1 -> wms.example scp [/in/o]']],
    [
      '/usr/bin/rsync --delete -a sundries01::alt.example.org/ /srv/web/',
      ['1 <- sundries01 rsync [alt.example.org/]'],
    ],
    [
      'sftp u@d.example%get a.csv%put b.csv /in/',
      ['1 <- d.example sftp [a.csv]', '1 -> d.example sftp [/in/b.csv]'],
    ],
    ['echo curl http://no.example', []],
  ])('%s', async (command, expected) => {
    expect(drawConnections(await scanLine(`0 1 * * * root ${command}`))).toEqual(expected);
  });

  test('% ends the command, \\% does not', async () => {
    const { of } = await scanLine('0 1 * * * root mail -s "100 \\% done" a%body%more');
    expect(of('job')[0]?.command).toBe('mail -s "100 % done" a');
  });

  test('the crontab gives its jobs their environment, without expanding it', async () => {
    const text =
      'API=http://api.example\nPGHOST=db.example\nX=$API\n0 1 * * * root curl $API/x; curl $X; psql -c "select * from t"\n';
    expect(drawConnections(await scan('cron', { c: text }))).toEqual([
      '4 <- api.example http',
      '4 unresolved',
      '4 <- db.example postgresql [t]',
    ]);
  });

  test('secrets are reported by place and kind', async () => {
    const { of, evidence } = await scanLine('0 1 * * * root curl -u etl:hunter22 http://a.example');
    expect(of('credential')).toMatchObject([{ secret: 'password', origin: { line: 1 } }]);
    expect(JSON.stringify(evidence)).not.toContain('hunter22');
  });
});
