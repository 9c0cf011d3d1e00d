import type { Freshness } from '../../analyzers/freshness/model.ts';
import type { Audit } from '../../audit.ts';
import { safeguards } from '../../vocabulary.ts';
import { escapeMarkdown, toMarkdownTable } from '../markdown-text.ts';
import { formatCount, listNames, plural } from '../wording.ts';
import { type ScheduleFacts, toScheduleFacts } from './facts.ts';
import { listLateData } from './late-data.ts';
import { openClock, tellTime } from './local-time.ts';
import { nameJobs } from './name-jobs.ts';
import { ageAt, isAlwaysFresh, listSentences, sortOldest } from './oldest-data.ts';
import { tellAge } from './tell-age.ts';
import { drawWeekGantt } from './week-gantt.ts';
import { sortWorst } from './worst-jobs.ts';

const mostSentences = 3;
const mostRows = 10;
const mostUnknown = 20;
const mostJobs = 50;
const mostCollisions = 5;

/** When data moves and how old it gets, in short; nothing where no schedule is known. */
export function writeSchedules(audit: Audit): string[] {
  const facts = toScheduleFacts(audit);
  const names = new Map(audit.systems.map(({ id, name }) => [id, name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const nameJob = nameJobs(audit);
  const parts = [
    ...listSentences(facts, mostSentences).map(escapeMarkdown),
    ...writeAges(facts, nameOf),
    ...writeLate(facts, nameOf),
    ...writeWeek(facts, nameJob),
    ...writeCollisions(facts, nameOf, nameJob),
    ...writeUnknown(facts, nameJob),
    ...writeSafeguards(facts, nameJob),
  ];
  return parts.length === 0 ? [] : ['## Schedules and freshness', ...parts];
}

function writeAges(facts: ScheduleFacts, nameOf: (system: string) => string): string[] {
  const ages = tableAges(facts, nameOf, mostRows);
  return ages.length === 0 ? [] : ['### The oldest data', ...ages];
}

/** How old data gets, the oldest first, and how to read it; nothing where none ages. */
export function tableAges(
  facts: ScheduleFacts,
  nameOf: (system: string) => string,
  most: number,
): string[] {
  const aging = sortOldest(facts.freshness.filter((one) => !isAlwaysFresh(one)));
  if (aging.length === 0) return [];
  const clock = openClock(facts.schedules.timezone);
  const rows = aging.slice(0, most).map((one): string[] => {
    const [critical] = one.criticalRuns;
    return [
      nameOf(one.consumer),
      one.as === undefined ? one.object : `${one.object} as ${one.as}`,
      nameOf(one.origin),
      ...[0, 1, 2].map((failed) => tellAges(one, failed)),
      critical ? tellTime(clock(Date.parse(critical.run)), 'short') : '',
      critical?.hoursUnnoticed == null ? '' : tellAge(critical.hoursUnnoticed, 'down'),
      one.certainty,
    ];
  });
  const rest = aging.length - rows.length + facts.schedules.leftOut.freshness;
  return [
    toMarkdownTable(
      [
        'where',
        'data',
        'comes from',
        'all runs succeed',
        'one fails',
        'two fail',
        'the failure that hurts most',
        'unnoticed',
        'certainty',
      ],
      rows,
    ),
    `Age when somebody reads the data, and at rest, just before newer data comes.${rest > 0 ? ` ${plural(rest, 'further row')} in the HTML report or \`audit.json\`.` : ''}`,
  ];
}

function writeLate(
  { freshness, schedules }: ScheduleFacts,
  nameOf: (system: string) => string,
): string[] {
  const late = listLateData(freshness);
  if (late.length === 0) return [];
  const rows = late
    .slice(0, mostRows)
    .map(({ object, origin, surely, possibly }) => [
      object,
      nameOf(origin),
      surely.map(nameOf).join(', '),
      possibly.map(nameOf).join(', '),
    ]);
  const rest = late.length - rows.length;
  const isCut = schedules.leftOut.freshness > 0;
  return [
    '### Who gets it late',
    toMarkdownTable(['if this is late', 'at', 'so it is at', 'and possibly at'], rows),
    `Possibly: the data comes this way, but nobody says that it is passed on.${rest > 0 ? ` ${plural(rest, 'further row')} in the HTML report.` : ''}${isCut ? ' Only places in the audit are counted.' : ''}`,
  ];
}

function tellAges(one: Freshness, failed: number): string {
  const read = ageAt(one, 'read', failed);
  const rest = ageAt(one, 'rest', failed);
  return [
    ...(read === null ? [] : [tellAge(read)]),
    ...(rest === null ? [] : [`${tellAge(rest)} at rest`]),
  ].join(', ');
}

function writeWeek(facts: ScheduleFacts, nameJob: (id: string) => string): string[] {
  const gantt = drawWeekGantt(facts, nameJob);
  if (!gantt) return [];
  const { timezone } = facts.schedules;
  const notes = [
    `Times are those of ${escapeMarkdown(timezone || 'UTC')}; a run is drawn as an hour.`,
    ...(gantt.hasHurting ? ['Red: the runs whose failure hurts most.'] : []),
    ...(gantt.omittedJobs > 0 ? [`Left out: ${plural(gantt.omittedJobs, 'job')}.`] : []),
  ];
  return ['### A week of runs', `\`\`\`mermaid\n${gantt.text}\`\`\``, notes.join(' ')];
}

function writeCollisions(
  { schedules }: ScheduleFacts,
  nameOf: (system: string) => string,
  nameJob: (id: string) => string,
): string[] {
  const clock = openClock(schedules.timezone);
  const { sharedMinutes, overlaps, leftOut } = schedules;
  const when = (times: number, first: string): string =>
    `${times === 1 ? 'once' : `${formatCount(times)} times`}, first ${tellTime(clock(Date.parse(first)))}`;
  const lines = [
    ...sharedMinutes
      .slice(0, mostCollisions)
      .map(
        ({ place, name, jobs, times, first }) =>
          `${plural(jobs.length, 'job')} start in the same minute ${place === 'host' ? 'on' : 'towards'} ${nameOf(name)}, ${when(times, first)}: ${listNames(jobs.map(nameJob), 4)}`,
      ),
    ...overlaps
      .slice(0, mostCollisions)
      .map(
        ({ job, times, first, durationMinutes, shortestGapMinutes, assumed }) =>
          `${nameJob(job)} takes ${tellAge(durationMinutes / 60)}${assumed ? ' (assumed)' : ''} and starts again after ${tellAge(shortestGapMinutes / 60, 'down')}, ${when(times, first)}`,
      ),
  ];
  const rest =
    sharedMinutes.length +
    overlaps.length +
    leftOut.sharedMinutes +
    leftOut.overlaps -
    lines.length;
  return lines.length === 0
    ? []
    : [
        '### Jobs in each other’s way',
        [...lines, ...(rest > 0 ? [`and ${formatCount(rest)} more`] : [])]
          .map((line) => `- ${escapeMarkdown(line)}`)
          .join('\n'),
      ];
}

function writeUnknown({ schedules }: ScheduleFacts, nameJob: (id: string) => string): string[] {
  const { unknown, leftOut } = schedules;
  if (unknown.length === 0) return [];
  const rows = unknown
    .slice(0, mostUnknown)
    .map(({ subject, job, reason }) => [
      job === undefined ? nameJob(subject) : `${nameJob(subject)}, ${job}`,
      reason,
    ]);
  const rest = unknown.length - rows.length + leftOut.unknown;
  return [
    '### Nobody knows when',
    toMarkdownTable(['link', 'why'], rows),
    ...(rest > 0 ? [`${plural(rest, 'further link')} left out.`] : []),
  ];
}

function writeSafeguards(
  { safeguards: { jobs } }: ScheduleFacts,
  nameJob: (id: string) => string,
): string[] {
  if (jobs.length === 0) return [];
  const rows = sortWorst(jobs)
    .slice(0, mostJobs)
    .map(({ id, safeguards: statuses, failureModes }) => [
      nameJob(id),
      ...safeguards.map(
        (wanted) => statuses.find(({ safeguard }) => safeguard === wanted)?.state ?? 'lacks',
      ),
      failureModes.map(({ mode }) => mode).join(', '),
    ]);
  const rest = jobs.length - rows.length;
  return [
    '### What scheduled jobs lack',
    toMarkdownTable(
      ['job', ...safeguards.map((safeguard) => safeguard.replace('-', ' ')), 'open to failures'],
      rows,
    ),
    ...(rest > 0 ? [`${plural(rest, 'further job')} left out.`] : []),
  ];
}
