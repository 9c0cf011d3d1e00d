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

const unitMs: Readonly<Record<string, number>> = {
  seconds: 1_000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 604_800_000,
};

/** Celery: names of the fields, in the order of a crontab. */
const celeryFields = ['minute', 'hour', 'day_of_month', 'month_of_year', 'day_of_week'];
/** APScheduler: from the largest field to the smallest, with the least value of each. */
const triggerFields = [
  ['month', '1'],
  ['day', '1'],
  ['day_of_week', '*'],
  ['hour', '0'],
  ['minute', '0'],
  ['second', '0'],
] as const;

/** Periodic tasks of Celery beat. */
export const celeryReader: SchedulerReader = {
  name: 'periodic tasks of Celery',
  matches: (file, text) =>
    /\.py$/i.test(file) &&
    /beat_schedule|BEAT_SCHEDULE|add_periodic_task|@periodic_task/i.test(text) &&
    /celery/i.test(text),
  read: (text, file) => {
    const found = collectJobs();
    const source = maskSource(text, file, 'hash');
    const timezone = findZone(source);
    const add = (entry: readonly SourceArgument[], at: number, name: string | undefined): void => {
      const line = source.lineOf(at);
      const when = argumentNamed(entry, 'schedule', 'run_every');
      const given = when ?? argumentAt(entry, 0);
      if (!given) return;
      const schedule = readCelery(given, source, timezone);
      if (!schedule)
        found.flaw(line, `the schedule ${given.text.slice(0, 80)} is not written here`);
      const taskText = argumentNamed(entry, 'task')?.text;
      const task = taskText === undefined ? undefined : readText(source, taskText);
      found.add({
        name: name ?? task ?? argumentAt(entry, 1)?.text.slice(0, 80) ?? 'task',
        line,
        schedules: schedule ? [schedule] : [],
        scripts: [toModuleFile(task) ?? file],
      });
    };
    for (const entry of listEntries(source)) add(entry.args, entry.at, entry.name);
    for (const { args, at } of listCalls(source, /\.add_periodic_task\s{0,9}\(/g)) {
      const name = argumentNamed(args, 'name')?.text;
      add(args, at, name === undefined ? undefined : readText(source, name));
    }
    for (const { args, at, end } of listCalls(source, /@periodic_task\s{0,9}\(/g))
      add(args, at, functionBelow(source, end));
    return found.finish();
  },
};

/** Jobs of APScheduler. */
export const apschedulerReader: SchedulerReader = {
  name: 'jobs of APScheduler',
  matches: (file, text) =>
    /\.py$/i.test(file) && text.includes('apscheduler') && /add_job|scheduled_job/.test(text),
  read: (text, file) => {
    const found = collectJobs();
    const source = maskSource(text, file, 'hash');
    for (const { args, at, end, match } of listCalls(
      source,
      /(@?)\b\w{1,60}\.(?:add_job|scheduled_job)\s{0,9}\(/g,
    )) {
      const isDecorator = match[0].includes('scheduled_job');
      const trigger = argumentNamed(args, 'trigger') ?? argumentAt(args, isDecorator ? 0 : 1);
      if (!trigger) continue;
      const line = source.lineOf(at);
      const schedule = readTrigger(trigger, args, source);
      if (schedule === 'once') continue;
      if (!schedule) found.flaw(line, 'the schedule is not known: it is not written here');
      const id = argumentNamed(args, 'id', 'name')?.text;
      const method = isDecorator ? functionBelow(source, end) : argumentAt(args, 0)?.text;
      found.add({
        name:
          (id === undefined ? undefined : readText(source, id)) ?? method?.slice(0, 80) ?? 'job',
        line,
        schedules: schedule ? [schedule] : [],
        scripts: [file],
        ...(argumentNamed(args, 'max_instances')?.text === '1'
          ? {
              safeguards: [
                { line, safeguard: 'locking', effect: 'provides', summary: 'max_instances = 1' },
              ],
            }
          : {}),
      });
    }
    return found.finish();
  },
};

/** The entries of the dictionaries that are Celery's schedule. */
function* listEntries(source: MaskedSource): Iterable<{
  readonly args: readonly SourceArgument[];
  readonly at: number;
  readonly name?: string;
}> {
  const lists = listCalls(source, /\bbeat_schedule\b\s{0,9}=?\s{0,9}[({]{1,2}/gi);
  for (const list of lists) {
    for (const { name, text, at } of list.args) {
      const open = /^(?:dict\s{0,9}\(|\{)/.exec(text);
      const entry = open && readCall(source, at + open[0].length - 1);
      if (entry) yield { args: entry.args, at, ...(name === undefined ? {} : { name }) };
    }
  }
}

function readCelery(
  { text, at }: SourceArgument,
  source: MaskedSource,
  timezone: string,
): Schedule | undefined {
  const seconds = readNumber(source, text);
  if (seconds !== undefined) return toInterval(seconds * 1_000);
  const call = /^(?:\w{1,40}\.){0,3}(crontab|timedelta|schedule)\s{0,9}\(/.exec(text);
  const args = call ? readCall(source, at + call[0].length - 1)?.args : undefined;
  if (!call || !args) return undefined;
  if (call[1] === 'timedelta') return readDelta(args, source);
  if (call[1] === 'schedule') {
    const inner = argumentNamed(args, 'run_every') ?? args[0];
    return inner ? readCelery(inner, source, timezone) : undefined;
  }
  const fields = celeryFields.map((name, index) => {
    // crontab(minute, hour, day_of_week, day_of_month, month_of_year)
    const position = [0, 1, 3, 4, 2][index] ?? 0;
    const value = argumentNamed(args, name) ?? argumentAt(args, position);
    return value === undefined ? '*' : readField(value.text, source);
  });
  if (fields.includes(undefined)) return undefined;
  // All fields must match, as Spring wants it and crontabs do not.
  return fields[2] !== '*' && fields[4] !== '*'
    ? { expression: `0 ${fields.join(' ')}`, timezone, scheduler: 'spring' }
    : { expression: fields.join(' '), timezone };
}

function readField(written: string, source: MaskedSource): string | undefined {
  const number = readNumber(source, written);
  const text = number === undefined ? readText(source, written) : String(number);
  return text?.replace(/\s+/g, '') || undefined;
}

function readDelta(args: readonly SourceArgument[], source: MaskedSource): Schedule | undefined {
  let ms = 0;
  for (const { name = 'days', text } of args) {
    const number = readNumber(source, text);
    const size = unitMs[name];
    if (number === undefined || size === undefined) return undefined;
    ms += number * size;
  }
  return ms > 0 ? toInterval(ms) : undefined;
}

/** Celery's clock is UTC unless the file sets another. */
function findZone(source: MaskedSource): string {
  const match =
    /\b(?:CELERY_TIMEZONE|(?:conf\.)?timezone)\s{0,9}=\s{0,9}(["'][^"'\n]{1,60}["'])/.exec(
      source.text,
    );
  const zone = match ? readText(source, match[1] ?? '') : undefined;
  return zone !== undefined && isTimezone(zone) ? zone : 'UTC';
}

/** `shop.tasks.export` is a function of `shop/tasks.py`. */
function toModuleFile(task: string | undefined): string | undefined {
  if (task === undefined || !/^[A-Za-z_]\w*(?:\.\w+)+$/.test(task)) return undefined;
  return `${task.split('.').slice(0, -1).join('/')}.py`;
}

function functionBelow(source: MaskedSource, end: number): string | undefined {
  return /\bdef\s{1,9}(\w{1,100})/.exec(source.mask.slice(end, end + 1_000))?.[1];
}

function readTrigger(
  trigger: SourceArgument,
  args: readonly SourceArgument[],
  source: MaskedSource,
): Schedule | 'once' | undefined {
  const call =
    /^(?:\w{1,40}\.)?(CronTrigger(?:\.from_crontab)?|IntervalTrigger|DateTrigger)\s{0,9}\(/.exec(
      trigger.text,
    );
  const own = call ? (readCall(source, trigger.at + call[0].length - 1)?.args ?? []) : args;
  const kind = call?.[1] ?? readText(source, trigger.text);
  const zoneText = argumentNamed(own, 'timezone')?.text;
  const named = /["'][^"'\n]{1,60}["']/.exec(zoneText ?? '')?.[0];
  const zone = named === undefined ? '' : (readText(source, named) ?? '');
  const timezone = zone !== '' && isTimezone(zone) ? zone : '';
  if (kind === 'date' || kind === 'DateTrigger') return 'once';
  if (kind === 'CronTrigger.from_crontab') {
    const expression = own[0] && readText(source, own[0].text);
    return expression === undefined ? undefined : { expression, timezone };
  }
  if (kind === 'interval' || kind === 'IntervalTrigger') {
    const parts = own.filter(({ name }) => name !== undefined && Object.hasOwn(unitMs, name));
    return parts.length > 0 ? readDelta(parts, source) : undefined;
  }
  if (kind !== 'cron' && kind !== 'CronTrigger') return undefined;
  if (argumentNamed(own, 'year', 'week')) return undefined;
  return toSpring(own, source, timezone);
}

/** Fields below the smallest that is given are at their least, those above it are `*`. */
function toSpring(
  args: readonly SourceArgument[],
  source: MaskedSource,
  timezone: string,
): Schedule | undefined {
  const given = triggerFields.map(([name]) => argumentNamed(args, name));
  const smallest = given.findLastIndex((each) => each !== undefined);
  if (smallest < 0) return undefined;
  const fields = triggerFields.map(([name, least], index) => {
    const value = given[index];
    if (!value) return index > smallest ? least : '*';
    const text = readField(value.text, source);
    if (name === 'day' && text === 'last') return 'L';
    return name === 'day_of_week' ? text && numberWeekdays(text) : text;
  });
  if (fields.includes(undefined)) return undefined;
  const [month, day, weekday, hour, minute, second] = fields;
  const expression = [second, minute, hour, day, month, weekday].join(' ');
  return { expression, timezone, scheduler: 'spring' };
}

/** Monday is 0 here, and 1 in the schedule that is written. */
function numberWeekdays(text: string): string {
  return text.includes('/') ? text : text.replace(/\d/g, (digit) => String(Number(digit) + 1));
}
