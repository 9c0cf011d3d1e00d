import { describe, expect, test } from 'vitest';
import type { Link } from '../../../src/landscape.ts';
import type { SystemKind } from '../../../src/vocabulary.ts';
import { ask, makeCode, makeLink, makeSystem, tell } from './make-landscape.ts';

const nightly = {
  dialect: 'cron',
  expression: '0 5 * * *',
  timezone: 'UTC',
} as unknown as Link['schedules'][number];

type Fields = Partial<Link>;

/** The table of docs/impact.md: a → b, and who is hit while a is out, and while b is. */
const outages: readonly (readonly [Fields, sourceOut: string[], targetOut: string[]])[] = [
  [{ initiator: 'from', style: 'request-reply' }, ['b stale'], ['a down']],
  [{ initiator: 'from', style: 'database' }, ['b stale'], ['a down']],
  [{ initiator: 'from', style: 'batch' }, ['b stale'], ['a queued']],
  [{ initiator: 'from', style: 'file' }, ['b stale'], ['a queued']],
  [{ initiator: 'from', style: 'event' }, ['b stale'], ['a queued']],
  [{ initiator: 'from', style: 'stream' }, ['b stale'], ['a queued']],
  [{ initiator: 'from', style: undefined as never }, ['b stale'], ['a queued', 'a down?']],
  [{ initiator: 'from', schedules: [nightly] }, ['b stale'], ['a queued']],
  [{ initiator: 'to', style: 'request-reply' }, ['b down'], []],
  [{ initiator: 'to', style: 'database' }, ['b down'], []],
  [{ initiator: 'to', style: 'batch' }, ['b stale'], []],
  [{ initiator: 'to', style: 'file' }, ['b stale'], []],
  [{ initiator: 'to', style: undefined as never }, ['b stale', 'b down?'], []],
  [{ initiator: 'to', schedules: [nightly] }, ['b stale'], []],
  [{ initiator: 'carrier', style: 'request-reply' }, ['b stale'], []],
  [{ initiator: 'carrier', style: 'file' }, ['b stale'], []],
  [{ initiator: 'unknown', style: 'request-reply' }, ['b stale', 'b down?'], ['a down?']],
  [{ initiator: 'unknown', style: 'batch' }, ['b stale'], ['a queued?']],
  [{ initiator: 'unknown', style: undefined as never }, ['b stale', 'b down?'], ['a down?']],
];

/** The same with something between: what its own outage does, too. */
const passing: readonly (readonly [
  SystemKind,
  Fields,
  sourceOut: string[],
  targetOut: string[],
  passedOut: string[],
])[] = [
  ['broker', { mediation: 'decoupled', style: 'event' }, ['b stale'], [], ['a queued', 'b stale']],
  [
    'integration-platform',
    { mediation: 'decoupled', initiator: 'unknown' },
    ['b stale'],
    [],
    ['a queued', 'b stale'],
  ],
  ['file-store', { style: 'file' }, ['b stale'], [], ['a queued', 'b stale']],
  ['file-store', { style: 'file', initiator: 'carrier' }, ['b stale'], [], ['b stale']],
  ['database', { style: 'database' }, ['b stale'], [], ['a down', 'b down']],
  ['api-gateway', { mediation: 'gateway' }, ['b stale'], ['a down'], ['a down', 'b stale']],
  ['api-gateway', { mediation: 'gateway', initiator: 'to' }, ['b down'], [], ['b down']],
  ['proxy', { style: 'batch' }, ['b stale'], ['a queued'], ['a queued', 'b stale']],
];

