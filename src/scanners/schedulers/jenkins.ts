import { openRuns } from '../../schedule/open-runs.ts';
import type { Schedule } from '../../schedule.ts';
import { openXmlTree, type XmlNode } from '../xml-tree.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import { type Jenkinsfile, readJenkinsfile } from './jenkinsfile.ts';
import type {
  CommandLanguage,
  JobSafeguard,
  ScheduledJob,
  SchedulerFile,
  SchedulerReader,
} from './scheduled-job.ts';

const roots = /<(?:project|flow-definition|maven2-moduleset|matrix-project)[\s>]/;

const languageOfStep: Readonly<Record<string, CommandLanguage>> = {
  'hudson.tasks.Shell': 'shell',
  'hudson.tasks.BatchFile': 'batch',
  'hudson.plugins.powershell.PowerShell': 'powershell',
};

/** Publishers, wrappers and properties of a job, and what they give it. */
const parts: readonly {
  readonly name: RegExp;
  readonly safeguard: JobSafeguard['safeguard'];
}[] = [
  { name: /^hudson\.tasks\.Mailer$|ExtendedEmailPublisher$/, safeguard: 'alerting' },
  {
    name: /SlackNotifier$|Office365ConnectorWebhook|PagerDuty\w*|OpsGenieNotifier$/,
    safeguard: 'alerting',
  },
  { name: /BuildTimeoutWrapper$/, safeguard: 'timeout' },
  { name: /NaginatorPublisher$/, safeguard: 'retry' },
  { name: /DisableConcurrentBuildsJobProperty$/, safeguard: 'locking' },
];

/**
 * Jobs of Jenkins, as their `config.xml` or as a Jenkinsfile. `H` is followed where the path of a
 * `config.xml` tells the job's full name: `jobs/finance/jobs/export/config.xml`.
 */
export const jenkinsReader: SchedulerReader = {
  name: 'Jenkins job',
  matches: (file, text) => isConfig(text) || isJenkinsfile(file, text),
  read(text, file): SchedulerFile {
    const jobs = collectJobs();
    if (isConfig(text)) readConfig(text, file, jobs);
    else jobs.add(toPipelineJob(readJenkinsfile(text, 1), jobName(file), 1, undefined, jobs));
    return jobs.finish();
  },
};

function isConfig(text: string): boolean {
  const head = text.slice(0, 4_000);
  return (
    roots.test(head) &&
    /^\s*<\?xml|^\s*<(?:project|flow|maven2|matrix)/.test(head) &&
    /hudson\.|jenkins|<keepDependencies>/.test(text)
  );
}

