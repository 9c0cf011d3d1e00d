import { foldHeader } from '../name-columns.ts';

/**
 * What a relation says of its first end and its second: `sends` data to it, `receives` data from it,
 * `exchanges` with it, `needs` it, `runs on` it, or is `part of` it.
 */
export type Relation = 'sends' | 'receives' | 'exchanges' | 'needs' | 'runs on' | 'part of';

/** A relation, and whether it is told of the second end. */
export interface ToldRelation {
  readonly relation: Relation;
  readonly isTurned: boolean;
}

const phrases: Readonly<Record<Relation, readonly string[]>> = {
  sends: [
    ...['sends data to', 'sends to', 'feeds', 'exports to', 'publishes to', 'writes to', 'flow'],
    ...[
      'replicates to',
      'provides data to',
      'transfers data to',
      'data flow',
      'flows to',
      'flow to',
    ],
    ...['sends data', 'streams to', 'pushes to', 'produces to', 'data flows to'],
  ],
  receives: [
    ...['receives data from', 'receives from', 'fed by', 'imports from', 'subscribes to'],
    ...['reads from', 'replicates from', 'replicated from', 'data provided by', 'pulls from'],
    ...['consumes data from'],
  ],
  exchanges: ['exchanges data with', 'exchanges with', 'synchronizes with', 'integrates with'],
  needs: [
    ...[
      'depends on',
      'uses',
      'consumes',
      'connects to',
      'connects',
      'requires',
      'calls',
      'invokes',
    ],
    ...['applicative flow to', 'accesses', 'is dependent on', 'synchronous', 'asynchronous'],
    ...['interacts with', 'is impacted by', 'impacted by', 'relies on'],
  ],
  'runs on': ['runs on', 'hosted on', 'deployed to', 'deployed on', 'is hosted by', 'installed on'],
  'part of': [
    ...['contained by', 'member of', 'part of', 'is part of', 'belongs to', 'is contained by'],
    ...['component of'],
  ],
};

/** The same, told by the second end. */
const turned: Readonly<Record<Relation, readonly string[]>> = {
  sends: [],
  receives: ['subscribed by', 'read by'],
  exchanges: [],
  needs: [
    ...['used by', 'consumed by', 'connected by', 'required by', 'called by', 'is used by'],
    ...['applicative flow from', 'impacts', 'accessed by', 'invoked by'],
  ],
  'runs on': ['runs', 'hosts', 'has installed'],
  'part of': ['contains', 'members', 'has member', 'has part', 'cluster of'],
};

const known = new Map<string, ToldRelation>(
  (Object.keys(phrases) as Relation[]).flatMap((relation) => [
    ...phrases[relation].map(
      (phrase) => [foldHeader(phrase), { relation, isTurned: false }] as const,
    ),
    ...turned[relation].map(
      (phrase) => [foldHeader(phrase), { relation, isTurned: true }] as const,
    ),
  ]),
);

/**
 * What a type of relation says. `Depends on::Used by` holds a phrase for each end; the first counts
 * where it is known, else the second, read from its end.
 * @returns undefined where neither is about data, need or place
 */
export function readRelation(type: string): ToldRelation | undefined {
  const [first = '', second = ''] = type.split('::');
  const told = known.get(foldHeader(first));
  if (told) return told;
  const other = known.get(foldHeader(second));
  return other && { ...other, isTurned: !other.isTurned };
}
