import { openRuns } from '../../schedule/open-runs.ts';
import type { Schedule } from '../../schedule.ts';
import {
  type Mapping,
  type Path,
  readYamlTrees,
  type Tree,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import { type GithubStep, readGithubSteps } from './github-steps.ts';
import type {
  JobSafeguard,
  ScheduledJob,
  SchedulerFile,
  SchedulerReader,
  SkippedJob,
} from './scheduled-job.ts';

/**
 * Workflows of GitHub Actions that `on.schedule` starts, one job for each of theirs. What only other
 * events start is left out. Without `timezone` GitHub runs by UTC.
 */
export const githubReader: SchedulerReader = {
  name: 'GitHub Actions workflow',
  matches: (file, text) =>
    /\.ya?ml$/i.test(file) &&
    text.includes('cron') &&
    /^[ \t]{1,40}-?[ \t]{0,40}["']?cron["']?[ \t]*:/m.test(text) &&
    /^["']?on["']?[ \t]*:/m.test(text) &&
    /^["']?jobs["']?[ \t]*:/m.test(text),
  read(text, file): SchedulerFile {
    const [tree] = readYamlTrees(text, file);
    const flaws: SkippedJob[] = [];
    const jobs = tree ? readWorkflow(tree, flaws) : [];
    return { jobs, skipped: [], flaws };
  },
};

function readWorkflow(tree: Tree, flaws: SkippedJob[]): ScheduledJob[] {
  const root = toMapping(tree.value);
  const key = Object.hasOwn(root, 'on') ? 'on' : 'true';
  const times = readTimes(tree, [key, 'schedule'], toMapping(root[key])['schedule'], flaws);
  if (times.length === 0) return [];
  const names = new Set(Object.keys(toMapping(root['jobs'])));
  return Object.entries(toMapping(root['jobs']))
    .slice(0, 500)
    .flatMap(([name, job]) => readJob(tree, root, name, toMapping(job), names, times, flaws));
}

function readTimes(tree: Tree, path: Path, value: unknown, flaws: SkippedJob[]): Schedule[] {
  return toList(value)
    .slice(0, 200)
    .flatMap((entry, index) => {
      const expression = toScalar(toMapping(entry)['cron'])?.trim();
      const { line } = tree.placeOf([...path, index]);
      if (expression === undefined) return [];
      const timezone = toScalar(toMapping(entry)['timezone']) ?? 'UTC';
      const schedule: Schedule = { expression, timezone, scheduler: 'github' };
      const opened = openRuns(schedule);
      if ('error' in opened)
        flaws.push({
          line,
          reason: `the schedule "${expression}" cannot be followed: ${opened.error}`,
        });
      return [schedule];
    });
}

function readJob(
  tree: Tree,
  root: Mapping,
  name: string,
  job: Mapping,
  names: ReadonlySet<string>,
  times: readonly Schedule[],
  flaws: SkippedJob[],
): ScheduledJob[] {
  const path: Path = ['jobs', name];
  const condition = toScalar(job['if']) ?? '';
  if (!isScheduled(condition)) return [];
  const { line } = tree.placeOf(path);
  const needs = [job['needs']].flat().map(toScalar);
  const after = needs.filter((needed) => needed !== undefined && names.has(needed)) as string[];
  const called = toScalar(job['uses']);
  if (called !== undefined)
    flaws.push({ line, reason: `what this job does stands in ${called}, which is not read here` });
  const steps = readGithubSteps(tree, path, root, job);
  const shared = {
    line,
    schedules: after.length > 0 ? [] : times.filter((time) => isStartedBy(condition, time)),
    ...(after.length === 0 ? {} : { after }),
    safeguards: [...listSafeguards(tree, path, root, job), ...steps.flatMap(listStepSafeguards)],
  };
  const parts = groupByLanguage(steps);
  if (parts.length === 0) return [{ name, ...shared }];
  return parts.map(({ language, text, environment }, index) => ({
    ...shared,
    name: index === 0 ? name : `${name} (${language})`,
    // GitHub starts bash with -e.
    command: { text, language, stopsAtFailure: true },
    environment,
  }));
}

/** Whether a condition lets the schedule start what it guards. */
function isScheduled(condition: string): boolean {
  const wanted = [
    ...condition.matchAll(/github\.event_name\s{0,5}(==|!=)\s{0,5}["']([\w-]{1,60})["']/g),
  ];
  if (wanted.some(([, sign, event]) => sign === '!=' && event === 'schedule')) return false;
  const equal = wanted.filter(([, sign]) => sign === '==');
  return equal.length === 0 || equal.some(([, , event]) => event === 'schedule');
}

/** `if: github.event.schedule == '30 5 * * 1'` keeps one of several schedules. */
function isStartedBy(condition: string, { expression }: Schedule): boolean {
  const wanted = /github\.event\.schedule\s{0,5}(==|!=)\s{0,5}["']([^"']{1,100})["']/.exec(
    condition,
  );
  if (!wanted) return true;
  return (wanted[2] === expression) === (wanted[1] === '==');
}

function groupByLanguage(steps: readonly GithubStep[]) {
  const languages = new Set(steps.flatMap(({ command }) => (command ? [command.language] : [])));
  return [...languages].map((language) => {
    const own = steps.filter(({ command }) => command?.language === language);
    const environment = new Map<string, string>();
    for (const step of own)
      for (const [key, value] of step.environment)
        if (!environment.has(key)) environment.set(key, value);
    return {
      language,
      text: own.map(({ command }) => command?.text ?? '').join('\n'),
      environment,
    };
  });
}

function listSafeguards(tree: Tree, path: Path, root: Mapping, job: Mapping): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const lineOf = (...keys: Path): number => tree.placeOf(keys).line;
  const minutes = toScalar(job['timeout-minutes']);
  if (minutes !== undefined)
    found.push({
      line: lineOf(...path, 'timeout-minutes'),
      safeguard: 'timeout',
      effect: 'provides',
      summary: `timeout-minutes: ${minutes}`,
    });
  for (const [owner, prefix] of [
    [job, path],
    [root, []],
  ] as const)
    if (owner['concurrency'] !== undefined) {
      found.push({
        line: lineOf(...prefix, 'concurrency'),
        safeguard: 'locking',
        effect: 'provides',
        summary: 'concurrency: one run at a time',
      });
      break;
    }
  if (toScalar(job['continue-on-error']) === 'true')
    found.push({
      line: lineOf(...path, 'continue-on-error'),
      safeguard: 'failure-propagation',
      effect: 'defeats',
      summary: 'continue-on-error: true',
    });
  return found;
}

const notifiers =
  /slack|teams|discord|mail|notif|pagerduty|opsgenie|telegram|mattermost|alert|webhook|create-an-issue/i;

function listStepSafeguards(step: GithubStep): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const { line, condition, uses } = step;
  const says = `${uses} ${step.command?.text ?? ''}`;
  if (/\bfailure\(\)|\balways\(\)/.test(condition) && notifiers.test(says))
    found.push({
      line,
      safeguard: 'alerting',
      effect: 'provides',
      summary: `a step that runs on ${/failure\(\)/.test(condition) ? 'failure' : 'every end'}: ${uses || says.trim()}`,
    });
  if (step.continues)
    found.push({
      line,
      safeguard: 'failure-propagation',
      effect: 'defeats',
      summary: 'continue-on-error: true',
    });
  if (/^[\w-]+\/retry(?:@|$)/.test(uses))
    found.push({ line, safeguard: 'retry', effect: 'provides', summary: `uses: ${uses}` });
  return found;
}
