import { readIsoDuration } from '../../schedule/time-span.ts';
import { openXmlTree, type XmlNode } from '../xml-tree.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import { readWindowsCommand, type StartedCommand } from './read-job-words.ts';
import type { JobSafeguard, SchedulerFile, SchedulerReader } from './scheduled-job.ts';
import { readTrigger, type WindowsCalendar, type WindowsTrigger } from './windows-triggers.ts';

/**
 * Tasks of the Windows Task Scheduler as XML, one or many in a file (`schtasks /query /xml ONE`), by
 * the schema http://schemas.microsoft.com/windows/2004/02/mit/task.
 */
export const windowsReader: SchedulerReader = {
  name: 'Windows Task Scheduler XML',
  matches: (_file, text) =>
    text.slice(0, 20_000).includes('schemas.microsoft.com/windows/2004/02/mit/task'),
  read(text, file): SchedulerFile {
    const jobs = collectJobs();
    const tree = openXmlTree(text);
    const names = listComments(text);
    const tasks = tree.all('Task');
    if (tree.isCut)
      jobs.skip(tasks.at(-1)?.line ?? 1, 'the file is too large to be read to its end');
    if (tasks.length === 0) jobs.skip(1, 'it holds no task');
    let next = 0;
    for (const task of tasks) {
      let comment: string | undefined;
      for (; (names[next]?.line ?? Number.POSITIVE_INFINITY) <= task.line; next++)
        comment = names[next]?.name;
      const name = task.text('RegistrationInfo', 'URI') ?? comment ?? baseName(file);
      readTask(task, name.trim(), jobs);
    }
    return jobs.finish();
  },
};

/** The comments that name the task below them: `<!-- \Nordfisk\Stock export -->`. */
function listComments(text: string): { name: string; line: number }[] {
  const found: { name: string; line: number }[] = [];
  let line = 1;
  for (const row of text.split('\n')) {
    const name = /<!--\s{0,20}(\\[^<>]{1,500}?)\s{0,20}-->/.exec(row.slice(0, 2_000))?.[1];
    if (name !== undefined) found.push({ name, line });
    line++;
  }
  return found;
}

function baseName(file: string): string {
  return (file.split('/').at(-1) ?? file).replace(/\.xml$/i, '');
}

function readTask(task: XmlNode, name: string, jobs: JobCollector): void {
  const triggers = task.child('Triggers')?.children ?? [];
  const readings = triggers
    .filter((trigger) => trigger.text('Enabled') !== 'false')
    .map((trigger) => ({ line: trigger.line, ...readTrigger(toTrigger(trigger)) }));
  for (const { line, flaws } of readings) for (const flaw of flaws) jobs.flaw(line, flaw);
  const started = (task.child('Actions')?.children ?? [])
    .filter((action) => action.name === 'Exec')
    .map((action) =>
      readWindowsCommand(action.text('Command') ?? '', action.text('Arguments') ?? ''),
    );
  const principal = task.child('Principals')?.child('Principal');
  const user = principal?.text('UserId') ?? principal?.text('GroupId');
  const settings = task.child('Settings');
  jobs.add({
    name,
    line: triggers[0]?.line ?? task.line,
    schedules: readings.flatMap(({ schedules }) => schedules),
    ...joinCommands(started),
    ...(user === undefined ? {} : { user }),
    ...(settings?.text('Enabled') === 'false' ? { disabled: true as const } : {}),
    safeguards: settings ? listSafeguards(settings) : [],
  });
}

/** Several actions as one command; what is not of the first one's language only starts scripts. */
function joinCommands(started: readonly StartedCommand[]): StartedCommand {
  const commands = started.flatMap(({ command }) => (command ? [command] : []));
  const [first] = commands;
  const scripts = [...new Set(started.flatMap((item) => item.scripts ?? []))];
  return {
    ...(first
      ? {
          command: {
            language: first.language,
            text: commands
              .filter(({ language }) => language === first.language)
              .map(({ text }) => text)
              .join('\n'),
          },
        }
      : {}),
    ...(scripts.length === 0 ? {} : { scripts }),
  };
}

function toTrigger(node: XmlNode): WindowsTrigger {
  const calendar = toCalendar(node);
  const facts = {
    start: node.text('StartBoundary'),
    end: node.text('EndBoundary'),
    interval: node.text('Repetition', 'Interval'),
    duration: node.text('Repetition', 'Duration'),
    randomDelay: node.text('RandomDelay'),
  };
  const known = Object.entries(facts).filter(([, value]) => value !== undefined && value !== '');
  return { kind: node.name, ...Object.fromEntries(known), ...(calendar ? { calendar } : {}) };
}

function toCalendar(node: XmlNode): WindowsCalendar | undefined {
  const names = (schedule: XmlNode, list: string): string[] =>
    (schedule.child(list)?.children ?? []).map(({ name }) => name);
  const texts = (schedule: XmlNode, list: string): string[] =>
    (schedule.child(list)?.children ?? []).map(({ own }) => own);
  for (const schedule of node.children)
    switch (schedule.name) {
      case 'ScheduleByDay':
        return { kind: 'day', every: Number(schedule.text('DaysInterval') ?? 1) };
      case 'ScheduleByWeek':
        return {
          kind: 'week',
          every: Number(schedule.text('WeeksInterval') ?? 1),
          weekdays: names(schedule, 'DaysOfWeek'),
        };
      case 'ScheduleByMonth':
        return {
          kind: 'month',
          months: names(schedule, 'Months'),
          days: texts(schedule, 'DaysOfMonth'),
        };
      case 'ScheduleByMonthDayOfWeek':
        return {
          kind: 'month-weekday',
          months: names(schedule, 'Months'),
          weekdays: names(schedule, 'DaysOfWeek'),
          weeks: texts(schedule, 'Weeks'),
        };
    }
  return undefined;
}

function listSafeguards(settings: XmlNode): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const add = (safeguard: JobSafeguard['safeguard'], node: XmlNode, summary: string): void => {
    found.push({ line: node.line, safeguard, effect: 'provides', summary });
  };
  const restart = settings.child('RestartOnFailure');
  if (restart)
    add(
      'retry',
      restart,
      `RestartOnFailure: ${restart.text('Count') ?? '?'} times, every ${restart.text('Interval') ?? '?'}`,
    );
  const limit = settings.child('ExecutionTimeLimit');
  if (limit && (readIsoDuration(limit.own) ?? 0) > 0)
    add('timeout', limit, `ExecutionTimeLimit: ${limit.own}`);
  const policy = settings.child('MultipleInstancesPolicy');
  if (policy && policy.own !== 'Parallel')
    add('locking', policy, `MultipleInstancesPolicy: ${policy.own}`);
  return found;
}
