import type { Schedule } from '../../schedule.ts';
import { collectJobs } from './collect-jobs.ts';
import { readPeriod, toInterval } from './interval-schedule.ts';
import type { JobSafeguard, ScheduledJob, SchedulerReader, SettingOf } from './scheduled-job.ts';
import { fillSettings } from './setting-text.ts';
import {
  argumentNamed,
  listCalls,
  readCall,
  readNumber,
  readText,
  type SourceArgument,
} from './source-calls.ts';
import { type MaskedSource, maskSource } from './source-mask.ts';

type Framework = 'spring' | 'quarkus' | 'micronaut';

const imports: readonly (readonly [Framework, RegExp])[] = [
  ['spring', /\borg\.springframework\.scheduling\.annotation\.(?:Scheduled\b|\*|_)/],
  ['quarkus', /\bio\.quarkus\.scheduler\.(?:Scheduled\b|\*|_)/],
  ['micronaut', /\bio\.micronaut\.scheduling\.annotation\.(?:Scheduled\b|\*|_)/],
];

/** Annotations on a scheduled method that make it survivable. */
const protections: readonly (readonly [RegExp, JobSafeguard['safeguard']])[] = [
  [/@SchedulerLock\b/g, 'locking'],
  [/@DisallowConcurrentExecution\b/g, 'locking'],
  [/@Retry(?:able)?\b/g, 'retry'],
  [/@Timeout\b/g, 'timeout'],
  [/@TimeLimiter\b/g, 'timeout'],
];

const unitMs: Readonly<Record<string, number>> = {
  NANOSECONDS: 1e-6,
  MICROSECONDS: 1e-3,
  MILLISECONDS: 1,
  SECONDS: 1_000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
};

const setElsewhere = (what: string, key: string): string =>
  `${what} is not known: its value is set elsewhere (${key})`;

