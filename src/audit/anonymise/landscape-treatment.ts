import type { Audit } from '../../audit.ts';
import type { Origin } from '../../evidence.ts';
import type { Finding } from '../../finding.ts';
import type { Landscape, Owner, SafeguardProof } from '../../landscape.ts';
import type { Schedule } from '../../schedule.ts';
import * as text from './texts.ts';
import { type Treatment, word } from './treatment.ts';

const origin: Treatment<Origin> = {
  repository: text.repository,
  commit: text.commit,
  file: text.file,
};

const owner: Treatment<Owner> = { team: text.team, person: text.person, leftOn: text.date };

/** When a job runs. */
export const schedule: Treatment<Schedule> = {
  expression: text.schedule,
  timezone: text.timezone,
  scheduler: word,
  name: text.code,
  start: text.date,
};

/** A line that shows a safeguard. */
export const safeguardProof: Treatment<SafeguardProof> = {
  safeguard: word,
  effect: word,
  origin,
  summary: text.sentence,
};

/** What becomes of each text in a landscape. */
export const landscapeTreatment: Treatment<Landscape> = {
  systems: {
    id: text.system,
    name: text.givenName,
    kind: word,
    criticality: word,
    type: text.type,
    domain: text.domain,
    site: text.site,
    partOf: text.system,
    owner,
    lifecycle: text.lifecycle,
    hosts: text.host,
    aliases: text.givenName,
    tags: text.tag,
    origins: origin,
    given: { kind: word, value: text.givenName, by: word, origin },
  },
  links: {
    key: text.link,
    from: text.system,
    to: text.system,
    initiator: word,
    protocol: text.protocol,
    family: word,
    style: word,
    via: text.system,
    mediation: word,
    registrations: text.registration,
    class: word,
    observable: word,
    window: { first: text.date, last: text.date },
    objects: text.object,
    owner,
    criticality: word,
    schedules: schedule,
    traffic: { firstSeen: text.date, lastSeen: text.date, routes: { route: text.route } },
    safeguards: text.safeguard,
    contract: text.contract,
    retireBy: text.date,
    tags: text.tag,
    implementations: {
      id: text.code,
      kind: word,
      origin,
      schedules: schedule,
      hosts: text.systemOrHost,
      safeguards: safeguardProof,
      authors: { last: text.person, lastOn: text.date, leftOn: text.date },
    },
    evidence: {
      witness: word,
      scanner: text.sourceKind,
      origin,
      summary: text.sentence,
      resolution: text.sentence,
      ends: { reference: text.reference, is: text.reference },
      access: { does: word, protocol: text.protocol, table: text.table },
      attribution: word,
    },
  },
  registrations: {
    id: text.registration,
    protocol: text.protocol,
    objects: text.object,
    attestedOn: text.date,
    origin,
  },
  hops: {
    from: text.reference,
    to: text.reference,
    protocol: text.protocol,
    environment: text.environment,
    origin,
    summary: text.sentence,
  },
  unresolved: {
    reference: text.reference,
    reason: word,
    message: text.sentence,
    suggestion: text.reference,
    origins: origin,
  },
  conflicts: {
    subject: text.reference,
    kind: word,
    message: text.sentence,
    origins: origin,
  },
  credentials: { secret: text.saying, statement: text.remark, origin },
  comments: {
    origin,
    link: text.registration,
    expires: text.date,
    since: text.date,
    owner: text.team,
    reason: text.remark,
    faults: text.sentence,
    contradictions: { message: text.sentence, origins: origin },
  },
};

const acceptance = {
  owner: text.team,
  reason: text.remark,
  acceptedOn: text.date,
  expires: text.date,
  origin,
} as const;

const ownFinding = {
  rule: text.rule,
  severity: word,
  subject: text.reference,
  message: text.sentence,
  remedy: text.sentence,
  related: text.reference,
  evidence: origin,
  fingerprint: text.proof,
  accepted: acceptance,
  lapsed: acceptance,
} as const;

/** Findings hang on findings, as deep as they go. */
const finding: Treatment<Finding> = {
  ...ownFinding,
  get also(): Treatment<Finding> {
    return finding;
  },
};

const skipped = { place: { file: text.file }, reason: text.sentence } as const;

/** What becomes of what an audit says of itself, its sources and its judgements. */
export const frameTreatment: Treatment<Omit<Audit, keyof Landscape | 'analysis'>> = {
  tool: text.version,
  name: text.remark,
  asOf: text.date,
  today: text.date,
  scope: word,
  inputs: { file: text.file, sha256: text.proof },
  findings: finding,
  baseline: { file: text.file },
  coverage: {
    sources: {
      source: text.source,
      kind: text.sourceKind,
      environment: text.environment,
      unit: text.saying,
      skippedPlaces: skipped,
      flaws: skipped,
      formats: { format: text.saying },
      unread: { keys: text.ending, values: null },
      headers: { keys: text.ending, values: text.saying },
      leftOut: { keys: text.saying, values: null },
      window: text.date,
      collected: { name: text.collection, repository: text.repository, commit: text.commit },
    },
    references: { witness: word },
  },
};
