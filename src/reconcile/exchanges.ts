import type { ConnectionEvidence, Direction, Initiator } from '../evidence.ts';
import type { Implementation, Proof, System, Unresolved } from '../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../order.ts';
import { patternsMeet } from './names.ts';
import { type DirectStep, type End, nameEnd, type Step, type StepTable, toProof } from './steps.ts';

type SystemEnd = Extract<End, { kind: 'system' }>;

/** An exchange that carriers or stores pass on, with the steps it is made of. */
interface Passage {
  readonly from: SystemEnd;
  readonly to: SystemEnd;
  readonly initiator: Initiator;
  readonly direction: Direction;
  readonly via: readonly string[];
  /** Of the step that delivers: its protocol, style and objects are those of the link. */
  readonly evidence: ConnectionEvidence;
  readonly implementations: readonly Implementation[];
  readonly steps: readonly Step[];
  /** Lowered where all pulls of a carrier were paired with all its pushes. */
  readonly confidence: number;
  /** The traffic that shows its steps. */
  readonly seen: readonly Step[];
}

/** One logical exchange between two systems. A step from one to the other is one by itself. */
export type Exchange = DirectStep | Passage;

export interface ExchangeTable {
  readonly exchanges: readonly Exchange[];
  readonly unresolved: readonly Unresolved[];
}

/** Part of an exchange: from a system or store to a system or store, carriers already collapsed. */
interface Leg {
  readonly from: End;
  readonly to: End;
  readonly initiator: Initiator;
  readonly direction: Direction;
  readonly steps: readonly Step[];
  /** Lowered where all pulls of a carrier were paired with all its pushes. */
  readonly confidence: number;
}

/** Paths through more stores than this are no longer one exchange. */
const maxStores = 4;

/** Collapses carriers and pairs writers with readers, so that only systems are left as ends. */
export function pairExchanges(
  { direct, others }: StepTable,
  systems: ReadonlyMap<string, System>,
): ExchangeTable {
  const unresolved: Unresolved[] = [];
  const { supported, rest } = supportCarriers(direct, others.filter(hasCarrier));
  const legs = [
    ...others.filter((step) => !hasCarrier(step)).map(toLeg),
    ...collapseCarriers(others.filter(hasCarrier), unresolved),
  ];
  const passages = pairThroughStores(legs, systems, unresolved, supported);
  const exchanges = [...rest, ...passages].filter(({ from, to }) => from.id !== to.id);
  return { exchanges, unresolved };
}

function hasCarrier({ from, to }: Step): boolean {
  return from.kind === 'carrier' || to.kind === 'carrier';
}

/** What an exchange proves of its link. */
export function listProofs(exchange: Exchange): readonly Proof[] {
  if (!('steps' in exchange)) return [toProof(exchange)];
  const { steps, confidence, seen } = exchange;
  return [
    ...steps.map((step): Proof => {
      const proof = toProof(step);
      return { ...proof, confidence: Math.min(proof.confidence, confidence) };
    }),
    ...seen.map((step): Proof => ({ ...toProof(step), attribution: 'shared' })),
  ];
}

function toLeg(step: Step): Leg {
  return {
    from: step.from,
    to: step.to,
    initiator: step.initiator,
    direction: step.direction,
    steps: [step],
    confidence: 1,
  };
}

/**
 * Traffic seen from a carrier's host supports the carrier's own steps to the same system; only
 * without such a step is it an exchange of its own.
 */
function supportCarriers(
  direct: readonly DirectStep[],
  carried: readonly Step[],
): { supported: ReadonlyMap<Step, readonly Step[]>; rest: readonly DirectStep[] } {
  const supported = new Map<Step, Step[]>();
  const sightings = groupBy(
    carried.flatMap((step) => listSightings(step).map((ends) => ({ step, ends }))),
    ({ ends }) => ends,
  );
  if (sightings.size === 0) return { supported, rest: direct };
  const rest = direct.filter((step) => {
    if (step.evidence.witness !== 'observed') return true;
    const [caller, callee] = listCallEnds(step);
    const matches = new Set(
      (sightings.get(toSighting(caller.id, callee.id)) ?? [])
        .map((candidate) => candidate.step)
        .filter((candidate) => isSeenAs(candidate, step)),
    );
    for (const match of matches) {
      const known = supported.get(match);
      if (known) known.push(step);
      else supported.set(match, [step]);
    }
    return matches.size === 0;
  });
  return { supported, rest };
}

