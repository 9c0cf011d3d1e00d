import { describe, expect, test } from 'vitest';
import { loadShellReader } from '../../src/scanners/scripts/shell/shell.ts';

const readShell = await loadShellReader();

/** The safeguards of a script: `3 + locking` provides, `3 - alerting` defeats. */
function list(script: string): string[] {
  return readShell(script, 'x.sh').facts.flatMap((fact) =>
    fact.kind === 'safeguard'
      ? [`${fact.line} ${fact.effect === 'provides' ? '+' : '-'} ${fact.safeguard}`]
      : [],
  );
}

const say = (script: string): string[] =>
  readShell(script, 'x.sh').facts.flatMap((fact) =>
    fact.kind === 'safeguard' ? [fact.summary] : [],
  );

const hc = 'https://hc-ping.com/5f6a0b9e-0000-4000-8000-000000000000';

describe('one line', () => {
  test.each<[string, string[]]>([
    // Locking.
    ['flock -n /run/stock.lock /opt/stock.sh', ['+ locking']],
    ['flock -n /run/stock.lock -c "/opt/stock.sh"', ['+ locking']],
    [
      '/usr/bin/flock -w 10 /run/l sudo -u etl timeout 30m /opt/stock.sh',
      ['+ locking', '+ timeout'],
    ],
    ['setlock -n /run/l /opt/stock.sh', ['+ locking']],
    ['run-one /opt/stock.sh', ['+ locking']],
    ['solo -port=3801 /opt/stock.sh', ['+ locking']],
    ['lockfile -r 0 /run/stock.lock && /opt/stock.sh; rm -f /run/stock.lock', ['+ locking']],
    ['mkdir /run/stock.lock || exit 1; /opt/stock.sh', ['+ failure-propagation', '+ locking']],
    ['pgrep -f stock.sh > /dev/null || /opt/stock.sh', ['+ locking']],
    ['[ -f /run/stock.pid ] && exit 0; /opt/stock.sh', ['+ locking']],
    ['flock -u 9', []],
    ['mkdir -p /var/lock/stock', []],
    ['echo flock -n /run/x /opt/stock.sh', []],
    ['# flock -n /run/x /opt/stock.sh', []],
    ['rm -f /run/stock.lock', []],
    // Timeout.
    ['timeout 30m /opt/stock.sh', ['+ timeout']],
    ['timeout -k 5 1h /opt/stock.sh', ['+ timeout']],
    ['curl -fsS -m 60 https://a.example/x -o x', ['+ failure-propagation', '+ timeout']],
    ['curl -fsS --connect-timeout 5 https://a.example/x -o x', ['+ failure-propagation']],
    ['wget -T 30 -q https://a.example/x', ['+ timeout']],
    ['echo "timeout 30m"', []],
    // Retry.
    ['curl -f --retry 5 https://a.example/x -o x', ['+ failure-propagation', '+ retry']],
    ['curl -f --retry 0 https://a.example/x -o x', ['+ failure-propagation']],
    ['wget --tries=5 https://a.example/x', ['+ retry']],
    ['wget -t 1 https://a.example/x', []],
    ['for i in 1 2 3; do /opt/stock.sh && break; sleep 60; done', ['+ retry']],
    ['until /opt/stock.sh; do sleep 60; done', ['+ retry']],
    ['while ! /opt/stock.sh; do sleep 60; done', ['+ retry']],
    ['for i in 1 2 3; do if /opt/stock.sh; then break; fi; sleep 60; done', ['+ retry']],
    ['for f in *.csv; do /opt/send.sh "$f"; done', []],
    ['for f in *.csv; do /opt/send.sh "$f" || break; done', []],
    ['while read -r f; do /opt/send.sh "$f"; done < list', []],
    ['until [ -e /srv/ready ]; do sleep 60; done', []],
    // Traceability.
    ['/opt/stock.sh >> /var/log/stock.log 2>&1', ['+ traceability']],
    ['/opt/stock.sh &>> "$LOGFILE"', ['+ traceability']],
    ['/opt/stock.sh | tee -a /var/log/stock.log', ['+ traceability']],
    ['/opt/stock.sh 2>&1 | logger -t stock', ['+ traceability']],
    ['systemd-cat -t stock /opt/stock.sh', ['+ traceability']],
    ['/opt/stock.sh > /tmp/stock.csv', []],
    ['/opt/stock.sh > /dev/null', []],
    ['/opt/stock.sh >/dev/null 2>&1', ['- alerting', '- traceability']],
    ['/opt/stock.sh 2>&1 >/dev/null', []],
    ['/opt/stock.sh &>/dev/null', ['- alerting', '- traceability']],
    ['/opt/stock.sh >& /dev/null', ['- alerting', '- traceability']],
    ['(cd /opt; ./stock.sh) > /dev/null 2>&1', ['- alerting', '- traceability']],
    ['command -v curl > /dev/null 2>&1', []],
    ['echo "/opt/stock.sh > /dev/null 2>&1"', []],
    [
      'curl -f -H "X-Request-ID: $ID" https://a.example/x',
      ['+ failure-propagation', '+ traceability'],
    ],
    // Failure propagation.
    ['/opt/stock.sh || true', ['- failure-propagation']],
    ['/opt/stock.sh || :', ['- failure-propagation']],
    ['/opt/stock.sh || /bin/true', ['- failure-propagation']],
    ['/opt/stock.sh || echo failed', ['- failure-propagation']],
    ['/opt/stock.sh || exit 0', ['- failure-propagation']],
    ['/opt/stock.sh; true', ['- failure-propagation']],
    ['/opt/stock.sh; exit 0', ['- failure-propagation']],
    ['echo "/opt/stock.sh || true"', []],
    ["echo '; true'", []],
    ['rm -f x || true', []],
    ['/opt/stock.sh || exit 1', ['+ failure-propagation']],
    ['/opt/stock.sh && true', []],
    ['curl -s https://a.example/x -o x', ['- content-check', '- failure-propagation']],
    [
      'curl -s https://a.example/x -o x; [ $(wc -l < x) -gt 5 ] || exit 1',
      ['+ content-check', '+ failure-propagation'],
    ],
    ['curl -sIf https://a.example/x', ['+ failure-propagation']],
    ['curl -so f https://a.example/x', ['- content-check', '- failure-propagation']],
    [
      'curl -sS --fail https://a.example/x | jq .',
      ['+ failure-propagation', '- failure-propagation'],
    ],
    ['wget -q https://a.example/x', []],
    // Monitoring.
    [`/opt/stock.sh && curl -fsS ${hc}`, ['+ monitoring', '+ failure-propagation']],
    [`/opt/stock.sh || curl -fsS ${hc}/fail`, ['+ alerting', '+ failure-propagation']],
    ['cronitor exec abc123 /opt/stock.sh', ['+ monitoring']],
    ['sentry-cli monitors run stock -- /opt/stock.sh', ['+ monitoring']],
    ['/opt/stock.sh && curl -s https://nosnch.in/c2354d53d2', ['+ monitoring']],
    ['/opt/stock.sh; wget -q -O - https://cronitor.link/p/abc/stock', ['+ monitoring']],
    [
      'echo "stock 1" | curl --data-binary @- http://pushgateway:9091/metrics/job/stock',
      ['+ monitoring'],
    ],
    ['echo "etl;stock;0;ok" | send_nsca -H nagios.example', ['+ monitoring']],
    ['zabbix_sender -z zabbix.example -k stock -o 1', ['+ monitoring']],
    ['aws cloudwatch put-metric-data --namespace etl --metric-name ok --value 1', ['+ monitoring']],
    ['echo stock:1|nc -u -w1 statsd.example 8125', ['+ monitoring']],
    ['mk-job stock /opt/stock.sh', ['+ monitoring']],
    ['curl -f https://a.example/monitors/list.csv -o x', ['+ failure-propagation']],
    // Alerting.
    ['/opt/stock.sh || mail -s "stock failed" ops@a.example < /dev/null', ['+ alerting']],
    ['/opt/stock.sh || echo failed | mail -s stock ops@a.example', ['+ alerting']],
    ['if ! /opt/stock.sh; then mail -s failed ops@a.example; fi', ['+ alerting']],
    ['/opt/stock.sh; [ $? -ne 0 ] && sendmail ops@a.example < t', ['+ alerting']],
    ['chronic /opt/stock.sh', ['+ alerting', '+ traceability']],
    ['MAILTO=""; chronic /opt/stock.sh', ['+ traceability']],
    [
      '/opt/stock.sh || curl -d "text=failed" https://hooks.slack.com/services/T/B/X',
      ['+ alerting'],
    ],
    ['/opt/stock.sh || curl -d x "$SLACK_WEBHOOK_URL"', ['+ alerting']],
    ['mail -s "stock figures" -a stock.csv sales@a.example', []],
    ['# mail -s failed ops@a.example', []],
  ])('%s', (line, expected) => {
    expect(
      list(`${line}\n`)
        .map((found) => found.slice(2))
        .sort(),
    ).toEqual([...new Set(expected)].sort());
  });
});

