import type { Implementation, Landscape, Link, SafeguardProof } from '../landscape.ts';
import { sortBy, sortedUnique } from '../order.ts';
import { type Safeguard, safeguards } from '../vocabulary.ts';

/**
 * How a scheduled exchange can go wrong. `partial`: some of the data arrives. `delayed`: it arrives
 * late. `silent`: it does not arrive, and nobody is told. `semantic`: what arrives is not the data.
 */
export const failureModes = ['partial', 'delayed', 'silent', 'semantic'] as const;
export type FailureMode = (typeof failureModes)[number];

/** `defeated`: there would be one, or cron's own, and a line takes it away. */
export type SafeguardState = 'has' | 'lacks' | 'defeated';

/** One of the eight safeguards of a scheduled job, with the lines that show it. */
export interface SafeguardStatus {
  readonly safeguard: Safeguard;
  readonly state: SafeguardState;
  /** What provides it and what defeats it; none where it lacks, or where the registry names an owner. */
  readonly proofs: readonly SafeguardProof[];
}

/** A way to fail that a job is open to, and why. */
export interface OpenMode {
  readonly mode: FailureMode;
  readonly reasons: readonly string[];
}

/** A scheduled script or job, or a link that runs as a batch without a known one. */
export interface JobSafeguards {
  /** The script or job; for a link without one its key. */
  readonly id: string;
  /** The links that it carries, by key. */
  readonly links: readonly string[];
  /** Its safeguards in the order of the vocabulary. */
  readonly safeguards: readonly SafeguardStatus[];
  readonly failureModes: readonly OpenMode[];
}

/** How many of all scheduled jobs have a safeguard. */
export interface SafeguardCount {
  readonly safeguard: Safeguard;
  readonly has: number;
  readonly lacks: number;
  readonly defeated: number;
}

export interface Safeguards {
  readonly jobs: readonly JobSafeguards[];
  /** Over all jobs above: the three figures add up to their number. */
  readonly counts: readonly SafeguardCount[];
}

interface Draft {
  readonly id: string;
  readonly links: Link[];
  readonly implementations: Implementation[];
}

/**
 * Measures which safeguards each scheduled job has. Jobs are the implementations with a schedule,
 * and the links of style `batch` or `file` that no code is known of; what a registry says of a link
 * (`safeguards`, an owner) counts for its jobs.
 */
export function measureSafeguards({ links }: Landscape): Safeguards {
  const drafts = new Map<string, Draft>();
  const add = (id: string, link: Link, implementation?: Implementation): void => {
    const draft = drafts.get(id) ?? { id, links: [], implementations: [] };
    if (!draft.links.includes(link)) draft.links.push(link);
    if (implementation) draft.implementations.push(implementation);
    drafts.set(id, draft);
  };
  for (const link of links) {
    const isBatch = link.style === 'batch' || link.style === 'file';
    const scheduled = link.implementations.filter(({ schedules }) => schedules.length > 0);
    for (const implementation of scheduled) add(implementation.id, link, implementation);
    if (scheduled.length > 0) continue;
    if (link.schedules.length > 0 || isBatch) {
      if (link.implementations.length === 0) add(link.key, link);
      else for (const found of link.implementations) add(found.id, link, found);
    }
  }
  const jobs = sortBy(drafts.values(), ({ id }) => id).map(describeJob);
  return { jobs, counts: safeguards.map((safeguard) => count(safeguard, jobs)) };
}

function describeJob({ id, links, implementations }: Draft): JobSafeguards {
  const proofs = uniqueProofs(implementations.flatMap((found) => found.safeguards));
  const statuses = safeguards.map((safeguard) => describe(safeguard, proofs, links));
  return {
    id,
    links: sortedUnique(links.map(({ key }) => key)),
    safeguards: statuses,
    failureModes: findOpenModes(statuses, proofs, links, implementations),
  };
}

