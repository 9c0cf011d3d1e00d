import { openInstants } from '../../src/analyzers/freshness/instants.ts';
import type { FreshnessModel } from '../../src/analyzers/freshness/model.ts';

/**
 * A second opinion on freshness, as plain as can be: it plays every minute, for every choice of
 * failing runs anew. It knows declared flows only, and no path: just who holds what.
 */
export const minute = 60_000;
/** Born before everything, or not there at all. */
const nothing = -1;

export interface Failing {
  readonly delivery: number;
  readonly first: number;
  readonly count: number;
}

/** What each place (`system object`) holds in each minute: the minute of birth. */
export interface Played {
  /** As somebody sees it who looks at the minute sharp. */
  readonly sharp: ReadonlyMap<string, readonly number[]>;
  /** As it stands until the next minute. */
  readonly after: ReadonlyMap<string, readonly number[]>;
  /** Places that are the origin itself, or that events keep equal to it. */
  readonly fresh: ReadonlySet<string>;
}

export function play(model: FreshnessModel, failing?: Failing): Played {
  const end = (model.knownUntil ?? model.horizon.to) / minute;
  const [origin] = model.origins;
  const start = `${origin?.system} ${origin?.object}`;
  const held = new Map<string, number>();
  const flows = [
    ...model.events.map(
      ({ from, to, object }) => [`${from} ${object}`, `${to} ${object}`] as const,
    ),
    ...model.derivations.flatMap(({ system, object, from }) =>
      from.map((source) => [`${system} ${source}`, `${system} ${object}`] as const),
    ),
  ];
  const fresh = new Set([start]);
  for (const place of fresh) for (const [from, to] of flows) if (from === place) fresh.add(to);
  const places = new Set([
    ...flows.flat(),
    ...model.deliveries.flatMap(({ from, to, object }) => [`${from} ${object}`, `${to} ${object}`]),
  ]);
  const runs = model.deliveries.map(({ runs: planned }, delivery) =>
    [...openInstants(planned)]
      .map((run) => run / minute)
      .filter(
        (_run, index) =>
          failing?.delivery !== delivery ||
          index < failing.first ||
          index >= failing.first + failing.count,
      ),
  );
  const coming: { at: number; place: string; birth: number }[] = [];
  const sharp = new Map([...places].map((place) => [place, [] as number[]]));
  const after = new Map([...places].map((place) => [place, [] as number[]]));
  const put = (place: string, birth: number): void => {
    if (birth <= (held.get(place) ?? nothing)) return;
    held.set(place, birth);
    for (const [from, to] of flows) if (from === place) put(to, birth);
  };
  for (let now = 0; now < end; now++) {
    for (const place of fresh) held.set(place, now);
    for (const { at, place, birth } of coming) if (at === now) put(place, birth);
    for (const place of places) sharp.get(place)?.push(held.get(place) ?? nothing);
    const instant: [string, number][] = [];
    model.deliveries.forEach(({ from, to, object, durationMs }, index) => {
      if (!runs[index]?.includes(now)) return;
      const birth = held.get(`${from} ${object}`) ?? nothing;
      const place = `${to} ${object}`;
      if (durationMs === 0) instant.push([place, birth]);
      else coming.push({ at: now + durationMs / minute, place, birth });
    });
    for (const [place, birth] of instant) put(place, birth);
    for (const place of places) after.get(place)?.push(held.get(place) ?? nothing);
  }
  return { sharp, after, fresh };
}

export interface Measured {
  rest: number;
  restBeforeEnd: number;
  read: number;
}

/** Births that count: of the horizon, else from the newest before it on. */
export function findLimits(model: FreshnessModel, played: Played, place: string) {
  const from = model.horizon.from / minute;
  const to = model.horizon.to / minute;
  const births = [...(played.sharp.get(place) ?? []), ...(played.after.get(place) ?? [])];
  if (births.some((birth) => birth >= from && birth < to)) return { from, to };
  const before = births.filter((birth) => birth !== nothing && birth < from);
  return { from: Math.max(...before, nothing) === nothing ? from : Math.max(...before), to };
}

/** Whether somebody looks at the minute sharp, and whether in the minute that follows. */
export function lookAt(model: FreshnessModel, system: string, now: number) {
  let isSharp = false;
  let isAfter = false;
  for (const readers of model.readers) {
    if (readers.system !== system) continue;
    if (openInstants(readers.looks).includes(now * minute)) isSharp = true;
    for (const [from, to] of readers.windows ?? [])
      if (now * minute >= from && now * minute < to) {
        isSharp = true;
        isAfter = true;
      }
  }
  return { isSharp, isAfter };
}

export function measure(
  model: FreshnessModel,
  played: Played,
  place: string,
  { from, to }: { from: number; to: number },
  counts: (now: number, phase: 'sharp' | 'after') => boolean = () => true,
): Measured {
  const end = (model.knownUntil ?? model.horizon.to) / minute;
  const found = { rest: nothing, restBeforeEnd: nothing, read: nothing };
  if (played.fresh.has(place)) return { rest: 0, restBeforeEnd: 0, read: 0 };
  const system = place.split(' ')[0] ?? '';
  for (let now = 0; now < end; now++) {
    const look = lookAt(model, system, now);
    const sharp = played.sharp.get(place)?.[now] ?? nothing;
    if (sharp >= from && sharp < to && counts(now, 'sharp')) {
      found.rest = Math.max(found.rest, now - sharp);
      found.restBeforeEnd = Math.max(found.restBeforeEnd, now - sharp);
      if (look.isSharp) found.read = Math.max(found.read, now - sharp);
    }
    const after = played.after.get(place)?.[now] ?? nothing;
    if (after >= from && after < to && counts(now, 'after')) {
      found.rest = Math.max(found.rest, now + 1 - after);
      if (now + 1 < end) found.restBeforeEnd = Math.max(found.restBeforeEnd, now + 1 - after);
      if (look.isAfter) found.read = Math.max(found.read, now + 1 - after);
    }
  }
  return found;
}
