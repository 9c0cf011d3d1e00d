import type { ConnectionEvidence } from '../evidence.ts';
import { isTransport, protocolOfPort } from '../vocabulary/protocol-of-port.ts';

/**
 * Where the source names a transport at most, a connection speaks what usually listens at the port.
 * A row of a registry that names no protocol means any, and is left so.
 */
export function implyProtocol(item: ConnectionEvidence): ConnectionEvidence {
  const { protocol, witness, from, to } = item;
  if (witness === 'declared') return item;
  if (protocol !== undefined && !isTransport(protocol)) return item;
  for (const end of [to, from]) {
    const port = end.kind === 'address' ? end.port : undefined;
    const implied = port === undefined ? undefined : protocolOfPort(port);
    if (implied !== undefined) return { ...item, protocol: implied };
  }
  return item;
}
