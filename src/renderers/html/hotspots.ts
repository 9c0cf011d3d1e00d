import { formatCount, formatDecimal, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';

interface HotspotRow extends Named {
  readonly id: string;
  readonly domain: string;
  readonly role: string;
  /** Whether others lose each other without it. */
  readonly isCutPoint: boolean;
  readonly figures: readonly { readonly text: string; readonly value: number }[];
}

/** How much hangs on each system. */
export interface HotspotsView {
  readonly title: string;
  readonly rows: readonly HotspotRow[];
  readonly columns: readonly { readonly label: string; readonly formula: string }[];
  /** How many there are, in words, where there are more than rows; else empty. */
  readonly of: string;
}

/** In the page's markup; its script writes the rows of the others from facts. */
const mostRows = 30;

const columns = [
  { label: 'In', formula: 'Fan-in: distinct systems that send it data' },
  { label: 'Out', formula: 'Fan-out: distinct systems that it sends data to' },
  { label: 'Dependents', formula: 'Distinct systems that call it or need its data' },
  {
    label: 'Betweenness',
    formula:
      'Σ over pairs s, t of the share of shortest data paths from s to t that pass it, not normalised (Brandes 2001)',
  },
  {
    label: 'PageRank',
    formula: 'PR(v) = (1 − d)/N + d Σ PR(u)/out(u), d = 0.85, along the data (Brin & Page 1998)',
  },
  {
    label: 'Blast radius',
    formula: 'Systems that its late or wrong data can reach along any path, itself left out',
  },
  {
    label: 'Exposure',
    formula: 'Systems whose late or wrong data can reach it along any path, itself left out',
  },
  {
    label: 'Instability',
    formula: 'In / (In + Out): 0 only feeds others, 1 only needs them (Martin 1994)',
  },
] as const;

/** Lists the most connected of the counted systems. */
export function listHotspots(context: Context): HotspotsView {
  const domains = new Map(context.audit.systems.map(({ id, domain }) => [id, domain ?? '']));
  const { hotspots } = context.audit.analysis;
  const rows = hotspots.slice(0, mostRows).map(
    (spot): HotspotRow => ({
      ...context.toSystem(spot.system),
      id: spot.system,
      domain: domains.get(spot.system) ?? '',
      role: spot.role,
      isCutPoint: spot.isCutPoint,
      figures: [
        { text: formatCount(spot.fanIn), value: spot.fanIn },
        { text: formatCount(spot.fanOut), value: spot.fanOut },
        { text: formatCount(spot.dependents), value: spot.dependents },
        { text: formatDecimal(spot.betweenness, 1), value: spot.betweenness },
        { text: formatDecimal(spot.pageRank, 3), value: spot.pageRank },
        { text: formatCount(spot.blastRadius), value: spot.blastRadius },
        { text: formatCount(spot.exposure), value: spot.exposure },
        { text: formatDecimal(spot.instability, 2), value: spot.instability },
      ],
    }),
  );
  return {
    title: writeTitle(context),
    rows,
    columns,
    of: hotspots.length > rows.length ? plural(hotspots.length, 'system') : '',
  };
}

function writeTitle(context: Context): string {
  const first = context.audit.analysis.hotspots[0];
  if (!first) return 'No system to rank';
  if (first.fanIn + first.fanOut === 0) return 'No system exchanges data with another';
  return `${context.nameOf(first.system)} is the most connected: fed by ${formatCount(first.fanIn)}, feeding ${formatCount(first.fanOut)}`;
}
