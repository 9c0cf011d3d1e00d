import type { Implementation, Link } from '../../landscape.ts';
import type { Schedule } from '../../schedule.ts';
import type { Instants } from './instants.ts';
import type { Calendar, Timetable } from './open-schedules.ts';

/** Runs of one job along a link, or along a part of it. */
export interface PlannedHop {
  readonly from: string;
  readonly to: string;
  /** The script or job; none where only a registry tells the schedule. */
  readonly code: Implementation | undefined;
  readonly schedules: readonly Schedule[];
  readonly runs: Instants;
}

/** How data takes a link. */
export interface LinkPlan {
  readonly link: Link;
  /** Empty where data flows at once, or nobody knows when. */
  readonly hops: readonly PlannedHop[];
  readonly isAtOnce: boolean;
  /** What cannot be followed. */
  readonly unknown: readonly { readonly job?: string; readonly reason: string }[];
  readonly notes: readonly PlanNote[];
}

/** What was assumed of a job or link. */
export interface PlanNote {
  readonly subject: string;
  readonly text: string;
}

/** Separates the key of a link from what data rests at on its way; no system has it in its id. */
const restMark = '\u0000';

/** Whether a node of the model only stands for the store between two jobs of a link. */
export function isResting(system: string): boolean {
  return system.includes(restMark);
}

/**
 * Finds out when data takes a link: by the jobs that are known to run, else by what a registry says,
 * else at once where systems call each other. What is left is unknown.
 */
export function planLink(link: Link, calendar: Calendar): LinkPlan {
  const timed = link.implementations
    .filter(({ schedules }) => schedules.length > 0)
    .map((code) => ({ code, timetable: calendar.open(code.schedules) }));
  if (timed.length > 0) return planByJobs(link, timed);
  if (link.schedules.length > 0) return planByRegistry(link, calendar.openDeclared(link.schedules));
  if (flowsAtOnce(link)) return plan(link, { isAtOnce: true });
  return plan(link, { unknown: [{ reason: 'no schedule is known' }] });
}

interface TimedCode {
  readonly code: Implementation;
  readonly timetable: Timetable;
}

function planByJobs(link: Link, timed: readonly TimedCode[]): LinkPlan {
  const unknown = timed.flatMap(({ code, timetable }) =>
    timetable.faults.map((reason) => ({ job: code.id, reason })),
  );
  const notes = timed.flatMap(({ code, timetable }) =>
    timetable.notes.map((text) => ({ subject: code.id, text })),
  );
  const running = timed.filter(({ timetable }) => timetable.runs || timetable.isAtOnce);
  const delivering = running.filter(({ code }) => code.delivers);
  const preparing = running.filter(({ code }) => !code.delivers);
  if (running.length === 0) return plan(link, { unknown, notes });
  if (delivering.length === 0) return planByWriters(link, preparing, unknown, notes);
  if (delivering.some(({ timetable }) => timetable.isAtOnce) && preparing.length === 0)
    return plan(link, { isAtOnce: true, unknown, notes });
  const untimed = link.implementations.filter(
    ({ delivers, schedules }) => delivers && schedules.length === 0,
  );
  const said = [
    ...notes,
    ...untimed.map(({ id }) => ({
      subject: link.key,
      text: `nothing tells when ${id} runs, so that only other jobs count`,
    })),
  ];
  const chain = chainOf(link, delivering, preparing);
  if (chain) return plan(link, { ...chain, unknown, notes: said });
  if (preparing.length > 0)
    said.push({
      subject: link.key,
      text: 'nothing tells which of its jobs hands on to which, so that only those count that deliver',
    });
  const hops = delivering.flatMap((one) => toHop(link.from, link.to, one) ?? []);
  return plan(link, { hops, isAtOnce: hops.length === 0, unknown, notes: said });
}

/** One job leaves data somewhere, and one fetches it there. */
function chainOf(
  link: Link,
  delivering: readonly TimedCode[],
  preparing: readonly TimedCode[],
): Pick<LinkPlan, 'hops' | 'isAtOnce'> | undefined {
  const [reader, ...otherReaders] = delivering;
  const [writer, ...otherWriters] = preparing;
  const all = link.implementations.length;
  if (!reader || !writer || otherReaders.length + otherWriters.length > 0 || all !== 2)
    return undefined;
  // Where one of the two tells all at once, the other's runs are those of the link.
  if (writer.timetable.isAtOnce || reader.timetable.isAtOnce) {
    const one = writer.timetable.isAtOnce ? reader : writer;
    const hop = toHop(link.from, link.to, one);
    return { hops: hop ? [hop] : [], isAtOnce: hop === undefined };
  }
  const rest = `${link.key}${restMark}${link.via[0] ?? ''}`;
  const hops = [toHop(link.from, rest, writer), toHop(rest, link.to, reader)];
  return { hops: hops.flatMap((hop) => hop ?? []), isAtOnce: false };
}

/** The jobs that leave data are known, and nothing tells when it is fetched. */
function planByWriters(
  link: Link,
  writers: readonly TimedCode[],
  unknown: LinkPlan['unknown'],
  notes: readonly PlanNote[],
): LinkPlan {
  const hops = writers.flatMap((one) => toHop(link.from, link.to, one) ?? []);
  const note = {
    subject: link.key,
    text: `nothing tells when ${link.to} fetches what is left for it, so that it counts as fetched at once`,
  };
  return plan(link, { hops, isAtOnce: hops.length === 0, unknown, notes: [...notes, note] });
}

function planByRegistry(link: Link, timetable: Timetable): LinkPlan {
  const { runs, isAtOnce, schedules, faults } = timetable;
  const delivering = link.implementations.filter(({ delivers }) => delivers);
  const code = delivering.length === 1 ? delivering[0] : undefined;
  const unknown = faults.map((reason) => ({ reason }));
  const notes = timetable.notes.map((text) => ({ subject: link.key, text }));
  if (isAtOnce) return plan(link, { isAtOnce, unknown, notes });
  if (!runs) return plan(link, { unknown, notes });
  const hop = { from: link.from, to: link.to, code, schedules, runs };
  return plan(link, { hops: [hop], unknown, notes });
}

function toHop(from: string, to: string, { code, timetable }: TimedCode): PlannedHop | undefined {
  const { runs, schedules } = timetable;
  return runs && { from, to, code, schedules, runs };
}

/** Systems that call each other, or read each other's database, do so when they need the data. */
function flowsAtOnce({ style, family, initiator, class: witnesses }: Link): boolean {
  if (style === undefined) {
    if (family === 'messaging' || witnesses.join() === 'observed') return true;
    return initiator !== 'carrier' && (family === 'http' || family === 'database');
  }
  switch (style) {
    case 'event':
    case 'stream':
      return true;
    case 'batch':
    case 'file':
      return false;
    case 'request-reply':
    case 'database':
      return initiator !== 'carrier';
  }
}

function plan(link: Link, facts: Partial<Omit<LinkPlan, 'link'>>): LinkPlan {
  return { link, hops: [], isAtOnce: false, unknown: [], notes: [], ...facts };
}
