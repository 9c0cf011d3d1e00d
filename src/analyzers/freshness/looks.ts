import { openInstants } from './instants.ts';
import type { FreshnessModel } from './model.ts';
import { countUpTo } from './steps.ts';

/**
 * When somebody looks: stretches in ascending order without overlap. A moment is a stretch that
 * ends where it starts; any other leaves its end out.
 */
export interface Looks {
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/** The readers of each system, those of one system joined. */
export function gatherLooks(model: FreshnessModel): Map<string, Looks> {
  const until = model.knownUntil ?? model.horizon.to;
  const bySystem = new Map<string, [number, number][]>();
  for (const { system, looks, windows } of model.readers) {
    const stretches = bySystem.get(system) ?? [];
    bySystem.set(system, stretches);
    for (const look of openInstants(looks, until)) stretches.push([look, look]);
    for (const [from, to] of windows ?? [])
      if (from < Math.min(to, until)) stretches.push([from, Math.min(to, until)]);
  }
  return new Map([...bySystem].map(([system, stretches]) => [system, joinStretches(stretches)]));
}

function joinStretches(stretches: [number, number][]): Looks {
  stretches.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const joined: [number, number][] = [];
  for (const [start, end] of stretches) {
    const last = joined.at(-1);
    const covers = last && last[1] > last[0] && start < last[1];
    const touches = last && last[1] > last[0] && end > start && start === last[1];
    if (covers || touches) last[1] = Math.max(last[1], end);
    else if (!last || last[0] !== start || last[1] !== end) joined.push([start, end]);
  }
  return {
    starts: Float64Array.from(joined, ([start]) => start),
    ends: Float64Array.from(joined, ([, end]) => end),
  };
}

/** The last moment of [from, to) at which somebody looks, to the ms; NaN where nobody does. */
export function findLastLook({ starts, ends }: Looks, from: number, to: number): number {
  let index = countUpTo(starts, to) - 1;
  if (starts[index] === to) index--;
  const start = starts[index];
  const end = ends[index];
  if (start === undefined || end === undefined) return Number.NaN;
  if (start === end) return start >= from ? start : Number.NaN;
  return end > from ? Math.min(end, Math.floor(to)) : Number.NaN;
}

/** The first moment of [from, to) at which somebody looks, to the ms; NaN where nobody does. */
export function findFirstLook({ starts, ends }: Looks, from: number, to: number): number {
  const index = countUpTo(ends, from);
  if (starts[index - 1] === from) return from;
  const start = starts[index];
  if (start === undefined || start >= to) return Number.NaN;
  return Math.max(start, Math.floor(from));
}

/** Whether a stretch of looks, by its number, has ended at a time. */
export function isOver({ starts, ends }: Looks, index: number, time: number): boolean {
  const end = ends[index];
  return end !== undefined && (end < time || (end === time && starts[index] !== time));
}
