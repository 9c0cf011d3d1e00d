import { type SystemKind, systemKinds } from '../../vocabulary.ts';

/** What words on a box say of its kind, the most telling first. */
const words: readonly (readonly [RegExp, SystemKind])[] = [
  [/\b(?:api[ -]?gateway|kong|apigee|apim)\b/i, 'api-gateway'],
  [
    /\b(?:esb|enterprise service bus|integration platform|mulesoft|biztalk|boomi)\b/i,
    'integration-platform',
  ],
  [
    /\b(?:kafka|rabbit\s?mq|active\s?mq|ibm mq|message (?:broker|bus|queue)|event (?:bus|hub|broker)|service bus|pub\/?sub|mosquitto|nats|pulsar|event\s?bridge|sqs|sns|topic|queue)\b/i,
    'broker',
  ],
  [
    /\b(?:data (?:warehouse|lake|platform)|snowflake|bigquery|databricks|redshift)\b/i,
    'data-platform',
  ],
  [
    /\b(?:database|db|rdbms|postgres(?:ql)?|mysql|mariadb|oracle database|sql server|mongo ?db|redis|cassandra|dynamo ?db|elasticsearch|sqlite|datastore)\b/i,
    'database',
  ],
  [
    /\b(?:file ?(?:store|share|system)|object store|s3|blob storage|sftp server|bucket)\b/i,
    'file-store',
  ],
  [/\b(?:load ?balancer|reverse proxy|nginx|haproxy)\b/i, 'proxy'],
];

/** The kind of system that a type, tag or technology names; undefined where it names none. */
export function findKind(text: string | undefined): SystemKind | undefined {
  if (text === undefined) return undefined;
  const short = text.slice(0, 300);
  const folded = short
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return (
    systemKinds.find((kind) => kind === folded) ??
    words.find(([pattern]) => pattern.test(short))?.[1]
  );
}