/** Who calls whom. */
function listCallEnds({
  from,
  to,
  initiator,
}: DirectStep): readonly [caller: SystemEnd, callee: SystemEnd] {
  return initiator === 'to' ? [to, from] : [from, to];
}

/** As what a log shows a step of a carrier: a call from each of its hosts. */
function listSightings({ from, to }: Step): string[] {
  const [carrier, other] = from.kind === 'carrier' ? [from, to] : [to, from];
  if (carrier.kind !== 'carrier' || other.kind !== 'system') return [];
  return carrier.code.hosts.map((host) => toSighting(host, other.id));
}

function toSighting(caller: string, callee: string): string {
  return `${caller}\u0000${callee}`;
}

/** Whether a call that a log shows, from a host of the carrier to the same system, can be this step. */
function isSeenAs(step: Step, observed: DirectStep): boolean {
  // A log that shows only reads does not prove a script's writes, nor the other way round.
  return (
    observed.direction !== 'forward' ||
    step.direction !== 'forward' ||
    (step.from.kind === 'carrier') === (observed.initiator === 'from')
  );
}

/**
 * Pairs what carriers pull with what they push: by the same file, pipe or variable where that can be
 * seen, else every pull of a carrier with every push of it, at lower confidence.
 */
function collapseCarriers(steps: readonly Step[], unresolved: Unresolved[]): Leg[] {
  const pulls = steps.filter((step) => step.to.kind === 'carrier');
  const pushes = steps.filter((step) => step.from.kind === 'carrier');
  const pullsByFile = groupBy(
    pulls.flatMap((step) => localFiles(step).map((file) => ({ file, step }))),
    ({ file }) => file,
  );
  const pullsByCarrier = groupBy(pulls, (step) => nameEnd(step.to));
  const used = new Set<Step>();
  const legs: Leg[] = [];
  for (const push of pushes) {
    const matched = [
      ...new Set(
        localFiles(push)
          .flatMap((file) => pullsByFile.get(file) ?? [])
          .map(({ step }) => step),
      ),
    ];
    const paired = matched.length > 0 ? matched : (pullsByCarrier.get(nameEnd(push.from)) ?? []);
    if (paired.length === 0) {
      unresolved.push(
        ...toHalfLink(
          push,
          push.direction === 'forward'
            ? `${nameEnd(push.from)} sends data to ${nameEnd(push.to)}, but nothing shows where it comes from.`
            : `${nameEnd(push.from)} exchanges data with ${nameEnd(push.to)}, but nothing shows whose it is.`,
        ),
      );
      continue;
    }
    for (const pull of paired) {
      used.add(pull);
      legs.push({
        from: pull.from,
        to: push.to,
        initiator: 'carrier',
        direction:
          pull.direction === 'forward' && push.direction === 'forward' ? 'forward' : 'unknown',
        steps: [pull, push],
        confidence: matched.length > 0 || paired.length === 1 ? 1 : 0.6,
      });
    }
  }
  for (const pull of pulls) {
    if (used.has(pull)) continue;
    unresolved.push(
      ...toHalfLink(
        pull,
        `${nameEnd(pull.to)} takes data from ${nameEnd(pull.from)}, but nothing shows where it goes.`,
      ),
    );
  }
  return legs;
}

/** Absolute paths are shared by all carriers of a host; everything else stays within its script. */
function localFiles(step: Step): string[] {
  const end = step.from.kind === 'carrier' ? step.from : step.to;
  if (end.kind !== 'carrier') return [];
  return (step.evidence.localFiles ?? []).flatMap((file) =>
    file.startsWith('/') && end.code.hosts.length > 0
      ? end.code.hosts.map((host) => `${host}|${file}`)
      : [`${end.code.id}|${file}`],
  );
}

/** A half link to a system that data rests at is left to the stores; the rest is reported. */
function toHalfLink(step: Step, message: string): Unresolved[] {
  return [
    {
      reference: nameEnd(step.from.kind === 'carrier' ? step.to : step.from),
      reason: 'half-link',
      message,
      calls: 0,
      origins: [step.evidence.origin],
    },
  ];
}

