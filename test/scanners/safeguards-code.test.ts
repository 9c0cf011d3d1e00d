import { describe, expect, test } from 'vitest';
import { readCodeSafeguards } from '../../src/scanners/safeguards/read-code-safeguards.ts';
import { scan } from './scan.ts';

/** The safeguards of a program whose first connection is in line 99. */
function list(language: string, text: string): string[] {
  return readCodeSafeguards(language, text, { line: 99, column: 1 }).map(
    ({ line, effect, safeguard }) => `${line} ${effect === 'provides' ? '+' : '-'} ${safeguard}`,
  );
}

const ends = '99 + failure-propagation';
const hides = '- failure-propagation';

test.each<[string, string, string[]]>([
  ['python', 'x = 1\n', [ends]],
  ['python', '# @retry\ns = "@retry"\n', [ends]],
  ['python', '@retry(stop=stop_after_attempt(3))\ndef f(): pass\n', ['1 + retry', ends]],
  ['python', '@backoff.on_exception(backoff.expo, Error)\ndef f(): pass\n', ['1 + retry', ends]],
  ['python', 's.mount("x", HTTPAdapter(max_retries=3))\n', ['1 + retry', ends]],
  ['python', 's.mount("x", HTTPAdapter(max_retries=0))\n', [ends]],
  ['python', 'import logging\nlogging.basicConfig()\n', ['2 + traceability', ends]],
  ['python', 'try:\n    f()\nexcept:\n    pass\n', [`3 ${hides}`]],
  ['python', 'try:\n    f()\nexcept Exception as e:\n    # never mind\n    pass\n', [`3 ${hides}`]],
  ['python', 'try:\n    f()\nexcept Exception: pass\n', [`3 ${hides}`]],
  ['python', 'try:\n    f()\nexcept KeyError:\n    pass\n', [ends]],
  ['python', 'try:\n    f()\nexcept Exception:\n    raise\n', [ends]],
  ['python', 'sys.exit(1)\n', ['1 + failure-propagation', ends]],
  ['python', 'sys.exit(0)\n', [ends]],
  ['python', 'sys.exit( 0 )\n', [ends]],
  ['python', 'r = requests.get(u)\nf(r.text)\n', ['1 - content-check', `1 ${hides}`]],
  [
    'python',
    'r = requests.get(u, timeout=5)\nr.raise_for_status()\n',
    ['1 + timeout', '2 + failure-propagation', ends],
  ],
  [
    'python',
    'r = requests.get(u, timeout=None)\nr.raise_for_status()\n',
    ['2 + failure-propagation', ends],
  ],
  ['python', 'if not rows:\n    raise X\n', ['1 + content-check', ends]],
  ['python', 'os.replace(a, b)\n', ['1 + whole-delivery', ends]],
  ['python', 'fcntl.flock(f, fcntl.LOCK_EX)\n', ['1 + locking', ends]],
  [
    'python',
    'try:\n    f()\nexcept Exception as e:\n    smtplib.SMTP(h).send(e)\n    raise\n',
    ['4 + alerting', ends],
  ],
  ['python', 'smtplib.SMTP(h).send(report)\n', [ends]],
  [
    'python',
    'HOOK = "https://hooks.slack.com/services/x"\ndef tell(e):\n    post(HOOK, e)\ntry:\n    f()\nexcept Exception as e:\n    tell(e)\n    raise\n',
    ['1 + alerting', ends],
  ],
  ['python', 'f()\nget("https://hc-ping.com/abc")\n', ['2 + monitoring', ends]],
  ['python', '# get("https://hc-ping.com/abc")\n', [ends]],
  ['python', 'sentry_sdk.init(dsn)\n', ['1 + alerting', ends]],
  ['typescript', 'try { f(); } catch (e) { }\n', [`1 ${hides}`]],
  ['typescript', 'try { f(); } catch { /* fine */ }\n', [`1 ${hides}`]],
  ['typescript', 'try { f(); } catch (e) { log(e); throw e; }\n', [ends]],
  ['typescript', 'f().catch(() => {});\n', [`1 ${hides}`]],
  ['typescript', '// catch (e) {}\nconst s = "catch (e) {}";\n', [ends]],
  [
    'typescript',
    'const r = await fetch(u);\nreturn r.json();\n',
    ['1 - content-check', `1 ${hides}`],
  ],
  ['typescript', 'const r = await fetch(u);\nif (!r.ok) throw r;\n', [ends]],
  [
    'typescript',
    'await fetch(u, { signal: AbortSignal.timeout(5) });\nr.ok;\n',
    ['1 + timeout', ends],
  ],
  ['typescript', 'process.exit(1);\n', ['1 + failure-propagation', ends]],
  ['typescript', 'process.exitCode = 0;\n', [ends]],
  ['typescript', 'headers["X-Request-ID"] = id;\n', ['1 + traceability', ends]],
  ['java', '@Retryable\nvoid f() {}\n', ['1 + retry', ends]],
  ['java', 'try { f(); } catch (IOException e) {\n}\n', [`1 ${hides}`]],
  ['java', '@Transactional\nvoid f() {}\n', ['1 + whole-delivery', ends]],
  ['csharp', 'Policy.Handle<X>().WaitAndRetryAsync(3, f);\n', ['1 + retry', ends]],
  ['csharp', 'try { F(); } catch { }\n', [`1 ${hides}`]],
  [
    'csharp',
    'var r = await c.GetAsync(u);\nr.EnsureSuccessStatusCode();\n',
    ['2 + failure-propagation', ends],
  ],
  ['csharp', 'var r = await c.GetAsync(u);\n', ['1 - content-check', `1 ${hides}`]],
  ['ruby', 'f rescue nil\n', [`1 ${hides}`]],
  ['powershell', "$ErrorActionPreference = 'Stop'\n", ['1 + failure-propagation']],
  ['powershell', "<#\n$ErrorActionPreference = 'Stop'\n#>\n", []],
  ['powershell', "# $ErrorActionPreference = 'Stop'\n", []],
  ['powershell', 'Copy-Item a b -ErrorAction SilentlyContinue\n', [`1 ${hides}`]],
  ['powershell', 'Start-Transcript -Path x.log\n', ['1 + traceability']],
  ['powershell', 'try { F } catch { Send-MailMessage -To o }\n', ['1 + alerting']],
  ['powershell', 'Send-MailMessage -To o\n', []],
  ['sql', 'whenever sqlerror exit failure\n', ['1 + failure-propagation']],
  ['sql', '-- whenever sqlerror exit failure\n', []],
  [
    'sql',
    'whenever sqlerror continue\ncreate link;\nwhenever sqlerror exit 1\n',
    ['3 + failure-propagation'],
  ],
  ['sql', 'whenever sqlerror continue\n', [`1 ${hides}`]],
  [
    'sql',
    '\\set ON_ERROR_STOP on\nbegin;\ndelete from t;\ncommit;\n',
    ['1 + failure-propagation', '2 + whole-delivery', '4 + whole-delivery'],
  ],
  ['go', 'if err != nil { log.Fatal(err) }\n', ['1 + failure-propagation', '1 + traceability']],
])('%s: %s', (language, text, expected) => {
  expect(list(language, text)).toEqual(expected);
});

