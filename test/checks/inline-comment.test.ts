import { describe, expect, test } from 'vitest';
import type { Audit } from '../../src/audit.ts';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';

const base = {
  'landscape.yaml':
    'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: scripts\n    system: wms\n',
  'systems.csv':
    'id,name,hosts,team\nerp,ERP,erp.example,T\nwms,Warehouse,wms.example,T\nfin,Finance,fin.example,T\n',
  'links.csv': 'id,from,to,initiator,protocol\nINT-1,erp,wms,pull,https\nINT-2,wms,fin,push,sftp\n',
};

const auditScript = (script: string, more: Record<string, string> = {}): Promise<Audit> =>
  auditFiles({ ...base, 'scripts/a.sh': script, ...more });

const openOf = ({ findings }: Audit, ...rules: string[]): string[] =>
  listJudgements(findings)
    .filter(({ rule, accepted }) => !accepted && rules.includes(rule))
    .map(({ severity, message }) => `${severity} ${message}`);

const end = 'expires=2027-01-31';

describe('link=', () => {
  test('ties a statement whose address is unknown, with its script and the lines that are its own', async () => {
    const audit = await auditScript(`# landscape: link=INT-2 ${end}\nsftp -b x "$WHERE"\n`);
    expect(openOf(audit, 'unregistered-link', 'inline-comment')).toEqual([]);
    const link = audit.links.find(({ key }) => key === 'wms=>fin#file');
    expect(link).toMatchObject({ registered: true, class: ['declared', 'coded'] });
    expect(link?.implementations.map(({ id }) => id)).toEqual(['scripts/a.sh']);
    expect(audit.comments).toMatchObject([{ link: 'INT-2', ties: 1, contradictions: [] }]);
  });

  test('behind a statement it is not about the next one', async () => {
    const audit = await auditScript(
      `curl https://erp.example/a # landscape: link=INT-1 ${end}\ncurl -T b https://fin.example/b\n`,
    );
    expect(openOf(audit, 'unregistered-link')).toEqual([
      'error Warehouse → Finance over https is point-to-point and not registered.',
    ]);
  });

  test.each([
    [
      'another system',
      'INT-2',
      'curl -T x https://erp.example/x',
      'The code connects to erp, and INT-2 is wms → fin.',
    ],
    [
      'the other way',
      'INT-1',
      'curl -T x https://erp.example/x',
      'The code moves the data the other way: it comes from wms, and INT-1 is erp → wms.',
    ],
    [
      'another protocol',
      'INT-2',
      'curl -T x https://fin.example/x',
      'The code speaks https, and INT-2 is registered for sftp.',
    ],
  ])('a row that says otherwise is an error: %s', async (_, id, code, message) => {
    const audit = await auditScript(`# landscape: link=${id} ${end}\n${code}\n`);
    expect(openOf(audit, 'inline-comment').join('\n')).toContain(
      `error The comment "landscape: link=${id}" is contradicted by its line. ${message}`,
    );
  });

  test.each([
    [
      'an id that no row has',
      'link=INT-11',
      'error',
      'No row of the registry has the id "INT-11". Did you mean "INT-1"?',
    ],
    [
      'an end that is over',
      'link=INT-1 expires=2026-11-01',
      'error',
      'It was to hold until 2026-11-01, which is over.',
    ],
    [
      'an end that is no date',
      'link=INT-1 expires=2027-02-30',
      'error',
      'expires=2027-02-30 is no date',
    ],
    [
      'a misspelt key',
      'link=INT-1 expire=2027-01-31',
      'error',
      '"expire" is no key. Did you mean "expires"?',
    ],
    ['no end', 'link=INT-1', 'warn', 'It ties its line to INT-1 without an end.'],
    ['accept without an end', 'accept reason=because', 'error', 'It accepts without an end'],
    ['accept without a reason', `accept ${end}`, 'error', 'It accepts and does not say why'],
    [
      'accept with a reason that is none',
      `accept ${end} reason=TODO`,
      'error',
      'It accepts and does not say why',
    ],
    [
      'accept for more than a year',
      'accept reason=because expires=2027-11-30',
      'error',
      'It accepts for 393 days',
    ],
    [
      'a beginning that is to come',
      `accept reason=because ${end} since=2026-11-03`,
      'error',
      'since=2026-11-03 is after today',
    ],
  ])('%s is said', async (_, says, severity, message) => {
    const audit = await auditScript(`curl https://erp.example/x # landscape: ${says}\n`);
    const found = openOf(audit, 'inline-comment');
    expect(found[0]).toContain(message);
    expect(found[0]?.startsWith(severity)).toBe(true);
    expect(listJudgements(audit.findings).filter(({ accepted }) => accepted)).toEqual([]);
  });

  test('two rows for one line: the second is at fault', async () => {
    const audit = await auditScript(
      `# landscape: link=INT-2 ${end}\nsftp -b x "$WHERE" # landscape: link=INT-1 ${end}\n`,
    );
    expect(openOf(audit, 'inline-comment')).toEqual([
      'error The comment "landscape: link=INT-1" does not hold. Line 2 is tied to INT-2 already; keep one of the two.',
    ]);
  });

  test('where nothing is, a warning says so', async () => {
    const audit = await auditScript(`ls # landscape: link=INT-1 ${end}\n`);
    expect(openOf(audit, 'inline-comment')).toEqual([
      'warn The comment "landscape: link=INT-1" needs a look. It ties its line to INT-1, and no connection is found there.',
    ]);
  });
});