/** Joins writers and readers of the same path, table or topic. */
function pairThroughStores(
  legs: readonly Leg[],
  systems: ReadonlyMap<string, System>,
  unresolved: Unresolved[],
  supported: ReadonlyMap<Step, readonly Step[]>,
): Passage[] {
  const outOf = groupBy(
    legs.filter(({ from }) => from.kind === 'store'),
    ({ from }) => storeOf(from),
  );
  const reached = new Set<Leg>();
  const passages: Passage[] = [];
  /** Nothing shows the other side: then the store itself is the end, as far as it is a system. */
  const endAtStore = (leg: Leg, message: string): void => {
    const store = leg.from.kind === 'store' ? leg.from : leg.to;
    const other = leg.from.kind === 'store' ? leg.to : leg.from;
    const kind = systems.get(storeOf(store))?.kind;
    if (other.kind === 'system' && (kind === 'database' || kind === 'broker')) {
      const end: SystemEnd = { kind: 'system', id: storeOf(store) };
      passages.push(
        leg.from === store
          ? toPassage(end, other, [{ ...leg, from: end }], supported)
          : toPassage(other, end, [{ ...leg, to: end }], supported),
      );
      // An application's own database needs no second user; a topic does.
      if (kind === 'database') return;
    }
    unresolved.push(...halfAtStore(leg, message));
  };

  const follow = (path: readonly Leg[]): void => {
    const last = path.at(-1);
    const first = path[0];
    if (!last || !first) return;
    if (last.to.kind !== 'store') {
      if (first.from.kind === 'system' && last.to.kind === 'system')
        passages.push(toPassage(first.from, last.to, path, supported));
      return;
    }
    const store = last.to;
    const next = (outOf.get(store.system) ?? []).filter(
      (leg) =>
        leg.from.kind === 'store' &&
        isSameDatabase(store.database, leg.from.database) &&
        patternsMeet(store.resource, leg.from.resource) &&
        !path.includes(leg),
    );
    for (const leg of next) reached.add(leg);
    // What only its writer reads again has no other side either.
    const hasReader = next.some(({ to }) => nameEnd(to) !== nameEnd(first.from));
    if (!hasReader && path.length === 1) {
      endAtStore(
        last,
        `${nameEnd(last.from)} leaves data at ${nameEnd(last.to)}, but nothing shows who reads it.`,
      );
    }
    if (path.length <= maxStores) for (const leg of next) follow([...path, leg]);
  };

  for (const leg of legs) if (leg.from.kind === 'system') follow([leg]);
  for (const leg of legs) {
    if (leg.from.kind === 'store' && !reached.has(leg)) {
      endAtStore(
        leg,
        `${nameEnd(leg.to)} reads ${nameEnd(leg.from)}, but nothing shows who writes it.`,
      );
    }
  }
  return passages;
}

/** One that no address names may be any. */
function isSameDatabase(written: string | undefined, read: string | undefined): boolean {
  return written === undefined || read === undefined || written === read;
}

function halfAtStore(leg: Leg, message: string): Unresolved[] {
  const store = leg.from.kind === 'store' ? leg.from : leg.to;
  return [
    {
      reference: nameEnd(store),
      reason: 'half-link',
      message,
      calls: 0,
      origins: leg.steps.map(({ evidence }) => evidence.origin),
    },
  ];
}

function storeOf(end: End): string {
  return end.kind === 'store' ? end.system : '';
}

function toPassage(
  from: SystemEnd,
  to: SystemEnd,
  path: readonly Leg[],
  supported: ReadonlyMap<Step, readonly Step[]>,
): Passage {
  const steps = path.flatMap((leg) => leg.steps);
  const first = path[0] as Leg;
  const delivery = steps.at(-1) as Step;
  const stores = path.flatMap((leg) => (leg.to.kind === 'store' ? [leg.to.system] : []));
  const deliverer = delivery.implementations[0]?.id;
  const implementations = new Map(
    steps.flatMap((step) =>
      step.implementations.map(
        (one) => [one.id, { ...one, delivers: one.id === deliverer }] as const,
      ),
    ),
  );
  return {
    from,
    to,
    // Writer and reader each open a connection to the store between them, never to each other.
    initiator:
      path.length === 1
        ? first.initiator
        : path.some((leg) => leg.initiator === 'carrier')
          ? 'carrier'
          : 'unknown',
    direction: path.every(({ direction }) => direction === 'forward')
      ? 'forward'
      : path.length === 1
        ? first.direction
        : 'unknown',
    via: sortedUnique([...stores, ...steps.flatMap(({ via }) => via)]),
    evidence: delivery.evidence,
    implementations: sortBy(implementations.values(), ({ id }) => id),
    steps,
    confidence: Math.min(...path.map((leg) => leg.confidence)),
    seen: steps.flatMap((step) => supported.get(step) ?? []),
  };
}
