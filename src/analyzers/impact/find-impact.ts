import { groupBy, sortBy, sortedUnique } from '../../order.ts';
import { type Criticality, criticalities } from '../../vocabulary.ts';
import { findApiChange } from './api-change.ts';
import { type LandscapeIndex, linksOf } from './landscape-index.ts';
import type {
  Hit,
  HitKind,
  Impact,
  ImpactSeverity,
  ImpactSubject,
  Question,
  Retirement,
} from './model.ts';
import { findLate, findOutage, type PlainHit, type Reach } from './outage.ts';
import { findRetirement } from './retire.ts';

/**
 * Answers one question about a system or link.
 * @param reach how far the answer goes, and along which object
 */
export function findImpact(
  index: LandscapeIndex,
  question: Question,
  subject: ImpactSubject,
  reach: Reach = {},
): Impact {
  const { hits: found, retirement } = answer(index, question, subject, reach);
  const plain = dropMilder(found);
  const systems = new Set(plain.map(({ system }) => system));
  const hits = sortBy(
    plain.map((hit) => toHit(index, subject, hit, systems)),
    ({ certainty }) => (certainty === 'certain' ? 0 : 1),
    ({ distance }) => distance,
    ({ criticality }) => criticalities.indexOf(criticality),
    ({ system }) => system,
    ({ kind }) => kind,
  );
  return {
    question,
    subject: subject.kind,
    id: subject.kind === 'system' ? subject.id : subject.link.key,
    ...(reach.object !== undefined && { object: reach.object }),
    severity: weigh(hits),
    hits,
    carriers: listCarriers(index, question, subject),
    contacts: listContacts(index, hits),
    ...(retirement && { retirement }),
  };
}

function answer(
  index: LandscapeIndex,
  question: Question,
  subject: ImpactSubject,
  reach: Reach,
): { readonly hits: readonly PlainHit[]; readonly retirement?: Retirement } {
  switch (question) {
    case 'outage':
      return { hits: findOutage(index, subject, reach) };
    case 'late':
      return { hits: findLate(index, subject, reach) };
    case 'api-change':
      return { hits: findApiChange(index, subject, reach) };
    case 'retire':
      return findRetirement(index, subject, reach);
    default:
      return question satisfies never;
  }
}

/** What says more: who cannot work at all has old data too, and has to change what it lost. */
const saysMore: Readonly<Partial<Record<HitKind, readonly HitKind[]>>> = {
  down: ['stale', 'queued'],
  'loses-data': ['must-change'],
};

/** Leaves out what another hit of the same system says at least as surely. */
function dropMilder(hits: readonly PlainHit[]): PlainHit[] {
  const bySystem = groupBy(hits, ({ system }) => system);
  return hits
    .filter((hit) =>
      (bySystem.get(hit.system) ?? []).every(
        (other) =>
          !saysMore[other.kind]?.includes(hit.kind) ||
          (other.certainty === 'possible' && hit.certainty === 'certain'),
      ),
    )
    .filter(
      (hit) =>
        hit.certainty === 'certain' ||
        !(bySystem.get(hit.system) ?? []).some(
          ({ kind, certainty }) => kind === hit.kind && certainty === 'certain',
        ),
    );
}

function toHit(
  index: LandscapeIndex,
  subject: ImpactSubject,
  hit: PlainHit,
  all: ReadonlySet<string>,
): Hit {
  const { system, kind, certainty, distance, path, through, objects } = hit;
  return {
    system,
    kind,
    certainty,
    distance,
    path,
    through,
    objects,
    criticality: index.systems.get(system)?.criticality ?? 'operational',
    alsoFrom: listOtherSenders(index, subject, hit, all),
  };
}

/** Systems that are not hit and send the same; none unless every object comes from one of them. */
function listOtherSenders(
  index: LandscapeIndex,
  subject: ImpactSubject,
  { system, kind, objects, path }: PlainHit,
  all: ReadonlySet<string>,
): string[] {
  if (objects.length === 0 || kind === 'queued' || kind === 'loses-data') return [];
  const own = new Set(path);
  const others = index
    .linksInto(system)
    .filter(
      ({ key, from, via }) =>
        !own.has(key) &&
        !all.has(from) &&
        !(subject.kind === 'system' && (from === subject.id || via.includes(subject.id))),
    );
  const isCovered = objects.every((object) => others.some((link) => link.objects.includes(object)));
  if (!isCovered) return [];
  return sortedUnique(
    others
      .filter((link) => link.objects.some((object) => objects.includes(object)))
      .map(({ from }) => from),
  );
}

/** Counts each system once, by the surest of its hits. */
function weigh(hits: readonly Hit[]): ImpactSeverity {
  const bySystem = [...groupBy(hits, ({ system }) => system).values()];
  const count = (criticality: Criticality, certainty: Hit['certainty']): number =>
    bySystem.filter((own) => {
      const isSure = own.some((hit) => hit.certainty === 'certain');
      return own[0]?.criticality === criticality && isSure === (certainty === 'certain');
    }).length;
  const counts = criticalities
    .map((criticality) => ({
      criticality,
      certain: count(criticality, 'certain'),
      possible: count(criticality, 'possible'),
    }))
    .filter(({ certain, possible }) => certain + possible > 0);
  const worst = counts.find(({ certain }) => certain > 0) ?? counts[0];
  return { worst: worst?.criticality ?? null, counts };
}

/** Code of nobody that takes data to or from the subject; in an outage also what runs on it for others. */
function listCarriers(index: LandscapeIndex, question: Question, subject: ImpactSubject): string[] {
  const carried = linksOf(index, subject).filter(({ initiator }) => initiator === 'carrier');
  const ids = carried.flatMap(({ implementations }) => implementations.map(({ id }) => id));
  if (question !== 'outage' || subject.kind === 'link') return sortedUnique(ids);
  const run = index
    .linksRunOn(subject.id)
    .filter(({ from, to }) => from !== subject.id && to !== subject.id)
    .flatMap(({ implementations }) => implementations)
    .filter(({ hosts }) => hosts.includes(subject.id));
  return sortedUnique([...ids, ...run.map(({ id }) => id)]);
}

/** Owners of what is hit: the team, else how many people; nobody comes last. */
function listContacts(index: LandscapeIndex, hits: readonly Hit[]): Impact['contacts'] {
  const systems = sortedUnique(hits.map(({ system }) => system));
  const byOwner = groupBy(systems, (id) => {
    const owner = index.systems.get(id)?.owner;
    return owner?.team ?? owner?.person ?? '';
  });
  return sortBy(
    [...byOwner].map(([owner, own]) => ({
      owner: owner === '' ? null : owner,
      systems: own.length,
    })),
    ({ owner }) => (owner === null ? 1 : 0),
    ({ systems: count }) => -count,
    ({ owner }) => owner ?? '',
  );
}
