import { isTimezone, type Schedule } from '../../schedule.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import type { JobSafeguard, SchedulerReader } from './scheduled-job.ts';
import {
  argumentAt,
  argumentNamed,
  listCalls,
  placeAssigned,
  readCall,
  readNumber,
  readText,
  type SourceArgument,
} from './source-calls.ts';
import { type MaskedSource, maskSource } from './source-mask.ts';

/** Arguments of a DAG, or entries of its default_args, that make its runs survivable. */
const protections: readonly (readonly [
  safeguard: JobSafeguard['safeguard'],
  names: readonly string[],
  says: (value: string) => boolean,
])[] = [
  ['retry', ['retries'], (value) => !/^0$/.test(value)],
  ['alerting', ['on_failure_callback', 'sla_miss_callback'], (value) => value !== 'None'],
  ['alerting', ['email_on_failure'], (value) => value === 'True'],
  ['timeout', ['execution_timeout', 'dagrun_timeout'], (value) => value !== 'None'],
  ['locking', ['max_active_runs'], (value) => value === '1'],
];

/** DAGs of Airflow, with the commands of their BashOperators. Nothing of them is run. */
export const airflowReader: SchedulerReader = {
  name: 'DAGs of Airflow',
  matches: (file, text) =>
    /\.py$/i.test(file) && text.includes('airflow') && /\bDAG\b|@dag\b/.test(text),
  read: (text, file) => {
    const found = collectJobs();
    const source = maskSource(text, file, 'hash');
    if (!/^\s{0,20}(?:from|import)\s{1,9}airflow\b/m.test(source.mask)) return found.finish();
    const calls = [
      ...listCalls(source, /(?<![.\w])(?:\w{1,40}\.){0,3}(?:DAG|@?dag)\s{0,9}\(/g),
    ].filter(
      ({ match, at }) =>
        /DAG\s*\($/.test(match[0]) || source.mask[at] === '@' || source.mask[at - 1] === '@',
    );
    const commands = listCommands(source);
    for (const [index, { at, args, end, match }] of calls.entries()) {
      const line = source.lineOf(at);
      const defaults = readDefaults(args, source);
      const isDecorator = /dag\s*\($/.test(match[0]);
      const id = argumentNamed(args, 'dag_id') ?? argumentAt(args, 0);
      const name =
        (id && readText(source, id.text)) ?? (isDecorator ? functionBelow(source, end) : undefined);
      const until = calls[index + 1]?.at ?? Number.POSITIVE_INFINITY;
      const own = commands.filter((each) => (index === 0 || each.at >= at) && each.at < until);
      found.add({
        name: name ?? (file.split('/').at(-1) ?? file).replace(/\.py$/, ''),
        line,
        schedules: readSchedule(args, defaults, source, found, line),
        ...(own.length === 0
          ? {}
          : { command: { language: 'shell', text: own.map((each) => each.text).join('\n') } }),
        scripts: [file],
        safeguards: listSafeguards(args, defaults, source),
      });
    }
    return found.finish();
  },
};

/** The dictionary of default arguments, written out or by its name. */
function readDefaults(
  args: readonly SourceArgument[],
  source: MaskedSource,
): readonly SourceArgument[] {
  const given = argumentNamed(args, 'default_args');
  if (!given) return [];
  const at = given.text.startsWith('{') ? given.at : placeAssigned(source, given.text);
  if (at === undefined) return [];
  const open = /^(?:dict\s{0,9}\(|\{)/.exec(source.mask.slice(at, at + 40));
  return open ? (readCall(source, at + open[0].length - 1)?.args ?? []) : [];
}

function readSchedule(
  args: readonly SourceArgument[],
  defaults: readonly SourceArgument[],
  source: MaskedSource,
  found: JobCollector,
  line: number,
): Schedule[] {
  const given = argumentNamed(args, 'schedule', 'schedule_interval', 'timetable');
  if (!given) {
    found.flaw(line, 'no schedule is written; what it is depends on the version of Airflow');
    return [];
  }
  const startText =
    (argumentNamed(args, 'start_date') ?? argumentNamed(defaults, 'start_date'))?.text ?? '';
  const starts = followName(startText, source);
  const timetable =
    /^(?:\w{1,40}\.){0,4}(Cron\w{1,40}Timetable|DeltaDataIntervalTimetable)\s{0,9}\(/.exec(
      given.text,
    );
  const inner = timetable ? readCall(source, given.at + timetable[0].length - 1)?.args : undefined;
  const own = inner && (argumentNamed(inner, 'timezone')?.text ?? argumentAt(inner, 1)?.text);
  const timezone = readZone(own === undefined ? starts : followName(own, source), source);
  const value =
    (inner ? (argumentNamed(inner, 'cron', 'delta') ?? inner[0])?.text : given.text) ?? '';
  const start = readStart(starts);
  const base = {
    timezone: timezone ?? '',
    scheduler: 'airflow',
    ...(start ? { start } : {}),
  } as const;
  if (value === 'None') return [];
  const text = readText(source, value);
  const delta = /^(?:\w{1,40}\.)?timedelta\(([^()]{0,200})\)$/.exec(followName(value, source))?.[1];
  if (timezone === undefined)
    found.flaw(line, `the time zone of ${startText.slice(0, 80)} is not known here`);
  if (text !== undefined) return [{ ...base, expression: text }];
  if (delta !== undefined)
    return [{ ...base, expression: `timedelta(${delta.replace(/\s+/g, ' ').trim()})` }];
  found.flaw(
    line,
    /^\[|\b(?:Dataset|Asset)\b/.test(value)
      ? 'it runs when other data changes, at no time of the calendar'
      : `the schedule is not known: its value is set elsewhere (${value.slice(0, 80)})`,
  );
  return [];
}

/** What stands behind a name of the file, or the text itself. */
function followName(text: string, source: MaskedSource): string {
  const at = /^[A-Za-z_]\w{0,80}$/.test(text) ? placeAssigned(source, text) : undefined;
  return at === undefined ? text : (source.text.slice(at, at + 400).split('\n', 1)[0] ?? '').trim();
}

/** The zone of a start date: Airflow's clock is UTC unless that has one. */
function readZone(starts: string, source: MaskedSource): string | undefined {
  const named =
    /\b(?:tz|tzinfo|timezone)\s{0,9}[=(]\s{0,9}(?:(?:\w{1,40}\.){0,3}(?:timezone|ZoneInfo|gettz|Timezone)\(\s{0,9})?(["'][^"'\n]{1,60}["']|[A-Za-z_]\w{0,80})/.exec(
      starts,
    )?.[1] ?? /^["'][^"'\n]{1,60}["']$/.exec(starts)?.[0];
  if (named === undefined) return 'UTC';
  const text = readText(source, named);
  if (text !== undefined) return isTimezone(text) ? text : undefined;
  const behind = followName(named, source);
  if (/\butc\b/i.test(behind)) return 'UTC';
  const zone = /["']([A-Za-z]{1,30}(?:\/[\w+-]{1,40}){0,2})["']/.exec(behind)?.[1];
  return zone !== undefined && isTimezone(zone) ? zone : undefined;
}

function readStart(text: string): string | undefined {
  const match =
    /(?:datetime|DateTime)\(\s{0,9}(?:year\s{0,9}=\s{0,9})?(\d{4})\s{0,9},\s{0,9}(?:month\s{0,9}=\s{0,9})?(\d{1,2})\s{0,9},\s{0,9}(?:day\s{0,9}=\s{0,9})?(\d{1,2})(?:\s{0,9},\s{0,9}(?:hour\s{0,9}=\s{0,9})?(\d{1,2}))?(?:\s{0,9},\s{0,9}(?:minute\s{0,9}=\s{0,9})?(\d{1,2}))?/.exec(
      text,
    );
  if (!match) return undefined;
  const [year, month = '', day = '', hour = '0', minute = '0'] = match.slice(1);
  const two = (part: string): string => part.padStart(2, '0');
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

function listSafeguards(
  args: readonly SourceArgument[],
  defaults: readonly SourceArgument[],
  source: MaskedSource,
): JobSafeguard[] {
  return protections.flatMap(([safeguard, names, says]) =>
    [...args, ...defaults].flatMap(({ name, text, at }): JobSafeguard[] =>
      name !== undefined && names.includes(name) && says(String(readNumber(source, text) ?? text))
        ? [
            {
              line: source.lineOf(at),
              safeguard,
              effect: 'provides',
              summary: `${name} = ${text.slice(0, 80)}`,
            },
          ]
        : [],
    ),
  );
}

function functionBelow(source: MaskedSource, end: number): string | undefined {
  return /\bdef\s{1,9}(\w{1,100})/.exec(source.mask.slice(end, end + 1_000))?.[1];
}

/** The commands of BashOperators, in the order of the file. */
function listCommands(source: MaskedSource): { readonly at: number; readonly text: string }[] {
  return [...listCalls(source, /\bBashOperator\s{0,9}\(/g)].flatMap(({ at, args }) => {
    const given = argumentNamed(args, 'bash_command');
    const text = given && readText(source, given.text);
    return text === undefined ? [] : [{ at, text }];
  });
}