describe('hostile', () => {
  const many = 200_000;
  test.each([
    ['ruby', '\n'.repeat(many)],
    ['sql', '\n'.repeat(many)],
    ['sql', 'whenever sqlerror continue\n'.repeat(20_000)],
    ['sql', '/*'.repeat(many)],
    ['powershell', '<#'.repeat(many)],
    ['python', `except ${' '.repeat(many)}`],
    ['python', `except Exception:${'\n '.repeat(many)}`],
    ['python', `${'except Exception:\n'.repeat(5_000)}smtplib.SMTP(${'a-'.repeat(many)}`],
    ['typescript', 'catch {'.repeat(20_000)],
    ['typescript', `catch {${'a-'.repeat(many)} mail(x)`],
    ['typescript', `a = "https://hc-ping.com/x"\n${'a'.repeat(many)}${' a'.repeat(many)}`],
    ['java', `catch (${'a '.repeat(many)}`],
    ['csharp', `if (${'a.'.repeat(many)}`],
  ])('%s: %.20s ends before the test runner gives up', (language, text) => {
    list(language, text);
  });
});

describe('crontabs', () => {
  /** The alerting and logging of the jobs of a crontab: `line ±safeguard @line of the job`. */
  async function read(...lines: string[]): Promise<string[]> {
    const { of } = await scan('cron', { crontab: `${lines.join('\n')}\n` }, { user: 'etl' });
    const jobs = new Map(of('job').map(({ id, origin }) => [id, origin.line]));
    return of('safeguard').map(
      ({ code, effect, safeguard, origin }) =>
        `${origin.line} ${effect === 'provides' ? '+' : '-'} ${safeguard} @${jobs.get(code)}`,
    );
  }

  test.each<[string[], string[]]>([
    [['0 1 * * * /opt/a.sh'], []],
    [['MAILTO=ops@a.example', '0 1 * * * /opt/a.sh'], ['1 + alerting @2']],
    [['MAILTO=""', '0 1 * * * /opt/a.sh'], ['1 - alerting @2']],
    [['MAILTO=', '0 1 * * * /opt/a.sh'], ['1 - alerting @2']],
    [['# MAILTO=""', '0 1 * * * /opt/a.sh'], []],
    [['0 1 * * * /opt/a.sh', 'MAILTO=""'], []],
    [
      ['MAILTO=""', '0 1 * * * /opt/a.sh', 'MAILTO=ops', '0 2 * * * /opt/b.sh'],
      ['1 - alerting @2', '3 + alerting @4'],
    ],
    [
      ['MAILTO=ops', '0 1 * * * /opt/a.sh > /dev/null 2>&1'],
      ['2 - alerting @2', '2 - traceability @2'],
    ],
    [['MAILTO=ops', '0 1 * * * /opt/a.sh >> /var/log/a.log 2>&1'], ['2 + traceability @2']],
    [
      ['MAILTO=ops', '0 1 * * * /opt/a.sh >> /var/log/a.log'],
      ['1 + alerting @2', '2 + traceability @2'],
    ],
    [['MAILTO=ops', '0 1 * * * /opt/a.sh > /dev/null'], ['1 + alerting @2']],
    [['MAILTO=ops', '0 1 * * * /opt/a.sh "x > /dev/null 2>&1"'], ['1 + alerting @2']],
  ])('%j', async (lines, expected) => {
    expect((await read(...lines)).sort()).toEqual([...expected].sort());
  });

  test('chronic alerts nobody where the mails are off', async () => {
    expect(await read('MAILTO=""', '0 1 * * * chronic /opt/a.sh')).not.toContain('2 + alerting @2');
    expect(await read('MAILTO=ops', '0 1 * * * chronic /opt/a.sh')).toContain('2 + alerting @2');
  });
});
