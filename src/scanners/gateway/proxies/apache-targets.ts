import type { Place } from '../../../errors.ts';
import type { ApacheDirective } from '../../proxies/apache-directives.ts';
import type { Located } from './expand-includes.ts';
import { cleanAddress } from './proxy-address.ts';
import type { ProxyRoute, ProxyService } from './proxy-config.ts';

/** An Apache directive with its file. */
export type ApacheNode = Located<ApacheDirective>;

/** What the whole configuration defines. */
export interface ApacheNames {
  readonly balancers: ReadonlyMap<string, ProxyService>;
  /** Fills in what `Define` gives a value. */
  fill(text: string): string;
}

/** Where a route leads. */
export type ApacheTarget = Pick<ProxyRoute, 'leadsTo' | 'service' | 'targets'>;

/** Whether a directive or section has a name; case does not matter. */
export function isNamed({ words }: ApacheNode, name: string): boolean {
  return words[0]?.text.toLowerCase() === name.toLowerCase();
}

/** The words behind the name. */
export function argumentsOf({ words }: ApacheNode): string[] {
  return words.slice(1).map(({ text }) => text);
}

/** The place of a directive, or of one of its words. */
export function placeOf({ file, words }: ApacheNode, word = 0): Place {
  const { line, column } = words[word] ?? words[0] ?? { line: 1, column: 1 };
  return { file, line, column };
}

/** Balancers with their members, and `Define`d values, wherever they stand. */
export function readApacheNames(roots: readonly ApacheNode[]): ApacheNames {
  const defined = new Map<string, string>();
  const members = new Map<string, { targets: string[]; place: Place }>();
  const visit = (nodes: readonly ApacheNode[], balancer: string): void => {
    for (const node of nodes) {
      const [first, second] = argumentsOf(node);
      const named = toBalancer(first ?? '');
      if (isNamed(node, 'Define') && first !== undefined) defined.set(first, second ?? '');
      const [key, member] = named === undefined ? [balancer, first] : [named, second];
      if (isNamed(node, 'BalancerMember') && key !== '' && member !== undefined) {
        const known = members.get(key) ?? { targets: [], place: placeOf(node) };
        known.targets.push(member);
        members.set(key, known);
      }
      if (node.block) visit(node.block, isNamed(node, 'Proxy') ? (named ?? '') : balancer);
    }
  };
  visit(roots, '');
  const fill = (text: string): string =>
    text.includes('${')
      ? text.replace(
          /\$\{([A-Za-z_]\w{0,80})\}/g,
          (whole, name: string) => defined.get(name) ?? whole,
        )
      : text;
  const balancers = [...members].map(
    ([name, { targets, place }]) =>
      [name, { name, targets: targets.map((target) => toAddress(fill(target))), place }] as const,
  );
  return { balancers: new Map(balancers), fill };
}

function toBalancer(text: string): string | undefined {
  return /^balancer:\/\/([^/]{1,200})/i.exec(text)?.[1];
}

/** `unix:/run/x.sock|http://localhost/` is the socket. */
function toAddress(text: string): string {
  const socket = /^unix:([^|]{1,300})\|/.exec(text)?.[1];
  return socket === undefined ? cleanAddress(text) : `unix:${socket}`;
}

/** Where a `ProxyPass` or a rewrite leads; undefined for what is no address. */
export function resolveApacheTarget(written: string, names: ApacheNames): ApacheTarget | undefined {
  if (written === '!') return { leadsTo: 'itself', targets: [] };
  const filled = names.fill(written);
  if (!/^(?:unix:|[a-z][a-z0-9]{1,9}:\/\/)/i.test(filled)) return undefined;
  if (filled.startsWith('unix:')) return { leadsTo: 'service', targets: [toAddress(filled)] };
  const authority = /^[a-z0-9]+:\/\/([^/]*)/i.exec(filled)?.[1] ?? '';
  const host = authority.replace(/\$\d.*$/, '').replace(/%\{REQUEST_URI\}.*$/, '');
  if (/%\{|%\d/.test(host) || host === '' || (host.endsWith('.') && host !== authority))
    return { leadsTo: 'unknown', targets: [] };
  const path = filled.slice(filled.indexOf('://') + 3 + authority.length).replace(/[$%].*$/s, '');
  const balancer = toBalancer(filled);
  const scheme = filled.slice(0, filled.indexOf('://'));
  if (balancer !== undefined) {
    const members = names.balancers.get(host)?.targets ?? [];
    const targets = members.map((member) => `${member.replace(/\/$/, '')}${path}`);
    return { leadsTo: 'service', service: host, targets };
  }
  const target = cleanAddress(`${scheme}://${host}${path}`);
  const service = target.includes('{') ? {} : { service: host.replace(/^.*@/, '') };
  return { leadsTo: 'service', ...service, targets: [target] };
}
