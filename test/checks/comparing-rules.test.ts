import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/finding.ts';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';

type Texts = Readonly<Record<string, string>>;

const yaml = (rules: string): string =>
  `sources:\n  - inventory: s.csv\n  - inventory: l.csv\n  - scripts: scripts\n    system: a\nrules: { ${rules} }\n`;

const files: Texts = {
  'landscape.yaml': yaml('ratchet: warn, bypasses-platform: warn'),
  's.csv':
    'id,kind,hosts,team\na,application,a.example,T\nb,application,b.example,T\nc,application,c.example,T\nhub,integration-platform,hub.example,T\n',
  'l.csv': 'id,from,to,initiator,protocol,via\n1,a,b,push,https,\n2,b,c,push,https,hub\n',
  'scripts/b.sh': 'curl -fsS -d @x https://b.example/x\n',
};

/** What rules say of a landscape that was another one before. */
async function judge(after: Texts, before: Texts = files, ...rules: string[]): Promise<Finding[]> {
  const base = await auditFiles(before);
  const { findings } = await auditFiles(after, { base });
  return listJudgements(findings).filter(({ rule }) => rules.includes(rule));
}

describe('ratchet', () => {
  test('tells what rose, from what to what, and where', async () => {
    const after = { ...files, 'scripts/c.sh': 'curl -fsS -d @x https://c.example/x\n' };
    const found = await judge(after, files, 'ratchet');
    expect(found.map(({ subject }) => subject).sort()).toEqual([
      'pointToPointLinks',
      'saturation',
      'unregisteredLinks',
    ]);
    expect(found.find(({ subject }) => subject === 'pointToPointLinks')).toMatchObject({
      message: 'Point-to-point links rose from 1 to 2 since the base audit as of 2026-11-02.',
      related: ['a=>c#http'],
      evidence: [{ file: 'scripts/c.sh', line: 1 }],
    });
  });

  test('says nothing where nothing changed, or it got better', async () => {
    expect(await judge(files, files, 'ratchet')).toEqual([]);
    const worse = { ...files, 'scripts/c.sh': 'curl -fsS -d @x https://c.example/x\n' };
    expect(await judge(files, worse, 'ratchet')).toEqual([]);
  });

  test('sees no rise where a source was added', async () => {
    const { 'scripts/b.sh': script = '', ...rest } = files;
    const after = {
      ...files,
      'landscape.yaml': files['landscape.yaml']?.replace(
        'rules:',
        '  - scripts: more\n    system: c\nrules:',
      ) as string,
      'more/b.sh': script,
    };
    expect(await judge(after, files, 'ratchet')).toEqual([]);
    // The same script in a source that was there before is a change of the landscape.
    const own = { ...rest, 'scripts/b.sh': script, 'scripts/d.sh': script.replace('b.', 'c.') };
    expect(await judge(own, files, 'ratchet')).not.toEqual([]);
  });

  test('sees no rise of a share where a system went and no link came', async () => {
    const alone = { ...files, 's.csv': `${files['s.csv']}d,application,d.example,T\n` };
    expect(await judge(files, alone, 'ratchet')).toEqual([]);
  });

  test('is refused by a check without a base, for it would always pass', async () => {
    await expect(auditFiles(files, { strict: true })).rejects.toThrow(
      /landscape\.yaml:6:.*--base-audit/,
    );
    await expect(auditFiles(files)).resolves.toBeDefined();
    const base = await auditFiles(files);
    await expect(auditFiles(files, { strict: true, base })).resolves.toBeDefined();
  });
});