/** `@Scheduled` on methods of Spring, Quarkus and Micronaut. */
export const springReader: SchedulerReader = {
  name: '@Scheduled of Spring, Quarkus or Micronaut',
  matches: (file, text) => /\.(?:java|kt|groovy|scala)$/i.test(file) && text.includes('@Scheduled'),
  read: (text, file, settingOf) => {
    const found = collectJobs();
    const source = maskSource(text, file, 'slashes');
    const framework = imports.find(([, pattern]) => pattern.test(source.mask))?.[0];
    if (!framework) return found.finish();
    const jobs = new Map<string, ScheduledJob>();
    for (const { at, args, end } of listCalls(source, /@(?:\w{1,40}\.){0,9}Scheduled\s{0,20}\(/g)) {
      const line = source.lineOf(at);
      const read = readSchedule(args, framework, source, settingOf);
      if ('skipped' in read) {
        found.skip(line, read.skipped);
        continue;
      }
      for (const reason of read.flaws) found.flaw(line, reason);
      const method = findMethod(source, end);
      const name = `${findClass(source, at)}.${method?.name ?? `line ${line}`}`;
      const known = jobs.get(name);
      const schedules = [...(known?.schedules ?? []), ...read.schedules];
      jobs.set(name, {
        name,
        line: known?.line ?? line,
        schedules,
        scripts: [file],
        ...(read.disabled && schedules.length === 0 ? { disabled: true } : {}),
        safeguards: [
          ...(known?.safeguards ?? []),
          ...read.safeguards.map((each) => ({ ...each, line })),
          ...(known ? [] : listProtections(source, at, method?.at ?? end)),
        ],
      });
    }
    for (const job of jobs.values()) found.add(job);
    return found.finish();
  },
};

interface ReadSchedule {
  readonly schedules: readonly Schedule[];
  readonly flaws: readonly string[];
  readonly disabled?: true;
  readonly safeguards: readonly Omit<JobSafeguard, 'line'>[];
}

function readSchedule(
  args: readonly SourceArgument[],
  framework: Framework,
  source: MaskedSource,
  settingOf: SettingOf | undefined,
): ReadSchedule | { readonly skipped: string } {
  const flaws: string[] = [];
  const safeguards = listAttributes(args);
  /** The text of an argument, filled; a flaw where that is not known. */
  const fill = (argument: SourceArgument, what: string): string | undefined => {
    const written = readText(source, argument.text);
    const filled =
      written === undefined ? { missing: argument.text } : fillSettings(written, settingOf);
    if ('text' in filled) return filled.text;
    flaws.push(setElsewhere(what, filled.missing.slice(0, 80)));
    return undefined;
  };
  const off = { schedules: [], flaws, safeguards, disabled: true } as const;
  const cron = argumentNamed(args, 'cron');
  if (cron) {
    const zoneArgument = argumentNamed(args, 'zone', 'timeZone', 'zoneId');
    const timezone = (zoneArgument && fill(zoneArgument, 'the time zone')) ?? '';
    const expression = fill(cron, 'the schedule');
    if (expression === undefined)
      return { schedules: [toCron(showValue(source, cron), '', 'spring')], flaws, safeguards };
    if (/^(?:-|off|disabled)?$/i.test(expression)) return off;
    return { schedules: [toCron(expression, timezone, framework)], flaws, safeguards };
  }
  const every = argumentNamed(
    args,
    'fixedRate',
    'fixedDelay',
    'fixedRateString',
    'fixedDelayString',
    'every',
  );
  if (!every)
    return {
      skipped: argumentNamed(args, 'initialDelay', 'initialDelayString', 'delay')
        ? 'it runs once, some time after the start'
        : 'it has neither a cron expression nor a period',
    };
  const unit = argumentNamed(args, 'timeUnit')?.text.split('.').at(-1) ?? 'MILLISECONDS';
  const size = unitMs[unit] ?? 1;
  const number = readNumber(source, every.text);
  const text = number === undefined ? fill(every, 'the period') : undefined;
  if (number === undefined && text === undefined) return { schedules: [], flaws, safeguards };
  if (text !== undefined && /^(?:-|off|disabled)$/i.test(text)) return off;
  const plain = /^\d{1,15}$/.test(text ?? '') ? Number(text) : undefined;
  // Spring reads a bare number in the unit that is given, Quarkus in seconds.
  const ms =
    number !== undefined
      ? number * size
      : plain !== undefined
        ? plain * (framework === 'quarkus' ? 1_000 : size)
        : readPeriod(text ?? '');
  if (ms === undefined || ms <= 0) return { skipped: `"${text ?? every.text}" is no period` };
  if (ms % 1_000 !== 0)
    flaws.push(`it runs every ${ms} ms, which is told in whole seconds, one at least`);
  return { schedules: [toInterval(ms)], flaws, safeguards };
}

/** A value that is not known, as it is written. */
function showValue(source: MaskedSource, { text }: SourceArgument): string {
  return (readText(source, text) ?? text).slice(0, 200);
}

/** Quarkus reads the syntax of Quartz; Micronaut also five fields. */
function toCron(expression: string, timezone: string, framework: Framework): Schedule {
  if (framework === 'quarkus') return { expression, timezone, scheduler: 'quartz' };
  const isShort = framework === 'micronaut' && expression.split(/\s+/).length === 5;
  return { expression: isShort ? `0 ${expression}` : expression, timezone, scheduler: 'spring' };
}

function listAttributes(args: readonly SourceArgument[]): Omit<JobSafeguard, 'line'>[] {
  const concurrent = argumentNamed(args, 'concurrentExecution')?.text ?? '';
  return /\bSKIP$/.test(concurrent)
    ? [{ safeguard: 'locking', effect: 'provides', summary: `concurrentExecution = ${concurrent}` }]
    : [];
}

/** The name of the method behind an annotation, other annotations left out, and where it begins. */
function findMethod(
  source: MaskedSource,
  from: number,
): { readonly name: string; readonly at: number } | undefined {
  const pattern = /(@?)([\w.$]{1,120})\s{0,20}\(|[{;]|}(?!\s{0,20}\))/g;
  pattern.lastIndex = from;
  for (let match = pattern.exec(source.mask); match; match = pattern.exec(source.mask)) {
    if (match.index > from + 4_000 || match[2] === undefined) return undefined;
    if (match[1] === '') return { name: match[2], at: match.index };
    pattern.lastIndex = readCall(source, pattern.lastIndex - 1)?.end ?? pattern.lastIndex;
  }
  return undefined;
}

/** The class around a place: the last that begins before it. */
function findClass(source: MaskedSource, at: number): string {
  const before = source.mask.slice(Math.max(0, at - 100_000), at);
  const names = [...before.matchAll(/\b(?:class|interface|object|record)\s{1,9}([A-Z]\w{0,120})/g)];
  const file = /([^/]+?)(?:\.\w+)?$/.exec(source.file)?.[1] ?? source.file;
  return names.at(-1)?.[1] ?? file;
}

/** Other annotations of the method, above and below the schedule. */
function listProtections(source: MaskedSource, at: number, end: number): JobSafeguard[] {
  const before = source.mask.slice(Math.max(0, at - 2_000), at);
  const start = at - before.length + (/[;{}][^;{}]*$/.exec(before)?.index ?? 0);
  const around = source.mask.slice(start, end);
  return protections.flatMap(([pattern, safeguard]) =>
    [...around.matchAll(pattern)].map(
      ({ index, 0: summary }): JobSafeguard => ({
        line: source.lineOf(start + index),
        safeguard,
        effect: 'provides',
        summary,
      }),
    ),
  );
}
