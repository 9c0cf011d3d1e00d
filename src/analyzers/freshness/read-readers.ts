import { openRuns } from '../../schedule/open-runs.ts';
import { findCronError, type Schedule } from '../../schedule.ts';
import { readDays } from './declared-schedule.ts';
import { packInstants } from './instants.ts';
import { openClock, toDate } from './local-time.ts';
import type { Readers } from './model.ts';
import type { FreshnessOptions, ReaderOption } from './options.ts';

/** Why a reader cannot be understood: which key, and a sentence; `undefined` where it can. */
export function findReaderFault(
  reader: ReaderOption,
): { readonly key: string; readonly message: string } | undefined {
  if ('at' in reader) {
    const error = findCronError(reader.at);
    return error === undefined
      ? undefined
      : { key: 'at', message: `"${reader.at}" is no schedule of a crontab: ${error}.` };
  }
  return reader.days === undefined || readDays(reader.days) !== undefined
    ? undefined
    : {
        key: 'days',
        message: `"${reader.days}" are no days of the week; write them as mon-fri or mon,thu.`,
      };
}

/** When people look, within [from, to) in ms, on days that are no holidays. */
export function openReaders(
  { readers, holidays, timezone }: FreshnessOptions,
  from: number,
  to: number,
): Readers[] {
  const free = new Set(holidays);
  return readers.map((reader) => {
    const zone = reader.timezone ?? timezone ?? 'UTC';
    const toLocal = openClock(zone, from, to);
    const isHoliday = (instant: number): boolean => free.has(toDate(toLocal(instant)));
    const list = (expression: string): number[] =>
      listRuns({ expression, timezone: zone }, from, to);
    if ('at' in reader) {
      const looks = list(reader.at).filter((instant) => !isHoliday(instant));
      return { system: reader.system, looks: packInstants(looks) };
    }
    const days = readDays(reader.days ?? 'daily') ?? '*';
    const starts = list(`${toFields(reader.from)} * * ${days}`);
    const ends = list(`${toFields(reader.to)} * * *`);
    let next = 0;
    const windows = starts.flatMap((start) => {
      while ((ends[next] ?? to) <= start) {
        if (next >= ends.length) break;
        next++;
      }
      return isHoliday(start) ? [] : [[start, ends[next] ?? to] as const];
    });
    return { system: reader.system, looks: [], windows };
  });
}

function listRuns(schedule: Schedule, from: number, to: number): number[] {
  const opened = openRuns(schedule);
  return 'error' in opened ? [] : opened.runs(from, to);
}

/** `06:30` as minute and hour of a crontab. */
function toFields(time: string): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute} ${hour}`;
}
