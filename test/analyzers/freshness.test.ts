import { expect, test } from 'vitest';
import { analyseFailedRuns, chooseWorstRuns } from '../../src/analyzers/freshness/failed-run.ts';
import { inferOrigins } from '../../src/analyzers/freshness/flow-graph.ts';
import { analyseFreshness } from '../../src/analyzers/freshness/freshness.ts';
import { packInstants } from '../../src/analyzers/freshness/instants.ts';
import type { Delivery, Freshness, FreshnessModel } from '../../src/analyzers/freshness/model.ts';
import { atClock, everyDay, everyWeek, workingDays } from './freshness-calendar.ts';

const hour = 3_600_000;
const listedFrom = '2026-10-05';
const listedTo = '2027-01-01';

function nordfisk(from: string, to: string, known = listedTo): FreshnessModel {
  return {
    deliveries: [
      {
        link: 'warehouse=>erp#file',
        from: 'warehouse',
        to: 'erp',
        object: 'stock',
        runs: everyWeek('22:30', workingDays, listedFrom, listedTo),
        durationMs: 0,
        assumed: true,
      },
    ],
    events: [],
    origins: [{ system: 'warehouse', object: 'stock' }],
    derivations: [],
    readers: [{ system: 'erp', looks: everyWeek('06:00', workingDays, listedFrom, listedTo) }],
    horizon: { from: atClock(from, '00:00'), to: atClock(to, '00:00') },
    knownUntil: atClock(known, '00:00'),
  };
}

test.each([
  ['four weeks', '2026-10-26', '2026-11-23', listedTo],
  ['five weeks', '2026-10-26', '2026-11-30', listedTo],
  ['five weeks, and nothing known after them', '2026-10-26', '2026-11-30', '2026-11-30'],
])('Nordfisk, while no clocks change: %s', (_name, from, to, known) => {
  const [stock, ...others] = analyseFreshness(nordfisk(from, to, known));
  expect(others).toEqual([]);
  expect(stock).toMatchObject({
    consumer: 'erp',
    object: 'stock',
    origin: 'warehouse',
    path: ['warehouse=>erp#file'],
    certainty: 'declared',
    worstAgeAtRestHours: [72, 96, 120],
    worstAgeAtReadHours: [55.5, 79.5, 103.5],
    assumedDurations: ['warehouse=>erp#file'],
  });
});

test("Nordfisk: Friday's and Monday's failures tie on age, Friday's stays unnoticed longer", () => {
  const [stock] = analyseFreshness(nordfisk('2026-10-26', '2026-11-23'));
  expect(stock?.criticalRuns).toEqual([
    {
      link: 'warehouse=>erp#file',
      run: '2026-10-30T21:30:00Z',
      ageHours: 79.5,
      oldestAt: '2026-11-02T05:00:00Z',
      hoursUnnoticed: 55.5,
      alike: 4,
    },
    {
      link: 'warehouse=>erp#file',
      run: '2026-11-02T21:30:00Z',
      ageHours: 79.5,
      oldestAt: '2026-11-03T05:00:00Z',
      hoursUnnoticed: 7.5,
      alike: 3,
    },
  ]);
  expect(stock?.criticalRunCount).toBe(7);
});

test.each([
  ['2026-10-19', '2026-11-23'],
  ['2026-10-12', '2026-11-09'],
])('Nordfisk, with the hour that the clocks go back, from %s', (from, to) => {
  const [stock] = analyseFreshness(nordfisk(from, to));
  expect(stock).toMatchObject({
    worstAgeAtRestHours: [73, 97, 121],
    worstAgeAtReadHours: [56.5, 80.5, 104.5],
    criticalRuns: [
      { run: '2026-10-23T20:30:00Z', hoursUnnoticed: 56.5, alike: 1 },
      { run: '2026-10-26T21:30:00Z', hoursUnnoticed: 7.5, alike: 1 },
    ],
  });
});

/** Hours of one day, on day 0. */
const at = (...hours: number[]) => packInstants(hours.map((one) => one * hour));
const daily = (clock: number, days = 10) =>
  packInstants(Array.from({ length: days }, (_, index) => (index * 24 + clock) * hour));

function delivery(way: string, object: string | undefined, rest: Partial<Delivery>): Delivery {
  const [from = '', to = ''] = way.split('>');
  const link = `${from}=>${to}#file`;
  const base = { link, from, to, runs: daily(0), durationMs: 0, assumed: false };
  return object === undefined ? { ...base, ...rest } : { ...base, object, ...rest };
}

function model(
  deliveries: readonly Delivery[],
  rest: Partial<FreshnessModel> = {},
): FreshnessModel {
  return {
    deliveries,
    events: [],
    origins: [{ system: 'a', object: 'stock' }],
    derivations: [],
    readers: [],
    horizon: { from: 0, to: 5 * 24 * hour },
    knownUntil: 10 * 24 * hour,
    ...rest,
  };
}

