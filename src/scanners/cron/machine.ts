import { isTimezone } from '../../schedule.ts';
import { readTimerListing } from '../schedulers/systemd.ts';
import type { TextFile } from '../schedulers/systemd-units.ts';
import { findFileKind, machineFile } from './file-kind.ts';

/** Something about a machine's files that coverage must tell. */
export interface MachineFlaw {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** The files of one machine, and what they say about it. */
export interface Machine {
  readonly files: readonly TextFile[];
  readonly host: string | undefined;
  readonly timezone: string;
  /** Whether systemd runs there; `undefined` where nothing says so. */
  readonly hasSystemd: boolean | undefined;
  /** The timers that run, where a listing tells them. */
  readonly running: ReadonlySet<string> | undefined;
  readonly flaws: readonly MachineFlaw[];
}

/** What the options of the source say about all of its machines. */
export interface MachineOptions {
  readonly host?: string | undefined;
  readonly timezone?: string | undefined;
}

/**
 * Splits the files of a source by machine: a folder that holds what `landscape-gather.sh` wrote is one,
 * and all other files are of another.
 */
export function splitMachines(files: readonly TextFile[], options: MachineOptions): Machine[] {
  const roots = files
    .filter(({ file }) => findFileKind(file) === 'machine')
    .map(({ file }) => file.slice(0, -machineFile.length))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const groups = new Map<string, TextFile[]>();
  for (const entry of files) {
    const root = roots.find((folder) => entry.file.startsWith(folder)) ?? '\0';
    const group = groups.get(root) ?? [];
    groups.set(root, group);
    group.push(entry);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => readMachine(group, options));
}

function readMachine(files: readonly TextFile[], options: MachineOptions): Machine {
  const flaws: MachineFlaw[] = [];
  let host = options.host;
  let timezone = options.timezone;
  let hasSystemd: boolean | undefined;
  let running: Set<string> | undefined;
  const setZone = (zone: string, file: string, line: number): void => {
    if (timezone !== undefined || zone === '') return;
    if (isTimezone(zone)) timezone = zone;
    else
      flaws.push({
        file,
        line,
        reason: `"${zone.slice(0, 60)}" is no time zone; set "timezone:" on the source`,
      });
  };
  for (const { file, text } of files) {
    const kind = findFileKind(file);
    if (kind === 'zone') setZone(text.trim(), file, 1);
    if (kind === 'timer-listing') running = readTimerListing(text);
    if (kind !== 'machine') continue;
    for (const [index, line] of text.split(/\r?\n/).slice(0, 10_000).entries()) {
      const [, key, value = ''] = /^(\w{1,20})=(.{0,2000})$/.exec(line) ?? [];
      if (key === 'host' && value !== '') host ??= value;
      if (key === 'timezone') setZone(value, file, index + 1);
      if (key === 'systemd') hasSystemd = value === 'yes';
      if (key === 'unread')
        flaws.push({ file, line: index + 1, reason: `could not be gathered: ${value}` });
    }
  }
  if (files.some(({ file }) => file.endsWith('.timer'))) hasSystemd ??= true;
  return {
    files,
    host,
    timezone: timezone ?? 'UTC',
    hasSystemd,
    // Where something else starts the machine, no timer runs.
    running: hasSystemd === false ? new Set() : running,
    flaws,
  };
}
