import type { Place } from '../../../errors.ts';
import { findNginxRoutes } from './nginx-order.ts';
import {
  type NginxNames,
  type NginxNode,
  type NginxTarget,
  placeOf,
  resolveNginxTarget,
} from './nginx-targets.ts';
import type { ProxyRoute, Unread } from './proxy-config.ts';

/** What a server hands down to its locations. */
export interface NginxContext {
  readonly names: NginxNames;
  /** `$name` → value. */
  readonly variables: ReadonlyMap<string, string>;
  readonly unread: Unread[];
  /** Where paths are rewritten before they are matched. */
  readonly rewrites: Place[];
}

const passes = /^(?:proxy|fastcgi|uwsgi|scgi|grpc)_pass$/;
const itself: NginxTarget = { hosts: [], leadsTo: 'itself', targets: [] };

/** The part of a route that says which paths it takes. */
type Paths = Pick<ProxyRoute, 'prefix' | 'exact' | 'pattern' | 'ignoreCase' | 'priority'>;

/** The routes of a server: its locations in order, those inside others within them. */
export function readNginxLocations(
  server: readonly NginxNode[],
  outer: NginxContext,
): ProxyRoute[] {
  const context = { ...outer, variables: withVariables(server, outer.variables) };
  const named = new Map(
    server.flatMap((node) => {
      const name = node.words[1]?.text;
      return isLocation(node) && name?.startsWith('@') ? [[name, node] as const] : [];
    }),
  );
  const redirected: Redirects = new Map();
  noteRewrites(server, context.rewrites);
  const routes = server
    .filter(isLocation)
    .flatMap((location) => readLocation(location, context, named, redirected));
  return redirected.size === 0 ? routes : followRedirects(routes, redirected);
}

/** Routes whose `try_files` ends at another path of the same server → that path. */
type Redirects = Map<ProxyRoute, string>;

function isLocation({ words, block }: NginxNode): boolean {
  return words[0]?.text === 'location' && block !== undefined;
}

function readLocation(
  location: NginxNode,
  outer: NginxContext,
  named: ReadonlyMap<string, NginxNode>,
  redirected: Redirects,
): ProxyRoute[] {
  const paths = toPaths(location);
  if (!paths) return [];
  const block = location.block ?? [];
  const context = { ...outer, variables: withVariables(block, outer.variables) };
  noteRewrites(block, context.rewrites);
  const inner = block
    .filter(isLocation)
    .flatMap((node) => readLocation(node, context, named, redirected));
  const place = placeOf(location);
  const targets = readTargets(location, context, named);
  const last = targets.length - 1;
  const routes = targets.map(
    (target, index): ProxyRoute => ({
      ...paths,
      ...target,
      ...(inner.length > 0 && index === last ? { inner } : {}),
      place,
    }),
  );
  const path = findArgument(block, 'try_files')?.replace(/[?$].*$/, '');
  const end = routes.at(-1);
  if (end?.leadsTo === 'itself' && path?.startsWith('/')) redirected.set(end, path);
  return routes;
}

function toPaths({ words }: NginxNode): Paths | undefined {
  const [first, second] = words.slice(1).map(({ text }) => text);
  const [, glued = '', rest = ''] = /^(=|\^~|~\*|~)?(.*)$/s.exec(first ?? '') ?? [];
  const [sign, path] = second === undefined ? [glued, rest] : [first, second];
  if (path === undefined || path.startsWith('@') || path === '') return undefined;
  switch (sign) {
    case '=':
      return { prefix: path, exact: true };
    case '^~':
      return { prefix: path, priority: 1 };
    case '~':
      return { prefix: '', pattern: path };
    case '~*':
      return { prefix: '', pattern: path, ignoreCase: true };
    case '':
      return { prefix: path };
    default:
      return undefined;
  }
}

/** Where a location leads; several where a condition or a map decides, the last for all other calls. */
function readTargets(
  location: NginxNode,
  context: NginxContext,
  named: ReadonlyMap<string, NginxNode>,
  depth = 0,
): readonly NginxTarget[] {
  const block = location.block ?? [];
  if (block.some(({ words: [name] }) => /^content_by_lua/.test(name?.text ?? '')))
    return [{ hosts: [], leadsTo: 'unknown', targets: [] }];
  const perhaps = block.flatMap(({ words: [name], block: inside }) =>
    inside && /^(?:if|limit_except)$/.test(name?.text ?? '')
      ? readPass(inside, context).map((target): NginxTarget => ({ ...target, conditional: true }))
      : [],
  );
  if (block.some(({ words: [name] }) => name?.text === 'return')) return [...perhaps, itself];
  const passed = readPass(block, context);
  if (passed.length > 0) return [...perhaps, ...passed];
  const fallback = named.get(findArgument(block, 'try_files') ?? '');
  if (fallback && depth < 5)
    return [
      ...perhaps,
      // A file that exists is served as it is; for all else there is one way.
      ...readTargets(fallback, context, named, depth + 1),
    ];
  return [...perhaps, itself];
}

function readPass(block: readonly NginxNode[], context: NginxContext): readonly NginxTarget[] {
  const pass = block.findLast(({ words: [name] }) => passes.test(name?.text ?? ''));
  const [name, written] = pass?.words ?? [];
  if (!pass || !name || !written) return [];
  const variables = withVariables(block, context.variables);
  const targets = resolveNginxTarget(written.text, name.text, variables, context.names);
  if (targets.some(({ leadsTo }) => leadsTo === 'unknown'))
    context.unread.push({
      place: placeOf(pass, 1),
      reason: `"${name.text}" leads to where only a request tells`,
    });
  return targets;
}

/** The last argument of a directive of the block. */
function findArgument(block: readonly NginxNode[], directive: string): string | undefined {
  return block.find(({ words: [name] }) => name?.text === directive)?.words.at(-1)?.text;
}

function withVariables(
  block: readonly NginxNode[],
  outer: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const own = block.filter(({ words: [name] }) => name?.text === 'set');
  if (own.length === 0) return outer;
  const variables = new Map(outer);
  for (const { words } of own)
    if (words[1] && words[2]) variables.set(words[1].text, words[2].text);
  return variables;
}

function noteRewrites(block: readonly NginxNode[], rewrites: Place[]): void {
  for (const directive of block)
    if (directive.words[0]?.text === 'rewrite') rewrites.push(placeOf(directive));
}

/** `try_files $uri /index.php` ends where the location of `/index.php` leads. */
function followRedirects(routes: readonly ProxyRoute[], redirected: Redirects): ProxyRoute[] {
  return routes.map((route) => {
    const path = redirected.get(route);
    const end = path === undefined ? undefined : findNginxRoutes(routes, path).at(-1);
    if (end?.leadsTo !== 'service') return route;
    const { leadsTo, service, targets } = end;
    return { ...route, leadsTo, ...(service === undefined ? {} : { service }), targets };
  });
}
