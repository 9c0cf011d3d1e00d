import type { Implementation } from '../../landscape.ts';
import { groupBy } from '../../order.ts';
import { formatOrigin } from '../html/links.ts';
import { tellSchedule } from '../schedules/tell-schedule.ts';
import { formatAuthors, listNames, plural } from '../wording.ts';
import { type ExplainContext, listPlaces, nameOf } from './context.ts';
import type { Item } from './page.ts';

const mostSafeguards = 12;

/** A script or job: when and where it runs, who changed it, and what makes it survivable. */
export function tellImplementation(
  context: ExplainContext,
  { id, kind, origin, delivers, schedules, hosts, authors, durationMs, safeguards }: Implementation,
): Item {
  const of = (effect: 'provides' | 'defeats'): string[] => {
    // One line may tell of several safeguards, and several lines may say the same.
    const groups = groupBy(
      safeguards.filter((proof) => proof.effect === effect),
      ({ summary }) => summary,
    );
    const all = [...groups].map(
      ([summary, proofs]) =>
        `${[...new Set(proofs.map(({ safeguard }) => safeguard))].join(', ')}: ${summary} (${listPlaces(proofs.map(({ origin: place }) => place))})`,
    );
    const shown = all.slice(0, mostSafeguards);
    const rest = all.length - shown.length;
    return rest > 0 ? [...shown, `and ${plural(rest, 'more line')}`] : shown;
  };
  const rows: [string, string[]][] = [
    ['at', [formatOrigin(origin)]],
    ['runs', schedules.map(tellSchedule)],
    ['on', hosts.length === 0 ? [] : [listNames(hosts.map((host) => nameOf(context, host)))]],
    ['takes', durationMs === undefined ? [] : [`${Math.round(durationMs / 100) / 10} s a run`]],
    ['people', authors ? [formatAuthors(authors)] : []],
    ['for it', of('provides')],
    ['against', of('defeats')],
  ];
  return {
    head: `${id}, a ${kind}${delivers ? '' : ' on the way; it does not deliver'}`,
    rows: rows.filter(([, values]) => values.length > 0),
  };
}
