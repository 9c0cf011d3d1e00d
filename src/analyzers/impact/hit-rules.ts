import type { Link } from '../../landscape.ts';
import { isIntermediary, type Style } from '../../vocabulary.ts';
import type { LandscapeIndex } from './landscape-index.ts';
import type { HitKind, ImpactCertainty } from './model.ts';

/** What a rule says of the other end of a link. */
export interface Effect {
  readonly kind: HitKind;
  readonly certainty: ImpactCertainty;
}

/** Whether the one who opens the connection waits for the answer. */
type Timing = 'waits' | 'later' | 'unknown';

const timings: Readonly<Record<Style, Timing>> = {
  'request-reply': 'waits',
  database: 'waits',
  batch: 'later',
  file: 'later',
  event: 'later',
  stream: 'later',
};

/** Kinds that keep data until the other side fetches it. */
const restingKinds = new Set(['broker', 'integration-platform', 'file-store', 'database']);

const nothing: readonly Effect[] = [];

function timingOf(link: Link): Timing {
  if (link.initiator === 'carrier' || link.schedules.length > 0) return 'later';
  return link.style === undefined ? 'unknown' : timings[link.style];
}

/** Whether data waits between the two ends, so that neither needs the other to be up. */
function restsBetween(index: LandscapeIndex, { mediation, via }: Link): boolean {
  return mediation === 'decoupled' || via.some((id) => restingKinds.has(index.kindOf(id)));
}

/** Whether one end of a link is stopped while the other is out, because it waits for the answer. */
function waitsAt(index: LandscapeIndex, link: Link, end: 'from' | 'to'): readonly Effect[] {
  const timing = restsBetween(index, link) ? 'later' : timingOf(link);
  if (timing === 'later' || (link.initiator !== end && link.initiator !== 'unknown'))
    return nothing;
  const isSure = timing === 'waits' && link.initiator === end;
  return [{ kind: 'down', certainty: isSure ? 'certain' : 'possible' }];
}

/** What happens to the target of a link while its source is out. */
export function whenSourceIsOut(index: LandscapeIndex, link: Link): readonly Effect[] {
  return [{ kind: 'stale', certainty: 'certain' }, ...waitsAt(index, link, 'to')];
}

/** What happens to the source of a link while its target is out. */
export function whenTargetIsOut(index: LandscapeIndex, link: Link): readonly Effect[] {
  if (restsBetween(index, link)) return nothing;
  return [...waitsAt(index, link, 'from'), ...keepsWhatItSends(link)];
}

/** A sender that surely waits is told by that; else what it sends has nowhere to go. */
function keepsWhatItSends(link: Link): readonly Effect[] {
  if (link.initiator !== 'from' && link.initiator !== 'unknown') return nothing;
  const isTold = timingOf(link) === 'waits';
  if (isTold) return nothing;
  return [{ kind: 'queued', certainty: link.initiator === 'from' ? 'certain' : 'possible' }];
}

/** What happens to both ends of a link while something that it passes is out. */
export function whenPassedIsOut(
  index: LandscapeIndex,
  link: Link,
  passed: string,
): { readonly from: readonly Effect[]; readonly to: readonly Effect[] } {
  const stale: Effect = { kind: 'stale', certainty: 'certain' };
  const kind = index.kindOf(passed);
  if (!restingKinds.has(kind)) return whenCut(index, link);
  if (link.initiator === 'carrier') return { from: nothing, to: [stale] };
  // Each end opens a connection of its own to what keeps the data.
  if (kind === 'database' && timingOf(link) === 'waits') {
    const down: Effect = { kind: 'down', certainty: 'certain' };
    return { from: [down], to: [stale, down] };
  }
  return { from: [{ kind: 'queued', certainty: 'certain' }], to: [stale] };
}

/** What happens to both ends of a link while nothing goes along it. */
export function whenCut(
  index: LandscapeIndex,
  link: Link,
): { readonly from: readonly Effect[]; readonly to: readonly Effect[] } {
  const rests = restsBetween(index, link);
  const sender = rests ? keepsWhatItSends(link) : whenTargetIsOut(index, link);
  return { from: sender, to: whenSourceIsOut(index, link) };
}

/**
 * Whether the target takes tables, files or messages in the form that the source gives them. Who
 * writes into the tables of another takes their form, and gives none.
 */
function takesForm({ family, style, initiator }: Link): boolean {
  if (family === 'file' || family === 'messaging') return true;
  if (style === 'event' || style === 'stream' || style === 'file') return true;
  return (family === 'database' || style === 'database') && initiator !== 'from';
}

/** Whether the target must change with an interface of the source. */
export function whenSourceChanges(link: Link): readonly Effect[] {
  if (link.initiator === 'to' || (link.initiator !== 'carrier' && takesForm(link)))
    return mustChange('certain');
  return link.initiator === 'from' ? nothing : mustChange('possible');
}

/** Whether the source must change with an interface of the target. */
export function whenTargetChanges(link: Link): readonly Effect[] {
  if (link.initiator === 'from') return mustChange('certain');
  return link.initiator === 'unknown' && !takesForm(link) ? mustChange('possible') : nothing;
}

/** Which ends must change with an interface that the link passes: a broker's, a gateway's, a store's. */
export function whenPassedChanges(
  index: LandscapeIndex,
  link: Link,
  passed: string,
): { readonly from: readonly Effect[]; readonly to: readonly Effect[] } {
  const kind = index.kindOf(passed);
  if (restingKinds.has(kind) && link.initiator !== 'carrier')
    return { from: mustChange('certain'), to: mustChange('certain') };
  const certainty = isIntermediary(kind) ? 'certain' : 'possible';
  if (link.initiator === 'carrier') return { from: nothing, to: nothing };
  return {
    from:
      link.initiator === 'to'
        ? nothing
        : mustChange(link.initiator === 'from' ? certainty : 'possible'),
    to:
      link.initiator === 'from'
        ? nothing
        : mustChange(link.initiator === 'to' ? certainty : 'possible'),
  };
}

function mustChange(certainty: ImpactCertainty): readonly Effect[] {
  return [{ kind: 'must-change', certainty }];
}
