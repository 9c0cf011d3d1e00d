import { type AutosysTimes, toAutosysSchedules } from './autosys-times.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import { readCommandLine } from './read-job-words.ts';
import type {
  JobSafeguard,
  ScheduledJob,
  SchedulerFile,
  SchedulerReader,
} from './scheduled-job.ts';

/** One definition of a JIL file: its attributes, and the line of each. */
interface Definition {
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, string>;
  readonly lines: Map<string, number>;
}

const attribute = /^\s{0,200}([a-z]\w{0,60})\s{0,20}:\s?(.*)$/i;

/**
 * Jobs of AutoSys in its Job Information Language. A job in a box without times of its own runs when
 * the box does; one that waits for others is started by them.
 */
export const autosysReader: SchedulerReader = {
  name: 'AutoSys JIL',
  matches: (_file, text) => text.includes('insert_job') && /^[ \t]*insert_job[ \t]*:/m.test(text),
  read(text): SchedulerFile {
    const jobs = collectJobs();
    const definitions = readDefinitions(text, jobs);
    for (const definition of definitions.values()) addJob(definition, definitions, jobs);
    return jobs.finish();
  },
};

function readDefinitions(text: string, jobs: JobCollector): Map<string, Definition> {
  const definitions = new Map<string, Definition>();
  let current: Definition | undefined;
  for (const [index, row] of blankComments(text).split('\n').entries()) {
    const match = attribute.exec(row.slice(0, 20_000).trimEnd());
    if (!match) continue;
    const [, key = '', value = ''] = match;
    const line = index + 1;
    const verb = key.toLowerCase();
    if (/^(?:insert|update|delete|override)_\w+$/.test(verb)) {
      // `insert_job: NAME   job_type: CMD` stands in one line.
      const [, name = '', rest = ''] = /^"?([^\s"]+)"?\s*(.*)$/.exec(value.trim()) ?? [];
      current = openDefinition(verb, name, line, definitions, jobs);
      const type = attribute.exec(rest);
      if (type && current) set(current, type[1] ?? '', type[2] ?? '', line);
    } else if (current) set(current, key, value, line);
  }
  return definitions;
}

function openDefinition(
  verb: string,
  name: string,
  line: number,
  definitions: Map<string, Definition>,
  jobs: JobCollector,
): Definition | undefined {
  if (name === '') {
    if (verb.endsWith('_job')) jobs.skip(line, `${verb} without a name`);
    return undefined;
  }
  if (verb === 'update_job') {
    const known = definitions.get(name);
    if (!known) jobs.skip(line, `it changes ${name}, which the file does not define`);
    return known;
  }
  if (verb === 'delete_job') definitions.delete(name);
  if (verb !== 'insert_job') return undefined;
  const definition = { name, line, values: new Map(), lines: new Map() };
  definitions.set(name, definition);
  return definition;
}

function set(definition: Definition, key: string, written: string, line: number): void {
  const value = written
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .replaceAll('\\:', ':')
    .trim();
  definition.values.set(key.toLowerCase(), value);
  definition.lines.set(key.toLowerCase(), line);
}

/**
 * Comments of both kinds as blanks, so that lines keep their numbers. One begins at the head of a line
 * only: in a command `/*` is a pattern of file names.
 */
