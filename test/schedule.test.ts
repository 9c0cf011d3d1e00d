import { describe, expect, test } from 'vitest';
import { findCronError, formatSchedule, isTimezone } from '../src/schedule.ts';

describe('cron expressions', () => {
  test.each([
    '* * * * *',
    '*/50 * * * *',
    '0 2 */16 * *',
    '5-10/2,30 1 1,15 jan-mar mon-fri',
    '0 0 31 2 *',
    '0 0 * * 7',
    '0 0 * * sun,TUE',
    '0~30 * * * *',
    '~ 5~ * * *',
    '* * * * fri-sun',
    '*/61 * * * *',
    '1-2/61 * * * *',
    '@reboot',
    '@daily',
    '@midnight',
  ])('%s', (expression) => {
    expect(findCronError(expression)).toBeUndefined();
  });

  test.each([
    ['60 * * * *', 'minute "60" is not from 0 to 59'],
    ['* 24 * * *', 'hour "24" is not from 0 to 23'],
    ['* * 0 * *', 'day of month "0" is not from 1 to 31'],
    ['* * * 13 *', 'month "13" is not from 1 to 12'],
    ['* * * foo *', 'month "foo" is not from 1 to 12'],
    ['* * * * 8', 'day of week "8" is not from 0 to 7'],
    ['* * * * mo', 'day of week "mo" is not from 0 to 7'],
    ['1-5~9 * * * *', '"1-5~9" is no minute'],
    ['-5 * * * *', '"-5" is no minute'],
    ['1,, * * * *', '"" is no minute'],
    ['*/0 * * * *', 'a step of 0 in "*/0"'],
    ['5/15 * * * *', '"5/15" has a step but no range'],
    ['30-10 * * * *', 'the range "30-10" runs backwards'],
    ['30~10 * * * *', 'the range "30~10" runs backwards'],
    ['* * * *', '4 fields where five are expected'],
    ['0 0 L * *', 'day of month "L" is not from 1 to 31'],
    ['0 0 ? * *', '"?" is no day of month'],
    ['@every_minute', 'unknown nickname @every_minute'],
  ])('%s: %s', (expression, error) => {
    expect(findCronError(expression)).toBe(error);
  });
});

test('time zones are those of the runtime', () => {
  expect(isTimezone('Europe/Oslo')).toBe(true);
  expect(isTimezone('Europe/Olso')).toBe(false);
});

test('a schedule is written with its zone', () => {
  expect(formatSchedule({ expression: '0 1 * * *', timezone: 'UTC' })).toBe('0 1 * * * (UTC)');
  expect(formatSchedule({ expression: 'daily', timezone: '' })).toBe('daily');
});
