import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';

const systems = `id,name,kind,domain,team,tags
sensor,Sensor,device,floor,Factory,iot;old
line,Line,application,floor,Factory,
erp,ERP,application,business,Business,
books,Books,application,finance,Business,
taxes,Taxes,external-service,finance,Business,
bus,Bus,broker,,Platform,
`;
const links = `id,from,to,protocol,via
1,sensor,line,mqtt,bus
2,line,erp,https,
3,erp,books,sftp,
4,books,taxes,https,
5,line,books,ftp,
`;

async function judge(policies: string, extra = '', rows = links): Promise<string[]> {
  const { findings } = await auditFiles({
    'landscape.yaml': `${extra}sources:\n  - inventory: s.csv\n  - inventory: l.csv\npolicies:\n${policies}`,
    's.csv': systems,
    'l.csv': rows,
  });
  return listJudgements(findings)
    .filter(({ rule }) => ['forbidden-link', 'allowed-links', 'required-link'].includes(rule))
    .map(({ subject, severity }) => `${severity} ${subject}`);
}

const policy = (demand: string): string => `  - { name: p, reason: because, ${demand} }\n`;

describe('a policy', () => {
  test.each<[string, string, string[]]>([
    ['by protocol', 'forbid: { protocol: [ftp, telnet] }', ['error line=>books#file']],
    ['by family', 'forbid: { family: file, from: { id: e* } }', ['error erp=>books#file']],
    [
      'by mediation',
      'forbid: { from: { domain: floor }, mediation: decoupled }',
      ['error sensor=>line#messaging'],
    ],
    ['the other direction is another link', 'forbid: { from: { id: erp }, to: { id: line } }', []],
    [
      'every key must fit',
      'forbid: { from: { domain: floor, kind: device }, to: { id: erp } }',
      [],
    ],
    [
      'a list of which one fits',
      'forbid: { to: { id: [erp, taxes] } }',
      ['error books=>taxes#http', 'error line=>erp#http'],
    ],
    [
      'except',
      'forbid: { to: { domain: finance, except: { kind: external-service } } }',
      ['error erp=>books#file', 'error line=>books#file'],
    ],
    [
      'case does not matter',
      'forbid: { to: { team: BUSINESS, domain: Business } }',
      ['error line=>erp#http'],
    ],
    [
      'reachable: where it comes in, and not what is behind',
      'forbid: { from: { tags: iot }, to: { domain: finance }, reachable: true }',
      ['error erp=>books#file', 'error line=>books#file'],
    ],
    ['not reachable', 'forbid: { from: { id: taxes }, to: { id: sensor }, reachable: true }', []],
    [
      'allowed partners, both directions',
      'allowOnly: { of: { id: line }, with: { id: sensor } }',
      ['error line=>books#file', 'error line=>erp#http'],
    ],
    [
      'among themselves they may',
      'allowOnly: { of: { domain: finance }, with: { id: erp } }',
      ['error line=>books#file'],
    ],
    [
      'allowed in one way only',
      'allowOnly: { of: { id: erp }, protocol: https }',
      ['error erp=>books#file'],
    ],
    ['required', 'require: { every: { kind: application }, sendsTo: { id: books } }', []],
    [
      'required, by one protocol',
      'require: { every: { kind: application }, sendsTo: { id: books }, protocol: sftp }',
      ['warn line'],
    ],
    [
      'required, by way of others',
      'require: { every: { kind: application }, receivesFrom: { id: sensor }, reachable: true }',
      [],
    ],
    [
      'required and straight',
      'require: { every: { kind: application }, receivesFrom: { id: sensor } }',
      ['warn books', 'warn erp'],
    ],
  ])('%s', async (_, demand, expected) => {
    expect(await judge(policy(demand))).toEqual(expected);
  });

  test('tells its name, its reason and the way in names', async () => {
    const { findings } = await auditFiles({
      'landscape.yaml': `sources:\n  - inventory: s.csv\n  - inventory: l.csv\npolicies:\n  - name: apart\n    reason: It is open\n    forbid: { from: { tags: iot }, to: { id: books }, reachable: true }\n`,
      's.csv': systems,
      'l.csv': links.replace('5,line,books,ftp,\n', ''),
    });
    expect(listJudgements(findings).find(({ rule }) => rule === 'forbidden-link')).toMatchObject({
      message:
        'Data of Sensor reaches Books by way of Line and ERP, which the policy "apart" forbids: It is open.',
      related: ['sensor=>line#messaging', 'line=>erp#http'],
      evidence: [{ file: 'l.csv', line: 4 }, { line: 3 }, { line: 2 }],
    });
  });

  test('two policies on one link are two findings', async () => {
    const both = `  - { name: p, reason: r, forbid: { protocol: ftp } }\n  - { name: q, reason: r, forbid: { family: file, to: { id: books }, from: { id: line } } }\n`;
    expect(await judge(both)).toEqual(['error line=>books#file', 'error line=>books#file']);
  });

  test('is no error where the link is guessed', async () => {
    const { findings } = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: s.csv\n  - scripts: scripts\npolicies:\n  - { name: p, reason: r, forbid: { from: { id: a }, to: { id: c } } }\n',
      's.csv': 'id,hosts\na,a.example\nb,b.example\nc,c.example\nd,d.example\n',
      // Two pulls and a push: nothing shows which data goes on.
      'scripts/x.sh':
        'curl https://a.example/x\ncurl https://b.example/y\ncurl -d @z https://c.example/z\n',
    });
    expect(listJudgements(findings).filter(({ rule }) => rule === 'forbidden-link')).toMatchObject([
      { subject: 'a=>c#http', severity: 'warn' },
    ]);
  });
});

