import type { Landscape, Link, System } from '../landscape.ts';
import type { Ownership } from './ownership.ts';

/** Where a link goes. */
export const patterns = [
  'keep',
  'retire',
  'api-gateway',
  'event',
  'integration-platform',
  'shared-data-layer',
  'data-pipeline',
] as const;
export type Pattern = (typeof patterns)[number];

/** The pattern that fits a link best, why, and what came second. */
export interface PatternChoice {
  readonly link: string;
  readonly pattern: Pattern;
  readonly reasons: readonly string[];
  readonly runnerUp: Pattern;
}

/**
 * Below this many systems, and with no more links than systems, point-to-point is the right choice
 * as long as every link is owned and registered.
 */
const fewSystems = 4;

/** Chooses a pattern for each link between counted systems. Rules from the most to the least certain. */
export function choosePatterns(landscape: Landscape, ownership: Ownership): PatternChoice[] {
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
  return links.map((link) => choose(link, consumersOf(link), systems, isSmall));
}

function choose(
  link: Link,
  consumers: number,
  systems: ReadonlyMap<string, System>,
  isSmall: boolean,
): PatternChoice {
  const to = systems.get(link.to);
  const result = (pattern: Pattern, runnerUp: Pattern, ...reasons: string[]): PatternChoice => ({
    link: link.key,
    pattern,
    reasons,
    runnerUp,
  });

  if (link.class.length === 1 && link.class[0] === 'declared' && link.observable === 'yes') {
    return result(
      'retire',
      'keep',
      'it is declared, but neither code nor a log that would show it does',
      'confirm with the owner first',
    );
  }
  if (isSmall)
    return result(
      'keep',
      'api-gateway',
      'the systems are few, and every link is registered and owned',
    );
  if (link.mediation === 'decoupled')
    return result('keep', 'event', 'a broker or platform already stands between the two');
  if (link.mediation === 'gateway')
    return result('keep', 'event', 'an API gateway already governs it');
  if (to?.kind === 'data-platform') {
    return result(
      'data-pipeline',
      'shared-data-layer',
      `it feeds ${link.to}, where a delay is no outage`,
    );
  }
  if (link.family === 'database') {
    return result(
      'shared-data-layer',
      'api-gateway',
      `${link.to} reads tables of ${link.from}, so every change of schema breaks it`,
    );
  }
  if (consumers > 1 || link.style === 'event' || link.family === 'messaging') {
    const why =
      consumers > 1
        ? `${consumers} systems take the same data from ${link.from}`
        : 'one change is told to others';
    return result('event', 'integration-platform', why);
  }
  if (link.family === 'file' || link.style === 'batch' || link.initiator === 'carrier') {
    return result(
      'integration-platform',
      'event',
      'a script or file transfer without central monitoring carries it',
    );
  }
  if (link.family === 'http')
    return result('api-gateway', 'event', 'a synchronous call goes straight to the other system');
  return result(
    'integration-platform',
    'api-gateway',
    'it goes straight from one system to the other',
  );
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
