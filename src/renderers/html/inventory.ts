import { formatPlace } from '../../errors.ts';
import { formatCount, plural } from '../wording.ts';
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
    /** How many more there are, in words. */
    readonly more: string;
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

const mostNames = 40;

/** Lists near-duplicates, gaps and contradictions, and the rows and fields that were not understood. */
export function listInventory(context: Context): InventoryView {
  const { audit } = context;
  // Systems without an owner stand under ownership.
  const { nearDuplicates, unknownSystems, isolated } = audit.analysis.inventoryQuality;
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
      label: 'Unknown systems',
      why: 'A link names them, no inventory describes them.',
      ...cut(unknownSystems, context),
    },
    {
      label: 'Isolated systems',
      why: 'They take part in no link: retired, or not yet read.',
      ...cut(isolated, context),
    },
  ].filter(({ systems }) => systems.length > 0);
  const count =
    nearDuplicates.length +
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

function cut(ids: readonly string[], context: Context): { systems: Named[]; more: string } {
  const rest = ids.length - mostNames;
  return {
    systems: ids.slice(0, mostNames).map(context.toSystem),
    more: rest > 0 ? `and ${formatCount(rest)} more` : '',
  };
}
