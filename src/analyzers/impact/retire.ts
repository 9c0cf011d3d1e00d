import type { Link } from '../../landscape.ts';
import { sortBy, sortedUnique } from '../../order.ts';
import { type Effect, whenPassedChanges } from './hit-rules.ts';
import { type LandscapeIndex, linksOf } from './landscape-index.ts';
import type { ImpactSubject, LinkFate, Retirement } from './model.ts';
import type { PlainHit, Reach } from './outage.ts';
import { type Start, spread } from './spread.ts';

/** Who is hit if a system or link goes for good, and what becomes of links and code. */
export function findRetirement(
  index: LandscapeIndex,
  subject: ImpactSubject,
  reach: Reach = {},
): { readonly hits: readonly PlainHit[]; readonly retirement: Retirement } {
  const gone = linksOf(index, subject);
  // What only passes is still sent: it needs another way, and is not lost.
  const ended = gone.filter(
    ({ from, to }) => subject.kind === 'link' || from === subject.id || to === subject.id,
  );
  const losses = findLosses(index, subject, ended);
  const lost = listLost(index, subject, gone, losses, reach);
  const changed = listChanged(index, subject, gone, reach);
  const hosted =
    subject.kind === 'link'
      ? []
      : index.linksRunOn(subject.id).filter((link) => !gone.includes(link));
  return {
    hits: [...lost, ...changed],
    retirement: {
      links: [
        ...gone.map((link) => tellFate(subject, link, losses)),
        ...hosted.map(({ key }): LinkFate => ({ link: key, fate: 'move' })),
      ],
      code: listCode(index, gone, subject, hosted),
      isolated: listIsolated(index, subject, gone),
    },
  };
}

/** Whether a system has an object from nowhere any more: `isLost(system, object)`. */
type Losses = (system: string, object: string) => boolean;

/**
 * An object is still at a system if it is born there, or comes from a system where it still is. It is
 * born where somebody says so, else where it leaves and never comes to.
 */
function findLosses(index: LandscapeIndex, subject: ImpactSubject, gone: readonly Link[]): Losses {
  const isGone = new Set(gone);
  const objects = new Set(gone.flatMap((link) => link.objects));
  const key = (system: string, object: string): string => `${system}\u0000${object}`;
  const still = new Set<string>();
  const comes = new Set<string>();
  const waiting: (readonly [system: string, object: string])[] = [];
  const keep = (system: string, object: string): void => {
    if (still.has(key(system, object)) || (subject.kind === 'system' && system === subject.id))
      return;
    still.add(key(system, object));
    waiting.push([system, object]);
  };
  for (const { to, objects: carried } of index.links)
    for (const object of carried) comes.add(key(to, object));
  for (const { from, objects: carried } of index.links)
    for (const object of carried)
      if (objects.has(object) && (index.isOrigin(from, object) || !comes.has(key(from, object))))
        keep(from, object);
  for (const [system, object] of waiting)
    for (const link of index.linksOutOf(system))
      if (!isGone.has(link) && link.objects.includes(object)) keep(link.to, object);
  return (system, object) => !still.has(key(system, object));
}

/** Who loses an object: those that got it from the subject first, then those that got it from them. */
function listLost(
  index: LandscapeIndex,
  subject: ImpactSubject,
  gone: readonly Link[],
  isLost: Losses,
  reach: Reach,
): PlainHit[] {
  const depth = reach.depth ?? Number.POSITIVE_INFINITY;
  const sources = gone.filter(({ from }) => subject.kind === 'link' || from === subject.id);
  const wanted = ({ objects }: Link): readonly (string | undefined)[] => {
    const named = objects.filter((name) => reach.object === undefined || reach.object === name);
    return objects.length === 0 ? [undefined] : named;
  };
  const names = sortedUnique(sources.flatMap(wanted).filter((name) => name !== undefined));
  const named = names.flatMap((object) => {
    const starts = sources
      .filter(({ to, objects }) => objects.includes(object) && isLost(to, object))
      .map((link) => toStart(subject, link, 'certain'));
    const moves = (system: string) =>
      index
        .linksOutOf(system)
        .filter(({ to, objects }) => objects.includes(object) && isLost(to, object))
        .map((link) => ({ link, to: link.to, way: 'gets', certainty: 'certain' }) as const);
    return spread(index, { starts, moves, follows: 'named', object, depth, ...except(subject) });
  });
  const unnamed = spread(index, {
    starts: sources
      .filter(({ objects }) => objects.length === 0)
      .map((link) => toStart(subject, link, 'possible')),
    moves: () => [],
    follows: 'named',
    depth,
    ...except(subject),
  });
  return joinObjects([...named.filter(({ certainty }) => certainty === 'certain'), ...unnamed]);
}

