import type { Landscape } from '../../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../../order.ts';
import { describeSchedule } from '../../schedule/describe.ts';
import type { Schedule } from '../../schedule.ts';
import { findCollisions, type PlannedJob } from './collisions.ts';
import { toTime } from './figures.ts';
import { findOldest } from './freshness.ts';
import { type Instants, openInstants, type Progression, packInstants } from './instants.ts';
import type { Freshness } from './model.ts';
import type { FreshnessOptions } from './options.ts';
import { isResting, type PlanNote, type PlannedHop } from './plan-links.ts';
import type { PlannedLinkJob, ScheduleAnalysis, UnknownSchedule } from './schedule-analysis.ts';
import { type LandscapeModel, toModel } from './to-model.ts';
import { findWorstRuns, tellFailedRun } from './worst-runs.ts';

const day = 86_400_000;

/** How much of each list is kept. */
const most = {
  freshness: 5000,
  jobs: 2000,
  sharedMinutes: 200,
  overlaps: 500,
  unknown: 2000,
  notes: 200,
};

/** Collisions are looked for in so many days at the beginning of the horizon. */
const collisionDays = 35;

/** How old data gets in a landscape, and when which job runs. */
export function analyseSchedules(
  landscape: Landscape,
  options: FreshnessOptions,
): { readonly freshness: readonly Freshness[]; readonly schedules: ScheduleAnalysis } {
  const { model, plans } = toModel(landscape, options);
  const { horizon } = model;
  const oldest = findOldest(model, most.freshness, (system) => !isResting(system));
  const freshness = oldest.rows.map(withoutRests);
  const drafts = gatherJobs({ model, plans });
  const timezone = findZone(drafts, options);
  const zones = new Map(drafts.map(({ id, schedules }) => [id, zoneOf(schedules)]));
  const worst = findWorstRuns(model, freshness, (run) => {
    const zone = zones.get(run.job ?? run.link) ?? timezone;
    const sentence = tellFailedRun(run, landscape, zone);
    return sentence === undefined ? undefined : { sentence, timezone: zone };
  });
  const week = { from: horizon.from, to: horizon.from + 7 * day };
  const collisions = findCollisions(drafts.flatMap(toPlannedJobs), {
    from: horizon.from,
    to: Math.min(horizon.to, horizon.from + collisionDays * day),
  });
  const unknown = plans.flatMap(({ link, unknown: reasons }): UnknownSchedule[] =>
    reasons.map((reason) => ({ subject: link.key, ...reason })),
  );
  const notes = [
    ...(model.mostPossibleLinks === undefined ? [] : [tellLimit(model.mostPossibleLinks)]),
    ...joinNotes(plans.flatMap((plan) => plan.notes)),
  ];
  return {
    freshness,
    schedules: {
      timezone,
      horizon: { from: toTime(horizon.from), to: toTime(horizon.to) },
      week,
      jobs: drafts.slice(0, most.jobs).map((draft) => toJob(draft, week)),
      failedRuns: worst.told,
      sharedMinutes: collisions.sharedMinutes.slice(0, most.sharedMinutes),
      overlaps: collisions.overlaps.slice(0, most.overlaps),
      unknown: unknown.slice(0, most.unknown),
      notes: notes.slice(0, most.notes),
      leftOut: {
        freshness: oldest.leftOut,
        jobs: Math.max(0, drafts.length - most.jobs),
        failedRuns: worst.leftOut,
        sharedMinutes:
          collisions.leftOut + Math.max(0, collisions.sharedMinutes.length - most.sharedMinutes),
        overlaps: Math.max(0, collisions.overlaps.length - most.overlaps),
        unknown: Math.max(0, unknown.length - most.unknown),
        notes: Math.max(0, notes.length - most.notes),
      },
    },
  };
}

/** A link of two jobs is one link in a path. */
function withoutRests(row: Freshness): Freshness {
  const path = row.path.filter((link, index) => link !== row.path[index - 1]);
  const assumedDurations = sortedUnique(row.assumedDurations);
  return { ...row, path, assumedDurations };
}