const ofConsumer = (found: readonly Freshness[], consumer: string): Freshness | undefined =>
  found.find((one) => one.consumer === consumer);

test.each([
  // The second job takes what the first brought: born at 1, there at 4, replaced a day later.
  ['after the first has finished', 2, 4, 27],
  // It reads what was there: yesterday's data.
  ['before the first has finished', 2, 2, 49],
  ['the moment the first finishes', 1, 2, 25],
  ['together with a first that takes nobody knows how long', 0, 1, 48],
  ['after a first that takes nobody knows how long', 0, 2, 25],
])('phasing: the second job starts %s', (_name, duration, start, age) => {
  const chain = [
    delivery('a>b', 'stock', { runs: daily(1), durationMs: duration * hour }),
    delivery('b>c', 'stock', { runs: daily(start) }),
  ];
  const found = ofConsumer(analyseFreshness(model(chain)), 'c');
  expect(found?.worstAgeAtRestHours[0]).toBe(age);
  expect(found?.path).toEqual(['a=>b#file', 'b=>c#file']);
});

test('the freshest of several ways counts, and hides the failure of another', () => {
  const slow = [
    delivery('a>b', 'stock', { runs: daily(1) }),
    delivery('b>c', 'stock', { runs: daily(2) }),
  ];
  const direct = delivery('a>c', 'stock', { runs: daily(3), durationMs: hour });
  const alone = ofConsumer(analyseFreshness(model(slow)), 'c');
  const both = ofConsumer(analyseFreshness(model([...slow, direct])), 'c');
  expect(alone?.worstAgeAtRestHours).toEqual([25, 49, 73]);
  // Born at 3, replaced by what is born at 1 the next day and comes at 2. Each way covers for the
  // other: at worst, data born at 3 stays until the direct job comes at 4, or at 1 until 2.
  expect(both?.worstAgeAtRestHours).toEqual([23, 25, 25]);
  expect(both).toMatchObject({ ways: 'all', path: ['a=>c#file'] });
});

test('events keep a system as fresh as what they come from, cycles included', () => {
  const found = analyseFreshness(
    model([delivery('b>c', 'stock', { runs: daily(1) })], {
      events: [
        { link: 'a=>b#messaging', from: 'a', to: 'b', object: 'stock' },
        { link: 'b=>a#messaging', from: 'b', to: 'a', object: 'stock' },
        { link: 'c=>d#messaging', from: 'c', to: 'd', object: 'stock' },
        { link: 'd=>c#messaging', from: 'd', to: 'c', object: 'stock' },
      ],
      readers: [{ system: 'b', looks: at(5) }],
    }),
  );
  expect(ofConsumer(found, 'b')).toMatchObject({
    worstAgeAtRestHours: [0, 0, 0],
    worstAgeAtReadHours: [0, 0, 0],
    path: ['a=>b#messaging'],
    criticalRuns: [],
  });
  expect(ofConsumer(found, 'd')).toMatchObject({
    worstAgeAtRestHours: [24, 48, 72],
    worstAgeAtReadHours: [],
    path: ['a=>b#messaging', 'b=>c#file', 'c=>d#messaging'],
  });
  expect(ofConsumer(found, 'a')).toBeUndefined();
});

test('a job that does not run within the horizon is not fresh, and one that never runs has no age', () => {
  const monthly = delivery('a>b', 'stock', {
    runs: packInstants([-10, 20].map((day) => day * 24 * hour)),
  });
  const never = delivery('a>c', 'stock', { runs: [] });
  const found = analyseFreshness(model([monthly, never], { knownUntil: 30 * 24 * hour }));
  expect(ofConsumer(found, 'b')).toMatchObject({
    worstAgeAtRestHours: [720, 720, 720],
    atLeast: false,
  });
  expect(ofConsumer(found, 'c')).toMatchObject({
    worstAgeAtRestHours: [null, null, null],
    path: ['a=>c#file'],
    criticalRuns: [],
  });
  const cut = analyseFreshness(model([monthly], { knownUntil: 6 * 24 * hour }));
  expect(ofConsumer(cut, 'b')).toMatchObject({
    worstAgeAtRestHours: [384, 384, 384],
    atLeast: true,
  });
});

