import {
  type ApacheNames,
  type ApacheNode,
  argumentsOf,
  isNamed,
  placeOf,
  resolveApacheTarget,
} from './apache-targets.ts';
import type { ProxyRoute, Unread } from './proxy-config.ts';

/** The routes of a server by what makes them, for each comes into force at another time. */
export interface ApacheRoutes {
  /** Rewrites with `[P]`. */
  readonly rewrites: readonly ProxyRoute[];
  /** Passes inside `<Location>`. */
  readonly locations: readonly ProxyRoute[];
  readonly passes: readonly ProxyRoute[];
  /** Handlers of files. */
  readonly handlers: readonly ProxyRoute[];
}

/**
 * A server's routes in the order in which Apache asks them: rewrites run before mod_proxy; of
 * `<Location>` sections the last that fits counts, and before all passes outside; of those the first
 * that fits counts, and what the main server defines comes first.
 */
export function toServerRoutes(own: ApacheRoutes, main?: ApacheRoutes): ProxyRoute[] {
  return [
    ...own.rewrites,
    ...[...(main?.locations ?? []), ...own.locations].reverse(),
    ...(main?.passes ?? []),
    ...own.passes,
    ...own.handlers,
  ];
}

/** Reads what a server or virtual host passes on. */
export function readApacheRoutes(
  block: readonly ApacheNode[],
  names: ApacheNames,
  unread: Unread[],
): ApacheRoutes {
  return {
    rewrites: readRewrites(block, names, unread),
    locations: block.flatMap((node) => readLocation(node, names, unread)),
    passes: block.flatMap((node) => readPass(node, names, unread)),
    handlers: block.flatMap((node) => readHandler(node, names)),
  };
}

type Paths = Pick<ProxyRoute, 'prefix' | 'segments' | 'pattern'>;

function toPaths(written: string, isPattern: boolean): Paths {
  if (isPattern) return { prefix: '', pattern: written };
  if (/[*?]/.test(written)) {
    const pattern = written
      .replace(/[\\^$.|(){}+[\]]/g, '\\$&')
      .replace(/\*/g, '[^/]*')
      .replace(/\?/g, '[^/]');
    return { prefix: '', pattern: `^${pattern}(?:/|$)` };
  }
  // `/erp` fits whole segments, `/erp/` whatever begins with it.
  return written.endsWith('/') ? { prefix: written } : { prefix: written, segments: true };
}

function readLocation(node: ApacheNode, names: ApacheNames, unread: Unread[]): ProxyRoute[] {
  const isMatch = isNamed(node, 'LocationMatch');
  if (!node.block || (!isMatch && !isNamed(node, 'Location'))) return [];
  const words = argumentsOf(node);
  const written = words.find((word) => word !== '~');
  if (written === undefined) return [];
  const paths = toPaths(names.fill(written), isMatch || words[0] === '~');
  return node.block.flatMap((inside): ProxyRoute[] => {
    const isPass = isNamed(inside, 'ProxyPass') || isNamed(inside, 'ProxyPassMatch');
    const handler = isNamed(inside, 'SetHandler') ? argumentsOf(inside)[0] : undefined;
    const target = isPass ? argumentsOf(inside)[0] : handler?.replace(/^proxy:/, '');
    if (isNamed(inside, 'RewriteRule'))
      unread.push({
        place: placeOf(inside),
        reason: 'a rewrite inside a section was not followed',
      });
    if (target === undefined) return [];
    return toRoute(inside, paths, target, names, unread);
  });
}

function readPass(node: ApacheNode, names: ApacheNames, unread: Unread[]): ProxyRoute[] {
  const isMatch = isNamed(node, 'ProxyPassMatch');
  if (node.block || (!isMatch && !isNamed(node, 'ProxyPass'))) return [];
  const [path, target] = argumentsOf(node);
  if (path === undefined || target === undefined) return [];
  return toRoute(node, toPaths(names.fill(path), isMatch), target, names, unread);
}

function readHandler(node: ApacheNode, names: ApacheNames): ProxyRoute[] {
  if (!node.block || !isNamed(node, 'FilesMatch')) return [];
  const pattern = argumentsOf(node).find((word) => word !== '~');
  return node.block.flatMap((inside): ProxyRoute[] => {
    const handler = argumentsOf(inside)[0];
    if (!isNamed(inside, 'SetHandler') || !handler?.startsWith('proxy:') || !pattern) return [];
    const conditional = pattern.startsWith('^') ? { conditional: true as const } : {};
    return toRoute(
      inside,
      { prefix: '', ...(pattern.startsWith('^') ? {} : { pattern }) },
      handler.slice('proxy:'.length),
      names,
      [],
    ).map((route) => ({ ...route, ...conditional }));
  });
}

function toRoute(
  node: ApacheNode,
  paths: Paths,
  written: string,
  names: ApacheNames,
  unread: Unread[],
): ProxyRoute[] {
  const target = resolveApacheTarget(written, names);
  if (!target) return [];
  if (target.leadsTo === 'unknown')
    unread.push({
      place: placeOf(node),
      reason: `"${node.words[0]?.text}" leads to where only a request tells`,
    });
  return [{ hosts: [], ...paths, ...target, place: placeOf(node) }];
}

/** Rewrites with `[P]`. A condition on the host is understood, any other makes them uncertain. */
function readRewrites(
  block: readonly ApacheNode[],
  names: ApacheNames,
  unread: Unread[],
): ProxyRoute[] {
  const routes: ProxyRoute[] = [];
  let conditions: ApacheNode[] = [];
  const others: ApacheNode[] = [];
  for (const node of block) {
    if (isNamed(node, 'RewriteCond')) conditions.push(node);
    if (!isNamed(node, 'RewriteRule')) continue;
    const [pattern = '', target = '', written = ''] = argumentsOf(node);
    const flags = written.replace(/^\[|\]$/g, '').split(',');
    if (flags.includes('P')) {
      const paths = pattern.startsWith('!') ? { prefix: '' } : { prefix: '', pattern };
      const isUnsure = pattern.startsWith('!') || !conditions.every(isHostCondition);
      routes.push(
        ...toRoute(node, paths, target, names, unread).map((route) => ({
          ...route,
          hosts: conditions.length === 1 ? conditions.flatMap(toHosts) : [],
          ...(flags.includes('NC') ? { ignoreCase: true as const } : {}),
          ...(isUnsure || conditions.length > 1 ? { conditional: true as const } : {}),
        })),
      );
    } else others.push(node);
    conditions = [];
  }
  const [first] = others;
  if (first)
    unread.push({
      place: placeOf(first),
      reason: `${others.length} "RewriteRule" directives without [P], the first here, were not followed: paths are matched as callers asked for them`,
    });
  return routes;
}

function isHostCondition(node: ApacheNode): boolean {
  const [tested, pattern = ''] = argumentsOf(node);
  return tested === '%{HTTP_HOST}' && /^[^!<>=-]/.test(pattern);
}

function toHosts(node: ApacheNode): string[] {
  return isHostCondition(node) ? [`~${argumentsOf(node)[1]}`] : [];
}
