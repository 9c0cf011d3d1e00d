import type { SafeguardFact } from '../scripts/facts.ts';
import { isClient } from '../scripts/shell/clients.ts';
import type { Node } from '../scripts/tree-sitter.ts';
import { type Found, openFound } from './found.ts';
import { guards, mailers, reporters, tasks } from './programs.ts';
import { findReceiver } from './services.ts';
import { isWork, type ParseShell, type Run, type ShellRuns } from './shell-run.ts';
import { listRuns } from './shell-runs.ts';
import {
  findOversight,
  isTargetChecked,
  type Oversight,
  readTransferOptions,
} from './shell-transfers.ts';

/** Finds what makes a shell script survivable, and what takes that away, in its syntax tree. */
export function readShellSafeguards(root: Node, parse: ParseShell): SafeguardFact[] {
  const script = listRuns(root, parse);
  if (script.runs.length === 0 && script.redirects.length === 0) return [];
  followFunctions(script.runs);
  const found = openFound();
  const shell = readOptions(script, root, found);
  for (const run of script.runs) {
    readWrappers(run, script, found);
    readMessages(run, script, found);
    readExits(run, script, shell, found);
    readTransferOptions(run, found);
    readLocks(run, found);
    if (run.loop?.isRetry && isWork(run))
      found.provide('retry', run.loop, 'a loop tries again until it works');
  }
  readTests(script, found);
  readOutputs(script, found);
  for (const run of script.runs) readFailures(run, script, shell, found);
  return found.list();
}

/** Options of the shell that holds for a script. */
interface ShellOptions {
  readonly exits: boolean;
  readonly pipes: boolean;
}

function readOptions({ runs }: ShellRuns, root: Node, found: Found): ShellOptions {
  let exits: Run | undefined;
  let pipes: Run | undefined;
  let off: Run | undefined;
  for (const run of runs) {
    if (run.program !== 'set') continue;
    for (const { name, isOn } of listOptions(run.words.slice(1))) {
      if (name === 'errexit') {
        exits = isOn ? (exits ?? run) : undefined;
        off = isOn ? undefined : run;
      } else if (name === 'pipefail') pipes = isOn ? (pipes ?? run) : undefined;
    }
  }
  const first = root.firstChild;
  const isFirst = first?.type === 'comment' && first.startPosition.row === 0;
  const bang = isFirst && /^#!\s*\S+(?:\s+\S+)?\s+-\w*e/.test(first.text.slice(0, 200));
  if (exits)
    found.provide(
      'failure-propagation',
      exits,
      `${exits.source.trim()} ends the script at the first failure`,
    );
  else if (bang)
    found.provide(
      'failure-propagation',
      { line: 1, column: 1 },
      'the shell is started with -e and ends at the first failure',
    );
  else if (off)
    found.defeat('failure-propagation', off, 'set +e lets the script go on after a failure');
  const isOn = exits !== undefined || (bang && off === undefined);
  if (
    pipes &&
    (isOn || runs.some((run) => run.pipedInto.length > 0 && (run.isLast || run.fate === 'checked')))
  )
    found.provide(
      'failure-propagation',
      pipes,
      'with pipefail a pipe fails with any of its commands',
    );
  return { exits: isOn, pipes: pipes !== undefined };
}

/** `-euo pipefail` and its like. */
function listOptions(words: readonly string[]): { name: string; isOn: boolean }[] {
  const options: { name: string; isOn: boolean }[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!/^[-+][a-zA-Z]+$/.test(word)) break;
    const isOn = word.startsWith('-');
    if (word.includes('e')) options.push({ name: 'errexit', isOn });
    if (word.endsWith('o')) options.push({ name: words[++at] ?? '', isOn });
  }
  return options;
}

/** What a function does on failure counts where it is called on failure; its last status is its caller's. */
function followFunctions(runs: readonly Run[]): void {
  const names = new Set(runs.flatMap(({ within }) => (within === undefined ? [] : [within])));
  if (names.size === 0) return;
  const onFailure = new Set<string>();
  for (let round = 0; round < 5; round++) {
    const before = onFailure.size;
    for (const run of runs) {
      if (run.within !== undefined && onFailure.has(run.within)) run.isOnFailure = true;
      const called = run.program === 'trap' ? trapped(run) : run.program;
      if (called !== undefined && names.has(called) && (run.isOnFailure || run.program === 'trap'))
        onFailure.add(called);
    }
    if (onFailure.size === before) break;
  }
  for (const run of runs) {
    if (run.within === undefined || !run.isLast || run.fate !== 'open') continue;
    const calls = runs.filter(
      ({ program, within }) => program === run.within && within !== run.within,
    );
    const call = calls.find(({ fate }) => fate !== 'open') ?? calls.find(({ isLast }) => !isLast);
    if (call && call.fate !== 'open') run.fate = call.fate;
  }
}

/** The function that a trap calls on an error or at the end. */
function trapped({ words }: Run): string | undefined {
  return words.slice(2).some((signal) => /^(?:ERR|EXIT|0)$/i.test(signal))
    ? /^[A-Za-z_][\w-]*/.exec(words[1] ?? '')?.[0]
    : undefined;
}

