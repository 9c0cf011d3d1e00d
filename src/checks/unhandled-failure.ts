import type { Freshness } from '../analyzers/freshness/model.ts';
import type { JobSafeguards, SafeguardStatus } from '../analyzers/safeguards.ts';
import { formatPlace } from '../errors.ts';
import type { Link, SafeguardProof } from '../landscape.ts';
import { mailedOutput } from '../vocabulary/mailed-output.ts';
import { listSome, type Naming, openNaming } from './naming.ts';
import type { Judgement, Rule } from './rule.ts';

/** Somebody would be told when a job fails, but the job hides that it failed. */
export const unhandledFailure: Rule = {
  name: 'unhandled-failure',
  defaultSeverity: 'warn',
  needsWhole: false,
  check: ({ landscape, analysis }) => {
    const naming = openNaming(landscape);
    const links = new Map(landscape.links.map((link) => [link.key, link]));
    return analysis.safeguards.jobs.flatMap((job): Judgement[] => {
      const told = [statusOf(job, 'alerting'), statusOf(job, 'monitoring')].flatMap((status) =>
        status?.state === 'has' ? [status] : [],
      );
      const moving = job.links.flatMap((key) => links.get(key) ?? []);
      const hidden = findHidden(job, told, moving);
      // Where nobody is told anyway, that is the finding of no-safeguard.
      if (told.length === 0 || hidden.length === 0) return [];
      // One for each link: a job that gets one more does not rename what was known of the others.
      return moving.map((link) => ({
        subject: link.key,
        message: `The job for ${naming.link(link)} has ${told.map(({ safeguard }) => safeguard).join(' and ')}, but some failures do not get there: ${tellHidden(hidden)}.${tellHarm(job, analysis.freshness, naming)}`,
        remedy:
          'Let the job end with an error as soon as a step fails, and let nothing on its way hide that.',
        related: [...job.links.filter((key) => key !== link.key), job.id],
        evidence: hidden.map(({ origin }) => origin),
      }));
    });
  },
};

/** What keeps failures from whoever is told. */
function findHidden(
  job: JobSafeguards,
  told: readonly SafeguardStatus[],
  links: readonly Link[],
): SafeguardProof[] {
  const defeats = ({ effect }: SafeguardProof): boolean => effect === 'defeats';
  const hidden = (statusOf(job, 'failure-propagation')?.proofs ?? []).filter(defeats);
  const provided = told.flatMap(({ proofs }) => proofs.filter((proof) => !defeats(proof)));
  if (provided.length === 0 || provided.some(({ summary }) => summary !== mailedOutput))
    return hidden;
  // Cron mails what a program prints, however the job ends; an error page is taken without a word.
  const code = links.flatMap(({ implementations }) =>
    implementations.filter(({ id }) => id === job.id),
  );
  const unsaid = new Set(
    code
      .flatMap(({ safeguards }) => safeguards.filter(defeats))
      .flatMap(({ safeguard, origin }) =>
        safeguard === 'content-check' ? [formatPlace(origin)] : [],
      ),
  );
  return hidden.filter(({ origin }) => unsaid.has(formatPlace(origin)));
}

function statusOf({ safeguards }: JobSafeguards, name: string): SafeguardStatus | undefined {
  return safeguards.find(({ safeguard }) => safeguard === name);
}

function tellHidden(hidden: readonly SafeguardProof[]): string {
  const lines = new Map(
    hidden.map((proof) => [
      formatPlace(proof.origin),
      `${proof.summary} (${proof.origin.file}:${proof.origin.line})`,
    ]),
  );
  return listSome([...lines.values()], 3);
}

/** The oldest data that one failed run of the job makes, where that is sure. */
function tellHarm(job: JobSafeguards, freshness: readonly Freshness[], naming: Naming): string {
  let worst: { row: Freshness; ageHours: number; hoursUnnoticed: number | null } | undefined;
  for (const row of freshness) {
    if (row.certainty !== 'declared') continue;
    for (const { link, job: id, ageHours, hoursUnnoticed } of row.criticalRuns)
      if ((id ?? link) === job.id && ageHours > (worst?.ageHours ?? 0))
        worst = { row, ageHours, hoursUnnoticed };
  }
  if (!worst || worst.ageHours < 1) return '';
  const { row, ageHours, hoursUnnoticed } = worst;
  const unnoticed =
    hoursUnnoticed === null ? '' : `, first seen ${toTenth(hoursUnnoticed)} hours after the run`;
  return ` One such run makes ${row.object} in ${naming.system(row.consumer)} up to ${toTenth(ageHours)} hours old${unnoticed}.`;
}

function toTenth(hours: number): number {
  return Math.round(hours * 10) / 10;
}
