import type { Safeguard } from '../../vocabulary.ts';

/** Where something is sent that tells people or machines how a job went. */
export interface Receiver {
  readonly safeguard: Extract<Safeguard, 'monitoring' | 'alerting'>;
  readonly name: string;
}

type Row = readonly [RegExp, string];

/** Addresses that expect a sign of life, and collectors of figures. */
const monitors: readonly Row[] = [
  [/\bhc-ping\.com\b|\bhealthchecks\.io\b/i, 'Healthchecks'],
  [/\bcronitor\.(?:link|io)\b/i, 'Cronitor'],
  [/\bnosnch\.in\b|\bdeadmanssnitch\.com\b/i, "Dead Man's Snitch"],
  [
    /\b(?:uptime\.)?betteruptime\.com\/api\/v\d\/heartbeat|\buptime\.betterstack\.com\b/i,
    'Better Stack',
  ],
  [/\bopsgenie\.com\/v\d\/heartbeats\b/i, 'Opsgenie heartbeat'],
  [/\bheartbeat\.uptimerobot\.com\b/i, 'UptimeRobot'],
  [/\bcronhub\.io\b/i, 'Cronhub'],
  [/\bcron-job\.org\b|\bcronmonitor\.(?:app|com)\b/i, 'cron monitor'],
  [/\bsentry\.io\/api\/[^/\s"']{1,80}\/cron\//i, 'Sentry Crons'],
  [/\bpush\.statuscake\.com\b/i, 'StatusCake'],
  [/\bping\.(?:checklyhq|oh-dear|ohdear)\.(?:com|app)\b/i, 'ping'],
  [/\/\/[^/\s"']{0,80}push-?gateway|\/metrics\/job\//i, 'Pushgateway'],
  [/\/api\/push\/\w{6,}/i, 'Uptime Kuma'],
  [
    /\/\/(?:[\w-]{1,60}\.){0,5}(?:heartbeats?|health-?checks?|deadman|watchdog|uptime|kuma|monitor(?:ing)?|nagios|icinga|zabbix|checkmk|prometheus)(?:\d{1,3})?(?:[.:/]|$)/i,
    'monitoring host',
  ],
  [/\/\/[^\s"']{1,200}\/(?:heartbeat|dead-?man|watchdog)s?\b/i, 'heartbeat'],
  [/\bapi\.(?:[a-z0-9]{2,6}\.)?datadoghq\.(?:com|eu)\b/i, 'Datadog'],
];

/** Addresses that bring a message before people. */
const messengers: readonly Row[] = [
  [/\bhooks\.slack\.com\b|\bslack\.com\/api\/chat\.postMessage/i, 'Slack'],
  [/\.webhook\.office\.com\b|\boutlook\.office(?:365)?\.com\/webhook/i, 'Teams'],
  [/\bdiscord(?:app)?\.com\/api\/webhooks\b/i, 'Discord'],
  [/\bevents\.(?:eu\.)?pagerduty\.com\b/i, 'PagerDuty'],
  [/\bapi\.(?:eu\.)?opsgenie\.com\/v\d\/alerts\b/i, 'Opsgenie'],
  [/\balert\.victorops\.com\b/i, 'VictorOps'],
  [/\bapi\.pushover\.net\b/i, 'Pushover'],
  [/\bapi\.telegram\.org\b/i, 'Telegram'],
  [/\bntfy\.sh\b/i, 'ntfy'],
  [/\bchat\.googleapis\.com\b/i, 'Google Chat'],
  [/\bapi\.twilio\.com\b/i, 'Twilio'],
  [/\/\/[^/\s"']{0,80}alert-?manager[^\s"']{0,80}|\/api\/v[12]\/alerts\b/i, 'Alertmanager'],
  [/\/\/[^/\s"']{0,80}(?:mattermost|rocket\.?chat)[^/\s"']{0,80}\/hooks\//i, 'chat webhook'],
];

/** Names of variables and settings that hold such an address. */
const named: readonly (readonly [RegExp, Receiver])[] = [
  [
    /(?:^|[^A-Za-z0-9])(?:HC|HEALTH_?CHECKS?|SNITCH|HEARTBEAT|CRONITOR|DEADMAN|DEAD_MANS?_SNITCH)(?:_(?:PING|SNITCH|CHECK|HEARTBEAT|BASE|API))?(?:_(?:URL|UUID|ID|URI|ENDPOINT|KEY))\b/i,
    { safeguard: 'monitoring', name: 'dead man’s switch' },
  ],
  [/PUSH_?GATEWAY/i, { safeguard: 'monitoring', name: 'Pushgateway' }],
  [
    /(?:SLACK|TEAMS|DISCORD|MATTERMOST|ALERT|PAGERDUTY|OPSGENIE|NOTIFY|NOTIFICATION)_?(?:\w{1,20}_)?(?:WEB_?HOOK|HOOK|EVENTS?)(?:_UR[LI])?\b/i,
    { safeguard: 'alerting', name: 'webhook' },
  ],
];

/** Who receives what is sent to an address: a known one, or by the name of the variable that holds it. */
export function findReceiver(text: string): Receiver | undefined {
  const short = text.slice(0, 2_000);
  const monitor = monitors.find(([pattern]) => pattern.test(short));
  if (monitor) return { safeguard: 'monitoring', name: monitor[1] };
  const messenger = messengers.find(([pattern]) => pattern.test(short));
  if (messenger) return { safeguard: 'alerting', name: messenger[1] };
  return named.find(([pattern]) => pattern.test(short))?.[1];
}
