import { describe, expect, test } from 'vitest';
import fc from '../../fast-check.ts';
import { clfTime } from './generated-calls.ts';
import { logOf, readInRanges } from './read-log.ts';
import { readEach } from './read-values.ts';

/** The moment of each text; NaN where it is none. The texts stand in one log, one behind the other. */
async function times(texts: readonly string[]): Promise<number[]> {
  const groups = await readEach('time', texts);
  return groups.map((group) => group?.firstSeen ?? Number.NaN);
}

async function time(text: string): Promise<number> {
  const [moment = Number.NaN] = await times([text]);
  return moment;
}

async function clock(date: string, hour: string): Promise<number> {
  const log = `#Fields: date time c-ip cs-uri-stem\n${date} ${hour} 10.0.0.1 /a\n`;
  const { groups } = await readInRanges(logOf('u.log', 'iis'), log, []);
  return groups[0]?.firstSeen ?? Number.NaN;
}

const moments = fc.date({
  min: new Date(0),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});
const zones = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 });

describe('times', () => {
  test('of the common log format are those of Date.parse', async () => {
    const text = fc.tuple(moments, zones).map(([moment, zone]) => {
      const second = Math.floor(moment.getTime() / 1000);
      const isIn = second + 60 * zone >= 0 && second + 60 * zone < 253_402_300_800;
      return clfTime(second, isIn ? zone : 0);
    });
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 50 }), async (texts) => {
        const expected = texts.map((one) => Date.parse(one.replaceAll('/', ' ').replace(':', ' ')));
        expect(await times(texts)).toEqual(expected);
      }),
    );
  });

  test('of ISO 8601 are those of Date.parse, with T or a blank, a point or a comma', async () => {
    const form = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.replace('T', ' '),
      (text: string) => text.replace('.', ','),
      (text: string) => text.slice(0, -1),
    );
    const text = fc.array(fc.tuple(moments, form), { minLength: 1, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(text, async (all) => {
        const written = all.map(([moment, write]) => write(moment.toISOString()));
        expect(await times(written)).toEqual(all.map(([moment]) => moment.getTime()));
      }),
    );
  });

  test('the memory of a minute never shows in another one', async () => {
    const near = fc.array(fc.nat(300_000), { minLength: 2, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(near, fc.boolean(), async (offsets, named) => {
        const all = offsets.map((offset) => Date.UTC(2026, 10, 30, 23, 57) + offset);
        if (named) {
          const seconds = all.map((moment) => Math.floor(moment / 1000));
          const texts = seconds.map((second) => clfTime(second, 0));
          expect(await times(texts)).toEqual(seconds.map((second) => 1000 * second));
        } else expect(await times(all.map((one) => new Date(one).toISOString()))).toEqual(all);
      }),
    );
  });

  test.each([
    ['10/Oct/2000:13:55:36 -0700', '2000-10-10T20:55:36Z'],
    ['10/Oct/2000:13:55:36', '2000-10-10T13:55:36Z'],
    ['10/Oct/2000:13:55:36.123456 +0000', '2000-10-10T13:55:36.123Z'],
    ['10/Oct/2000:13:55:36+02:00', '2000-10-10T11:55:36Z'],
    ['29/Feb/2024:00:00:00 +0000', '2024-02-29T00:00:00Z'],
    ['2026-11-02T10:00:00.5Z', '2026-11-02T10:00:00.500Z'],
    ['2026-11-02T10:00:00.123456789+05:30', '2026-11-02T04:30:00.123Z'],
    ['2026-11-02T10:00:00-03', '2026-11-02T13:00:00Z'],
    ['2026-11-02T10:00Z', '2026-11-02T10:00:00Z'],
    // A leap second is the first of the next minute, as everywhere in POSIX.
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
    ['31/Dec/2016:23:59:60 +0000', '2017-01-01T00:00:00Z'],
    // Seconds, milli-, micro- and nanoseconds since 1970.
    ['1793613600', '2026-11-02T10:00:00Z'],
    ['1793613600.789', '2026-11-02T10:00:00.789Z'],
    ['1793613600.7', '2026-11-02T10:00:00.700Z'],
    ['1793613600.123456', '2026-11-02T10:00:00.123Z'],
    ['1793613600789', '2026-11-02T10:00:00.789Z'],
    ['1793613600789.5', '2026-11-02T10:00:00.789Z'],
    ['1793613600789123', '2026-11-02T10:00:00.789Z'],
    ['1793613600789123456', '2026-11-02T10:00:00.789Z'],
    ['999999999', '2001-09-09T01:46:39Z'],
  ])('%s', async (text, expected) => {
    expect(new Date(await time(text)).toISOString()).toBe(new Date(expected).toISOString());
  });

  test('epochs to the millisecond, whatever their unit', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1e12, max: 4e12 }), async (moment) => {
        const seconds = [(moment / 1000).toFixed(3), (moment / 1000).toFixed(6)];
        const texts = [`${moment}`, `${moment}000`, `${moment}000000`, ...seconds];
        expect(await times(texts)).toEqual(texts.map(() => moment));
      }),
    );
  });

  test.each([
    '',
    '-',
    '10/Oct/2000',
    '32/Oct/2000:13:55:36 +0000',
    '00/Oct/2000:13:55:36 +0000',
    '29/Feb/2023:13:55:36 +0000',
    '30/Feb/2024:13:55:36 +0000',
    '31/Apr/2024:13:55:36 +0000',
    '10/oct/2000:13:55:36 +0000',
    '10/Okt/2000:13:55:36 +0000',
    '10/Oct/2000:24:00:00 +0000',
    '10/Oct/2000:13:60:00 +0000',
    '10/Oct/2000:13:55:61 +0000',
    '10/Oct/2000:13:55:3 +0000',
    '10/Oct/2000:13:55:36 +2400',
    '10/Oct/2000:13:55:36 +0060',
    '10/Oct/2000:13:55:36 0000',
    '10/Oct/2000:13:55:36 PST',
    '10/Oct/2000:13:55:36 +02000',
    '10/Oct/2000:13:55:36 +0200x',
    '10/Oct/2000 13:55:36 +0000',
    '10-Oct-2000:13:55:36 +0000',
    '10/Oct/20x0:13:55:36 +0000',
    '10/Oct/0099:13:55:36 +0000',
    '0099-11-02T10:00:00Z',
    '2026-13-02T10:00:00Z',
    '2026-00-02T10:00:00Z',
    '2026-02-30T10:00:00Z',
    '2026-11-02X10:00:00Z',
    '2026-11-02T10:00:00ZZ',
    '2026-11-02T10:00:00.Zx',
    '2026/11/02T10:00:00Z',
    '20261102T100000Z',
    '12345678',
    '12345678901234567890',
    '1793613600x',
    '17936.13600',
    '٢٠٢٦-١١-٠٢T10:00:00Z',
  ])('no time: %s', async (text) => {
    expect(await time(text)).toBeNaN();
  });

  test('any bytes give a moment of the calendar or none, and never throw', async () => {
    const whole = fc.constantFrom(
      '10/Oct/2000:13:55:36 -0700',
      '2026-11-02T10:00:00.123Z',
      '1793613600.7',
    );
    const noise = fc
      .tuple(whole, fc.nat(26), fc.nat(4), fc.string({ maxLength: 4 }))
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
    const texts = fc.array(fc.oneof(noise, fc.string({ maxLength: 40 })), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(texts, async (all) => {
        for (const found of await times(all.map((text) => text.replaceAll(/[\t\n]/g, ' '))))
          if (!Number.isNaN(found)) expect(new Date(found).getTime()).toBe(found);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a day and a time of day', () => {
  test('are those of Date.parse', async () => {
    await fc.assert(
      fc.asyncProperty(moments, async (moment) => {
        const [date = '', hour = ''] = moment.toISOString().slice(0, 19).split('T');
        expect(await clock(date, hour)).toBe(Date.parse(`${date}T${hour}Z`));
      }),
    );
  });

  test.each([
    ['2026-11-02', '10:00:00.25', 1_793_613_600_250],
    ['2026-02-30', '10:00:00', Number.NaN],
    ['2026-11-02', '24:00:00', Number.NaN],
    ['2026-11-02', '10-00-00', Number.NaN],
    ['2026/11/02', '10:00:00', Number.NaN],
    ['-', '10:00:00', Number.NaN],
  ])('%s %s', async (date, hour, expected) => {
    expect(await clock(date, hour)).toBe(expected);
  });
});
