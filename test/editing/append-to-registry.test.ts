import { parse } from 'csv-parse/sync';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { appendToRegistry } from '../../src/editing/append-to-registry.ts';
import type { LinkToRegister } from '../../src/editing/registry-row.ts';
import fc from '../fast-check.ts';

const link: LinkToRegister = {
  key: 'wms=>erp#file',
  from: 'wms',
  to: 'erp',
  initiator: 'to',
  protocol: 'sftp',
  style: 'file',
  objects: ['stock', 'lots'],
  via: [],
  schedule: '*/5 * * * *',
  criticality: 'operational',
};

const facts = {
  mapped: {},
  isCallForm: false,
  systems: new Map([
    ['wms', 'Warehouse'],
    ['erp', 'ERP'],
  ]),
  knownIds: new Set<string>(),
};

function append(
  text: string | Uint8Array,
  file: string,
  links: readonly LinkToRegister[] = [link],
  more: Partial<typeof facts> = {},
): string {
  const { inserted, bytes } = appendToRegistry(Buffer.from(text), file, links, {
    ...facts,
    ...more,
  });
  const old = Buffer.from(text);
  if (/\.(?:csv|tsv)$/.test(file)) expect(Buffer.from(bytes).subarray(0, old.length)).toEqual(old);
  return inserted;
}

describe('a table keeps its own form', () => {
  test.each([
    ['ids and order', 'to,id,from\nwms,INT-009,erp\n', 'erp,INT-010,wms\n'],
    ['an open last line', 'id,from,to\nA-1,erp,wms', '\nA-2,wms,erp'],
    [
      'semicolons and CRLF',
      'id;from;to;objects\r\nA-1;erp;wms;x, y\r\n',
      'A-2;wms;erp;stock, lots\r\n',
    ],
    ['lists by the separator', 'id,from,to,objects\nA1,erp,wms,a;b\n', 'A2,wms,erp,stock;lots\n'],
    ['quotes everywhere', '"id","from","to","via"\n"7","erp","wms",""\n', '"8","wms","erp",""\n'],
    ['names in place of ids', 'Source system,Target\nERP,Warehouse\n', 'Warehouse,ERP\n'],
    ['push and pull', 'id,from,to,flow\nX,erp,wms,push\n', 'wms-erp,wms,erp,pull\n'],
    ['what is to be filled in', 'from,to,team,Comment,Rank\nerp,wms,A,b,3\n', 'wms,erp,tbd,tbd,\n'],
    ['a title above the header', 'Our links;;\nid;from;to\nL07;erp;wms\n', 'L08;wms;erp\n'],
    ['status', 'from,to,state\nerp,wms,draft\n', 'wms,erp,approved\n'],
    ['ids of other files are taken', 'id,from,to\nI-1,erp,wms\n', 'I-4,wms,erp\n'],
  ])('%s', (name, text, expected) => {
    const knownIds = name.startsWith('ids of other') ? new Set(['I-2', 'i-3']) : facts.knownIds;
    expect(append(text, 'links.csv', [link], { knownIds })).toBe(expected);
  });

  test('the caller comes first where rows say who calls', () => {
    expect(append('from,to\nerp,wms\n', 'l.csv', [link], { isCallForm: true })).toBe('erp,wms\n');
  });

  test('a byte order mark and Latin-1 stay', () => {
    expect(append('\ufeffid,from,to\nA1,erp,wms\n', 'l.csv')).toBe('A2,wms,erp\n');
    const latin = Buffer.from('id,from,to,owner\nA1,erp,wms,J\u00f8rn\n', 'latin1');
    expect(append(latin, 'l.csv')).toBe('A2,wms,erp,tbd\n');
  });

  test.each(['=1+1', '+x', '-x', '@SUM(A1)'])('%s is no formula', (schedule) => {
    expect(append('from,to,schedule\nerp,wms,\n', 'l.csv', [{ ...link, schedule }])).toBe(
      `wms,erp,'${schedule}\n`,
    );
  });

  test.each([
    ['systems alone', 's.csv', 'id,name\nerp,ERP\n', 'no columns "from" and "to"'],
    ['a quote that never closes', 'l.csv', 'from,to\n"erp,wms\n', 'left as it is'],
    ['a workbook', 'l.xlsx', 'PK', 'left as it is'],
    ['a list of systems', 's.yaml', 'systems:\n  - id: erp\n', 'no columns "from" and "to"'],
    ['an anchored list', 'l.yaml', 'a: &l [{ from: x, to: y }]\nlinks: *l\n', 'left as it is'],
  ])('refused: %s', (_name, file, text, expected) => {
    expect(() => append(text, file)).toThrow(expected);
  });
});

