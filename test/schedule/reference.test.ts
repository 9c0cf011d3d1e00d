import { readFileSync } from 'node:fs';
import { Cron } from 'croner';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { openRuns } from '../../src/schedule/open-runs.ts';
import { findCronError } from '../../src/schedule.ts';
import { listFirst } from './open.ts';
import { openDraw } from './random-job.ts';

const read = (name: string): Record<string, string>[] =>
  parse(readFileSync(new URL(`../fixtures/cron/${name}`, import.meta.url)), { columns: true });

const jobs = read('cron-reference.csv').filter(({ verdict }) => verdict === 'job');
const checked = read('cron-chkcrontab.csv');

test('there are answers to compare with', () => {
  expect(jobs.length).toBeGreaterThan(50);
  expect(checked.length).toBeGreaterThan(30);
});

test.each(jobs)(
  '$file:$line $schedule fires as another parser says',
  ({ schedule, next3_or_envvalue }) => {
    const expected = (next3_or_envvalue ?? '').split(';').filter((text) => text !== '');
    const first = listFirst(
      { expression: schedule ?? '', timezone: 'UTC' },
      '2026-01-01T00:00:00.001Z',
      expected.length || 1,
    );
    expect(first).toEqual(expected);
  },
);

test.each(read('cron-reference.csv').filter(({ verdict }) => verdict === 'anacron-job'))(
  '$file:$line $schedule is a period of anacron',
  ({ schedule }) => {
    const opened = openRuns({ expression: schedule ?? '', timezone: 'UTC', scheduler: 'anacron' });
    expect(opened).not.toHaveProperty('error');
  },
);

/** crontab(5) and cronie's source accept what that checker refuses: a step may exceed its range. */
const disagreements = new Set(['*/61 * * * * root Bad Step', '1-2/61 * * * * root Bad Step']);

describe("a checker's own tests", () => {
  const lines = checked.filter(
    ({ text = '', verdict, reason = '' }) =>
      /^[-*\d@]/.test(text) && (verdict === 'OK' || reason.includes('time spec')),
  );
  test.each(lines)('$text: $verdict', ({ text = '', verdict }) => {
    const fields = text.startsWith('@') ? 1 : 5;
    const schedule = text.split(/\s+/).slice(0, fields).join(' ');
    const accepts = verdict === 'OK' || verdict === 'WARN' || disagreements.has(text);
    expect(findCronError(schedule) === undefined).toBe(accepts);
  });
});

test('days of the month and of the week that croner finds for Quartz are the same', () => {
  const draw = openDraw(17);
  const pick = (choices: readonly string[]) => choices[draw(choices.length)] ?? '';
  const [from, to] = [Date.UTC(2025, 0, 1), Date.UTC(2029, 0, 1)];
  for (let index = 0; index < 300; index++) {
    const day = pick([
      'L',
      'LW',
      `${1 + draw(28)}W`,
      `${1 + draw(31)}`,
      `${1 + draw(10)}-${12 + draw(19)}/${1 + draw(4)}`,
      '?',
    ]);
    const weekday =
      day === '?'
        ? pick([`${1 + draw(7)}L`, `${1 + draw(7)}#${1 + draw(5)}`, `${1 + draw(7)}`, 'MON-FRI'])
        : '?';
    const month = pick(['*', '*', `${1 + draw(12)}`, '*/5']);
    const expression = `0 30 6 ${day} ${month} ${weekday}`;
    // croner adds the zone's own "?" here, so that both open fields are written as stars.
    const cron = new Cron(expression.replaceAll('?', '*'), {
      mode: '6-part',
      timezone: 'UTC',
      paused: true,
      alternativeWeekdays: true,
    });
    const expected: number[] = [];
    for (
      let next = cron.nextRun(new Date(from - 1));
      next && next.getTime() < to;
      next = cron.nextRun(next)
    )
      expected.push(next.getTime());
    const opened = openRuns({ expression, timezone: 'UTC', scheduler: 'quartz' });
    if ('error' in opened) throw new Error(`${expression}: ${opened.error}`);
    expect(opened.runs(from, to), expression).toEqual(expected);
  }
});
