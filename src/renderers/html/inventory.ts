import { formatPlace } from '../../errors.ts';
import { plural } from '../wording.ts';
import type { Context, Named } from './context.ts';
import { formatOrigin } from './links.ts';

/** What to mend in the inventory itself. */
export interface InventoryView {
  readonly title: string;
  readonly nearDuplicates: readonly { readonly left: Named; readonly right: Named }[];
  readonly lists: readonly {
    readonly label: string;
    readonly why: string;
    readonly systems: readonly Named[];
  }[];
  readonly conflicts: readonly { readonly message: string; readonly places: readonly string[] }[];
  readonly skipped: readonly { readonly place: string; readonly reason: string }[];
  readonly flaws: readonly { readonly place: string; readonly reason: string }[];
  readonly isClean: boolean;
  readonly others: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind: string;
    readonly type: string;
    readonly partOf: string;
  }[];
}

/** Lists near-duplicates, gaps and contradictions, and the rows and fields that were not understood. */
export function listInventory(context: Context): InventoryView {
  const { audit } = context;
  const { nearDuplicates, blankOwners, unknownSystems, isolated } = audit.analysis.inventoryQuality;
  const inventories = audit.coverage.sources.filter(({ kind }) => kind === 'inventory');
  const toProblem = ({
    place,
    reason,
  }: (typeof inventories)[number]['flaws'][number]): { place: string; reason: string } => ({
    place: formatPlace(place),
    reason,
  });
  const skipped = inventories.flatMap(({ skippedPlaces }) => skippedPlaces).map(toProblem);
  const flaws = inventories.flatMap((source) => source.flaws).map(toProblem);
  const lists = [
    {
      label: 'Without owner',
      why: 'Name a team for each.',
      systems: blankOwners.map(context.toSystem),
    },
    {
      label: 'Unknown systems',
      why: 'A link names them, no inventory describes them.',
      systems: unknownSystems.map(context.toSystem),
    },
    {
      label: 'Isolated systems',
      why: 'They take part in no link: retired, or not yet read.',
      systems: isolated.map(context.toSystem),
    },
  ].filter(({ systems }) => systems.length > 0);
  const count =
    nearDuplicates.length +
    blankOwners.length +
    unknownSystems.length +
    isolated.length +
    audit.conflicts.length +
    skipped.length +
    flaws.length;
  return {
    title:
      count === 0
        ? 'The inventory holds no gap or contradiction'
        : `${plural(count, 'thing')} to mend in the inventory`,
    nearDuplicates: nearDuplicates.map(({ systems: [left, right] }) => ({
      left: context.toSystem(left),
      right: context.toSystem(right),
    })),
    lists,
    conflicts: audit.conflicts.map(({ message, origins }) => ({
      message,
      places: origins.map(formatOrigin),
    })),
    skipped,
    flaws,
    isClean: count === 0,
    others: audit.systems
      .filter(({ counted }) => !counted)
      .map(({ id, kind, type, partOf }) => ({
        id,
        name: context.nameOf(id),
        kind,
        type: type ?? '',
        partOf: partOf === undefined ? '' : context.nameOf(partOf),
      })),
  };
}
