import { sortBy } from '../../order.ts';
import { drawTraffic } from '../mermaid/traffic.ts';
import { listRoutes } from '../traffic.ts';
import { formatCount, formatDecimal, formatPercent, plural } from '../wording.ts';
import type { Context } from './context.ts';
import { drawCalls } from './draw-calls.ts';
import type { Markup } from './markup.ts';
import { listSeenLinks, type SeenLink, shareFailed } from './seen-links.ts';

/** What gateway logs show of one link. */
interface TrafficRow {
  readonly name: string;
  readonly href: string;
  /** That nobody registered it, or the empty text. */
  readonly remark: string;
  readonly calls: string;
  readonly callsCount: number;
  readonly aDay: string;
  readonly aDayValue: number;
  readonly failed: string;
  readonly failedShare: number;
  readonly ofServer: string;
  /** p50, p95 and p99 in milliseconds; empty texts where logs tell no duration. */
  readonly times: readonly { readonly text: string; readonly value: number }[];
  readonly volume: string;
  readonly bytes: number;
  readonly seen: string;
  readonly routes: string;
}

/** What runs through the gateways, how much of it fails, and how long answers take. */
export interface TrafficView {
  readonly title: string;
  /** Where nothing was seen: why, and what would show it. */
  readonly none: string;
  readonly logs: string;
  readonly picture: Markup | null;
  readonly hasBad: boolean;
  readonly hasTimes: boolean;
  readonly rows: readonly TrafficRow[];
  readonly leftOut: string;
  /** The same as a sankey, for copying; empty where there is none. */
  readonly mermaid: string;
}

/** More rows than this nobody reads; the others are in `audit.json`. */
const mostRows = 200;

/** Tells which links gateway logs show, the busiest first. */
export function tellTraffic(context: Context): TrafficView {
  const seen = listSeenLinks(context.audit.links);
  const shown = seen.slice(0, mostRows);
  return {
    title: writeTitle(seen, context),
    none: seen.length > 0 ? '' : tellWhyNone(context),
    logs: tellLogs(context),
    picture: seen.length > 0 ? drawCalls(seen, context) : null,
    hasBad: context.hasRegistry && seen.some(({ registered }) => !registered),
    hasTimes: seen.some(({ traffic }) => traffic.p50Ms !== undefined),
    rows: shown.map((link) => toRow(link, context)),
    leftOut:
      seen.length > mostRows
        ? `${plural(seen.length - mostRows, 'further link')}, the least busy, only in audit.json.`
        : '',
    mermaid: drawTraffic(context.audit)?.text ?? '',
  };
}

function writeTitle(seen: readonly SeenLink[], context: Context): string {
  const [busiest] = seen;
  if (!busiest) return hasLogs(context) ? 'Logs show no link' : 'No gateway log was read';
  const calls = seen.reduce((sum, { traffic }) => sum + traffic.calls, 0);
  const errors = seen.reduce((sum, { traffic }) => sum + traffic.errors, 0);
  const whole = `Logs show ${plural(calls, 'call')} over ${plural(seen.length, 'link')}`;
  if (errors === 0) return `${whole}; none failed`;
  const [worst = busiest] = sortBy(
    seen,
    ({ traffic }) => -shareFailed(traffic),
    ({ traffic }) => -traffic.calls,
    ({ key }) => key,
  );
  const most =
    seen.length > 1
      ? `, most often from ${context.nameOf(worst.from)} to ${context.nameOf(worst.to)} (${formatPercent(shareFailed(worst.traffic))})`
      : '';
  return `${whole}; ${formatPercent(errors / calls)} failed${most}`;
}

function hasLogs({ audit }: Context): boolean {
  return audit.coverage.sources.some(({ kind }) => kind === 'gateway');
}

function tellWhyNone(context: Context): string {
  return hasLogs(context)
    ? 'No call in the logs goes from one known system to another: see Unresolved, and add aliases or callers.'
    : 'A source of the kind gateway in landscape.yaml would show which links run, how often they fail and how long answers take.';
}

/** Which logs were read, with their denominator. */
function tellLogs({ audit }: Context): string {
  const logs = audit.coverage.sources.filter(({ kind }) => kind === 'gateway');
  if (logs.length === 0) return '';
  const sum = (pick: (source: (typeof logs)[number]) => number): number =>
    logs.reduce((total, source) => total + pick(source), 0);
  const days = logs.flatMap(({ window }) =>
    window ? window.map((time) => time.slice(0, 10)) : [],
  );
  const [first] = days.sort();
  const read = `From ${formatCount(sum(({ parsed }) => parsed))} of ${plural(
    sum(({ records }) => records),
    'line',
  )}`;
  return first === undefined ? `${read}.` : `${read}, ${first} to ${days.at(-1)}.`;
}

function toRow(link: SeenLink, context: Context): TrafficRow {
  const { traffic } = link;
  const share = shareFailed(traffic);
  return {
    ...context.toLink(link.key),
    remark: context.hasRegistry && !link.registered ? 'nobody registered it' : '',
    calls: formatCount(traffic.calls),
    callsCount: traffic.calls,
    aDay: traffic.callsPerDay === undefined ? '' : tellPerDay(traffic.callsPerDay),
    aDayValue: traffic.callsPerDay ?? -1,
    failed: traffic.errors === 0 ? '0' : `${formatCount(traffic.errors)} (${formatPercent(share)})`,
    failedShare: share,
    ofServer: formatCount(traffic.serverErrors),
    times: [traffic.p50Ms, traffic.p95Ms, traffic.p99Ms].map((value) => ({
      text: value === undefined ? '' : formatCount(value),
      value: value ?? -1,
    })),
    volume: tellBytes(traffic.bytes),
    bytes: traffic.bytes,
    seen:
      traffic.firstSeen === undefined
        ? ''
        : `${traffic.firstSeen.slice(0, 10)} to ${traffic.lastSeen?.slice(0, 10) ?? ''}`,
    routes: listRoutes(traffic) ?? '',
  };
}

function tellPerDay(perDay: number): string {
  return perDay < 10 ? formatDecimal(perDay, 1) : formatCount(perDay);
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in powers of a thousand, with two digits where there is one before the point. */
function tellBytes(bytes: number): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  return `${power > 0 && value < 9.95 ? formatDecimal(value, 1) : formatCount(value)} ${units[power]}`;
}