function isJenkinsfile(file: string, text: string): boolean {
  if (!/(?:^|\/)(?:Jenkinsfile[\w.-]*|[^/]*\.(?:jenkinsfile|jenkins))$/i.test(file)) return false;
  return /\bpipeline\s*\{|\bnode\b|\bproperties\s*\(/.test(text);
}

/** The name of a job by its place among folders and branches; undefined where the path tells none. */
function fullName(file: string): string | undefined {
  const segments = file.split('/').slice(0, -1);
  const names = segments.flatMap((segment, index) => {
    const isName = index > 0 && /^(?:jobs|branches)$/.test(segments[index - 1] ?? '');
    return isName ? [segment] : [];
  });
  const isWhole = segments.length > 1 && /^(?:jobs|branches)$/.test(segments.at(-2) ?? '');
  return isWhole && file.endsWith('/config.xml') ? names.join('/') : undefined;
}

function jobName(file: string): string {
  const segments = file.split('/');
  const base = (segments.at(-1) ?? '').replace(/\.xml$/i, '');
  return fullName(file) ?? (base === 'config' ? (segments.at(-2) ?? base) : base);
}

function readConfig(text: string, file: string, jobs: JobCollector): void {
  const tree = openXmlTree(text);
  const root = tree.all('project', 'flow-definition', 'maven2-moduleset', 'matrix-project')[0];
  const nodes = tree.every();
  const name = fullName(file);
  const pipeline = readDefinition(nodes, jobs);
  const specs = nodes.flatMap((node) => {
    const spec = /TimerTrigger$/.test(node.name)
      ? (node.child('spec') ?? node.child('parameterizedSpecification'))
      : undefined;
    return spec ? [spec] : [];
  });
  for (const upstream of nodes.filter((node) => node.name === 'upstreamProjects'))
    if (upstream.own !== '')
      jobs.flaw(upstream.line, `it runs after ${upstream.own}, which is another file`);
  const line = specs[0]?.line ?? root?.line ?? 1;
  const job = toPipelineJob(pipeline, jobName(file), line, name, jobs);
  const schedules = specs.flatMap((spec) => toSchedule(spec.own, name, spec.line, jobs));
  const environment = readParameters(nodes);
  for (const [key, value] of job.environment ?? []) environment.set(key, value);
  const shared: ScheduledJob = {
    ...job,
    // A pipeline that sets its triggers has saved them in the configuration too.
    schedules: schedules.length > 0 ? schedules : job.schedules,
    ...(environment.size === 0 ? {} : { environment }),
    ...(root?.text('disabled') === 'true' ? { disabled: true } : {}),
    safeguards: [...(job.safeguards ?? []), ...listSafeguards(nodes, root)],
  };
  addSteps(shared, nodes, jobs);
}

/** The pipeline that the configuration holds, if it does. */
function readDefinition(nodes: readonly XmlNode[], jobs: JobCollector): Jenkinsfile | undefined {
  for (const node of nodes) {
    if (node.name !== 'definition') continue;
    const path = node.child('scriptPath');
    if (path) jobs.flaw(path.line, `its steps stand in ${path.own} of another repository`);
    const script = node.child('script');
    if (script) return readJenkinsfile(script.own, script.line);
  }
  return undefined;
}

/** What the parameters of a job are where nobody sets them. */
function readParameters(nodes: readonly XmlNode[]): Map<string, string> {
  return new Map(
    nodes.flatMap((node) => {
      if (!node.name.endsWith('ParameterDefinition')) return [];
      const [key, value] = [node.text('name'), node.text('defaultValue')];
      return key && value ? [[key, value] as const] : [];
    }),
  );
}

/** The job once for each language of its build steps. */
function addSteps(shared: ScheduledJob, nodes: readonly XmlNode[], jobs: JobCollector): void {
  const steps = new Map<CommandLanguage, string[]>();
  for (const node of nodes) {
    const language = Object.hasOwn(languageOfStep, node.name)
      ? languageOfStep[node.name]
      : undefined;
    const command = language && node.text('command');
    if (!language || !command) continue;
    const texts = steps.get(language) ?? [];
    texts.push(command);
    steps.set(language, texts);
  }
  if (steps.size === 0) jobs.add(shared);
  for (const [index, [language, texts]] of [...steps].entries())
    jobs.add({
      ...shared,
      name: index === 0 ? shared.name : `${shared.name} (${language})`,
      command: {
        text: texts.join('\n'),
        language,
        ...(texts.some((text) => text.startsWith('#!')) ? {} : { stopsAtFailure: true }),
      },
    });
}

function toPipelineJob(
  pipeline: Jenkinsfile | undefined,
  name: string,
  line: number,
  hashName: string | undefined,
  jobs: JobCollector,
): ScheduledJob {
  for (const flaw of pipeline?.flaws ?? []) jobs.flaw(flaw.line, flaw.reason);
  const specs = pipeline?.specs ?? [];
  return {
    name,
    line: specs[0]?.line ?? line,
    schedules: specs.flatMap((spec) => toSchedule(spec.text, hashName, spec.line, jobs)),
    ...(pipeline?.command === undefined ? {} : { command: pipeline.command }),
    ...(pipeline && pipeline.environment.size > 0 ? { environment: pipeline.environment } : {}),
    safeguards: pipeline?.safeguards ?? [],
  };
}

/** The lines of a trigger; the parameters that `%` adds to a line are left out. */
function toSchedule(
  text: string,
  name: string | undefined,
  line: number,
  jobs: JobCollector,
): Schedule[] {
  const expression = text
    .split(/\r?\n/)
    .map((row) => row.replace(/%.*$/, '').trim())
    .filter((row) => row !== '')
    .join('\n');
  if (expression.split('\n').every((row) => row.startsWith('#'))) return [];
  const schedule: Schedule = {
    expression,
    timezone: '',
    scheduler: 'jenkins',
    ...(name === undefined ? {} : { name }),
  };
  const opened = openRuns(schedule);
  if ('error' in opened)
    jobs.flaw(line, `the schedule "${expression}" cannot be followed: ${opened.error}`);
  return [schedule];
}

function listSafeguards(nodes: readonly XmlNode[], root: XmlNode | undefined): JobSafeguard[] {
  const found: JobSafeguard[] = [];
  const add = (safeguard: JobSafeguard['safeguard'], line: number, summary: string): void => {
    found.push({ line, safeguard, effect: 'provides', summary });
  };
  for (const { name, line } of nodes) {
    const part = parts.find((known) => known.name.test(name));
    if (part) add(part.safeguard, line, name);
  }
  const concurrent = root?.child('concurrentBuild');
  if (concurrent?.own === 'false')
    add('locking', concurrent.line, 'concurrentBuild: false, so that a run waits for the last one');
  return found;
}
