import { groupBy, sortBy } from '../../order.ts';
import { type LocalTime, openClock, tellDay, tellWeekTime } from '../schedules/local-time.ts';
import { shortenIds } from '../schedules/shorten-ids.ts';
import { tellAge } from '../schedules/tell-age.ts';
import { clip, listNames, plural } from '../wording.ts';
import { type Markup, markup } from './markup.ts';

/** Runs at one distance from each other, in ms: a single one has the count 1. */
export interface RunSeries {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** A run whose failure makes data as old as one failed run can. */
export interface HurtingRun {
  readonly run: number;
  readonly effect: string;
  readonly hours: number;
  /** Whether data possibly flows on, but nobody says so. */
  readonly isPossible: boolean;
}

/** One job as the timeline draws it. */
export interface TimelineJob {
  readonly id: string;
  /** The host or system that it is drawn under; empty where none is known. */
  readonly group: string;
  /** Where the job is in the report; empty where nowhere. */
  readonly href: string;
  /** When it runs, in plain words. */
  readonly words: string;
  readonly runs: readonly RunSeries[];
  /** Runs whose failure hurts, and what it does. */
  readonly hurting: readonly HurtingRun[];
}

/** The week that is drawn. */
export interface Week {
  /** An instant in ms of its first day. */
  readonly from: number;
  /** The zone whose days and nights are shown, an IANA name. */
  readonly timezone: string;
}

/** A lane's name, beside the picture so that it stays when the picture scrolls. */
export interface Lane {
  readonly name: string;
  readonly href: string;
  /** The whole name and when it runs, for hovering. */
  readonly words: string;
  readonly isGroup: boolean;
}

/** The week, what is written beside it, and what was left out. */
export interface TimelineView {
  readonly lanes: readonly Lane[];
  readonly picture: Markup;
  readonly caption: string;
  readonly leftOut: string;
  readonly hasHurting: boolean;
  readonly hasPossible: boolean;
  readonly hasBand: boolean;
}

/** A job that runs more often than this is a band, in ms. */
const bandBelow = 2 * 3_600_000;
const mostLanes = 60;
/** More single runs of one job than this are not told apart by the eye. */
const mostMarks = 200;
const head = 40;
export const laneHeight = 26;
const minutesOfDay = 1440;
const minutesOfWeek = 7 * minutesOfDay;
const night = { from: 22 * 60, to: 6 * 60 };

/** Draws seven days, a lane for each job, a mark for each run. Widths are shares, so that it fits any page. */
export function drawTimeline(jobs: readonly TimelineJob[], week: Week, leftOut = 0): TimelineView {
  const clock = openClock(week.timezone);
  const firstDay = clock(week.from).day;
  const place = (instant: number): number => {
    const { day, minute } = clock(instant);
    return (day - firstDay) * minutesOfDay + minute;
  };
  const shown = chooseLanes(jobs, place);
  const names = shortenIds(shown.map(({ id }) => id));
  const lanes: Lane[] = [];
  const marks: Markup[] = [];
  const groups = groupBy(
    sortBy(
      shown,
      ({ group }) => (group === '' ? 1 : 0),
      ({ group }) => group,
      ({ id }) => id,
    ),
    ({ group }) => group,
  );
  let bands = 0;
  for (const [group, members] of groups) {
    if (groups.size > 1 || group !== '')
      lanes.push({
        name: group === '' ? 'Host not known' : group,
        href: '',
        words: '',
        isGroup: true,
      });
    for (const job of members) {
      const top = head + lanes.length * laneHeight;
      lanes.push({
        name: names.get(job.id) ?? job.id,
        href: job.href,
        words: `${job.id}: ${job.words}`,
        isGroup: false,
      });
      const { drawn, isBand } = drawLane(job, top, place, clock);
      if (isBand) bands++;
      marks.push(drawn);
    }
  }
  const height = head + lanes.length * laneHeight + 6;
  const inWeek = shown.flatMap(({ hurting }) => hurting.filter(({ run }) => isInside(place(run))));
  return {
    lanes,
    picture: markup`<svg class="week" width="100%" height="${height}" role="img" aria-label="${describeWeek(shown, firstDay)}">${drawDays(firstDay, height)}${drawRules(lanes)}${marks}</svg>`,
    caption: `${tellDay(firstDay)} to ${tellDay(firstDay + 6)}, clock of ${week.timezone || 'UTC'}`,
    leftOut:
      shown.length < jobs.length + leftOut
        ? `${plural(jobs.length - shown.length + leftOut, 'further job')} not drawn; those whose failure hurts go first.`
        : '',
    hasHurting: inWeek.some(({ isPossible }) => !isPossible),
    hasPossible: inWeek.some(({ isPossible }) => isPossible),
    hasBand: bands > 0,
  };
}

/** Jobs whose failure hurts go first, then those that run in the week, by name. */
function chooseLanes(
  jobs: readonly TimelineJob[],
  place: (instant: number) => number,
): readonly TimelineJob[] {
  if (jobs.length <= mostLanes) return jobs;
  return sortBy(
    jobs,
    ({ hurting }) => (hurting.some(({ run }) => isInside(place(run))) ? 0 : 1),
    ({ runs }) => (runs.length > 0 ? 0 : 1),
    ({ id }) => id,
  ).slice(0, mostLanes);
}

function describeWeek(jobs: readonly TimelineJob[], firstDay: number): string {
  return `Runs of ${plural(jobs.length, 'job')} from ${tellDay(firstDay)} to ${tellDay(firstDay + 6)}: ${listNames(
    jobs.map(({ id, words }) => `${clip(id, 60)} ${words}`),
    3,
  )}. The table below holds the same.`;
}

function drawDays(firstDay: number, height: number): Markup[] {
  return Array.from({ length: 7 }, (_, index) => {
    const start = index * minutesOfDay;
    const bottom = height - 6;
    return markup`<rect class="night" x="${share(start)}" y="${head - 16}" width="${share(night.to)}" height="${bottom - head + 16}"/><rect class="night" x="${share(start + night.from)}" y="${head - 16}" width="${share(minutesOfDay - night.from)}" height="${bottom - head + 16}"/><line class="day" x1="${share(start)}" x2="${share(start)}" y1="4" y2="${bottom}"/><text class="day-name" x="${share(start)}" y="16" dx="5">${tellDay(firstDay + index, 'short')}</text><text class="tick middle" x="${share(start + minutesOfDay / 2)}" y="35">12</text>`;
  });
}

function drawRules(lanes: readonly Lane[]): Markup[] {
  return lanes.flatMap(({ isGroup }, index) =>
    isGroup
      ? []
      : [
          markup`<line class="lane" x1="0" x2="100%" y1="${head + (index + 0.5) * laneHeight}" y2="${head + (index + 0.5) * laneHeight}"/>`,
        ],
  );
}

function drawLane(
  job: TimelineJob,
  top: number,
  place: (instant: number) => number,
  clock: (instant: number) => LocalTime,
): { drawn: Markup; isBand: boolean } {
  const hurting = new Map(job.hurting.map((one) => [one.run, one]));
  const bands: Markup[] = [];
  const marks: Markup[] = [];
  let count = 0;
  for (const { first, step, count: runs } of job.runs) {
    if (runs > 2 && step < bandBelow) {
      const [from, to] = [place(first), place(first + step * (runs - 1))];
      if (to < 0 || from >= minutesOfWeek) continue;
      const [start, end] = [Math.max(0, from), Math.min(minutesOfWeek, to + step / 60_000)];
      bands.push(
        markup`<rect class="band" x="${share(start)}" y="${top + 9}" width="${share(end - start)}" height="8"><title>${job.id}: ${tellWeekTime(clock(first))} to ${tellWeekTime(clock(first + step * (runs - 1)))}, every ${tellAge(step / 3_600_000)}</title></rect>`,
      );
      continue;
    }
    for (let index = 0; index < runs && count < mostMarks; index++) {
      const run = first + index * step;
      const at = place(run);
      if (!isInside(at) || hurting.has(run)) continue;
      count++;
      marks.push(
        markup`<line class="run" x1="${share(at)}" x2="${share(at)}" y1="${top + 6}" y2="${top + 20}"><title>${job.id}: ${tellWeekTime(clock(run))}</title></line>`,
      );
    }
  }
  const worst = sortBy(
    job.hurting.filter(({ run }) => isInside(place(run))),
    ({ hours }) => -hours,
    ({ run }) => run,
  );
  const diamonds = worst
    .slice(0, mostMarks)
    .map(
      ({ run, effect, isPossible }) =>
        markup`<svg class="hurts${isPossible ? ' maybe' : ''}" x="${share(place(run))}" y="${top + 13}" overflow="visible"><title>${job.id}, ${tellWeekTime(clock(run))}: ${effect}</title><path d="M0 -8L8 0L0 8L-8 0Z"/></svg>`,
    );
  return { drawn: markup`<g>${bands}${marks}${diamonds}</g>`, isBand: bands.length > 0 };
}

function isInside(minute: number): boolean {
  return minute >= 0 && minute < minutesOfWeek;
}

function share(minutes: number): string {
  return `${Math.round((minutes / minutesOfWeek) * 1e5) / 1e3}%`;
}