function describe(
  safeguard: Safeguard,
  proofs: readonly SafeguardProof[],
  links: readonly Link[],
): SafeguardStatus {
  const own = proofs.filter((proof) => proof.safeguard === safeguard);
  const provided = own.some(({ effect }) => effect === 'provides');
  const defeated = own.some(({ effect }) => effect === 'defeats');
  const declared =
    safeguard === 'owner'
      ? links.every(({ owner }) => owner !== undefined)
      : links.every((link) => link.safeguards.includes(safeguard));
  // One failure that is hidden spoils what all other lines report; an alarm that works is enough.
  const isSpoilt = safeguard === 'failure-propagation' && defeated;
  const state: SafeguardState =
    !isSpoilt && (provided || declared) ? 'has' : defeated ? 'defeated' : 'lacks';
  return { safeguard, state, proofs: own };
}

/**
 * The failure modes that a job is open to, by these rules:
 *
 * - partial: it delivers a file without renaming it, announcing it by a second file or a program
 *   that does so, or writes to a database without a transaction; or it makes several deliveries and
 *   does not report failures.
 * - delayed: nothing tries again; or neither a time limit nor a lock bounds its runs.
 * - silent: neither monitoring nor alerting; or its output or its failures are hidden.
 * - semantic: nothing looks at the size, rows or checksum of what came, or something else can be
 *   taken for it.
 */
function findOpenModes(
  statuses: readonly SafeguardStatus[],
  proofs: readonly SafeguardProof[],
  links: readonly Link[],
  implementations: readonly Implementation[],
): OpenMode[] {
  const stateOf = (wanted: Safeguard): SafeguardState | undefined =>
    statuses.find(({ safeguard }) => safeguard === wanted)?.state;
  const has = (wanted: Safeguard): boolean => stateOf(wanted) === 'has';
  const shows = (wanted: SafeguardProof['safeguard'], effect: SafeguardProof['effect']): boolean =>
    proofs.some((proof) => proof.safeguard === wanted && proof.effect === effect);
  // A reader that fetches for itself changes nothing at the other end.
  const pushed = links.filter(({ initiator }) => initiator !== 'to');
  const deliveries = links.filter(
    (link) =>
      link.initiator !== 'to' &&
      link.implementations.some((one) => one.delivers && implementations.includes(one)),
  ).length;
  const reasons: Record<FailureMode, (string | false)[]> = {
    partial: [
      !shows('whole-delivery', 'provides') &&
        pushed.some(({ family }) => family === 'file') &&
        'a file can be read while it is written',
      !shows('whole-delivery', 'provides') &&
        pushed.some(({ family }) => family === 'database') &&
        'changes of a database are not known to be one transaction',
      deliveries > 1 &&
        !has('failure-propagation') &&
        `${deliveries} deliveries, of which one can fail unseen`,
    ],
    delayed: [
      !has('retry') && 'nothing tries again',
      !has('timeout') && !has('locking') && 'neither a time limit nor a lock bounds its runs',
    ],
    silent: [
      !has('monitoring') && !has('alerting') && 'neither monitoring nor alerting',
      (stateOf('alerting') === 'defeated' || stateOf('traceability') === 'defeated') &&
        'what it says is thrown away',
      stateOf('failure-propagation') === 'defeated' && 'failures are not reported',
    ],
    semantic: [
      shows('content-check', 'defeats')
        ? 'an error page can be taken for the data'
        : !shows('content-check', 'provides') && 'nothing looks at what came',
    ],
  };
  return failureModes.flatMap((mode) => {
    const found = reasons[mode].filter((reason): reason is string => reason !== false);
    return found.length > 0 ? [{ mode, reasons: found }] : [];
  });
}

function uniqueProofs(proofs: readonly SafeguardProof[]): SafeguardProof[] {
  const keyed = new Map(
    proofs.map((proof) => [
      [
        proof.safeguard,
        proof.origin.repository ?? '',
        proof.origin.file,
        String(proof.origin.line).padStart(9, '0'),
        proof.effect,
        proof.summary,
      ].join('\u0000'),
      proof,
    ]),
  );
  return sortBy(keyed, ([key]) => key).map(([, proof]) => proof);
}

function count(safeguard: Safeguard, jobs: readonly JobSafeguards[]): SafeguardCount {
  const states = jobs.map(
    (job) => job.safeguards.find((status) => status.safeguard === safeguard)?.state,
  );
  const of = (wanted: SafeguardState): number => states.filter((state) => state === wanted).length;
  return { safeguard, has: of('has'), lacks: of('lacks'), defeated: of('defeated') };
}
