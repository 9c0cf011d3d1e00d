import { protocolOfPort } from '../../../vocabulary/protocol-of-port.ts';
import type { Position } from '../program/program.ts';
import { findKnownImage, type KnownImage } from './known-images.ts';
import { toOpenValue } from './open-value.ts';
import type { Service } from './setting.ts';

type ServiceParts = Partial<
  Omit<
    Service,
    'name' | 'image' | 'build' | 'command' | 'kind' | 'type' | 'protocol' | 'line' | 'column'
  >
> & {
  readonly image?: string | undefined;
  readonly build?: string | undefined;
  readonly command?: string | undefined;
};

/** A service with what its image says about it. One that is built here is what its code makes it. */
export function toService(name: string, place: Position, parts: ServiceParts): Service {
  const { image, build, command, ...rest } = parts;
  const base = image === undefined ? undefined : findKnownImage(image);
  // Whoever builds on a database or a broker makes one; a proxy's image may serve anything.
  const isProduct =
    build === undefined ||
    base?.type === 'observability' ||
    /^(?:database|broker|file-store)$/.test(base?.kind ?? '');
  const ports = parts.ports ?? [];
  const known = isProduct ? (base ?? findByPort(image, build, ports)) : undefined;
  return {
    hosts: [],
    settings: [],
    envFiles: [],
    groups: [],
    dependsOn: [],
    ...rest,
    name,
    // A descriptor may open only some of the ports, such as that of a console.
    ports: [...new Set([...ports, ...(known?.ports ?? [])])],
    ...(image === undefined ? {} : { image }),
    ...(build === undefined ? {} : { build }),
    ...(command === undefined ? {} : { command: toOpenValue('command', command) }),
    ...(known === undefined ? {} : { kind: known.kind }),
    ...(known?.type === undefined ? {} : { type: known.type }),
    ...(known?.protocol === undefined ? {} : { protocol: known.protocol }),
    line: place.line,
    column: place.column,
  };
}

/** An image that nobody knows, run as it is: what listens where databases and brokers do is one. */
function findByPort(
  image: string | undefined,
  build: string | undefined,
  ports: readonly number[],
): KnownImage | undefined {
  if (image === undefined || build !== undefined || ports.length === 0) return undefined;
  const protocols = ports.map((port) => productProtocols.get(protocolOfPort(port) ?? ''));
  const [first] = protocols;
  const isOne = first !== undefined && protocols.every((each) => each === first);
  return isOne ? { ...first, ports: [] } : undefined;
}

const productProtocols = new Map<string, Omit<KnownImage, 'ports'>>([
  ...['postgresql', 'mysql', 'mssql', 'oracle', 'mongodb', 'redis', 'cassandra'].map(
    (protocol) => [protocol, { kind: 'database', protocol }] as const,
  ),
  ...['amqp', 'kafka'].map((protocol) => [protocol, { kind: 'broker', protocol }] as const),
]);

/** A port as a number; undefined for anything else. */
export function toPort(written: string | undefined): number | undefined {
  const text = written?.replace(/\/(?:tcp|udp|sctp)$/i, '');
  return text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined;
}

/** The service part of a cluster's host name: `orders.shop.svc.cluster.local` → `orders`. */
export function shortHost(host: string): string {
  return host.toLowerCase().replace(/\.(?:[^.]{1,63}\.)?svc(?:\.cluster\.local)?\.?$/, '');
}
