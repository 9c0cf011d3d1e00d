import { describe, expect, test } from 'vitest';
import { readDays, readDeclaredSchedule } from '../../src/analyzers/freshness/declared-schedule.ts';
import { drawFlows } from '../../src/analyzers/freshness/flow-graph.ts';
import { openInstants } from '../../src/analyzers/freshness/instants.ts';
import type { Freshness } from '../../src/analyzers/freshness/model.ts';
import { nameJob } from '../../src/analyzers/freshness/name-job.ts';
import type { FreshnessOptions } from '../../src/analyzers/freshness/options.ts';
import { choosePossibleLinks, findReach } from '../../src/analyzers/freshness/reach.ts';
import { openReaders } from '../../src/analyzers/freshness/read-readers.ts';
import { analyseSchedules } from '../../src/analyzers/freshness/schedules.ts';
import { toModel } from '../../src/analyzers/freshness/to-model.ts';
import { type Audit, audit } from '../../src/audit.ts';
import { parseConfig } from '../../src/config.ts';
import { nodeFiles } from '../../src/files.ts';
import type { Implementation, Landscape, Link } from '../../src/landscape.ts';
import { sourceKinds } from '../../src/scanners/index.ts';
import { auditFiles } from '../audit-files.ts';
import { atClock } from './freshness-calendar.ts';

const hour = 3_600_000;

async function auditNordfisk(asOf: string): Promise<Audit> {
  const files = nodeFiles('inventories/nordfisk');
  const config = parseConfig(await files.text('landscape.yaml'), 'landscape.yaml', sourceKinds);
  return audit(config, files, { today: '2026-11-02', strict: true, asOf });
}

describe('Nordfisk, from its files on', () => {
  const stockAt = ({ analysis }: Audit, consumer: string): Freshness | undefined =>
    analysis.freshness.find(
      (row) => row.object === 'stock' && row.origin === 'warehouse' && row.consumer === consumer,
    );

  test.each([
    ['2026-10-26', [72, 96, 120], [55.5, 79.5, 103.5]],
    ['2026-11-02', [72, 96, 120], [55.5, 79.5, 103.5]],
    ['2026-10-19', [73, 97, 121], [56.5, 80.5, 104.5]],
  ])('35 days from %s', async (asOf, atRest, atRead) => {
    expect(stockAt(await auditNordfisk(asOf), 'erp')).toMatchObject({
      worstAgeAtRestHours: atRest,
      worstAgeAtReadHours: atRead,
      certainty: 'declared',
      path: ['warehouse=>erp#file'],
    });
  });

  test("who sees the old stock, in a manager's sentence; Friday is listed before Monday", async () => {
    const found = await auditNordfisk('2026-10-26');
    const { freshness, schedules } = found.analysis;
    const [worst] = schedules.failedRuns;
    expect(worst?.sentence).toBe(
      'If the stock export of Friday 30 October at 22:30 fails, ERP works with stock up to 79.5 hours old on Monday 2 November at 06:00, Finance gets it late too, and possibly Data platform and Transport portal too; nobody can see it in the data for 55.5 hours.',
    );
    expect(worst?.effects.map(({ consumer, certainty }) => `${consumer} ${certainty}`)).toEqual([
      'erp declared',
      'finance declared',
      'data possible',
      'transport possible',
    ]);
    expect(
      stockAt(found, 'erp')?.criticalRuns.map(({ run, hoursUnnoticed }) => [run, hoursUnnoticed]),
    ).toEqual([
      ['2026-10-30T21:30:00Z', 55.5],
      ['2026-11-02T21:30:00Z', 7.5],
    ]);
    const reached = (object: string): string[] => [
      ...new Set(freshness.flatMap((row) => (row.object === object ? [row.consumer] : [])).sort()),
    ];
    expect(reached('stock')).toEqual(['data', 'erp', 'finance', 'transport']);
    expect(reached('batches')).toEqual([
      'data',
      'erp',
      'finance',
      'quality',
      'transport',
      'warehouse',
    ]);
  });

  test('two jobs with a file exchange between them are a chain, and the exchange is nobody', async () => {
    const { analysis } = await auditNordfisk('2026-11-02');
    const row = analysis.freshness.find(({ object }) => object === 'stock movements');
    // Written at 03:30, fetched at 04:00, and replaced when the next is fetched.
    expect(row).toMatchObject({
      consumer: 'data',
      path: ['warehouse=>data#file'],
      worstAgeAtRestHours: [24.5, 48.5, 72.5],
    });
    expect(row?.criticalRuns.map(({ job }) => job)).toEqual(
      expect.arrayContaining([
        'scripts/data/load_movements.py',
        'scripts/warehouse/publish_movements.sh',
      ]),
    );
    expect(JSON.stringify(analysis)).not.toContain('\\u0000');
  });
});

