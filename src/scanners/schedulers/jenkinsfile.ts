import { type GroovyToken, listGroovyTokens } from './groovy-tokens.ts';
import type { CommandLanguage, JobSafeguard, ScheduledJob, SkippedJob } from './scheduled-job.ts';

/** What a pipeline says of when it runs, what it runs, and what protects it. */
export interface Jenkinsfile {
  readonly specs: readonly { readonly text: string; readonly line: number }[];
  readonly command?: NonNullable<ScheduledJob['command']>;
  readonly environment: ReadonlyMap<string, string>;
  readonly safeguards: readonly JobSafeguard[];
  readonly flaws: readonly SkippedJob[];
}

const languageOfStep: Readonly<Record<string, CommandLanguage>> = {
  sh: 'shell',
  bat: 'batch',
  powershell: 'powershell',
  pwsh: 'powershell',
};
const notifiers = new Set([
  'mail',
  'emailext',
  'slackSend',
  'office365ConnectorSend',
  'discordSend',
  'pagerduty',
  'opsgenie',
  'telegramSend',
  'mattermostSend',
]);
/** Blocks that run at the end of a pipeline or after a failure, and those of them that tell no failure. */
const goodEnds = new Set(['success', 'fixed', 'cleanup']);
const ends = new Set([
  ...goodEnds,
  'failure',
  'unsuccessful',
  'unstable',
  'always',
  'changed',
  'catch',
  'finally',
]);
/** Steps that protect what they hold, whether they take a block or stand among the options. */
const protectors: Readonly<Record<string, JobSafeguard['safeguard']>> = {
  retry: 'retry',
  timeout: 'timeout',
  lock: 'locking',
  disableConcurrentBuilds: 'locking',
};

/**
 * Reads a declarative or scripted pipeline without running it: `triggers { cron(…) }`,
 * `pipelineTriggers([cron(…)])`, the steps `sh`, `bat` and `powershell`, and what goes with them.
 * @param firstLine the line of the file that the text begins in
 */
export function readJenkinsfile(text: string, firstLine: number): Jenkinsfile {
  const tokens = listGroovyTokens(text, firstLine);
  const draft: Draft = {
    specs: [],
    commands: [],
    environment: new Map(),
    safeguards: [],
    flaws: [],
  };
  /** The names of the blocks and calls that are open. */
  const open: string[] = [];
  let lastWord = '';
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'text') continue;
    if (token.kind === 'word') {
      lastWord = token.text;
      readWord(tokens, index, token, open, draft);
      continue;
    }
    if ('{(['.includes(token.text))
      open.push(token.text === '{' ? blockName(tokens, index) : lastWord);
    else if ('})]'.includes(token.text)) open.pop();
    if (open.length > 500) break;
    lastWord = '';
  }
  const language = draft.commands[0]?.language;
  const own = draft.commands.filter((command) => command.language === language);
  if (language && own.length < draft.commands.length)
    draft.flaws.push({
      line: firstLine,
      reason: `only its ${language} steps are read, not those of other languages beside them`,
    });
  return {
    specs: draft.specs,
    environment: draft.environment,
    safeguards: draft.safeguards,
    flaws: draft.flaws,
    ...(language
      ? {
          command: {
            text: own.map((step) => step.text).join('\n'),
            language,
            // Jenkins starts `sh -xe` for each step, unless a step names its own interpreter.
            ...(own.some((step) => step.text.trimStart().startsWith('#!'))
              ? {}
              : { stopsAtFailure: true as const }),
          },
        }
      : {}),
  };
}

interface Draft {
  readonly specs: { text: string; line: number }[];
  readonly commands: { text: string; language: CommandLanguage }[];
  readonly environment: Map<string, string>;
  readonly safeguards: JobSafeguard[];
  readonly flaws: SkippedJob[];
}

function readWord(
  tokens: readonly GroovyToken[],
  index: number,
  token: GroovyToken,
  open: readonly string[],
  draft: Draft,
): void {
  const next = tokens[index + 1];
  const name = token.text;
  if (open.at(-1) === 'environment' && next?.text === '=') {
    const value = tokens[index + 2];
    if (value?.kind === 'text') draft.environment.set(name, value.text);
    return;
  }
  if (next?.kind !== 'text' && !(next?.kind === 'sign' && next.text === '(')) {
    readNamedStep(tokens, index, draft);
    // `mail to: '…', subject: '…'`
    if (next?.kind === 'word' && next.line === token.line)
      readProtector(tokens, index, token, open, draft.safeguards);
    return;
  }
  if ((name === 'cron' || name === 'parameterizedCron') && isTrigger(open)) {
    const spec = readSpec(tokens, index, draft.flaws);
    if (spec !== undefined) draft.specs.push({ text: spec, line: token.line });
  } else if (Object.hasOwn(languageOfStep, name)) {
    const language = languageOfStep[name];
    const script = argumentText(tokens, index);
    if (language && script !== undefined) draft.commands.push({ text: script, language });
  } else readProtector(tokens, index, token, open, draft.safeguards);
}