describe('an outage', () => {
  test.each(outages)('%o', (fields, sourceOut, targetOut) => {
    const drawn = { links: [makeLink('a', 'b', fields)] };
    expect(tell(ask(drawn, 'outage', 'a'))).toEqual(expect.arrayContaining(sourceOut));
    expect(tell(ask(drawn, 'outage', 'a'))).toHaveLength(sourceOut.length);
    expect(tell(ask(drawn, 'outage', 'b'))).toEqual(expect.arrayContaining(targetOut));
    expect(tell(ask(drawn, 'outage', 'b'))).toHaveLength(targetOut.length);
    const both = tell(ask(drawn, 'outage', 'a=>b#http')).sort();
    expect(both).toEqual([...sourceOut, ...targetOut].sort());
  });

  test.each(passing)('by way of a %s, %o', (kind, fields, sourceOut, targetOut, passedOut) => {
    const drawn = { links: [makeLink('a', 'b', { via: ['m'], ...fields })], kinds: { m: kind } };
    expect(tell(ask(drawn, 'outage', 'a'))).toEqual(sourceOut);
    expect(tell(ask(drawn, 'outage', 'b'))).toEqual(targetOut);
    expect(tell(ask(drawn, 'outage', 'm'))).toEqual(passedOut);
  });

  test('of the host of a script stops what only it moves, and perhaps what others move too', () => {
    const alone = makeCode('copy.sh', { hosts: ['etl'] });
    const other = makeCode('again.sh', { hosts: ['spare'] });
    const links = [
      makeLink('a', 'b', { initiator: 'carrier', implementations: [alone] }),
      makeLink('a', 'c', { initiator: 'carrier', implementations: [alone, other] }),
    ];
    const impact = ask({ links, kinds: { etl: 'host' } }, 'outage', 'etl');
    expect(tell(impact)).toEqual(['b stale', 'c stale?']);
    expect(impact.carriers).toEqual(['copy.sh']);
    const { retirement } = ask({ links, kinds: { etl: 'host' } }, 'retire', 'etl');
    expect(retirement?.links.map(({ fate }) => fate)).toEqual(['move', 'move']);
    expect(retirement?.code).toEqual([{ id: 'copy.sh', fate: 'move' }]);
  });

  test('goes up the chain of callers: surely with the same object, else possibly', () => {
    const order = { objects: ['orders'] };
    const links = [
      makeLink('shop', 'erp', order),
      makeLink('erp', 'wms', order),
      makeLink('crm', 'erp', { objects: ['customers'] }),
      makeLink('till', 'shop', { style: 'batch', ...order }),
    ];
    expect(tell(ask({ links }, 'outage', 'wms'))).toEqual(['erp down', 'shop down', 'crm down?']);
  });

  test('who cannot put an object somewhere may still hand it out', () => {
    const stock = { objects: ['stock'] };
    const links = [
      makeLink('wms', 'erp', stock),
      makeLink('wms', 'shop', { initiator: 'to', ...stock }),
    ];
    expect(tell(ask({ links }, 'outage', 'erp'))).toEqual(['wms down', 'shop down?']);
  });

  test('old data goes on along the flow, and a system behind a carrier is stale, not down', () => {
    const stock = { objects: ['stock'] };
    const links = [
      makeLink('wms', 'erp', { initiator: 'carrier', ...stock }),
      makeLink('erp', 'shop', stock),
      makeLink('erp', 'data', { initiator: 'to', objects: ['ledger'] }),
    ];
    const impact = ask({ links }, 'outage', 'wms');
    expect(tell(impact)).toEqual(['erp stale', 'shop stale', 'data stale?']);
    expect(impact.hits[1]?.through).toEqual(['wms', 'erp', 'shop']);
    expect(impact.hits[1]?.path).toEqual(['wms=>erp#http', 'erp=>shop#http']);
  });

  test('another way is noted, unless it is hit as well', () => {
    const stock = { objects: ['stock'] };
    const links = [makeLink('wms', 'erp', stock), makeLink('spare', 'erp', stock)];
    expect(ask({ links }, 'outage', 'wms').hits[0]?.alsoFrom).toEqual(['spare']);
    const fed = [...links, makeLink('wms', 'spare', stock)];
    const [erp] = ask({ links: fed }, 'outage', 'wms').hits;
    expect(erp?.alsoFrom).toEqual([]);
  });
});