describe('a policy that is wrong is refused, with its place', () => {
  test.each<[string, string, RegExp]>([
    ['no demand', '', /landscape\.yaml:5:.*one of "forbid", "allowOnly" and "require"/],
    [
      'two demands',
      'forbid: { protocol: ftp }, require: { every: { id: erp }, sendsTo: { id: books } }',
      /one of "forbid"/,
    ],
    ['everything', 'forbid: {}', /would forbid every link/],
    ['no partner', 'allowOnly: { of: { id: erp } }', /allows everything/],
    ['neither end', 'require: { every: { id: erp } }', /either "sendsTo" or "receivesFrom"/],
    ['an empty pattern', 'forbid: { from: {} }', /at least one of id, name/],
    [
      'an unknown key',
      'forbid: { form: { id: erp } }',
      /unknown key "form"\. Known keys: from, to, protocol/,
    ],
    ['an unknown kind', 'forbid: { from: { kind: gadget } }', /gadget|expected one of/],
    [
      'reachable and more',
      'forbid: { from: { id: erp }, to: { id: books }, reachable: true, protocol: ftp }',
      /follows every link/,
    ],
    [
      'no system',
      'forbid: { from: { id: bookz } }',
      /landscape\.yaml:5:\d+: no system has the id "bookz"\. Did you mean "books"/,
    ],
    ['no domain', 'forbid: { to: { domain: finanse } }', /no system has the domain "finanse"/],
    [
      'nobody is excepted',
      'require: { every: { kind: application, except: { tags: offline } }, sendsTo: { id: books } }',
      /no system has the tag "offline"/,
    ],
  ])('%s', async (_, demand, expected) => {
    const failing = judge(
      `  - { name: p, reason: because${demand === '' ? '' : `, ${demand}`} }\n`,
    );
    await expect(failing).rejects.toThrow(ConfigError);
    await expect(failing).rejects.toThrow(expected);
  });

  test('two of one name', async () => {
    const twice = policy('forbid: { protocol: ftp }').repeat(2);
    await expect(judge(twice)).rejects.toThrow(/landscape\.yaml:6:.*two policies are called "p"/);
  });

  test('but a glob may wait, and a member need not know all', async () => {
    const later = policy('forbid: { from: { id: edi-* }, to: { id: erp } }');
    expect(await judge(later)).toEqual([]);
    const elsewhere = policy('forbid: { from: { id: edi }, to: { id: erp } }');
    expect(await judge(elsewhere, 'scope: member\n')).toEqual([]);
  });
});

describe('limits', () => {
  const findings = async (limits: string): Promise<string[]> =>
    (
      await auditFiles({
        'landscape.yaml': `sources:\n  - inventory: s.csv\n  - inventory: l.csv\nlimits: ${limits}\n`,
        's.csv': 'id,kind,team\na,application,T\nb,application,T\nc,data-platform,T\n',
        'l.csv': 'id,from,to\n1,a,b\n2,b,a\n3,a,c\n4,b,c\n5,b,c\n',
      })
    ).findings.map(({ rule, subject, message }) => `${rule} ${subject}: ${message.split(':')[0]}`);

  test.each<[string, string[]]>([
    ['{}', []],
    ['{ fanIn: 2, saturation: 1, cyclicGroup: 2 }', []],
    ['{ fanIn: 1 }', ['fan-in-limit c: 2 systems send data to c, and 1 is allowed']],
    ['{ fanIn: { most: 1, except: { kind: data-platform } } }', []],
    [
      '{ saturation: 0.9 }',
      [
        'saturation-limit saturation: 3 of 3 possible pairs of 3 systems are wired together (100 %), and 90 % are allowed',
      ],
    ],
    [
      '{ cyclicGroup: 1 }',
      [
        'cyclic-dependency a: Data of 2 systems goes round in circles, so that a wrong value can come back to where it was born, and none are allowed to',
      ],
    ],
  ])('%s', async (limits, expected) => {
    expect(await findings(limits)).toEqual(expected);
  });

  test.each([
    ['{ fanIn: 0 }', /fanIn/],
    ['{ saturation: 30 }', /from 0 to 1/],
    ['{ fanout: 3 }', /unknown key "fanout"\. Did you mean "fanIn"|Known keys: fanIn/],
  ])('%s is refused', async (limits, expected) => {
    await expect(findings(limits)).rejects.toThrow(expected);
  });
});