describe('scripts', () => {
  test.each<[string, string[]]>([
    ['set -e\n/opt/a.sh\n', ['1 + failure-propagation']],
    ['#!/bin/bash -e\n/opt/a.sh\n', ['1 + failure-propagation']],
    ['set -o errexit\n/opt/a.sh\n', ['1 + failure-propagation']],
    ['set -euo pipefail\n/opt/a.sh\n', ['1 + failure-propagation', '1 + failure-propagation']],
    ['set -eu -o pipefail\n/opt/a.sh\n', ['1 + failure-propagation', '1 + failure-propagation']],
    ['set -e\nset +e\n/opt/a.sh\n', ['2 - failure-propagation']],
    ['set +e\n/opt/a.sh\nset -e\n', ['3 + failure-propagation']],
    ['set -u\n/opt/a.sh\n', []],
    ['# set -e\n/opt/a.sh\n', []],
    ['echo "set -e"\n/opt/a.sh\n', []],
    ['cat <<EOF\nset -e\nEOF\n/opt/a.sh\n', []],
    // A failed transfer that nobody looks at.
    ['scp x h.example:/y\nrm x\n', ['1 - failure-propagation']],
    ['scp x h.example:/y\n', []],
    ['set -e\nscp x h.example:/y\nrm x\n', ['1 + failure-propagation']],
    ['scp x h.example:/y && rm x\necho done\n', ['1 - failure-propagation']],
    ['scp x h.example:/y && rm x\n', []],
    ['if scp x h.example:/y; then rm x; fi\n', []],
    ['scp x h.example:/y\nrc=$?\nrm x\nexit $rc\n', ['4 + failure-propagation']],
    ['scp x h.example:/y\nif [ $? -ne 0 ]; then exit 3; fi\n', ['2 + failure-propagation']],
    ['scp x h.example:/y || { rm x; exit 1; }\n', ['1 + failure-propagation']],
    ['scp x h.example:/y\nexit 0\n', ['1 - failure-propagation', '2 - failure-propagation']],
    ['set -e\nscp x h.example:/y\nexit 0\n', ['1 + failure-propagation']],
    ['fail() { echo $1; exit 1; }\nscp x h.example:/y || fail no\n', ['1 + failure-propagation']],
    ['mysqldump -h db.example a | gzip > a.gz\n', ['1 - failure-propagation']],
    [
      'set -eo pipefail\nmysqldump -h db.example a | gzip > a.gz\n',
      ['1 + failure-propagation', '1 + failure-propagation'],
    ],
    [
      'set -e\nlocal a=$(mysql -h db.example -e "select 1")\n',
      ['1 + failure-propagation', '2 - failure-propagation'],
    ],
    ['bash -c "set -e; scp x h.example:/y; rm x"\n', ['1 + failure-propagation']],
    ['bash -c "scp x h.example:/y; rm x"\n', ['1 - failure-propagation']],
    // Programs that hide their own failures.
    ['sftp u@h.example <<EOF\nput x\nEOF\n', ['1 - failure-propagation']],
    ['sftp -b - u@h.example <<EOF\nput x\nEOF\n', []],
    ['sftp -b - u@h.example <<EOF || exit 1\nput x\nEOF\n', ['1 + failure-propagation']],
    ['ftp -n h.example <<EOF\nput x\nEOF\n', ['1 - failure-propagation']],
    ['sqlplus u/p@DB <<EOF\ndelete from t;\nEOF\n', ['1 - failure-propagation']],
    [
      'sqlplus u/p@DB <<EOF\nwhenever sqlerror exit 1\ndelete from t;\nEOF\n',
      ['1 + failure-propagation'],
    ],
    ['psql -h db.example -v ON_ERROR_STOP=1 -f x.sql\n', ['1 + failure-propagation']],
    [
      'psql -h db.example <<EOF\ndelete from t;\ninsert into t values (1);\nEOF\n',
      ['1 - failure-propagation'],
    ],
    // Content.
    ['r=$(curl -s https://a.example/x)\n[ -n "$r" ] || exit 1\n', ['2 + failure-propagation']],
    [
      'O=/srv/x.csv\ncurl -s -o "$O" https://a.example/x\n[ -s "$O" ] || exit 1\n',
      ['3 + content-check', '3 + failure-propagation'],
    ],
    [
      'O=/srv/x.csv\n[ -f "$O" ] && cp "$O" y\ncurl -s -o "$O" https://a.example/x\n',
      ['3 - content-check', '3 - failure-propagation'],
    ],
    [
      'code=$(curl -s -o x -w "%{http_code}" https://a.example/x)\n[ "$code" = 200 ] || exit 1\n',
      ['2 + failure-propagation'],
    ],
    // Whole deliveries.
    ['scp x.tmp h.example:/y\n', []],
    ['/opt/make.sh > x.tmp\nmv x.tmp x.csv\n', ['2 + whole-delivery']],
    ['sftp -b - u@h.example <<EOF\nput x y.part\nrename y.part y\nEOF\n', ['1 + whole-delivery']],
    ['rsync -a x h.example::in/\n', ['1 + whole-delivery']],
    ['rsync -a --inplace x h.example::in/\n', []],
    ['mv a b\n', []],
    // Alerts.
    ['trap "mail -s failed ops@a.example" ERR\n/opt/a.sh\n', ['1 + alerting']],
    [
      'trap on_error ERR\non_error() {\n  mail -s failed ops@a.example\n}\n/opt/a.sh\n',
      ['3 + alerting'],
    ],
    ['trap "rm -f /tmp/x" EXIT\n/opt/a.sh\n', []],
    [
      'alarm() {\n  curl -d "$1" "$SLACK_WEBHOOK"\n}\n/opt/a.sh || alarm failed\n',
      ['2 + alerting', '4 + alerting'],
    ],
    [
      'URL=https://hc-ping.com/abc\n/opt/a.sh && curl -fsS "$URL"\n',
      ['2 + failure-propagation', '2 + monitoring'],
    ],
    ['/opt/a.sh || ./notify-ops.sh failed\n', ['1 + alerting']],
    ['case $? in\n0) ;;\n*) mail -s failed ops@a.example ;;\nesac\n', ['3 + alerting']],
    // Locks, limits and traces.
    [
      '(\n  flock -n 9 || exit 1\n  /opt/a.sh\n) 9> /run/a.lock\n',
      ['2 + failure-propagation', '2 + locking'],
    ],
    ['exec flock -n /run/a.lock timeout 1h "$@"\n', ['1 + locking', '1 + timeout']],
    ['exec >> /var/log/a.log 2>&1\n/opt/a.sh\n', ['1 + traceability']],
    ['exec > /dev/null 2>&1\n/opt/a.sh\n', ['1 - alerting', '1 - traceability']],
    ['LOG=/var/log/a.log\necho start >> "$LOG"\n', ['2 + traceability']],
    ['retry() {\n  until "$@"; do sleep 5; done\n}\nretry /opt/a.sh\n', ['2 + retry', '4 + retry']],
    ['n=0\nrc=1\nwhile [ $rc -ne 0 ]; do\n  /opt/a.sh\n  rc=$?\ndone\n', ['3 + retry']],
  ])('%s', (script, expected) => {
    expect(list(script)).toEqual(expected);
  });

  test('a mail that is always sent is weak, and says so', () => {
    expect(say('/opt/a.sh\nmail -s "stock ran" ops@a.example\n')).toEqual([
      'weak: mail gets a message whether it worked or not',
    ]);
    expect(say('/opt/a.sh || mail -s "stock failed" ops@a.example\n')).toEqual([
      'mail is told of a failure',
    ]);
  });

  test('no address of a webhook is told', () => {
    const said = say(
      '/opt/a.sh || curl -d x https://hooks.slack.com/services/T000/B000/s3cr3ts3cr3t\n',
    );
    expect(said).toEqual(['Slack is told of a failure']);
  });
});

