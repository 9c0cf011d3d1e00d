import ipaddr from 'ipaddr.js';
import { redact } from '../../../redact.ts';
import { digestOfKey, isDigestOfKey } from '../key-digest.ts';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Which system a caller is, by what the configuration says of users, agents and addresses. */
export interface CallerRules {
  /** By a consumer, user, certificate or key, whole, or by the digest of a key. */
  identity(text: string): string | undefined;
  /** By the start of the user agent. */
  agent(text: string): string | undefined;
  /** By an address or the narrowest range that holds it. */
  address(text: string): string | undefined;
  /** Whether any rule could be the start of an agent. */
  readonly hasAgents: boolean;
}

/**
 * Reads the caller map of a gateway source.
 * @param callers user, start of the user agent, IP or CIDR → system
 */
export function toCallerRules(callers: Readonly<Record<string, string>>): CallerRules {
  const rules = Object.entries(callers).map(([text, system]) => ({
    text,
    system,
    range: readRange(text),
  }));
  const identities = new Map(rules.map(({ text, system }) => [text, system]));
  const hasDigests = rules.some(({ text }) => isDigestOfKey(text));
  const agents = rules.filter(({ range }) => !range).sort((a, b) => b.text.length - a.text.length);
  const ranges = rules
    .flatMap(({ range, system }) => (range ? [{ range, system }] : []))
    .sort((a, b) => b.range[1] - a.range[1]);
  return {
    identity: (text) =>
      identities.get(text) ?? (hasDigests ? identities.get(digestOfKey(text)) : undefined),
    agent: (agent) => agents.find(({ text }) => agent.startsWith(text))?.system,
    address: (address) => ranges.find(({ range }) => contains(range, address))?.system,
    hasAgents: agents.length > 0,
  };
}

/** What user agents may begin with by the caller map, the longest first. */
export function startsOfAgents(callers: Readonly<Record<string, string>>): string[] {
  return (
    Object.keys(callers)
      // A key that is written out is no agent, and must not stand in a query.
      .filter((text) => !readRange(text) && redact(text) === text)
      .sort((a, b) => b.length - a.length)
  );
}

function readRange(text: string): Range | undefined {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text) || !/[.:]/.test(text)) return undefined;
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function contains([network, bits]: Range, text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  return address.kind() === network.kind() && address.match([network, bits] as never);
}
