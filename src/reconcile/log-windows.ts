import type { Evidence } from '../evidence.ts';
import type { LogWindow, Observable } from '../landscape.ts';
import { compareText, sortBy } from '../order.ts';
import type { Family } from '../vocabulary.ts';
import type { Identity } from './identity.ts';

/**
 * Systems whose callers a log source would have shown, and the gateways that wrote those logs. Under
 * `shop#http`: the calls of that family that the shop itself tells of.
 */
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
    const add = (key: string): unknown =>
      spans.set(key, [...(spans.get(key) ?? []), ...(item.logged ?? [])]);
    for (const value of [item.system, item.intermediary ?? '']) {
      const found = identity.resolve({ kind: 'system', value });
      if (found.kind !== 'system') continue;
      if (item.calls === undefined || item.showsCallers) add(found.id);
      for (const family of item.calls ?? []) add(callsOf(found.id, family));
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
  const { from, to, family, initiator } = link;
  if (family === 'other') return { observable: 'unknown' };
  const pushes = listShowing(from, to, family, logged);
  const pulls = listShowing(to, from, family, logged);
  switch (initiator) {
    case 'from':
      return toObservable(pushes, logged);
    case 'to':
      return toObservable(pulls, logged);
    case 'carrier':
      return toObservable(
        pushes.filter((key) => key === to),
        logged,
      );
    case 'unknown':
      if (pushes.length === 0 && pulls.length === 0) return { observable: 'no' };
      if (pushes.length === 0 || pulls.length === 0) return { observable: 'unknown' };
      // Where either end may be called, the shorter log is what both would have shown.
      return { observable: 'yes', ...shortestOf([pushes, pulls], logged) };
  }
}

/** What tells of a call: a log of whoever is called, or the caller itself. */
function listShowing(caller: string, callee: string, family: Family, logged: Logged): string[] {
  return [...(family === 'http' ? [callee] : []), callsOf(caller, family)].filter((key) =>
    logged.has(key),
  );
}

function callsOf(system: string, family: Family): string {
  return `${system}#${family}`;
}

function toObservable(
  showing: readonly string[],
  logged: Logged,
): { observable: Observable; window?: LogWindow } {
  return showing.length > 0
    ? { observable: 'yes', ...longestOf(showing, logged) }
    : { observable: 'no' };
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

function shortestOf(sides: readonly (readonly string[])[], logged: Logged): { window?: LogWindow } {
  const windows = sides.flatMap((ids) => longestOf(ids, logged).window ?? []);
  const [window] = sortBy(
    windows,
    ({ days }) => days,
    ({ last }) => last,
  );
  return window === undefined || windows.length < sides.length ? {} : { window };
}
