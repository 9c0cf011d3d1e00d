import type { Landscape, Link, System } from '../landscape.ts';
import { sortBy } from '../order.ts';
import { criticalities } from '../vocabulary.ts';
import type { Hotspot } from './hotspots.ts';
import type { Costs } from './hub.ts';
import type { Ownership } from './ownership.ts';
import type { Pattern, PatternChoice } from './patterns.ts';

/** An adapter connects one system to one platform, and is built once. */
export interface Adapter {
  readonly system: string;
  readonly platform: Pattern;
}

/** Links that move together, in the order of risk. */
export interface Wave {
  readonly number: number;
  readonly links: readonly string[];
  readonly adapters: readonly Adapter[];
  readonly bridges: readonly string[];
  readonly effortHours: number;
  /** The highest risk in the wave, 0 to 100. */
  readonly risk: number;
}

/** Every link between counted systems is in exactly one of these. */
export interface MigrationPlan {
  readonly waves: readonly Wave[];
  readonly kept: readonly string[];
  readonly retired: readonly string[];
  readonly blocked: readonly { readonly link: string; readonly reason: string }[];
  readonly patterns: readonly PatternChoice[];
  /** How good the plan is: a greedy plan proves no bound, and says so. */
  readonly certificate: {
    readonly objective: number;
    readonly bound: number | null;
    readonly gap: number | null;
    readonly solver: 'greedy';
  };
}

const mostWaves = 4;

/**
 * A first plan: the links that must move, by risk, cut into waves of about equal effort. Nothing
 * mission-critical is in the first wave, and links that nobody owns are blocked until one is named.
 */
export function planWaves(
  landscape: Landscape,
  choices: readonly PatternChoice[],
  ownership: Ownership,
  hotspots: readonly Hotspot[],
  costs: Costs,
): MigrationPlan {
  const links = new Map(landscape.links.map((link) => [link.key, link]));
  const orphaned = new Set(ownership.orphanedLinks);
  const moving = choices.filter(({ pattern }) => pattern !== 'keep' && pattern !== 'retire');
  const blocked = moving
    .filter(({ link }) => orphaned.has(link))
    .map(({ link }) => ({ link, reason: 'neither the link nor one of its ends has an owner' }));
  const planned = moving.filter(({ link }) => !orphaned.has(link));
  const scored = planned.map((choice) => ({
    choice,
    risk: scoreRisk(links.get(choice.link), landscape.systems, hotspots),
  }));
  const ordered = sortBy(
    scored,
    ({ risk }) => risk,
    ({ choice }) => choice.link,
  );
  const waves = cutIntoWaves(ordered, links, costs);
  return {
    waves,
    kept: choices.filter(({ pattern }) => pattern === 'keep').map(({ link }) => link),
    retired: choices.filter(({ pattern }) => pattern === 'retire').map(({ link }) => link),
    blocked,
    patterns: choices,
    certificate: {
      objective: waves.reduce((sum, { effortHours }) => sum + effortHours, 0),
      bound: null,
      gap: null,
      solver: 'greedy',
    },
  };
}

/** 0 to 100: criticality counts most, then how much hangs on both ends, then what is unknown. */
function scoreRisk(
  link: Link | undefined,
  systems: readonly System[],
  hotspots: readonly Hotspot[],
): number {
  if (!link) return 0;
  const weight = criticalities.length - 1 - criticalities.indexOf(link.criticality);
  const spots = hotspots.filter(({ system }) => system === link.from || system === link.to);
  const fan = Math.max(0, ...spots.map(({ fanIn, fanOut }) => fanIn + fanOut));
  const counted = systems.filter(({ counted: isCounted }) => isCounted).length;
  const share = counted > 1 ? fan / (2 * (counted - 1)) : 0;
  return Math.round(weight * 20 + share * 30 + (link.registered ? 0 : 5) + (link.owner ? 0 : 5));
}

interface Scored {
  readonly choice: PatternChoice;
  readonly risk: number;
}

function cutIntoWaves(
  ordered: readonly Scored[],
  links: ReadonlyMap<string, Link>,
  costs: Costs,
): Wave[] {
  const built = new Set<string>();
  const drafts: { items: Scored[]; adapters: Adapter[]; hours: number }[] = [];
  const total = ordered.reduce((sum, item) => sum + hoursOf(item, built, links, costs).hours, 0);
  const capacity = Math.max(
    costs.adapterBuildHours * 2 + costs.routeBuildHours,
    Math.ceil(total / mostWaves),
  );
  built.clear();
  for (const item of ordered) {
    const { hours, adapters } = hoursOf(item, built, links, costs);
    const last = drafts.at(-1);
    const tooEarly =
      drafts.length === 1 && links.get(item.choice.link)?.criticality === 'mission-critical';
    if (!last || tooEarly || (last.hours + hours > capacity && drafts.length < mostWaves)) {
      drafts.push({ items: [item], adapters: [...adapters], hours });
    } else {
      last.items.push(item);
      last.adapters.push(...adapters);
      last.hours += hours;
    }
  }
  // Where everything is mission-critical, the platform has to prove itself on something else first.
  const first = drafts[0]?.items[0];
  const offset = first && links.get(first.choice.link)?.criticality === 'mission-critical' ? 2 : 1;
  return drafts.map(({ items, adapters, hours }, index) => ({
    number: index + offset,
    links: items.map(({ choice }) => choice.link),
    adapters,
    bridges: [],
    effortHours: hours,
    risk: Math.max(0, ...items.map(({ risk }) => risk)),
  }));
}

/** Hours of a link, with the adapters that no earlier link has built; notes them as built. */
function hoursOf(
  { choice }: Scored,
  built: Set<string>,
  links: ReadonlyMap<string, Link>,
  costs: Costs,
): { hours: number; adapters: Adapter[] } {
  const link = links.get(choice.link);
  const adapters: Adapter[] = [];
  for (const system of link ? [link.from, link.to] : []) {
    const key = `${system}\u0000${choice.pattern}`;
    if (built.has(key)) continue;
    built.add(key);
    adapters.push({ system, platform: choice.pattern });
  }
  const hours = costs.routeBuildHours + adapters.length * costs.adapterBuildHours;
  return { hours, adapters };
}