const noSystem = { counted: true, registered: true, criticality: 'operational' } as const;

function code(id: string, expressions: readonly string[], rest: Partial<Implementation> = {}) {
  return {
    id,
    kind: 'script',
    origin: { file: id, line: 1, column: 1 },
    schedules: expressions.map((expression) => ({ expression, timezone: 'UTC' })),
    delivers: true,
    hosts: [],
    safeguards: [],
    ...rest,
  } satisfies Implementation;
}

/** A link drawn as `a>b`, with what matters here. */
function link(way: string, rest: Partial<Link> = {}): Link {
  const [from = '', to = ''] = way.split('>');
  const family = rest.family ?? 'file';
  return {
    key: `${from}=>${to}#${family}`,
    from,
    to,
    initiator: 'from',
    family,
    via: [],
    mediation: 'direct',
    pointToPoint: true,
    registered: true,
    registrations: [`row ${way}`],
    class: ['coded'],
    observable: 'no',
    objects: ['stock'],
    criticality: 'operational',
    schedules: [],
    safeguards: [],
    tags: [],
    implementations: [],
    evidence: [],
    ...rest,
  };
}

function landscape(links: readonly Link[]): Landscape {
  const ids = [...new Set(links.flatMap(({ from, to }) => [from, to]))];
  return {
    systems: ids.map((id) => ({
      id,
      name: id.toUpperCase(),
      kind: 'application',
      ...noSystem,
      hosts: [],
      aliases: [],
      tags: [],
      origins: [],
      given: [],
    })),
    links,
    registrations: [],
    hops: [],
    unresolved: [],
    conflicts: [],
    credentials: [],
  };
}

const options: FreshnessOptions = {
  asOf: '2026-11-02',
  objects: [],
  readers: [],
  durations: [],
  holidays: [],
  horizon: 35,
  failures: 2,
};

