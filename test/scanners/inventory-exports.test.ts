import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Scan, scan } from './scan.ts';
import { workbookFile } from './workbook-file.ts';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../fixtures/inventory/${name}`, import.meta.url), 'utf8');

/** Each link as `line from ARROW to`: `->` and `<>` for data, `?>` where only a need is known. */
const draw = ({ of }: Scan): string[] =>
  of('connection').map(({ origin, from, to, direction, protocol, objects, declared }) => {
    const arrow = direction === 'forward' ? '->' : direction === 'both' ? '<>' : '?>';
    const rest = [protocol, ...objects].filter(Boolean).join(' ');
    const seal = declared?.approved ? '' : ' (not registered)';
    const name = (end: typeof from): string => ('value' in end ? end.value : '');
    return `${origin.line} ${name(from)} ${arrow} ${name(to)}${rest ? ` ${rest}` : ''}${seal}`;
  });

const systems = ({ of }: Scan): string[] =>
  of('system').map(({ id, fields }) =>
    [id, fields.kind ?? '', fields.partOf ? `in ${fields.partOf}` : ''].filter(Boolean).join(' '),
  );

describe('ServiceNow', () => {
  const classes =
    'sys_id,name,sys_class_name,owned_by,support_group,busines_criticality,fqdn,install_status\n' +
    'a1,ERP,cmdb_ci_business_app,Ada,Business Systems,1 - most critical,erp.example.org,1\n' +
    'a2,WMS,Application,,,,,Installed\n' +
    'a3,ERP database,cmdb_ci_db_ora_instance,,,,,\n' +
    'a4,srv01,Linux Server,,,,srv01.example.org,\n' +
    'a5,Order to cash,Business Service,,,,,\n';
  const relations =
    'parent,type,child,sys_id\n' +
    'ERP,Sends data to::Receives data from,WMS,r1\n' +
    'a2,Receives data from::Sends data to,CRM,r2\n' +
    'WMS,Exchanges data with::Exchanges data with,TMS,r3\n' +
    'WMS,Depends on::Used by,ERP,r4\n' +
    'ERP,Used by::Uses,Portal,r5\n' +
    'ERP,Runs on::Runs,srv01,r6\n' +
    'ERP,Owned by::Owns,Ada,r7\n' +
    'Order to cash,Depends on::Used by,ERP,r8\n' +
    'ERP,,WMS,r9\n';

  test('what is data, what is a need, what is neither', async () => {
    const found = await scan('inventory', { 'cmdb_ci.csv': classes, 'cmdb_rel_ci.csv': relations });
    expect(draw(found)).toEqual([
      '2 ERP -> WMS',
      '3 CRM -> WMS',
      '4 WMS <> TMS',
      '5 WMS ?> ERP (not registered)',
      '6 Portal ?> ERP (not registered)',
    ]);
    expect(systems(found)).toEqual([
      'ERP application',
      'WMS application',
      'ERP database database',
      'srv01 host',
      'srv01 in ERP',
    ]);
    expect(found.of('system')[0]?.fields).toMatchObject({
      owner: 'Ada',
      team: 'Business Systems',
      criticality: 'mission-critical',
      lifecycle: 'Installed',
      hosts: ['erp.example.org'],
      aliases: ['a1'],
    });
    expect(found.coverage.leftOut).toEqual({
      'configuration item of class Business Service': 1,
      'relation Owned by::Owns': 1,
      'relation of what is no system': 1,
    });
    expect(found.coverage.skippedPlaces.map(({ place }) => place.line)).toEqual([10]);
    expect(found.coverage.formats).toMatchObject([{ format: 'ServiceNow CMDB' }]);
  });

  test('a need registers where the source says that it is a registry', async () => {
    const row = 'parent,type,child,sys_id\nWMS,Depends on::Used by,ERP,r4\n';
    const found = await scan('inventory', { 'r.csv': row }, { registry: true });
    expect(draw(found)).toEqual(['2 WMS ?> ERP']);
    expect(found.of('connection')[0]).toMatchObject({ initiator: 'from', confidence: 0.5 });
  });

  test('what the interface answers: references by id, with and without what they are called', async () => {
    const reference = (value: string, display_value: string): object => ({
      value,
      display_value,
      link: `https://cmdb.example.org/api/now/table/cmdb_ci/${value}`,
    });
    const json = JSON.stringify(
      {
        result: [
          { sys_id: 'a1', name: 'ERP', sys_class_name: 'cmdb_ci_appl' },
          { sys_id: 'a2', name: 'WMS', sys_class_name: 'cmdb_ci_appl' },
        ],
      },
      null,
      1,
    );
    const rel = JSON.stringify({
      result: [
        {
          parent: { value: 'a1', link: 'https://cmdb.example.org/x' },
          child: reference('a2', 'WMS'),
          type: reference('t1', 'Sends data to::Receives data from'),
          sys_id: 'r1',
        },
        {
          parent: reference('a1', 'ERP'),
          child: reference('a2', 'WMS'),
          type: { value: '1a9cb166f1571100a92eb60da2bce5c5' },
          sys_id: 'r2',
        },
      ],
    });
    const found = await scan('inventory', { 'ci.json': json, 'rel.json': rel });
    expect(draw(found)).toEqual(['1 ERP -> WMS']);
    expect(found.coverage.skippedPlaces[0]?.reason).toContain('display values');
  });

  test('two items of one name stay two', async () => {
    const ci = 'sys_id,name,sys_class_name\nx1,Portal,Application\nx2,Portal,Application\n';
    const rel = 'parent,type,child,sys_id\nx1,Sends data to::Receives data from,x2,r\n';
    const found = await scan('inventory', { 'a.csv': ci, 'b.csv': rel });
    expect(draw(found)).toEqual(['2 x1 -> x2']);
  });
});

