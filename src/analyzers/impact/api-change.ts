import type { Link } from '../../landscape.ts';
import {
  type Effect,
  whenPassedChanges,
  whenSourceChanges,
  whenTargetChanges,
} from './hit-rules.ts';
import type { LandscapeIndex } from './landscape-index.ts';
import type { ImpactSubject } from './model.ts';
import { listTargets, type PlainHit, type Reach } from './outage.ts';
import { type Start, spread } from './spread.ts';

/**
 * Who must change with an interface of a system, or with that of one link: those who use it surely;
 * those who get its objects from them possibly, for a system between may keep its own form.
 */
export function findApiChange(
  index: LandscapeIndex,
  subject: ImpactSubject,
  reach: Reach = {},
): PlainHit[] {
  const { targets, senders } = listInterfaceUsers(index, subject);
  const spreading = {
    depth: Number.POSITIVE_INFINITY,
    follows: 'named',
    ...reach,
    ...(subject.kind === 'system' && { except: subject.id }),
  } as const;
  const onward = spread(index, {
    ...spreading,
    starts: targets,
    moves: (system) =>
      listTargets(index, system).map((move) => ({ ...move, certainty: 'possible' })),
  });
  // What comes back to who sends is theirs already.
  const direct = spread(index, { ...spreading, starts: senders, moves: () => [] });
  const known = new Map(onward.map((reached) => [reached.system, reached]));
  for (const reached of direct) {
    const other = known.get(reached.system);
    if (!other || (other.certainty === 'possible' && reached.certainty === 'certain'))
      known.set(reached.system, reached);
    else if (other.certainty === reached.certainty && other.distance > reached.distance)
      known.set(reached.system, reached);
  }
  return [...known.values()].map((reached) => ({ ...reached, kind: 'must-change' }));
}

/** Who uses an interface of the subject: those whom its data comes to, and those that nobody is hit behind. */
export function listInterfaceUsers(
  index: LandscapeIndex,
  subject: ImpactSubject,
): { readonly targets: Start[]; readonly senders: Start[] } {
  const targets: Start[] = [];
  const senders: Start[] = [];
  const add = (
    link: Link,
    effects: { readonly from: readonly Effect[]; readonly to: readonly Effect[] },
    ends: Pick<Link, 'from' | 'to'>,
  ): void => {
    for (const { certainty } of effects.to)
      targets.push({ link, to: link.to, from: ends.from, way: 'gets', certainty });
    for (const { certainty } of effects.from)
      senders.push({ link, to: link.from, from: ends.to, way: 'puts', certainty });
  };
  if (subject.kind === 'link') {
    const { link } = subject;
    add(link, { from: whenTargetChanges(link), to: whenSourceChanges(link) }, link);
    return { targets, senders };
  }
  const { id } = subject;
  const ends = { from: id, to: id };
  for (const link of index.linksOutOf(id))
    add(link, { from: [], to: whenSourceChanges(link) }, ends);
  for (const link of index.linksInto(id))
    add(link, { from: whenTargetChanges(link), to: [] }, ends);
  for (const link of index.linksThrough(id))
    if (link.from !== id && link.to !== id) {
      // What only passes keeps its form, so nobody behind the two ends is hit.
      const { from, to } = whenPassedChanges(index, link, id);
      for (const { certainty } of from)
        senders.push({ link, to: link.from, from: id, way: 'puts', certainty });
      for (const { certainty } of to)
        senders.push({ link, to: link.to, from: id, way: 'gets', certainty });
    }
  return { targets, senders };
}
