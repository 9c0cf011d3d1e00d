import type { Landscape, Link, System } from '../../landscape.ts';
import { sortBy } from '../../order.ts';
import type { SystemKind } from '../../vocabulary.ts';
import type { ObjectOption } from '../freshness/options.ts';
import type { ImpactSubject } from './model.ts';

/** Where an object is born, and what it is made of. */
export type ObjectFacts = Omit<ObjectOption, 'maxAgeHours'>;

/** A landscape as impact looks things up in it. Links are in the order of their keys. */
export interface LandscapeIndex {
  readonly systems: ReadonlyMap<string, System>;
  readonly links: readonly Link[];
  readonly linksInto: (system: string) => readonly Link[];
  readonly linksOutOf: (system: string) => readonly Link[];
  /** Links that pass a system on their way. */
  readonly linksThrough: (system: string) => readonly Link[];
  /** Links of which code runs on a system. */
  readonly linksRunOn: (system: string) => readonly Link[];
  readonly kindOf: (system: string) => SystemKind;
  /** What is made at a system of an object that comes to it; the object itself is left out. */
  readonly madeOf: (system: string, object: string) => readonly string[];
  /** Whether somebody says that an object is born at a system. */
  readonly isOrigin: (system: string, object: string) => boolean;
}

const none: readonly never[] = [];

/**
 * Indexes a landscape.
 * @param objects where objects are born and what they are made of, as far as the configuration says
 */
export function indexLandscape(
  { systems, links }: Pick<Landscape, 'systems' | 'links'>,
  objects: readonly ObjectFacts[],
): LandscapeIndex {
  const sorted = sortBy(links, ({ key }) => key).filter(({ from, to }) => from !== to);
  const byId = new Map(systems.map((system) => [system.id, system]));
  const [into, outOf, through, runOn] = [
    new Map<string, Link[]>(),
    new Map<string, Link[]>(),
    new Map<string, Link[]>(),
    new Map<string, Link[]>(),
  ];
  for (const link of sorted) {
    add(into, link.to, link);
    add(outOf, link.from, link);
    for (const id of new Set(link.via)) add(through, id, link);
    for (const id of new Set(link.implementations.flatMap(({ hosts }) => hosts)))
      add(runOn, id, link);
  }
  const made = new Map<string, string[]>();
  const origins = new Set<string>();
  for (const { object, derivedFrom, origins: born } of objects) {
    for (const { system, from } of derivedFrom)
      for (const source of from)
        if (source !== object) add(made, `${system}\u0000${source}`, object);
    for (const system of born) origins.add(`${system}\u0000${object}`);
  }
  return {
    systems: byId,
    links: sorted,
    linksInto: (id) => into.get(id) ?? none,
    linksOutOf: (id) => outOf.get(id) ?? none,
    linksThrough: (id) => through.get(id) ?? none,
    linksRunOn: (id) => runOn.get(id) ?? none,
    kindOf: (id) => byId.get(id)?.kind ?? 'unknown',
    madeOf: (system, object) => made.get(`${system}\u0000${object}`) ?? none,
    isOrigin: (system, object) => origins.has(`${system}\u0000${object}`),
  };
}

/** Links that begin or end at the subject, pass it, or are the subject. */
export function linksOf(index: LandscapeIndex, subject: ImpactSubject): readonly Link[] {
  if (subject.kind === 'link') return [subject.link];
  const { id } = subject;
  const all = [...index.linksOutOf(id), ...index.linksInto(id), ...index.linksThrough(id)];
  return sortBy(new Set(all), ({ key }) => key);
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