describe('Konveyor', () => {
  test('its own sample: the gateway needs two services', async () => {
    const found = await scan('inventory', {
      'apps.csv': await fixture('konveyor/sample-applications.csv'),
    });
    expect(systems(found)).toEqual(['Customers', 'Inventory', 'Gateway']);
    expect(draw(found)).toEqual([
      '5 Gateway ?> Inventory (not registered)',
      '6 Gateway ?> Customers (not registered)',
    ]);
    expect(found.of('system')[0]?.fields).toMatchObject({
      domain: 'Retail',
      tags: ['RHEL 8', 'Oracle', 'Java', 'Tomcat'],
    });
  });

  test('both directions, and every row that cannot be used', async () => {
    const found = await scan('inventory', {
      'apps.csv': await fixture('konveyor/dependency_import.csv'),
    });
    expect(draw(found)).toEqual([
      '5 OrderHub ?> OrderHubDependency (not registered)',
      '6 OrderHubDependency2 ?> OrderHub (not registered)',
      '7 OrderHubDependency ?> OrderHubDependency2 (not registered)',
      '10 Home Banking BU ?> Online Investments service (not registered)',
    ]);
    expect(found.coverage.skippedPlaces.map(({ place }) => place.line)).toEqual([8, 9]);
  });

  test('headers in any case, owners without their mail', async () => {
    const mixed = await scan('inventory', {
      'a.csv': await fixture('konveyor/mixed_case_column_headers.csv'),
    });
    expect(mixed.of('system')).toHaveLength(7);
    const newest = await scan('inventory', {
      'a.csv': await fixture('konveyor/template_application_import.csv'),
    });
    expect(newest.of('system').map(({ fields }) => fields.owner)).toEqual([
      'Alex Johnson',
      'Morgan Bailey',
      'Jordan Parker',
    ]);
  });
});

