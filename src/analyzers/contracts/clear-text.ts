import type { Landscape, Link, Registration, System } from '../../landscape.ts';
import { groupBy, sortBy, sortedUnique } from '../../order.ts';
import { clearTextProtocols } from '../../vocabulary.ts';
import { type Reach, schemeOf } from './reaches.ts';

/** A link whose data everyone on the way can read. */
export interface ClearTextLink {
  readonly link: string;
  readonly protocols: readonly string[];
  readonly origins: readonly Registration['origin'][];
}

/** Options of a database address that switch encryption off. */
const switchedOff = /[;?&\s](?:sslmode=disable|usessl=false|encrypt=(?:false|no))\b/i;

/**
 * Finds links over protocols that encrypt nothing, as code writes their addresses and as approved
 * rows call them. Logs are no witness here: what they see often comes from a proxy that has already
 * decrypted it.
 */
export function findClearText(
  { links, registrations }: Landscape,
  reaches: readonly Reach[],
  systems: ReadonlyMap<string, System>,
): ClearTextLink[] {
  const rows = groupBy(registrations, ({ id }) => id);
  const coded = groupBy(reaches, ({ link }) => link.key);
  return links.flatMap((link): ClearTextLink[] => {
    const found = [
      ...(coded.get(link.key) ?? []).flatMap((reach) => judgeReach(reach, systems)),
      ...listRows(link, rows).flatMap(judgeRow),
    ];
    if (found.length === 0) return [];
    return [
      {
        link: link.key,
        protocols: sortedUnique(found.map(({ protocol }) => protocol)),
        origins: sortBy(
          found.map(({ origin }) => origin),
          ({ file }) => file,
          ({ line }) => line,
          ({ column }) => column,
        ),
      },
    ];
  });
}

interface Seen {
  readonly protocol: string;
  readonly origin: Registration['origin'];
}

function judgeReach(reach: Reach, systems: ReadonlyMap<string, System>): Seen[] {
  const { reference, access, origin } = reach;
  if (isNear(reference, systems.get(reach.system))) return [];
  const scheme = schemeOf(reference);
  const { protocol } = access;
  // An address that says what it speaks is right where a table of clients only knows the family.
  if (scheme !== undefined && Object.hasOwn(clearTextProtocols, scheme))
    return [{ protocol: scheme, origin }];
  if (switchedOff.test(reference)) return [{ protocol: protocol ?? scheme ?? 'database', origin }];
  return scheme === undefined && protocol !== undefined && isSure(protocol)
    ? [{ protocol, origin }]
    : [];
}

function judgeRow({ protocol, origin }: Registration): Seen[] {
  return protocol !== undefined && isSure(protocol) ? [{ protocol, origin }] : [];
}

function isSure(protocol: string): boolean {
  return (
    Object.hasOwn(clearTextProtocols, protocol) && clearTextProtocols[protocol]?.isSure === true
  );
}

/** The machine itself, or the one network of a cluster, where nobody stands between the two. */
function isNear(reference: string, system: System | undefined): boolean {
  const host = hostOf(reference);
  if (host === undefined) return false;
  if (/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]|host\.docker\.internal)$/.test(host)) return true;
  if (/\.svc(?:\.cluster\.local)?$/.test(host)) return true;
  // A name without a dot is one of a container, unless an inventory lists it.
  return !host.includes('.') && system?.registered !== true;
}

function hostOf(reference: string): string | undefined {
  return /^(?:[a-z][a-z0-9+.-]{0,30}:)?(?:\/\/)?(?:[^/@\s]{1,200}@)?(\[[0-9a-f:.]{2,60}\]|[\w.-]{1,255})/i
    .exec(reference)?.[1]
    ?.toLowerCase();
}

function listRows(link: Link, rows: ReadonlyMap<string, readonly Registration[]>): Registration[] {
  return sortedUnique(link.registrations).flatMap((id) => rows.get(id) ?? []);
}
