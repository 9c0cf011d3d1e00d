import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';
import { audit, keys } from './given.ts';

describe('identity', () => {
  test('address ranges, case, ports and trailing dots', async () => {
    const found = await audit({
      scripts: { 'a.sh': 'curl http://10.0.2.9:8080/x\ncurl https://ERP.example./y\n' },
      owners: { '*.sh': 'fin' },
    });
    expect(keys(found)).toEqual(['erp=>fin#http', 'wms=>fin#http']);
  });

  test('aliases of the configuration come first', async () => {
    const found = await audit({
      scripts: { 'a.sh': 'curl http://legacy-7.example/x\n' },
      owners: { '*.sh': 'fin' },
      extra: 'aliases: { "legacy-*.example": wms }',
    });
    expect(keys(found)).toEqual(['wms=>fin#http']);
    expect(found.links[0]?.evidence[0]?.resolution.join()).toContain(
      'alias "legacy-*.example" stands for wms',
    );
  });

  test('an alias explains an address that is not written out', async () => {
    const scripts = { 'a.sh': 'curl -d @x $ORDER_URL/orders\n' };
    const before = await audit({ scripts, owners: { '*.sh': 'fin' } });
    expect(before.links).toEqual([]);
    expect(before.unresolved).toMatchObject([
      { reason: 'no-value', reference: '{ORDER_URL}/orders' },
    ]);
    const after = await audit({
      scripts,
      owners: { '*.sh': 'fin' },
      extra: 'aliases: { "{ORDER_URL}/**": erp }',
    });
    expect(keys(after)).toEqual(['fin=>erp#http']);
    expect(after.unresolved).toEqual([]);
  });

  test('a known host with an unknown path is as certain as any', async () => {
    const found = await audit({
      scripts: {
        'a.sh': 'curl "https://erp.example/orders/$1"\n',
        'b.py': 'import requests\nfor i in ids():\n    requests.get(f"https://wms.example/{i}")\n',
      },
      owners: { '*.*': 'fin' },
    });
    expect(
      found.findings
        .filter(({ rule }) => rule === 'unregistered-link')
        .map(({ severity }) => severity),
    ).toEqual(['error', 'error']);
  });

  test('an unknown host is unresolved with a suggestion, never merged', async () => {
    const { links, unresolved } = await audit({
      scripts: { 'a.sh': 'curl http://wms.other.example/x\n' },
      owners: { '*.sh': 'fin' },
    });
    expect(links).toEqual([]);
    expect(unresolved).toMatchObject([{ reference: 'wms.other.example', suggestion: 'wms' }]);
  });

  test('a host that two systems claim stands for neither, and both places are named', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - scripts: s\n    system: c\n',
      'systems.csv': 'id,hosts\na,h.example\nb,h.example\nc,\n',
      's/a.sh': 'curl http://h.example/x\n',
    });
    expect(found.links).toEqual([]);
    expect(found.conflicts).toMatchObject([{ kind: 'host', origins: [{ line: 2 }, { line: 3 }] }]);
  });

  test('an equal name and id of two systems is a conflict, and partOf may name its system', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n',
      's.csv':
        'id,name,kind,partOf,team\nerp,ERP,application,,T\nx,erp,application,,T\ndb,Ledger,database,ERP,T\n',
    });
    expect(found.conflicts).toMatchObject([
      { kind: 'name', message: expect.stringContaining('so it stands for erp') },
    ]);
    expect(found.systems.find(({ id }) => id === 'db')?.partOf).toBe('erp');
  });

  test('a source that says less than another contradicts nothing', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: a.csv\n  - inventory: b.csv\n',
      'a.csv': 'id,name\nerp,The ERP\n',
      'b.csv': 'id,team\nerp,Core\n',
    });
    expect(found.conflicts).toEqual([]);
    expect(found.systems).toMatchObject([{ name: 'The ERP', owner: { team: 'Core' } }]);
  });

  test('names that differ only in separators are told apart as they are written', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n  - inventory: l.csv\n',
      's.csv': 'id,name\nAPP-1,Warehouse Mgmt\nAPP-2,Warehouse Mgmt.\nAPP-3,ERP\n',
      'l.csv': 'from,to\nERP,warehouse mgmt\nWarehouse Mgmt.,ERP\nERP,Warehouse-Mgmt\n',
    });
    expect(keys(found)).toEqual(['APP-2=>APP-3#other', 'APP-3=>APP-1#other']);
    expect(found.conflicts).toEqual([]);
    expect(found.unresolved).toMatchObject([{ reference: 'Warehouse-Mgmt' }]);
  });

  test('two sources that disagree are a finding with both places', async () => {
    const found = await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: a.csv\n  - inventory: b.csv\n',
      'a.csv': 'id,domain\nerp,Core\n',
      'b.csv': 'id,domain\nerp,Sales\n',
    });
    expect(found.systems).toHaveLength(1);
    expect(found.findings).toMatchObject([
      { rule: 'no-owner' },
      {
        rule: 'conflicting-registry',
        evidence: [
          { file: 'a.csv', line: 2 },
          { file: 'b.csv', line: 2 },
        ],
      },
    ]);
  });

  test('a link to a system that no inventory describes is kept and reported', async () => {
    const found = await audit({ links: 'id,from,to\nL1,erp,warehose\n' });
    expect(found.links).toMatchObject([{ key: 'erp=>warehose#other' }]);
    expect(found.findings.find(({ rule }) => rule === 'unknown-system')?.message).toContain(
      'Did you mean',
    );
    expect(found.analysis.coupling.links).toBe(0);
  });

  test('an e-mail address of an owner is counted, not shown', async () => {
    const files = {
      'landscape.yaml': 'sources:\n  - inventory: s.csv\n',
      's.csv': 'id,owner,team\na,kari@x.example,\nb,Ola Nordmann,Finance IT\nc,Warehouse team,\n',
    };
    const found = await auditFiles(files);
    expect(found.systems.map(({ owner }) => owner)).toEqual([
      { people: 1 },
      { team: 'Finance IT', people: 1 },
      { team: 'Warehouse team', people: 0 },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/kari@|Ola Nordmann/);
    const shown = await auditFiles({
      ...files,
      'landscape.yaml': `${files['landscape.yaml']}showPeople: true\n`,
    });
    expect(shown.systems[1]?.owner).toEqual({
      team: 'Finance IT',
      person: 'Ola Nordmann',
      people: 1,
    });
  });
});
