import type { Landscape, Link, Owner, System } from '../landscape.ts';
import { compareText, foldWriting, groupBy, sortBy, sortedUnique } from '../order.ts';
import { type Criticality, criticalities } from '../vocabulary.ts';

/** What is known of people beyond the landscape. */
export interface StaffFacts {
  /** The day that ages are counted to, `YYYY-MM-DD`. */
  readonly today: string;
  /** How many people the registry names for a team, by `foldWriting`. */
  readonly owners: ReadonlyMap<string, number>;
  /** The teams of the people file, by `foldWriting`; absent where there is no such file. */
  readonly knownTeams?: ReadonlySet<string>;
}

/** What one team answers for. */
export interface TeamLoad {
  readonly team: string;
  readonly systems: readonly string[];
  readonly links: readonly string[];
  /** How many of these systems and links there are of each criticality. */
  readonly criticality: Readonly<Record<Criticality, number>>;
  /** Scheduled scripts and jobs that deliver its links, or links of nobody that end at its systems. */
  readonly jobs: number;
  /** People that the sources name as owners for it, those who left aside; 0 where they name none. */
  readonly owners: number;
}

/** A system or link whose owner is no longer here. */
export interface OwnerGone {
  /** System id or link key. */
  readonly subject: string;
  readonly team?: string;
  /** The last day, `YYYY-MM-DD`; absent where the people file names nobody who is called so. */
  readonly leftOn?: string;
}

/** A script or job that one author alone has changed. */
export interface SoleAuthor {
  readonly code: string;
  readonly links: readonly string[];
  /** The teams that answer for these links or, where nobody does, for their ends. */
  readonly teams: readonly string[];
  /** The author's last day, where the author has left. */
  readonly leftOn?: string;
}

/** How long ago somebody said that rows of the registry are still right. */
export interface Attestation {
  /** Rows in all. */
  readonly rows: number;
  /** Ids of rows that nobody ever attested. */
  readonly never: readonly string[];
  /** The others, the oldest first; days before today, negative where the date is yet to come. */
  readonly ages: readonly { readonly registration: string; readonly days: number }[];
}

/** Who answers for what, and where nobody does. */
export interface Ownership {
  readonly systemsWithoutOwner: readonly string[];
  /** Links that name no owner of their own. */
  readonly linksWithoutOwner: readonly string[];
  /** Links for which neither the link nor one of its ends names an owner. */
  readonly orphanedLinks: readonly string[];
  readonly ownersGone: readonly OwnerGone[];
  /** Teams that own something, and that the people file does not know. */
  readonly unknownTeams: readonly string[];
  /** Links whose team is that of neither end, although both ends have one. */
  readonly ownedElsewhere: readonly string[];
  /** Links between systems of two teams, and those of them without a contract. */
  readonly acrossTeams: readonly string[];
  readonly acrossTeamsWithoutContract: readonly string[];
  readonly soleAuthors: readonly SoleAuthor[];
  readonly attestation: Attestation;
  readonly teams: readonly TeamLoad[];
}

/** Measures ownership over counted systems and all links. */
export function measureOwnership(landscape: Landscape, staff: StaffFacts): Ownership {
  const { links } = landscape;
  const systems = landscape.systems.filter(({ counted }) => counted);
  const byId = new Map(landscape.systems.map((system) => [system.id, system]));
  const teamOf = (id: string): string | undefined => byId.get(id)?.owner?.team;
  const isOwned = (id: string): boolean => byId.get(id)?.owner !== undefined;
  const across = links.filter(({ from, to }) => {
    const [left, right] = [teamOf(from), teamOf(to)];
    return left !== undefined && right !== undefined && !isSameTeam(left, right);
  });
  const teams = measureLoad(systems, links, teamOf, staff);
  return {
    systemsWithoutOwner: systems.filter(({ owner }) => !owner).map(({ id }) => id),
    linksWithoutOwner: links.filter(({ owner }) => !owner).map(({ key }) => key),
    orphanedLinks: links
      .filter(({ owner, from, to }) => !owner && !isOwned(from) && !isOwned(to))
      .map(({ key }) => key),
    ownersGone: [
      ...systems.flatMap(({ id, owner }) => toGone(id, owner)),
      ...links.flatMap(({ key, owner }) => toGone(key, owner)),
    ],
    unknownTeams: findUnknownTeams(teams, staff),
    ownedElsewhere: links.filter((link) => isOwnedElsewhere(link, teamOf)).map(({ key }) => key),
    acrossTeams: across.map(({ key }) => key),
    acrossTeamsWithoutContract: across.filter(({ contract }) => !contract).map(({ key }) => key),
    soleAuthors: findSoleAuthors(links, teamOf),
    attestation: measureAttestation(landscape, staff.today),
    teams,
  };
}

