import { monthCodes } from '../../schedule/calendar-names.ts';
import { openXmlTree, type XmlNode } from '../xml-tree.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import { addConditionedJobs, type ConditionedJob } from './control-m-conditions.ts';
import { type ControlMTimes, toControlMSchedules } from './control-m-times.ts';
import { readCommandLine, type StartedCommand } from './read-job-words.ts';
import type { JobSafeguard, SchedulerFile, SchedulerReader } from './scheduled-job.ts';

/** The calendars that name or confirm the days of a job. */
const calendarAttributes = ['DAYSCAL', 'WEEKSCAL', 'CONFCAL'];

/**
 * Job definitions of Control-M as XML (DEFTABLE, DEFJOB, DEFFOLDER), in the names of version 8 and
 * later and of the tables before it. Weekdays count from Sunday as 0.
 */
export const controlMReader: SchedulerReader = {
  name: 'Control-M XML',
  matches: (_file, text) => {
    const head = text.slice(0, 20_000);
    return (
      /<(?:DEFTABLE|DEFJOB|DEFFOLDER|DEFSCHEDTABLE)[\s>]/.test(head) ||
      /<(?:SMART_)?(?:FOLDER|TABLE)\s[^>]{0,4000}>\s{0,200}<JOB\s/.test(head)
    );
  },
  read(text): SchedulerFile {
    const jobs = collectJobs();
    const tree = openXmlTree(text);
    const found = tree.all('JOB');
    if (tree.isCut)
      jobs.skip(found.at(-1)?.line ?? 1, 'the file is too large to be read to its end');
    const rules = new Map(
      tree
        .all('RULE_BASED_CALENDAR')
        .map((rule) => [rule.attributes.get('NAME') ?? '', rule] as const),
    );
    const names = new Map<string, number>();
    const all = found.flatMap((node) => readJob(node, rules, names, jobs));
    addConditionedJobs(all, jobs);
    return jobs.finish();
  },
};

function readJob(
  node: XmlNode,
  rules: ReadonlyMap<string, XmlNode>,
  names: Map<string, number>,
  jobs: JobCollector,
): ConditionedJob[] {
  const given = (name: string): string | undefined =>
    node.attributes.get(name)?.trim() || undefined;
  const { line } = node;
  const own = given('JOBNAME');
  if (own === undefined) {
    jobs.skip(line, 'a job without JOBNAME');
    return [];
  }
  const path = [...listFolders(node), own].join('/');
  const count = (names.get(path) ?? 0) + 1;
  names.set(path, count);
  const times = readTimes(node, rules);
  const reading = toControlMSchedules(times);
  const waits = node.children.filter(({ name }) => name === 'INCOND');
  const hasTime = times.from !== undefined || times.at !== undefined;
  for (const flaw of reading.flaws) jobs.flaw(line, flaw);
  if (given('CONFIRM') === '1') jobs.flaw(line, 'each run waits until somebody confirms it');
  const [host, user] = [given('NODEID'), given('RUN_AS') ?? given('OWNER')];
  const named = (name: string, sign: string): string[] =>
    node.children
      .filter((child) => child.name === name && (child.attributes.get('SIGN') ?? '+') === sign)
      .flatMap((child) => child.attributes.get('NAME') ?? []);
  return [
    {
      hasTime,
      missing: reading.missing,
      waitsFor: named('INCOND', '+'),
      gives: named('OUTCOND', '+'),
      any: waits.some((wait) => /^O/i.test(wait.attributes.get('AND_OR') ?? '')),
      job: {
        name: count === 1 ? path : `${path} (${count})`,
        line,
        schedules: reading.schedules,
        ...readCommand(node),
        ...(host === undefined ? {} : { host }),
        ...(user === undefined ? {} : { user }),
        safeguards: listSafeguards(node, times),
      },
    },
  ];
}

/** The folders around a job, outermost first. */
function listFolders(node: XmlNode): string[] {
  const names: string[] = [];
  for (let at = node.parent; at && names.length < 20; at = at.parent) {
    const name = ['FOLDER_NAME', 'TABLE_NAME', 'SMART_FOLDER_NAME', 'JOBNAME']
      .map((key) => at?.attributes.get(key))
      .find((value) => value);
    if (name !== undefined) names.unshift(name);
  }
  return names;
}

/** The times of a job; days that it leaves to its folder or to a rule of the file come from there. */
function readTimes(node: XmlNode, rules: ReadonlyMap<string, XmlNode>): ControlMTimes {
  const given = (name: string): string | undefined =>
    node.attributes.get(name)?.trim() || undefined;
  const named = node.children
    .filter(({ name }) => name === 'RULE_BASED_CALENDARS')
    .flatMap(({ attributes }) => attributes.get('NAME') ?? []);
  const candidates = [node, ...named.flatMap((name) => rules.get(name) ?? []), ...ancestors(node)];
  const source = candidates.find(hasDays) ?? node;
  const of = (name: string): string => source.attributes.get(name) ?? '';
  const months = monthCodes.map((name) => /^(?:1|Y)/i.test(of(name)));
  const hasMonths = monthCodes.some((name) => source.attributes.has(name));
  const unknown = source === node && hasDays(node) ? [] : named.filter((name) => !rules.has(name));
  return {
    from: given('TIMEFROM'),
    to: given('TIMETO') ?? given('TIMEUNTIL'),
    weekdays: split(of('WEEKDAYS')),
    monthDays: split(of('DAYS')),
    months: hasMonths ? months.flatMap((isNamed, index) => (isNamed ? [index + 1] : [])) : [],
    both: /^A/i.test(of('DAYS_AND_OR')),
    calendars: [
      ...calendarAttributes.flatMap((name) => source.attributes.get(name)?.trim() || []),
      ...unknown,
    ],
    ...readCycle(given),
    timezone: given('TIMEZONE'),
  };
}

