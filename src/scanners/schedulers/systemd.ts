import { openRuns } from '../../schedule/open-runs.ts';
import type { Schedule } from '../../schedule.ts';
import type { JobSafeguard, ScheduledJob, SchedulerFile, SkippedJob } from './scheduled-job.ts';
import {
  fillSpecifiers,
  listSpecifiers,
  readUnitCommands,
  readUnitEnvironment,
  type Specifiers,
} from './systemd-commands.ts';
import {
  openUnits,
  type TextFile,
  toTemplate,
  type Unit,
  type UnitSetting,
} from './systemd-units.ts';

/** What is known about a machine beside its unit files. */
export interface TimerContext {
  /** The zone of the machine's clock; empty where it is not known. */
  readonly timezone: string;
  /** Names of the timers that run, where a listing tells them. */
  readonly running?: ReadonlySet<string>;
}

/** What one unit file comes to. */
export interface TimerFile extends SchedulerFile {
  readonly file: string;
}

const triggers = new Set([
  'OnCalendar',
  'OnActiveSec',
  'OnBootSec',
  'OnStartupSec',
  'OnUnitActiveSec',
  'OnUnitInactiveSec',
]);
/** What moves a run, given with the triggers. */
const delays = new Set(['RandomizedDelaySec', 'AccuracySec']);

/**
 * Reads all unit files of one machine or repository: each timer with the service it starts is a job,
 * told under the file of the timer. Templates are told for the instances that a file or listing names.
 */
export function readTimers(files: readonly TextFile[], context: TimerContext): TimerFile[] {
  const units = openUnits(files);
  const found = new Map<
    string,
    { jobs: ScheduledJob[]; skipped: SkippedJob[]; flaws: SkippedJob[] }
  >();
  const of = (file: string) => {
    const known = found.get(file) ?? { jobs: [], skipped: [], flaws: [] };
    found.set(file, known);
    return known;
  };
  const names = [...units.instances, ...(context.running ?? [])];
  for (const unit of units.timers) {
    if (!unit.name.endsWith('@.timer')) {
      readTimer(unit);
      continue;
    }
    const instances = [...new Set(names.filter((name) => toTemplate(name) === unit.name))].sort();
    for (const name of instances) {
      const instance = units.find(name, unit);
      if (instance) readTimer(instance);
    }
    if (instances.length === 0)
      of(unit.file).flaws.push({
        line: 1,
        reason: 'a template of which no file names an instance; if one runs, it is missing here',
      });
  }
  return [...found].map(([file, content]) => ({ file, ...content }));

  function readTimer(timer: Unit): void {
    const { jobs, skipped, flaws } = of(timer.file);
    const specifiers = listSpecifiers(timer.name);
    const timing = readTiming(timer, specifiers, context.timezone);
    for (const problem of timing.refused) of(problem.file).flaws.push(problem);
    const [start] = timing.lines;
    if (start === undefined) {
      if (!timer.isMasked)
        skipped.push({
          line: 1,
          reason: `systemd refuses ${timer.name}: "Timer unit lacks value setting"`,
        });
      return;
    }
    const given = last(timer, 'Timer.Unit')?.value;
    const started = given
      ? fillSpecifiers(given, specifiers)
      : timer.name.replace(/\.timer$/, '.service');
    const service = units.find(started, timer);
    const isOff = context.running !== undefined && !context.running.has(timer.name);
    if (!service)
      flaws.push({
        line: start.line,
        reason: `it starts ${started}, which is not in this source, so what it does is unknown`,
      });
    jobs.push({
      name: timer.name.replace(/\.timer$/, ''),
      line: start.file === timer.file ? start.line : 1,
      schedules: [timing.schedule],
      ...(service ? readService(service, timer, (file, flaw) => of(file).flaws.push(flaw)) : {}),
      ...(isOff ? { disabled: true } : {}),
    });
  }
}

interface Timing {
  readonly schedule: Schedule;
  /** The settings that start the timer. */
  readonly lines: readonly UnitSetting[];
  readonly refused: readonly (SkippedJob & { readonly file: string })[];
}

/** The settings of [Timer] that say when; what systemd would ignore is left out and told. */
function readTiming(timer: Unit, specifiers: Specifiers, timezone: string): Timing {
  let lines: UnitSetting[] = [];
  const moves = new Map<string, string>();
  const refused: (SkippedJob & { readonly file: string })[] = [];
  for (const setting of timer.settings) {
    const name = /^Timer\.(\w+)$/.exec(setting.key)?.[1] ?? '';
    const value = fillSpecifiers(setting.value, specifiers);
    if (delays.has(name)) moves.set(name, value);
    if (!triggers.has(name)) continue;
    // An empty value of any of them forgets all of them.
    if (value === '') {
      lines = [];
      continue;
    }
    const runs = openRuns({ expression: `${name}=${value}`, timezone: '', scheduler: 'systemd' });
    if ('error' in runs)
      refused.push({
        file: setting.file,
        line: setting.line,
        reason: `systemd ignores ${name}=${value.slice(0, 80)}: ${runs.error}`,
      });
    else lines.push({ ...setting, key: name, value });
  }
  const delaysGiven = [...moves].filter(([, value]) => !/^0?$/.test(value));
  const written = [
    ...lines.map(({ key, value }) => `${key}=${value}`),
    ...delaysGiven.map(([key, value]) => `${key}=${value}`),
  ];
  const [only] = lines;
  const isPlain = written.length === 1 && only?.key === 'OnCalendar';
  return {
    lines,
    refused,
    schedule: {
      expression: isPlain ? only.value : written.join('\n'),
      timezone,
      scheduler: 'systemd',
    },
  };
}