describe('a change of an interface', () => {
  const changes: readonly (readonly [Fields, ofSource: string[], ofTarget: string[]])[] = [
    [{ initiator: 'to' }, ['b must-change'], []],
    [{ initiator: 'from' }, [], ['a must-change']],
    [{ initiator: 'from', family: 'file', style: 'file' }, ['b must-change'], ['a must-change']],
    [{ initiator: 'to', family: 'database', style: 'database' }, ['b must-change'], []],
    [{ initiator: 'from', family: 'database' }, [], ['a must-change']],
    [{ initiator: 'unknown', family: 'database' }, ['b must-change'], []],
    [{ initiator: 'unknown', family: 'messaging', style: 'event' }, ['b must-change'], []],
    [{ initiator: 'unknown' }, ['b must-change?'], ['a must-change?']],
    [{ initiator: 'carrier', family: 'file', style: 'file' }, ['b must-change?'], []],
  ];
  test.each(changes)('%o', (fields, ofSource, ofTarget) => {
    const drawn = { links: [makeLink('a', 'b', fields)] };
    expect(tell(ask(drawn, 'api-change', 'a'))).toEqual(ofSource);
    expect(tell(ask(drawn, 'api-change', 'b'))).toEqual(ofTarget);
  });

  test.each([
    ['broker', { mediation: 'decoupled', style: 'event' }, ['a must-change', 'b must-change']],
    ['api-gateway', { mediation: 'gateway' }, ['a must-change']],
    ['api-gateway', { mediation: 'gateway', initiator: 'to' }, ['b must-change']],
    ['proxy', {}, ['a must-change?']],
  ] as const)('of a %s that links pass, and nobody behind them', (kind, fields, expected) => {
    const links = [
      makeLink('a', 'b', { via: ['m'], ...fields }),
      makeLink('b', 'c', { initiator: 'to' }),
    ];
    expect(tell(ask({ links, kinds: { m: kind } }, 'api-change', 'm'))).toEqual([...expected]);
  });

  const links = [
    makeLink('wms', 'erp', { initiator: 'to', objects: ['lots', 'stock'] }),
    makeLink('erp', 'shop', { objects: ['stock'] }),
    makeLink('erp', 'bank', { objects: ['payments'] }),
    makeLink('erp', 'data', {}),
  ];

  test('goes on with its objects and with what nobody names, possibly', () => {
    expect(tell(ask({ links }, 'api-change', 'wms'))).toEqual([
      'erp must-change',
      'data must-change?',
      'shop must-change?',
    ]);
  });

  test('of one object alone, also by what it is made of', () => {
    const lots = { object: 'lots' };
    expect(tell(ask({ links }, 'api-change', 'wms', lots))).toEqual([
      'erp must-change',
      'data must-change?',
    ]);
    const objects = [
      { object: 'payments', origins: [], derivedFrom: [{ system: 'erp', from: ['lots'] }] },
    ];
    expect(tell(ask({ links, objects }, 'api-change', 'wms', lots))).toEqual([
      'erp must-change',
      'bank must-change?',
      'data must-change?',
    ]);
  });

  test('names the scripts of nobody that touch it', () => {
    const carried = [
      makeLink('a', 'b', { initiator: 'carrier', implementations: [makeCode('copy.sh')] }),
      makeLink('c', 'a', { implementations: [makeCode('own.ts', { hosts: ['a'] })] }),
    ];
    expect(ask({ links: carried }, 'api-change', 'a').carriers).toEqual(['copy.sh']);
  });
});

