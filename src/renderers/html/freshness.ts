import type { CriticalRun, Freshness } from '../../analyzers/freshness/model.ts';
import { groupBy } from '../../order.ts';
import type { ScheduleFacts } from '../schedules/facts.ts';
import { listLateData } from '../schedules/late-data.ts';
import { openClock, tellTime } from '../schedules/local-time.ts';
import { ageAt, isAlwaysFresh, sortOldest } from '../schedules/oldest-data.ts';
import { tellAge, tellHours } from '../schedules/tell-age.ts';
import { formatCount, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';

/** How old the data of one origin gets at one consumer, ready to write. */
interface FreshnessRow {
  readonly consumer: Named;
  /** Several where all else is the same. */
  readonly objects: readonly { readonly name: string; readonly as: string }[];
  readonly origin: Named;
  /** The systems between, in the order that the data takes. */
  readonly through: readonly Named[];
  readonly ages: readonly AgeCell[];
  /** The run whose failure hurts most; empty where none makes it older. */
  readonly run: string;
  readonly runLink: Named | null;
  /** How many runs hurt as much; empty where it is the only one. */
  readonly alike: string;
  readonly unnoticed: string;
  readonly unnoticedHours: number;
  readonly certainty: string;
  readonly remarks: string;
}

interface AgeCell {
  readonly text: string;
  readonly atRest: string;
  /** Both ages in hours, for hovering. */
  readonly hours: string;
  readonly value: number;
}

/** One table of ages, the oldest first. */
interface AgeTable {
  readonly title: string;
  readonly rows: readonly FreshnessRow[];
}

/** How old data gets: surely, and where it possibly flows on. */
export interface FreshnessView {
  readonly columns: readonly { readonly label: string; readonly meaning: string }[];
  readonly main: AgeTable;
  /** What is younger or less certain; null where the main table holds all. */
  readonly more: AgeTable | null;
  /** Who gets what late when it is late where it is born. */
  readonly late: readonly LateRow[];
  /** How the ages are to be read. */
  readonly reading: string;
  readonly notes: readonly string[];
}

interface LateRow {
  readonly object: string;
  readonly origin: Named;
  readonly surely: readonly Named[];
  readonly possibly: readonly Named[];
}

/** More rows than this nobody reads; the others are in `audit.json`. */
const mostRows = 150;
/** So many stand open. */
const mostMain = 12;
const failureNames = ['All runs succeed', 'One fails', 'Two fail'];

/** Lists how old data gets, the oldest first. */
export function listFreshness(context: Context, facts: ScheduleFacts): FreshnessView {
  const clock = openClock(facts.schedules.timezone);
  const aging = sortOldest(facts.freshness.filter((one) => !isAlwaysFresh(one)));
  const failures = Math.min(
    Math.max(0, ...aging.map(({ worstAgeAtRestHours }) => worstAgeAtRestHours.length)),
    failureNames.length,
  );
  const toRow = (one: Freshness): FreshnessRow => {
    const [critical] = one.criticalRuns;
    return {
      consumer: context.toSystem(one.consumer),
      objects: [{ name: one.object, as: one.as ?? '' }],
      origin: context.toSystem(one.origin),
      through: listBetween(one).map(context.toSystem),
      ages: Array.from({ length: failures }, (_, failed) => toCell(one, failed)),
      run: critical ? tellTime(clock(Date.parse(critical.run)), 'short') : '',
      runLink: critical && one.path.length > 1 ? context.toLink(critical.link) : null,
      alike:
        one.criticalRunCount > 1 ? `one of ${formatCount(one.criticalRunCount)} such runs` : '',
      unnoticed: tellUnnoticed(critical),
      unnoticedHours: critical?.hoursUnnoticed ?? -1,
      certainty: one.certainty,
      remarks: tellRemarks(one),
    };
  };
  const rows = mergeRows(aging.map(toRow));
  const sure = rows.filter(({ certainty }) => certainty === 'declared').length;
  const main = rows.slice(0, Math.min(mostMain, sure || mostMain));
  const more = rows.slice(main.length);
  const possible = more.filter(({ certainty }) => certainty === 'possible').length;
  return {
    columns: failureNames.slice(0, failures).map((label, failed) => ({
      label,
      meaning:
        failed === 0
          ? 'The oldest that somebody reads; below it the oldest at rest, just before newer data comes'
          : `The same where ${failed === 1 ? 'any one run fails' : `any ${failed} runs in a row fail`}, whichever is worst`,
    })),
    main: { title: 'The oldest data', rows: main },
    more:
      more.length > 0
        ? { title: tellMore(more.length, possible), rows: more.slice(0, mostRows) }
        : null,
    late: listLateData(facts.freshness)
      .slice(0, mostRows)
      .map(({ object, origin, surely, possibly }) => ({
        object,
        origin: context.toSystem(origin),
        surely: surely.map(context.toSystem),
        possibly: possibly.map(context.toSystem),
      })),
    reading:
      'How old data gets before somebody reads it, rounded up, over the real calendar of the runs. At rest: just before newer data comes, whether somebody reads it or not.',
    notes: writeNotes(context, facts, aging, Math.max(0, more.length - mostRows)),
  };
}

function tellMore(count: number, possible: number): string {
  const meaning = 'the data comes this way, but nobody says that it is passed on';
  if (possible === 0) return `${plural(count, 'more row')}`;
  return possible === count
    ? `${plural(count, 'more place')} that the data possibly reaches: it comes this way, but nobody says that it is passed on`
    : `${plural(count, 'more row')}, ${formatCount(possible)} of them only possible: ${meaning}`;
}

/** Objects of one consumer that are alike in everything become one row. */
function mergeRows(rows: readonly FreshnessRow[]): readonly FreshnessRow[] {
  const groups = groupBy(rows, ({ objects: _, ...rest }) => JSON.stringify(rest));
  return [...groups.values()].flatMap(([first, ...others]) =>
    first ? [{ ...first, objects: [first, ...others].flatMap(({ objects }) => objects) }] : [],
  );
}

/** The ends of the links of a path, between its origin and its consumer. */
function listBetween({ path }: Freshness): string[] {
  return path.slice(0, -1).map((key) => /^.*?=>(.*)#[^#]*$/.exec(key)?.[1] ?? key);
}

function writeNotes(
  context: Context,
  { freshness, schedules }: ScheduleFacts,
  aging: readonly Freshness[],
  unwritten: number,
): string[] {
  const fresh = freshness.length - aging.length;
  const rest = unwritten + schedules.leftOut.freshness;
  const assumed = [...new Set(aging.flatMap(({ assumedDurations }) => assumedDurations))];
  const named = assumed.slice(0, 3).map((key) => context.toLink(key).name);
  return [
    ...(fresh > 0
      ? [`At ${plural(fresh, 'more place')} every change arrives at once, as far as is known.`]
      : []),
    ...(assumed.length > 0
      ? [
          `How long runs take is not known for ${plural(assumed.length, 'link')} (${named.join(', ')}${assumed.length > named.length ? ', …' : ''}); what was assumed is listed below, and longer runs make data older.`,
        ]
      : []),
    ...(rest > 0 ? [`${plural(rest, 'further row')} left out.`] : []),
  ];
}

function toCell(one: Freshness, failed: number): AgeCell {
  const read = ageAt(one, 'read', failed);
  const rest = ageAt(one, 'rest', failed);
  const age = read ?? rest;
  if (age === null) return { text: 'none comes', atRest: '', hours: '', value: -1 };
  const more = one.atLeast && failed > 0 ? 'at least ' : '';
  return {
    text: `${more}${tellAge(age)}`,
    atRest: read === null ? 'at rest' : rest === null ? '' : `at rest ${tellAge(rest)}`,
    hours: [
      ...(read === null ? [] : [`${tellHours(read)} when read`]),
      ...(rest === null ? [] : [`${tellHours(rest)} at rest`]),
    ].join(', '),
    value: age,
  };
}

function tellUnnoticed(critical: CriticalRun | undefined): string {
  if (!critical) return '';
  return critical.hoursUnnoticed === null
    ? 'no known reader'
    : tellAge(critical.hoursUnnoticed, 'down');
}

function tellRemarks(one: Freshness): string {
  return [
    ...(one.ways === 'one' ? ['only this way weighed'] : []),
    ...(one.atLeast ? ['no newer data known'] : []),
  ].join('; ');
}
