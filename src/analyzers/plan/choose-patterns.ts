import type { Costs, PatternOverride } from '../../assumptions.ts';
import type { Landscape, Link, System } from '../../landscape.ts';
import { groupBy } from '../../order.ts';
import { type Pattern, type Platform, platforms } from '../../vocabulary.ts';
import { listDirect } from '../direct-links.ts';
import type { Ownership } from '../ownership.ts';
import { longestGapDays } from '../schedule-period.ts';
import { isUnheard } from './jobs.ts';
import { readCosts } from './point-costs.ts';

/** The pattern that fits a link best, why, and what came second. */
export interface PatternChoice {
  readonly link: string;
  readonly pattern: Pattern;
  readonly reasons: readonly string[];
  readonly runnerUp: Pattern;
}

export interface PatternFacts {
  readonly landscape: Landscape;
  readonly ownership: Ownership;
  readonly costs: Costs;
  /** Platforms that are there today. */
  readonly existing: ReadonlySet<Platform>;
  readonly overrides: readonly PatternOverride[];
}

/**
 * Below this many systems, and with no more links than systems, point-to-point is the right choice
 * as long as every link is owned and registered.
 */
const fewSystems = 4;

/** Data that is wanted within this time is not told in batches. */
const soonDays = 0.25 / 24;

/** What the rules look at. */
interface Facts {
  readonly link: Link;
  readonly from: System;
  readonly to: System;
  /** Systems that take one of the link's objects from the same system, the link's own with them. */
  readonly consumers: number;
  /** The longest time between two of its runs, in days; absent where no clock starts it. */
  readonly periodDays?: number;
  /** Few systems, each link registered and owned. */
  readonly isSmall: boolean;
}

interface PatternRule {
  readonly pattern: Pattern;
  readonly runnerUp: Pattern;
  /** Why the pattern fits; undefined where it does not. */
  fits(facts: Facts): string | undefined;
}

/** From the most to the least certain; the first that fits decides. */
const rules: readonly PatternRule[] = [
  {
    pattern: 'retire',
    runnerUp: 'keep',
    fits: ({ link }) =>
      link.class.length === 1 && link.class[0] === 'declared' && link.observable === 'yes'
        ? 'it is declared, but neither code nor a log that would show it does; confirm with the owner, and watch a full business cycle'
        : undefined,
  },
  {
    pattern: 'keep',
    runnerUp: 'api-gateway',
    fits: ({ isSmall }) =>
      isSmall ? 'the systems are few, and every link is registered and owned' : undefined,
  },
  {
    pattern: 'keep',
    runnerUp: 'event',
    fits: ({ link }) =>
      link.mediation === 'decoupled'
        ? 'a broker or platform already stands between the two'
        : undefined,
  },
  {
    pattern: 'keep',
    runnerUp: 'event',
    fits: ({ link }) =>
      link.mediation === 'gateway' ? 'an API gateway already governs it' : undefined,
  },
  {
    pattern: 'data-pipeline',
    runnerUp: 'shared-data-layer',
    fits: ({ to }) =>
      to.kind === 'data-platform' ? `it feeds ${to.name}, where a delay is no outage` : undefined,
  },
  {
    pattern: 'shared-data-layer',
    runnerUp: 'api-gateway',
    fits: ({ link, from, to }) =>
      link.family === 'database'
        ? `${to.name} reads tables of ${from.name}, so every change of schema breaks it`
        : undefined,
  },
  {
    pattern: 'event',
    runnerUp: 'integration-platform',
    fits: ({ from, consumers }) =>
      consumers > 1 ? `${consumers} systems take the same data from ${from.name}` : undefined,
  },
  {
    pattern: 'event',
    runnerUp: 'integration-platform',
    fits: ({ link }) =>
      link.style === 'event' || link.style === 'stream' || link.family === 'messaging'
        ? 'one change is told to others'
        : undefined,
  },
  {
    pattern: 'event',
    runnerUp: 'api-gateway',
    fits: ({ link, periodDays }) =>
      periodDays !== undefined && periodDays <= soonDays && link.family !== 'file'
        ? 'it asks again every few minutes whether there is something new'
        : undefined,
  },
  {
    pattern: 'integration-platform',
    runnerUp: 'event',
    fits: ({ link }) =>
      link.family === 'file' || link.style === 'batch' || link.initiator === 'carrier'
        ? 'a script or file transfer carries it, outside central monitoring'
        : undefined,
  },
  {
    pattern: 'api-gateway',
    runnerUp: 'event',
    fits: ({ link }) =>
      link.family === 'http' ? 'a synchronous call goes straight to the other system' : undefined,
  },
  {
    pattern: 'integration-platform',
    runnerUp: 'api-gateway',
    fits: () => 'it goes straight from one system to the other',
  },
];