function readWrappers(run: Run, script: ShellRuns, found: Found): void {
  const all = [...run.wrappers, run.words];
  for (const words of all) {
    const program = (words[0] ?? '').slice((words[0] ?? '').lastIndexOf('/') + 1);
    const line = [program, ...words.slice(1, 10)].join(' ');
    const task = tasks.find(([pattern]) => pattern.test(line))?.[1];
    const effect =
      task ??
      (Object.hasOwn(guards, program) ? guards[program] : undefined) ??
      (Object.hasOwn(reporters, program) ? reporters[program] : undefined);
    if (!effect) continue;
    if (program === 'flock' && words.some((word) => /^-\w*u$|^--unlock$/.test(word))) continue;
    if (/^(?:lockfile|dotlockfile)-remove$/.test(program)) continue;
    for (const safeguard of effect.safeguards) {
      // Without mails nobody reads what these print.
      if (safeguard === 'alerting' && script.values.get('MAILTO') === '') continue;
      found.provide(safeguard, run, effect.says);
    }
  }
}

const requests = /^(?:curl|wget|http|https|xh|nc|ncat|invoke-webrequest)$/;

/** Pings, mails and messages: whether they tell of failures hangs on when they are sent. */
function readMessages(run: Run, script: ShellRuns, found: Found): void {
  const text = run.words.join(' ');
  if (requests.test(run.program)) {
    const receiver = findReceiver(fill(text, script));
    if (/\b8125\b/.test(text) && /^(?:nc|ncat)$/.test(run.program))
      found.provide('monitoring', run, 'reports to StatsD');
    if (receiver) tell(receiver.safeguard, receiver.name, run, found);
    if (/x-(?:request|correlation)-id\s*:|traceparent\s*:/i.test(text))
      found.provide('traceability', run, 'requests carry an id by which they are found in logs');
    return;
  }
  if (mailers.has(run.program)) {
    const hasFile = run.words.some((word) => /^(?:-a|-A|--attach(?:ment)?)$/.test(word));
    if (run.isOnFailure || !hasFile) tell('alerting', run.program, run, found);
    return;
  }
  if (/^aws (?:\S+ ){0,6}sns publish\b/.test(text)) tell('alerting', 'SNS', run, found);
  const name = run.words[0] ?? '';
  if (
    run.isOnFailure &&
    /alert|notif|alarm|pager|slack|mail/i.test(name) &&
    isWork(run) &&
    !isClient(run.program)
  )
    found.provide('alerting', run, `${run.program} is called after a failure`);
}

/** What is named by a variable with a known text also by that text. */
function fill(text: string, { values }: ShellRuns): string {
  return text.replace(
    /\$\{?(\w+)\}?/g,
    (whole, name: string) => `${whole} ${values.get(name) ?? ''}`,
  );
}

function tell(safeguard: 'monitoring' | 'alerting', name: string, run: Run, found: Found): void {
  if (run.isOnFailure) found.provide('alerting', run, `${name} is told of a failure`);
  else if (safeguard === 'alerting')
    found.provide('alerting', run, `weak: ${name} gets a message whether it worked or not`);
  else
    found.provide(
      'monitoring',
      run,
      run.isAfterSuccess || /\$\?/.test(run.source)
        ? `${name} gets a sign of life after a good run`
        : `${name} gets a sign of life`,
    );
}

