import ipaddr from 'ipaddr.js';
import type { LogLine } from './combined-line.ts';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

interface Rule {
  readonly system: string;
  readonly range: Range | undefined;
  readonly text: string;
}

/** Finds the caller of a line. Answers are remembered, for logs repeat the same few callers. */
export type FindCaller = (line: LogLine) => string | undefined;

const rememberedCallers = 50_000;

/**
 * Builds the caller map of a gateway source. An authenticated user says more than an agent, and an
 * agent more than an address; among addresses the narrowest range wins.
 * @param callers user, start of the user agent, IP or CIDR → system
 */
export function toCallerFinder(callers: Readonly<Record<string, string>>): FindCaller {
  const rules = Object.entries(callers).map(
    ([text, system]): Rule => ({ text, system, range: readRange(text) }),
  );
  const users = new Map(rules.map((rule) => [rule.text, rule.system]));
  const agents = rules.filter((rule) => !rule.range).sort((a, b) => b.text.length - a.text.length);
  const ranges = rules
    .filter((rule): rule is Rule & { range: Range } => rule.range !== undefined)
    .sort((a, b) => b.range[1] - a.range[1]);
  const remembered = new Map<string, string | undefined>();

  const find: FindCaller = ({ user, agent, address }) =>
    (user !== '-' ? users.get(user) : undefined) ??
    agents.find((rule) => agent.startsWith(rule.text))?.system ??
    ranges.find((rule) => contains(rule.range, address))?.system;

  return (line) => {
    const key = `${line.user}\u0000${line.agent}\u0000${line.address}`;
    if (remembered.has(key)) return remembered.get(key);
    const system = find(line);
    if (remembered.size < rememberedCallers) remembered.set(key, system);
    return system;
  };
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
