import type { Landscape, Link, System } from '../../landscape.ts';
import { groupBy, sortBy } from '../../order.ts';
import type { Platform } from '../../vocabulary.ts';
import { layWaves, listFrozen } from './lay-waves.ts';
import type { PlanDraft } from './plan-draft.ts';
import type { PointCosts } from './point-costs.ts';
import { priceProblem } from './price-problem.ts';
import type { PlanAdapter, PlanItem, PlanProblem } from './problem.ts';
import { bandOf } from './score-risk.ts';

interface Move {
  readonly link: Link;
  readonly platform: Platform;
  readonly risk: number;
}

/** A person for a month: a wave has so many hours at least where nobody says how many. */
const leastCapacity = 160;

/**
 * Turns a draft into numbers: docs/plan-model.md says what they mean.
 * @param capacityHours of a wave; reckoned from the work where nobody gives it
 */
export function buildProblem(
  draft: PlanDraft,
  costs: PointCosts,
  capacityHours = draft.settings.capacityHours,
): PlanProblem {
  const { landscape, settings, existing, start } = draft;
  const systems = new Map(landscape.systems.map((system) => [system.id, system]));
  const links = new Map(landscape.links.map((link) => [link.key, link]));
  const risks = new Map(draft.risks.map(({ link, score }) => [link, score]));
  const moves = draft.moving.flatMap(({ link: key, pattern }): Move[] => {
    const link = links.get(key);
    return link ? [{ link, platform: pattern, risk: risks.get(key) ?? 0 }] : [];
  });
  const names = [...new Set(moves.map(({ platform }) => platform))].sort();
  const adapters = listAdapters(moves, names, systems, findConnected(landscape));
  const placeOf = new Map(
    adapters.map(({ system, platform }, at) => [toKey(system, names[platform] ?? ''), at]),
  );
  // Of equal plans the one that moves the later items first is taken: so the riskiest come first.
  const groups = sortBy(
    groupMoves(moves),
    (group) => -Math.max(...group.map(({ risk }) => risk)),
    ([first]) => first?.link.key ?? '',
  );
  const items = groups.map((group): PlanItem => {
    const ends = new Set(group.flatMap(({ link }) => [link.from, link.to]));
    const domains = new Set([...ends].flatMap((id) => systems.get(id)?.domain ?? []));
    const team = group[0] && ownerOf(group[0].link, systems);
    return {
      links: group.map(({ link }) => link.key),
      hours: 0,
      savingPerYear: 0,
      adapters: [
        ...new Set(
          group.flatMap(({ link, platform }) =>
            [link.from, link.to].flatMap((id) => placeOf.get(toKey(id, platform)) ?? []),
          ),
        ),
      ].sort((a, b) => a - b),
      band: Math.max(...group.map(({ risk }) => bandOf(risk))),
      missionCritical: group.some(({ link }) => link.criticality === 'mission-critical'),
      ...(team !== undefined && { team }),
      frozen: listFrozen(settings, start, ends, domains),
    };
  });
  const priced = priceProblem(
    {
      waves: [],
      capacityHours: 0,
      horizonYears: costs.years,
      discountRate: costs.discountRate,
      bridgeHours: costs.bridgeHours,
      items: beginWithLowRisk(items),
      adapters,
      platforms: names.map((name) => ({
        name,
        hours: 0,
        hoursPerYear: 0,
        proven: existing.has(name),
      })),
      bridges: listBridges(items, links, draft.cyclicGroups),
    },
    draft,
    costs,
  );
  const capacity = capacityHours ?? chooseCapacity(priced, settings.waves);
  return { ...priced, waves: layWaves(settings, start, capacity), capacityHours: capacity };
}

/** The upper two bands wait for the second wave, as long as there is anything of the lower two. */
function beginWithLowRisk(items: readonly PlanItem[]): PlanItem[] {
  const isHigh = ({ band }: PlanItem): boolean => band >= 3;
  if (items.every(isHigh)) return [...items];
  return items.map((item) =>
    isHigh(item) && !item.frozen.includes(0) ? { ...item, frozen: [0, ...item.frozen] } : item,
  );
}

/** All work spread over the waves with a fifth to spare, and at least what the largest item needs. */
function chooseCapacity({ items, adapters, platforms }: PlanProblem, waves: number): number {
  const all = sum([...items, ...adapters, ...platforms].map(({ hours }) => hours));
  const largest = items.reduce((most, item) => {
    const needed = item.adapters.flatMap((at) => adapters[at] ?? []);
    const opened = [...new Set(needed.map(({ platform }) => platform))];
    const hours =
      item.hours +
      sum(needed.map((one) => one.hours)) +
      sum(opened.map((at) => platforms[at]?.hours ?? 0));
    return Math.max(most, hours);
  }, 0);
  return Math.ceil(Math.max(leastCapacity, (all * 1.2) / waves, largest) / 10) * 10;
}

