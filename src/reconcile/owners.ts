import type { People } from '../evidence/people.ts';
import type { Authors } from '../evidence.ts';
import type { Implementation, Owner } from '../landscape.ts';

/** Makes owners and authors of what sources say of people. */
export interface Staff {
  readonly toOwner: (owner: string | undefined, team: string | undefined) => Owner | undefined;
  readonly toAuthors: (authors: Authors) => NonNullable<Implementation['authors']>;
}

/**
 * Who answers for something. With a team, the owner column names a person; alone, it names a team
 * unless it is an e-mail address or somebody in the people file. People stay a count unless the
 * configuration shows them.
 * @param people who is here and who left; without it, nothing is said of that
 */
export function openStaff(showPeople: boolean, people?: People): Staff {
  return {
    toOwner: (owner, team) => {
      const known = owner === undefined ? undefined : people?.find(owner);
      const isPerson =
        owner !== undefined && (team !== undefined || owner.includes('@') || known !== undefined);
      const name = team ?? (isPerson ? known?.team : owner);
      if (name === undefined && owner === undefined) return undefined;
      const isUnlisted = isPerson && people !== undefined && known === undefined;
      return {
        ...(name === undefined ? {} : { team: name }),
        ...(isPerson && showPeople ? { person: owner } : {}),
        people: isPerson ? 1 : 0,
        ...(known?.leftOn === undefined ? {} : { leftOn: known.leftOn }),
        ...(isUnlisted ? { isUnlisted: true as const } : {}),
      };
    },
    toAuthors: ({ count, last, lastOn }) => {
      const leftOn = people?.find(last)?.leftOn;
      return {
        count,
        lastOn,
        ...(showPeople ? { last } : {}),
        ...(leftOn === undefined ? {} : { leftOn }),
      };
    },
  };
}
