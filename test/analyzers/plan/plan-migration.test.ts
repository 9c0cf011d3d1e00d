import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { annuity } from '../../../src/analyzers/plan/problem.ts';
import { bandOf, riskParts } from '../../../src/analyzers/plan/score-risk.ts';
import { searchForReports } from '../../../src/audit/planning.ts';
import { planShape } from '../../../src/verify/plan-shape.ts';
import { verifyPlan } from '../../../src/verify/verify-plan.ts';
import { auditFiles } from '../../audit-files.ts';

const sources = 'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\n';

/** The plan of a landscape drawn as two tables. */
async function plan(systems: string, links: string, config = '') {
  const contents = {
    'landscape.yaml': `${sources}${config}`,
    'systems.csv': systems,
    'links.csv': links,
  };
  const { analysis } = await auditFiles(contents, { planning: { search: searchForReports } });
  const { waves } = analysis;
  expect(verifyPlan(planShape.parse(waves))).toEqual([]);
  return waves;
}

type Plan = Awaited<ReturnType<typeof plan>>;
const waveOf = ({ waves }: Plan, link: string): number =>
  waves.find(({ links }) => links.includes(link))?.number ?? 0;

/** Everything is there already, so that whatever saves anything moves. */
const allThere =
  'plan:\n  existing: [integration-platform, data-pipeline, event, api-gateway, shared-data-layer]\n';

describe('samples', () => {
  const read = (name: string): Plan =>
    JSON.parse(readFileSync(`reports/${name}/audit.json`, 'utf8')).analysis.waves;

  test.each(['nordfisk', 'plant', 'webshop', 'hospital'])('%s is proved and holds', (name) => {
    const found = read(name);
    expect(found.certificate).toMatchObject({ gap: 0, tieBroken: true });
    expect(found.waves.length).toBeGreaterThan(1);
    expect(verifyPlan(planShape.parse(found))).toEqual([]);
    const critical = new Set(
      found.model.items
        .filter(({ missionCritical }) => missionCritical)
        .flatMap((one) => one.links),
    );
    expect(found.waves[0]?.links.filter((link) => critical.has(link))).toEqual([]);
  });

  test('Nordfisk: reporting moves before ERP and warehouse', () => {
    const found = read('nordfisk');
    const reporting = found.waves.flatMap(({ links }) =>
      links.filter((key) => key.includes('=>data#')),
    );
    expect(reporting).toHaveLength(3);
    for (const link of reporting)
      expect(waveOf(found, link)).toBeLessThan(waveOf(found, 'warehouse=>erp#file'));
  });

  test('the works: HR, reporting and suppliers move before ERP, MES and WMS', () => {
    const found = read('plant');
    const early = [
      'hr=>finance#file',
      'hr=>crm#http',
      'erp=>reporting#database',
      'supplier-portal=>erp#file',
    ];
    const late = ['erp=>wms-north#file', 'erp=>wms-south#http', 'mes=>wms-north#http'];
    for (const link of [...early, ...late]) expect(waveOf(found, link)).toBeGreaterThan(0);
    for (const one of early)
      for (const other of late) expect(waveOf(found, one)).toBeLessThan(waveOf(found, other));
  });
});

test('three systems with three stable, owned links keep them, and the plan says why', async () => {
  const found = await plan(
    'id,team\na,A\nb,B\nc,C\n',
    'from,to,protocol\na,b,https\nb,c,https\nc,a,sftp\n',
  );
  expect(found.waves).toEqual([]);
  expect(found.kept).toHaveLength(3);
  for (const { pattern, reasons } of found.patterns) {
    expect(pattern).toBe('keep');
    expect(reasons.join()).toMatch(/few.*registered and owned/);
  }
});

