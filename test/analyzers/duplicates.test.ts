import { describe, expect, test } from 'vitest';
import { auditFiles } from '../audit-files.ts';
import fc from '../fast-check.ts';

async function duplicatesOf(links: string, systems?: string) {
  const audit = await auditFiles({
    'landscape.yaml': `sources:\n  - inventory: links.csv\n${systems === undefined ? '' : '  - inventory: systems.csv\n'}`,
    'links.csv': links,
    ...(systems === undefined ? {} : { 'systems.csv': systems }),
  });
  return audit.analysis.duplicates;
}

describe('the same object from one system to another twice', () => {
  test.each([
    ['by two families', 'L1,a,b,https,orders\nL2,a,b,sftp,Orders\n', ['L1', 'L2'], 2],
    ['by two rows of one family', 'L1,a,b,https,orders\nL2,a,b,https,orders\n', ['L1', 'L2'], 1],
    ['by two rows of one id', 'L1,a,b,https,orders\nL1,a,b,sftp,orders\n', ['L1'], 2],
  ])('%s', async (_, rows, registrations, links) => {
    const { repeats } = await duplicatesOf(`id,from,to,protocol,objects\n${rows}`);
    expect(repeats).toMatchObject([{ from: 'a', to: 'b', registrations }]);
    expect(repeats[0]?.object.toLowerCase()).toBe('orders');
    expect(repeats[0]?.links).toHaveLength(links);
  });

  test.each([
    ['other objects', 'L1,a,b,https,orders\nL2,a,b,sftp,items\n'],
    ['the other way', 'L1,a,b,https,orders\nL2,b,a,https,orders\n'],
    ['another target', 'L1,a,b,https,orders\nL2,a,c,https,orders\n'],
    ['no objects', 'L1,a,b,https,\nL2,a,b,sftp,\n'],
  ])('not with %s', async (_, rows) => {
    expect((await duplicatesOf(`id,from,to,protocol,objects\n${rows}`)).repeats).toEqual([]);
  });

  test('one row without protocol, seen over two families, says its object once', async () => {
    const audit = await auditFiles({
      'landscape.yaml':
        'sources:\n  - inventory: s.csv\n  - inventory: links.csv\n  - scripts: x\n    system: b\n',
      's.csv': 'id,hosts\na,a.example\nb,\n',
      'links.csv': 'id,from,to,objects\nL1,a,b,orders\n',
      'x/one.sh': 'curl https://a.example/orders\nscp etl@a.example:/out/orders.csv /in/\n',
    });
    expect(audit.links.map(({ objects }) => objects)).toEqual([['orders'], ['orders']]);
    expect(audit.analysis.duplicates.repeats).toEqual([]);
  });
});

// Field notes, landscape 4: after acquisitions the same connection is rebuilt at each plant.
test('the manufacturing plant: ERP to WMS rebuilt at each plant, with its sites', async () => {
  const { rebuilt } = await duplicatesOf(
    'from,to,protocol\nerp,wms-n,sftp\nerp,wms-s,https\nerp,wms-e,sftp\nerp,mes,https\n',
    'id,type,site\nerp,ERP,Oslo\nwms-n,WMS,North\nwms-s,wms,South\nwms-e,WMS,East\nmes,MES,Oslo\n',
  );
  expect(rebuilt).toEqual([
    {
      types: 'ERP → WMS',
      links: ['erp=>wms-e#file', 'erp=>wms-n#file', 'erp=>wms-s#http'],
      pairs: 3,
      sites: ['East', 'North', 'South'],
      protocols: ['https', 'sftp'],
    },
  ]);
});

test('sites of pairs that have both ends of their own', async () => {
  const { rebuilt } = await duplicatesOf(
    'from,to\nerp1,wms1\nerp2,wms2\nerp3,wms3\n',
    'id,type,site\nerp1,ERP,North\nwms1,WMS,North\nerp2,ERP,South\nwms2,WMS,Harbour\nerp3,ERP,\nwms3,WMS,\n',
  );
  expect(rebuilt[0]?.sites).toEqual(['Harbour and South', 'North']);
});

// Field notes, landscape 5: many consumers ask for the same operational data.
test('operational data: many take the same object, some of them by two ways', async () => {
  const { sharedObjects, detours, detoursLeftOut } = await duplicatesOf(
    'from,to,objects\nerp,crm,inventory\nerp,shop,Inventory\nerp,fulfilment,inventory\ncrm,shop,inventory\nfulfilment,shop,inventory\npayments,shop,payments\npayments,erp,payments\nerp,bi,payments\n',
  );
  expect(sharedObjects).toEqual([
    { system: 'erp', object: 'inventory', consumers: ['crm', 'fulfilment', 'shop'] },
    { system: 'payments', object: 'payments', consumers: ['erp', 'shop'] },
  ]);
  expect(detours).toEqual([
    { from: 'erp', to: 'shop', object: 'inventory', through: ['crm', 'fulfilment'], ways: 2 },
  ]);
  expect(detoursLeftOut).toBe(0);
});

const names = ['s0', 's1', 's2', 's3', 's4', 's5'];
const drawn = fc.uniqueArray(
  fc.tuple(
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 5 }),
    fc.constantFrom('orders', 'stock'),
    fc.constantFrom('https', 'sftp'),
  ),
  { minLength: 1, maxLength: 14, selector: (each) => each.join() },
);
type Drawn = readonly (readonly [number, number, string, string])[];
const write = (links: Drawn, called: readonly string[]): string =>
  `id,from,to,objects,protocol\n${links.map(([from, to, object, protocol]) => `${from}${to}${object}${protocol},${called[from]},${called[to]},${object},${protocol}`).join('\n')}\n`;

test('detours are those that trying every third system finds', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async (links) => {
      const has = (from: number, to: number, object: string): boolean =>
        links.some((link) => link[0] === from && link[1] === to && link[2] === object);
      const expected = ['orders', 'stock'].flatMap((object) =>
        names.flatMap((_, from) =>
          names.flatMap((__, to) => {
            if (from === to || !has(from, to, object)) return [];
            const through = names.filter(
              (___, by) => by !== from && by !== to && has(from, by, object) && has(by, to, object),
            );
            return through.length === 0 ? [] : [`${from} ${to} ${object} ${through.join()}`];
          }),
        ),
      );
      const { detours } = await duplicatesOf(write(links, names));
      const found = detours.map(
        ({ from, to, object, through }) =>
          `${names.indexOf(from)} ${names.indexOf(to)} ${object} ${through.join()}`,
      );
      expect(found.sort()).toEqual(expected.sort());
    }),
    { numRuns: 40 },
  );
});

test('neither new names nor another order of rows change a count', async () => {
  const count = ({ sharedObjects, repeats, detours }: Awaited<ReturnType<typeof duplicatesOf>>) => [
    sharedObjects.map(({ consumers }) => consumers.length).sort(),
    repeats.map(({ links, registrations }) => `${links.length} ${registrations.length}`).sort(),
    detours.map(({ ways }) => ways).sort(),
  ];
  await fc.assert(
    fc.asyncProperty(drawn, async (links) => {
      const before = await duplicatesOf(write(links, names));
      const renamed = await duplicatesOf(write(links, ['zz', 'b9', 'm', 'Å', 'q q', '7']));
      expect(count(renamed)).toEqual(count(before));
      expect(await duplicatesOf(write([...links].reverse(), names))).toEqual(before);
    }),
    { numRuns: 40 },
  );
});
