import { groupBy, sortBy, sortedUnique } from '../order.ts';
import type { SystemNames } from '../reconcile/suggest-system.ts';
import { type ProposedSource, toMinParsed } from './proposed-source.ts';
import type { RecognisedOf } from './recognised.ts';
import { toPatterns } from './to-patterns.ts';

type CronFile = RecognisedOf<'cron'>;

/** Which machine a file is of: by what was gathered there, by its path, by its name. */
interface MachineOf {
  /** The host to write; undefined where the files say it, or nobody does. */
  readonly host: string | undefined;
  readonly root: string;
  readonly isGathered: boolean;
}

/** The folders of a machine's own tree. */
const machineFolder = /(?:^|\/)(?:etc|var|usr|lib|run)\//;

/** Crontabs, timers and hosts files, an entry for each machine. */
export function proposeCron(
  found: readonly CronFile[],
  names: SystemNames,
  all: readonly string[],
): ProposedSource[] {
  const gathered = found
    .filter(({ what }) => what === 'machine')
    .map(({ file }) => file.slice(0, file.lastIndexOf('/') + 1));
  const machines = groupBy(found, (each) => JSON.stringify(machineOf(each.file, gathered, names)));
  const proposed = [...machines].flatMap(([key, files]) => {
    const starts = files.some(({ what }) => /^(?:ana)?crontab$|^unit$|^run-parts$/.test(what));
    if (!starts && !files.some(({ what }) => what === 'hosts')) return [];
    return [toSource(JSON.parse(key) as MachineOf, files, all)];
  });
  return sortBy(proposed, ({ patterns }) => patterns[0] ?? '');
}

function machineOf(file: string, gathered: readonly string[], names: SystemNames): MachineOf {
  const root = gathered.find((folder) => file.startsWith(folder));
  if (root !== undefined) return { host: undefined, root, isGathered: true };
  const tree = machineFolder.exec(file);
  const above = tree ? file.slice(0, tree.index) : '';
  const named = above.slice(above.lastIndexOf('/') + 1);
  const host = names.hostIn(file) ?? (/^[a-z][\w.-]*\d[\w.-]*$/i.test(named) ? named : undefined);
  return { host, root: host === undefined ? above : '', isGathered: false };
}

function toSource(
  { host, isGathered }: MachineOf,
  files: readonly CronFile[],
  all: readonly string[],
): ProposedSource {
  const records = files.reduce((sum, each) => sum + each.records + each.skipped, 0);
  const parsed = files.reduce((sum, each) => sum + each.records, 0);
  const kinds = sortedUnique(files.map(({ what }) => words[what]));
  return {
    kind: 'cron',
    patterns: toPatterns(
      files.map(({ file }) => file),
      all,
    ),
    options: [
      ...(host === undefined
        ? []
        : [{ key: 'host', value: host, comment: 'by the name of the file or folder' }]),
      ...toMinParsed(parsed, records),
    ],
    because: `${kinds.join(', ')}${isGathered ? ', with what was gathered about the machine' : tellJobs(files)}`,
    hints: isGathered
      ? []
      : [
          ...(host === undefined
            ? [`host: ${guessHost(files)}   # whose they are; without it, jobs belong to no system`]
            : []),
          "timezone: Europe/Oslo   # of the machine's clock, where it is not UTC",
        ],
    files: files.length,
  };
}

function tellJobs(files: readonly CronFile[]): string {
  const jobs = files
    .filter(({ what }) => what === 'crontab' || what === 'anacrontab')
    .reduce((sum, { records }) => sum + records, 0);
  return jobs === 0 ? '' : `: ${jobs} ${jobs === 1 ? 'job' : 'jobs'}`;
}

/** Files in `cron.d` that are collected from machines are often called after them. */
function guessHost(files: readonly CronFile[]): string {
  const names = new Set(
    files.map(({ file }) => /(?:^|\/)([a-z]+[a-z-]*\d{1,4})(?:[._-][^/]*)?$/i.exec(file)?.[1]),
  );
  const [name] = names;
  return names.size === 1 && name !== undefined ? name : 'etl01.example.com';
}

const words: Readonly<Record<CronFile['what'], string>> = {
  crontab: 'crontabs',
  anacrontab: 'anacrontab',
  unit: 'systemd units',
  hosts: 'hosts file',
  'run-parts': 'scripts that run-parts starts',
  machine: 'facts of the machine',
  'timer-listing': 'timers that run',
  zone: 'time zone',
  backup: 'backups',
};

/** Exports of schedulers, an entry for each scheduler. */
export function proposeJobs(
  found: readonly RecognisedOf<'jobs'>[],
  all: readonly string[],
): ProposedSource[] {
  const groups = groupBy(found, ({ scheduler }) => scheduler);
  return sortBy(
    [...groups].map(([scheduler, files]): ProposedSource => {
      const jobs = files.reduce((sum, each) => sum + each.jobs, 0);
      const skipped = files.reduce((sum, each) => sum + each.skipped, 0);
      return {
        kind: 'jobs',
        patterns: toPatterns(
          files.map(({ file }) => file),
          all,
        ),
        options: toMinParsed(jobs, jobs + skipped),
        because: `${scheduler}: ${jobs} ${jobs === 1 ? 'job' : 'jobs'}`,
        hints: ['host: batch01.example.com   # where jobs run that name no host'],
        files: files.length,
      };
    }),
    ({ patterns }) => patterns[0] ?? '',
  );
}
