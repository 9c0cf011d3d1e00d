import type { ConnectionEvidence, Evidence } from '../evidence.ts';

/**
 * A comment in the code can tie a statement to a row of a registry. Such a statement is evidence for
 * that row's link, whatever its own address comes to. A tie to no row leaves it as it is.
 */
export function tieToRows(evidence: readonly Evidence[]): Evidence[] {
  const rows = new Map(
    evidence.flatMap((item) =>
      item.kind === 'connection' && item.declared ? [[item.declared.id, item] as const] : [],
    ),
  );
  return evidence.map((item) => {
    const connection = item.kind === 'unresolved' ? item.connection : item;
    if (connection.kind !== 'connection' || connection.registration === undefined) return item;
    const row = rows.get(connection.registration);
    return row ? tie(connection, row) : item;
  });
}

function tie(connection: ConnectionEvidence, row: ConnectionEvidence): ConnectionEvidence {
  const protocol = row.protocol ?? connection.protocol;
  return {
    ...connection,
    from: row.from,
    to: row.to,
    initiator: row.initiator,
    direction: row.direction,
    via: row.via,
    ...(protocol === undefined ? {} : { protocol }),
    confidence: 1,
    summary: `${connection.summary} (tied to ${row.declared?.id ?? ''})`,
  };
}