describe('a list keeps its own form', () => {
  test.each([
    [
      'blocks',
      'links: # all\n  - id: P-01 # first\n    from: erp\n    to: wms\n    objects: [a]\n  # end\nnext: []\n',
      '  - id: P-02\n    from: wms\n    to: erp\n    objects: [stock, lots]\n',
    ],
    ['braces', '- { id: P1, from: erp, to: wms }\n', '- { id: P2, from: wms, to: erp }\n'],
    [
      'JSON',
      '[\n  {"id": "1", "from": "erp", "to": "wms"}\n]\n',
      ',\n  {"id":"2","from":"wms","to":"erp"}',
    ],
  ])('%s', (_name, text, expected) => {
    const inserted = append(text, 'l.yaml');
    expect(inserted).toBe(expected);
  });
});

const cell = fc.constantFrom('', 'a', 'b c', 'x;y', '"q"', 'l1 l2', 'é', "it's", '1,5', '# n');

test('any table says what it said, and the new rows', () => {
  const table = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t'),
    end: fc.constantFrom('\n', '\r\n'),
    rows: fc.array(fc.tuple(cell, cell, cell), { maxLength: 5 }),
    quoteAll: fc.boolean(),
    isOpen: fc.boolean(),
  });
  const links = fc.array(
    fc
      .record({ schedule: cell, objects: fc.array(cell, { maxLength: 3 }) })
      .map((some) => ({ ...link, ...some })),
    { minLength: 1, maxLength: 3 },
  );
  fc.assert(
    fc.property(table, links, ({ delimiter, end, rows, quoteAll, isOpen }, added) => {
      const quote = (text: string): string =>
        quoteAll || text.includes(delimiter) || text.includes('"')
          ? `"${text.replaceAll('"', '""')}"`
          : text;
      const all = [
        ['id', 'from', 'to', 'objects', 'schedule'],
        ...rows.map(([a, b, c], index) => [`K-${index + 1}`, `s${a}`, `t${b}`, c, '']),
      ];
      const text = all.map((row) => row.map(quote).join(delimiter)).join(end) + (isOpen ? '' : end);
      const inserted = append(text, 'l.csv', added);
      const read = (source: string): string[][] =>
        parse(source, { delimiter, trim: true, relax_column_count: true }) as string[][];
      const after = read(text + inserted);
      expect(after.slice(0, all.length)).toEqual(read(text));
      const own = after.slice(all.length);
      expect(own.map(([, from, to]) => [from, to])).toEqual(added.map(() => ['wms', 'erp']));
      expect(new Set(after.map(([id]) => id)).size).toBe(after.length);
    }),
    { numRuns: 300 },
  );
});

test('any list with comments keeps every line, and says what it said', () => {
  const note = fc.constantFrom('', '# note', '    # deep', '  # "');
  const list = fc.record({
    indent: fc.constantFrom('', '  ', '    '),
    notes: fc.array(note, { minLength: 4, maxLength: 4 }),
    rows: fc.array(fc.constantFrom('erp', '"wms"', "'a b'", '[x, y]'), {
      minLength: 1,
      maxLength: 4,
    }),
    end: fc.constantFrom('\n', '\r\n'),
    isOpen: fc.boolean(),
  });
  fc.assert(
    fc.property(list, ({ indent, notes, rows, end, isOpen }) => {
      const text =
        [
          notes[0],
          'links: # here',
          ...rows.flatMap((value, index) => [
            `${indent}- id: K${index + 1} # id`,
            notes[1] ?? '',
            `${indent}  from: a`,
            `${indent}  to: b # to`,
            `${indent}  objects: ${value}`,
          ]),
          notes[2],
          'rest: 1',
        ].join(end) + (isOpen ? '' : end);
      const { bytes, inserted } = appendToRegistry(Buffer.from(text), 'l.yaml', [link], facts);
      const after = Buffer.from(bytes).toString('utf8');
      expect(after.replace(inserted, () => '')).toBe(text);
      const [before, now] = [load(text), load(after)] as { links: object[] }[];
      expect(now?.links.slice(0, -1)).toEqual(before?.links);
      expect(now?.links.at(-1)).toMatchObject({
        id: `K${rows.length + 1}`,
        from: 'wms',
        to: 'erp',
      });
      expect({ ...now, links: [] }).toEqual({ ...before, links: [] });
    }),
    { numRuns: 300 },
  );
});
