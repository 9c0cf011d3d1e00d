import type { Schedule } from '../../schedule.ts';
import type { ScheduledJob } from '../schedulers/scheduled-job.ts';

/** A folder of scripts that run one after the other. */
export type Period = 'hourly' | 'daily' | 'weekly' | 'monthly';

/** Who starts the scripts of a folder, and when. */
export interface FolderRun {
  readonly schedules: readonly Schedule[];
  readonly user: string | undefined;
  /** The names that run-parts leaves aside, where its kind is known. */
  readonly kind: 'debian' | 'crontabs' | 'unknown';
  /** No line of the source says so. */
  readonly isAssumed: boolean;
}

/** The times of Debian's /etc/crontab, where anacron is not installed. */
const usualTimes: Readonly<Record<Period, string>> = {
  hourly: '17 * * * *',
  daily: '25 6 * * *',
  weekly: '47 6 * * 7',
  monthly: '52 6 1 * *',
};

const call =
  /\brun-parts\b([^|;&]{0,200}?)\s["']?(?:\/[\w.-]+){0,4}\/cron\.(hourly|daily|weekly|monthly)\b/;

/** The period of the folder that a script lies in. */
export function findPeriod(file: string): Period | undefined {
  return /(?:^|\/)cron\.(hourly|daily|weekly|monthly)\/[^/]+$/.exec(file)?.[1] as
    | Period
    | undefined;
}

/**
 * Finds the line that runs each folder of scripts among the jobs of a machine; anacron's before
 * cron's, whose line then does nothing.
 */
export function findFolderRun(
  period: Period,
  jobs: readonly ScheduledJob[],
  timezone: string,
): FolderRun {
  const found = jobs.flatMap((job) => {
    const match = call.exec(job.command?.text ?? '');
    return match?.[2] === period ? [{ job, options: match[1] ?? '' }] : [];
  });
  const chosen = found.find(({ job }) => job.schedules[0]?.scheduler === 'anacron') ?? found[0];
  if (!chosen)
    return {
      schedules: [{ expression: usualTimes[period], timezone }],
      user: 'root',
      kind: 'unknown',
      isAssumed: true,
    };
  return {
    schedules: chosen.job.schedules,
    user: chosen.job.user,
    // Only Debian's program has this option, and its crontabs use it.
    kind: /\s--report\b/.test(chosen.options) ? 'debian' : 'crontabs',
    isAssumed: false,
  };
}

/** Why run-parts leaves a file aside: for certain (`disabled`), or on some systems only (`doubt`). */
export function judgeName(
  name: string,
  kind: FolderRun['kind'],
): { readonly disabled?: string; readonly doubt?: string } {
  if (/^\.|[~,]$|\.(?:rpm(?:save|orig|new)|dpkg-[a-z]+|swp|cfsaved|bak)$/.test(name))
    return { disabled: 'run-parts leaves files of this name aside' };
  if (/^[\w-]+$/.test(name)) return {};
  const reason = `Debian's run-parts leaves ${name} aside: only letters, digits, "_" and "-" may stand in the name`;
  return kind === 'debian' ? { disabled: reason } : kind === 'unknown' ? { doubt: reason } : {};
}