/** `sh script: '…', returnStdout: true`, without parentheses. */
function readNamedStep(tokens: readonly GroovyToken[], index: number, draft: Draft): void {
  const name = tokens[index]?.text ?? '';
  const language = Object.hasOwn(languageOfStep, name) ? languageOfStep[name] : undefined;
  const line = tokens[index]?.line;
  if (!language) return;
  for (let at = index + 1; at < index + 12 && tokens[at]?.line === line; at++)
    if (tokens[at]?.text === 'script' && tokens[at + 2]?.kind === 'text') {
      draft.commands.push({ text: tokens[at + 2]?.text ?? '', language });
      return;
    }
}

function readProtector(
  tokens: readonly GroovyToken[],
  index: number,
  { text: name, line }: GroovyToken,
  open: readonly string[],
  safeguards: JobSafeguard[],
): void {
  const safeguard = Object.hasOwn(protectors, name) ? protectors[name] : undefined;
  if (safeguard)
    safeguards.push({ line, safeguard, effect: 'provides', summary: callText(tokens, index) });
  else if (name === 'catchError')
    safeguards.push({
      line,
      safeguard: 'failure-propagation',
      effect: 'defeats',
      summary: callText(tokens, index),
    });
  else if (notifiers.has(name)) {
    const condition = open.findLast((block) => ends.has(block));
    if (condition !== undefined && !goodEnds.has(condition))
      safeguards.push({
        line,
        safeguard: 'alerting',
        effect: 'provides',
        summary: `${name} in ${condition}`,
      });
  }
}

/** `triggers { … }` or `pipelineTriggers([ … ])` is open. */
function isTrigger(open: readonly string[]): boolean {
  return open.includes('triggers') || open.includes('pipelineTriggers');
}

/** The word before a block: `failure {`, `timeout(time: 1) {`, `catch (e) {`. */
function blockName(tokens: readonly GroovyToken[], at: number): string {
  let index = at - 1;
  if (tokens[index]?.text === ')' && tokens[index]?.kind === 'sign') {
    let depth = 0;
    const least = Math.max(0, index - 200);
    for (; index >= least; index--) {
      const token = tokens[index];
      if (token?.kind !== 'sign') continue;
      if (token.text === ')') depth++;
      if (token.text === '(' && --depth === 0) break;
    }
    index--;
  }
  const token = tokens[index];
  return token?.kind === 'word' ? token.text : '';
}

/** The tokens between the parentheses of a call, or up to the end of its line. */
function argumentsOf(tokens: readonly GroovyToken[], at: number): readonly GroovyToken[] {
  const start = tokens[at + 1];
  if (start?.kind !== 'sign' || start.text !== '(') return tokens.slice(at + 1, at + 2);
  let depth = 0;
  const last = Math.min(tokens.length, at + 400);
  for (let index = at + 1; index < last; index++) {
    const token = tokens[index];
    if (token?.kind !== 'sign') continue;
    if ('([{'.includes(token.text)) depth++;
    if (')]}'.includes(token.text) && --depth === 0) return tokens.slice(at + 2, index);
  }
  return tokens.slice(at + 2, last);
}

/** The text of a step: its only argument, or the one that is called `script`. */
function argumentText(tokens: readonly GroovyToken[], at: number): string | undefined {
  const given = argumentsOf(tokens, at);
  const label = given.findIndex(({ kind, text }) => kind === 'word' && text === 'script');
  const value = label >= 0 ? given[label + 2] : given[0];
  return value?.kind === 'text' ? value.text : undefined;
}

function readSpec(
  tokens: readonly GroovyToken[],
  at: number,
  flaws: SkippedJob[],
): string | undefined {
  const given = argumentsOf(tokens, at);
  const line = tokens[at]?.line ?? 1;
  if (given.length === 1 && given[0]?.kind === 'text') return given[0].text;
  // `cron(env.BRANCH_NAME == 'main' ? 'H 2 * * *' : '')`
  const question = given.findIndex(({ kind, text }) => kind === 'sign' && text === '?');
  const choices = given
    .slice(question + 1)
    .filter(({ kind, text }) => kind === 'text' && text.trim() !== '');
  const [only] = choices;
  if (question >= 0 && only && choices.length === 1) {
    flaws.push({ line, reason: `it runs at "${only.text}" only where a condition holds` });
    return only.text;
  }
  flaws.push({ line, reason: 'its schedule is computed when the pipeline runs' });
  return undefined;
}

function callText(tokens: readonly GroovyToken[], at: number): string {
  const given = argumentsOf(tokens, at).slice(0, 20);
  const inside = given
    .map(({ kind, text }) => (kind === 'text' ? `'${text}'` : text))
    .join(' ')
    .replace(/ ([:,])/g, '$1');
  return `${tokens[at]?.text ?? ''}(${inside})`;
}
