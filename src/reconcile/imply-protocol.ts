import type { ConnectionEvidence } from '../evidence.ts';
import { protocolOfPort } from '../vocabulary/protocol-of-port.ts';

/** What carries anything, and so says nothing of what is carried. */
const transports: ReadonlySet<string> = new Set(['tcp', 'udp', 'tls', 'ssl', 'socket']);

/**
 * Where the source names a transport at most, a connection speaks what usually listens at the port.
 * A row of a registry that names no protocol means any, and is left so.
 */
export function implyProtocol(item: ConnectionEvidence): ConnectionEvidence {
  const { protocol, witness, from, to } = item;
  if (witness === 'declared') return item;
  if (protocol !== undefined && !transports.has(protocol.toLowerCase())) return item;
  for (const end of [to, from]) {
    const port = end.kind === 'address' ? end.port : undefined;
    const implied = port === undefined ? undefined : protocolOfPort(port);
    if (implied !== undefined) return { ...item, protocol: implied };
  }
  return item;
}