function blankComments(text: string): string {
  const rows = text.replaceAll('\r', '').split('\n');
  const lastEnd = rows.findLastIndex((row) => row.includes('*/'));
  let isOpen = false;
  for (const [index, row] of rows.entries()) {
    let rest = row;
    if (!isOpen && /^[ \t]*\/\*/.test(rest) && index <= lastEnd) {
      isOpen = true;
      rest = rest.slice(rest.indexOf('/*') + 2);
    }
    if (isOpen) {
      const end = rest.indexOf('*/');
      isOpen = end < 0;
      rows[index] = isOpen ? '' : rest.slice(end + 2);
    } else if (/^[ \t]*#/.test(rest)) rows[index] = '';
  }
  return rows.join('\n');
}

function addJob(
  definition: Definition,
  definitions: ReadonlyMap<string, Definition>,
  jobs: JobCollector,
): void {
  const { name, line, values } = definition;
  const condition = readCondition(values.get('condition') ?? '');
  const known = condition.after.filter((other) => other !== name && definitions.has(other));
  for (const other of condition.after)
    if (other !== name && !definitions.has(other))
      jobs.flaw(line, `it waits for ${other}, which the file does not define`);
  if (condition.any && known.length > 1)
    jobs.flaw(line, 'any of the jobs before it is enough to start it');
  const started = findStart(definition, definitions, known, jobs);
  const command = values.get('command') ?? '';
  const isCommand = /^(?:c|cmd|)$/i.test(values.get('job_type') ?? '') && command !== '';
  const minutes = Number(values.get('avg_runtime') ?? Number.NaN);
  const machine = values.get('machine') ?? '';
  const user = (values.get('owner') ?? '').replace(/@.*$/, '');
  const status = values.get('status') ?? '';
  const isOff = /^on_?(?:hold|ice|noexec)$/i.test(status);
  const job: ScheduledJob = {
    name,
    line,
    ...started,
    ...(isCommand ? readCommandLine(openGlobals(command)) : {}),
    ...(/^[\w.-]+$/.test(machine) ? { host: machine } : {}),
    ...(user === '' ? {} : { user }),
    ...(minutes > 0 ? { durationMs: minutes * 60_000 } : {}),
    ...(isOff ? { disabled: true } : {}),
    safeguards: listSafeguards(definition, condition.notRunning),
  };
  jobs.add(job);
}

/** What starts a job: its own times, the jobs it waits for, else what starts its box. */
function findStart(
  definition: Definition,
  definitions: ReadonlyMap<string, Definition>,
  after: readonly string[],
  jobs: JobCollector,
): Pick<ScheduledJob, 'schedules' | 'after'> {
  const followed = after.length === 0 ? {} : { after };
  const box = boxOf(definition, definitions);
  if (isTimed(definition)) {
    const { schedules, flaws } = toAutosysSchedules(toTimes(definition));
    for (const flaw of flaws) jobs.flaw(definition.line, flaw);
    if (box) jobs.flaw(definition.line, `it runs at its times only while its box ${box.name} runs`);
    return { schedules, ...followed };
  }
  if (after.length > 0) return { schedules: [], ...followed };
  const name = definition.values.get('box_name') ?? '';
  if (name !== '' && !box)
    jobs.flaw(definition.line, `it runs with its box ${name}, which the file does not define`);
  let outer = box;
  for (let depth = 0; outer && depth < 50; depth++) {
    if (isTimed(outer)) return { schedules: toAutosysSchedules(toTimes(outer)).schedules };
    const self = outer.name;
    const before = readCondition(outer.values.get('condition') ?? '').after.filter(
      (other) => other !== self && other !== definition.name && definitions.has(other),
    );
    if (before.length > 0) return { schedules: [], after: before };
    outer = boxOf(outer, definitions);
  }
  return { schedules: [] };
}

function boxOf(
  { values }: Definition,
  definitions: ReadonlyMap<string, Definition>,
): Definition | undefined {
  return definitions.get(values.get('box_name') ?? '');
}

function isTimed({ values }: Definition): boolean {
  return /^(?:1|y|yes|true|t)$/i.test(values.get('date_conditions') ?? '');
}

function toTimes({ values }: Definition): AutosysTimes {
  const list = (key: string): string[] =>
    (values.get(key) ?? '').split(/[,\s]+/).filter((word) => word !== '');
  return {
    daysOfWeek: list('days_of_week').map((day) => day.toLowerCase()),
    startTimes: list('start_times'),
    startMinutes: list('start_mins'),
    runCalendar: values.get('run_calendar') ?? '',
    excludeCalendar: values.get('exclude_calendar') ?? '',
    runWindow: values.get('run_window') ?? '',
    timezone: values.get('timezone') ?? '',
  };
}

/** The jobs whose end a condition asks for, and those that must not run at the same time. */
function readCondition(text: string): { after: string[]; notRunning: string[]; any: boolean } {
  const after: string[] = [];
  const notRunning: string[] = [];
  const terms =
    /\b(success|done|failure|terminated|notrunning|exitcode|[sdftne])\s{0,5}\(\s{0,5}([^(),\s]{1,200})\s{0,5}(?:,[^()]{0,40})?\)/gi;
  for (const [, kind = '', name = ''] of text.slice(0, 20_000).matchAll(terms))
    if (/^n/i.test(kind)) notRunning.push(name);
    else after.push(name);
  return {
    after: [...new Set(after)],
    notRunning,
    any: /\||\bor\b/i.test(text),
  };
}

/** `$$NAME` is a global variable of AutoSys. */
function openGlobals(command: string): string {
  return command.replace(/\$\$(?:\{(\w+)\}|(\w+))/g, (_, braced, bare) => `\${${braced ?? bare}}`);
}

function listSafeguards(definition: Definition, notRunning: readonly string[]): JobSafeguard[] {
  const { values, lines } = definition;
  const found: JobSafeguard[] = [];
  const add = (
    key: string,
    safeguard: JobSafeguard['safeguard'],
    isSet: (value: string) => boolean,
  ): void => {
    const value = values.get(key);
    if (value !== undefined && isSet(value))
      found.push({
        line: lines.get(key) ?? definition.line,
        safeguard,
        effect: 'provides',
        summary: `${key}: ${value}`,
      });
  };
  const isYes = (value: string): boolean => /^(?:1|y|yes|true|t)$/i.test(value);
  const isPositive = (value: string): boolean => Number(value) > 0;
  add('alarm_if_fail', 'alerting', isYes);
  add('send_notification', 'alerting', (value) => /^(?:1|y|yes|f|true|t)$/i.test(value));
  add('max_run_alarm', 'monitoring', isPositive);
  add('must_complete_times', 'monitoring', (value) => value !== '');
  add('n_retrys', 'retry', isPositive);
  add('term_run_time', 'timeout', isPositive);
  add('std_err_file', 'traceability', (value) => !/^(?:|\/dev\/null|nul)$/i.test(value));
  if (notRunning.length > 0)
    found.push({
      line: lines.get('condition') ?? definition.line,
      safeguard: 'locking',
      effect: 'provides',
      summary: `condition: not while ${notRunning.join(', ')} runs`,
    });
  return found;
}
