import type { PlannedLinkJob } from '../../analyzers/freshness/schedule-analysis.ts';
import { sortBy } from '../../order.ts';
import { escapeMermaid } from '../mermaid/escape-mermaid.ts';
import { clip } from '../wording.ts';
import type { ScheduleFacts } from './facts.ts';
import { type LocalTime, openClock, tellMinute } from './local-time.ts';
import { listHurtingRuns, toRunTime } from './oldest-data.ts';
import { shortenIds } from './shorten-ids.ts';
import { tellAge } from './tell-age.ts';

/** A week of runs as Mermaid text, and how much of it did not fit. */
export interface WeekGantt {
  readonly text: string;
  readonly omittedJobs: number;
  readonly hasHurting: boolean;
}

/** More becomes unreadable, and Mermaid refuses 50,000 characters. */
const mostJobs = 40;
const mostTasks = 300;
/** Jobs that run more often than this are one bar, in ms. */
const barBelow = 2 * 3_600_000;
const daysOfWeek = 7;
const leftPadding = 210;
/** So many fit into the padding. */
const mostLetters = 30;

/**
 * Draws the week as a Mermaid gantt: a row for each job, a short bar for each run, one bar where runs
 * follow each other closely; red where a failed run hurts most. Times are those of the clock on the wall.
 */
export function drawWeekGantt(
  { freshness, schedules }: ScheduleFacts,
  nameJob: (id: string) => string,
): WeekGantt | undefined {
  const clock = openClock(schedules.timezone);
  const firstDay = clock(schedules.week.from).day;
  const hurting = new Set(
    listHurtingRuns(freshness)
      .filter(({ of }) => of.certainty === 'declared')
      .map(({ critical: { link, run } }) => `${link} ${run}`),
  );
  const isHurting = (job: PlannedLinkJob, run: number): boolean =>
    job.links.some((link) => hurting.has(`${link} ${toRunTime(run)}`));
  const running = sortBy(
    schedules.jobs.filter(({ runs }) => runs.length > 0),
    (job) =>
      job.runs.some((series) => eachRun(series).some((run) => isHurting(job, run))) ? 0 : 1,
    ({ id }) => id,
  );
  const names = shortenIds(running.map(({ id }) => nameJob(id)));
  const lines: string[] = [];
  let tasks = 0;
  let drawn = 0;
  let reds = 0;
  for (const job of running) {
    const bars = listBars(job, (run) => isHurting(job, run), clock, firstDay);
    if (drawn === mostJobs || tasks + bars.length > mostTasks) break;
    drawn++;
    tasks += bars.length;
    reds += bars.filter(({ isRed }) => isRed).length;
    lines.push(`  section ${escapeGantt(clip(names.get(nameJob(job.id)) ?? '', mostLetters))}`);
    for (const { label, start, minutes, isRed } of bars)
      lines.push(`  ${escapeGantt(label)} :${isRed ? 'crit, ' : ''}${start}, ${minutes}m`);
  }
  if (drawn === 0) return undefined;
  const text = [
    '---',
    'displayMode: compact',
    // Room for the names of jobs.
    `config:\n  gantt:\n    leftPadding: ${leftPadding}`,
    '---',
    'gantt',
    '  dateFormat YYYY-MM-DDTHH:mm',
    '  axisFormat %a',
    '  tickInterval 1day',
    // The line of today would stand elsewhere for every reader.
    '  todayMarker off',
    ...lines,
    '',
  ].join('\n');
  return {
    text,
    omittedJobs: running.length - drawn + schedules.leftOut.jobs,
    hasHurting: reds > 0,
  };
}

interface Bar {
  readonly label: string;
  readonly start: string;
  readonly minutes: number;
  readonly isRed: boolean;
}

function eachRun({ first, step, count }: PlannedLinkJob['runs'][number]): number[] {
  // Only single runs are looked at one by one; a bar's own begin and end do.
  const shown = count > 2 && step < barBelow ? 1 : count;
  return Array.from({ length: Math.min(shown, mostTasks) }, (_, index) => first + index * step);
}

function listBars(
  job: PlannedLinkJob,
  isRed: (run: number) => boolean,
  clock: (instant: number) => LocalTime,
  firstDay: number,
): Bar[] {
  return job.runs.flatMap((series) => {
    const isBar = series.count > 2 && series.step < barBelow;
    const last = series.first + series.step * (series.count - 1);
    return eachRun(series).flatMap((run): Bar[] => {
      const at = clock(run);
      if (at.day < firstDay || at.day >= firstDay + daysOfWeek) return [];
      const minutes = isBar ? Math.round((last - run + series.step) / 60_000) : 60;
      return [
        {
          label: isBar ? tellStep(series.step, minutes) : tellMinute(at.minute),
          start: `${new Date(at.day * 86_400_000).toISOString().slice(0, 10)}T${tellMinute(at.minute)}`,
          minutes,
          isRed: isRed(run),
        },
      ];
    });
  });
}

/** In short bars there is room for the distance only. */
function tellStep(step: number, minutes: number): string {
  const words = tellAge(step / 3_600_000);
  return minutes < 1440 ? words : `every ${words}`;
}

/** A colon ends the name of a task. */
function escapeGantt(text: string): string {
  return escapeMermaid(text).replaceAll(':', '#58;');
}