const whole = `#!/bin/bash
set -euo pipefail
exec 9> /run/stock.lock
flock -n 9 || exit 1
OUT=/srv/stock.csv
for i in 1 2 3; do
  curl --fail -sS -m 60 -o "$OUT" https://wms.example/stock && break
  sleep 10
done
[ "$(wc -l < "$OUT")" -gt 10 ] || { mail -s "stock is empty" ops@a.example < /dev/null; exit 2; }
sftp -b - etl@erp.example <<EOF || exit 3
put $OUT in/stock.part
rename in/stock.part in/stock.csv
EOF
logger -t stock done
curl -fsS ${hc}
`;

describe('metamorphic', () => {
  const kinds = (script: string): Set<string> =>
    new Set(list(script).map((found) => found.slice(found.indexOf(' ') + 1)));

  test('all of a good script is found', () => {
    expect([...kinds(whole)].sort()).toEqual([
      '+ alerting',
      '+ content-check',
      '+ failure-propagation',
      '+ locking',
      '+ monitoring',
      '+ retry',
      '+ timeout',
      '+ traceability',
      '+ whole-delivery',
    ]);
  });

  test('a comment after any line changes nothing but lines', () => {
    const lines = whole.split('\n');
    for (const [index, line] of lines.entries()) {
      // A here-document has no comments.
      if (/^(?:put|rename|EOF|sftp)/.test(line)) continue;
      const changed = [
        ...lines.slice(0, index + 1),
        '# set +e; true || true > /dev/null 2>&1',
        ...lines.slice(index + 1),
      ].join('\n');
      expect(kinds(changed), line).toEqual(kinds(whole));
    }
  });

  test.each([
    ['flock -n 9 || exit 1\n', '+ locking'],
    ['logger -t stock done\n', '+ traceability'],
    [`curl -fsS ${hc}\n`, '+ monitoring'],
    ['rename in/stock.part in/stock.csv\n', '+ whole-delivery'],
    [' -m 60', '+ timeout'],
    [' && break', '+ retry'],
  ])('without %j there is no %s', (part, kind) => {
    expect(kinds(whole).has(kind)).toBe(true);
    expect(kinds(whole.replace(part, part.endsWith('\n') ? '' : '')).has(kind)).toBe(false);
  });

  test('without set -e its line is gone, and what it guarded is told', () => {
    const script = 'set -e\nscp a h.example:/b\nrm a\n';
    expect(list(script)).toEqual(['1 + failure-propagation']);
    expect(list(script.replace('set -e', 'set -u'))).toEqual(['2 - failure-propagation']);
  });
});

describe('hostile', () => {
  test.each([
    ['nesting', `${'if a; then '.repeat(3_000)}b${'; fi'.repeat(3_000)}`],
    ['lists', 'a || '.repeat(5_000)],
    ['quoted scripts', `bash -c '${'bash -c "'.repeat(500)}`],
    ['variables', `A=x\n${'A="$A$A"\n'.repeat(60)}curl -s "$A"`],
    [
      'functions',
      Array.from({ length: 500 }, (_, i) => `f${i}() { f${i + 1} || f${i}; }`).join('\n'),
    ],
    ['patterns', `curl -o '${'('.repeat(400)}' https://a.example\n[ -s x ]`],
  ])('%s', (_, script) => {
    const start = performance.now();
    try {
      list(`${script}\n`);
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
    }
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
