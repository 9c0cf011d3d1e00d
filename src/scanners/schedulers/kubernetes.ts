import { openRuns } from '../../schedule/open-runs.ts';
import type { Schedule } from '../../schedule.ts';
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
import { joinShellWords } from './read-job-words.ts';
import type {
  JobSafeguard,
  ScheduledJob,
  SchedulerFile,
  SchedulerReader,
} from './scheduled-job.ts';

/**
 * CronJob manifests, also several documents, lists of objects and what Helm rendered, by the fields of
 * batch/v1 CronJobSpec. A manifest without `timeZone` is taken to run by UTC, as clusters do unless
 * their controller was given another zone.
 */
export const kubernetesReader: SchedulerReader = {
  name: 'Kubernetes CronJob',
  matches: (_file, text) =>
    text.includes('CronJob') && /^[ \t-]{0,40}["']?kind["']?\s*:\s*["']?CronJob/m.test(text),
  read(text, file): SchedulerFile {
    const jobs = collectJobs();
    for (const tree of readYamlTrees(text, file))
      for (const path of findCronJobs(tree)) readCronJob(tree, path, jobs);
    return jobs.finish();
  },
};

/** The paths of all CronJobs of a document. */
function findCronJobs(tree: Tree): Path[] {
  const root = toMapping(tree.value);
  const kind = toScalar(root['kind']) ?? '';
  if (kind === 'CronJob') return [[]];
  const items = Array.isArray(tree.value) ? tree.value : toList(root['items']);
  const prefix = Array.isArray(tree.value) ? [] : ['items'];
  return items.flatMap((item, index) => {
    const own = toScalar(toMapping(item)['kind']);
    const isCronJob = own === 'CronJob' || (own === undefined && kind === 'CronJobList');
    return isCronJob ? [[...prefix, index]] : [];
  });
}

function readCronJob(tree: Tree, path: Path, jobs: JobCollector): void {
  const lineOf = (...keys: Path): number => tree.placeOf([...path, ...keys]).line;
  const object = toMapping(at(tree.value, path));
  const spec = toMapping(object['spec']);
  const line = lineOf('spec', 'schedule');
  const written = toScalar(spec['schedule'])?.trim();
  if (!written) {
    jobs.skip(line, 'this CronJob has no schedule');
    return;
  }
  const metadata = toMapping(object['metadata']);
  const [namespace, name] = [toScalar(metadata['namespace']), toScalar(metadata['name'])];
  const schedule: Schedule = {
    expression: written,
    timezone: toScalar(spec['timeZone']) ?? 'UTC',
    scheduler: 'kubernetes',
  };
  const opened = openRuns(schedule);
  if ('error' in opened)
    jobs.flaw(
      line,
      /\{\{|\$\{/.test(`${written} ${schedule.timezone}`)
        ? `the schedule "${written}" is filled in when the manifest is rendered`
        : `the schedule "${written}" cannot be followed: ${opened.error}`,
    );
  const template = toMapping(toMapping(spec['jobTemplate'])['spec']);
  const pod = toMapping(toMapping(template['template'])['spec']);
  jobs.add({
    name: [namespace, name ?? 'CronJob'].filter((part) => part !== undefined).join('/'),
    line,
    schedules: [schedule],
    ...readContainers(pod),
    ...(toScalar(spec['suspend']) === 'true' ? { disabled: true as const } : {}),
    safeguards: listSafeguards(spec, template, pod, (...keys) => lineOf('spec', ...keys)),
  });
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      Array.isArray(inner) ? inner[Number(key)] : isMapping(inner) ? inner[key] : undefined,
    value,
  );
}

/** What all containers run, those that prepare the others first, and the values they are given. */
function readContainers(pod: Mapping): Pick<ScheduledJob, 'command' | 'environment'> {
  const environment = new Map<string, string>();
  const commands: { text: string; stops: boolean }[] = [];
  const containers = [...toList(pod['initContainers']), ...toList(pod['containers'])];
  for (const container of containers.slice(0, 50).map(toMapping)) {
    for (const entry of toList(container['env']).map(toMapping)) {
      const [name, value] = [toScalar(entry['name']), toScalar(entry['value'])];
      if (name !== undefined && value !== undefined && !environment.has(name))
        environment.set(name, value);
    }
    const words = [...toList(container['command']), ...toList(container['args'])]
      .map(toScalar)
      .filter((word) => word !== undefined)
      // The kubelet replaces $(NAME) before the container starts.
      .map((word) =>
        word.replace(/\$\(([A-Za-z_]\w*)\)/g, (whole, name) =>
          environment.has(name) ? `\${${name}}` : whole,
        ),
      );
    if (words.length > 0) commands.push(toShell(words));
  }
  return {
    ...(commands.length === 0
      ? {}
      : {
          command: {
            text: commands.map(({ text }) => text).join('\n'),
            language: 'shell' as const,
            ...(commands.every(({ stops }) => stops) ? { stopsAtFailure: true as const } : {}),
          },
        }),
    ...(environment.size === 0 ? {} : { environment }),
  };
}

/** The text that a shell is handed with `-c`, or the words as one command. */
function toShell(words: readonly string[]): { text: string; stops: boolean } {
  const [program = '', ...rest] = words;
  const isShell = /(?:^|\/)(?:ba|da|k|z|a)?sh$/.test(program);
  const option = isShell ? rest.findIndex((word) => /^-[a-z]*c$/.test(word)) : -1;
  const text = option < 0 ? undefined : rest[option + 1];
  if (text === undefined) return { text: joinWithVariables(words), stops: false };
  return { text, stops: rest.slice(0, option + 1).some((word) => /^-[a-z]*e/.test(word)) };
}

/** Words as one command, where variables that the kubelet fills in stay open to their value. */
function joinWithVariables(words: readonly string[]): string {
  return words
    .map((word) =>
      /\$\{[A-Za-z_]\w*\}/.test(word)
        ? `"${word.replace(/["`\\]/g, '\\$&')}"`
        : joinShellWords([word]),
    )
    .join(' ');
}

function listSafeguards(
  spec: Mapping,
  template: Mapping,
  pod: Mapping,
  lineOf: (...keys: Path) => number,
): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const provides = (safeguard: JobSafeguard['safeguard'], keys: Path, summary: string): void => {
    found.push({ line: lineOf(...keys), safeguard, effect: 'provides', summary });
  };
  const policy = toScalar(spec['concurrencyPolicy']);
  if (policy === 'Forbid' || policy === 'Replace')
    provides('locking', ['concurrencyPolicy'], `concurrencyPolicy: ${policy}`);
  const deadline = toScalar(template['activeDeadlineSeconds']);
  if (Number(deadline) > 0)
    provides(
      'timeout',
      ['jobTemplate', 'spec', 'activeDeadlineSeconds'],
      `activeDeadlineSeconds: ${deadline}`,
    );
  const limit = toScalar(template['backoffLimit']);
  if (limit !== undefined) {
    if (Number(limit) > 0)
      provides('retry', ['jobTemplate', 'spec', 'backoffLimit'], `backoffLimit: ${limit}`);
  } else if (toScalar(pod['restartPolicy']) === 'OnFailure')
    provides(
      'retry',
      ['jobTemplate', 'spec', 'template', 'spec', 'restartPolicy'],
      'restartPolicy: OnFailure',
    );
  else if (Object.keys(pod).length > 0)
    provides('retry', ['jobTemplate', 'spec'], 'backoffLimit is not set, which means 6');
  return found;
}