describe('when data takes a link', () => {
  const declared = (expression: string) => ({ schedules: [{ expression, timezone: '' }] });
  test.each<[string, Partial<Link>, string]>([
    ['a request', { style: 'request-reply', family: 'http' }, 'at once'],
    ['an event', { style: 'event', family: 'messaging', initiator: 'carrier' }, 'at once'],
    ['a stream', { style: 'stream', family: 'messaging' }, 'at once'],
    ['a database read when needed', { style: 'database', family: 'database' }, 'at once'],
    ['a script of nobody that copies', { style: 'database', initiator: 'carrier' }, 'unknown'],
    ['a batch', { style: 'batch', family: 'database' }, 'unknown'],
    ['a file', { style: 'file' }, 'unknown'],
    ['a file, style not known', {}, 'unknown'],
    ['calls, style not known', { family: 'http' }, 'at once'],
    ['what only a log shows', { family: 'other', class: ['observed'] }, 'at once'],
    [
      'a batch that a crontab runs',
      { style: 'batch', implementations: [code('x', ['0 4 * * *'])] },
      '1 a day',
    ],
    [
      'a call that a crontab makes',
      { style: 'request-reply', implementations: [code('x', ['0 4,16 * * *'])] },
      '2 a day',
    ],
    [
      'two lines of one job',
      { implementations: [code('x', ['0 4 * * *', '0 5 * * *'])] },
      '2 a day',
    ],
    [
      'two jobs that deliver',
      { implementations: [code('x', ['0 4 * * *']), code('y', ['0 5 * * *'])] },
      '1 a day, 1 a day',
    ],
    ['what a registry says', declared('0 4 * * *'), '1 a day'],
    ['what a registry says in words', declared('Mo-Su 04:00'), '1 a day'],
    ['what a registry says of events', declared('real time'), 'at once'],
    ['what a registry says without a time', declared('on demand'), 'unknown'],
    ['what nobody understands', declared('when the moon is full'), 'unknown'],
    [
      'code goes before the registry',
      { ...declared('0 4 * * *'), implementations: [code('x', ['0 4,5,6 * * *'])] },
      '3 a day',
    ],
    ['a schedule that cron refuses', { implementations: [code('x', ['61 * * * *'])] }, 'unknown'],
    [
      'a job that a start of the machine runs',
      { implementations: [code('x', ['@reboot'])] },
      'unknown',
    ],
    [
      'a job of every ten seconds',
      {
        implementations: [
          code('x', [], {
            schedules: [{ expression: 'R/PT10S', timezone: 'UTC', scheduler: 'interval' }],
          }),
        ],
      },
      'at once',
    ],
    [
      'a writer whose reader nobody knows',
      { implementations: [code('x', ['0 4 * * *'], { delivers: false })] },
      '1 a day',
    ],
  ])('%s', (_name, facts, expected) => {
    const { plans } = toModel(landscape([link('a>b', facts)]), options);
    const [plan] = plans;
    const monday = Date.parse('2026-11-03T00:00:00Z');
    const perDay = plan?.hops.map(
      ({ runs }) => `${openInstants(runs, monday + 24 * hour, monday).length} a day`,
    );
    const found = plan?.isAtOnce
      ? 'at once'
      : perDay?.length
        ? perDay.join(', ')
        : plan?.unknown.length
          ? 'unknown'
          : 'nothing';
    expect(found).toBe(expected);
  });

  test('what is unknown is told with the reason, and gives no age', () => {
    const { freshness, schedules } = analyseSchedules(
      landscape([link('a>b'), link('b>c', { implementations: [code('x.sh', ['61 * * * *'])] })]),
      options,
    );
    expect(freshness).toEqual([]);
    expect(schedules.unknown).toEqual([
      { subject: 'a=>b#file', reason: 'no schedule is known' },
      {
        subject: 'b=>c#file',
        job: 'x.sh',
        reason: expect.stringMatching(/^the schedule "61 \* \* \* \*" is not valid: minute/),
      },
    ]);
  });

  test('a writer and a reader of unlike rhythm: the later of both counts', () => {
    const jobs = [
      code('write.sh', ['0 22 * * 1-5'], { delivers: false }),
      code('read.sh', ['0 4 * * *']),
    ];
    const { freshness } = analyseSchedules(
      landscape([link('a>b', { implementations: jobs, via: ['files'] })]),
      options,
    );
    // Friday 22:00 comes on Saturday at 04:00; Monday's on Tuesday at 04:00.
    expect(freshness).toMatchObject([{ consumer: 'b', worstAgeAtRestHours: [78, 102, 126] }]);
  });

  test('of three jobs nothing tells who hands on to whom: those count that deliver', () => {
    const jobs = [
      code('one.sh', ['0 22 * * *'], { delivers: false }),
      code('two.sh', ['0 23 * * *'], { delivers: false }),
      code('read.sh', ['0 4 * * *']),
    ];
    const { freshness, schedules } = analyseSchedules(
      landscape([link('a>b', { implementations: jobs })]),
      options,
    );
    expect(freshness).toMatchObject([{ worstAgeAtRestHours: [24, 48, 72] }]);
    expect(schedules.notes.join()).toContain('nothing tells which of its jobs hands on to which');
  });

  test('schedules without a zone take that of the configuration, else UTC, and that is told', () => {
    const given = landscape([
      link('a>b', { schedules: [{ expression: '15 5 * * *', timezone: '' }] }),
    ]);
    const startOf = (chosen: FreshnessOptions): string | undefined => {
      const [plan] = toModel(given, chosen).plans;
      const day = Date.parse('2026-11-10T00:00:00Z');
      const [run] = openInstants(plan?.hops[0]?.runs ?? [], day + 24 * hour, day);
      return run === undefined ? undefined : new Date(run).toISOString();
    };
    expect(startOf(options)).toBe('2026-11-10T05:15:00.000Z');
    expect(startOf({ ...options, timezone: 'Europe/Oslo' })).toBe('2026-11-10T04:15:00.000Z');
    expect(analyseSchedules(given, options).schedules.notes).toEqual([
      'a=>b#file: no time zone is known; UTC is assumed.',
    ]);
  });
});

