import { expect, test } from 'vitest';
import { auditFiles, drawInventory } from '../audit-files.ts';

test('renaming every system changes no number', async () => {
  const drawing = 'erp -> crm; crm -> wms; wms -> erp; erp -> shop; shop -> fin';
  const numbers = async (text: string) => {
    const { coupling, hotspots } = (await auditFiles(drawInventory(text))).analysis;
    const {
      growth: _growth,
      cyclicGroups,
      bridges,
      leftOut: _left,
      all: _all,
      ...figures
    } = coupling;
    return {
      figures,
      groups: cyclicGroups.map((group) => group.length),
      bridges: bridges.length,
      spots: hotspots.map(({ system: _system, ...spot }) => JSON.stringify(spot)).sort(),
    };
  };
  const renamed = drawing
    .replaceAll('erp', 'zz1')
    .replaceAll('crm', 'b')
    .replaceAll('wms', 'm')
    .replaceAll('shop', 'a9');
  expect(await numbers(renamed)).toEqual(await numbers(drawing));
});

test('two unconnected landscapes side by side leave fan-in, fan-out, betweenness and reach alone', async () => {
  const left = 'a -> b; b -> c; c -> a; c -> d';
  const right = 'x -> y; y -> z; x -> z';
  const spots = async (text: string) => (await auditFiles(drawInventory(text))).analysis.hotspots;
  const alone = [...(await spots(left)), ...(await spots(right))];
  const together = await spots(`${left}; ${right}`);
  for (const spot of alone) {
    const { fanIn, fanOut, betweenness, blastRadius } = spot;
    expect(together.find(({ system }) => system === spot.system)).toMatchObject({
      fanIn,
      fanOut,
      betweenness,
      blastRadius,
    });
  }
});

test('a caller depends on what it calls, a receiver on whose data it needs', async () => {
  const { hotspots } = (
    await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: links.csv\n',
      // shop calls payments to send it an order; erp is asked by crm for its items.
      'links.csv': 'from,to,initiator\nshop,payments,from\nerp,crm,to\n',
    })
  ).analysis;
  const dependents = Object.fromEntries(
    hotspots.map(({ system, dependents: count }) => [system, count]),
  );
  expect(dependents).toEqual({ shop: 1, payments: 1, erp: 1, crm: 0 });
});

test('ownership: gaps, teams, and links across teams', async () => {
  const { ownership } = (
    await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
      'systems.csv': 'id,team\na,Red\nb,Blue\nc,\nd,\n',
      'links.csv': 'from,to,team,contract\na,b,,\nb,a,,openapi.yaml\na,c,Red,\nc,d,,\n',
    })
  ).analysis;
  expect(ownership).toMatchObject({
    systemsWithoutOwner: ['c', 'd'],
    orphanedLinks: ['c=>d#other'],
    acrossTeams: ['a=>b#other', 'b=>a#other'],
    acrossTeamsWithoutContract: ['a=>b#other'],
    teams: [
      { team: 'Blue', systems: ['b'], links: [] },
      { team: 'Red', systems: ['a'], links: ['a=>c#other'] },
    ],
  });
});

test('inventory quality: near-duplicates, blank owners, unknown and isolated systems', async () => {
  const { inventoryQuality } = (
    await auditFiles({
      'landscape.yaml': 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n',
      'systems.csv':
        'id,name,team\n1,Warehouse,Red\n2,Ware house,Red\n3,Payroll,\n4,Plant 1 MES,Red\n5,Plant 2 MES,Red\n',
      'links.csv': 'from,to\n1,5\n1,nobody\n4,5\n',
    })
  ).analysis;
  expect(inventoryQuality).toEqual({
    nearDuplicates: [{ systems: ['1', '2'], names: ['Warehouse', 'Ware house'] }],
    blankOwners: ['3'],
    unknownSystems: ['nobody'],
    isolated: ['2', '3'],
  });
});

test('duplicates: two scripts for one link, one object for many, one pair of types at two sites', async () => {
  const audit = await auditFiles({
    'landscape.yaml':
      'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n  - scripts: s\n    system: n\n',
    'systems.csv': 'id,type,hosts\nerp,ERP,erp.example\nn,WMS,\ns,WMS,\n',
    'links.csv': 'from,to,objects\nerp,n,Stock\nerp,s,stock\n',
    's/a.sh': 'curl https://erp.example/a\n',
    's/b.sh': 'curl https://erp.example/b\n',
  });
  expect(audit.analysis.duplicates).toEqual({
    implementations: [{ link: 'erp=>n#http', by: ['s/a.sh', 's/b.sh'] }],
    sharedObjects: [{ system: 'erp', object: 'Stock', consumers: ['n', 's'] }],
    rebuilt: [
      {
        types: 'ERP → WMS',
        links: ['erp=>n#http', 'erp=>s#other'],
        pairs: 2,
        sites: [],
        protocols: ['https'],
      },
    ],
    repeats: [],
    detours: [],
    detoursLeftOut: 0,
  });
  expect(audit.findings.map(({ rule }) => rule)).toContain('duplicate-link');
});