function readExits(run: Run, { runs }: ShellRuns, shell: ShellOptions, found: Found): void {
  const [program, status] = run.words;
  if (run.wrappers.length > 0 || (program !== 'exit' && program !== 'return')) return;
  if (
    program === 'exit' &&
    run.isOnFailure &&
    status !== undefined &&
    /^(?!0+$)[\d$"{]/.test(status)
  )
    found.provide('failure-propagation', run, `exit ${status} reports a failure`);
  else if (program === 'exit' && status !== undefined && /^"?\$/.test(status))
    found.provide('failure-propagation', run, `exit ${status} hands a status on`);
  else if (
    program === 'exit' &&
    (status === '0' || status === '00') &&
    run.isLast &&
    !run.isOnFailure &&
    run.within === undefined
  ) {
    const unseen = runs
      .slice(0, runs.indexOf(run))
      .some((other) => isLost(other, shell) && isWork(other) && other.within === undefined);
    if (unseen)
      found.defeat('failure-propagation', run, 'exit 0 reports success whatever happened before');
  }
}

/** Whether nothing hears of a command's failure. */
function isLost(run: Run, { exits, pipes }: ShellOptions): boolean {
  if (run.isOnFailure || run.fate === 'checked' || run.fate === 'ignored') return false;
  if (run.isPiped && !pipes) return true;
  if (run.fate === 'unseen') return true;
  return !exits && !run.isLast;
}

function readFailures(run: Run, script: ShellRuns, shell: ShellOptions, found: Found): void {
  const { program, fate } = run;
  if (run.isOnFailure) return;
  if (
    (program === 'true' || program === ':') &&
    run.isLast &&
    fate === 'open' &&
    run.within === undefined
  ) {
    const before = script.runs.slice(0, script.runs.indexOf(run));
    if (before.some((other) => isWork(other) && isLost(other, shell)))
      found.defeat(
        'failure-propagation',
        run,
        `${program} at the end reports success whatever happened before`,
      );
    return;
  }
  if (!isWork(run) || isMessage(run, script)) return;
  // Whoever does not get the lock leaves the work to the run that has it.
  if (fate === 'ignored' && isLockOnly(run)) return;
  if (fate === 'ignored') {
    found.defeat('failure-propagation', run, `a failure of ${program} is ignored`);
    return;
  }
  const oversight: Oversight | undefined = findOversight(run, script);
  if (oversight) {
    found.defeat('failure-propagation', run, oversight.says);
    if (oversight.isAboutContent) found.defeat('content-check', run, oversight.says);
  } else if (isDelivery(run) && isLost(run, shell) && !isTargetChecked(run, script)) {
    const why = run.isPiped && !shell.pipes ? 'is lost in a pipe' : 'is not looked at';
    found.defeat('failure-propagation', run, `whether ${program} worked ${why}`);
  }
}

/** `flock -n 9`: takes a lock for the lines that follow, and runs nothing itself. */
function isLockOnly({ program, words }: Run): boolean {
  return program === 'flock' && /^(?:\d+|\$\{?\w+\}?)$/.test(words.at(-1) ?? '');
}

/** Programs that talk to other systems, and only ask them. */
const questions =
  /^(?:ping|host|dig|nslookup|getent|telnet|nc|ncat|ssh-keyscan|ssh-agent|ssh-add|mail|mailx|sendmail)$/;

function isDelivery({ program }: Run): boolean {
  return isClient(program) && !questions.test(program);
}

function isMessage(run: Run, script: ShellRuns): boolean {
  return (
    mailers.has(run.program) ||
    Object.hasOwn(reporters, run.program) ||
    (requests.test(run.program) && findReceiver(fill(run.words.join(' '), script)) !== undefined)
  );
}

function readLocks(run: Run, found: Found): void {
  const operands = run.words.slice(1).join(' ');
  if (
    run.program === 'mkdir' &&
    run.fate === 'checked' &&
    /lock|mutex/i.test(operands) &&
    !/(?:^|\s)-\w*p/.test(operands)
  )
    found.provide('locking', run, 'mkdir of a lock folder keeps a second run out');
  else if (run.program === 'ln' && run.fate === 'checked' && /lock/i.test(operands))
    found.provide('locking', run, 'a lock file keeps a second run out');
  else if (/^(?:pgrep|pidof)$/.test(run.program) && run.fate === 'checked')
    found.provide('locking', run, `${run.program} keeps a second run out`);
}

function readTests({ tests }: ShellRuns, found: Found): void {
  for (const test of tests) {
    if (/-[efds]\s[^\]]{0,200}(?:lock|\.pid|\.lck)\b/i.test(test.text))
      found.provide('locking', test, 'a lock file keeps a second run out');
    if (
      /\bwc\s+-[lc]|\s-s\s|\b(?:stat|du)\s+-|\$\{?\w*(?:rows?|lines?|count|size|records?|bytes)\b/i.test(
        test.text,
      )
    )
      found.provide('content-check', test, 'the size or the rows of the data are checked');
    else if (/sha\d{1,3}sum|md5sum|checksum|cksum/i.test(test.text))
      found.provide('content-check', test, 'a checksum is compared');
  }
}

const logFile =
  /\.(?:log|err|out|trace)(?:\.|$|[^\w/.])|\/log(?:s)?\/|\$\{?\w*log\w*\}?|(?:^|\/)log[^/]*$/i;

function readOutputs(script: ShellRuns, found: Found): void {
  for (const { out, error, isWhole } of script.redirects) {
    for (const output of [out, error])
      if (output && output.file !== '/dev/null' && logFile.test(output.file))
        found.provide(
          'traceability',
          output,
          output.isAppended || isWhole
            ? 'the output is kept in a log file'
            : 'the output of the last run is kept in a file',
        );
      else if (output && /\.prom(?:\.|$)/.test(output.file))
        found.provide('monitoring', output, 'figures are written for the node exporter');
    if (isWhole && out?.file === '/dev/null' && error?.file === '/dev/null') discard(out, found);
  }
  for (const run of script.runs) {
    const { out, error } = run.redirects;
    if (run.program === 'tee' && run.words.slice(1).some((word) => logFile.test(word)))
      found.provide('traceability', run, 'the output is kept in a log file');
    if (!isWork(run) || run.isOnFailure || isMessage(run, script)) continue;
    if (run.fate === 'checked' && run.isWatched) continue;
    if (out?.file === '/dev/null' && error?.file === '/dev/null') discard(out, found);
    else if (error?.file === '/dev/null' && isDelivery(run) && run.fate !== 'checked')
      found.defeat('traceability', error, 'error messages are thrown away');
  }
}

function discard(place: { readonly line: number; readonly column: number }, found: Found): void {
  found.defeat('traceability', place, 'the output and the error messages are thrown away');
  found.defeat(
    'alerting',
    place,
    'the output is thrown away, so that no mail of the scheduler tells of a failure',
  );
}