describe('a retirement', () => {
  const links = [
    makeLink('old', 'erp', { initiator: 'carrier', objects: ['items'] }),
    makeLink('old', 'shop', { initiator: 'to', objects: ['prices'] }),
    makeLink('new', 'shop', { objects: ['prices'] }),
    makeLink('erp', 'wms', { objects: ['items'] }),
    makeLink('hr', 'old', { objects: ['people'] }),
    makeLink('old', 'mail', {}),
  ];

  test('who loses the only source of an object, and who must change', () => {
    expect(tell(ask({ links }, 'retire', 'old'))).toEqual([
      'erp loses-data',
      'hr must-change',
      'shop must-change',
      'wms loses-data',
      'mail loses-data?',
    ]);
  });

  test('what becomes of links and code, and who is left alone', () => {
    const used = [
      makeLink('old', 'erp', { objects: ['items'], implementations: [makeCode('all.sh')] }),
      makeLink('erp', 'wms', { objects: ['items'], implementations: [makeCode('all.sh')] }),
      makeLink('hr', 'old', { objects: ['people'], implementations: [makeCode('hr.sh')] }),
      makeLink('wms', 'erp', { family: 'file', via: ['old'] }),
    ];
    const { retirement } = ask({ links: used }, 'retire', 'old');
    expect(retirement).toEqual({
      links: [
        { link: 'hr=>old#http', fate: 'drop' },
        { link: 'old=>erp#http', fate: 'rebuild' },
        { link: 'wms=>erp#file', fate: 'move' },
      ],
      code: [
        { id: 'all.sh', fate: 'change' },
        { id: 'hr.sh', fate: 'drop' },
      ],
      isolated: ['hr'],
    });
  });

  test('two that only feed each other have no source, unless one of them is said to be', () => {
    const stock = { objects: ['stock'] };
    const ring = [
      makeLink('old', 'b', stock),
      makeLink('b', 'c', stock),
      makeLink('c', 'b', stock),
    ];
    expect(tell(ask({ links: ring }, 'retire', 'old'))).toEqual(['b loses-data', 'c loses-data']);
    const objects = [{ object: 'stock', origins: ['c'], derivedFrom: [] }];
    expect(tell(ask({ links: ring, objects }, 'retire', 'old'))).toEqual([]);
  });

  test.each([
    ['broker', { mediation: 'decoupled', style: 'event' }, ['a must-change', 'b must-change']],
    ['api-gateway', { mediation: 'gateway', initiator: 'to' }, ['b must-change']],
  ] as const)('of a %s loses no data: it needs another way', (kind, fields, expected) => {
    const links = [makeLink('a', 'b', { via: ['m'], objects: ['x'], ...fields })];
    const impact = ask({ links, kinds: { m: kind } }, 'retire', 'm');
    expect(tell(impact)).toEqual([...expected]);
    expect(impact.retirement?.links).toEqual([{ link: 'a=>b#http', fate: 'move' }]);
  });

  test('of a link drops what comes by another as well', () => {
    const twice = [
      makeLink('a', 'b', { objects: ['x'] }),
      makeLink('a', 'b', { objects: ['x'], family: 'file' }),
    ];
    const { retirement } = ask({ links: twice }, 'retire', 'a=>b#http');
    expect(retirement?.links).toEqual([{ link: 'a=>b#http', fate: 'drop' }]);
  });
});

describe('an answer', () => {
  test('weighs each system once, and says who answers for it', () => {
    const links = [
      makeLink('a', 'b', { initiator: 'to', style: undefined as never }),
      makeLink('a', 'c', { style: 'batch' }),
      makeLink('c', 'd', {}),
    ];
    const owner = { team: 'logistics', people: 1 };
    const drawn = { links };
    const heavy = ask(
      {
        ...drawn,
        systems: [
          { ...makeSystem('b'), criticality: 'mission-critical', owner },
          { ...makeSystem('c'), owner },
        ],
      },
      'outage',
      'a',
    );
    expect(heavy.severity).toEqual({
      worst: 'mission-critical',
      counts: [
        { criticality: 'mission-critical', certain: 1, possible: 0 },
        { criticality: 'operational', certain: 1, possible: 1 },
      ],
    });
    expect(heavy.contacts).toEqual([
      { owner: 'logistics', systems: 2 },
      { owner: null, systems: 1 },
    ]);
  });

  test('goes no further than the depth', () => {
    const links = [makeLink('a', 'b'), makeLink('b', 'c'), makeLink('c', 'd')];
    expect(tell(ask({ links }, 'late', 'a', { depth: 2 }))).toEqual(['b stale', 'c stale?']);
  });

  test('about one object leaves out what carries others', () => {
    const links = [
      makeLink('a', 'b', { objects: ['x'] }),
      makeLink('a', 'c', { objects: ['y'] }),
      makeLink('a', 'd'),
      makeLink('d', 'e', { objects: ['x'] }),
      makeLink('d', 'f', { objects: ['y'] }),
    ];
    expect(tell(ask({ links }, 'late', 'a', { object: 'x' }))).toEqual([
      'b stale',
      'd stale?',
      'e stale?',
    ]);
  });
});