/** The adapters that are missing: a system that a platform connects today has one. */
function listAdapters(
  moves: readonly Move[],
  names: readonly Platform[],
  systems: ReadonlyMap<string, System>,
  connected: ReadonlySet<string>,
): PlanAdapter[] {
  const needed = new Map<string, PlanAdapter>();
  for (const { link, platform } of moves)
    for (const system of [link.from, link.to]) {
      const key = toKey(system, platform);
      if (connected.has(key) || needed.has(key)) continue;
      const team = systems.get(system)?.owner?.team;
      needed.set(key, {
        system,
        platform: names.indexOf(platform),
        hours: 0,
        hoursPerYear: 0,
        ...(team !== undefined && { team }),
      });
    }
  return sortBy(
    needed.values(),
    ({ platform }) => platform,
    ({ system }) => system,
  );
}

/** The platform that an intermediary is. */
export const platformOfKind: Readonly<Record<string, Platform>> = {
  'api-gateway': 'api-gateway',
  broker: 'event',
  'integration-platform': 'integration-platform',
};

/** Which systems reach which platform today, because a link of theirs passes it. */
function findConnected({ systems, links }: Landscape): Set<string> {
  const kinds = new Map(systems.map(({ id, kind }) => [id, kind]));
  const connected = new Set<string>();
  for (const { from, to, via } of links)
    for (const id of via) {
      const platform = platformOfKind[kinds.get(id) ?? ''];
      if (platform === undefined) continue;
      connected.add(toKey(from, platform));
      connected.add(toKey(to, platform));
    }
  return connected;
}

/**
 * Links that move together: the producer of an event and all its consumers, and links that deliver
 * the same objects from one system to the same other.
 */
function groupMoves(moves: readonly Move[]): Move[][] {
  const parent = moves.map((_, at) => at);
  const find = (at: number): number => {
    let root = at;
    while (parent[root] !== root) root = parent[root] as number;
    parent[at] = root;
    return root;
  };
  const first = new Map<string, number>();
  for (const [at, { link, platform }] of moves.entries())
    for (const object of link.objects) {
      const name = object.toLowerCase();
      const keys = [`pair\u0000${link.from}\u0000${link.to}\u0000${name}`];
      if (platform === 'event') keys.push(`event\u0000${link.from}\u0000${name}`);
      for (const key of keys) {
        const known = first.get(key);
        if (known === undefined) first.set(key, at);
        else parent[find(at)] = find(known);
      }
    }
  const placed = moves.map((move, at) => ({ move, root: `${find(at)}` }));
  const groups = groupBy(placed, ({ root }) => root);
  return [...groups.values()].map((group) => group.map(({ move }) => move));
}

/** One object of one system, or within one cyclic group, that several items carry. */
function listBridges(
  items: readonly PlanItem[],
  links: ReadonlyMap<string, Link>,
  cyclicGroups: readonly (readonly string[])[],
): PlanProblem['bridges'] {
  const cycleOf = new Map(
    cyclicGroups.flatMap((group, at) => group.map((id) => [id, at] as const)),
  );
  const carriers = new Map<string, { object: string; items: Set<number> }>();
  for (const [at, item] of items.entries())
    for (const key of item.links) {
      const link = links.get(key);
      if (!link) continue;
      const cycle = cycleOf.get(link.from);
      for (const object of link.objects) {
        const names = [`from\u0000${link.from}\u0000${object.toLowerCase()}`];
        if (cycle !== undefined && cycle === cycleOf.get(link.to))
          names.push(`cycle\u0000${cycle}\u0000${object.toLowerCase()}`);
        for (const name of names) {
          const known = carriers.get(name);
          if (known) known.items.add(at);
          else carriers.set(name, { object, items: new Set([at]) });
        }
      }
    }
  const seen = new Set<string>();
  return [...carriers.values()].flatMap(({ object, items: places }) => {
    const list = [...places].sort((a, b) => a - b);
    const key = `${object.toLowerCase()}\u0000${list.join()}`;
    if (list.length < 2 || seen.has(key)) return [];
    seen.add(key);
    return [{ object, items: list }];
  });
}

function ownerOf(link: Link, systems: ReadonlyMap<string, System>): string | undefined {
  return (
    link.owner?.team ?? systems.get(link.from)?.owner?.team ?? systems.get(link.to)?.owner?.team
  );
}

function toKey(system: string, platform: string): string {
  return `${platform}\u0000${system}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
