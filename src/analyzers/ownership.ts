import type { Landscape } from '../landscape.ts';
import { sortBy } from '../order.ts';

/** What one team answers for. */
export interface TeamLoad {
  readonly team: string;
  readonly systems: readonly string[];
  readonly links: readonly string[];
}

/** Who answers for what, and where nobody does. */
export interface Ownership {
  readonly systemsWithoutOwner: readonly string[];
  /** Links that name no owner of their own. */
  readonly linksWithoutOwner: readonly string[];
  /** Links for which neither the link nor one of its ends names an owner. */
  readonly orphanedLinks: readonly string[];
  /** Links between systems of two teams, and those of them without a contract. */
  readonly acrossTeams: readonly string[];
  readonly acrossTeamsWithoutContract: readonly string[];
  readonly teams: readonly TeamLoad[];
}

/** Measures ownership over counted systems and all links. */
export function measureOwnership(landscape: Landscape): Ownership {
  const systems = landscape.systems.filter(({ counted }) => counted);
  const byId = new Map(landscape.systems.map((system) => [system.id, system]));
  const teamOf = (id: string): string | undefined => byId.get(id)?.owner?.team;
  const isOwned = (id: string): boolean => byId.get(id)?.owner !== undefined;
  const across = landscape.links.filter(({ from, to }) => {
    const [left, right] = [teamOf(from), teamOf(to)];
    return left !== undefined && right !== undefined && left !== right;
  });
  const teams = new Map<string, { systems: string[]; links: string[] }>();
  const loadOf = (team: string): { systems: string[]; links: string[] } => {
    const load = teams.get(team) ?? { systems: [], links: [] };
    teams.set(team, load);
    return load;
  };
  for (const { id, owner } of systems) if (owner?.team) loadOf(owner.team).systems.push(id);
  for (const { key, owner } of landscape.links) if (owner?.team) loadOf(owner.team).links.push(key);
  return {
    systemsWithoutOwner: systems.filter(({ owner }) => !owner).map(({ id }) => id),
    linksWithoutOwner: landscape.links.filter(({ owner }) => !owner).map(({ key }) => key),
    orphanedLinks: landscape.links
      .filter(({ owner, from, to }) => !owner && !isOwned(from) && !isOwned(to))
      .map(({ key }) => key),
    acrossTeams: across.map(({ key }) => key),
    acrossTeamsWithoutContract: across.filter(({ contract }) => !contract).map(({ key }) => key),
    teams: sortBy(teams, ([team]) => team).map(([team, load]) => ({ team, ...load })),
  };
}