interface JobDraft {
  readonly id: string;
  readonly links: readonly string[];
  readonly targets: readonly string[];
  readonly hosts: readonly string[];
  readonly schedules: readonly Schedule[];
  readonly runs: Instants;
  readonly durationMs: number;
  readonly assumed: boolean;
}

/** Each script or job once, whatever links it realises. */
function gatherJobs({ model, plans }: LandscapeModel): JobDraft[] {
  const lengths = new Map(
    model.deliveries.map(({ link, job, durationMs, assumed }) => [
      `${link}\u0000${job ?? ''}`,
      { durationMs, assumed },
    ]),
  );
  const hops = plans.flatMap(({ link, hops: planned }) =>
    planned.map((hop) => ({ link: link.key, hop, id: hop.code?.id ?? link.key })),
  );
  const groups = groupBy(hops, ({ id }) => id);
  return sortBy(groups, ([id]) => id).map(([id, group]) => {
    const { hop } = group[0] as { readonly hop: PlannedHop };
    const measured = group.map(({ link, hop: { code } }) =>
      lengths.get(`${link}\u0000${code?.id ?? ''}`),
    );
    return {
      id,
      links: sortedUnique(group.map(({ link }) => link)),
      targets: sortedUnique(group.flatMap(({ hop: { to } }) => (isResting(to) ? [] : [to]))),
      hosts: sortedUnique(group.flatMap(({ hop: { code } }) => code?.hosts ?? [])),
      schedules: hop.schedules,
      runs: hop.runs,
      durationMs: Math.max(0, ...measured.map((length) => length?.durationMs ?? 0)),
      assumed: measured.every((length) => length?.assumed ?? true),
    };
  });
}

function toJob(draft: JobDraft, { from, to }: ScheduleAnalysis['week']): PlannedLinkJob {
  const { id, links, hosts, schedules, durationMs } = draft;
  return {
    id,
    links,
    hosts,
    schedules,
    words: sortedUnique(schedules.map(describeSchedule)).join('; '),
    runs: clip(draft.runs, from, to),
    durationMs,
  };
}

function clip(runs: Instants, from: number, to: number): readonly Progression[] {
  return packInstants(openInstants(runs, to, from));
}

/** One entry for each place that the job may meet others at; its own overlap is looked for once. */
function toPlannedJobs({ id, hosts, targets, runs, durationMs, assumed }: JobDraft): PlannedJob[] {
  const places = [...hosts.map((host) => ({ host })), ...targets.map((target) => ({ target }))];
  return places.map((place, index) => ({
    job: id,
    ...place,
    runs,
    durationMs: index === 0 ? durationMs : 0,
    assumed,
  }));
}

function zoneOf(schedules: readonly Schedule[]): string | undefined {
  return schedules.find(({ timezone }) => timezone !== '')?.timezone;
}

/** The zone of most jobs; of several as frequent, the first by name. */
function findZone(drafts: readonly JobDraft[], options: FreshnessOptions): string {
  const zones = groupBy(
    drafts.flatMap(({ schedules }) => zoneOf(schedules) ?? []),
    (zone) => zone,
  );
  const [first] = sortBy(
    zones,
    ([, { length }]) => -length,
    ([zone]) => zone,
  );
  return options.timezone ?? first?.[0] ?? 'UTC';
}

function tellLimit(links: number): string {
  return links === 0
    ? 'There are too many ways to follow data beyond what is declared: only what surely flows on, and what somebody fetches directly, is told.'
    : `There are too many ways to follow them all: beyond what is declared, data is followed along ${links} ${links === 1 ? 'link' : 'links'}.`;
}

/** The same said of many jobs is one note. */
function joinNotes(notes: readonly PlanNote[]): string[] {
  const groups = groupBy(notes, ({ text }) => text);
  return sortBy(groups, ([text]) => text).map(([text, group]) => {
    const subjects = sortedUnique(group.map(({ subject }) => subject));
    const more = subjects.length > 3 ? ` and ${subjects.length - 3} more` : '';
    return `${subjects.slice(0, 3).join(', ')}${more}: ${text}.`;
  });
}
