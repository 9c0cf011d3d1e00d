import type { JobSafeguards, Safeguards } from '../../analyzers/safeguards.ts';
import { type Safeguard, safeguards } from '../../vocabulary.ts';
import { sortWorst } from '../schedules/worst-jobs.ts';
import { formatCount, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';
import { formatOrigin } from './links.ts';

interface SafeguardRow {
  readonly job: string;
  readonly links: readonly Named[];
  readonly cells: readonly {
    readonly state: string;
    /** The lines that show it, for hovering. */
    readonly why: string;
  }[];
  readonly openTo: readonly { readonly mode: string; readonly reasons: string }[];
  readonly proofs: readonly {
    readonly what: string;
    readonly place: string;
    readonly summary: string;
  }[];
}

/** Which scheduled job has which safeguard. */
export interface SafeguardsView {
  readonly title: string;
  /** Jobs of which nobody would hear that they fail, and why. */
  readonly unheard: readonly {
    readonly job: string;
    readonly links: readonly Named[];
    readonly why: string;
  }[];
  readonly moreUnheard: string;
  readonly columns: readonly {
    readonly label: string;
    readonly meaning: string;
    readonly count: string;
  }[];
  readonly rows: readonly SafeguardRow[];
  /** Columns of the table, its first and last included. */
  readonly width: number;
  readonly leftOut: string;
}

const mostRows = 200;
const mostUnheard = 12;
/** More lines than this of one job nobody reads. */
const mostProofs = 40;

const columns: Readonly<Record<Safeguard, { readonly label: string; readonly meaning: string }>> = {
  monitoring: { label: 'Monitoring', meaning: 'Something outside notices that it did not run' },
  alerting: { label: 'Alerting', meaning: 'Somebody is told when it fails' },
  retry: { label: 'Retry', meaning: 'It tries again' },
  traceability: { label: 'Trace', meaning: 'It leaves a log that can be followed' },
  owner: { label: 'Owner', meaning: 'Somebody answers for it' },
  locking: { label: 'Lock', meaning: 'It never runs twice at once' },
  timeout: { label: 'Timeout', meaning: 'It gives up after a while' },
  'failure-propagation': { label: 'Fails loudly', meaning: 'A failed step makes the run fail' },
};

/** Lists scheduled jobs with what each has, lacks, or has and defeats. */
export function listSafeguards(context: Context, { jobs, counts }: Safeguards): SafeguardsView {
  const links = new Set(context.audit.links.map(({ key }) => key));
  const unheard = sortWorst(jobs).flatMap((job) => {
    const silent = job.failureModes.find(({ mode }) => mode === 'silent');
    return silent ? [{ job, why: silent.reasons.join('; ') }] : [];
  });
  const name = (job: JobSafeguards): Pick<SafeguardRow, 'job' | 'links'> => ({
    job: links.has(job.id) ? context.toLink(job.id).name : job.id,
    links: links.has(job.id) ? [] : job.links.map(context.toLink),
  });
  return {
    title:
      unheard.length === 0
        ? `Each of ${plural(jobs.length, 'scheduled job')} is watched or tells somebody`
        : `${formatCount(unheard.length)} of ${plural(jobs.length, 'scheduled job')} can fail with nobody told`,
    unheard: unheard.slice(0, mostUnheard).map(({ job, why }) => ({ ...name(job), why })),
    moreUnheard:
      unheard.length > mostUnheard
        ? `And ${formatCount(unheard.length - mostUnheard)} more, which the table marks as open to silent failure.`
        : '',
    columns: safeguards.map((safeguard) => ({
      ...columns[safeguard],
      count: `${formatCount(counts.find((one) => one.safeguard === safeguard)?.has ?? 0)} of ${formatCount(jobs.length)}`,
    })),
    rows: sortWorst(jobs)
      .slice(0, mostRows)
      .map((job) => ({
        ...name(job),
        cells: safeguards.map((safeguard) => toCell(job, safeguard)),
        openTo: job.failureModes.map(({ mode, reasons }) => ({
          mode,
          reasons: reasons.join('; '),
        })),
        proofs: listProofs(job),
      })),
    width: safeguards.length + 2,
    leftOut:
      jobs.length > mostRows ? `${plural(jobs.length - mostRows, 'further job')} left out.` : '',
  };
}

function toCell(
  { safeguards: statuses }: JobSafeguards,
  wanted: Safeguard,
): SafeguardRow['cells'][number] {
  const status = statuses.find(({ safeguard }) => safeguard === wanted);
  return {
    state: status?.state ?? 'lacks',
    why: (status?.proofs ?? [])
      .slice(0, mostProofs)
      .map(({ origin, summary }) => `${formatOrigin(origin)}: ${summary}`)
      .join('\n'),
  };
}

function listProofs({ safeguards: statuses }: JobSafeguards): SafeguardRow['proofs'] {
  return statuses
    .flatMap(({ safeguard, proofs }) =>
      proofs.map(({ effect, origin, summary }) => ({
        what: `${columns[safeguard].label}${effect === 'defeats' ? ' defeated' : ''}`,
        place: formatOrigin(origin),
        summary,
      })),
    )
    .slice(0, mostProofs);
}
