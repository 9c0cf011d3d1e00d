import { isTimezone, type Schedule } from '../../schedule.ts';
import { collectJobs } from './collect-jobs.ts';
import { toInterval } from './interval-schedule.ts';
import type { SchedulerReader } from './scheduled-job.ts';
import {
  argumentAt,
  argumentNamed,
  listCalls,
  readCall,
  readNumber,
  readText,
  type SourceArgument,
} from './source-calls.ts';
import { type MaskedSource, maskSource } from './source-mask.ts';

/** Members of NestJS's CronExpression whose names do not say it; the others are worked out. */
const nestNames: Readonly<Record<string, string>> = {
  EVERY_SECOND: '* * * * * *',
  EVERY_MINUTE: '*/1 * * * *',
  EVERY_HOUR: '0 0-23/1 * * *',
  EVERY_WEEK: '0 0 * * 0',
  EVERY_WEEKDAY: '0 0 * * 1-5',
  EVERY_WEEKEND: '0 0 * * 6,0',
  EVERY_QUARTER: '0 0 1 */3 *',
  EVERY_6_MONTHS: '0 0 1 */6 *',
  EVERY_YEAR: '0 0 1 1 *',
  EVERY_DAY_AT_NOON: '0 12 * * *',
  EVERY_DAY_AT_MIDNIGHT: '0 0 * * *',
  EVERY_1ST_DAY_OF_MONTH_AT_MIDNIGHT: '0 0 1 * *',
  EVERY_1ST_DAY_OF_MONTH_AT_NOON: '0 12 1 * *',
};

