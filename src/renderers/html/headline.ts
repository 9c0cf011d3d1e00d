import { writeSentence } from '../headline.ts';
import { toScheduleFacts } from '../schedules/facts.ts';
import { tellOldest } from '../schedules/oldest-data.ts';
import { formatCount, formatPercent, plural } from '../wording.ts';
import { type Context, toHref } from './context.ts';
import { countUnregistered } from './count-unregistered.ts';

/** One of the four figures of the first screen. */
export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly of: string;
  readonly formula: string;
  readonly href: string;
  readonly isBad: boolean;
}

/** The first screen's words and figures. */
export interface Headline {
  readonly sentence: string;
  /** How old data gets; empty where nobody knows. */
  readonly oldest: string;
  readonly note: string;
  readonly sources: string;
  readonly figures: readonly Figure[];
}

/** Puts the audit into one sentence and four figures. */
export function writeHeadline(context: Context): Headline {
  return {
    sentence: writeSentence(context.audit),
    oldest: writeOldest(context),
    note: writeNote(context),
    sources: writeSources(context),
    figures: chooseFigures(context),
  };
}

function writeOldest(context: Context): string {
  const oldest = tellOldest(toScheduleFacts(context.audit), context.nameOf);
  return oldest === undefined ? '' : `${oldest}.`;
}

/** What the sentence leaves out. */
function writeNote({ audit, links }: Context): string {
  const { coupling } = audit.analysis;
  const notes: string[] = [];
  const unknown = coupling.all.systems - coupling.systems;
  if (unknown > 0)
    notes.push(
      `${plural(unknown, 'system')} of these ${unknown === 1 ? 'is' : 'are'} in no registry`,
    );
  const outside = audit.links.length - links.length;
  if (outside > 0)
    notes.push(
      `${plural(outside, 'further link')} ${outside === 1 ? 'touches' : 'touch'} what is not counted as a system`,
    );
  if (audit.scope === 'member') notes.push('this audit sees one part of a larger landscape');
  if (!audit.coverage.sources.some(({ kind }) => kind === 'gateway'))
    notes.push('no traffic log was read, so nothing is known to run');
  const text = notes.join('; ');
  return text && `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
}

/** What was read, always with its denominator. */
function writeSources({ audit }: Context): string {
  const { sources } = audit.coverage;
  const sum = (pick: (source: (typeof sources)[number]) => number): number =>
    sources.reduce((total, source) => total + pick(source), 0);
  const records = sum((source) => source.records);
  const parsed = sum((source) => source.parsed);
  const windows = sources.flatMap(({ window }) => (window ? [window] : []));
  const first = windows.map(([from]) => from.slice(0, 10)).sort()[0];
  const last = windows
    .map(([, to]) => to.slice(0, 10))
    .sort()
    .at(-1);
  const read = `${plural(sources.length, 'source')}, ${plural(audit.inputs.length, 'file')}: ${formatCount(parsed)} of ${formatCount(records)} records understood`;
  return first && last ? `${read}, traffic from ${first} to ${last}` : read;
}

function chooseFigures(context: Context): Figure[] {
  const { coupling, ownership } = context.audit.analysis;
  const { all } = coupling;
  const unregistered = countUnregistered(context);
  const unowned = context.links.filter(({ owner }) => !owner).length;
  const unownedSystems = ownership.systemsWithoutOwner.length;
  const ofWhole: Figure[] = [
    {
      label: 'of all possible pairs are connected',
      value: formatPercent(coupling.saturation),
      of: `${formatCount(coupling.connectedPairs)} of ${formatCount(coupling.potentialConnections)}`,
      formula: `Saturation = connected pairs ÷ possible pairs, N(N−1)/2 = ${formatCount(coupling.connectedPairs)} ÷ ${formatCount(coupling.potentialConnections)}, over N = ${formatCount(coupling.systems)} ${coupling.systems < all.systems ? 'registered ' : ''}systems`,
      href: '#pairs',
      isBad: false,
    },
  ];
  return [
    // Who sees a part cannot tell how much of the possible is in use.
    ...(context.audit.scope === 'whole' ? ofWhole : []),
    {
      label: all.pointToPointLinks === 1 ? 'link is point-to-point' : 'links are point-to-point',
      value: formatCount(all.pointToPointLinks),
      of: `of ${formatCount(all.links)}`,
      formula: `Links with no gateway, broker or integration platform in between. By way of a gateway: ${formatCount(all.gatewayLinks)}; decoupled: ${formatCount(all.decoupledLinks)}`,
      href: all.pointToPointLinks > 0 ? toHref('show', 'point-to-point') : '#links',
      isBad: false,
    },
    {
      label: context.hasRegistry
        ? unregistered === 1
          ? 'link nobody registered'
          : 'links nobody registered'
        : 'links registered: no registry read',
      value: context.hasRegistry ? formatCount(unregistered) : '0',
      of: `of ${formatCount(all.links)}`,
      formula: context.hasRegistry
        ? 'Links in code or traffic that no approved row of a registry matches'
        : 'No source of this audit registers links; add an inventory of links',
      href: unregistered > 0 ? toHref('show', 'unregistered') : '#links',
      isBad: unregistered > 0,
    },
    {
      label: unowned === 1 ? 'link has no owner' : 'links have no owner',
      value: formatCount(unowned),
      of: `of ${formatCount(all.links)}`,
      formula: `Links whose row names no owner or team, or that have no row. Systems without owner: ${formatCount(unownedSystems)} of ${formatCount(all.systems)}`,
      href: '#ownership',
      isBad: false,
    },
  ];
}
