import { weekdayCodes } from '../../schedule/calendar-names.ts';
import { openRuns } from '../../schedule/open-runs.ts';
import type { Schedule } from '../../schedule.ts';
import { collectJobs, type JobCollector } from './collect-jobs.ts';
import { readCsvRows } from './csv-rows.ts';
import { readCommandLine, splitWindowsWords } from './read-job-words.ts';
import type { SchedulerFile, SchedulerReader } from './scheduled-job.ts';

const weekdays = new Set(weekdayCodes);

/**
 * The table of `schtasks /query /v /fo csv` in English. Its dates are written by the machine's
 * settings and are not read, so that only what needs no first date is followed.
 */
export const windowsListReader: SchedulerReader = {
  name: 'schtasks table (CSV)',
  matches: (_file, text) => {
    const head = text.slice(0, 4_000);
    return /"?TaskName"?,"?Next Run Time"?/.test(head) && /"Task To Run"/.test(head);
  },
  read(text): SchedulerFile {
    const jobs = collectJobs();
    const rows = readCsvRows(text);
    const header = rows.find(({ cells }) => cells.includes('TaskName'))?.cells ?? [];
    for (const { cells, line } of rows) {
      // schtasks repeats the header for each folder, and lists a task once for each trigger.
      if (cells.includes('TaskName') || cells.length < 10) continue;
      readRow(new Map(header.map((name, index) => [name, cells[index] ?? ''])), line, jobs);
    }
    return jobs.finish();
  },
};

function readRow(row: ReadonlyMap<string, string>, line: number, jobs: JobCollector): void {
  const cell = (name: string): string => (row.get(name) ?? '').trim();
  const name = cell('TaskName');
  if (name === '') {
    jobs.skip(line, 'a row without the name of a task');
    return;
  }
  const run = cell('Task To Run');
  const isKnown = run !== '' && run !== 'N/A' && !/^(?:COM handler|Multiple actions)$/i.test(run);
  const [host, user] = [cell('HostName'), cell('Run As User')];
  const disabled = /disabled/i.test(cell('Scheduled Task State')) || cell('Status') === 'Disabled';
  const schedule = readSchedule(cell, line, jobs);
  jobs.add({
    name,
    line,
    schedules: schedule === undefined ? [] : [schedule],
    ...(isKnown ? readCommandLine(quoteProgram(run)) : {}),
    ...(host === '' ? {} : { host }),
    ...(user === '' || user === 'N/A' ? {} : { user }),
    ...(disabled ? { disabled: true as const } : {}),
  });
}

/** The table drops the quotes around a program whose path holds spaces. */
function quoteProgram(line: string): string {
  if (line.startsWith('"')) return line;
  const program = /^[A-Za-z]:\\[^"|<>]{1,300}?\.(?:exe|cmd|bat|ps1|com)(?=\s|$)/i.exec(line)?.[0];
  return program !== undefined && splitWindowsWords(program).length > 1
    ? `"${program}"${line.slice(program.length)}`
    : line;
}

function readSchedule(
  cell: (name: string) => string,
  line: number,
  jobs: JobCollector,
): Schedule | undefined {
  const kind = cell('Schedule Type');
  if (
    /^(?:N\/A|On demand only|At system start ?up|At logon time|When an event occurs|At idle time|)$/i.test(
      kind,
    )
  ) {
    if (kind !== '' && kind !== 'N/A') jobs.flaw(line, `it starts by no clock: ${kind}`);
    return undefined;
  }
  const days = cell('Days');
  const words = [kind, days, cell('Months'), cell('Start Time')].filter((word) => word !== '');
  const rule = isRepeated(cell) ? undefined : toRule(kind, days, cell('Months'));
  const time = readClock(cell('Start Time'));
  const schedule: Schedule = {
    expression: rule && time ? `${rule};${time}` : words.join(', '),
    timezone: '',
    scheduler: 'windows',
  };
  const opened = openRuns(schedule);
  if ('error' in opened || !rule || !time)
    jobs.flaw(
      line,
      `its trigger "${words.join(', ')}" cannot be followed from this table; export it as XML`,
    );
  return schedule;
}

function isRepeated(cell: (name: string) => string): boolean {
  return !/^(?:|N\/A|Disabled)$/i.test(cell('Repeat: Every'));
}

function toRule(kind: string, days: string, months: string): string | undefined {
  if (/^Daily\b/i.test(kind)) return /^Every 1 day/i.test(days) ? 'FREQ=DAILY' : undefined;
  if (/^Weekly\b/i.test(kind)) {
    const named = days.split(/[,\s]+/).map((day) => day.slice(0, 3).toUpperCase());
    return named.every((day) => weekdays.has(day))
      ? `FREQ=WEEKLY;BYDAY=${named.join(',')}`
      : undefined;
  }
  if (/^Monthly\b/i.test(kind) && /^\d{1,2}(?:,\s*\d{1,2})*$/.test(days)) {
    if (!/^Every month$/i.test(months)) return undefined;
    return `FREQ=MONTHLY;BYMONTHDAY=${days.replace(/\s/g, '')}`;
  }
  return undefined;
}

/** `22:30:00` or `10:30:00 PM`. */
function readClock(text: string): string | undefined {
  const match = /^(\d{1,2}):(\d\d)(?::(\d\d))?(?:\s?([AP])M)?$/i.exec(text);
  if (!match) return undefined;
  const half = match[4]?.toUpperCase();
  const hour = half ? (Number(match[1]) % 12) + (half === 'P' ? 12 : 0) : Number(match[1]);
  return `BYHOUR=${hour};BYMINUTE=${Number(match[2])};BYSECOND=${Number(match[3] ?? 0)}`;
}