const library =
  /(?:\bfrom\s{0,9}|\brequire\s{0,9}\(\s{0,9}|\bimport\s{0,9})["'](node-cron|cron|node-schedule|@nestjs\/schedule|croner)["']/g;

/** Timers of node-cron, cron, node-schedule, croner and NestJS. */
export const nodeTimerReader: SchedulerReader = {
  name: 'node-cron and its like',
  matches: (file, text) =>
    /\.[cm]?[jt]sx?$/i.test(file) &&
    /["'](?:node-cron|cron|node-schedule|@nestjs\/schedule|croner)["']/.test(text),
  read: (text, file) => {
    const found = collectJobs();
    const source = maskSource(text, file, 'slashes');
    const libraries = new Set([...source.text.matchAll(library)].map(({ 1: name = '' }) => name));
    const calls = [
      ...(libraries.has('node-cron')
        ? ['\\b\\w{0,30}[cC]ron\\w{0,30}\\.schedule', '(?<![.\\w])schedule']
        : []),
      ...(libraries.has('cron')
        ? ['\\bnew\\s{1,9}(?:\\w{1,30}\\.)?CronJob', '\\bCronJob\\.from']
        : []),
      ...(libraries.has('croner') ? ['\\bnew\\s{1,9}Cron', '(?<![.\\w@])Cron'] : []),
      ...(libraries.has('node-schedule') ? ['\\bscheduleJob'] : []),
      ...(libraries.has('@nestjs/schedule') ? ['@Cron', '@Interval'] : []),
    ];
    if (calls.length === 0) return found.finish();
    for (const { at, args, end, match } of listCalls(
      source,
      new RegExp(`(?:${calls.join('|')})\\s{0,9}\\(`, 'g'),
    )) {
      const line = source.lineOf(at);
      const options = listOptions(args, source);
      if (match[0].startsWith('@Interval')) {
        const period = args.map((each) => readNumber(source, each.text)).find((each) => each);
        if (period === undefined) found.skip(line, 'the period is not written here');
        else found.add(toJob(file, findName(source, end, undefined), line, [toInterval(period)]));
        continue;
      }
      const expression = findExpression(args, options, source);
      const zone = argumentNamed(options, 'timezone', 'timeZone', 'tz')?.text;
      // `new CronJob(time, onTick, onComplete, start, timeZone)`
      const fifth = match[0].includes('CronJob') ? argumentAt(args, 4)?.text : undefined;
      const written = zone ?? fifth;
      const timezone = written === undefined ? '' : (readText(source, written) ?? '');
      if (written !== undefined && !isTimezone(timezone))
        found.flaw(line, `the time zone ${written.slice(0, 80)} is not known here`);
      if (expression === undefined) {
        found.flaw(line, 'the schedule is not known: its value is set elsewhere');
        found.add(toJob(file, findName(source, end, options), line, []));
        continue;
      }
      const isOff = ['scheduled', 'disabled'].some(
        (name) => argumentNamed(options, name)?.text === (name === 'disabled' ? 'true' : 'false'),
      );
      const name = findName(source, end, options, match[0].startsWith('@'));
      const schedules = [toSchedule(expression, isTimezone(timezone) ? timezone : '')];
      found.add({ ...toJob(file, name, line, schedules), ...(isOff ? { disabled: true } : {}) });
    }
    return found.finish();
  },
};

function toJob(file: string, name: string | undefined, line: number, schedules: Schedule[]) {
  const base = (file.split('/').at(-1) ?? file).replace(/\.\w+$/, '');
  return { name: name ?? base, line, schedules, scripts: [file] };
}

/** The entries of the objects among the arguments. */
function listOptions(args: readonly SourceArgument[], source: MaskedSource): SourceArgument[] {
  return args.flatMap(({ text, at }) =>
    text.startsWith('{') ? [...(readCall(source, at)?.args ?? [])] : [],
  );
}

function findExpression(
  args: readonly SourceArgument[],
  options: readonly SourceArgument[],
  source: MaskedSource,
): string | undefined {
  const given = argumentNamed(options, 'cronTime', 'rule')?.text;
  const candidates = given === undefined ? args.slice(0, 2).map(({ text }) => text) : [given];
  for (const text of candidates) {
    const nest = /^CronExpression\.(\w{1,60})$/.exec(text)?.[1];
    const value = nest === undefined ? readText(source, text) : readNestName(nest);
    // node-schedule takes a name before the expression.
    if (value !== undefined && /^\s*(?:@\w+|\S+(?:\s+\S+){4,6})\s*$/.test(value))
      return value.trim();
  }
  return undefined;
}

/** `EVERY_10_MINUTES`, `EVERY_DAY_AT_2AM`, `MONDAY_TO_FRIDAY_AT_09_30AM`. */
function readNestName(name: string): string | undefined {
  if (Object.hasOwn(nestNames, name)) return nestNames[name];
  const step = /^EVERY_(\d{1,2})_(SECONDS|MINUTES|HOURS)$/.exec(name);
  if (step?.[2] === 'SECONDS') return `*/${step[1]} * * * * *`;
  if (step?.[2] === 'MINUTES') return `0 */${step[1]} * * * *`;
  if (step) return `0 0-23/${step[1]} * * *`;
  const time = /^(EVERY_DAY|MONDAY_TO_FRIDAY)_AT_(\d{1,2})(?:_?(\d{2}))?([AP]M)$/.exec(name);
  if (!time) return undefined;
  const hour = (Number(time[2]) % 12) + (time[4] === 'PM' ? 12 : 0);
  return `0 ${Number(time[3] ?? 0)} ${hour} * * ${time[1] === 'EVERY_DAY' ? '*' : '1-5'}`;
}

/** The name that the options give, or of the method below a decorator. */
function findName(
  source: MaskedSource,
  end: number,
  options: readonly SourceArgument[] | undefined,
  isDecorator = options === undefined,
): string | undefined {
  const given = options && argumentNamed(options, 'name')?.text;
  const name = given === undefined ? undefined : readText(source, given);
  if (name !== undefined || !isDecorator) return name;
  return /^\s{0,200}(?:(?:public|private|protected|async|static)\s{1,20}){0,4}(\w{1,100})\s{0,9}\(/.exec(
    source.mask.slice(end, end + 600),
  )?.[1];
}

/** Six fields begin with seconds, and want both day fields, as Spring does. */
function toSchedule(expression: string, timezone: string): Schedule {
  return expression.split(/\s+/).length === 6
    ? { expression, timezone, scheduler: 'spring' }
    : { expression, timezone };
}
