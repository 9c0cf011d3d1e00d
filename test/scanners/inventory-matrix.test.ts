import { describe, expect, test } from 'vitest';
import fc from '../fast-check.ts';
import { type Scan, scan } from './scan.ts';
import { workbookFile } from './workbook-file.ts';

const draw = ({ of }: Scan): string[] =>
  of('connection').map(({ from, to, direction, protocol, objects }) => {
    const name = (end: typeof from): string => ('value' in end ? end.value : '');
    const what = [protocol, ...objects].filter(Boolean).join(' ');
    return `${name(from)} ${direction === 'both' ? '<>' : '->'} ${name(to)}${what ? ` ${what}` : ''}`;
  });

const read = async (text: string): Promise<string[]> =>
  draw(await scan('inventory', { 'm.csv': text }));

describe('a matrix of systems', () => {
  test('rows send to columns, both triangles count, the diagonal does not', async () => {
    const text = ';ERP;WMS;CRM\nERP;x;x;\nWMS;1;x;0\nCRM;-;ja;x\n';
    const found = await scan('inventory', { 'm.csv': text });
    expect(draw(found)).toEqual(['ERP -> WMS', 'WMS -> ERP', 'CRM -> WMS']);
    expect(found.coverage.formats[0]?.format).toBe('matrix, rows send to columns');
    expect(found.of('connection').map(({ origin }) => origin.line)).toEqual([2, 3, 4]);
    expect(found.of('connection')[0]?.declared?.approved).toBe(true);
  });

  test('protocols, objects, both, arrows and several in a cell', async () => {
    const text = [
      'from,ERP,WMS,CRM,BI',
      'ERP,,"REST, SFTP",orders (Kafka),"stock, prices"',
      'WMS,,,<->,JDBC: lots',
      'CRM,<-,,,3',
      'BI,,,,',
    ].join('\n');
    expect(await read(text)).toEqual([
      'ERP -> WMS rest',
      'ERP -> WMS sftp',
      'ERP -> CRM kafka orders',
      'ERP -> BI stock prices',
      'WMS <> CRM',
      'WMS -> BI jdbc lots',
      'ERP -> CRM',
      'CRM -> BI',
    ]);
  });

  test.each([
    ['von \\ nach', 'ERP -> WMS'],
    ['nach \\ von', 'WMS -> ERP'],
    ['to / from', 'WMS -> ERP'],
    ['Ziel | Quelle', 'WMS -> ERP'],
    ['System', 'ERP -> WMS'],
  ])('the corner "%s" says which way', async (corner, drawn) => {
    expect(await read(`${corner};ERP;WMS\nERP;;x\nWMS;;\n`)).toEqual([drawn]);
  });

  test('titles above it, numbers before and owners behind the names, totals', async () => {
    const text =
      'Interface matrix of the plant\n\nNo,System,ERP,WMS,CRM,Owner,Total\n1,ERP,,x,,Ada,1\n2,WMS,,,x,Bo,1\n3,CRM,,,,,0\nTotal,,0,1,1,,\n';
    const found = await scan('inventory', { 'm.csv': text });
    expect(draw(found)).toEqual(['ERP -> WMS', 'WMS -> CRM']);
    expect(found.coverage.unread).toEqual({ 'column No': 1, 'column Owner': 1, 'column Total': 1 });
  });

  test('systems that exchange nothing are counted, a sheet is read alike', async () => {
    const book = workbookFile({
      Matrix: [
        [undefined, 'ERP', 'WMS', 'Archive'],
        ['ERP', undefined, 2, undefined],
        ['WMS', undefined, undefined, undefined],
        ['Archive', undefined, undefined, undefined],
      ],
    });
    const found = await scan('inventory', { 'm.xlsx': book });
    expect(draw(found)).toEqual(['ERP -> WMS']);
    expect(found.coverage.leftOut).toEqual({ 'system without a link in a matrix': 1 });
    expect(found.of('connection')[0]?.origin).toMatchObject({ file: 'm.xlsx#Matrix', line: 2 });
  });

  test('a list of links or of systems is none', async () => {
    expect(await read('from,to,via\nto,via,x\nvia,from,y\n')).toEqual(['to -> via', 'via -> from']);
    const systems = await scan('inventory', { 's.csv': 'id,name,owner\nid1,A,Ada\nid2,B,Bo\n' });
    expect(systems.of('system')).toHaveLength(2);
  });

  test('any set of links is read back from a matrix of it', async () => {
    const size = 6;
    const pair = fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).filter(([a, b]) => a !== b);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(pair, { selector: String }), async (pairs) => {
        const names = Array.from({ length: size }, (_, index) => `System ${index}`);
        const marked = new Set(pairs.map(String));
        const lines = names.map((name, from) =>
          [name, ...names.map((_, to) => (marked.has(`${from},${to}`) ? 'x' : ''))].join(';'),
        );
        const drawn = await read([['', ...names].join(';'), ...lines].join('\n'));
        expect(drawn.sort()).toEqual(pairs.map(([a, b]) => `System ${a} -> System ${b}`).sort());
      }),
      { numRuns: 50 },
    );
  });
});
