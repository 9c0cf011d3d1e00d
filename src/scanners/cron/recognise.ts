import { type FileKind, findFileKind } from './file-kind.ts';
import { readHostsFile } from './hosts-file.ts';
import { readAnacrontab } from './read-anacrontab.ts';
import { readCrontab } from './read-crontab.ts';

/** A file of a machine: what it is, and how many of its lines are understood. */
export interface RecognisedCron {
  readonly what: Exclude<FileKind, 'crontab'> | 'crontab';
  /** Jobs of a crontab, lines of a hosts file; of anything else 1. */
  readonly records: number;
  readonly skipped: number;
}

/** Places and names of crontabs; what is elsewhere must be one by all of its lines. */
const crontabPlace =
  /(?:^|\/)(?:cron\.d|crontabs|cron\/tabs|spool\/cron)\/[^/]+$|(?:^|[/._-])crontabs?(?:[._-][^/]*)?$|\.cron(?:tab)?$/i;

/** A line that begins as a crontab's does, so that other files are not read line by line. */
const jobLine =
  /^[ \t]*-?(?:@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly)|(?:[\d*][\d*,/~-]*[ \t]+){3}[\w*,/~-]+[ \t]+[\w*,/~-]+)[ \t]+\S/m;

const scriptFolder = /(?:^|\/)cron\.(?:hourly|daily|weekly|monthly)\//;

/** Tells what a `cron:` source reads, by place and name and then by its lines. */
export function recogniseCron(file: string, text: string): RecognisedCron | undefined {
  const kind = findFileKind(file);
  switch (kind) {
    case 'machine':
    case 'timer-listing':
    case 'run-parts':
    case 'backup':
    case 'zone':
      return { what: kind, records: 1, skipped: 0 };
    case 'unit':
      return /^\[(?:Unit|Timer|Service|Install)\]/m.test(text)
        ? { what: kind, records: 1, skipped: 0 }
        : undefined;
    case 'hosts': {
      const { lines, skipped } = readHostsFile(text);
      return lines > 0 && skipped.length <= lines / 10
        ? { what: kind, records: lines, skipped: skipped.length }
        : undefined;
    }
    case 'anacrontab':
    case 'crontab':
      return recogniseCrontab(file, text, kind);
  }
}

function recogniseCrontab(
  file: string,
  text: string,
  what: 'anacrontab' | 'crontab',
): RecognisedCron | undefined {
  if (scriptFolder.test(file) || (what === 'crontab' && !jobLine.test(text))) return undefined;
  const context = { timezone: '', user: undefined };
  const { jobs, skipped } =
    what === 'anacrontab' ? readAnacrontab(text, '') : readCrontab(text, file, context);
  const isPlaced = what === 'anacrontab' || crontabPlace.test(file);
  if (jobs.length === 0 || skipped.length > (isPlaced ? jobs.length : 0)) return undefined;
  return { what, records: jobs.length, skipped: skipped.length };
}
