import type { ConnectionEvidence, Evidence } from '../evidence.ts';

/**
 * A comment in the code can tie a statement to a row of a registry. Such a statement is evidence for
 * that row's link, whatever its own address comes to. A tie to no row leaves it as it is.
 */
export function tieToRows(evidence: readonly Evidence[]): readonly Evidence[] {
  if (!evidence.some((item) => registrationOf(item) !== undefined)) return evidence;
  const rows = new Map(
    evidence.flatMap((item) =>
      item.kind === 'connection' && item.declared ? [[item.declared.id, item] as const] : [],
    ),
  );
  return evidence.map((item) => {
    const row = rows.get(registrationOf(item) ?? '');
    if (!row || (item.kind !== 'connection' && item.kind !== 'unresolved')) return item;
    return tie(item.kind === 'connection' ? item : item.connection, row);
  });
}

function registrationOf(item: Evidence): string | undefined {
  if (item.kind === 'unresolved') return item.connection.registration;
  return item.kind === 'connection' ? item.registration : undefined;
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
