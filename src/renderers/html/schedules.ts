import type { PlannedLinkJob } from '../../analyzers/freshness/schedule-analysis.ts';
import type { ScheduleFacts } from '../schedules/facts.ts';
import { openClock, tellTime } from '../schedules/local-time.ts';
import { nameJobs } from '../schedules/name-jobs.ts';
import {
  ageAt,
  findOldest,
  type HurtingRun,
  listHurtingRuns,
  listSentences,
} from '../schedules/oldest-data.ts';
import { tellAge, tellLongHours } from '../schedules/tell-age.ts';
import { drawWeekGantt } from '../schedules/week-gantt.ts';
import { formatCount, listNames, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';
import { type FreshnessView, listFreshness } from './freshness.ts';
import { listSafeguards, type SafeguardsView } from './safeguards.ts';
import { drawTimeline, type TimelineJob, type TimelineView } from './timeline.ts';

/** When data moves, how old it gets, and what scheduled jobs lack. */
export interface SchedulesView {
  readonly title: string;
  /** What one failed run does, the worst first. */
  readonly sentences: readonly string[];
  readonly freshness: FreshnessView;
  readonly timeline: TimelineView | null;
  /** The week as a gantt, for copying; empty where no run falls into it. */
  readonly mermaid: string;
  /** The timeline as rows. */
  readonly jobs: readonly JobRow[];
  readonly collisions: readonly CollisionList[];
  readonly unknown: readonly {
    readonly subject: Named;
    readonly job: string;
    readonly reason: string;
  }[];
  readonly unknownTitle: string;
  readonly isUnknownShort: boolean;
  readonly notes: readonly string[];
  readonly safeguards: SafeguardsView;
}

interface JobRow {
  readonly id: string;
  readonly hosts: string;
  readonly words: string;
  readonly runs: string;
  readonly runCount: number;
  readonly links: readonly Named[];
}

interface CollisionList {
  readonly title: string;
  readonly rows: readonly { readonly what: string; readonly why: string }[];
  readonly leftOut: string;
}

const mostCollisions = 20;
const mostJobRows = 300;
const fewUnknown = 8;
const mostSentences = 4;

/** Puts what is known of schedules into words, tables and one picture. */
export function tellSchedules(context: Context, facts: ScheduleFacts): SchedulesView {
  const { schedules } = facts;
  const { jobs, unknown, leftOut } = schedules;
  const links = new Set(context.audit.links.map(({ key }) => key));
  const hurting = listHurtingRuns(facts.freshness);
  const unknownCount = unknown.length + leftOut.unknown;
  return {
    title: writeTitle(context, facts),
    sentences: listSentences(facts, mostSentences),
    freshness: listFreshness(context, facts),
    timeline:
      jobs.length > 0
        ? drawTimeline(
            jobs.map((job) => toTimelineJob(job, context, hurting)),
            { from: schedules.week.from, timezone: schedules.timezone },
            leftOut.jobs,
          )
        : null,
    mermaid: drawWeekGantt(facts, nameJobs(context.audit))?.text ?? '',
    jobs: jobs.slice(0, mostJobRows).map((job) => {
      const count = job.runs.reduce((sum, series) => sum + series.count, 0);
      return {
        id: nameJob(job.id, context),
        hosts: job.hosts.map(context.nameOf).join(', '),
        words: job.words,
        runs: formatCount(count),
        runCount: count,
        links: job.links.map(context.toLink),
      };
    }),
    collisions: [listSharedMinutes(context, facts), listOverlaps(context, facts)].filter(
      ({ rows }) => rows.length > 0,
    ),
    unknownTitle: `${plural(unknownCount, 'link')} ${unknownCount === 1 ? 'moves' : 'move'} data nobody knows when`,
    isUnknownShort: unknown.length <= fewUnknown,
    unknown: unknown.slice(0, mostJobRows).map(({ subject, job, reason }) => ({
      subject: links.has(subject) ? context.toLink(subject) : { name: subject, href: '' },
      job: job ?? '',
      reason,
    })),
    notes: schedules.notes,
    safeguards: listSafeguards(context, facts.safeguards),
  };
}

function writeTitle(context: Context, facts: ScheduleFacts): string {
  const worst = findOldest(facts.freshness);
  const now = worst && (ageAt(worst, 'read', 0) ?? ageAt(worst, 'rest', 0));
  if (!worst || now === null || now === undefined)
    return facts.schedules.jobs.length === 0
      ? 'No schedule was read, so nobody can say how old data gets'
      : `${plural(facts.schedules.jobs.length, 'scheduled job')}; how old their data gets is not known`;
  const failed = ageAt(worst, 'read', 1) ?? ageAt(worst, 'rest', 1);
  const where = `${worst.object} in ${context.nameOf(worst.consumer)}`;
  const can = worst.certainty === 'declared' ? 'can' : 'may';
  return failed !== null && failed > now
    ? `One silent failure ${can} leave ${where} ${tellLongHours(failed)} old`
    : `${where.slice(0, 1).toUpperCase()}${where.slice(1)} ${can} be ${tellLongHours(now)} old`;
}

function toTimelineJob(
  job: PlannedLinkJob,
  context: Context,
  hurting: readonly HurtingRun[],
): TimelineJob {
  const links = new Set(job.links);
  const runs = new Map<number, { hours: number; effects: string[]; isPossible: boolean }>();
  for (const { of: one, critical } of hurting) {
    if (!links.has(critical.link) || (critical.job ?? job.id) !== job.id) continue;
    const run = Date.parse(critical.run);
    const known = runs.get(run) ?? { hours: 0, effects: [], isPossible: true };
    const unnoticed =
      critical.hoursUnnoticed === null
        ? ''
        : `, unnoticed for ${tellAge(critical.hoursUnnoticed, 'down')}`;
    runs.set(run, {
      hours: Math.max(known.hours, critical.ageHours),
      effects: [
        ...known.effects,
        `${one.object} in ${context.nameOf(one.consumer)} ${tellAge(critical.ageHours)} old${unnoticed}`,
      ],
      isPossible: known.isPossible && one.certainty === 'possible',
    });
  }
  const [link] = job.links;
  return {
    id: nameJob(job.id, context),
    group: job.hosts.map(context.nameOf).join(', '),
    href: link === undefined ? '' : context.toLink(link).href,
    words: job.words,
    runs: job.runs,
    hurting: [...runs].map(([run, { hours, effects, isPossible }]) => ({
      run,
      hours,
      effect: `if it fails, ${isPossible ? 'possibly ' : ''}${listNames(effects)}`,
      isPossible,
    })),
  };
}

function listSharedMinutes(context: Context, { schedules }: ScheduleFacts): CollisionList {
  const { sharedMinutes, leftOut, timezone } = schedules;
  const clock = openClock(timezone);
  const rows = sharedMinutes
    .slice(0, mostCollisions)
    .map(({ place, name, jobs, times, first }) => ({
      what: `${plural(jobs.length, 'job')} ${place === 'host' ? 'on' : 'towards'} ${context.nameOf(name)}: ${listNames(
        jobs.map((job) => nameJob(job, context)),
        4,
      )}`,
      why: `${times === 1 ? 'once' : `${formatCount(times)} times`}, first ${tellTime(clock(Date.parse(first)))}`,
    }));
  return {
    title: 'Jobs that start in the same minute',
    rows,
    leftOut: tellRest(sharedMinutes.length - rows.length + leftOut.sharedMinutes, 'further group'),
  };
}

function listOverlaps(context: Context, { schedules }: ScheduleFacts): CollisionList {
  const { overlaps, leftOut, timezone } = schedules;
  const clock = openClock(timezone);
  const rows = overlaps
    .slice(0, mostCollisions)
    .map(({ job, times, first, durationMinutes, shortestGapMinutes, assumed }) => ({
      what: nameJob(job, context),
      why: `takes ${tellAge(durationMinutes / 60)}${assumed ? ' (assumed)' : ''}, starts again after ${tellAge(shortestGapMinutes / 60, 'down')}: ${times === 1 ? 'once' : `${formatCount(times)} times`}, first ${tellTime(clock(Date.parse(first)))}`,
    }));
  return {
    title: 'Jobs that start before their last run has ended',
    rows,
    leftOut: tellRest(overlaps.length - rows.length + leftOut.overlaps, 'further job'),
  };
}

/** A job without known code goes by the key of its link. */
function nameJob(id: string, context: Context): string {
  return context.audit.links.some(({ key }) => key === id) ? context.toLink(id).name : id;
}

function tellRest(count: number, noun: string): string {
  return count > 0 ? `${plural(count, noun)} left out.` : '';
}
