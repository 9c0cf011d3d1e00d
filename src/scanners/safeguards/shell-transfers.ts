import type { Found } from './found.ts';
import { checkers } from './programs.ts';
import type { Run, ShellRuns } from './shell-run.ts';

/** Why a program does not notice that it failed. */
export interface Oversight {
  readonly says: string;
  /** It takes something else for the data. */
  readonly isAboutContent: boolean;
}

/** Letters of curl's options that take a value. */
const curlValued = 'AbcCdDeEFhHKmoPQrtTuUwxXyYz';

/** The short options of curl in `-sSfo file`, without their values. */
function listCurlLetters(words: readonly string[]): Set<string> {
  const letters = new Set<string>();
  for (let at = 1; at < words.length; at++) {
    const word = words[at] ?? '';
    if (!/^-[A-Za-z#0-9]/.test(word)) continue;
    for (let letter = 1; letter < word.length; letter++) {
      const character = word[letter] ?? '';
      letters.add(character);
      if (!curlValued.includes(character)) continue;
      if (letter === word.length - 1) at++;
      break;
    }
  }
  return letters;
}

/** Retries, time limits, failing on error pages, log files and whole deliveries by a program's own options. */
export function readTransferOptions(run: Run, found: Found): void {
  const { program, words } = run;
  const text = words.join(' ').slice(0, 4_000);
  const has = (pattern: RegExp): boolean => pattern.test(text);
  if (program === 'curl') {
    const letters = listCurlLetters(words);
    if (has(/\s--retry[=\s]+(?!0\b)\S/)) found.provide('retry', run, 'curl --retry tries again');
    if (letters.has('m') || has(/\s--max-time\b/))
      found.provide('timeout', run, 'curl --max-time ends a request that hangs');
    if (letters.has('f') || has(/\s--fail(?:-with-body)?(?:\s|$)/))
      found.provide('failure-propagation', run, 'curl --fail takes an error page for a failure');
  } else if (program === 'wget') {
    if (has(/\s(?:--tries[=\s]?|-t\s?)(?:[02-9]|1\d)/))
      found.provide('retry', run, 'wget tries again');
    if (has(/\s(?:--(?:read-)?timeout\b|-T\s?\d)/))
      found.provide('timeout', run, 'wget gives up on a server that hangs');
  } else if (program === 'lftp') {
    const script = `${text} ${run.input ?? ''}`;
    if (/net:max-retries\s+[1-9]/.test(script)) found.provide('retry', run, 'lftp tries again');
    if (/net:timeout\s+\d/.test(script))
      found.provide('timeout', run, 'lftp gives up on a server that hangs');
  } else if (program === 'rsync') {
    if (has(/\s--timeout[=\s]\d/))
      found.provide('timeout', run, 'rsync gives up on a server that hangs');
    if (!has(/\s--inplace\b/))
      found.provide('whole-delivery', run, 'rsync renames a file when all of it is there');
  } else if (
    program === 'psql' &&
    /ON_ERROR_STOP[=\s]+(?:1|on|true)/i.test(`${text} ${run.input ?? ''}`)
  ) {
    found.provide('failure-propagation', run, 'psql ends at the first error (ON_ERROR_STOP)');
  } else if (program === 'sqlcmd' && has(/\s-\w*b\b/)) {
    found.provide('failure-propagation', run, 'sqlcmd -b reports an error');
  } else if (program === 'sqlplus' && /whenever\s+(?:sql|os)error\s+exit/i.test(run.input ?? '')) {
    found.provide(
      'failure-propagation',
      run,
      'sqlplus ends at the first error (whenever sqlerror exit)',
    );
  } else if (program === 'ncftpput' && has(/\s-[A-Z]*T\b|\s-S\b/)) {
    found.provide('whole-delivery', run, 'the file is renamed when all of it is there');
  }
  if (has(/\s--log-file[=\s]\S/) || (program === 'wget' && has(/\s-[oa]\s\S/)))
    found.provide('traceability', run, `${program} writes a log file`);
  if (has(/statement_timeout/i))
    found.provide('timeout', run, 'the database ends a statement that hangs');
  readWhole(run, text, found);
}

const batches = /^(?:sftp|ftp|lftp|psql|mysql|sqlplus|sqlcmd|isql|bteq|db2)$/;
const half =
  /\.(?:tmp|temp|part|partial|new|filepart|in_?progress|wip)\b|\$\{?\w*(?:tmp|temp|part|new)\w*\}?|(?:^|\/)[._]\w[^/]*$|\/tmp\//i;

/** A delivery that appears at once: written aside and renamed, announced by a second file, or in one transaction. */
function readWhole({ program, words, input, line, column }: Run, text: string, found: Found): void {
  const place = { line, column };
  if (program === 'mv') {
    const [from] = words.slice(1).filter((word) => !word.startsWith('-'));
    if (from !== undefined && half.test(from))
      found.provide('whole-delivery', place, 'a file is written aside and renamed');
  } else if (
    program === 'touch' &&
    /\.(?:done|ok|ready|complete|trg|trigger|fin|flag)\b|_SUCCESS\b/i.test(text)
  ) {
    found.provide('whole-delivery', place, 'a second file tells that the first is complete');
  } else if (batches.test(program)) {
    const script = `${text}\n${input ?? ''}`;
    if (/^\s*(?:rename|mv)\s/im.test(input ?? '') || /;\s*(?:rename|mv)\s/i.test(text))
      found.provide('whole-delivery', place, 'the file is renamed when all of it is there');
    else if (/^\s*put\s[^\n]*\.(?:done|ok|ready|complete|trg|fin|flag)\b/im.test(input ?? ''))
      found.provide('whole-delivery', place, 'a second file tells that the first is complete');
    else if (
      /\s(?:-1|--single-transaction)\b|\bstart\s+transaction\b|\bbegin(?:\s+(?:tran(?:saction)?|work))?\s*;|\bbegin\s+tran/i.test(
        script,
      )
    )
      found.provide('whole-delivery', place, 'all changes are one transaction');
  }
}

/** Where a program succeeds although what it was asked for failed, if nothing else looks at it. */
export function findOversight(run: Run, script: ShellRuns): Oversight | undefined {
  const { program, words } = run;
  const text = words.join(' ').slice(0, 4_000);
  const has = (pattern: RegExp): boolean => pattern.test(text);
  const input = run.input ?? '';
  const unseen = (says: string): Oversight => ({ says, isAboutContent: false });
  switch (program) {
    case 'curl': {
      const letters = listCurlLetters(words);
      const isAsked = letters.has('f') || has(/\s--fail(?:-with-body|-early)?(?:\s|$)/);
      const isHead =
        letters.has('I') || has(/\s--head\b|\s--version\b/) || letters.has('V') || words.length < 2;
      const isFtp = has(/\s"?(?:s?ftps?|scp|file|smb):\/\//);
      if (
        isAsked ||
        isHead ||
        isFtp ||
        has(/http_code|response_code/) ||
        isContentChecked(run, script)
      )
        return undefined;
      return {
        says: 'curl is not told to fail (--fail), and nothing looks at what came: an error page is taken for an answer',
        isAboutContent: true,
      };
    }
    case 'http':
    case 'https':
      return has(/--check-status/) || isContentChecked(run, script)
        ? undefined
        : {
            says: `${program} is not told to fail (--check-status): an error page is taken for an answer`,
            isAboutContent: true,
          };
    case 'wget':
      return has(/\s--content-on-error\b/)
        ? { says: 'wget --content-on-error keeps an error page as data', isAboutContent: true }
        : undefined;
    case 'sftp':
      return has(/\s-\w*b(?:\s|\S)/) || (input === '' && !run.isPiped)
        ? undefined
        : unseen('sftp without -b goes on after an error and reports success');
    case 'ftp':
      return input === '' ? undefined : unseen('ftp reports success whatever the server answered');
    case 'lftp':
      return input !== '' &&
        !/cmd:fail-exit\s+(?:true|yes|on|1)/i.test(`${text} ${input}`) &&
        !input.includes('&&')
        ? unseen('lftp goes on after an error (cmd:fail-exit is off)')
        : undefined;
    // What a file says of it is in the file.
    case 'psql':
      return input.trim().split('\n').length > 1 && !/ON_ERROR_STOP/i.test(`${text} ${input}`)
        ? unseen('psql goes on after an error (ON_ERROR_STOP is not set)')
        : undefined;
    case 'sqlplus':
      return input !== '' &&
        !/whenever\s+(?:sql|os)error\s+exit/i.test(input) &&
        !/^\s*@/m.test(input)
        ? unseen('sqlplus reports success after an error (no "whenever sqlerror exit")')
        : undefined;
    case 'sqlcmd':
      return has(/\s-\w*b\b|\s-i/)
        ? undefined
        : unseen('sqlcmd reports success after an error (no -b)');
    case 'mysql':
      return has(/\s(?:-\w*f|--force)\b/)
        ? unseen('mysql --force goes on after an error')
        : undefined;
    default:
      return undefined;
  }
}

/** Whether something looks at what a request brought: its file, its variable or what it is piped into. */
function isContentChecked(run: Run, script: ShellRuns): boolean {
  return (
    run.pipedInto.some((name) =>
      /^(?:jq|grep|egrep|xmllint|gunzip|unzip|psql|mysql|tar|python3?)$/.test(name),
    ) || isTargetChecked(run, script)
  );
}

/** Whether a later condition looks at the file or variable that takes what a command brings. */
export function isTargetChecked(run: Run, { runs, tests }: ShellRuns): boolean {
  const target = targetOf(run);
  if (target === undefined) return false;
  const at = runs.indexOf(run);
  const pattern = target.startsWith('$')
    ? new RegExp(String.raw`\$\{?${target.replace(/\W/g, '')}\b`)
    : new RegExp(String.raw`(?<![\w./-])${target.replace(/[^\w\s]/g, '\\$&')}(?![\w/-])`);
  const names = (text: string): boolean => pattern.test(text);
  return (
    tests.some(
      ({ text, after }) => after > at && names(text) && !/^\[{1,2}\s+!?\s*-[efd]\s/.test(text),
    ) ||
    runs
      .slice(at + 1)
      .some(
        ({ program, words, fate }) =>
          checkers.has(program) && fate === 'checked' && names(words.join(' ')),
      )
  );
}

/** The file or variable that takes what a request brings. */
function targetOf({ words, variable, redirects }: Run): string | undefined {
  if (variable !== undefined) return `$${variable}`;
  const at = words.findIndex((word) =>
    /^(?:-[A-Za-z]*[oO]|--output|--output-document)$/.test(word),
  );
  const named = at > 0 ? words[at + 1] : undefined;
  const file =
    named ?? words.find((word) => word.startsWith('--output='))?.slice(9) ?? redirects.out?.file;
  return file === undefined || file === '' || file.length > 500 || file === '/dev/null'
    ? undefined
    : file;
}