describe('bypasses-platform', () => {
  const registered = { ...files, 'l.csv': `${files['l.csv']}3,a,c,push,https,\n` };

  test('without a base, new is what nobody registered', async () => {
    const { findings } = await auditFiles({
      ...registered,
      'scripts/x.sh': 'curl -fsS -T x sftp://b.example/x\n',
    });
    expect(
      listJudgements(findings).filter(({ rule }) => rule === 'bypasses-platform'),
    ).toMatchObject([
      {
        subject: 'a=>b#file',
        message: 'a → b is new and goes straight from one to the other, but there is hub for it.',
      },
    ]);
  });

  test('with a base, new is what it does not have, registered or not', async () => {
    const found = await judge(registered, files, 'bypasses-platform');
    expect(found).toMatchObject([{ subject: 'a=>c#http', related: ['hub'] }]);
  });

  test('tells where both ends use the platform already, and is silent without one', async () => {
    const l = `${files['l.csv']}3,c,b,push,sftp,\n`;
    const [found] = await judge({ ...files, 'l.csv': l }, files, 'bypasses-platform');
    expect(found?.message).toContain('both already exchange data by way of hub');
    const bare = {
      ...files,
      's.csv': files['s.csv']?.replace('integration-platform', 'application') as string,
    };
    expect(await judge({ ...bare, 'l.csv': l }, bare, 'bypasses-platform')).toEqual([]);
  });

  test('what goes by the platform is no bypass', async () => {
    const l = `${files['l.csv']}3,c,a,push,https,hub\n`;
    expect(await judge({ ...files, 'l.csv': l }, files, 'bypasses-platform')).toEqual([]);
  });
});

describe('uncoded-link', () => {
  const row = (initiator: string, from = 'a', to = 'c'): Texts => ({
    ...files,
    'l.csv': `${files['l.csv']}3,${from},${to},${initiator},https,\n`,
  });
  const uncoded = async (given: Texts): Promise<string[]> =>
    listJudgements((await auditFiles(given)).findings)
      .filter(({ rule }) => rule === 'uncoded-link')
      .map(({ subject, message }) => `${subject}: ${message}`);

  test.each<[string, Texts, string[]]>([
    [
      'whose other links are in code',
      row('push'),
      [
        'a=>c#http: a → c is registered, and no code that was read makes it. The other http link that a makes is in code that was read.',
      ],
    ],
    ['that another system opens, of which no code was read', row('pull'), []],
    ['of which nobody knows who opens it', row(''), []],
    ['of another family', { ...files, 'l.csv': `${files['l.csv']}3,a,c,push,sftp,\n` }, []],
    ['that only inventories know', { ...row('push'), 'scripts/b.sh': 'true\n' }, []],
    [
      'that a script makes',
      { ...row('push'), 'scripts/c.sh': 'curl -d @x https://c.example/\n' },
      [],
    ],
  ])('a link %s', async (_, given, expected) => {
    expect(await uncoded(given)).toEqual(expected);
  });

  test('most of the others must be in code, not all', async () => {
    const log =
      '10.0.0.1 - - [30/Oct/2026:06:00:01 +0100] "POST /d HTTP/1.1" 200 9 "-" "x"\n10.0.0.1 - - [30/Oct/2026:06:00:01 +0100] "POST /e HTTP/1.1" 200 9 "-" "x"\n';
    const given = (routes: string): Texts => ({
      ...row('push'),
      'landscape.yaml': files['landscape.yaml']?.replace(
        'rules:',
        `  - gateway: log\n    routes: { ${routes} }\n    callers: { 10.0.0.1: a }\n    minParsed: 0\nrules:`,
      ) as string,
      's.csv': `${files['s.csv']}d,application,,T\ne,application,,T\nf,application,f.example,T\n`,
      'scripts/f.sh': 'curl -fsS -d @x https://f.example/x\n',
      log,
    });
    expect(await uncoded(given('/d: d'))).toMatchObject([
      expect.stringContaining('2 of 3 other http links that a makes are in code that was read.'),
    ]);
    expect(await uncoded(given('/d: d, /e: e'))).toEqual([]);
  });

  test('one that was in code before, whoever opens it', async () => {
    const after = { ...files, 'scripts/b.sh': 'true\n' };
    const found = await judge(after, files, 'uncoded-link');
    expect(found).toMatchObject([
      { subject: 'a=>b#http', severity: 'info', evidence: [{ file: 'l.csv', line: 2 }] },
    ]);
    expect(found[0]?.message).toContain('Code made it in the base audit');
    expect(await judge(after, after, 'uncoded-link')).toEqual([]);
  });
});