type TeamOf = (system: string) => string | undefined;

function isSameTeam(one: string, other: string): boolean {
  return one === other || foldWriting(one) === foldWriting(other);
}

function toGone(subject: string, owner: Owner | undefined): OwnerGone[] {
  if (owner === undefined) return [];
  const { team, leftOn, isUnlisted } = owner;
  if (leftOn === undefined && isUnlisted !== true) return [];
  return [
    {
      subject,
      ...(team === undefined ? {} : { team }),
      ...(leftOn === undefined ? {} : { leftOn }),
    },
  ];
}

/** A file without any team says nothing of teams. */
function findUnknownTeams(teams: readonly TeamLoad[], { knownTeams }: StaffFacts): string[] {
  if (knownTeams === undefined || knownTeams.size === 0) return [];
  return teams.map(({ team }) => team).filter((team) => !knownTeams.has(foldWriting(team)));
}

function isOwnedElsewhere({ owner, from, to }: Link, teamOf: TeamOf): boolean {
  const ends = [teamOf(from), teamOf(to)];
  const own = owner?.team;
  return own !== undefined && ends.every((end) => end !== undefined && !isSameTeam(own, end));
}

function measureLoad(
  systems: readonly System[],
  links: readonly Link[],
  teamOf: TeamOf,
  staff: StaffFacts,
): TeamLoad[] {
  const held = [
    ...systems.map((item) => ({ team: item.owner?.team, item })),
    ...links.map((item) => ({ team: item.owner?.team, item })),
  ].flatMap(({ team, item }) => (team === undefined ? [] : [{ team, item }]));
  const jobs = new Map<string, Set<string>>();
  for (const link of links)
    for (const { id, schedules } of link.implementations)
      if (schedules.length > 0)
        for (const team of teamsOf(link, teamOf))
          jobs.set(foldWriting(team), (jobs.get(foldWriting(team)) ?? new Set()).add(id));
  const groups = [...groupBy(held, ({ team }) => foldWriting(team))].map(([key, group]) => ({
    key,
    // Of several spellings, one that does not depend on the order of things.
    team: group.map(({ team }) => team).sort(compareText)[0] ?? '',
    group,
  }));
  return sortBy(groups, ({ team }) => team).map(({ key, team, group }) => {
    const items = group.map(({ item }) => item);
    const count = (wanted: Criticality): number =>
      items.filter(({ criticality }) => criticality === wanted).length;
    return {
      team,
      systems: items.flatMap((item) => ('id' in item ? [item.id] : [])),
      links: items.flatMap((item) => ('key' in item ? [item.key] : [])),
      criticality: Object.fromEntries(
        criticalities.map((each) => [each, count(each)]),
      ) as TeamLoad['criticality'],
      jobs: jobs.get(key)?.size ?? 0,
      owners: staff.owners.get(key) ?? 0,
    };
  });
}

/** Who answers for a link: its own team, else those of its ends. */
function teamsOf({ owner, from, to }: Link, teamOf: TeamOf): string[] {
  if (owner?.team !== undefined) return [owner.team];
  return sortedUnique([teamOf(from), teamOf(to)].flatMap((team) => team ?? []));
}

function findSoleAuthors(links: readonly Link[], teamOf: TeamOf): SoleAuthor[] {
  const made = links.flatMap((link) =>
    link.implementations.flatMap(({ id, authors }) =>
      authors?.count === 1 ? [{ id, authors, link }] : [],
    ),
  );
  const groups = groupBy(made, ({ id }) => id);
  return sortBy(groups, ([id]) => id).map(([code, group]) => {
    const leftOn = group.find(({ authors }) => authors.leftOn !== undefined)?.authors.leftOn;
    return {
      code,
      links: sortedUnique(group.map(({ link }) => link.key)),
      teams: sortedUnique(group.flatMap(({ link }) => teamsOf(link, teamOf))),
      ...(leftOn === undefined ? {} : { leftOn }),
    };
  });
}

const dayMs = 86_400_000;

function measureAttestation({ registrations }: Landscape, today: string): Attestation {
  const ages = registrations.flatMap(({ id, attestedOn }) =>
    attestedOn === undefined
      ? []
      : [{ registration: id, days: (Date.parse(today) - Date.parse(attestedOn)) / dayMs }],
  );
  return {
    rows: registrations.length,
    never: registrations.filter(({ attestedOn }) => attestedOn === undefined).map(({ id }) => id),
    ages: sortBy(
      ages,
      ({ days }) => -days,
      ({ registration }) => registration,
    ),
  };
}
