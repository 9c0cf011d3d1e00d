import type { ProxyRoute } from './proxy-config.ts';
import { type Call, collectFits, type TestedRoute, testRoute } from './route-test.ts';

/** A location, with the routes that its conditions and maps make of it. */
interface Location {
  readonly prefix: string;
  readonly kind: 'exact' | 'prefix' | 'pattern';
  /** `^~`: no pattern is tried after it. */
  readonly isFinal: boolean;
  readonly tests: readonly TestedRoute[];
  readonly path: TestedRoute;
  readonly inner: readonly Location[];
}

/** Finds the routes that a call may take, in order: each but the last only perhaps. */
export type FindRoutes = (call: Call) => readonly ProxyRoute[];

/**
 * The routes of an nginx server in the order of its `location` directive: an exact path, else the
 * longest prefix and what is inside it, else the first pattern unless the prefix forbids patterns.
 */
export function toNginxFinder(routes: readonly ProxyRoute[]): FindRoutes {
  const locations = toLocations(routes);
  return (call) => {
    const perhaps: Location[] = [];
    const { location } = choose(locations, call, undefined, perhaps);
    const found = location ? [...perhaps, location] : perhaps;
    return found.flatMap(({ tests }) => collectFits(tests, call));
  };
}

/** The routes that a path of unknown host and method may take. */
export function findNginxRoutes(
  routes: readonly ProxyRoute[],
  path: string,
): readonly ProxyRoute[] {
  return toNginxFinder(routes)({ host: '', path, method: undefined });
}

function toLocations(routes: readonly ProxyRoute[]): Location[] {
  const groups = new Map<string, ProxyRoute[]>();
  for (const route of routes) {
    const key = `${route.exact ?? ''}\u0000${route.prefix}\u0000${route.pattern ?? ''}\u0000${route.place.file}\u0000${route.place.line}\u0000${route.place.column}`;
    const group = groups.get(key);
    if (group) group.push(route);
    else groups.set(key, [route]);
  }
  return [...groups.values()].flatMap((group): Location[] => {
    const [first] = group;
    if (!first) return [];
    const { prefix, exact, pattern, ignoreCase, priority } = first;
    return [
      {
        prefix,
        kind: pattern !== undefined ? 'pattern' : exact ? 'exact' : 'prefix',
        isFinal: (priority ?? 0) > 0,
        tests: group.map((route) => testRoute(route, 'nginx')),
        path: testRoute(
          {
            hosts: [],
            prefix,
            ...(exact ? { exact } : {}),
            ...(pattern === undefined ? {} : { pattern }),
            ...(ignoreCase ? { ignoreCase } : {}),
            leadsTo: 'itself',
            targets: [],
            place: first.place,
          },
          'nginx',
        ),
        inner: toLocations(group.flatMap(({ inner }) => inner ?? [])),
      },
    ];
  });
}

interface Choice {
  readonly location: Location | undefined;
  readonly isDone: boolean;
}

function choose(
  locations: readonly Location[],
  call: Call,
  outer: Location | undefined,
  perhaps: Location[],
): Choice {
  const exact = locations.find(({ kind, prefix }) => kind === 'exact' && prefix === call.path);
  if (exact) return { location: exact, isDone: true };
  let longest: Location | undefined;
  for (const location of locations)
    if (
      location.kind === 'prefix' &&
      call.path.startsWith(location.prefix) &&
      (!longest || location.prefix.length > longest.prefix.length)
    )
      longest = location;
  let choice: Choice = { location: outer, isDone: false };
  if (longest) choice = choose(longest.inner, call, longest, perhaps);
  if (choice.isDone || longest?.isFinal) return choice;
  for (const location of locations) {
    if (location.kind !== 'pattern') continue;
    const fit = location.path.check(call);
    if (fit === 'perhaps') perhaps.push(location);
    if (fit === 'yes') return { ...choose(location.inner, call, location, perhaps), isDone: true };
  }
  return choice;
}
