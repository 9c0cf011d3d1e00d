import type { Link } from '../../landscape.ts';
import {
  type Effect,
  whenCut,
  whenPassedIsOut,
  whenSourceIsOut,
  whenTargetIsOut,
} from './hit-rules.ts';
import { type LandscapeIndex, linksOf } from './landscape-index.ts';
import type { HitKind, ImpactSubject } from './model.ts';
import { type Move, type Reached, type Start, spread } from './spread.ts';

/** How far a question is followed, and along which object. */
export interface Reach {
  readonly object?: string;
  /** Links from the subject; as many as there are where it is left out. */
  readonly depth?: number;
}

/** A system that is hit, before it is told what hangs on it. */
export interface PlainHit extends Reached {
  readonly kind: HitKind;
}

/** What an outage does at the first link: to whom, by which link, and how. */
export interface FirstHit extends Effect {
  readonly start: Start;
}

/** Who is hit while a system or link is out: docs/impact.md tells by which rules. */
export function findOutage(
  index: LandscapeIndex,
  subject: ImpactSubject,
  reach: Reach = {},
): PlainHit[] {
  const first = listFirstHits(index, subject);
  const startsOf = (kind: HitKind): Start[] =>
    first.filter((hit) => hit.kind === kind).map(({ start }) => start);
  const spreading = { depth: Number.POSITIVE_INFINITY, follows: 'any', ...reach } as const;
  const except = subject.kind === 'system' ? { except: subject.id } : {};
  const kinds: readonly (readonly [HitKind, (system: string) => readonly Move[]])[] = [
    ['down', (system) => listWaiters(index, system)],
    ['stale', (system) => listTargets(index, system)],
    ['queued', () => []],
  ];
  return kinds.flatMap(([kind, moves]) =>
    spread(index, { ...spreading, ...except, starts: startsOf(kind), moves }).map((reached) => ({
      ...reached,
      kind,
    })),
  );
}

/** Who gets the data of a system late, or of a link, and of whom in turn. */
export function findLate(
  index: LandscapeIndex,
  subject: ImpactSubject,
  reach: Reach = {},
): PlainHit[] {
  return findOutage(index, subject, reach).filter(({ kind }) => kind === 'stale');
}

/** The systems that an outage hits without anybody between, by every rule that fits. */
export function listFirstHits(index: LandscapeIndex, subject: ImpactSubject): FirstHit[] {
  if (subject.kind === 'link') {
    const { from, to } = whenCut(index, subject.link);
    return toFirstHits(subject.link, { from, to }, subject.link);
  }
  const { id } = subject;
  const touched = new Set(linksOf(index, subject));
  const ends = { from: id, to: id };
  return [
    ...index
      .linksOutOf(id)
      .flatMap((link) => toFirstHits(link, { from: [], to: whenSourceIsOut(index, link) }, ends)),
    ...index
      .linksInto(id)
      .flatMap((link) => toFirstHits(link, { from: whenTargetIsOut(index, link), to: [] }, ends)),
    ...index
      .linksThrough(id)
      .filter(({ from, to }) => from !== id && to !== id)
      .flatMap((link) => toFirstHits(link, whenPassedIsOut(index, link, id), ends)),
    ...index
      .linksRunOn(id)
      .filter((link) => !touched.has(link))
      .flatMap((link) => toFirstHits(link, soften(whenCut(index, link), link, id), ends)),
  ];
}

/** Code that runs elsewhere too may keep the link going. */
function soften(
  effects: ReturnType<typeof whenCut>,
  { implementations }: Link,
  host: string,
): ReturnType<typeof whenCut> {
  if (implementations.every(({ hosts }) => hosts.length === 1 && hosts[0] === host)) return effects;
  const weaken = (all: readonly Effect[]): Effect[] =>
    all.map(({ kind }) => ({ kind, certainty: 'possible' }));
  return { from: weaken(effects.from), to: weaken(effects.to) };
}

/** @param ends what stands before each end: the subject, or the other end of a link that is cut */
function toFirstHits(
  link: Link,
  effects: ReturnType<typeof whenCut>,
  ends: Pick<Link, 'from' | 'to'>,
): FirstHit[] {
  const begin = (effect: Effect, end: 'from' | 'to'): FirstHit => ({
    ...effect,
    start: {
      link,
      to: link[end],
      from: end === 'to' ? ends.from : ends.to,
      way: end === 'to' ? 'gets' : 'puts',
      certainty: effect.certainty,
    },
  });
  return [
    ...effects.from.map((effect) => begin(effect, 'from')),
    ...effects.to.map((effect) => begin(effect, 'to')),
  ];
}

/** Who waits for the answer of a system: it calls it to get data, or to put it there. */
export function listWaiters(index: LandscapeIndex, system: string): Move[] {
  const isDown = ({ kind }: Effect): boolean => kind === 'down';
  return [
    ...index.linksInto(system).flatMap((link) =>
      whenTargetIsOut(index, link)
        .filter(isDown)
        .map(
          ({ certainty }): Move => ({
            link,
            to: link.from,
            way: 'puts',
            certainty,
          }),
        ),
    ),
    ...index.linksOutOf(system).flatMap((link) =>
      whenSourceIsOut(index, link)
        .filter(isDown)
        .map(
          ({ certainty }): Move => ({
            link,
            to: link.to,
            way: 'gets',
            certainty,
          }),
        ),
    ),
  ];
}

/** Whom a system sends data to. */
export function listTargets(index: LandscapeIndex, system: string): Move[] {
  return index
    .linksOutOf(system)
    .map((link) => ({ link, to: link.to, way: 'gets', certainty: 'certain' }));
}
