import { type Reference, toAddressReference } from '../../../evidence.ts';
import { shortHost } from '../settings/service.ts';

/**
 * `orders.shop.svc.cluster.local` as `orders`, where a service of the source answers to that, and the
 * source does not say that it is in another namespace.
 * @param hosts names that the services answer to, lower case
 */
export function shortenHost(target: Reference, hosts: ReadonlySet<string>): Reference {
  if (target.kind !== 'address' || hosts.has(target.host)) return target;
  const short = shortHost(target.host);
  const at = target.value.toLowerCase().indexOf(target.host);
  if (short === target.host || !hosts.has(short) || at < 0) return target;
  for (const host of hosts)
    if (host.startsWith(`${short}.`) && host.endsWith('.svc')) return target;
  const after = target.value.slice(at + target.host.length);
  return toAddressReference(`${target.value.slice(0, at)}${short}${after}`);
}
