import { groupBy } from '../../order.ts';
import { isTimezone, type Schedule } from '../../schedule.ts';
import { scanXml, type XmlElement } from '../scripts/settings/read-xml.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import { toInterval } from './interval-schedule.ts';
import type { SchedulerReader, SettingOf } from './scheduled-job.ts';
import { fillSettings } from './setting-text.ts';
import { argumentAt, listCalls, readNumber, readText } from './source-calls.ts';
import { type MaskedSource, maskSource } from './source-mask.ts';

/** Where a trigger is built, up to the statement's end. */
interface Builder {
  readonly text: string;
  readonly at: number;
}

const cronCalls =
  /\b(?:cronSchedule|cronScheduleNonvalidatedExpression|WithCronSchedule|CronSchedule|setCronExpression|new\s{1,9}CronTriggerImpl)\s{0,9}\(/g;
const periodCalls =
  /\.?\b(?:(?:w|W)ithIntervalIn(Seconds|Minutes|Hours)|(?:w|W)ithInterval(?:InMilliseconds)?|(?:r|R)epeat(Secondly|Minutely|Hourly)Forever)\s{0,9}\(/g;
const unitMs: Readonly<Record<string, number>> = {
  Seconds: 1_000,
  Secondly: 1_000,
  Minutes: 60_000,
  Minutely: 60_000,
  Hours: 3_600_000,
  Hourly: 3_600_000,
};

/** Triggers that code builds for Quartz and Quartz.NET. */
export const quartzReader: SchedulerReader = {
  name: 'triggers of Quartz',
  matches: (file, text) =>
    (/\.(?:java|kt|groovy|scala)$/i.test(file) &&
      /\borg\.quartz\b|\bscheduling\.quartz\b/.test(text)) ||
    (/\.cs$/i.test(file) && /\busing\s{1,9}Quartz\b|\bQuartz\./.test(text)),
  read: (text, file, settingOf) => {
    const found = collectJobs();
    const source = maskSource(text, file, 'slashes');
    for (const { at, args } of listCalls(source, cronCalls)) {
      const value = args.find(({ text: each }) => readText(source, each) !== undefined);
      const line = source.lineOf(at);
      const given = value ?? argumentAt(args, 0);
      if (!given) continue;
      const builder = findBuilder(source, at);
      const written = readText(source, given.text) ?? injectedSetting(source, given.text);
      const filled =
        written === undefined ? { missing: given.text } : fillSettings(written, settingOf);
      if ('missing' in filled)
        found.flaw(
          line,
          `the schedule is not known: its value is set elsewhere (${filled.missing})`,
        );
      const expression = 'text' in filled ? filled.text : (written ?? given.text).slice(0, 200);
      const timezone = findZone(builder, source, found, line);
      addTrigger(found, source, builder, at, { expression, timezone, scheduler: 'quartz' });
    }
    for (const { at, args, match } of listCalls(source, periodCalls)) {
      const given = args[0];
      const size = unitMs[match[1] ?? match[2] ?? ''] ?? 1;
      const number = given
        ? readNumber(source, given.text)
        : match[2] === undefined
          ? undefined
          : 1;
      const span = /TimeSpan\.From(Seconds|Minutes|Hours)\(\s{0,9}(\d{1,7})\s{0,9}\)/.exec(
        given?.text ?? '',
      );
      const ms = span ? Number(span[2]) * (unitMs[span[1] ?? ''] ?? 1) : number && number * size;
      if (ms) addTrigger(found, source, findBuilder(source, at), at, toInterval(ms));
      else found.skip(source.lineOf(at), 'the period of the trigger is not written here');
    }
    return found.finish();
  },
};

/** Jobs and triggers of `quartz_data.xml` and of Spring's bean files. */
export const quartzXmlReader: SchedulerReader = {
  name: 'quartz_data.xml',
  matches: (file, text) =>
    /\.(?:xml|config)$/i.test(file) &&
    /<(?:\w+:)?cron-expression>|CronTriggerFactoryBean/.test(text),
  read: (text, _file, settingOf) => {
    const found = collectJobs();
    const elements = scanXml(text);
    const inside = groupBy(elements, ({ parent }) => String(parent));
    const childText = (parent: number, name: string): string | undefined =>
      inside
        .get(String(parent))
        ?.find((each) => each.name === name)
        ?.text.trim();
    const classes = new Map<string, string>();
    for (const [index, { name }] of elements.entries()) {
      if (name !== 'job') continue;
      const type = childText(index, 'job-class') ?? childText(index, 'job-type');
      const job = childText(index, 'name');
      if (job && type) classes.set(`${childText(index, 'group') ?? ''}/${job}`, type);
    }
    for (const [index, element] of elements.entries()) {
      if (element.name === 'cron') {
        const group = childText(index, 'job-group') ?? '';
        const job = childText(index, 'job-name') ?? childText(index, 'name') ?? 'job';
        const type = classes.get(`${group}/${job}`);
        addXmlTrigger(found, element.line, {
          name: group === '' ? job : `${group}.${job}`,
          expression: childText(index, 'cron-expression') ?? '',
          timezone: childText(index, 'time-zone') ?? '',
          script: type === undefined ? undefined : toClassFile(type),
          settingOf,
        });
      } else if (/CronTriggerFactoryBean$/.test(element.attributes.get('class') ?? '')) {
        addXmlTrigger(found, element.line, {
          name: element.attributes.get('id') ?? 'trigger',
          expression: beanProperty(elements, index, 'cronExpression') ?? '',
          timezone: beanProperty(elements, index, 'timeZone') ?? '',
          script: undefined,
          settingOf,
        });
      }
    }
    return found.finish();
  },
};

function beanProperty(
  elements: readonly XmlElement[],
  bean: number,
  name: string,
): string | undefined {
  const index = elements.findIndex(
    (each) =>
      each.parent === bean && each.name === 'property' && each.attributes.get('name') === name,
  );
  const property = elements[index];
  if (!property) return undefined;
  const inner = elements.find((each) => each.parent === index && each.name === 'value');
  return property.attributes.get('value') ?? inner?.text.trim();
}

function addXmlTrigger(
  found: JobCollector,
  line: number,
  trigger: {
    readonly name: string;
    readonly expression: string;
    readonly timezone: string;
    readonly script: string | undefined;
    readonly settingOf: SettingOf | undefined;
  },
): void {
  if (trigger.expression === '') {
    found.skip(line, 'the trigger has no cron expression');
    return;
  }
  const filled = fillSettings(trigger.expression, trigger.settingOf);
  if ('missing' in filled)
    found.flaw(line, `the schedule is not known: its value is set elsewhere (${filled.missing})`);
  const isKnown = trigger.timezone === '' || isTimezone(trigger.timezone);
  if (!isKnown) found.flaw(line, `"${trigger.timezone}" is no time zone`);
  found.add({
    name: trigger.name,
    line,
    schedules: [
      {
        expression: 'text' in filled ? filled.text : trigger.expression,
        timezone: isKnown ? trigger.timezone : '',
        scheduler: 'quartz',
      },
    ],
    ...(trigger.script === undefined ? {} : { scripts: [trigger.script] }),
  });
}

/** `com.acme.ExportJob` and `Acme.Jobs.ExportJob, Acme` as the file that holds the class. */
function toClassFile(type: string): string {
  const [name = '', assembly] = type.split(',');
  return `${name.trim().replaceAll('.', '/')}.${assembly === undefined ? 'java' : 'cs'}`;
}

/** `@Value("${key}") String name`: the setting behind a field. */
function injectedSetting({ text }: MaskedSource, name: string): string | undefined {
  if (!/^\w{1,80}$/.test(name)) return undefined;
  const field = new RegExp(
    `@Value\\(\\s{0,9}"([^"\\n]{1,200})"\\s{0,9}\\)\\s{0,99}(?:\\w{1,40}\\s{1,99}){0,5}${name}\\b`,
  );
  return field.exec(text)?.[1];
}

/** The statement around a place. */
function findBuilder({ text, mask }: MaskedSource, at: number): Builder {
  const before = mask.slice(Math.max(0, at - 2_000), at);
  const start = at - before.length + (/[;{}](?=[^;{}]*$)/.exec(before)?.index ?? -1) + 1;
  const end = /;/.exec(mask.slice(at, at + 3_000))?.index ?? 0;
  return { text: text.slice(start, at + end), at: start };
}

function addTrigger(
  found: JobCollector,
  source: MaskedSource,
  builder: Builder,
  at: number,
  schedule: Schedule,
): void {
  const type = findJobType(source, builder);
  const own = /\b[wW]ithIdentity\(\s{0,99}["']([^"'\n]{1,100})["']/.exec(builder.text)?.[1];
  const extension = /\.\w+$/.exec(source.file)?.[0] ?? '';
  const base = source.file.split('/').at(-1) ?? source.file;
  const name = own ?? type ?? base.replace(/\.\w+$/, '');
  found.add({
    name,
    line: source.lineOf(at),
    schedules: [schedule],
    scripts: [type === undefined ? source.file : `${type}${extension}`],
  });
}

/** The class of the job: named with the trigger, by the job's name, or the only one of the file. */
function findJobType(source: MaskedSource, builder: Builder): string | undefined {
  const direct =
    /\b(?:newJob|NewJob|ScheduleJob|Create)\s{0,9}(?:\(\s{0,9}(\w{1,100})(?:\.|::)class|<\s{0,9}([\w.]{1,100})\s{0,9}>)/;
  const own = direct.exec(builder.text);
  if (own) return lastName(own[1] ?? own[2]);
  const all = [
    ...source.text.matchAll(new RegExp(`${direct.source}|\\bAddJob<([\\w.]{1,100})>`, 'g')),
  ];
  const types = new Set(all.map((match) => lastName(match[1] ?? match[2] ?? match[3])));
  const wanted = /\b[fF]orJob\(\s{0,99}["'](\w[^"'\n]{0,99})["']/.exec(builder.text)?.[1];
  const named = all.find(({ index }) => {
    const after = source.text.slice(index, index + 400).split(';', 1)[0] ?? '';
    return wanted !== undefined && after.includes(`"${wanted}"`);
  });
  if (named) return lastName(named[1] ?? named[2] ?? named[3]);
  return types.size === 1 ? [...types][0] : undefined;
}

function lastName(qualified: string | undefined): string | undefined {
  return qualified?.split('.').at(-1);
}

function findZone(
  { text }: Builder,
  source: MaskedSource,
  found: JobCollector,
  line: number,
): string {
  const match =
    /(?:[iI]nTimeZone|setTimeZone)\(\s{0,99}(?:\w{1,40}\.){0,3}(?:getTimeZone|FindSystemTimeZoneById|of)?\(?\s{0,99}((?:["'][^"'\n]{1,60}["'])|[\w.]{1,80})/.exec(
      text,
    );
  if (!match) return '';
  const zone =
    readText(source, match[1] ?? '') ?? (/\b(?:Utc|UTC)$/.test(match[1] ?? '') ? 'UTC' : '');
  if (zone !== '' && isTimezone(zone)) return zone;
  found.flaw(line, `the time zone ${match[1]} is not known here`);
  return '';
}
