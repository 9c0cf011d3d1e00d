import { describe, expect, test } from 'vitest';
import { rules } from '../../src/checks/index.ts';
import { presets } from '../../src/checks/presets.ts';
import { listJudgements } from '../../src/finding.ts';
import { auditFiles } from '../audit-files.ts';

const files = {
  'landscape.yaml':
    'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: scripts\n    system: wms\n',
  'systems.csv':
    'id,hosts,team,domain,tags\nerp,erp.example,,finance,old\nwms,wms.example,A,logistics,\ncrm,crm.example,,sales,\n',
  'links.csv': 'id,from,to,protocol\nL1,wms,erp,https\nL2,crm,wms,https\n',
  'scripts/pull.sh': 'curl -o in.csv http://erp.example/orders\n',
};

async function severitiesWith(config: string): Promise<Record<string, string>> {
  const { findings } = await auditFiles({
    ...files,
    'landscape.yaml': `${files['landscape.yaml']}${config}`,
  });
  return Object.fromEntries(
    listJudgements(findings).map(({ rule, subject, severity }) => [`${rule} ${subject}`, severity]),
  );
}

const own = {
  'unregistered-link erp=>wms#http': 'error',
  'cleartext-protocol erp=>wms#http': 'warn',
  'no-owner erp': 'warn',
  'no-owner crm': 'warn',
};

describe('a severity', () => {
  test.each([
    ['is the own of the rule', '', own],
    ['is the same with extends: recommended', 'extends: recommended\n', own],
    [
      'is heavier with extends: strict',
      'extends: strict\n',
      {
        ...own,
        'cleartext-protocol erp=>wms#http': 'error',
        'no-owner erp': 'error',
        'no-owner crm': 'error',
      },
    ],
    [
      'of rules comes before the table',
      'extends: strict\nrules: { no-owner: info }\n',
      {
        ...own,
        'cleartext-protocol erp=>wms#http': 'error',
        'no-owner erp': 'info',
        'no-owner crm': 'info',
      },
    ],
    [
      'of a domain comes before both',
      'rules: { no-owner: info }\noverrides:\n  - { domains: [finance], rules: { no-owner: error, cleartext-protocol: error } }\n',
      {
        ...own,
        'cleartext-protocol erp=>wms#http': 'error',
        'no-owner erp': 'error',
        'no-owner crm': 'info',
      },
    ],
    [
      'of a tag holds for its links too',
      'overrides:\n  - { tags: [old], rules: { unregistered-link: warn } }\n',
      { ...own, 'unregistered-link erp=>wms#http': 'warn' },
    ],
    [
      'needs all lists of an entry to fit',
      'overrides:\n  - { tags: [old], domains: [sales], rules: { no-owner: error } }\n',
      own,
    ],
    [
      'is that of the last entry that fits',
      'overrides:\n  - { systems: [crm, erp], rules: { no-owner: error } }\n  - { systems: [crm], rules: { no-owner: info } }\n',
      { ...own, 'no-owner erp': 'error', 'no-owner crm': 'info' },
    ],
    [
      'can switch a rule on where it is off',
      'rules: { no-owner: off }\noverrides:\n  - { systems: [crm], rules: { no-owner: error } }\n',
      {
        'unregistered-link erp=>wms#http': 'error',
        'cleartext-protocol erp=>wms#http': 'warn',
        'no-owner crm': 'error',
      },
    ],
    [
      'can switch a rule off for one link',
      'overrides:\n  - { links: ["erp=>wms#http"], rules: { cleartext-protocol: off } }\n',
      {
        'unregistered-link erp=>wms#http': 'error',
        'no-owner erp': 'warn',
        'no-owner crm': 'warn',
      },
    ],
  ])('%s', async (_what, config, expected) => {
    expect(await severitiesWith(config)).toEqual(expected);
  });

  test.each([
    ['extends: strickt\n', /landscape\.yaml:6:\d+: "extends"/],
    [
      'overrides:\n  - { domains: [finanse], rules: { no-owner: off } }\n',
      /:7:\d+: nothing is found of "finanse" under "domains"\. Did you mean "finance"\?/,
    ],
    [
      'overrides:\n  - { systems: [crm], rules: { no-ownr: off } }\n',
      /:7:\d+: "no-ownr" is no rule\. Did you mean "no-owner"\?/,
    ],
    ['overrides:\n  - { sistems: [crm], rules: { no-owner: off } }\n', /unknown key "sistems"/],
    ['overrides:\n  - { rules: { no-owner: off } }\n', /what holds for all belongs under "rules:"/],
    ['overrides:\n  - { systems: [], rules: { no-owner: off } }\n', /:7:\d+: "systems"/],
  ])('is refused: %s', async (config, told) => {
    await expect(severitiesWith(config)).rejects.toThrow(told);
  });
});

test('the tables name rules that there are', () => {
  const names = rules.map(({ name }) => name);
  for (const table of Object.values(presets))
    for (const name of Object.keys(table)) expect(names).toContain(name);
});