describe('accept', () => {
  const accept = `landscape: accept ${end} reason=ends with the contract owner=Lager since=2026-10-03`;
  const push = 'curl -T x https://fin.example/x';

  test('accepts what is found at the line, with its age', async () => {
    const audit = await auditScript(`${push} # ${accept}\n`);
    const finding = audit.findings.find(({ rule }) => rule === 'unregistered-link');
    expect(finding?.accepted).toEqual({
      owner: 'Lager',
      reason: 'ends with the contract',
      acceptedOn: '2026-10-03',
      expires: '2027-01-31',
      isComment: true,
      origin: { file: 'scripts/a.sh', line: 1, column: 35 },
    });
    expect(openOf(audit, 'inline-comment')).toEqual([]);
  });

  test('holds on its last day and no day longer', async () => {
    const files = { ...base, 'scripts/a.sh': `${push} # ${accept}\n` };
    for (const [today, open] of [
      ['2027-01-31', 0],
      ['2027-02-01', 1],
    ] as const) {
      const audit = await auditFiles(files, { today });
      expect(openOf(audit, 'unregistered-link')).toHaveLength(open);
      expect(openOf(audit, 'inline-comment')).toHaveLength(open);
    }
  });

  test('does not accept the same link of another script', async () => {
    const audit = await auditScript(`${push} # ${accept}\n`, { 'scripts/b.sh': `${push}\n` });
    expect(openOf(audit, 'unregistered-link')).toHaveLength(1);
    const both = await auditScript(`${push} # ${accept}\n`, {
      'scripts/b.sh': `# ${accept}\n${push}\n`,
    });
    expect(openOf(both, 'unregistered-link')).toEqual([]);
  });

  test('on a line without a finding is a warning, and accepts no other line', async () => {
    const audit = await auditScript(`ls # ${accept}\n\n${push}\n`);
    expect(openOf(audit, 'unregistered-link')).toHaveLength(1);
    expect(openOf(audit, 'inline-comment')).toEqual([
      'warn The comment "landscape: accept" needs a look. It accepts what is found at its line, and nothing is found there.',
    ]);
  });

  test('cannot accept what is wrong with itself', async () => {
    const audit = await auditScript(
      `curl https://erp.example/x # landscape: link=INT-9 accept ${end} reason=because\n`,
    );
    expect(openOf(audit, 'inline-comment')).not.toEqual([]);
  });

  test('works in a crontab and in configuration', async () => {
    const audit = await auditFiles({
      ...base,
      'landscape.yaml': `${base['landscape.yaml']}  - cron: crontab\n`,
      'scripts/a.properties': `# landscape: link=INT-1 ${end}\nerp.url=https://erp.example/x\n`,
      crontab: `# ${accept}\n0 4 * * * curl https://erp.example/x | curl -T - https://fin.example/x\n`,
    });
    expect(audit.comments?.map(({ origin, ties }) => [origin.file, ties])).toEqual([
      ['crontab', 0],
      ['scripts/a.properties', 1],
    ]);
    expect(openOf(audit, 'unregistered-link')).toEqual([]);
    expect(
      audit.findings.some(({ rule, accepted }) => rule === 'unregistered-link' && accepted),
    ).toBe(true);
  });
});
