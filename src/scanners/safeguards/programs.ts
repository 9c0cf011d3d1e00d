import type { Safeguard } from '../../vocabulary.ts';

/** What a program does for the command that it runs, or by being run. */
interface ProgramEffect {
  readonly safeguards: readonly Safeguard[];
  readonly says: string;
}

const locks = (says: string): ProgramEffect => ({ safeguards: ['locking'], says });

/** Programs that run another one under their care, by name. */
export const guards: Readonly<Record<string, ProgramEffect>> = {
  flock: locks('flock keeps a second run out'),
  lockf: locks('lockf keeps a second run out'),
  lockfile: locks('lockfile keeps a second run out'),
  'lockfile-create': locks('lockfile-create keeps a second run out'),
  dotlockfile: locks('dotlockfile keeps a second run out'),
  setlock: locks('setlock keeps a second run out'),
  lockrun: locks('lockrun keeps a second run out'),
  'run-one': locks('run-one keeps a second run out'),
  'run-this-one': locks('run-this-one ends an older run'),
  'keep-one-running': locks('keep-one-running keeps a second run out'),
  'with-lock-ex': locks('with-lock-ex keeps a second run out'),
  shlock: locks('shlock keeps a second run out'),
  solo: locks('solo keeps a second run out'),
  'consul-lock': locks('consul-lock keeps a second run out'),
  timeout: { safeguards: ['timeout'], says: 'timeout ends a run that hangs' },
  gtimeout: { safeguards: ['timeout'], says: 'timeout ends a run that hangs' },
  timelimit: { safeguards: ['timeout'], says: 'timelimit ends a run that hangs' },
  'run-with-timeout': { safeguards: ['timeout'], says: 'ends a run that hangs' },
  'systemd-cat': {
    safeguards: ['traceability'],
    says: 'systemd-cat writes the output to the journal',
  },
  chronic: {
    safeguards: ['alerting', 'traceability'],
    says: 'chronic shows the output of a failed run',
  },
  cronic: { safeguards: ['alerting', 'traceability'], says: 'cronic reports a failed run' },
  retry: { safeguards: ['retry'], says: 'retry tries again' },
  'mk-job': { safeguards: ['monitoring'], says: 'mk-job reports the run to Checkmk' },
  mrpe: { safeguards: ['monitoring'], says: 'reports to Checkmk' },
  cronitor: { safeguards: ['monitoring'], says: 'cronitor watches the run' },
  runitor: { safeguards: ['monitoring'], says: 'runitor reports the run to Healthchecks' },
  dogwrap: { safeguards: ['monitoring'], says: 'dogwrap reports the run to Datadog' },
};

/** Programs that report or write down, by name. */
export const reporters: Readonly<Record<string, ProgramEffect>> = {
  logger: { safeguards: ['traceability'], says: 'logger writes to the system log' },
  send_nsca: { safeguards: ['monitoring'], says: 'send_nsca reports to Nagios' },
  nsca: { safeguards: ['monitoring'], says: 'nsca reports to Nagios' },
  'nsca-ng': { safeguards: ['monitoring'], says: 'reports to Nagios' },
  zabbix_sender: { safeguards: ['monitoring'], says: 'zabbix_sender reports to Zabbix' },
  gmetric: { safeguards: ['monitoring'], says: 'gmetric reports to Ganglia' },
  statsd: { safeguards: ['monitoring'], says: 'reports to StatsD' },
  'statsd-client': { safeguards: ['monitoring'], says: 'reports to StatsD' },
  'riemann-client': { safeguards: ['monitoring'], says: 'reports to Riemann' },
  dms: { safeguards: ['monitoring'], says: "checks in at Dead Man's Snitch" },
};

/** The same for programs with many tasks, by their first words. */
export const tasks: readonly (readonly [RegExp, ProgramEffect])[] = [
  [/^sentry-cli monitors run\b/, { safeguards: ['monitoring'], says: 'Sentry watches the run' }],
  [
    /^aws (?:\S+ ){0,6}cloudwatch put-metric-data\b/,
    { safeguards: ['monitoring'], says: 'reports to CloudWatch' },
  ],
  [
    /^gcloud (?:\S+ ){0,4}monitoring\b/,
    { safeguards: ['monitoring'], says: 'reports to Cloud Monitoring' },
  ],
  [/^az monitor metrics\b/, { safeguards: ['monitoring'], says: 'reports to Azure Monitor' }],
  [/^dog (?:metric|event) post\b/, { safeguards: ['monitoring'], says: 'reports to Datadog' }],
  [/^check_mk_agent mrpe\b/, { safeguards: ['monitoring'], says: 'reports to Checkmk' }],
];

/** Programs that send a mail or a message. */
export const mailers: ReadonlySet<string> = new Set(
  'mail mailx sendmail mutt neomutt msmtp ssmtp s-nail nail swaks sendemail mpack ntfy apprise pd-send slackcat slack-notify telegram-send mosquitto_notify'.split(
    ' ',
  ),
);

/** Commands that move no data and do no work of their own: whether they fail matters to nobody. */
export const chores: ReadonlySet<string> = new Set(
  (
    ': . [ [[ alias awk basename bc bg break builtin cat cd chgrp chmod chown clear column comm command continue cut date declare df diff dirname ' +
    'disown du echo egrep eval exec exit export expr false fg fgrep file find fold getopts grep gunzip gzip bzip2 xz zip unzip hash head help history hostname iconv id ' +
    'install jobs join jq kill killall less let ln local ls md5sum mkdir mkfifo mktemp more mv cp nl od paste pgrep pidof pkill popd printf ps pushd ' +
    'pwd read readlink readonly realpath return rev rm rmdir sed seq set sha1sum sha256sum shift shopt shuf sleep sort source split stat stty sum ' +
    'sync tac tail tee test time times touch tput tr trap true truncate type ulimit umask umount mount unalias uname uniq unset uptime usleep wait wc ' +
    'which whoami who xargs xmllint yes yq tar column install env nice ionice nohup sudo setsid stdbuf logger mail mailx sendmail mutt savelog logrotate'
  ).split(' '),
);

/** Programs that look into data and fail where it is not what it should be. */
export const checkers: ReadonlySet<string> = new Set(
  'wc grep egrep fgrep jq xmllint sha256sum sha1sum md5sum cksum cmp gzip gunzip unzip unzstd csvlint xmlstarlet stat awk head file test [ json_verify jsonlint yq gpg xsltproc'.split(
    ' ',
  ),
);
