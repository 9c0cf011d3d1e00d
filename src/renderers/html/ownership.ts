import { formatCount, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';

/** Who answers for what. */
export interface OwnershipView {
  readonly title: string;
  readonly gaps: {
    readonly systems: readonly Named[];
    readonly links: readonly Named[];
    readonly isEmpty: boolean;
  };
  readonly teams: readonly {
    readonly team: string;
    readonly systems: readonly Named[];
    readonly links: readonly Named[];
  }[];
  readonly across: { readonly sentence: string; readonly links: readonly Named[] };
}

/** Lists teams with their systems and links, and what nobody answers for. */
export function listOwnership(context: Context): OwnershipView {
  const { ownership } = context.audit.analysis;
  const [systems, links] = [ownership.systemsWithoutOwner, ownership.linksWithoutOwner];
  const what = [
    systems.length > 0 ? plural(systems.length, 'system') : '',
    links.length > 0 ? plural(links.length, 'link') : '',
  ]
    .filter(Boolean)
    .join(' and ');
  const across = ownership.acrossTeams.length;
  const bare = ownership.acrossTeamsWithoutContract.length;
  return {
    title: what ? `Nobody answers for ${what}` : 'Every system and link has an owner',
    gaps: {
      systems: systems.map(context.toSystem),
      links: links.map(context.toLink),
      isEmpty: what === '',
    },
    teams: ownership.teams.map(({ team, systems: own, links: ownLinks }) => ({
      team,
      systems: own.map(context.toSystem),
      links: ownLinks.map(context.toLink),
    })),
    across: {
      sentence:
        across === 0
          ? 'No link goes from one team to another.'
          : `${plural(across, 'link')} ${across === 1 ? 'goes' : 'go'} from one team to another; ${bare === 0 ? 'all have' : bare === across ? 'none has' : `${formatCount(bare)} of them have not`} a contract.`,
      links: ownership.acrossTeamsWithoutContract.map(context.toLink),
    },
  };
}