describe('Waltz', () => {
  test('an extract of flows: a row for each type of data is one link', async () => {
    const text =
      'Waltz Id,Source,Source Asset Code,Source Org Unit,Target,Target Asset Code,Target Org Unit,Flow External Id,Data Type,Created At\n' +
      '17,Trade Store,109-1,Markets,Ledger,324-1,Finance,F-1,Trades,2024-01-01\n' +
      '17,Trade Store,109-1,Markets,Ledger,324-1,Finance,F-1,Counterparties,2024-01-01\n';
    const found = await scan('inventory', { 'flows.csv': text });
    expect(draw(found)).toEqual(['2 109-1 -> 324-1 Trades Counterparties']);
    expect(
      found.of('system').map(({ id, fields }) => `${id} ${fields.name} ${fields.team}`),
    ).toEqual(['109-1 Trade Store Markets', '324-1 Ledger Finance']);
  });

  test('physical flows name their receiver and transport', async () => {
    const text =
      'Source,Source Asset Code,Receiver,Receiver Asset Code,Name,External Id,Format,Transport,Frequency,Criticality\n' +
      'Trade Store,109-1,Ledger,324-1,EOD,PF-1,CSV,File Transport,Daily,MEDIUM\n';
    const found = await scan('inventory', { 'flows.csv': text });
    expect(draw(found)).toEqual(['2 109-1 -> 324-1 file']);
    expect(found.of('connection')[0]?.declared).toMatchObject({
      id: 'PF-1',
      schedule: 'Daily',
      criticality: 'operational',
    });
  });

  test('its templates for uploads are tables like any other', async () => {
    const bytes = await readFile(
      new URL('../fixtures/inventory/waltz/physical.xlsx', import.meta.url),
    );
    const found = await scan('inventory', { 'p.xlsx': bytes });
    expect(draw(found)).toEqual(['2 asset1 -> asset2 other Organisation Data']);
  });
});

describe('LeanIX', () => {
  const sheet = (name: string): object => ({ node: { factSheet: { id: `id-${name}`, name } } });

  test('what its interface answers: interfaces join providers and consumers', async () => {
    const text = JSON.stringify({
      data: {
        allFactSheets: {
          totalCount: 3,
          edges: [
            {
              node: {
                id: 'id-ERP',
                type: 'Application',
                name: 'ERP',
                displayName: 'ERP',
                businessCriticality: 'missionCritical',
                lifecycle: { asString: 'active' },
              },
            },
            {
              node: {
                id: 'i1',
                type: 'Interface',
                name: 'Orders',
                displayName: 'ERP / Orders',
                relInterfaceToProviderApplication: { edges: [sheet('ERP')] },
                relInterfaceToConsumerApplication: { edges: [sheet('WMS'), sheet('CRM')] },
                relInterfaceToDataObject: { edges: [sheet('Order')] },
              },
            },
            { node: { id: 'b1', type: 'BusinessCapability', name: 'Sell', displayName: 'Sell' } },
          ],
        },
      },
    });
    const found = await scan('inventory', { 'leanix.json': text });
    expect(draw(found)).toEqual(['1 ERP -> WMS Order', '1 ERP -> CRM Order']);
    expect(found.of('system')[0]).toMatchObject({
      id: 'ERP',
      fields: { criticality: 'mission-critical', lifecycle: 'active', aliases: ['id-ERP'] },
    });
    expect(found.coverage.leftOut).toEqual({ 'fact sheet of type BusinessCapability': 1 });
  });

  test('the Excel export, with labels below its headers and ids for ends', async () => {
    const book = workbookFile({
      Application: [
        ['id', 'type', 'name', 'displayName', 'relToRequires', 'relToParent'],
        ['ID', 'Type', 'Name', 'Display name', 'Requires', 'Parent'],
        ['u1', 'Application', 'ERP', 'ERP', undefined, undefined],
        ['u2', 'Application', 'WMS', 'WMS', 'ERP', undefined],
      ],
      Interface: [
        [
          'id',
          'type',
          'name',
          'displayName',
          'dataFlowDirection',
          'relInterfaceToProviderApplication',
          'relInterfaceToConsumerApplication',
        ],
        ['i1', 'Interface', 'Stock', 'Stock', 'inbound', 'u1', 'u2'],
        ['i2', 'Interface', 'Prices', 'Prices', 'bi-directional', 'ERP', 'WMS'],
        ['i3', 'Interface', 'Nobody reads it', 'x', undefined, 'ERP', undefined],
      ],
    });
    const found = await scan('inventory', { 'leanix.xlsx': book });
    expect(draw(found)).toEqual(['4 WMS ?> ERP (not registered)', '2 WMS -> ERP', '3 ERP <> WMS']);
    expect(found.coverage.leftOut).toEqual({ 'interface without a consumer': 1 });
  });
});