describe('patterns', () => {
  const systems =
    'id,name,kind,team,domain\nerp,ERP,application,A,core\nwms,WMS,application,A,core\ncrm,CRM,application,A,sales\nshop,Shop,application,A,sales\nmes,MES,application,A,core\ndwh,Warehouse of data,data-platform,A,data\n';
  const pad = 'mes,shop,odd protocol,,\nshop,mes,odd protocol,,\nmes,crm,odd protocol,,\n';
  const choose = async (row: string, config = allThere) => {
    const found = await plan(systems, `from,to,protocol,objects,schedule\n${row}\n${pad}`, config);
    return found.patterns.filter(({ link }) => !/^(?:mes=>|shop=>mes)/.test(link));
  };

  test.each([
    ['erp,dwh,sftp,sales,', 'data-pipeline', /feeds Warehouse of data/],
    ['erp,wms,jdbc,stock,', 'shared-data-layer', /WMS reads tables of ERP/],
    [
      'erp,wms,https,items,\nerp,crm,https,items,',
      'event',
      /2 systems take the same data from ERP/,
    ],
    ['erp,wms,kafka,orders,', 'event', /told to others/],
    ['erp,wms,https,orders,*/5 * * * *', 'event', /every few minutes/],
    ['erp,wms,sftp,orders,0 2 * * *', 'integration-platform', /file transfer/],
    ['erp,wms,https,orders,', 'api-gateway', /synchronous call/],
  ])('%s goes to %s', async (row, pattern, reason) => {
    for (const choice of await choose(row)) {
      expect(choice.pattern).toBe(pattern);
      expect(choice.reasons[0]).toMatch(reason);
      expect(choice.runnerUp).not.toBe(pattern);
    }
  });

  test.each([
    ['link: "erp=>wms#http"', 'keep'],
    ['object: Orders', 'data-pipeline'],
    ['domain: core', 'retire'],
    ['system: WMS', 'event'],
  ])('people decide: %s', async (what, pattern) => {
    const [choice] = await choose(
      'erp,wms,https,orders,',
      `${allThere}  patterns:\n    - { ${what}, pattern: ${pattern}, reason: the board wants it }\n`,
    );
    expect(choice).toEqual({
      link: 'erp=>wms#http',
      pattern,
      reasons: ['the board wants it'],
      runnerUp: 'api-gateway',
    });
  });

  test('a platform that few links would need gives way to one that is there', async () => {
    const [choice] = await choose('erp,wms,jdbc,stock,', 'plan:\n  existing: [api-gateway]\n');
    expect(choice).toMatchObject({ pattern: 'api-gateway', runnerUp: 'shared-data-layer' });
    expect(choice?.reasons.at(-1)).toMatch(/has to be set up first/);
  });
});

