import type { Observation } from '../../analyzers/observation.ts';
import type { Link, Proof } from '../../landscape.ts';
import { criticalities, witnesses } from '../../vocabulary.ts';
import { describeObservation } from '../observation.ts';
import { tellSchedule } from '../schedules/tell-schedule.ts';
import { describeTraffic, listRoutes } from '../traffic.ts';
import { formatAuthors, formatCount, formatOwner, formatPercent, plural } from '../wording.ts';
import { type Context, type Named, toHref } from './context.ts';
import { type Standing, standings } from './standing.ts';
import { toSet } from './upset.ts';

/** One link with all its proof. */
export interface LinkRow {
  readonly key: string;
  readonly href: string;
  readonly fromId: string;
  readonly toId: string;
  readonly from: Named;
  readonly to: Named;
  readonly set: string;
  readonly standing: Standing;
  readonly standingLabel: string;
  readonly protocol: string;
  readonly passing: string;
  readonly objects: string;
  readonly owner: string;
  readonly criticality: string;
  readonly criticalityRank: number;
  readonly calls: string;
  readonly callsCount: number;
  readonly witnesses: readonly {
    readonly witness: string;
    readonly letter: string;
    readonly isSaid: boolean;
  }[];
  /** What the filters of the table look for. */
  readonly shown: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly proofs: readonly ProofRow[];
}

interface ProofRow {
  readonly witness: string;
  readonly scanner: string;
  readonly place: string;
  readonly summary: string;
  readonly confidence: string;
  readonly isShared: boolean;
  readonly resolution: readonly string[];
}

/** The table of links, and the ways to filter it. */
export interface LinksView {
  readonly title: string;
  /** How many links have no row here, in words; empty where all have. */
  readonly leftOut: string;
  readonly rows: readonly LinkRow[];
  readonly filters: readonly {
    readonly id: string;
    readonly href: string;
    readonly label: string;
    readonly count: string;
  }[];
}

/** Tells everything that is known of each link. */
export function listLinks(context: Context): LinksView {
  const plans = new Map(
    context.audit.analysis.waves.patterns.map((choice) => [choice.link, choice]),
  );
  const waves = new Map(
    context.audit.analysis.waves.waves.flatMap(({ number, links }) =>
      links.map((key) => [key, number] as const),
    ),
  );
  const observations = new Map(
    context.audit.analysis.observation.map((observation) => [observation.link, observation]),
  );
  const shown = context.audit.links.filter(({ key }) => context.isListed(key));
  const rest = context.audit.links.length - shown.length;
  const rows = shown.map((link): LinkRow => {
    const standing = context.standingOf(link);
    const choice = plans.get(link.key);
    return {
      key: link.key,
      href: toHref('link', link.key),
      fromId: link.from,
      toId: link.to,
      from: context.toSystem(link.from),
      to: context.toSystem(link.to),
      set: toSet(link),
      standing,
      standingLabel: standings[standing].label,
      protocol: link.protocol ?? (link.family === 'other' ? '' : link.family),
      passing:
        link.via.length > 0 ? `by way of ${link.via.map(context.nameOf).join(', ')}` : 'straight',
      objects: link.objects.join(', '),
      owner: formatOwner(link.owner),
      criticality: link.criticality,
      criticalityRank: criticalities.indexOf(link.criticality),
      calls: link.traffic ? formatCount(link.traffic.calls) : '',
      callsCount: link.traffic?.calls ?? -1,
      witnesses: witnesses.map((witness) => ({
        witness,
        letter: witness.slice(0, 1).toUpperCase(),
        isSaid: link.class.includes(witness),
      })),
      shown: toFilters(link, standing).join(' '),
      facts: tellFacts(
        link,
        context,
        observations.get(link.key),
        choice && { wave: waves.get(link.key), ...choice },
      ),
      proofs: link.evidence.map(
        ({ witness, scanner, origin, summary, confidence, resolution, attribution }) => ({
          witness,
          scanner,
          place: formatOrigin(origin),
          summary,
          confidence: formatPercent(confidence),
          isShared: attribution === 'shared',
          resolution,
        }),
      ),
    };
  });
  return {
    title: writeTitle(context),
    leftOut:
      rest > 0
        ? `The ${formatCount(shown.length)} that need a look first. For each of ${plural(rest, 'other link')}:`
        : '',
    rows,
    filters: offerFilters(rows),
  };
}

