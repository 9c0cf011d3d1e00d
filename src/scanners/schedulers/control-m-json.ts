import { monthCodes } from '../../schedule/calendar-names.ts';
import {
  isMapping,
  type Mapping,
  type Path,
  readJsonTree,
  type Tree,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import { openVariables } from './control-m.ts';
import { addConditionedJobs, type ConditionedJob } from './control-m-conditions.ts';
import { type ControlMTimes, toControlMSchedules } from './control-m-times.ts';
import { readCommandLine, type StartedCommand } from './read-job-words.ts';
import type { JobSafeguard, SchedulerFile, SchedulerReader } from './scheduled-job.ts';

const deepest = 12;

/** Jobs as code of the Control-M Automation API: folders and jobs as JSON objects by their names. */
export const controlMJsonReader: SchedulerReader = {
  name: 'Control-M jobs as code (JSON)',
  matches: (_file, text) =>
    /^\s*\{/.test(text) && /"Type"\s{0,20}:\s{0,20}"Job(?::[\w:]{1,60})?"/.test(text),
  read(text, file): SchedulerFile {
    const jobs = collectJobs();
    const tree = readJsonTree(text, file);
    if (!tree) jobs.skip(1, 'it is no JSON');
    else
      addConditionedJobs(readFolder(tree, [], [], toMapping(tree.value)['Defaults'], jobs), jobs);
    return jobs.finish();
  },
};

/** The jobs below a folder; `Flow` objects put them in order, `When` of the folder holds for them. */
function readFolder(
  tree: Tree,
  path: Path,
  names: readonly string[],
  defaults: unknown,
  jobs: JobCollector,
  outer: Mapping = {},
): ConditionedJob[] {
  const folder = toMapping(at(tree, path));
  const shared: Mapping = { ...outer, ...pick(folder, ['Host', 'RunAs', 'When', 'TimeZone']) };
  const found: ConditionedJob[] = [];
  const flows: string[][] = [];
  if (names.length > deepest) return found;
  for (const [name, value] of Object.entries(folder)) {
    const type = isMapping(value) ? (toScalar(value['Type']) ?? '') : '';
    const inner: Path = [...path, name];
    if (/^(?:Simple|Sub)?Folder$/.test(type))
      found.push(...readFolder(tree, inner, [...names, name], defaults, jobs, shared));
    else if (type === 'Flow')
      flows.push([toMapping(value)['Sequence']].flat().flatMap((step) => toScalar(step) ?? []));
    else if (type === 'Job' || type.startsWith('Job:'))
      found.push(
        readJob(
          tree,
          inner,
          [...names, name],
          type,
          { ...toDefaults(defaults, type), ...shared },
          jobs,
        ),
      );
  }
  return orderByFlows(found, flows, names);
}

/** A flow lets each job wait for the one before it. */
function orderByFlows(
  found: ConditionedJob[],
  flows: readonly string[][],
  names: readonly string[],
): ConditionedJob[] {
  const before = new Map<string, string[]>();
  for (const flow of flows)
    for (const [index, name] of flow.entries()) {
      const last = flow[index - 1];
      if (last !== undefined) before.set(name, [...(before.get(name) ?? []), last]);
    }
  if (before.size === 0) return found;
  const toEvent = (name: string): string => `flow ${[...names, name].join('/')}`;
  return found.map((item) => {
    const own = item.job.name.split('/').at(-1) ?? '';
    return {
      ...item,
      gives: [...item.gives, `flow ${item.job.name}`],
      waitsFor: [...item.waitsFor, ...(before.get(own) ?? []).map(toEvent)],
    };
  });
}

function readJob(
  tree: Tree,
  path: Path,
  names: readonly string[],
  type: string,
  shared: Mapping,
  jobs: JobCollector,
): ConditionedJob {
  const own = toMapping(at(tree, path));
  const job: Mapping = { ...shared, ...own };
  const { line } = tree.placeOf(path);
  const times = readTimes(job);
  const reading = toControlMSchedules(times);
  const waitsFor = listEvents(own, 'WaitForEvents');
  const hasTime = times.from !== undefined || times.at !== undefined;
  for (const flaw of reading.flaws) jobs.flaw(line, flaw);
  const [host, user] = [toScalar(job['Host']), toScalar(job['RunAs'])];
  return {
    hasTime,
    missing: reading.missing,
    waitsFor,
    gives: listEvents(own, 'AddEvents'),
    any: false,
    job: {
      name: names.join('/'),
      line,
      schedules: reading.schedules,
      ...readCommand(type, job),
      ...(host === undefined ? {} : { host }),
      ...(user === undefined ? {} : { user }),
      safeguards: listSafeguards(tree, path, own),
    },
  };
}

/** The values that `Defaults` gives to all jobs and to those of a type. */
function toDefaults(defaults: unknown, type: string): Mapping {
  const all = toMapping(defaults);
  const keys = ['Host', 'RunAs', 'When', 'TimeZone'];
  return {
    ...pick(all, keys),
    ...pick(toMapping(all['Job']), keys),
    ...pick(toMapping(all[type]), keys),
  };
}

function pick(mapping: Mapping, keys: readonly string[]): Mapping {
  return Object.fromEntries(
    keys.filter((key) => Object.hasOwn(mapping, key)).map((key) => [key, mapping[key]]),
  );
}

function at(tree: Tree, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isMapping(inner) ? inner[String(key)] : undefined),
    tree.value,
  );
}

