import type { JobSafeguards } from '../analyzers/safeguards.ts';
import { formatPlace } from '../errors.ts';
import type { Link, SafeguardProof } from '../landscape.ts';
import { groupBy, sortBy } from '../order.ts';
import { openNaming } from './naming.ts';
import type { Rule } from './rule.ts';

/** A scheduled link of which nobody is told when it fails. */
export const noSafeguard: Rule = {
  name: 'no-safeguard',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, analysis }) => {
    const naming = openNaming(landscape);
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    const silent = analysis.safeguards.jobs.filter(isSilent);
    const byLink = groupBy(
      silent.flatMap((job) => job.links.map((key) => ({ key, job }))),
      ({ key }) => key,
    );
    return [...byLink].flatMap(([key, found]) => {
      const link = links.get(key);
      const jobs = found
        .map(({ job }) => job)
        .filter(({ id }) => link !== undefined && isScheduled(link, id));
      if (!link || jobs.length === 0) return [];
      const against = sortBy(
        new Map(jobs.flatMap(listDefeats).map((proof) => [formatPlace(proof.origin), proof])),
        ([place]) => place,
      ).map(([, proof]) => proof);
      return [
        {
          subject: key,
          message: `${naming.link(link)} runs on a schedule, and nobody is told when it fails: ${nameAll(jobs)} neither monitoring nor alerting.${tell(jobs)}`,
          remedy:
            'Let a monitor expect a sign of life after each good run, or send a message on failure, and let the failure reach it.',
          related: jobs.map(({ id }) => id),
          evidence: [
            ...against.map(({ origin }) => origin),
            ...link.implementations
              .filter(({ id }) => jobs.some((job) => job.id === id))
              .map(({ origin }) => origin),
          ],
        },
      ];
    });
  },
};

function isSilent({ safeguards }: JobSafeguards): boolean {
  return safeguards.every(
    ({ safeguard, state }) =>
      (safeguard !== 'monitoring' && safeguard !== 'alerting') || state !== 'has',
  );
}

/** A row that only a registry knows says nothing of what runs it. */
function isScheduled(link: Link, id: string): boolean {
  const code = link.implementations.find((implementation) => implementation.id === id);
  return code !== undefined && (code.schedules.length > 0 || link.schedules.length > 0);
}

function nameAll(jobs: readonly JobSafeguards[]): string {
  return jobs.length === 1 ? `${jobs[0]?.id} has` : `${jobs.map(({ id }) => id).join(', ')} have`;
}

/** What hides a failure from whoever might be told. */
function listDefeats({ safeguards }: JobSafeguards): SafeguardProof[] {
  return safeguards
    .filter(({ safeguard }) =>
      ['monitoring', 'alerting', 'traceability', 'failure-propagation'].includes(safeguard),
    )
    .flatMap(({ proofs }) => proofs.filter(({ effect }) => effect === 'defeats'));
}

const mostTold = 8;

/** What defeats it, line by line. */
function tell(jobs: readonly JobSafeguards[]): string {
  const byPlace = groupBy(jobs.flatMap(listDefeats), ({ origin }) =>
    formatPlace({ ...origin, column: 1 }),
  );
  if (byPlace.size === 0) return '';
  const told = sortBy(
    byPlace.values(),
    (proofs) => proofs[0]?.origin.file ?? '',
    (proofs) => proofs[0]?.origin.line ?? 0,
  ).map((proofs) => {
    const [first] = proofs;
    const says = [...new Set(proofs.map(({ summary }) => summary))].sort(
      (a, b) => b.length - a.length,
    )[0];
    return `${says} (${first ? `${first.origin.file}:${first.origin.line}` : ''})`;
  });
  const rest = told.length - mostTold;
  const more = rest > 0 ? `; and ${rest} more` : '';
  return ` What stands against it: ${told.slice(0, mostTold).join('; ')}${more}.`;
}
