import {
  type Hit,
  type HitKind,
  hitKinds,
  type Impact,
  type ImpactCertainty,
  type Question,
} from '../../analyzers/impact/model.ts';
import { groupBy } from '../../order.ts';
import { formatCount, plural } from '../wording.ts';

/** How each question is headed, and asked on the command line. */
export const questionWords: Readonly<
  Record<Question, { readonly title: string; readonly flag: string }>
> = {
  outage: { title: 'Outage', flag: '--outage' },
  'api-change': { title: 'Interface change', flag: '--api-change' },
  late: { title: 'Late data', flag: '--late' },
  retire: { title: 'Retirement', flag: '--retire' },
};

/** What happens to systems: as a heading, and behind "1 system" and "2 systems" in a sentence. */
interface KindWords {
  readonly sure: string;
  readonly possible: string;
  readonly one: string;
  readonly many: string;
}

const kindWords: Readonly<Record<HitKind, KindWords>> = {
  down: {
    sure: 'Stopped where they wait for an answer',
    possible: 'Possibly stopped where they wait for an answer',
    one: 'is stopped where it waits for an answer',
    many: 'are stopped where they wait for an answer',
  },
  'loses-data': {
    sure: 'Lose data that no other system is known to send',
    possible: 'Possibly lose data, for nobody says what their links carry',
    one: 'loses data that no other system is known to send',
    many: 'lose data that no other system is known to send',
  },
  'must-change': {
    sure: 'Must change',
    possible: 'May have to change',
    one: 'must change',
    many: 'must change',
  },
  stale: {
    sure: 'Work on with old data',
    possible: 'Possibly work on with old data',
    one: 'works on with old data',
    many: 'work on with old data',
  },
  queued: {
    sure: 'Have nowhere to put what they send, so it waits or is lost',
    possible: 'Possibly have nowhere to put what they send',
    one: 'has nowhere to put what it sends',
    many: 'have nowhere to put what they send',
  },
};

const lateWords: KindWords = {
  sure: 'Get it late',
  possible: 'Possibly get it late',
  one: 'gets it late',
  many: 'get it late',
};

function wordsOf(question: Question, kind: HitKind): KindWords {
  return question === 'late' ? lateWords : kindWords[kind];
}

/** A hit, and in whole sentences what else happens to the same system. */
export type ToldHit = Hit & { readonly also: readonly string[] };

/** Systems to which the same happens, as surely. */
export interface HitGroup {
  readonly kind: HitKind;
  readonly certainty: ImpactCertainty;
  readonly title: string;
  readonly hits: readonly ToldHit[];
}

/**
 * The systems that are hit, each once, by what happens to it for sure and weighs most: whoever adds
 * up the groups has the number of systems.
 */
export function groupHits({ hits, question }: Impact): HitGroup[] {
  const told = new Set<string>();
  return (['certain', 'possible'] as const).flatMap((certainty) =>
    hitKinds.flatMap((kind): HitGroup[] => {
      const own = hits.filter(
        (hit) => hit.kind === kind && hit.certainty === certainty && !told.has(hit.system),
      );
      if (own.length === 0) return [];
      for (const { system } of own) told.add(system);
      const words = wordsOf(question, kind);
      const title = certainty === 'certain' ? words.sure : words.possible;
      const others = groupBy(
        hits.filter((hit) => hit.kind !== kind || hit.certainty !== certainty),
        ({ system }) => system,
      );
      const also = (system: string): string[] =>
        (others.get(system) ?? []).map((hit) => {
          const { one } = wordsOf(question, hit.kind);
          const objects = tellObjects(hit);
          const what = `it also ${one}${objects === '' ? '' : `: ${objects}`}.`;
          return hit.certainty === 'certain' ? `And ${what}` : `Possibly ${what}`;
        });
      return [
        { kind, certainty, title, hits: own.map((hit) => ({ ...hit, also: also(hit.system) })) },
      ];
    }),
  );
}