describe('Ardoq', () => {
  test('components and references, by id and by name', async () => {
    const text = JSON.stringify({
      components: [
        { _id: 'c1', name: 'ERP', type: 'Application', rootWorkspace: 'w' },
        { _id: 'c2', name: 'WMS', type: 'Application', rootWorkspace: 'w' },
        { _id: 'c3', name: 'ERP DB', type: 'Database', parent: 'c1', rootWorkspace: 'w' },
        { _id: 'c4', name: 'Selling', type: 'Capability', rootWorkspace: 'w' },
      ],
      references: [
        {
          _id: 'r1',
          source: 'c1',
          target: 'c2',
          type: 1,
          displayText: 'Sends data to',
          rootWorkspace: 'w',
        },
        { _id: 'r2', source: 'c2', target: 'c1', type: 2, rootWorkspace: 'w' },
        { _id: 'r3', source: 'c4', target: 'c1', type: 2, rootWorkspace: 'w' },
      ],
    });
    const found = await scan('inventory', { 'ardoq.json': text });
    expect(draw(found)).toEqual(['1 ERP -> WMS', '1 WMS ?> ERP (not registered)']);
    expect(systems(found)).toEqual([
      'ERP application',
      'WMS application',
      'ERP DB database in ERP',
    ]);
    expect(found.coverage.leftOut).toEqual({
      'component of type Capability': 1,
      'relation of what is no system': 1,
    });
  });

  test('a spreadsheet', async () => {
    const found = await scan('inventory', {
      'c.csv': 'Ardoq OID,Name,Type\n5f1,ERP,Application\n5f2,WMS,Application\n',
      'r.csv': 'Ardoq OID,Source,Target,Reference Type\n6a1,5f1,5f2,Flow\n',
    });
    expect(draw(found)).toEqual(['2 ERP -> WMS']);
  });
});

describe('iTop and GLPI', () => {
  test('solutions of iTop need configuration items', async () => {
    const found = await scan('inventory', {
      'solutions.csv':
        'Name,Organization->Name,Status,Business criticity,CI sub-class\nERP,Demo,active,high,ApplicationSolution\nsrv01,Demo,production,low,Server\n',
      'links.csv': 'Application solution->Name,CI->Name\nERP,WMS\n',
    });
    expect(systems(found)).toEqual(['ERP application', 'srv01 host']);
    expect(draw(found)).toEqual(['2 ERP ?> WMS (not registered)']);
    expect(found.of('system')[0]?.fields).toMatchObject({
      domain: 'Demo',
      criticality: 'business-critical',
    });
  });

  test('what an asset of GLPI impacts needs it', async () => {
    const found = await scan('inventory', {
      'glpi_appliances.csv': '"id";"entities_id";"name"\n"7";"0";"ERP"\n"8";"0";"WMS"\n',
      'glpi_impactrelations.csv':
        'itemtype_source;items_id_source;itemtype_impacted;items_id_impacted\nAppliance;7;Appliance;8\n',
    });
    expect(systems(found)).toEqual(['ERP application', 'WMS application']);
    expect(draw(found)).toEqual(['2 WMS ?> ERP (not registered)']);
  });
});

test('what the user says of a header comes before what a table looks like', async () => {
  const text = 'sys_id,name,sys_class_name\n1,ERP,Business Service\n';
  const found = await scan('inventory', { 'a.csv': text }, { columns: { sys_class_name: 'type' } });
  expect(found.of('system')).toMatchObject([{ id: 'ERP', fields: { type: 'Business Service' } }]);
});