type ServiceJob = Pick<ScheduledJob, 'command' | 'environment' | 'user' | 'safeguards'>;

function readService(
  service: Unit,
  timer: Unit,
  flaw: (file: string, flaw: SkippedJob) => void,
): ServiceJob {
  const specifiers = listSpecifiers(service.name);
  const environment = new Map<string, string>();
  let commands: (UnitSetting & { readonly shell: string; readonly ignoresFailure: boolean })[] = [];
  const folder = last(service, 'Service.WorkingDirectory')?.value.replace(/^-/, '');
  const filled = folder === undefined ? undefined : fillSpecifiers(folder, specifiers);
  for (const setting of service.settings) {
    switch (setting.key) {
      case 'Service.ExecStartPre':
      case 'Service.ExecStart':
      case 'Service.ExecStartPost':
        if (setting.value === '') commands = commands.filter(({ key }) => key !== setting.key);
        for (const command of readUnitCommands(setting.value, specifiers, filled))
          commands.push({ ...setting, ...command });
        break;
      case 'Service.Environment':
        if (setting.value === '') environment.clear();
        for (const [name, value] of readUnitEnvironment(setting.value, specifiers))
          if (environment.size < 100) environment.set(name, value);
        break;
      case 'Service.EnvironmentFile':
        if (setting.value !== '')
          flaw(setting.file, {
            line: setting.line,
            reason: `the variables in ${setting.value.slice(0, 120)} are not read`,
          });
        break;
      case 'Service.RemainAfterExit':
        if (/^(?:1|yes|y|true|t|on)$/i.test(setting.value))
          flaw(setting.file, {
            line: setting.line,
            reason: `${service.name} stays active after its first run, so that ${timer.name} starts it only once`,
          });
        break;
    }
  }
  const order = ['Service.ExecStartPre', 'Service.ExecStart', 'Service.ExecStartPost'];
  const sorted = order.flatMap((key) => commands.filter((command) => command.key === key));
  const main = sorted.find(({ key }) => key === 'Service.ExecStart') ?? sorted[0];
  const user = last(service, 'Service.User')?.value;
  const isOfUser = /(?:^|\/)systemd\/user\//.test(service.file);
  return {
    ...(main
      ? {
          command: {
            text: sorted.map(({ shell }) => shell).join('\n'),
            language: 'shell',
            place: { file: main.file, line: main.line },
          },
        }
      : {}),
    environment,
    ...(user ? { user: fillSpecifiers(user, specifiers) } : isOfUser ? {} : { user: 'root' }),
    safeguards: [...listSafeguards(service, timer), ...listIgnored(sorted)],
  };
}

function listSafeguards(service: Unit, timer: Unit): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const add = (
    setting: UnitSetting | undefined,
    safeguard: JobSafeguard['safeguard'],
    effect: JobSafeguard['effect'],
    summary: string,
  ): void => {
    if (setting) found.push({ file: setting.file, line: setting.line, safeguard, effect, summary });
  };
  const written = ({ key, value }: UnitSetting): string => `${key.replace(/^\w+\./, '')}=${value}`;
  const alert = last(service, 'Unit.OnFailure');
  if (alert?.value) add(alert, 'alerting', 'provides', written(alert));
  const retry = last(service, 'Service.Restart');
  if (retry && /^(?:always|on-(?:failure|abnormal|abort|watchdog))$/.test(retry.value))
    add(retry, 'retry', 'provides', written(retry));
  // Of a oneshot service a run is its start; of all others RuntimeMaxSec= ends it.
  const isOneshot = last(service, 'Service.Type')?.value === 'oneshot';
  const limit = isOneshot
    ? lastOf(service, ['Service.TimeoutStartSec', 'Service.TimeoutSec'])
    : last(service, 'Service.RuntimeMaxSec');
  if (limit && !/^(?:0|infinity)?$/.test(limit.value))
    add(limit, 'timeout', 'provides', written(limit));
  const started = timer.settings.find(({ key }) => triggers.has(key.replace(/^Timer\./, '')));
  add(started, 'locking', 'provides', 'a timer starts no second run of a service that still runs');
  const output = last(service, 'Service.StandardOutput');
  if (output?.value === 'null' && last(service, 'Service.StandardError')?.value !== 'journal')
    add(output, 'traceability', 'defeats', written(output));
  return found;
}

/** `ExecStart=-…`: a failure of the command counts as success. */
function listIgnored(
  commands: readonly (UnitSetting & { readonly ignoresFailure: boolean })[],
): JobSafeguard[] {
  return commands
    .filter(({ key, ignoresFailure }) => key === 'Service.ExecStart' && ignoresFailure)
    .map(({ file, line, value }) => ({
      file,
      line,
      safeguard: 'failure-propagation',
      effect: 'defeats',
      summary: `ExecStart=${value}`,
    }));
}

function last(unit: Unit, key: string): UnitSetting | undefined {
  return lastOf(unit, [key]);
}

function lastOf(unit: Unit, keys: readonly string[]): UnitSetting | undefined {
  return unit.settings.findLast((setting) => keys.includes(setting.key));
}

/**
 * Names of the timers in what `systemctl list-timers` or `list-unit-files` prints, or in a list of one
 * name a line.
 */
export function readTimerListing(text: string): Set<string> {
  const names = new Set<string>();
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || line.length > 1000) continue;
    const name = /(?:^|\s)([\w:@\\.-]+\.timer)(?=\s|$)/.exec(line)?.[1];
    const isOff = /\.timer\s+(?:disabled|masked|static|indirect)\b/.test(line);
    if (name !== undefined && !isOff) names.add(name);
  }
  return names;
}
