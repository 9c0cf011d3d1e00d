import type { TeamLoad } from '../../analyzers/ownership.ts';
import { criticalities } from '../../vocabulary.ts';
import { listOwnershipGaps } from '../groups/ownership.ts';
import { formatCount, plural } from '../wording.ts';
import type { Context, Named } from './context.ts';
import { type GroupView, toGroupView } from './groups.ts';

interface CutNames {
  readonly names: readonly Named[];
  /** How many more there are, in words. */
  readonly more: string;
}

/** Who answers for what. */
export interface OwnershipView {
  readonly title: string;
  readonly gaps: {
    readonly systems: CutNames;
    readonly links: CutNames;
    readonly isEmpty: boolean;
  };
  readonly teams: readonly {
    readonly team: string;
    readonly systems: CutNames;
    readonly links: CutNames;
    readonly critical: string;
    /** How many there are of each criticality, for hovering. */
    readonly criticality: string;
    readonly jobs: string;
    readonly owners: string;
  }[];
  readonly moreTeams: string;
  readonly groups: readonly GroupView[];
  readonly across: { readonly sentence: string; readonly links: CutNames };
}

const mostTeams = 60;
const mostNames = 20;

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
      systems: cut(systems, context.toSystem),
      links: cut(links, context.toLink),
      isEmpty: what === '',
    },
    teams: ownership.teams.slice(0, mostTeams).map((load) => ({
      team: load.team,
      systems: cut(load.systems, context.toSystem),
      links: cut(load.links, context.toLink),
      ...tellLoad(load),
    })),
    moreTeams: tellMore(ownership.teams.length - mostTeams),
    groups: listOwnershipGaps(context.audit).map((group) => toGroupView(group, context)),
    across: {
      sentence:
        across === 0
          ? 'No link goes from one team to another.'
          : `${plural(across, 'link')} ${across === 1 ? 'goes' : 'go'} from one team to another; ${bare === 0 ? 'all have' : bare === across ? 'none has' : `${formatCount(bare)} of them have not`} a contract.`,
      links: cut(ownership.acrossTeamsWithoutContract, context.toLink),
    },
  };
}

function tellLoad({ criticality, jobs, owners }: TeamLoad): {
  critical: string;
  criticality: string;
  jobs: string;
  owners: string;
} {
  return {
    critical: formatCount(criticality['mission-critical'] + criticality['business-critical']),
    criticality: criticalities
      .map((each) => `${formatCount(criticality[each])} ${each}`)
      .join(', '),
    jobs: formatCount(jobs),
    owners: owners === 0 ? '' : formatCount(owners),
  };
}

function cut(ids: readonly string[], toNamed: (id: string) => Named): CutNames {
  return { names: ids.slice(0, mostNames).map(toNamed), more: tellMore(ids.length - mostNames) };
}

function tellMore(count: number): string {
  return count > 0 ? `and ${formatCount(count)} more` : '';
}