function readCycle(
  given: (name: string) => string | undefined,
): Pick<ControlMTimes, 'everyMinutes' | 'fromEnd' | 'at'> {
  if (!/^(?:1|Y)/i.test(given('CYCLIC') ?? '')) return {};
  const times = given('CYCLIC_TIMES_SEQUENCE') ?? given('SPECIFIC_TIMES');
  if (/^S/i.test(given('CYCLIC_TYPE') ?? '') && times !== undefined) return { at: split(times) };
  const [, count, unit = 'M'] = /^(\d{1,6})([SMHD]?)/i.exec(given('INTERVAL') ?? '') ?? [];
  const minutes = { S: 1 / 60, M: 1, H: 60, D: 1440 }[unit.toUpperCase() || 'M'] ?? 1;
  return {
    everyMinutes: count === undefined ? 0 : Number(count) * minutes,
    fromEnd: given('IND_CYCLIC') === 'E',
  };
}

function hasDays({ attributes }: XmlNode): boolean {
  return ['WEEKDAYS', 'DAYS', 'DAYSCAL', 'WEEKSCAL'].some((name) => attributes.get(name)?.trim());
}

function ancestors(node: XmlNode): XmlNode[] {
  const found: XmlNode[] = [];
  for (let at = node.parent; at && found.length < 20; at = at.parent) found.push(at);
  return found;
}

function split(text: string): string[] {
  return text.split(/[,\s]+/).filter((word) => word !== '');
}

function readCommand(
  node: XmlNode,
): StartedCommand & { environment?: ReadonlyMap<string, string> } {
  const given = (name: string): string => node.attributes.get(name)?.trim() ?? '';
  const values = new Map<string, string>();
  for (const child of node.children) {
    if (!/^(?:VARIABLE|AUTOEDIT2?)$/.test(child.name)) continue;
    const name = (child.attributes.get('NAME') ?? '').replace(/^%%\\?/, '');
    const value = child.attributes.get('VALUE');
    if (/^[A-Za-z_]\w*$/.test(name) && value !== undefined && !value.includes('%%'))
      values.set(name, value);
  }
  const isDummy = /^dummy$/i.test(given('TASKTYPE'));
  const line = given('CMDLINE');
  if (line !== '' && !isDummy)
    return {
      ...readCommandLine(openVariables(line)),
      ...(values.size === 0 ? {} : { environment: values }),
    };
  const [folder, member] = [given('MEMLIB'), given('MEMNAME')];
  if (isDummy || !/[./\\]/.test(member + folder) || member === '') return {};
  const separator = folder.includes('\\') ? '\\' : '/';
  return {
    scripts: [folder === '' ? member : `${folder.replace(/[\\/]+$/, '')}${separator}${member}`],
  };
}

/** `%%NAME` as a variable of the shell; two dots after it stand for one, a dot alone joins. */
export function openVariables(line: string): string {
  return line
    .replace(/%%\$?([A-Za-z_]\w*)(\.?)/g, (_, name: string) => `\${${name}}`)
    .replace(/\}\.\.(?=\w)/g, '}.');
}

function listSafeguards(node: XmlNode, times: ControlMTimes): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const add = (
    safeguard: JobSafeguard['safeguard'],
    at: XmlNode,
    summary: string,
    effect: JobSafeguard['effect'] = 'provides',
  ): void => {
    found.push({ line: at.line, safeguard, effect, summary });
  };
  const reruns = node.attributes.get('MAXRERUN') ?? '';
  const isCyclic = times.everyMinutes !== undefined || times.at !== undefined;
  if (Number(reruns) > 0 && !isCyclic) add('retry', node, `MAXRERUN: ${reruns}`);
  for (const child of node.children) {
    if (child.name === 'SHOUT') {
      const when = child.attributes.get('WHEN') ?? '';
      if (/^NOTOK$/i.test(when)) add('alerting', child, `SHOUT WHEN ${when}`);
      else if (/^(?:LATE|EXECTIME)/i.test(when)) add('monitoring', child, `SHOUT WHEN ${when}`);
    }
    if (child.name !== 'ON') continue;
    const code = child.attributes.get('CODE') ?? '';
    if (/^OK$/i.test(code)) continue;
    for (const action of child.children) {
      if (/^(?:DOMAIL|DOSHOUT|DOREMEDY)$/.test(action.name))
        add('alerting', action, `ON ${code}: ${action.name}`);
      if (action.name === 'DOACTION' || action.name === 'DO') {
        const what = action.attributes.get('ACTION') ?? '';
        if (/^OK$/i.test(what))
          add('failure-propagation', action, `ON ${code}: ends as OK`, 'defeats');
        if (/^RERUN$/i.test(what)) add('retry', action, `ON ${code}: RERUN`);
      }
    }
  }
  return found;
}
