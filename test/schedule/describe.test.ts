import { expect, test } from 'vitest';
import { describeSchedule } from '../../src/schedule/describe.ts';
import type { Scheduler } from '../../src/schedule/scheduler.ts';

test.each<readonly [Scheduler, string, string]>([
  ['cron', '30 22 * * 1-5', 'Monday to Friday at 22:30, Europe/Oslo'],
  ['cron', '10 03 * * *', 'Every day at 03:10, Europe/Oslo'],
  ['cron', '0 6,18 * * sat,sun', 'Saturday and Sunday at 06:00 and 18:00, Europe/Oslo'],
  ['cron', '0 4 1,15 * *', 'On the 1st and 15th of the month at 04:00, Europe/Oslo'],
  ['cron', '0 4 1 jan,jul *', 'On the 1st of January and July at 04:00, Europe/Oslo'],
  ['cron', '*/15 * * * *', 'Every 15 minutes'],
  ['cron', '* * * * *', 'Every minute'],
  ['cron', '@hourly', 'Every hour, Europe/Oslo'],
  ['cron', '20 * * * *', 'Every hour at minute 20, Europe/Oslo'],
  [
    'cron',
    '*/10 8-18 * * 1-5',
    'Monday to Friday every 10 minutes from 08:00 to 18:50, Europe/Oslo',
  ],
  ['cron', '0 12 * 3 thu', 'Thursday in March at 12:00, Europe/Oslo'],
  ['cron', '@reboot', 'When the machine starts'],
  ['cron', '30 4 1,15 * 5', '30 4 1,15 * 5 (Europe/Oslo)'],
  ['cron', '*/7 3 * * *', '*/7 3 * * * (Europe/Oslo)'],
  ['cron', 'constructor', 'constructor (Europe/Oslo)'],
  ['quartz', '0 30 22 ? * MON-FRI', 'Monday to Friday at 22:30, Europe/Oslo'],
  ['quartz', '0 30 22 ? * 2-6', '0 30 22 ? * 2-6 (Europe/Oslo)'],
  ['spring', '0 0 2 * * *', 'Every day at 02:00, Europe/Oslo'],
  ['jenkins', 'H 2 * * *', 'H 2 * * * (Europe/Oslo)'],
  ['systemd', 'Mon..Fri 22:30', 'Monday to Friday at 22:30, Europe/Oslo'],
  ['systemd', 'OnCalendar=weekly', 'Monday at 00:00, Europe/Oslo'],
  ['systemd', 'OnUnitActiveSec=15min', 'Every 15 minutes'],
  ['anacron', '7 10', 'Every 7 days, Europe/Oslo'],
  ['interval', 'R/2026-01-05T06:00/PT4H', 'Every 4 hours, Europe/Oslo'],
  ['oracle', 'FREQ=DAILY', 'FREQ=DAILY (Europe/Oslo)'],
])('%s %s: %s', (scheduler, expression, words) => {
  expect(describeSchedule({ expression, timezone: 'Europe/Oslo', scheduler })).toBe(words);
});

test('without a zone none is told', () => {
  expect(describeSchedule({ expression: '0 3 * * *', timezone: '' })).toBe('Every day at 03:00');
});
