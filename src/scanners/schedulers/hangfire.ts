import { isTimezone, type Schedule } from '../../schedule.ts';
import { collectJobs } from './collect-jobs.ts';
import type { SchedulerReader } from './scheduled-job.ts';
import { listCalls, readCall, readNumber, readText, type SourceArgument } from './source-calls.ts';
import { type MaskedSource, maskSource } from './source-mask.ts';

const days = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'];

/** The expressions that the methods of Hangfire's `Cron` make of their arguments. */
const helpers: Readonly<Record<string, (args: readonly (number | undefined)[]) => string>> = {
  Minutely: () => '* * * * *',
  Hourly: ([minute = 0]) => `${minute} * * * *`,
  Daily: ([hour = 0, minute = 0]) => `${minute} ${hour} * * *`,
  Weekly: ([day = 1, hour = 0, minute = 0]) => `${minute} ${hour} * * ${day}`,
  Monthly: ([day = 1, hour = 0, minute = 0]) => `${minute} ${hour} ${day} * *`,
  Yearly: ([month = 1, day = 1, hour = 0, minute = 0]) => `${minute} ${hour} ${day} ${month} *`,
  MinuteInterval: ([count = 1]) => `*/${count} * * * *`,
  HourInterval: ([count = 1]) => `0 */${count} * * *`,
  DayInterval: ([count = 1]) => `0 0 */${count} * *`,
  MonthInterval: ([count = 1]) => `0 0 1 */${count} *`,
};

/** Recurring jobs of Hangfire. Its clock is UTC unless the call names a zone. */
export const hangfireReader: SchedulerReader = {
  name: 'recurring jobs of Hangfire',
  matches: (file, text) =>
    /\.(?:cs|vb)$/i.test(file) && text.includes('Hangfire') && text.includes('AddOrUpdate'),
  read: (text, file) => {
    const found = collectJobs();
    const source = maskSource(text, file, 'slashes');
    const calls =
      /\b(\w{0,60}(?:RecurringJob|recurringJob|[mM]anager)\w{0,60})\.AddOrUpdate\s{0,9}(?:<\s{0,9}([\w.]{1,100})\s{0,9}>)?\s{0,9}\(/g;
    for (const { at, args, match } of listCalls(source, calls)) {
      const line = source.lineOf(at);
      const action = args.find(({ text: each }) => each.includes('=>'));
      if (!action) continue;
      const first = args[0];
      const id = first && first !== action ? readText(source, first.text) : undefined;
      const rest = args.slice(args.indexOf(action) + 1);
      const zone = readZone(args, source);
      if (zone === undefined) found.flaw(line, 'the time zone is not written here as an IANA name');
      const type = match[2]?.split('.').at(-1) ?? staticType(action.text);
      const method = /(\w{1,100})\s{0,9}\([^()]{0,400}\)\s{0,9}\)?$/.exec(action.text)?.[1];
      const written = rest.find(({ name }) => name === undefined || /^cron/i.test(name));
      const expression = written && readCron(written, source);
      if (expression === undefined)
        found.flaw(
          line,
          `the schedule is not known: its value is set elsewhere (${(written?.text ?? 'none').slice(0, 80)})`,
        );
      const schedule = expression ?? written?.text.slice(0, 200);
      found.add({
        name: id ?? [type, method].filter((each) => each !== undefined).join('.'),
        line,
        schedules:
          schedule === undefined || schedule === 'never' ? [] : [toSchedule(schedule, zone ?? '')],
        ...(schedule === 'never' ? { disabled: true } : {}),
        scripts: [type === undefined ? file : `${type}.cs`],
      });
    }
    return found.finish();
  },
};

/** `() => Exporter.Run()`: the class whose method is called. */
function staticType(action: string): string | undefined {
  return /^\(\)\s{0,9}=>\s{0,9}(?:[A-Z]\w{0,60}\.){0,5}?([A-Z]\w{0,100})\.\w{1,100}\s{0,9}\(/.exec(
    action,
  )?.[1];
}

function readCron({ text, at }: SourceArgument, source: MaskedSource): string | undefined {
  const helper = /^(?:Hangfire\.)?Cron\.(\w{1,40})\s{0,9}(\(?)/.exec(text);
  if (!helper) return readText(source, text);
  if (helper[1] === 'Never') return 'never';
  const make = Object.hasOwn(helpers, helper[1] ?? '') ? helpers[helper[1] ?? ''] : undefined;
  if (!make) return undefined;
  if (helper[2] === '') return make([]);
  const call = readCall(source, at + helper[0].length - 1);
  const numbers = (call?.args ?? []).map(({ text: each }) => {
    const day = days.indexOf(each.split('.').at(-1)?.toUpperCase() ?? '');
    return day >= 0 ? day : readNumber(source, each);
  });
  return numbers.includes(undefined) ? undefined : make(numbers);
}

/** A zone that is named in the call; undefined where its name cannot be read. */
function readZone(args: readonly SourceArgument[], source: MaskedSource): string | undefined {
  const text = args.map((each) => each.text).find((each) => /\bTimeZoneInfo\b/.test(each));
  if (text === undefined || /TimeZoneInfo\.Utc\b/i.test(text)) return 'UTC';
  const name =
    /(?:FindSystemTimeZoneById|GetTimeZoneInfo)\(\s{0,9}("[^"\n]{1,60}"|[\w.]{1,80})/.exec(
      text,
    )?.[1];
  const zone = name === undefined ? undefined : readText(source, name);
  return zone !== undefined && isTimezone(zone) ? zone : undefined;
}

/** Its library, Cronos, wants both day fields to match, as Spring does and crontabs do not. */
function toSchedule(expression: string, timezone: string): Schedule {
  const fields = expression.trim().split(/\s+/);
  const [, , day, , weekday] = fields;
  if (fields.length === 6) return { expression, timezone, scheduler: 'spring' };
  const both = ![day, weekday].some((field) => field === '*' || field === '?');
  return fields.length === 5 && (both || /[?LW#]/.test(expression))
    ? { expression: `0 ${expression.trim()}`, timezone, scheduler: 'spring' }
    : { expression, timezone };
}