describe('what people say', () => {
  const nightly = (way: string, clock: string, rest: Partial<Link> = {}) =>
    link(way, { implementations: [code(`${way}.sh`, [clock])], ...rest });

  test('durations shift chains; what is measured stands back', () => {
    const chain = [
      nightly('a>b', '0 1 * * *', {
        implementations: [code('jobs/first.sh', ['0 1 * * *'], { durationMs: hour })],
      }),
      nightly('b>c', '0 3 * * *'),
    ];
    const ageOf = (durations: FreshnessOptions['durations']): number | null | undefined =>
      analyseSchedules(landscape(chain), { ...options, durations }).freshness.find(
        ({ consumer }) => consumer === 'c',
      )?.worstAgeAtRestHours[0];
    expect(ageOf([])).toBe(26);
    // It still runs when the second starts, which then takes the data of the day before.
    for (const name of ['row a>b', 'a=>b#file', 'jobs/first.sh', 'jobs/*'])
      expect(ageOf([{ name, ms: 2.5 * hour }]), name).toBe(50);
    expect(
      ageOf([
        { name: 'jobs/*', ms: 0.5 * hour },
        { name: 'row a>b', ms: 3 * hour },
      ]),
    ).toBe(26);
  });

  test('holidays and working hours of readers', () => {
    const from = atClock('2026-12-21', '00:00');
    const to = atClock('2026-12-28', '00:00');
    const [moments, hours, nights] = openReaders(
      {
        ...options,
        timezone: 'Europe/Oslo',
        holidays: ['2026-12-25'],
        readers: [
          { system: 'a', at: '0 6 * * 1-5' },
          { system: 'a', from: '08:00', to: '16:00', days: 'thu-fri' },
          { system: 'a', from: '22:00', to: '06:00', days: 'sat' },
        ],
      },
      from,
      to,
    );
    const days = ['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24'];
    expect([...openInstants(moments?.looks ?? [])]).toEqual(
      days.map((date) => atClock(date, '06:00')),
    );
    expect(hours?.windows).toEqual([
      [atClock('2026-12-24', '08:00'), atClock('2026-12-24', '16:00')],
    ]);
    expect(nights?.windows).toEqual([
      [atClock('2026-12-26', '22:00'), atClock('2026-12-27', '06:00')],
    ]);
  });

  test('an origin and what is derived from it', () => {
    const links = [
      nightly('a>b', '0 1 * * *', { objects: ['lots'] }),
      nightly('b>c', '0 2 * * *', { objects: ['stock'] }),
      nightly('b>d', '0 2 * * *', { objects: ['prices'] }),
    ];
    const rows = (objects: FreshnessOptions['objects']): string[] =>
      analyseSchedules(landscape(links), { ...options, objects })
        .freshness.filter(({ object }) => object === 'lots')
        .map(({ consumer, certainty, as }) => [consumer, certainty, as ?? ''].join(' ').trim());
    expect(rows([])).toEqual(['b declared', 'c possible stock', 'd possible prices']);
    expect(
      rows([
        { object: 'stock', origins: ['b'], derivedFrom: [{ system: 'b', from: ['lots'] }] },
        { object: 'prices', origins: ['b'], derivedFrom: [] },
      ]),
    ).toEqual(['b declared', 'c declared stock']);
  });

  test('a year, and what nobody names is data of its sender', () => {
    const { freshness, schedules } = analyseSchedules(
      landscape([nightly('a>b', '0 1 1 * *', { objects: [] })]),
      { ...options, horizon: 'year' },
    );
    expect(schedules.horizon).toEqual({ from: '2026-11-02T00:00:00Z', to: '2027-11-02T00:00:00Z' });
    expect(freshness).toMatchObject([
      {
        object: 'data',
        origin: 'a',
        certainty: 'possible',
        worstAgeAtRestHours: [744, 1488, 2208],
      },
    ]);
  });
});

