import { type Mapping, toList, toMapping, toScalar } from '../../scripts/settings/documents.ts';
import { cleanHost } from './proxy-address.ts';
import type { ProxyRoute } from './proxy-config.ts';

type Part = Pick<
  ProxyRoute,
  'hosts' | 'prefix' | 'pattern' | 'methods' | 'conditional' | 'priority'
>;

const mostPriority = 1_000;

/**
 * What a route of Kong asks of a call, once for each of its paths, with its rank among all routes.
 * Undefined for a route of the expressions router.
 */
export function toKongRoutes(value: Mapping, version: number): Part[] | undefined {
  if (value['expression'] !== undefined) return undefined;
  const hosts = strings(value['hosts']).map(cleanHost);
  const methods = strings(value['methods']).map((method) => method.toUpperCase());
  const headers = Object.keys(toMapping(value['headers'])).length;
  const isUnsure =
    headers > 0 || ['snis', 'sources', 'destinations'].some((key) => toList(value[key]).length > 0);
  const paths = strings(value['paths']);
  const snis = toList(value['snis']).length;
  return (paths.length === 0 ? [''] : paths).map((path) => {
    const pattern = readPattern(path, version);
    return {
      hosts,
      prefix: pattern === undefined ? path : '',
      ...(pattern === undefined ? {} : { pattern }),
      ...(methods.length === 0 ? {} : { methods }),
      ...(isUnsure ? { conditional: true as const } : {}),
      priority: toRank({
        hosts,
        headers,
        snis,
        hasPath: path !== '',
        hasMethods: methods.length > 0,
        isRegex: pattern !== undefined,
        regexPriority: Number(toScalar(value['regex_priority']) ?? 0),
      }),
    };
  });
}

function strings(value: unknown): string[] {
  return toList(value).flatMap((item) => toScalar(item) ?? []);
}

/** From version 3 on a regex begins with `~`; before, it was told by its signs. */
function readPattern(path: string, version: number): string | undefined {
  if (version >= 3) return path.startsWith('~') ? path.slice(1) : undefined;
  return /^[a-zA-Z0-9._~/%-]*$/.test(path) ? undefined : path;
}

interface Rank {
  readonly hosts: readonly string[];
  readonly headers: number;
  readonly snis: number;
  readonly hasPath: boolean;
  readonly hasMethods: boolean;
  readonly isRegex: boolean;
  readonly regexPriority: number;
}

/**
 * Kong's order as one number: how many kinds of things a route asks for, then which (host, headers,
 * path, method), plain hosts before wildcards, regexes before prefixes, more headers, and the
 * priority of a regex. Longer paths break ties.
 */
function toRank(route: Rank): number {
  const asks = [route.hosts.length > 0, route.headers > 0, route.hasPath, route.hasMethods];
  const count = asks.filter(Boolean).length + (route.snis > 0 ? 1 : 0);
  const kinds = asks.reduce((bits, asked) => bits * 2 + (asked ? 1 : 0), 0);
  const plain = route.hosts.length > 0 && !route.hosts.some((host) => host.includes('*')) ? 1 : 0;
  const regex = route.isRegex ? 1 : 0;
  const given = route.isRegex ? Math.max(0, Math.min(mostPriority, route.regexPriority || 0)) : 0;
  const outer = ((count * 16 + kinds) * 2 + plain) * 2 + regex;
  return (outer * 32 + Math.min(31, route.headers)) * (mostPriority + 1) + given;
}