/** The answer in one or two sentences. @param name of the system, or of the link */
export function tellImpact(impact: Impact, name: string): string {
  const sure = groupHits(impact).filter(({ certainty }) => certainty === 'certain');
  const surely = new Set(sure.flatMap(({ hits }) => hits.map(({ system }) => system)));
  const possibly = new Set(impact.hits.map(({ system }) => system).filter((id) => !surely.has(id)));
  const parts = sure.map(({ kind, hits }, index) => {
    const words = wordsOf(impact.question, kind);
    const count = index === 0 ? plural(hits.length, 'system') : `${formatCount(hits.length)} more`;
    return `${count} ${hits.length === 1 ? words.one : words.many}`;
  });
  if (possibly.size > 0)
    parts.push(
      parts.length === 0
        ? `${plural(possibly.size, 'system')} may be hit`
        : `${formatCount(possibly.size)} more may be hit`,
    );
  const condition = tellCondition(impact, name);
  const moved = impact.retirement?.links.filter(({ fate }) => fate === 'move').length ?? 0;
  if (moved > 0)
    parts.push(`${plural(moved, 'link')} ${moved === 1 ? 'needs' : 'need'} another way`);
  if (parts.length === 0)
    return `${condition}, no other system is hit, as far as the sources show.`;
  const last = parts.pop();
  const sentence = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
  return `${condition}, ${sentence}.`;
}

function tellCondition({ question, object, subject }: Impact, name: string): string {
  const about = object === undefined ? '' : ` for ${object}`;
  const it = subject === 'link' ? `the link ${name}` : name;
  switch (question) {
    case 'outage':
      return object === undefined
        ? `If ${it} is out`
        : `If ${it} is out, and only ${object} counts`;
    case 'api-change':
      return `If ${subject === 'link' ? `the interface of ${it}` : `an interface of ${it}`}${about} changes`;
    case 'late':
      return `If ${it} delivers ${object ?? (subject === 'link' ? 'data' : 'its data')} late`;
    case 'retire':
      return `If ${it} goes for good${object === undefined ? '' : `, and only ${object} counts`}`;
    default:
      return question satisfies never;
  }
}

/** How bad it is, by criticality: `mission-critical 2, business-critical 1 and possibly 3`. */
export function tellSeverity({ severity }: Impact): string {
  return severity.counts
    .map(({ criticality, certain, possible }) => {
      if (certain === 0) return `${criticality} possibly ${possible}`;
      return `${criticality} ${certain}${possible === 0 ? '' : ` and possibly ${possible}`}`;
    })
    .join('; ');
}

/** The way to a hit in names: `ERP → warehouse → transport`. */
export function tellWay({ through }: Hit, nameOf: (system: string) => string): string {
  const most = 8;
  const names =
    through.length <= most ? through : [...through.slice(0, most - 2), '', ...through.slice(-1)];
  return names.map((id) => (id === '' ? '…' : nameOf(id))).join(' → ');
}

/** Whom to talk to: `Logistics (3 systems), Finance (1)`; what nobody owns comes last. */
export function tellContacts({ contacts }: Impact, most = 6): string {
  const owners = contacts.filter(({ owner }) => owner !== null);
  const nobody = contacts.find(({ owner }) => owner === null)?.systems ?? 0;
  const shown = owners
    .slice(0, most)
    .map(({ owner, systems }) => `${owner} (${plural(systems, 'system')})`);
  if (owners.length > most) shown.push(plural(owners.length - most, 'more owner', 'more owners'));
  if (nobody > 0) shown.push(`${plural(nobody, 'system')} without an owner`);
  return shown.join(', ');
}

/** The objects of a hit; the empty text where nobody says what is carried. */
export function tellObjects({ objects }: Hit, most = 4): string {
  const shown = objects.slice(0, most).join(', ');
  return objects.length > most ? `${shown} and ${objects.length - most} more` : shown;
}
