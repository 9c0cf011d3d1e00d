import type { Landscape, Link } from '../../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../../order.ts';
import { analyseFailedRuns, type FailedRunEffect, type RunChoice } from './failed-run.ts';
import { toTime } from './figures.ts';
import { analyseFreshness } from './freshness.ts';
import { openInstants } from './instants.ts';
import { findInstants, openClock } from './local-time.ts';
import type { Freshness, FreshnessModel } from './model.ts';
import type { FreshnessOptions } from './options.ts';
import { isResting, type LinkPlan, type PlannedHop } from './plan-links.ts';
import { toModel } from './to-model.ts';
import { tellFailedRun } from './worst-runs.ts';

/** What one failed run does. Times are ISO 8601 UTC. */
export interface FailedRunReport {
  /** The job, or the key of the link. */
  readonly subject: string;
  readonly links: readonly string[];
  readonly run: string;
  /** IANA zone of the job. */
  readonly timezone: string;
  /** For people; undefined where the failure makes no data older. */
  readonly sentence?: string;
  readonly effects: readonly ComparedEffect[];
  readonly notes: readonly string[];
}

/** What a failed run does to one system, beside how old its data gets anyway. */
export interface ComparedEffect extends FailedRunEffect {
  /** The worst ages of 35 days with every run in time; null where nothing comes or nobody looks. */
  readonly normallyAtRestHours: number | null;
  readonly normallyAtReadHours: number | null;
}

/** Whose run fails: a link by its key, or a job or script by its id. */
export interface RunSubject {
  readonly kind: 'link' | 'code';
  readonly id: string;
}

/** The report, or why there is none. */
export type WhatIf =
  | { readonly kind: 'report'; readonly report: FailedRunReport }
  | { readonly kind: 'no-time' }
  | { readonly kind: 'no-runs'; readonly subject: string; readonly reason: string }
  | {
      readonly kind: 'no-such-run';
      readonly subject: string;
      readonly timezone: string;
      /** Local times of the runs next to it, `YYYY-MM-DDTHH:MM`. */
      readonly nearest: readonly string[];
    };

const day = 86_400_000;
const minute = 60_000;

/**
 * Lets one run fail.
 * @param subject the key of a link, or the id of a job or script
 * @param time local time of the job, such as `2026-10-30T22:30`, or with `Z` or an offset
 */
export function failRun(
  landscape: Landscape,
  options: FreshnessOptions,
  subject: RunSubject,
  time: string,
): WhatIf {
  const wanted = readTime(time);
  if (!wanted) return { kind: 'no-time' };
  const asOf = new Date(wanted.local - 2 * day).toISOString().slice(0, 10);
  const { model, plans } = toModel(landscape, { ...options, asOf, horizon: 35, failures: 1 });
  const own = plans.filter(({ link }) => isOf(subject, link));
  const name = subject.id;
  const hops = own.flatMap(({ link, hops: all }) =>
    all
      .filter(({ code }) => subject.kind === 'link' || code?.id === subject.id)
      .map((hop): SubjectHop => ({ link: link.key, hop })),
  );
  if (hops.length === 0) return { kind: 'no-runs', subject: name, reason: tellWhyNot(own) };
  const zoneOf = ({ hop }: SubjectHop): string =>
    hop.schedules.find(({ timezone }) => timezone !== '')?.timezone ?? options.timezone ?? 'UTC';
  const hits = hops.flatMap((one) => findRuns(one, wanted, zoneOf(one)));
  const timezone = zoneOf((hits[0]?.at ?? hops[0]) as SubjectHop);
  const first = Math.min(...hits.map(({ run }) => run));
  if (hits.length === 0) {
    const nearest = findNearest(hops, wanted, timezone);
    return { kind: 'no-such-run', subject: name, timezone, nearest };
  }
  const choices = hits
    .filter(({ run }) => run === first)
    .map(
      ({ at: { link, hop } }): RunChoice => ({
        link,
        ...(hop.code && { job: hop.code.id }),
        run: toTime(first),
      }),
    );
  const isTwice = new Set(hits.map(({ run }) => run)).size > 1;
  const report = compareEffects(landscape, model, choices, { subject: name, timezone });
  return {
    kind: 'report',
    report: {
      ...report,
      notes: isTwice
        ? ['There are several runs at that time of the clock; the first is meant.']
        : [],
    },
  };
}

interface WantedTime {
  /** As if the clock showed UTC. */
  readonly local: number;
  /** Where an offset says which instant it is. */
  readonly instant: number | undefined;
}

function readTime(text: string): WantedTime | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:?\d{2})?$/.exec(
    text.trim(),
  );
  const [, date = '', clock = '', seconds = ':00', offset] = match ?? [];
  const local = Date.parse(`${date}T${clock}${seconds}Z`);
  // Date.parse lets the 31st of June pass as the first of July.
  if (!match || Number.isNaN(local) || !new Date(local).toISOString().startsWith(date))
    return undefined;
  const zone = offset?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const instant = zone === undefined ? undefined : Date.parse(`${date}T${clock}${seconds}${zone}`);
  return instant !== undefined && Number.isNaN(instant) ? undefined : { local, instant };
}

