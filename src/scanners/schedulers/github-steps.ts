import {
  type Mapping,
  type Path,
  type Tree,
  toList,
  toMapping,
  toScalar,
} from '../scripts/settings/documents.ts';
import type { CommandLanguage, ScheduledJob } from './scheduled-job.ts';

/** One step of a job, as far as the schedule starts it. */
export interface GithubStep {
  readonly line: number;
  readonly condition: string;
  /** The action it uses; empty where it runs a command. */
  readonly uses: string;
  readonly command?: ScheduledJob['command'];
  readonly environment: ReadonlyMap<string, string>;
  readonly continues: boolean;
}

const languageOfShell: Readonly<Record<string, CommandLanguage>> = {
  bash: 'shell',
  sh: 'shell',
  pwsh: 'powershell',
  powershell: 'powershell',
  cmd: 'batch',
};

/** The steps of a job that a schedule starts, with the values their commands find. */
export function readGithubSteps(tree: Tree, path: Path, root: Mapping, job: Mapping): GithubStep[] {
  const shared = new Map([...readEnvironment(root['env']), ...readEnvironment(job['env'])]);
  const steps: GithubStep[] = [];
  for (const [index, value] of toList(job['steps']).slice(0, 1_000).entries()) {
    const step = toMapping(value);
    const condition = toScalar(step['if']) ?? '';
    if (isForOthers(condition)) continue;
    const uses = toScalar(step['uses']) ?? '';
    const run = toScalar(step['run']) ?? toScalar(toMapping(step['with'])['command']);
    const language = languageOf(step, job, root);
    const folder = toScalar(step['working-directory']) ?? defaultOf('working-directory', job, root);
    const text = run === undefined ? undefined : openExpressions(run, language);
    steps.push({
      line: tree.placeOf([...path, 'steps', index, run === undefined ? 'uses' : 'run']).line,
      condition,
      uses,
      continues: toScalar(step['continue-on-error']) === 'true',
      environment: new Map([...shared, ...readEnvironment(step['env'])]),
      ...(text === undefined || language === undefined
        ? {}
        : { command: { language, text: inFolder(text, folder, language) } }),
    });
  }
  return steps;
}

function isForOthers(condition: string): boolean {
  const events = [
    ...condition.matchAll(/github\.event_name\s{0,5}==\s{0,5}["']([\w-]{1,60})["']/g),
  ];
  if (/github\.event_name\s{0,5}!=\s{0,5}["']schedule["']/.test(condition)) return true;
  return events.length > 0 && !events.some(([, event]) => event === 'schedule');
}

function defaultOf(key: string, job: Mapping, root: Mapping): string | undefined {
  for (const owner of [job, root]) {
    const found = toScalar(toMapping(toMapping(owner['defaults'])['run'])[key]);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** By the shell that is named, else the runner's own; undefined for other languages. */
function languageOf(step: Mapping, job: Mapping, root: Mapping): CommandLanguage | undefined {
  const shell = toScalar(step['shell']) ?? defaultOf('shell', job, root);
  if (shell !== undefined) {
    const name = /^\S+/.exec(shell)?.[0] ?? '';
    return Object.hasOwn(languageOfShell, name) ? languageOfShell[name] : undefined;
  }
  return /windows/i.test([job['runs-on']].flat().map(toScalar).join(' ')) ? 'powershell' : 'shell';
}

/** Values that are written out; those that GitHub fills in stay unknown. */
function readEnvironment(value: unknown): [string, string][] {
  return Object.entries(toMapping(value)).flatMap(([name, written]) => {
    const text = toScalar(written);
    return text === undefined || text.includes('${{') ? [] : [[name, text] as [string, string]];
  });
}

/** `${{ secrets.ERP_URL }}` as a variable of that name, which other files may give a value. */
function openExpressions(text: string, language: CommandLanguage | undefined): string {
  return text.replace(/\$\{\{([^{}]{0,400})\}\}/g, (_, inside: string) => {
    const name = /^\s*[\w-]+(?:\.[\w-]+)*?\.([A-Za-z_]\w*)\s*$/.exec(inside)?.[1] ?? 'EXPRESSION';
    if (language === 'powershell') return `$env:${name}`;
    return language === 'batch' ? `%${name}%` : `\${${name}}`;
  });
}

function inFolder(text: string, folder: string | undefined, language: CommandLanguage): string {
  if (folder === undefined || folder.includes('${{') || language !== 'shell') return text;
  return `cd '${folder.replaceAll("'", "'\\''")}'\n${text}`;
}