test('jobs are listed once with a week of runs, and meet on hosts and at targets', () => {
  const both = { hosts: ['etl'] };
  const { schedules } = analyseSchedules(
    landscape([
      link('a>b', { implementations: [code('one.sh', ['0 4 * * 1-5'], both)] }),
      link('a>c', {
        implementations: [
          code('one.sh', ['0 4 * * 1-5'], both),
          code('two.sh', ['*/15 * * * *'], { ...both, durationMs: 20 * 60_000 }),
        ],
      }),
    ]),
    options,
  );
  expect(schedules.jobs).toMatchObject([
    {
      id: 'one.sh',
      links: ['a=>b#file', 'a=>c#file'],
      hosts: ['etl'],
      words: 'Monday to Friday at 04:00, UTC',
      runs: [{ first: Date.parse('2026-11-02T04:00:00Z'), step: 24 * hour, count: 5 }],
    },
    { id: 'two.sh', runs: [{ step: hour / 4, count: 672 }] },
  ]);
  expect(schedules.sharedMinutes).toMatchObject([
    { place: 'host', name: 'etl', jobs: ['one.sh', 'two.sh'], times: 25 },
    { place: 'target', name: 'c', jobs: ['one.sh', 'two.sh'], times: 25 },
  ]);
  expect(schedules.overlaps).toMatchObject([
    { job: 'two.sh', durationMinutes: 20, shortestGapMinutes: 15, assumed: false },
  ]);
});

test('the order of links does not matter', () => {
  const links = ['a>b', 'b>c', 'a>c', 'c>d', 'd>a'].map((way, index) =>
    link(way, {
      objects: index % 2 ? [] : ['stock', `object ${index}`],
      implementations: [code(`${way}.sh`, [`${index} ${index} * * *`])],
    }),
  );
  const forward = analyseSchedules(landscape(links), options);
  const backward = analyseSchedules({ ...landscape(links), links: links.toReversed() }, options);
  expect(JSON.stringify(backward)).toBe(JSON.stringify(forward));
  expect(forward.freshness.length).toBeGreaterThan(5);
});

test('where there are too many ways, data is followed less far beyond what is declared', () => {
  const ways = ['a>b', 'b>c', 'c>d', 'd>e'];
  const links = ways.map((way, index) =>
    link(way, {
      objects: index === 0 ? ['stock'] : [],
      implementations: [code(`${way}.sh`, ['0 1 * * *'])],
    }),
  );
  const { model } = toModel(landscape(links), options);
  expect(model.mostPossibleLinks).toBeUndefined();
  const graph = drawFlows(model);
  const origin = graph.origins.find(({ object }) => object === 'stock')?.node ?? -1;
  const reached = (links?: number): number => findReach(graph, origin, 1e9, links).consumers.size;
  expect([0, 1, 2, undefined].map(reached)).toEqual([1, 2, 3, 4]);
  expect(choosePossibleLinks(graph, 1e9)).toBeUndefined();
  const chosen = [10, 2000, 4000, 8000, 1e9].map(
    (work) => choosePossibleLinks(graph, work) ?? Number.POSITIVE_INFINITY,
  );
  expect(chosen).toEqual(chosen.toSorted((a, b) => a - b));
  expect(chosen[0]).toBe(0);
  expect(chosen.filter((links) => links > 0 && Number.isFinite(links))).not.toEqual([]);
});

