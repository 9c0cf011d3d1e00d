import type { Place } from '../../../errors.ts';
import { type Translation, toDependence, toLink, toRow } from './dialect.ts';
import { readRelation } from './relation-phrases.ts';

/** A relation between two records of an export. */
export interface WrittenRelation {
  readonly place: Place;
  readonly from: string;
  readonly to: string;
  readonly type: string;
  readonly id?: string;
}

/** What is known of an end: one that is no system has no links. */
export interface KnownEnd {
  readonly isSystem: boolean;
  readonly isHost: boolean;
}

/**
 * Turns relations into links, dependences, and what runs on what. A host on which one system runs is
 * part of it; where several do, nobody can say whose traffic it is.
 */
export function* relate(
  relations: readonly WrittenRelation[],
  find: (name: string) => KnownEnd | undefined,
): Iterable<Translation> {
  const tenants = new Map<string, Set<string>>();
  const ordered = relations.map((written) => {
    const told = readRelation(written.type);
    const [one, other] = told?.isTurned ? [written.to, written.from] : [written.from, written.to];
    // Whoever depends on a server runs on it.
    const relation = told?.relation === 'needs' && find(other)?.isHost ? 'runs on' : told?.relation;
    if (relation === 'runs on') tenants.set(other, (tenants.get(other) ?? new Set()).add(one));
    return { ...written, one, other, relation };
  });
  for (const { place, one, other, relation, type, id } of ordered) {
    if (relation === undefined) {
      yield { kind: 'left out', what: `relation ${type.slice(0, 60)}` };
      continue;
    }
    if ([one, other].some((end) => find(end)?.isSystem === false) || one === other) {
      yield { kind: 'left out', what: 'relation of what is no system' };
      continue;
    }
    switch (relation) {
      case 'sends':
        yield toLink(place, one, other, { id });
        break;
      case 'receives':
        yield toLink(place, other, one, { id });
        break;
      case 'exchanges':
        yield toLink(place, one, other, { id, initiator: 'both' });
        break;
      case 'needs':
        yield toDependence(place, one, other, { id });
        break;
      case 'part of':
        yield toRow(place, { id: one, partOf: other });
        break;
      case 'runs on':
        if (tenants.get(other)?.size === 1)
          yield toRow(place, {
            id: other,
            partOf: one,
            ...(find(other) ? {} : { kind: 'host' }),
          });
        else yield { kind: 'left out', what: 'host of several systems' };
        break;
    }
  }
}