function listEvents(job: Mapping, type: string): string[] {
  return Object.values(job).flatMap((value) =>
    isMapping(value) && value['Type'] === type
      ? [value['Events']].flat().flatMap((event) => toScalar(toMapping(event)['Event']) ?? [])
      : [],
  );
}

function readTimes(job: Mapping): ControlMTimes {
  const when = toMapping(job['When']);
  const list = (key: string): string[] =>
    [when[key]].flat().flatMap((value) => toScalar(value)?.split(',') ?? []);
  const rules = toMapping(when['RuleBasedCalendars']);
  const included = [rules['Included']].flat().flatMap((name) => toScalar(name) ?? []);
  const calendars = [
    ...['WeekDaysCalendar', 'MonthDaysCalendar', 'Calendars'].flatMap((key) => list(key)),
    ...Object.entries(toMapping(when['ConfirmationCalendars']))
      .filter(([key]) => key === 'Calendar')
      .flatMap(([, name]) => toScalar(name) ?? []),
    ...included.filter((name) => name !== 'USE PARENT'),
  ];
  const months = list('Months').map((name) => monthCodes.indexOf(name.toUpperCase()) + 1);
  return {
    from: toScalar(when['FromTime']),
    to: toScalar(when['ToTime'])?.replace('>', '') || undefined,
    weekdays: list('WeekDays'),
    monthDays: list('MonthDays'),
    months: months.filter((month) => month > 0),
    both: /^AND$/i.test(toScalar(when['DaysRelation']) ?? ''),
    calendars,
    ...readCycle(job),
    timezone: toScalar(job['TimeZone']) ?? toScalar(when['TimeZone']),
  };
}

function readCycle(job: Mapping): Pick<ControlMTimes, 'everyMinutes' | 'at'> {
  const times = [toMapping(job['RerunSpecificTimes'])['At']]
    .flat()
    .flatMap((time) => toScalar(time) ?? []);
  if (times.length > 0) return { at: times };
  const rerun = toMapping(job['Rerun']);
  const every = Number(toScalar(rerun['Every']));
  if (!(every > 0)) return {};
  const unit = (toScalar(rerun['Units']) ?? 'Minutes').toLowerCase();
  const minutes = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 }[unit] ?? 1;
  return { everyMinutes: every * minutes };
}

function readCommand(
  type: string,
  job: Mapping,
): StartedCommand & { environment?: ReadonlyMap<string, string> } {
  const environment = new Map<string, string>();
  for (const variable of [job['Variables']].flat())
    for (const [name, value] of Object.entries(toMapping(variable))) {
      const text = toScalar(value);
      if (text !== undefined && !text.includes('%%')) environment.set(name, text);
    }
  const values = environment.size === 0 ? {} : { environment };
  const command = toScalar(job['Command']);
  if (type === 'Job:Command' && command !== undefined)
    return { ...readCommandLine(openVariables(command)), ...values };
  const script = toScalar(job['Script']);
  if (type === 'Job:EmbeddedScript' && script !== undefined) {
    const name = toScalar(job['FileName']) ?? '';
    const language = /\.ps1$/i.test(name)
      ? 'powershell'
      : /\.(?:bat|cmd)$/i.test(name)
        ? 'batch'
        : 'shell';
    return { command: { text: openVariables(script), language }, ...values };
  }
  const [folder, name] = [toScalar(job['FilePath']), toScalar(job['FileName'])];
  if (type !== 'Job:Script' || name === undefined) return {};
  const separator = folder?.includes('\\') ? '\\' : '/';
  return { scripts: [folder ? `${folder.replace(/[\\/]+$/, '')}${separator}${name}` : name] };
}

function listSafeguards(tree: Tree, path: Path, job: Mapping): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const times = toScalar(toMapping(job['RerunLimit'])['Times']);
  if (Number(times) > 0 && !isMapping(job['Rerun']))
    found.push({
      line: tree.placeOf([...path, 'RerunLimit']).line,
      safeguard: 'retry',
      effect: 'provides',
      summary: `RerunLimit: ${times}`,
    });
  for (const [key, value] of Object.entries(job)) {
    if (!isMapping(value)) continue;
    const type = toScalar(value['Type']) ?? '';
    const { line } = tree.placeOf([...path, key]);
    const status = toScalar(value['CompletionStatus']) ?? '';
    const isFailure = /^If/.test(type) && !/^OK$/i.test(status);
    if (isFailure)
      for (const action of Object.values(value).filter(isMapping)) {
        const what = (toScalar(action['Type']) ?? '').replace('Action:', '');
        if (/^(?:Mail|Notify|Remedy)/.test(what))
          found.push({
            line,
            safeguard: 'alerting',
            effect: 'provides',
            summary: `if ${status || type}: ${what}`,
          });
        if (/^Rerun/.test(what))
          found.push({
            line,
            safeguard: 'retry',
            effect: 'provides',
            summary: `if ${status || type}: ${what}`,
          });
        if (/^SetToOK/.test(what))
          found.push({
            line,
            safeguard: 'failure-propagation',
            effect: 'defeats',
            summary: `if ${status || type}: ends as OK`,
          });
      }
    if (/^Notify:ExecutionTime|^Notify:Late|^Notify:.*Late/i.test(type))
      found.push({ line, safeguard: 'monitoring', effect: 'provides', summary: type });
    if (
      /^Notify:JobNotOK|^Notify:NotOK|^Notify:AllJobsNotOK/i.test(type) ||
      (/^Notify/.test(type) && /NotOK/i.test(toScalar(value['When']) ?? ''))
    )
      found.push({ line, safeguard: 'alerting', effect: 'provides', summary: type });
  }
  return found;
}