/** `repository file:line`. */
export function formatOrigin({ repository, file, line }: Proof['origin']): string {
  return `${repository ? `${repository} ` : ''}${file}:${line}`;
}

function writeTitle({ audit }: Context): string {
  const count = audit.links.length;
  if (count === 0) return 'No link was found';
  const proofs = audit.links.reduce((sum, { evidence }) => sum + evidence.length, 0);
  return `${plural(count, 'link')}, ${plural(proofs, 'piece')} of evidence`;
}

function toFilters(link: Link, standing: Standing): string[] {
  return [
    link.registered ? 'registered' : standing === 'found' ? 'found' : 'unregistered',
    ...(standing === 'shadow' || standing === 'unobserved' || standing === 'attested'
      ? [standing]
      : []),
    ...(link.pointToPoint ? ['point-to-point'] : ['mediated']),
    ...(link.owner ? [] : ['no-owner']),
  ];
}

function offerFilters(rows: readonly LinkRow[]): LinksView['filters'] {
  const offered = [
    ['unregistered', 'Unregistered'],
    ['shadow', 'Shadow'],
    ['unobserved', 'Unobserved'],
    ['attested', 'Attested'],
    ['point-to-point', 'Point-to-point'],
    ['no-owner', 'Without owner'],
  ] as const;
  return offered
    .map(([id, label]) => ({
      id: `show=${id}`,
      href: toHref('show', id),
      label,
      size: rows.filter(({ shown }) => shown.split(' ').includes(id)).length,
    }))
    .filter(({ size }) => size > 0)
    .map(({ id, href, label, size }) => ({ id, href, label, count: formatCount(size) }));
}

const initiators = {
  from: 'the sender pushes',
  to: 'the receiver pulls',
  carrier: 'a script of neither end',
  unknown: 'not known',
} as const;

interface Choice {
  readonly pattern: string;
  readonly reasons: readonly string[];
  readonly runnerUp: string;
  readonly wave: number | undefined;
}

function tellFacts(
  link: Link,
  context: Context,
  observation: Observation | undefined,
  choice: Choice | undefined,
): LinkRow['facts'] {
  const { traffic } = link;
  const runs = [
    ...new Set(
      [...link.schedules, ...link.implementations.flatMap(({ schedules }) => schedules)].map(
        tellSchedule,
      ),
    ),
  ];
  const seen = traffic && describeTraffic(traffic);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [
      'Standing',
      `${standings[context.standingOf(link)].label}: ${standings[context.standingOf(link)].meaning}`,
    ],
    ['Witnesses', observation && describeObservation(observation, link.window)],
    ['Registered as', link.registrations.join(', ')],
    ['Opened by', initiators[link.initiator]],
    ['Runs', runs.join('; ')],
    ['Traffic', seen],
    ['Busiest routes', traffic && listRoutes(traffic)],
    [
      'Realised by',
      link.implementations
        .map(({ id, authors }) => (authors ? `${id} (${formatAuthors(authors)})` : id))
        .join(', '),
    ],
    ['Safeguards', link.safeguards.join(', ')],
    ['Contract', link.contract],
    ['Retire by', link.retireBy],
    [
      'Way out',
      choice &&
        `${choice.pattern}${choice.wave === undefined ? '' : ` in wave ${choice.wave}`}: ${choice.reasons.join('; ')} (second: ${choice.runnerUp})`,
    ],
    ['Key', link.key],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
