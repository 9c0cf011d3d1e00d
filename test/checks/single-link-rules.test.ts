import { describe, expect, test } from 'vitest';

import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';

type Texts = Readonly<Record<string, string>>;

async function judge(rule: string, files: Texts, today = '2026-11-02'): Promise<string[]> {
  const { findings } = await auditFiles(files, { today });
  return listJudgements(findings)
    .filter((finding) => finding.rule === rule)
    .map(({ subject, message }) => `${subject}: ${message}`);
}

const systems =
  'id,name,kind,hosts,team\na,Alpha,application,a.example,T\nb,Beta,application,b.example,T\nc,Gamma,application,c.example,T\n';

describe('unhandled-failure', () => {
  const landscape = (mailTo: string, script: string): Texts => ({
    'landscape.yaml':
      'sources:\n  - inventory: s.csv\n  - scripts: scripts\n    system: a\n  - cron: cron\n    host: a.example\n',
    's.csv': systems,
    cron: `${mailTo}15 2 * * * root /opt/scripts/x.sh\n`,
    'scripts/x.sh': script,
  });
  const mail = 'MAILTO=ops@example.org\n';
  const ping = 'curl -fsS https://hc-ping.com/0f3c\n';

  test.each<[string, string, string, number]>([
    [
      'an error page is taken for data without a word',
      mail,
      'set -eu\ncurl -s -o /x https://b.example/x\n',
      1,
    ],
    ['cron mails what is printed, whatever the status', mail, 'scp x b.example:/x\ntrue\n', 0],
    ['nothing is hidden', mail, 'set -eu\ncurl -fsS -o /x https://b.example/x\n', 0],
    ['a sign of life after a failure that nobody looks at', '', `scp x b.example:/x\n${ping}`, 1],
    ['a sign of life after success alone', '', `set -eu\nscp x b.example:/x\n${ping}`, 0],
    ['nobody is told anyway', '', 'scp x b.example:/x || true\n', 0],
    [
      'a lock that is not got is no failure',
      '',
      `set -eu\nexec 9>/l\nflock -n 9 || exit 0\nscp x b.example:/x\n${ping}`,
      0,
    ],
  ])('%s', async (_, mailTo, script, expected) => {
    const found = await judge('unhandled-failure', landscape(mailTo, `#!/bin/sh\n${script}`));
    expect(found).toHaveLength(expected);
  });

  test('tells the line, and how old one such run makes the data', async () => {
    const files = landscape(mail, '#!/bin/sh\nset -eu\ncurl -s -o /x https://b.example/x\n');
    const found = await judge('unhandled-failure', {
      ...files,
      'landscape.yaml': `${files['landscape.yaml']}  - inventory: l.csv\n`,
      'l.csv': 'id,from,to,initiator,protocol,objects\n1,b,a,pull,https,stock\n',
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      /^b=>a#http: The job for Beta → Alpha has alerting, but some failures do not get there: .* \(scripts\/x\.sh:3\)\. One such run makes stock in Alpha up to 48 hours old\.$/,
    );
  });
});

describe('direct-database-access', () => {
  const reads = (host: string): string =>
    `import psycopg2\npsycopg2.connect(host="${host}").cursor().execute("select 1 from ar.invoice")\n`;
  const landscape = (rows: string, scripts: Texts, inventory = systems): Texts => ({
    'landscape.yaml':
      'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - scripts: scripts\n    owners: { "a/**": a, "c/**": c }\n',
    's.csv': inventory,
    'l.csv': `id,from,to,initiator,protocol\n${rows}`,
    ...scripts,
  });
  const platform = systems.replace('Alpha,application', 'Alpha,data-platform');

  test.each<[string, Texts, string[]]>([
    [
      'tables of an application, one finding for each who uses them',
      landscape('', { 'scripts/a/x.py': reads('b.example'), 'scripts/c/x.py': reads('b.example') }),
      ['b=>a#database: Alpha', 'b=>c#database: Gamma'],
    ],
    [
      'a row is enough',
      landscape('1,b,a,pull,oracle\n', { 'scripts/a/x.sh': 'true\n' }),
      ['b=>a#database: Alpha'],
    ],
    ['an interface is none', landscape('1,b,a,pull,https\n', { 'scripts/a/x.sh': 'true\n' }), []],
    [
      'a data platform that reads by agreement',
      landscape('1,b,a,pull,postgresql\n', { 'scripts/a/x.py': reads('b.example') }, platform),
      [],
    ],
    [
      'a data platform that reads without one',
      landscape('', { 'scripts/a/x.py': reads('b.example') }, platform),
      ['b=>a#database: Alpha'],
    ],
    [
      'a data platform that writes',
      landscape('1,a,b,push,postgresql\n', { 'scripts/a/x.sh': 'true\n' }, platform),
      ['a=>b#database: Alpha'],
    ],
    [
      'a database of its own that several share is one finding',
      landscape(
        '',
        { 'scripts/a/x.py': reads('b.example'), 'scripts/c/x.py': reads('b.example') },
        systems.replace('Beta,application', 'Beta,database'),
      ),
      ['b: 2 systems share the tables of Beta'],
    ],
    [
      'a database that one alone uses',
      landscape(
        '',
        { 'scripts/a/x.py': reads('b.example') },
        systems.replace('Beta,application', 'Beta,database'),
      ),
      [],
    ],
  ])('%s', async (_, files, expected) => {
    const found = await judge('direct-database-access', files);
    expect(found).toHaveLength(expected.length);
    for (const [index, start] of expected.entries()) expect(found[index]).toContain(start);
  });

  test('names what is read', async () => {
    const [found] = await judge(
      'direct-database-access',
      landscape('', { 'scripts/a/x.py': reads('b.example') }),
    );
    expect(found).toContain('Alpha reads tables of Beta (ar.invoice): ');
  });
});

describe('past-retire-by', () => {
  const landscape = (retireBy: string, more: Texts = {}): Texts => ({
    'landscape.yaml': `sources:\n  - inventory: s.csv\n  - inventory: l.csv\n${'x.sh' in more ? '  - scripts: x.sh\n    system: a\n' : ''}`,
    's.csv': systems,
    'l.csv': `id,from,to,protocol,retireBy\n1,a,b,https,${retireBy}\n`,
    ...more,
  });

  test('the day itself is still allowed', async () => {
    const files = landscape('2026-06-30');
    expect(await judge('past-retire-by', files, '2026-06-30')).toEqual([]);
    expect(await judge('past-retire-by', files, '2026-07-01')).toEqual([
      'a=>b#http: Alpha → Beta should have been gone by 2026-06-30.',
    ]);
    expect(await judge('past-retire-by', landscape(''))).toEqual([]);
  });

  test('tells that its code is still there', async () => {
    const files = landscape('2026-06-30', { 'x.sh': 'curl -d @x https://b.example/x\n' });
    expect(await judge('past-retire-by', files)).toEqual([
      'a=>b#http: Alpha → Beta should have been gone by 2026-06-30, and its code is still there.',
    ]);
  });

  test('tells when it was last used, if that is later', async () => {
    const logged = (date: string): Texts => ({
      ...landscape('2026-06-30'),
      'landscape.yaml':
        'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - gateway: log\n    routes: { /b: b }\n    callers: { 10.0.0.1: a }\n',
      log: `10.0.0.1 - - [${date}:06:00:01 +0000] "POST /b HTTP/1.1" 200 9 "-" "x"\n`,
    });
    expect(await judge('past-retire-by', logged('30/Oct/2026'))).toEqual([
      'a=>b#http: Alpha → Beta should have been gone by 2026-06-30, and it was last used on 2026-10-30.',
    ]);
    expect(await judge('past-retire-by', logged('30/May/2026'))).toEqual([
      'a=>b#http: Alpha → Beta should have been gone by 2026-06-30.',
    ]);
  });

  test('a day that is none is told with its row', async () => {
    const { coverage, links } = await auditFiles(landscape('next summer'));
    expect(links[0]?.retireBy).toBeUndefined();
    expect(JSON.stringify(coverage)).toContain('is no date');
  });
});
