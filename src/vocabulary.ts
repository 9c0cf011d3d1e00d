/** The words of the project as values: what an inventory may say, and what an audit holds. */

/** Kinds that count as systems of their own in every coupling figure. */
const countedKinds = ['application', 'data-platform', 'external-service', 'device'] as const;
/** Kinds that stand between the two ends of an exchange, and make it governed or decoupled. */
const intermediaryKinds = ['broker', 'api-gateway', 'integration-platform'] as const;
const otherKinds = ['database', 'file-store', 'host', 'proxy', 'unknown'] as const;

export const systemKinds = [...countedKinds, ...intermediaryKinds, ...otherKinds] as const;
export type SystemKind = (typeof systemKinds)[number];

/** From the heaviest to the lightest. */
export const criticalities = [
  'mission-critical',
  'business-critical',
  'operational',
  'administrative',
] as const;
export type Criticality = (typeof criticalities)[number];

/** What makes a scheduled script survivable. */
export const safeguards = [
  'monitoring',
  'alerting',
  'retry',
  'traceability',
  'owner',
  'locking',
  'timeout',
  'failure-propagation',
] as const;
export type Safeguard = (typeof safeguards)[number];

/** Care that a script takes with the data itself: what came is looked at, what goes arrives whole. */
export type Precaution = 'content-check' | 'whole-delivery';

export const styles = ['request-reply', 'batch', 'event', 'stream', 'database', 'file'] as const;
export type Style = (typeof styles)[number];

/** The families that protocols belong to: what a link's key is made of. */
export const families = [
  'http',
  'database',
  'file',
  'messaging',
  'mail',
  'remote-shell',
  'other',
] as const;
export type Family = (typeof families)[number];

const protocolsOf: Readonly<Record<Exclude<Family, 'other'>, readonly string[]>> = {
  http: [
    'http',
    'https',
    'http/2',
    'rest',
    'soap',
    'graphql',
    'grpc',
    'odata',
    'api',
    'webhook',
    'fhir',
    'ws',
    'wss',
  ],
  database: [
    'database',
    'jdbc',
    'odbc',
    'sql',
    'oracle',
    'postgresql',
    'postgres',
    'mysql',
    'mariadb',
    'mssql',
    'sqlserver',
    'mongodb',
    'redis',
    'database link',
    'dblink',
    'db link',
    'snowflake',
    'db2',
    'redshift',
    'bigquery',
    'clickhouse',
    'cassandra',
    'couchdb',
    'dynamodb',
    'cosmosdb',
    'elasticsearch',
    'influxdb',
    'neo4j',
    'memcached',
    'teradata',
    'informix',
    'sybase',
    'firebird',
    'hana',
  ],
  file: [
    'file',
    'ftp',
    'ftps',
    'sftp',
    'scp',
    'rsync',
    'smb',
    'cifs',
    'nfs',
    'csv',
    's3',
    'gs',
    'file drop',
    'file transfer',
    'as2',
    'edi',
    'edifact',
  ],
  messaging: [
    'messaging',
    'kafka',
    'amqp',
    'amqps',
    'mqtt',
    'mqtts',
    'jms',
    'nats',
    'rabbitmq',
    'sqs',
    'sns',
    'mllp',
    'hl7',
    'hl7/mllp',
    'hl7 v2',
    'event',
    'ibm mq',
    'mq',
    'opc-ua',
    'opc ua',
    'dicom',
  ],
  mail: ['mail', 'smtp', 'smtps', 'email', 'e-mail', 'imap', 'pop3'],
  'remote-shell': ['ssh', 'winrm', 'telnet', 'rsh'],
};

const familyOf = new Map<string, Family>(
  Object.entries(protocolsOf).flatMap(([family, protocols]) =>
    protocols.map((protocol) => [protocol, family as Family] as const),
  ),
);

/** The family of a protocol; an unknown one is `other`. */
export function familyOfProtocol(protocol: string): Family {
  return familyOf.get(protocol.trim().toLowerCase()) ?? 'other';
}

/**
 * Protocols that send everything readable, passwords too. `isSure`: the name alone tells; the others
 * are spoken inside TLS under the same name, so only an address that is written out tells.
 */
export const clearTextProtocols: Readonly<
  Record<string, { readonly instead: string; readonly isSure: boolean }>
> = {
  ftp: { instead: 'sftp', isSure: true },
  tftp: { instead: 'sftp', isSure: true },
  telnet: { instead: 'ssh', isSure: true },
  rsh: { instead: 'ssh', isSure: true },
  rlogin: { instead: 'ssh', isSure: true },
  http: { instead: 'https', isSure: false },
  ws: { instead: 'wss', isSure: false },
  ldap: { instead: 'ldaps', isSure: false },
  smtp: { instead: 'smtps', isSure: false },
  imap: { instead: 'imaps', isSure: false },
  pop3: { instead: 'pop3s', isSure: false },
  mqtt: { instead: 'mqtts', isSure: false },
  amqp: { instead: 'amqps', isSure: false },
  redis: { instead: 'rediss', isSure: false },
};

/** Whether a system of this kind counts in coupling figures. */
export function isCounted(kind: SystemKind): boolean {
  return (countedKinds as readonly string[]).includes(kind);
}

/** Whether a system of this kind stands between the two ends of an exchange. */
export function isIntermediary(kind: SystemKind): boolean {
  return (intermediaryKinds as readonly string[]).includes(kind);
}

/** The lower of two criticalities. */
export function lowerCriticality(a: Criticality, b: Criticality): Criticality {
  return criticalities.indexOf(a) > criticalities.indexOf(b) ? a : b;
}

/** Who says that a link is there: a registry or model, a script or configuration, or traffic. */
export const witnesses = ['declared', 'coded', 'observed'] as const;
export type Witness = (typeof witnesses)[number];

/** What each set of witnesses is called, and what it means; `declared` alone is one of three. */
export const linkClasses = {
  confirmed: { label: 'Confirmed', meaning: 'declared, in code and seen in traffic' },
  implemented: { label: 'Implemented', meaning: 'declared and in code; seen in no log' },
  'in-use': { label: 'In use', meaning: 'declared and seen in traffic; in no code that was read' },
  unlisted: { label: 'Unlisted', meaning: 'in code and seen in traffic; declared nowhere' },
  undeclared: { label: 'Undeclared', meaning: 'in code; declared nowhere, and seen in no log' },
  shadow: { label: 'Shadow', meaning: 'seen in traffic only' },
  zombie: {
    label: 'Zombie',
    meaning: 'declared, and unseen for longer than any of its runs are apart',
  },
  unobserved: { label: 'Unobserved', meaning: 'declared, and the logs that would show it do not' },
  attested: { label: 'Attested', meaning: 'declared, and no log that was read could show it' },
} as const;
export type LinkClass = keyof typeof linkClasses;

/** Where a link can move to. */
export const platforms = [
  'api-gateway',
  'event',
  'integration-platform',
  'shared-data-layer',
  'data-pipeline',
] as const;
export type Platform = (typeof platforms)[number];

/** Where a link goes. */
export const patterns = ['keep', 'retire', ...platforms] as const;
export type Pattern = (typeof patterns)[number];
