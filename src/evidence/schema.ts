import { z } from 'zod';
import type {
  AddressEvidence,
  Authors,
  CallsScriptEvidence,
  CommentEvidence,
  ConnectionEvidence,
  CredentialEvidence,
  Direction,
  Evidence,
  Initiator,
  JobEvidence,
  LinkFields,
  MeshSide,
  Origin,
  OwnershipEvidence,
  Reference,
  RouteEvidence,
  RouteTraffic,
  SafeguardEvidence,
  SystemEvidence,
  SystemFields,
  Traffic,
  UnresolvedEvidence,
} from '../evidence.ts';
import { bucketCount } from '../latency.ts';
import type { SecretKind } from '../redact.ts';
import type { Schedule } from '../schedule.ts';
import type { Precaution, Witness } from '../vocabulary.ts';
import { criticalities, families, safeguards, styles, systemKinds } from '../vocabulary.ts';
import { count, oneOf, strict, text } from './strict.ts';

/** By one key of the value, so that a fault is told of the one schema that is meant. */
function byKey<T extends object>(
  key: string,
  schemas: Readonly<Record<string, z.ZodType<T>>>,
): z.ZodType<T> {
  return z.unknown().transform((value, context): T => {
    const name: unknown = Object(value)[key];
    const schema =
      typeof name === 'string' && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (!schema) {
      const message = `"${key}" is none of ${Object.keys(schemas).join(', ')}`;
      context.issues.push({ code: 'custom', message, input: value });
      return z.NEVER;
    }
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const { path, message } of result.error.issues)
      context.issues.push({ code: 'custom', message, path, input: value });
    return z.NEVER;
  }) as unknown as z.ZodType<T>;
}

const texts = z.array(text);
const optional = z.exactOptional;
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const mostSpans = 400;
const digest = /^[0-9a-f]{7,64}$/;

/** Where something was found. */
export const originSchema = strict<Origin>({
  file: text,
  line: count,
  column: count,
  repository: optional(text),
  commit: optional(z.string().regex(digest)),
});

const reference = byKey<Reference>('kind', {
  system: strict<Extract<Reference, { kind: 'system' }>>({
    kind: z.literal('system'),
    value: text,
    names: optional(texts),
  }),
  address: strict<Extract<Reference, { kind: 'address' }>>({
    kind: z.literal('address'),
    value: text,
    host: text,
    port: optional(count),
    path: optional(text),
    name: optional(text),
  }),
  code: strict<Extract<Reference, { kind: 'code' }>>({
    kind: z.literal('code'),
    value: text,
    host: optional(text),
  }),
  topic: strict<Extract<Reference, { kind: 'topic' }>>({
    kind: z.literal('topic'),
    value: text,
    broker: optional(text),
  }),
  alias: strict<Extract<Reference, { kind: 'alias' }>>({ kind: z.literal('alias'), value: text }),
  expression: strict<Extract<Reference, { kind: 'expression' }>>({
    kind: z.literal('expression'),
    value: text,
  }),
});

const base = {
  origin: originSchema,
  scanner: z.string().regex(/^[a-z-]{1,40}$/),
  witness: oneOf<Witness>({ declared: true, coded: true, observed: true }),
  environment: text,
  confidence: z.number().min(0).max(1),
};

const schedulers = {
  cron: true,
  'cron-tz': true,
  kubernetes: true,
  github: true,
  gitlab: true,
  airflow: true,
  'pg-cron': true,
  'control-m': true,
  autosys: true,
  quartz: true,
  spring: true,
  jenkins: true,
  systemd: true,
  anacron: true,
  interval: true,
  mysql: true,
  oracle: true,
  windows: true,
  'sql-server': true,
} as const;

const schedule = strict<Schedule>({
  expression: text,
  timezone: text,
  scheduler: optional(oneOf<NonNullable<Schedule['scheduler']>>(schedulers)),
  name: optional(text),
  start: optional(text),
  delayMinutes: optional(z.number().min(0)),
});

const criticality = z.enum(criticalities);

const system = strict<SystemEvidence>({
  ...base,
  kind: z.literal('system'),
  id: text,
  registered: z.boolean(),
  drawn: optional(z.literal(true)),
  fields: strict<SystemFields>({
    name: optional(text),
    kind: optional(z.enum(systemKinds)),
    type: optional(text),
    domain: optional(text),
    site: optional(text),
    partOf: optional(text),
    owner: optional(text),
    team: optional(text),
    criticality: optional(criticality),
    lifecycle: optional(text),
    hosts: optional(texts),
    aliases: optional(texts),
    tags: optional(texts),
  }),
});