test('ways are too many, too, where no job runs and each change is told at once', () => {
  const ids = Array.from({ length: 60 }, (_, at) => `s${at}`);
  const links = ids.flatMap((from, at) =>
    [1, 7, 19].map((step) =>
      link(`${from}>${ids[(at + step) % ids.length]}`, { objects: [`o${at}`], style: 'event' }),
    ),
  );
  const { model } = toModel(landscape(links), options);
  expect(model.deliveries).toEqual([]);
  const graph = drawFlows(model);
  expect(choosePossibleLinks(graph, 1e9)).toBeUndefined();
  const chosen = [1, 1e5, 2e5].map((work) => choosePossibleLinks(graph, work) ?? Infinity);
  expect(chosen).toEqual(chosen.toSorted((a, b) => a - b));
  expect(chosen[0]).toBe(0);
  expect(chosen[2]).toBeLessThan(Infinity);
  const edges = graph.edges.length;
  const walked = [0, 1, 2, undefined].map((most) => findReach(graph, 0, 1e9, most).walked);
  expect(walked).toEqual(walked.toSorted((a, b) => a - b));
  expect(walked[3]).toBeGreaterThan(walked[0] ?? 0);
  expect(walked[3]).toBeLessThanOrEqual(2 * edges);
});

test.each([
  ['*/10 6-18 * * 1-5', '*/10 6-18 * * 1-5'],
  ['Mo-Fr 22:30', '30 22 * * 1,2,3,4,5'],
  ['mon-fri 22:30', '30 22 * * 1,2,3,4,5'],
  ['Monday to Friday at 22:30', '30 22 * * 1,2,3,4,5'],
  ['weekdays 06.00', '0 6 * * 1-5'],
  ['Sa, So 7:15', '15 7 * * 0,6'],
  ['fri-mon 07:15', '15 7 * * 0,1,5,6'],
  ['daily at 06:00 and 18:00', '0 6,18 * * *'],
  ['hourly', 'R/PT1H'],
  ['Nightly', 'R/P1D'],
  ['every 15 min', 'R/PT15M'],
  ['every 2 hours', 'R/PT2H'],
  ['every 3 days', 'R/P3D'],
  ['near real-time', 'at once'],
  ['event driven', 'at once'],
  ['daily at 06:00 and 18:30', 'unknown'],
  ['every 2 months', 'unknown'],
  ['every 0 min', 'unknown'],
  ['22:30', 'unknown'],
  ['mon-fri 25:00', 'unknown'],
  ['monthly', 'unknown'],
  ['manual', 'unknown'],
  ['', 'unknown'],
  ['m'.repeat(100_000), 'unknown'],
])('a registry says "%.40s"', (expression, expected) => {
  const found = readDeclaredSchedule({ expression, timezone: '' });
  expect(found.kind === 'schedule' ? found.schedule.expression : found.kind.replace('-', ' ')).toBe(
    expected,
  );
});

test.each([
  ['mon-fri', '1,2,3,4,5'],
  ['sat-sun', '0,6'],
  ['mon,thu', '1,4'],
  ['daily', '*'],
  ['someday', undefined],
  ['mon-', undefined],
])('days: %s', (text, expected) => {
  expect(readDays(text)).toBe(expected);
});