describe('what is decided over', () => {
  const systems =
    'id,team,criticality,domain\nerp,A,business-critical,core\nwms,B,operational,core\ncrm,C,administrative,sales\nhr,D,administrative,people\n';
  const links =
    'id,from,to,protocol,objects\nL1,erp,wms,sftp,items\nL2,wms,erp,sftp,stock\nL3,hr,crm,sftp,staff\nL4,crm,hr,https,staff\nL5,erp,hr,https,costs\n';

  test('risks are the sum of their parts, and none is above 100', async () => {
    const found = await plan(systems, links, allThere);
    expect(Object.values(riskParts).reduce((sum, one) => sum + one, 0)).toBe(100);
    for (const { score, parts } of found.risks) {
      expect(score).toBe(Object.values(parts).reduce((sum, one) => sum + one, 0));
      expect(bandOf(score)).toBeLessThanOrEqual(4);
    }
    const score = (key: string) => found.risks.find(({ link }) => link === key)?.score ?? 0;
    expect(score('erp=>wms#file')).toBeGreaterThan(score('hr=>crm#file'));
  });

  test('your own total is what all links take together', async () => {
    const found = await plan(
      systems,
      links,
      `costs: { totalHoursPerYear: 1000, routeHoursPerYear: 0 }\n${allThere}`,
    );
    const saved = found.model.items.reduce((sum, { savingPerYear }) => sum + savingPerYear, 0);
    expect(saved).toBeCloseTo(1000, 6);
  });

  test('each platform has costs of its own, and a licence counts in hours', async () => {
    const found = await plan(
      systems,
      links,
      'costs:\n  hourlyRate: 100\n  linkHoursPerYear: 5000\n  platforms:\n    integration-platform: { platformBuildHours: 7, platformLicencePerYear: 20000, adapterBuildHours: 3 }\n',
    );
    const at = found.model.platforms.findIndex(({ name }) => name === 'integration-platform');
    expect(found.model.platforms[at]).toMatchObject({
      hours: 7,
      hoursPerYear: 400 + 200,
      proven: false,
    });
    for (const { platform, hours } of found.model.adapters)
      expect(hours).toBe(platform === at ? 3 : 16);
  });

  test('what a platform connects today needs no adapter', async () => {
    const found = await plan(
      `${systems.trim()}\n`
        .replace('domain\n', 'domain,kind\n')
        .replace(/(core|sales|people)\n/g, '$1,application\n') +
        'gw,E,operational,core,api-gateway\n',
      `${links.replace('objects\n', 'objects,via\n')}L6,erp,crm,https,,gw\nL7,wms,crm,https,,\n`,
      'plan:\n  patterns: [{ system: wms, pattern: api-gateway }]\n',
    );
    expect(found.existing).toEqual(['api-gateway']);
    const toGateway = found.model.adapters.filter(
      ({ platform }) => found.model.platforms[platform]?.name === 'api-gateway',
    );
    expect(toGateway.map(({ system }) => system)).toEqual(['wms', 'hr'].sort());
  });

  test('a freeze of everything takes its days from the hours of a wave', async () => {
    const found = await plan(
      systems,
      links,
      `${allThere}  start: 2027-01-04\n  weeksPerWave: 10\n  capacityHours: 700\n  teamHours: { a: 70 }\n  freezes:\n    - { from: 2027-01-04, to: 2027-01-17 }\n    - { from: 2027-01-11, to: 2027-01-24 }\n`,
    );
    expect(found.model.waves.map(({ capacityHours }) => capacityHours)).toEqual([
      490, 700, 700, 700,
    ]);
    expect(found.model.waves.map(({ teamHours }) => teamHours['A'])).toEqual([49, 70, 70, 70]);
  });

  test('a freeze of a system holds where it takes more than half of a wave', async () => {
    const freeze = async (days: string) =>
      (
        await plan(
          systems,
          links,
          `${allThere}  start: 2027-01-04\n  weeksPerWave: 10\n  freezes:\n    - { ${days}, systems: [CRM] }\n`,
        )
      ).model.items.filter(({ links: keys }) => keys.some((key) => key.includes('crm')));
    for (const item of await freeze('from: 2027-03-15, to: 2027-04-25'))
      expect(item.frozen).toContain(1);
    for (const item of await freeze('from: 2027-03-15, to: 2027-04-18'))
      expect(item.frozen).not.toContain(1);
  });

  test('the producer of an event and its consumers are one item', async () => {
    const found = await plan(
      systems,
      'from,to,protocol,objects\nerp,wms,https,items\nerp,crm,sftp,items\nerp,hr,https,costs\nhr,erp,https,x\ncrm,hr,https,y\n',
      allThere,
    );
    const item = found.model.items.find(({ links: keys }) => keys.includes('erp=>wms#http'));
    expect(item?.links).toEqual(['erp=>crm#file', 'erp=>wms#http']);
  });

  test('an object that several items carry in a circle is bridged between waves', async () => {
    const found = await plan(
      systems,
      'from,to,protocol,objects\nerp,wms,sftp,items\nwms,crm,https,items\ncrm,erp,jdbc,items\nhr,erp,https,x\nhr,crm,https,y\n',
      allThere,
    );
    expect(found.model.bridges).toEqual([{ object: 'items', items: expect.any(Array) }]);
    expect(found.model.bridges[0]?.items).toHaveLength(3);
  });
});

