import { groupBy, sortedUnique } from '../../order.ts';
import { formatCount, formatOwner, listNames, plural } from '../wording.ts';
import { listChecks } from './checklist.ts';
import { findAdapter, listSetUps, type PlanIndex, type Wave } from './plan-index.ts';

/** Rows of a table, and in words how many more there are; the empty text where these are all. */
export interface Cut<Row> {
  readonly rows: readonly Row[];
  readonly more: string;
}

/** A link that moves, in words. */
export interface Move {
  /** The key of the link. */
  readonly link: string;
  readonly title: string;
  readonly today: string;
  readonly goesTo: string;
  readonly because: string;
  readonly runnerUp: string;
  readonly criticality: string;
  readonly risk: string;
  readonly owner: string;
}

/** Everything about one wave in plain text, for Markdown and HTML alike. */
export interface WaveWords {
  readonly heading: string;
  readonly summary: string;
  readonly moves: Cut<Move>;
  readonly built: Cut<{ readonly what: string; readonly hours: string; readonly team: string }>;
  readonly told: Cut<{
    readonly object: string;
    readonly from: string;
    readonly to: string;
    readonly teams: string;
  }>;
  readonly checks: readonly string[];
}

/** How long a table may be, and where the rest of it stands. */
export interface Limit {
  readonly rows: number;
  readonly elsewhere: string;
}

/** Tells what one wave moves and why, what is built for it, whom to tell, and how to test it. */
export function tellWave(index: PlanIndex, wave: Wave, limit: Limit): WaveWords {
  const { plan, nameOf } = index;
  return {
    heading: `Wave ${wave.number}: ${wave.first} to ${wave.last}`,
    summary: `${plural(wave.links.length, 'link')}, ${plural(wave.adapters.length, 'adapter')}, ${formatCount(wave.effortHours)} hours, risk up to ${formatCount(wave.risk)} of 100`,
    moves: cutRows(wave.links, limit, (link) => tellMove(index, link)),
    built: cutRows(
      [
        ...listSetUps(plan, wave).map(({ name, hours }) => ({
          what: `set up ${name}`,
          hours: formatCount(hours),
          team: '',
        })),
        ...wave.adapters.map((one) => {
          const adapter = findAdapter(plan, one);
          return {
            what: `connect ${nameOf(one.system)} to ${one.platform}`,
            hours: formatCount(adapter?.hours ?? 0),
            team: adapter?.team ?? '',
          };
        }),
      ],
      limit,
      (row) => row,
    ),
    told: cutRows(listConsumers(index, wave), limit, (row) => row),
    checks: listChecks(index, wave),
  };
}

function cutRows<From, Row>(
  all: readonly From[],
  { rows, elsewhere }: Limit,
  toRow: (one: From) => Row,
): Cut<Row> {
  return {
    rows: all.slice(0, rows).map(toRow),
    more: all.length > rows ? `And ${formatCount(all.length - rows)} more in ${elsewhere}.` : '',
  };
}

function tellMove(index: PlanIndex, key: string): Move {
  const [link, choice, risk] = [index.link(key), index.choice(key), index.risk(key)];
  return {
    link: key,
    title: index.title(key),
    today: link?.protocol ?? link?.family ?? '',
    goesTo: choice?.pattern ?? '',
    because: choice?.reasons.join('; ') ?? '',
    runnerUp: choice?.runnerUp ?? '',
    criticality: link?.criticality ?? '',
    risk: String(risk?.score ?? ''),
    owner: formatOwner(link?.owner) || (index.item(key)?.team ?? ''),
  };
}

const mostNames = 5;

/** The objects that the wave touches, and who takes them. */
function listConsumers(index: PlanIndex, wave: Wave): WaveWords['told']['rows'] {
  const taken = wave.links.flatMap((key) => {
    const link = index.link(key);
    if (!link) return [];
    const objects = link.objects.length > 0 ? link.objects : [''];
    return objects.map((object) => ({ object, link }));
  });
  const systems = new Map(index.audit.systems.map((system) => [system.id, system]));
  return [...groupBy(taken, ({ object }) => object)]
    .sort(([a], [b]) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1))
    .map(([object, carried]) => {
      const list = (names: readonly string[]): string => listNames(sortedUnique(names), mostNames);
      return {
        object: object === '' ? 'what nobody has named yet' : object,
        from: list(carried.map(({ link }) => index.nameOf(link.from))),
        to: list(carried.map(({ link }) => index.nameOf(link.to))),
        teams: list(
          carried.flatMap(({ link }) =>
            [link.from, link.to].flatMap((id) => systems.get(id)?.owner?.team ?? []),
          ),
        ),
      };
    });
}