/** One hit a system and certainty, with all objects; the nearest tells the way. */
function joinObjects(hits: readonly Omit<PlainHit, 'kind'>[]): PlainHit[] {
  const joined = new Map<string, PlainHit>();
  for (const hit of sortBy(hits, ({ distance }) => distance)) {
    const key = `${hit.certainty}\u0000${hit.system}`;
    const known = joined.get(key);
    const objects = sortedUnique([...(known?.objects ?? []), ...hit.objects]);
    joined.set(key, { ...(known ?? hit), objects, kind: 'loses-data' });
  }
  return [...joined.values()];
}

/** Systems that a system hits by going: those that take its data, and those that open connections to it. */
export function listUsersOf(index: LandscapeIndex, id: string): string[] {
  const subject = { kind: 'system', id } as const;
  const gone = linksOf(index, subject);
  const changed = gone.flatMap((link) => {
    const { from, to } = whoOpens(index, subject, link);
    return [...(from.length > 0 ? [link.from] : []), ...(to.length > 0 ? [link.to] : [])];
  });
  const takers = gone.filter(({ from }) => from === id).map(({ to }) => to);
  return sortedUnique([...changed, ...takers]).filter((system) => system !== id);
}

/** Who opens connections that have no other end any more. */
function listChanged(
  index: LandscapeIndex,
  subject: ImpactSubject,
  gone: readonly Link[],
  reach: Reach,
): PlainHit[] {
  const starts = gone.flatMap((link) => {
    const opened = whoOpens(index, subject, link);
    return [
      ...opened.from.map((effect) => toStart(subject, link, effect.certainty, 'from')),
      ...opened.to.map((effect) => toStart(subject, link, effect.certainty)),
    ];
  });
  return spread(index, {
    starts,
    moves: () => [],
    follows: 'named',
    ...reach,
    depth: 1,
    ...except(subject),
  }).map((hit) => ({ ...hit, kind: 'must-change' }));
}

function whoOpens(
  index: LandscapeIndex,
  subject: ImpactSubject,
  link: Link,
): { readonly from: readonly Effect[]; readonly to: readonly Effect[] } {
  if (subject.kind === 'system' && link.via.includes(subject.id))
    return whenPassedChanges(index, link, subject.id);
  const opens = (end: 'from' | 'to'): Effect[] =>
    link.initiator === end || link.initiator === 'unknown'
      ? [{ kind: 'must-change', certainty: link.initiator === end ? 'certain' : 'possible' }]
      : [];
  return { from: opens('from'), to: opens('to') };
}

function tellFate(subject: ImpactSubject, link: Link, isLost: Losses): LinkFate {
  const { key, from, to, objects } = link;
  if (subject.kind === 'system' && from !== subject.id && to !== subject.id)
    return { link: key, fate: 'move' };
  if (subject.kind === 'system' && to === subject.id) return { link: key, fate: 'drop' };
  const isNeeded = objects.length === 0 || objects.some((object) => isLost(to, object));
  return { link: key, fate: isNeeded ? 'rebuild' : 'drop' };
}

/** Scripts and jobs of the links: those that do nothing else can go. */
function listCode(
  index: LandscapeIndex,
  gone: readonly Link[],
  subject: ImpactSubject,
  hosted: readonly Link[],
): Retirement['code'] {
  const isGone = new Set(gone);
  const codeOf = (links: readonly Link[]): Set<string> =>
    new Set(links.flatMap(({ implementations }) => implementations.map(({ id }) => id)));
  const own = codeOf(gone);
  const used = codeOf(index.links.filter((link) => !isGone.has(link)));
  const moved = hosted
    .flatMap(({ implementations }) => implementations)
    .filter(
      ({ id, hosts }) => !own.has(id) && subject.kind === 'system' && hosts.includes(subject.id),
    );
  return [
    ...sortedUnique(own).map((id) => ({ id, fate: used.has(id) ? 'change' : 'drop' }) as const),
    ...sortedUnique(moved.map(({ id }) => id)).map((id) => ({ id, fate: 'move' }) as const),
  ];
}

function listIsolated(
  index: LandscapeIndex,
  subject: ImpactSubject,
  gone: readonly Link[],
): string[] {
  const isGone = new Set(gone);
  return sortedUnique(gone.flatMap(({ from, to }) => [from, to])).filter(
    (id) =>
      !(subject.kind === 'system' && id === subject.id) &&
      [...index.linksInto(id), ...index.linksOutOf(id)].every((link) => isGone.has(link)),
  );
}

function toStart(
  subject: ImpactSubject,
  link: Link,
  certainty: Start['certainty'],
  end: 'from' | 'to' = 'to',
): Start {
  const other = end === 'to' ? link.from : link.to;
  return {
    link,
    to: link[end],
    from: subject.kind === 'system' ? subject.id : other,
    way: end === 'to' ? 'gets' : 'puts',
    certainty,
  };
}

function except(subject: ImpactSubject): { readonly except?: string } {
  return subject.kind === 'system' ? { except: subject.id } : {};
}