describe('what stays says why', () => {
  const ends =
    'id,team,criticality\na,A,mission-critical\nb,A,mission-critical\nc,A,administrative\n';
  const many = (rows: string) => `from,to,protocol\n${rows}a,c,odd\nb,c,odd\nc,a,odd\nc,b,odd\n`;

  test('nobody owns it', async () => {
    const found = await plan(
      'id,team\na,A\nb,B\nx,\ny,\n',
      'from,to,protocol\nx,y,sftp\na,b,sftp\nb,a,sftp\nx,a,sftp\n',
      allThere,
    );
    expect(found.blocked).toEqual([
      { link: 'x=>y#file', reason: expect.stringContaining('owner') },
    ]);
  });

  test('it does not pay', async () => {
    const found = await plan(ends, many('a,b,sftp\n'));
    expect(found.unmoved.map(({ because }) => because)).toContain('cost');
    expect(found.kept).toEqual(expect.arrayContaining(found.unmoved.map(({ link }) => link)));
  });

  test('nothing less critical can prove its platform', async () => {
    const found = await plan(
      ends,
      many('a,b,jdbc\n'),
      'costs: { linkHoursPerYear: 5000 }\nplan: { capacityHours: 5000 }\n',
    );
    expect(found.unmoved).toContainEqual({ link: 'a=>b#database', because: 'unproven' });
  });

  test('no wave has room', async () => {
    const found = await plan(
      ends,
      many('a,b,jdbc\n'),
      'costs: { linkHoursPerYear: 5000 }\nplan: { capacityHours: 10 }\n',
    );
    expect(found.waves).toEqual([]);
    expect(found.unmoved.map(({ because }) => because)).toContain('room');
  });
});

test('a plan that is not proved gives way to the greedy one, which says so', async () => {
  const contents = {
    'landscape.yaml': `${sources}${allThere}`,
    'systems.csv': 'id,team\na,A\nb,B\nc,C\n',
    'links.csv': 'from,to,protocol\na,b,sftp\nb,c,sftp\nc,a,sftp\na,c,https\n',
  };
  const { analysis } = await auditFiles(contents, {
    planning: { search: { timeLimit: 20, mostItems: 3, onlyProved: true } },
  });
  expect(analysis.waves.certificate).toMatchObject({ solver: 'greedy', bound: null, gap: null });
});

describe('what is wrong under plan: is refused with its line', () => {
  test.each([
    ['wave: 3', /landscape\.yaml:5.*unknown key "wave".*waves/],
    ['waves: 1', /landscape\.yaml:5.*waves/],
    ['existing: [esb]', /landscape\.yaml:5.*existing/],
    ['teamHours: { Bee: 3 }', /landscape\.yaml:5.*no team "Bee"/],
    ['freezes: [{ from: 2027-02-01, to: 2027-01-01 }]', /landscape\.yaml:5.*no later than/],
    ['freezes: [{ from: 2027-01-01, to: 2027-02-01, systems: [x] }]', /no system "x"/],
    ['patterns: [{ pattern: keep }]', /landscape\.yaml:5.*what the pattern is for/],
    ['patterns: [{ pattern: keep, link: a=>c#http }]', /no link "a=>c#http".*a=>b#http/],
  ])('%s', async (line, message) => {
    await expect(
      plan('id,team\na,A\nb,A\n', 'from,to,protocol\na,b,https\n', `plan:\n  ${line}\n`),
    ).rejects.toThrow(message);
  });
});

test('what runs for a year is worth less the later it begins', () => {
  const of = (years: number, discountRate: number) =>
    annuity({ horizonYears: 3, discountRate } as Plan['model'], years);
  expect(of(1, 0)).toBe(2);
  expect(of(1, 0.05)).toBeLessThan(2);
  expect(of(3, 0.05)).toBe(0);
});