const traffic = strict<Traffic>({
  calls: count,
  errors: count,
  serverErrors: count,
  bytes: count,
  firstSeen: optional(moment),
  lastSeen: optional(moment),
  latency: z.array(z.tuple([count.max(bucketCount - 1), count])).max(bucketCount),
  routes: z.array(strict<RouteTraffic>({ route: text, calls: count, errors: count })),
  side: optional(
    strict<MeshSide>({
      of: z.enum(['caller', 'callee']),
      requests: z.array(z.number()).transform((digests) => [...digests].sort((a, b) => a - b)),
      isComplete: z.boolean(),
    }),
  ),
});

const declared = strict<LinkFields>({
  id: text,
  approved: z.boolean(),
  owner: optional(text),
  team: optional(text),
  criticality: optional(criticality),
  schedule: optional(text),
  contract: optional(text),
  attestedOn: optional(text),
  retireBy: optional(text),
  safeguards: texts,
  tags: texts,
});

const connection = strict<ConnectionEvidence>({
  ...base,
  kind: z.literal('connection'),
  from: reference,
  to: reference,
  initiator: oneOf<Initiator>({ from: true, to: true, carrier: true, unknown: true }),
  direction: oneOf<Direction>({ forward: true, both: true, unknown: true }),
  protocol: optional(text),
  style: optional(z.enum(styles)),
  objects: texts,
  via: z.array(reference),
  resource: optional(text),
  database: optional(text),
  localFiles: optional(texts),
  declared: optional(declared),
  traffic: optional(traffic),
  summary: text,
});

const schemas: { readonly [K in Evidence['kind']]: z.ZodType<Extract<Evidence, { kind: K }>> } = {
  system,
  connection,
  job: strict<JobEvidence>({
    ...base,
    kind: z.literal('job'),
    id: text,
    host: optional(text),
    user: optional(text),
    schedules: z.array(schedule),
    command: text,
    after: optional(texts),
    durationMs: optional(z.number().min(0)),
    disabled: optional(z.literal(true)),
  }),
  safeguard: strict<SafeguardEvidence>({
    ...base,
    kind: z.literal('safeguard'),
    code: text,
    safeguard: z.union([
      z.enum(safeguards),
      oneOf<Precaution>({ 'content-check': true, 'whole-delivery': true }),
    ]),
    effect: z.enum(['provides', 'defeats']),
    summary: text,
  }),
  'calls-script': strict<CallsScriptEvidence>({
    ...base,
    kind: z.literal('calls-script'),
    caller: text,
    script: text,
    through: optional(text),
    sourced: optional(z.literal(true)),
  }),
  address: strict<AddressEvidence>({
    ...base,
    kind: z.literal('address'),
    name: text,
    target: reference,
  }),
  route: strict<RouteEvidence>({
    ...base,
    kind: z.literal('route'),
    intermediary: optional(text),
    prefix: text,
    system: text,
    logged: optional(z.array(z.tuple([day, day])).max(mostSpans)),
    calls: optional(z.array(z.enum(families))),
    showsCallers: optional(z.literal(true)),
  }),
  ownership: strict<OwnershipEvidence>({
    ...base,
    kind: z.literal('ownership'),
    script: text,
    system: optional(text),
    names: optional(texts),
    authors: optional(strict<Authors>({ count, last: text, lastOn: text })),
  }),
  credential: strict<CredentialEvidence>({
    ...base,
    kind: z.literal('credential'),
    secret: oneOf<SecretKind>({ password: true, token: true, 'private-key': true }),
    statement: text,
  }),
  comment: strict<CommentEvidence>({
    ...base,
    kind: z.literal('comment'),
    lines: z.tuple([count, count]),
    link: optional(text),
    accepts: optional(z.literal(true)),
    expires: optional(text),
    since: optional(text),
    owner: optional(text),
    reason: optional(text),
    faults: texts,
  }),
  unresolved: strict<UnresolvedEvidence>({
    ...base,
    kind: z.literal('unresolved'),
    reference,
    connection,
  }),
};

/**
 * One piece of evidence as files hold it. It is validated strictly, and every text in it is made
 * plain: what such a file says is trusted no more than a script that is scanned.
 */
export const evidenceSchema: z.ZodType<Evidence> = byKey<Evidence>('kind', schemas);