interface SubjectHop {
  readonly link: string;
  readonly hop: PlannedHop;
}

function isOf({ kind, id }: RunSubject, { key, implementations }: Link): boolean {
  return kind === 'link' ? key === id : implementations.some((code) => code.id === id);
}

function tellWhyNot(plans: readonly LinkPlan[]): string {
  const reasons = sortedUnique(plans.flatMap(({ unknown }) => unknown.map(({ reason }) => reason)));
  if (reasons.length > 0) return reasons.join('; ');
  if (plans.some(({ isAtOnce }) => isAtOnce)) return 'its data is told at once, not by runs';
  return 'no schedule of it is known';
}

/** Runs that start within the minute, or the second, that is asked for. */
function findRuns(
  at: SubjectHop,
  { local, instant }: WantedTime,
  timezone: string,
): { readonly at: SubjectHop; readonly run: number }[] {
  const starts = instant === undefined ? findInstants(local, timezone) : [instant];
  const length = local % minute === 0 ? minute : 1000;
  return starts.flatMap((start) => {
    const [run] = openInstants(at.hop.runs, start + length, start);
    return run === undefined ? [] : [{ at, run }];
  });
}

function findNearest(
  hops: readonly SubjectHop[],
  { local, instant }: WantedTime,
  timezone: string,
): string[] {
  const at = instant ?? findInstants(local, timezone)[0] ?? local;
  const runs = hops.map(({ hop }) => openInstants(hop.runs));
  const before = Math.max(...runs.map((all) => all.findLast((run) => run < at) ?? -Infinity));
  const after = Math.min(...runs.map((all) => all.find((run) => run > at) ?? Infinity));
  const near = [before, after].filter(Number.isFinite);
  const toLocal = openClock(timezone, at - 400 * day, at + 400 * day);
  return near.map((run) => new Date(toLocal(run)).toISOString().slice(0, 16));
}

function compareEffects(
  landscape: Landscape,
  model: FreshnessModel,
  choices: readonly RunChoice[],
  { subject, timezone }: { readonly subject: string; readonly timezone: string },
): Omit<FailedRunReport, 'notes'> {
  const runs = analyseFailedRuns(model, choices);
  const [choice] = choices;
  const keyOf = (row: Pick<FailedRunEffect, 'consumer' | 'object' | 'origin' | 'as'>): string =>
    [row.consumer, row.object, row.origin, row.as ?? ''].join('\u0000');
  const all = runs.flatMap(({ effects }) => effects).filter(({ consumer }) => !isResting(consumer));
  const effects = sortBy(
    [...groupBy(all, keyOf).values()].flatMap((group) =>
      sortBy(
        group,
        ({ ageAtReadHours }) => -(ageAtReadHours ?? -1),
        ({ ageAtRestHours }) => -(ageAtRestHours ?? -1),
      ).slice(0, 1),
    ),
    ({ certainty }) => (certainty === 'declared' ? 0 : 1),
    ({ consumer }) => consumer,
    ({ as }) => (as === undefined ? 0 : 1),
    keyOf,
  );
  const origins = new Set(effects.map(({ origin, object }) => `${origin}\u0000${object}`));
  const normally = new Map(
    analyseFreshness(model, (origin, object) => origins.has(`${origin}\u0000${object}`)).map(
      (row): readonly [string, Freshness] => [keyOf(row), row],
    ),
  );
  const told = choice && {
    ...choice,
    effects: ownEffects(landscape, choices, effects),
  };
  const sentence = told && tellFailedRun(told, landscape, timezone);
  return {
    subject,
    links: sortedUnique(choices.map(({ link }) => link)),
    run: choice?.run ?? '',
    timezone,
    ...(sentence !== undefined && { sentence }),
    effects: effects.map((effect) => {
      const row = normally.get(keyOf(effect));
      return {
        ...effect,
        normallyAtRestHours: row?.worstAgeAtRestHours[0] ?? null,
        normallyAtReadHours: row?.worstAgeAtReadHours[0] ?? null,
      };
    }),
  };
}

/**
 * What the sentence tells: what the run itself takes from the system where it is born, where there
 * is such data; what it is made of is in the table.
 */
function ownEffects(
  { links }: Landscape,
  choices: readonly RunChoice[],
  effects: readonly FailedRunEffect[],
): readonly FailedRunEffect[] {
  const chosen = new Set(choices.map(({ link }) => link));
  const sources = new Set(links.flatMap(({ key, from }) => (chosen.has(key) ? [from] : [])));
  const own = effects.filter(({ origin }) => sources.has(origin));
  const sure = own.filter(({ certainty }) => certainty === 'declared');
  const objects = new Set(sure.map(({ object }) => object));
  if (objects.size > 0) return own.filter(({ object }) => objects.has(object));
  return own.length > 0 ? own : effects;
}
