import type { Owner } from '../landscape.ts';

/**
 * Who answers for something. With a team, the owner column names a person; alone, it names a team
 * unless it is an e-mail address. People stay a count unless the configuration shows them.
 */
export function toOwner(
  owner: string | undefined,
  team: string | undefined,
  showPeople: boolean,
): Owner | undefined {
  const isPerson = owner !== undefined && (team !== undefined || owner.includes('@'));
  const name = team ?? (isPerson ? undefined : owner);
  if (name === undefined && owner === undefined) return undefined;
  return {
    ...(name === undefined ? {} : { team: name }),
    ...(isPerson && showPeople ? { person: owner } : {}),
    people: isPerson ? 1 : 0,
  };
}
