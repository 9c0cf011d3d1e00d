import { formatPlace } from '../errors.ts';
import type { ConnectionEvidence, Evidence } from '../evidence.ts';
import { formatReference } from '../evidence.ts';
import type { Conflict } from '../landscape.ts';
import { groupBy, sortedUnique } from '../order.ts';

/**
 * Rows of links that share an id: two in one file, or two files that mean different links by it. A
 * bare number is an id within its file alone.
 */
export function findEqualLinkIds(evidence: readonly Evidence[]): Conflict[] {
  const rows = evidence.filter(
    (item): item is ConnectionEvidence => item.kind === 'connection' && hasOwnId(item),
  );
  const byId = groupBy(rows, (row) => `${row.environment}\u0000${idOf(row)}`);
  return [...byId.values()].flatMap((group) => {
    if (group.length < 2) return [];
    if (!/^\d+$/.test(idOf(group[0] as ConnectionEvidence))) return tell(group);
    return [...groupBy(group, ({ origin }) => origin.file).values()].flatMap(tell);
  });
}

function tell(group: readonly ConnectionEvidence[]): Conflict[] {
  const [first] = group;
  const meanings = sortedUnique(group.map(nameEnds));
  const files = new Set(group.map(({ origin }) => origin.file));
  // A row that names several systems at one end is several links of one id.
  const places = new Set(group.map(({ origin }) => formatPlace(origin)));
  if (places.size === 1 && meanings.length === group.length) return [];
  if (!first || group.length < 2 || (meanings.length === 1 && files.size === group.length))
    return [];
  const id = idOf(first);
  return [
    {
      subject: id,
      kind: 'duplicate-id',
      message:
        meanings.length === 1
          ? `The link ${id} (${meanings[0]}) is written ${group.length} times.`
          : `The id ${id} is given to ${meanings.length} links: ${meanings.slice(0, 5).join('; ')}.`,
      origins: group.map(({ origin }) => origin),
    },
  ];
}

/** A row without an id takes its ends as one, and says nothing by it. */
function hasOwnId(row: ConnectionEvidence): boolean {
  const id = idOf(row);
  return id !== '' && id !== `${formatReference(row.from)}→${formatReference(row.to)}`;
}

function idOf(row: ConnectionEvidence): string {
  return row.declared?.id ?? '';
}

function nameEnds({ from, to, protocol }: ConnectionEvidence): string {
  const over = protocol === undefined ? '' : ` over ${protocol}`;
  return `${formatReference(from)} → ${formatReference(to)}${over}`;
}
