import type { Evidence } from '../evidence.ts';
import type { LogWindow, Observable } from '../landscape.ts';
import { compareText, sortBy } from '../order.ts';
import type { Family } from '../vocabulary.ts';
import type { Identity } from './identity.ts';

/** Systems whose callers a log source would have shown, and the gateways that wrote those logs. */
export type Logged = ReadonlyMap<string, LogWindow | undefined>;

/** The ends of a link, who opens it and what it passes: what decides whether a log can show it. */
interface Watched {
  readonly from: string;
  readonly to: string;
  readonly family: Family;
  readonly initiator: 'from' | 'to' | 'carrier' | 'unknown';
  readonly via: readonly string[];
}

/**
 * Collects what logs of production would have shown, and on which days. A log without a line that
 * was understood would have shown nothing; one whose lines have no time has no window.
 */
export function findLogged(evidence: readonly Evidence[], identity: Identity): Logged {
  const spans = new Map<string, (readonly [string, string])[]>();
  for (const item of evidence) {
    if (item.kind !== 'route' || item.environment !== 'prod' || item.logged?.length === 0) continue;
    for (const value of [item.system, item.intermediary ?? '']) {
      const found = identity.resolve({ kind: 'system', value });
      if (found.kind !== 'system') continue;
      spans.set(found.id, [...(spans.get(found.id) ?? []), ...(item.logged ?? [])]);
    }
  }
  return new Map([...spans].map(([id, days]) => [id, toWindow(days)]));
}

const dayMs = 24 * 60 * 60 * 1000;

/** The days of all spans together, each day once: logs of January and of June are no half year. */
function toWindow(spans: readonly (readonly [string, string])[]): LogWindow | undefined {
  let days = 0;
  let [first, last]: [string | undefined, string | undefined] = [undefined, undefined];
  let next = -Infinity;
  for (const [from, to] of sortBy(spans, ([start]) => start)) {
    const [begin, end] = [Date.parse(from) / dayMs, Date.parse(to) / dayMs];
    if (!(begin <= end)) continue;
    days += Math.max(0, end - Math.max(begin, next) + 1);
    next = Math.max(next, end + 1);
    first ??= from;
    last = last === undefined || compareText(to, last) > 0 ? to : last;
  }
  return first === undefined || last === undefined ? undefined : { first, last, days };
}

/** Whether a log would have shown a link, and which days of logs would have. */
export function watchLink(
  link: Watched,
  logged: Logged,
): { readonly observable: Observable; readonly window?: LogWindow } {
  const passed = link.via.filter((id) => logged.has(id));
  if (passed.length > 0) return { observable: 'yes', ...longestOf(passed, logged) };
  const observable = isObservable(link, logged);
  if (observable !== 'yes') return { observable };
  const called = { from: [link.to], carrier: [link.to], to: [link.from] };
  // Where either end may be called, the shorter log is what both would have shown.
  return link.initiator === 'unknown'
    ? { observable, ...shortestOf([link.from, link.to], logged) }
    : { observable, ...longestOf(called[link.initiator], logged) };
}

/** A log shows whoever is called; who that is depends on who opens the connection. */
function isObservable({ family, initiator, ...ends }: Watched, logged: Logged): Observable {
  if (family === 'other') return 'unknown';
  if (family !== 'http') return 'no';
  const [from, to] = [logged.has(ends.from), logged.has(ends.to)];
  switch (initiator) {
    case 'from':
    case 'carrier':
      return to ? 'yes' : 'no';
    case 'to':
      return from ? 'yes' : 'no';
    case 'unknown':
      return from && to ? 'yes' : from || to ? 'unknown' : 'no';
  }
}

function longestOf(ids: readonly string[], logged: Logged): { window?: LogWindow } {
  const windows = ids.flatMap((id) => logged.get(id) ?? []);
  const [window] = sortBy(
    windows,
    ({ days }) => -days,
    ({ last }) => last,
  );
  return window === undefined ? {} : { window };
}

function shortestOf(ids: readonly string[], logged: Logged): { window?: LogWindow } {
  const windows = ids.flatMap((id) => logged.get(id) ?? []);
  const [window] = sortBy(
    windows,
    ({ days }) => days,
    ({ last }) => last,
  );
  return window === undefined || windows.length < ids.length ? {} : { window };
}
