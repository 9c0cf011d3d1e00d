import { expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';

const base = {
  'systems.csv': 'id,name,team\nerp,ERP,A\nwms,Warehouse,A\ncrm,CRM,B\n',
  'links.csv':
    'id,from,to,protocol\nL1,erp,wms,sftp\nL2,wms,erp,sftp\nL3,crm,erp,https\nL4,erp,crm,jdbc\n',
};
const config =
  'sources:\n  - inventory: systems.csv\n  - inventory: links.csv\nincidents: tickets.csv\ncosts: { routeHoursPerYear: 0 }\nplan: { existing: [integration-platform, api-gateway, shared-data-layer] }\n';

const savings = async (tickets: string) => {
  const { analysis, coverage } = await auditFiles({
    ...base,
    'landscape.yaml': config,
    'tickets.csv': tickets,
  });
  const { items } = analysis.waves.model;
  return {
    coverage,
    waves: analysis.waves,
    of: (link: string) => items.find(({ links }) => links.includes(link))?.savingPerYear ?? 0,
  };
};

test('hours of incidents come on top of those of a link, a year over the time they cover', async () => {
  const none = await savings('date,link,hours\n');
  const some = await savings(
    'Opened,Integration,Time spent (hours),Summary\n2024-11-02,L1,30,late\n2026-11-02,erp=>wms#file,10,late again\n',
  );
  expect(some.of('erp=>wms#file') - none.of('erp=>wms#file')).toBeCloseTo(40 / (730 / 365.25), 6);
  expect(some.of('wms=>erp#file')).toBeCloseTo(none.of('wms=>erp#file'), 6);
  const risk = some.waves.risks.find(({ link }) => link === 'erp=>wms#file');
  expect(risk?.parts.incidents).toBe(10);
  expect(some.coverage.sources.find(({ kind }) => kind === 'incidents')).toMatchObject({
    source: 'tickets.csv',
    parsed: 2,
  });
});

test('those of a system are shared by its links, and less than a year counts as one', async () => {
  const none = await savings('date,link,hours\n');
  const some = await savings('date,system,hours\n2026-10-01,Warehouse,8\n2026-10-02,wms,"1,5"\n');
  for (const link of ['erp=>wms#file', 'wms=>erp#file'])
    expect(some.of(link) - none.of(link)).toBeCloseTo(4.75, 6);
});

test.each([
  ['date,link,hours\n2026-10-01,L9,8\n', /tickets\.csv:2.*no link and no system "L9"/],
  ['date,link,hours\nsoon,L1,8\n', /tickets\.csv:2.*no date/],
  [
    'date,link,hours\n2026-10-01,,much\n',
    /tickets\.csv:2.*neither a link nor a system, and has no number/,
  ],
])('a row that cannot be used is refused: %s', async (tickets, message) => {
  await expect(savings(tickets)).rejects.toThrow(message);
});

test('a file that is not there is told with the line of the configuration', async () => {
  await expect(auditFiles({ ...base, 'landscape.yaml': config })).rejects.toThrow(
    /landscape\.yaml:4.*tickets\.csv/,
  );
});
