import { openRuns } from '../../schedule/open-runs.ts';
import { isTimezone } from '../../schedule.ts';
import {
  isMapping,
  type Mapping,
  type Path,
  readYamlTrees,
  type Tree,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import type { JobSafeguard, SchedulerFile, SchedulerReader } from './scheduled-job.ts';

/** Keys at the top of a .gitlab-ci.yml that are no jobs. */
const keywords = new Set([
  'default',
  'include',
  'stages',
  'variables',
  'workflow',
  'image',
  'services',
  'cache',
  'before_script',
  'after_script',
  'spec',
]);

/** Names that Rails gives to zones, which GitLab's interface offers, with their IANA names. */
const railsZones: Readonly<Record<string, string>> = {
  London: 'Europe/London',
  Dublin: 'Europe/Dublin',
  Lisbon: 'Europe/Lisbon',
  Madrid: 'Europe/Madrid',
  Paris: 'Europe/Paris',
  Brussels: 'Europe/Brussels',
  Amsterdam: 'Europe/Amsterdam',
  Berlin: 'Europe/Berlin',
  Bern: 'Europe/Zurich',
  Zurich: 'Europe/Zurich',
  Rome: 'Europe/Rome',
  Vienna: 'Europe/Vienna',
  Prague: 'Europe/Prague',
  Copenhagen: 'Europe/Copenhagen',
  Stockholm: 'Europe/Stockholm',
  Warsaw: 'Europe/Warsaw',
  Budapest: 'Europe/Budapest',
  Athens: 'Europe/Athens',
  Helsinki: 'Europe/Helsinki',
  Kyiv: 'Europe/Kiev',
  Istanbul: 'Europe/Istanbul',
  Moscow: 'Europe/Moscow',
  'Eastern Time (US & Canada)': 'America/New_York',
  'Central Time (US & Canada)': 'America/Chicago',
  'Mountain Time (US & Canada)': 'America/Denver',
  'Pacific Time (US & Canada)': 'America/Los_Angeles',
  Singapore: 'Asia/Singapore',
  'Hong Kong': 'Asia/Hong_Kong',
  Tokyo: 'Asia/Tokyo',
  Seoul: 'Asia/Seoul',
  Mumbai: 'Asia/Kolkata',
  'New Delhi': 'Asia/Kolkata',
  Sydney: 'Australia/Sydney',
  Melbourne: 'Australia/Melbourne',
};

/**
 * Pipelines of GitLab that a schedule starts, and schedules as `/projects/:id/pipeline_schedules`
 * gives them. The times stand on the server only, so that jobs of a .gitlab-ci.yml have none.
 */
export const gitlabReader: SchedulerReader = {
  name: 'GitLab pipeline or its schedules',
  matches: (file, text) =>
    isExport(text) || (/\.gitlab-ci\.ya?ml$/i.test(file) && /\bschedules?\b/.test(text)),
  read(text, file): SchedulerFile {
    const jobs = collectJobs();
    const [tree] = readYamlTrees(text, file);
    if (!tree) jobs.skip(1, 'it cannot be parsed');
    else if (isExport(text)) readExport(tree, jobs);
    else readPipeline(tree, jobs);
    return jobs.finish();
  },
};

function isExport(text: string): boolean {
  return /^\s*[[{]/.test(text) && text.includes('"cron_timezone"') && text.includes('"cron"');
}

function readExport(tree: Tree, jobs: JobCollector): void {
  const isList = Array.isArray(tree.value);
  for (const [index, value] of [tree.value].flat().entries()) {
    const item = toMapping(value);
    const path: Path = isList ? [index] : [];
    const { line } = tree.placeOf([...path, 'cron']);
    const expression = toScalar(item['cron'])?.trim();
    const name = toScalar(item['description']) ?? `schedule ${toScalar(item['id']) ?? ''}`;
    if (!expression) {
      jobs.skip(tree.placeOf(path).line, 'a schedule without "cron"');
      continue;
    }
    const zone = toScalar(item['cron_timezone']) ?? 'UTC';
    const timezone = Object.hasOwn(railsZones, zone) ? (railsZones[zone] ?? zone) : zone;
    const schedule = { expression, timezone, scheduler: 'gitlab' } as const;
    if (!isTimezone(timezone)) jobs.flaw(line, `the zone "${zone}" has no IANA name that is known`);
    else {
      const opened = openRuns(schedule);
      if ('error' in opened)
        jobs.flaw(line, `the schedule "${expression}" cannot be followed: ${opened.error}`);
    }
    const environment = new Map<string, string>();
    for (const variable of toList(item['variables']).map(toMapping)) {
      const [key, written] = [toScalar(variable['key']), toScalar(variable['value'])];
      if (key !== undefined && written !== undefined) environment.set(key, written);
    }
    jobs.add({
      name: name.trim() || 'schedule',
      line,
      schedules: [schedule],
      ...(environment.size === 0 ? {} : { environment }),
      ...(toScalar(item['active']) === 'false' ? { disabled: true as const } : {}),
    });
  }
}

function readPipeline(tree: Tree, jobs: JobCollector): void {
  const root = toMapping(tree.value);
  const inherit = openInheritance(root);
  const scheduled = Object.keys(root)
    .slice(0, 2_000)
    .filter((name) => !keywords.has(name) && !name.startsWith('.') && isScheduled(inherit(name)));
  const names = new Set(scheduled);
  for (const name of scheduled) {
    const job = inherit(name);
    const { line } = tree.placeOf([name]);
    const lines = ['before_script', 'script', 'after_script'].flatMap((key) =>
      listLines(job[key] ?? toMapping(root['default'])[key] ?? root[key]),
    );
    const environment = new Map(
      [root['variables'], job['variables']].flatMap((variables) =>
        Object.entries(toMapping(variables)).flatMap(([key, value]) => {
          const text = toScalar(isMapping(value) ? value['value'] : value);
          return text === undefined ? [] : [[key, text] as const];
        }),
      ),
    );
    const after = toList(job['needs'])
      .map((need) => toScalar(isMapping(need) ? need['job'] : need))
      .filter((need) => need !== undefined && names.has(need)) as string[];
    jobs.flaw(
      line,
      'when this job runs stands on the GitLab server only; export its pipeline_schedules',
    );
    jobs.add({
      name,
      line,
      schedules: [],
      // The runner ends a job at the first command that fails.
      ...(lines.length === 0
        ? {}
        : { command: { text: lines.join('\n'), language: 'shell', stopsAtFailure: true } }),
      ...(environment.size === 0 ? {} : { environment }),
      ...(after.length === 0 ? {} : { after }),
      safeguards: listSafeguards(job, (key) => tree.placeOf([name, key]).line),
    });
  }
}

/** Gives a job with what it `extends`, each worked out once; its own keys win. */
function openInheritance(root: Mapping): (name: string) => Mapping {
  const known = new Map<string, Mapping>();
  const inherit = (name: string, depth: number): Mapping => {
    const found = known.get(name);
    if (found) return found;
    const own = toMapping(root[name]);
    // What extends itself through others finds itself as it is written.
    known.set(name, own);
    let result: Mapping = {};
    for (const base of [own['extends']].flat().slice(0, 20).map(toScalar))
      if (base !== undefined && Object.hasOwn(root, base) && depth < 20)
        result = { ...result, ...inherit(base, depth + 1) };
    const whole = { ...result, ...own };
    known.set(name, whole);
    return whole;
  };
  return (name) => inherit(name, 0);
}

/** Whether a job names the schedule among what starts it. */
function isScheduled(job: Mapping): boolean {
  const only = isMapping(job['only']) ? job['only']['refs'] : job['only'];
  if ([only].flat().some((name) => toScalar(name) === 'schedules')) return true;
  return toList(job['rules']).some((rule) => {
    const condition = toScalar(toMapping(rule)['if']) ?? '';
    const isNever = toScalar(toMapping(rule)['when']) === 'never';
    return !isNever && /\$CI_PIPELINE_SOURCE\s{0,5}==\s{0,5}["']schedule["']/.test(condition);
  });
}

/** The lines of a script, which may be a text, a list, or lists in it. */
function listLines(value: unknown, depth = 0): string[] {
  if (Array.isArray(value) && depth < 10)
    return value.flatMap((item: unknown) => listLines(item, depth + 1));
  const text = toScalar(value);
  return text === undefined ? [] : [text];
}

function listSafeguards(job: Mapping, lineOf: (key: string) => number): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const add = (key: string, safeguard: JobSafeguard['safeguard'], summary: string): void => {
    found.push({ line: lineOf(key), safeguard, effect: 'provides', summary });
  };
  const times = toScalar(isMapping(job['retry']) ? job['retry']['max'] : job['retry']);
  if (Number(times) > 0) add('retry', 'retry', `retry: ${times}`);
  const timeout = toScalar(job['timeout']);
  if (timeout !== undefined) add('timeout', 'timeout', `timeout: ${timeout}`);
  const group = toScalar(job['resource_group']);
  if (group !== undefined) add('resource_group', 'locking', `resource_group: ${group}`);
  if (toScalar(job['allow_failure']) === 'true')
    found.push({
      line: lineOf('allow_failure'),
      safeguard: 'failure-propagation',
      effect: 'defeats',
      summary: 'allow_failure: true',
    });
  return found;
}
