import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import fc from '../fast-check.ts';
import { scan } from './scan.ts';
import { workbookFile, zipFile } from './workbook-file.ts';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../fixtures/inventory/${name}`, import.meta.url), 'utf8');

const places = async (file: string, text: string, options = {}): Promise<string[]> =>
  (await scan('inventory', { [file]: text }, options)).evidence.map((item) =>
    item.kind === 'system'
      ? `${item.origin.line} ${item.id}`
      : item.kind === 'connection'
        ? `${item.origin.line} ${'value' in item.from && item.from.value}>${'value' in item.to && item.to.value}`
        : item.kind,
  );

describe('delimited files', () => {
  test.each([
    ['comma', 'systems.csv', 'id,name,owner\nerp,ERP,Ann\nwms,WMS,Bo\n'],
    ['semicolon', 'systems.csv', 'id;name;owner\nerp;ERP;Ann\nwms;WMS;Bo\n'],
    ['tab', 'systems.tsv', 'id\tname\towner\nerp\tERP\tAnn\nwms\tWMS\tBo\n'],
    ['bar', 'systems.txt', 'id|name|owner\nerp|ERP|Ann\nwms|WMS|Bo\n'],
    ['CRLF', 'systems.csv', 'id,name,owner\r\nerp,ERP,Ann\r\nwms,WMS,Bo\r\n'],
    ['byte order mark', 'systems.csv', '\uFEFFid,name,owner\nerp,ERP,Ann\nwms,WMS,Bo'],
    ['blanks around cells', 'systems.csv', ' id , name,owner \n erp ,ERP, Ann\nwms,WMS,Bo \n'],
  ])('%s', async (_, file, text) => {
    const { of, coverage } = await scan('inventory', { [file]: text });
    expect(
      of('system').map(({ id, fields, origin }) => [id, fields.name, fields.owner, origin.line]),
    ).toEqual([
      ['erp', 'ERP', 'Ann', 2],
      ['wms', 'WMS', 'Bo', 3],
    ]);
    expect(coverage).toMatchObject({ records: 2, parsed: 2, skipped: 0, unread: {}, flaws: [] });
  });

  test('a row with line breaks stands where it begins, with either kind of line end', async () => {
    for (const end of ['\n', '\r\n']) {
      const text = ['id,name', 'erp,"ERP', 'of the', 'plant"', '', 'wms,WMS', ''].join(end);
      expect(await places('s.csv', text)).toEqual(['2 erp', '6 wms']);
    }
  });

  test('titles and comments may stand above the header', async () => {
    const text = 'Integration register v3,as of,2026\n# kept by Ann\n\nsource,target\nerp,wms\n';
    expect(await places('l.csv', text)).toEqual(['5 erp>wms']);
    expect(await places('l.csv', '# a comment, with a comma\nsource;target\nerp;wms\n')).toEqual([
      '3 erp>wms',
    ]);
  });

  test('rows that are commented out or blank are not counted', async () => {
    const text = 'id,name\n#old,Old\n,\n\nerp,ERP\n';
    const { evidence, coverage } = await scan('inventory', { 's.csv': text });
    expect(evidence).toHaveLength(1);
    expect(coverage).toMatchObject({ records: 1, skipped: 0 });
  });

  test('a quote that is never closed keeps the rows before it and names the place', async () => {
    const text = 'id,name\nerp,ERP\nwms,"WMS\ncrm,CRM\n';
    const { evidence, coverage } = await scan('inventory', { 's.csv': text });
    expect(evidence).toHaveLength(1);
    expect(coverage.skippedPlaces).toEqual([
      {
        place: { file: 's.csv', line: 3, column: 1 },
        reason: expect.stringContaining('never closed'),
      },
    ]);
  });

  test('a comma that nobody quoted is said', async () => {
    const { coverage } = await scan('inventory', { 's.csv': 'id,name\nerp,ERP, the big one\n' });
    expect(coverage.flaws[0]).toMatchObject({
      place: { line: 2 },
      reason: expect.stringContaining('3 cells under 2 headers'),
    });
  });

  test('another kind of file is refused by name', async () => {
    await expect(scan('inventory', { 's.docx': 'x' })).rejects.toThrow(InputError);
  });
});

describe('columns', () => {
  test('headers are known by synonyms, whatever their case and punctuation', async () => {
    const text =
      'Interface ID,Source System,TARGET-SYSTEM,Technology,Frequency,Data Objects,Middleware,Approval Status\n' +
      'i1,ERP,WMS,SFTP,0 1 * * *,"orders, stock; items",ESB,Approved\n';
    const { of } = await scan('inventory', { 'l.csv': text });
    expect(of('connection')).toMatchObject([
      {
        from: { kind: 'system', value: 'ERP' },
        to: { kind: 'system', value: 'WMS' },
        protocol: 'sftp',
        objects: ['orders', 'stock', 'items'],
        via: [{ kind: 'system', value: 'ESB' }],
        initiator: 'unknown',
        direction: 'forward',
        declared: { id: 'i1', approved: true, schedule: '0 1 * * *' },
      },
    ]);
  });

  test('`columns` maps foreign headers; a wrong target is a mistake with a suggestion', async () => {
    const options = { columns: { Sender: 'from', Empfänger: 'to' } };
    expect(await places('l.csv', 'Sender;Empfänger\nerp;wms\n', options)).toEqual(['2 erp>wms']);
    await expect(
      scan('inventory', { 'l.csv': 'a,b\n1,2\n' }, { columns: { a: 'protocl' } }),
    ).rejects.toThrow(/"protocl" is no column.*Did you mean "protocol"/);
  });

  test('headers named like parts of every object are only foreign', async () => {
    const text = 'id,constructor,toString,__proto__\nerp,a,b,c\n';
    const { evidence, coverage } = await scan('inventory', { 's.csv': text });
    expect(evidence).toHaveLength(1);
    expect(Object.keys(coverage.unread)).toContain('column constructor');
  });

  test('where a header stands twice, the first value counts', async () => {
    const { of } = await scan('inventory', { 's.csv': 'id,owner,owner\nerp,,Bo\nwms,Ann,Bo\n' });
    expect(of('system').map(({ fields }) => fields.owner)).toEqual(['Bo', 'Ann']);
  });

  test('n/a, TBD, null and dashes are absent', async () => {
    for (const blank of ['', 'n/a', 'NA', 'TBD', 'null', '-', '??', 'Unknown', 'none']) {
      const { of } = await scan('inventory', { 's.csv': `id,owner,domain\nerp,${blank},Sales\n` });
      expect(of('system')[0]?.fields).not.toHaveProperty('owner');
    }
  });

  test('a value outside the list is a flaw with a suggestion, and the row stays', async () => {
    const text = 'id,kind,criticality\nerp,aplication,mission critical\n';
    const { of, coverage } = await scan('inventory', { 's.csv': text });
    expect(of('system')[0]?.fields).toEqual({
      criticality: 'mission-critical',
      hosts: [],
      aliases: [],
      tags: [],
    });
    expect(coverage.flaws).toEqual([
      {
        place: { file: 's.csv', line: 2, column: 1 },
        reason: expect.stringMatching(/kind "aplication" is none of.*Did you mean "application"\?/),
      },
    ]);
  });

  test('a link without an end is skipped with the reason', async () => {
    const text = 'from,to\nerp,\n,wms\nTBD,n/a\nerp,wms\n';
    const { evidence, coverage } = await scan('inventory', { 'l.csv': text });
    expect(evidence).toHaveLength(1);
    expect(coverage).toMatchObject({ records: 4, parsed: 1, skipped: 3 });
    expect(coverage.skippedPlaces.map(({ place, reason }) => [place.line, reason])).toEqual([
      [2, 'the link row has no "to"; fill it in'],
      [3, 'the link row has no "from"; fill it in'],
      [4, 'the link row has no "from" and "to"; fill it in'],
    ]);
  });

  test.each([
    ['push', 'data', 'from', 'forward'],
    ['pull', 'data', 'to', 'forward'],
    ['both', 'data', 'unknown', 'both'],
    ['', 'data', 'unknown', 'forward'],
    ['', 'call', 'from', 'unknown'],
  ])(
    'flow "%s" in %s form: initiator %s, direction %s',
    async (flow, form, initiator, direction) => {
      const text = `from,to,flow\nerp,wms,${flow}\n`;
      const { of } = await scan('inventory', { 'l.csv': text }, { direction: form });
      expect(of('connection')[0]).toMatchObject({ initiator, direction });
    },
  );

  test('only approved rows of a registry register', async () => {
    const text = 'from,to,status\na,b,\na,c,approved\na,d,proposed\na,e,who knows\n';
    const approved = async (options: object): Promise<boolean[]> =>
      (await scan('inventory', { 'l.csv': text }, { ...options }))
        .of('connection')
        .map(({ declared }) => declared?.approved === true);
    expect(await approved({})).toEqual([true, true, false, false]);
    expect(await approved({ registry: false })).toEqual([false, false, false, false]);
  });
});

describe('YAML and JSON', () => {
  test('lists with the line of each row', async () => {
    const text =
      'systems:\n  - id: erp\n    hosts: [a, b]\n  - just text\nlinks:\n  - from: erp\n    to: wms\n';
    const { evidence, coverage, of } = await scan('inventory', { 'i.yaml': text });
    expect(evidence.map(({ origin }) => origin.line)).toEqual([2, 6]);
    expect(of('system')[0]?.fields.hosts).toEqual(['a', 'b']);
    expect(coverage.skippedPlaces).toMatchObject([{ place: { line: 4 } }]);
  });

  test('JSON', async () => {
    expect(await places('i.json', '[\n {"id": "erp"},\n {"id": "wms"}\n]\n')).toEqual([
      '2 erp',
      '3 wms',
    ]);
  });

  test('an alias bomb, broken YAML and a lone text are refused by name', async () => {
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (let level = 1; level < 9; level++) {
      const above = String.fromCharCode(96 + level);
      const name = String.fromCharCode(97 + level);
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${above}`).join(',')}]`);
    }
    await expect(scan('inventory', { 'i.yaml': bomb.join('\n') })).rejects.toThrow(
      /^i\.yaml.*aliases/,
    );
    await expect(scan('inventory', { 'i.yaml': 'a: [1' })).rejects.toThrow(
      /^i\.yaml:\d+:\d+: not valid/,
    );
    await expect(scan('inventory', { 'i.yaml': 'hello' })).rejects.toThrow(
      /^i\.yaml:1:1: expected a list/,
    );
    expect(await places('i.yaml', '')).toEqual([]);
  });
});

describe('Excel', () => {
  test('two sheets, titles above the header, numbers as ids', async () => {
    const file = workbookFile({
      Systems: [
        ['Register of the plant', 'draft'],
        [],
        ['System ID', 'Name', 'Owner'],
        [17, 'ERP & Co', 'Ann'],
        [],
        ['wms', 'WMS', undefined],
      ],
      Links: [
        ['Source', 'Target', 'Protocol'],
        [17, 'wms', 'https'],
      ],
    });
    const { evidence, of, coverage } = await scan('inventory', { 'i.xlsx': file });
    expect(of('system').map(({ id, fields }) => [id, fields.name, fields.owner])).toEqual([
      ['17', 'ERP & Co', 'Ann'],
      ['wms', 'WMS', undefined],
    ]);
    expect(of('connection')).toMatchObject([{ from: { value: '17' }, to: { value: 'wms' } }]);
    expect(evidence.map(({ origin }) => origin.line)).toEqual([4, 6, 2]);
    expect(coverage).toMatchObject({ records: 3, parsed: 3 });
  });

  test('what is no workbook is refused by name', async () => {
    for (const bytes of [new Uint8Array(), new TextEncoder().encode('PK not a zip'), zipFile({})])
      await expect(scan('inventory', { 'i.xlsx': bytes })).rejects.toThrow(
        /^i\.xlsx:1:1: is no Excel/,
      );
  });

  test('a zip bomb is refused before it is unpacked', async () => {
    const bomb = zipFile({ 'xl/workbook.xml': '<workbook/>' }, 2 ** 31);
    await expect(scan('inventory', { 'i.xlsx': bomb })).rejects.toThrow(
      /^i\.xlsx:1:1: the workbook unpacks/,
    );
  });
});

describe('inventories that other people keep', () => {
  test('records over several lines, with quotes and commas in them, keep their first line', async () => {
    const record = fc.record({
      name: fc.stringMatching(/^[A-Za-z][A-Za-z ,"]{0,20}[a-z]$/),
      purpose: fc.array(fc.constantFrom('text', 'a, b', 'say "so"', ''), {
        minLength: 1,
        maxLength: 4,
      }),
    });
    const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 30 }), async (records) => {
        const lines = records.map(({ name, purpose }, index) =>
          [`R${index}`, quote(name), quote(`- ${purpose.join('\n')}.`)].join(','),
        );
        const text = `RECORD_ID,DATASET_NAME,PURPOSE\n${lines.join('\n')}\n`;
        const { of, coverage } = await scan(
          'inventory',
          { 'data.csv': text },
          { columns: { RECORD_ID: 'id', DATASET_NAME: 'name' } },
        );
        expect(coverage).toMatchObject({ records: records.length, parsed: records.length });
        const starts = text
          .split('\n')
          .flatMap((line, index) => (/^R\d+,/.test(line) ? [index + 1] : []));
        expect(of('system').map(({ origin }) => origin.line)).toEqual(starts);
      }),
      { numRuns: 50 },
    );
  });

  test('publishers and consumers are links as they stand', async () => {
    expect(await places('l.csv', await fixture('publishers_consumers.csv'))).toEqual([
      '2 wltz-01>wltz-087',
      '3 wltz-02>wltz-087',
      '4 wltz-03>wltz-087',
      '5 wltz-053>wltz-087',
      '6 wltz-049>wltz-087',
      '7 wltz-054>wltz-087',
      '8 wltz-042>wltz-096',
    ]);
  });

  test('a product tree by tabs, with parents', async () => {
    const { of, coverage } = await scan('inventory', { 'p.tsv': await fixture('PRODUCT.tsv') });
    expect(of('system')).toHaveLength(36);
    expect(of('system')[5]?.fields).toMatchObject({ name: 'ABS', partOf: '5000' });
    expect(coverage.flaws.length).toBeGreaterThan(0);
  });

  test('comma and tab at once, commented and empty rows', async () => {
    const text = await fixture('test-measurable-rating-items-with-commented-lines.csv');
    expect(await places('r.csv', text, { columns: { assetCode: 'id' } })).toEqual([
      '5 109-1',
      '6 324-1',
    ]);
  });
});

test('a quote that is never closed loses the rest of the file, and all of it counts', async () => {
  const rows = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, index) => `s${from + index},Name`).join('\n');
  const { coverage } = await scan('inventory', {
    'a.csv': `id,name\n${rows(0, 50)}\nbad,"never closed\n${rows(50, 149)}\n`,
  });
  expect(coverage).toMatchObject({ records: 150, parsed: 50, skipped: 100 });
  expect(coverage.skippedPlaces).toMatchObject([{ place: { line: 52 } }]);
});

test('unknown is a kind of system, and no name', async () => {
  const { of } = await scan('inventory', { 'a.csv': 'id,name,kind\na,unknown,unknown\n' });
  expect(of('system')).toMatchObject([{ id: 'a', fields: { kind: 'unknown' } }]);
});