test('what is derived flows on as its source; what nobody explains possibly holds it', () => {
  const deliveries = [
    delivery('a>b', 'stock', { runs: daily(1) }),
    delivery('b>c', 'promises', { runs: daily(2) }),
    delivery('b>d', 'prices', { runs: daily(2) }),
    delivery('b>e', 'invoices', { runs: daily(2) }),
    delivery('b>f', undefined, { runs: daily(2) }),
    delivery('f>g', undefined, { runs: daily(3) }),
    delivery('b>h', 'orders', { runs: daily(2) }),
    delivery('i>b', 'orders', { runs: daily(2) }),
  ];
  const found = analyseFreshness(
    model(deliveries, {
      origins: [
        { system: 'a', object: 'stock' },
        { system: 'b', object: 'prices' },
      ],
      derivations: [{ system: 'b', object: 'promises', from: ['stock'] }],
    }),
  );
  const told = found
    .filter(({ object }) => object === 'stock')
    .map(({ consumer, certainty, as, path }) => ({
      consumer,
      certainty,
      as,
      path: path.join(' '),
    }));
  expect(told).toEqual([
    { consumer: 'b', certainty: 'declared', as: undefined, path: 'a=>b#file' },
    { consumer: 'c', certainty: 'declared', as: 'promises', path: 'a=>b#file b=>c#file' },
    // Nothing says what invoices are made of; prices are born in b, and orders come from i.
    { consumer: 'e', certainty: 'possible', as: 'invoices', path: 'a=>b#file b=>e#file' },
    { consumer: 'f', certainty: 'possible', as: undefined, path: 'a=>b#file b=>f#file' },
    { consumer: 'g', certainty: 'possible', as: undefined, path: 'a=>b#file b=>f#file f=>g#file' },
  ]);
  expect(
    ofConsumer(
      found.filter(({ object }) => object === 'stock'),
      'g',
    )?.worstAgeAtRestHours,
  ).toEqual([26, 50, 74]);
});

test('an object that leaves a system and never comes to it is born there, as far as is known', () => {
  const moves = [
    delivery('a>b', 'stock', {}),
    delivery('b>c', 'stock', {}),
    delivery('b>c', 'promises', {}),
    delivery('b>c', 'invoices', {}),
    delivery('b>c', undefined, {}),
  ];
  const derivations = [{ system: 'b', object: 'promises', from: ['stock'] }];
  const inferred = inferOrigins(moves, derivations);
  expect(inferred).toEqual([
    { system: 'a', object: 'stock', inferred: true },
    { system: 'b', object: 'invoices', inferred: true },
  ]);
  // An inferred origin rules nothing out: stock may still be in the invoices.
  const found = analyseFreshness(
    model([delivery('a>b', 'stock', {}), delivery('b>e', 'invoices', {})], { origins: inferred }),
  );
  expect(
    found.map(({ consumer, object, certainty }) => [consumer, object, certainty].join()),
  ).toEqual(['b,stock,declared', 'e,invoices,declared', 'e,stock,possible']);
});

test('working hours count as reading at any moment', () => {
  const windows = Array.from(
    { length: 10 },
    (_, day) => [(day * 24 + 8) * hour, (day * 24 + 16) * hour] as const,
  );
  const found = analyseFreshness(
    model([delivery('a>b', 'stock', { runs: daily(20) })], {
      readers: [{ system: 'b', looks: [], windows }],
    }),
  );
  expect(found[0]).toMatchObject({
    worstAgeAtRestHours: [24, 48, 72],
    worstAgeAtReadHours: [20, 44, 68],
    criticalRuns: [{ ageHours: 44, hoursUnnoticed: 12, alike: 4 }],
  });
});

test('the worst run of an object, and every system that then works with old data', () => {
  const nightly = nordfisk('2026-10-26', '2026-11-23');
  const week = (clock: string, days = workingDays) => everyWeek(clock, days, listedFrom, listedTo);
  const full: FreshnessModel = {
    ...nightly,
    deliveries: [
      ...nightly.deliveries,
      delivery('erp>finance', 'stock', { runs: week('05:15') }),
      delivery('finance>data', undefined, { runs: week('05:45', everyDay) }),
      delivery('erp>production', 'production orders', { runs: week('04:00') }),
      delivery('production>quality', 'batches', { runs: week('04:30') }),
    ],
    events: [{ link: 'erp=>transport#http', from: 'erp', to: 'transport' }],
    derivations: [{ system: 'erp', object: 'production orders', from: [] }],
    readers: ['erp', 'finance', 'transport'].map((system) => ({
      system,
      looks: week(system === 'finance' ? '08:00' : '06:00'),
    })),
  };
  const choices = chooseWorstRuns(analyseFreshness(full));
  expect(choices).toEqual([
    {
      link: 'warehouse=>erp#file',
      run: '2026-10-30T21:30:00Z',
      origin: 'warehouse',
      object: 'stock',
    },
  ]);
  const [failed] = analyseFailedRuns(full, choices);
  expect(
    failed?.effects.map(({ consumer, certainty, ageAtReadHours, hoursUnnoticed }) => [
      consumer,
      certainty,
      ageAtReadHours,
      hoursUnnoticed,
    ]),
  ).toEqual([
    ['erp', 'declared', 79.5, 55.5],
    ['finance', 'declared', 81.5, 57.5],
    ['data', 'possible', null, null],
    ['transport', 'possible', 79.5, 55.5],
  ]);
});