/** Chooses a pattern for each link between counted systems. */
export function choosePatterns(facts: PatternFacts): PatternChoice[] {
  const { landscape, ownership, overrides } = facts;
  const systems = new Map(landscape.systems.map((system) => [system.id, system]));
  const links = landscape.links.filter(
    ({ from, to }) => systems.get(from)?.counted && systems.get(to)?.counted,
  );
  const counted = landscape.systems.filter(({ counted: isCounted }) => isCounted).length;
  const orphaned = new Set(ownership.orphanedLinks);
  const isSmall =
    counted <= fewSystems &&
    links.length <= counted &&
    links.every(({ key, registered }) => registered && !orphaned.has(key));
  const consumersOf = indexConsumers(links);
  const chosen = links.map((link): PatternChoice => {
    const [from, to] = [systems.get(link.from), systems.get(link.to)];
    if (!from || !to) throw new Error(`No system for ${link.key}`);
    const periodDays = measurePeriod(link);
    return choose({
      link,
      from,
      to,
      consumers: consumersOf(link),
      isSmall,
      ...(periodDays !== undefined && { periodDays }),
    });
  });
  const joined = joinThinPlatforms(chosen, facts);
  return joined.map((choice, at) => override(choice, links[at] as Link, systems, overrides));
}

function choose(facts: Facts): PatternChoice {
  for (const { pattern, runnerUp, fits } of rules) {
    const reason = fits(facts);
    if (reason === undefined) continue;
    const reasons = [
      reason,
      ...(pattern === 'keep' || pattern === 'retire' ? [] : addWeight(facts)),
    ];
    return { link: facts.link.key, pattern, reasons, runnerUp };
  }
  throw new Error('The last rule fits every link.');
}

/** What else speaks for moving a link, whatever it moves to. */
function addWeight({ link }: Facts): string[] {
  return [
    ...(isUnheard(link) ? ['nobody hears of it when it fails'] : []),
    ...(link.implementations.filter(({ delivers }) => delivers).length > 1
      ? ['it is built more than once']
      : []),
    ...(link.registered ? [] : ['no registry knows it']),
  ];
}

function measurePeriod({ schedules }: Link): number | undefined {
  const known = schedules.map(longestGapDays).filter((days) => days !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

/**
 * A platform that would have to be set up for a few links takes more hours than these links do: then
 * each goes to its runner-up, if that is there. An integration platform is the way out for what fits
 * nothing else, and gives way to none.
 */
function joinThinPlatforms(
  choices: readonly PatternChoice[],
  { landscape, costs, existing }: PatternFacts,
): PatternChoice[] {
  const point = readCosts(costs, listDirect(landscape).length);
  const users = groupBy(choices, ({ pattern }) => pattern);
  const isThin = (platform: Platform): boolean =>
    platform !== 'integration-platform' &&
    !existing.has(platform) &&
    (users.get(platform)?.length ?? 0) * point.linkHoursPerYear <
      point.of(platform, 'platformHoursPerYear') + point.of(platform, 'platformLicencePerYear');
  const thin = new Set<Pattern>(platforms.filter(isThin));
  return choices.map((choice) => {
    const { pattern, runnerUp, reasons } = choice;
    if (!thin.has(pattern) || !existing.has(runnerUp as Platform)) return choice;
    const count = users.get(pattern)?.length ?? 0;
    const links =
      count === 1 ? 'the one link that fits it takes' : `the ${count} links that fit it take`;
    return {
      ...choice,
      pattern: runnerUp,
      runnerUp: pattern,
      reasons: [
        ...reasons,
        `${pattern} would fit better, but has to be set up first, and ${links} fewer hours than it`,
      ],
    };
  });
}

function override(
  choice: PatternChoice,
  link: Link,
  systems: ReadonlyMap<string, System>,
  overrides: readonly PatternOverride[],
): PatternChoice {
  const found = overrides.find(
    (one) =>
      (one.link === undefined || one.link === link.key || link.registrations.includes(one.link)) &&
      (one.object === undefined || link.objects.includes(one.object)) &&
      (one.system === undefined || link.from === one.system || link.to === one.system) &&
      (one.domain === undefined ||
        (systems.get(link.from)?.domain === one.domain &&
          systems.get(link.to)?.domain === one.domain)),
  );
  if (!found) return choice;
  return {
    link: choice.link,
    pattern: found.pattern,
    reasons: [found.reason ?? 'the configuration says so'],
    runnerUp: choice.pattern === found.pattern ? choice.runnerUp : choice.pattern,
  };
}

/** How many systems take one of a link's objects from the same source. */
function indexConsumers(links: readonly Link[]): (link: Link) => number {
  const consumers = new Map<string, Set<string>>();
  const keysOf = ({ from, objects }: Link): string[] =>
    objects.map((object) => `${from}\u0000${object.toLowerCase()}`);
  for (const link of links)
    for (const key of keysOf(link)) {
      const known = consumers.get(key);
      if (known) known.add(link.to);
      else consumers.set(key, new Set([link.to]));
    }
  return (link) => new Set(keysOf(link).flatMap((key) => [...(consumers.get(key) ?? [])])).size;
}