test.each([
  ['scripts/stock_export.sh', 'stock export'],
  ['jobs/ERPImport.ps1', undefined],
  ['jobs/erpStockSync.py', 'erp stock sync'],
  ['scripts/data/load_movements.py', '"load movements" job'],
  ['cron.d/etl01-nightly: curl -fsS', undefined],
  ['x.sh', undefined],
])('the name of %s', (id, expected) => {
  if (id.includes('ERPImport')) expect(nameJob(id)).toMatch(/import/i);
  else expect(nameJob(id)).toBe(expected);
});

describe('configuration', () => {
  const yaml = (freshness: string): Record<string, string> => ({
    'landscape.yaml': `sources:\n  - inventory: s.csv\n  - inventory: l.csv\nfreshness:\n${freshness}`,
    's.csv': 'id,name,aliases\nwms,Warehouse,WMS-PRD\nerp,ERP,\n',
    'l.csv': 'id,from,to,protocol,objects,schedule\nINT-1,wms,erp,sftp,stock,30 22 * * 1-5\n',
  });

  test('names of systems may be names or aliases', async () => {
    const { analysis } = await auditFiles(
      yaml(
        '  timezone: Europe/Oslo\n  objects: { stock: { origin: wms-prd } }\n  readers:\n    - { system: ERP, at: "0 6 * * 1-5" }\n  durations: { INT-1: 1h30m }\n  holidays: [2026-12-25]\n  horizon: 70 days\n  failures: 1\n',
      ),
      { asOf: '2026-10-26' },
    );
    expect(analysis.freshness).toMatchObject([
      {
        consumer: 'erp',
        // The data of Friday the 18th of December stays until the run of Monday has ended.
        worstAgeAtRestHours: [73.5, 97.5],
        worstAgeAtReadHours: [55.5, 79.5],
        assumedDurations: [],
      },
    ]);
  });

  test.each([
    ['  horizn: 35\n', /4:3|5:3.*unknown key "horizn".*Did you mean "horizon"/],
    ['  horizon: 0\n', /5:3|5:12.*1 to 366 days/],
    ['  horizon: soon\n', /1 to 366 days/],
    ['  failures: 0\n', /failures/],
    ['  timezone: Oslo\n', /IANA time zone/],
    ['  durations: { INT-1: 10 }\n', /length of time/],
    ['  durations: { INT-1: soon }\n', /"soon" is none/],
    ['  durations: { INT-9: 10m }\n', /"INT-9" fits no link and no job/],
    ['  holidays: [2026-13-01]\n', /date such as/],
    ['  readers: [{ system: erp }]\n', /either "at"/],
    ['  readers: [{ system: erp, at: "0 6 * * *", from: "06:00" }]\n', /either "at"/],
    ['  readers: [{ system: erp, at: "0 66 * * *" }]\n', /no schedule of a crontab: hour "66"/],
    ['  readers: [{ system: erp, from: "06:00", to: "24:00" }]\n', /time of the day/],
    ['  readers: [{ system: erp, from: "06:00", to: "07:00", days: x }]\n', /no days of the week/],
    ['  readers: [{ system: erpp, at: "0 6 * * *" }]\n', /"erpp"\. Did you mean "erp"/],
    ['  objects: { stokk: { origin: wms } }\n', /no link carries "stokk"\. Did you mean "stock"/],
    ['  objects: { stock: { origin: nowhere } }\n', /no source describes the system "nowhere"/],
    ['  objects: { stock: { derivedFrom: { wms: [lots] } } }\n', /no link carries "lots"/],
    ['  objects: { stock: { maxAgeHours: -1 } }\n', /maxAgeHours/],
  ])('refuses %j with its place', async (text, message) => {
    await expect(auditFiles(yaml(text))).rejects.toThrow(message);
    await expect(auditFiles(yaml(text))).rejects.toThrow(/^landscape\.yaml:\d+:\d+: /);
  });
});
