import type { Link } from '../../landscape.ts';
import { sortBy, sortedUnique } from '../../order.ts';
import type { LandscapeIndex } from './landscape-index.ts';
import type { ImpactCertainty } from './model.ts';

/** Whether a system fails to get data, or to put it somewhere. */
export type Way = 'gets' | 'puts';

/** One step of an effect: along a link, to the system at its other end. */
export interface Move {
  readonly link: Link;
  readonly to: string;
  readonly way: Way;
  readonly certainty: ImpactCertainty;
}

/** A system that the subject hits without anybody between. */
export interface Start extends Move {
  /** What stands before it on the way: the subject, or the other end of the link. */
  readonly from: string;
}

/** How an effect spreads. */
export interface Spreading {
  readonly starts: readonly Start[];
  readonly moves: (system: string) => readonly Move[];
  /** `any`: along whatever links there are. `named`: along the object, and what carries no name. */
  readonly follows: 'any' | 'named';
  /** Only what carries this object, or may. */
  readonly object?: string;
  readonly depth: number;
  /** Is never hit, and passes nothing on. */
  readonly except?: string;
}

/** A system that an effect comes to. */
export interface Reached extends Pick<Start, 'certainty'> {
  readonly system: string;
  readonly distance: number;
  readonly path: readonly string[];
  readonly through: readonly string[];
  readonly objects: readonly string[];
}

interface State {
  readonly system: string;
  /** Undefined where nobody says what it is. */
  readonly content: string | undefined;
  readonly way: Way;
  readonly link: Link;
  readonly before: State | string;
  readonly distance: number;
}

/**
 * Follows an effect from system to system, the nearest first. Surely it goes on only with the same
 * object, by name or by `derivedFrom`; whether it goes on otherwise is possible. Each system comes at
 * most once: surely, else possibly.
 */
export function spread(index: LandscapeIndex, spreading: Spreading): Reached[] {
  const sure = gather(walk(index, spreading, true), 'certain');
  const open = gather(walk(index, spreading, false), 'possible');
  return sortBy(
    [...sure.values(), ...[...open.values()].filter(({ system }) => !sure.has(system))],
    ({ distance }) => distance,
    ({ system }) => system,
  );
}

/** Breadth first, so the first state of a system is the end of a shortest way. */
function walk(index: LandscapeIndex, spreading: Spreading, isSure: boolean): State[] {
  const states: State[] = [];
  const seen = new Set<string>();
  const visit = (state: State): void => {
    const { system, content, way } = state;
    const key = `${system}\u0000${isSure ? way : ''}\u0000${content === undefined ? '' : `=${content}`}`;
    if (system === spreading.except || seen.has(key) || state.distance > spreading.depth) return;
    seen.add(key);
    states.push(state);
  };
  for (const start of sortBy(spreading.starts, ({ link }) => link.key)) {
    if (isSure && start.certainty === 'possible') continue;
    for (const content of beginWith(start.link, spreading, isSure))
      visit({
        system: start.to,
        content,
        way: start.way,
        link: start.link,
        before: start.from,
        distance: 1,
      });
  }
  // The list grows while it is walked.
  for (const state of states)
    for (const { link, to, way, certainty } of spreading.moves(state.system)) {
      if (isSure && (certainty === 'possible' || way !== state.way)) continue;
      for (const content of passOn(index, state, link, spreading, isSure))
        visit({ system: to, content, way, link, before: state, distance: state.distance + 1 });
    }
  return states;
}

type Contents = readonly (string | undefined)[];

const unknown: Contents = [undefined];

function beginWith({ objects }: Link, { object, follows }: Spreading, isSure: boolean): Contents {
  if (object !== undefined) {
    if (objects.includes(object)) return [object];
    return objects.length === 0 && !isSure ? unknown : [];
  }
  if (objects.length === 0 || (!isSure && follows === 'any')) return unknown;
  return sortedUnique(objects);
}

function passOn(
  index: LandscapeIndex,
  { system, content }: State,
  { objects }: Link,
  { object, follows }: Spreading,
  isSure: boolean,
): Contents {
  if (!isSure && follows === 'any' && object === undefined) return unknown;
  if (!isSure && objects.length === 0) return unknown;
  if (content !== undefined)
    return [content, ...index.madeOf(system, content)].filter((name) => objects.includes(name));
  if (isSure) return [];
  if (object === undefined) return unknown;
  return objects.includes(object) ? [object] : [];
}

function gather(states: readonly State[], certainty: ImpactCertainty): Map<string, Reached> {
  const reached = new Map<string, Reached & { readonly names: Set<string> }>();
  for (const state of states) {
    const known = reached.get(state.system);
    if (known) {
      if (state.content !== undefined) known.names.add(state.content);
      continue;
    }
    const names = new Set(state.content === undefined ? state.link.objects : [state.content]);
    reached.set(state.system, {
      system: state.system,
      certainty,
      distance: state.distance,
      names,
      objects: [],
      ...trace(state),
    });
  }
  return new Map(
    [...reached].map(([system, { names, ...rest }]) => [
      system,
      { ...rest, objects: sortedUnique(names) },
    ]),
  );
}

function trace(end: State): Pick<Reached, 'path' | 'through'> {
  const path: string[] = [];
  const through: string[] = [];
  let at: State | string = end;
  while (typeof at !== 'string') {
    path.unshift(at.link.key);
    through.unshift(at.system);
    at = at.before;
  }
  return { path, through: [at, ...through] };
}
