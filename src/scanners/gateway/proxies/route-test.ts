import { toHostRule } from './host-rule.ts';
import { type Anchoring, type FitsPattern, toLinearPattern } from './linear-pattern.ts';
import { literalPrefix } from './parse-pattern.ts';
import type { Demand, ProxyKind, ProxyRoute } from './proxy-config.ts';

/** A call as a log shows it. */
export interface Call {
  /** Lower case, without a port; `''`: not known. */
  readonly host: string;
  /** Without a query. */
  readonly path: string;
  /** Upper case; undefined: not known. */
  readonly method: string | undefined;
}

/** Whether a call takes a route; `perhaps` where that hangs on what is not known. */
export type Fit = 'no' | 'perhaps' | 'yes';

/** A route with its test. */
export interface TestedRoute {
  readonly route: ProxyRoute;
  check(call: Call): Fit;
}

const opposites: Readonly<Record<Fit, Fit>> = { no: 'yes', perhaps: 'perhaps', yes: 'no' };

const anchorings: Readonly<Record<ProxyKind, Anchoring>> = {
  nginx: 'anywhere',
  apache: 'anywhere',
  haproxy: 'anywhere',
  traefik: 'anywhere',
  envoy: 'whole',
  kong: 'start',
};

/** The pattern of a route as its product runs it; undefined where that is not linear. */
export function compileRoutePattern(route: Demand, kind: ProxyKind): FitsPattern | undefined {
  return toLinearPattern(route.pattern ?? '', {
    anchoring: anchorings[kind],
    ignoreCase: route.ignoreCase ?? false,
  });
}

/** Builds the test of a route. A pattern that is not linear counts by the text it begins with. */
export function testRoute(route: ProxyRoute, kind: ProxyKind): TestedRoute {
  return { route, check: testDemand(route, kind) };
}

function testDemand(demand: Demand, kind: ProxyKind): (call: Call) => Fit {
  const { fits: fitsPath, isSure } = toPathTest(demand, kind);
  const rules = demand.hosts.map(toHostRule);
  const methods = demand.methods && new Set(demand.methods);
  const more = (demand.and ?? []).map((one) => {
    const check = testDemand(one, kind);
    return one.isNot ? (call: Call): Fit => opposites[check(call)] : check;
  });
  const fitHost = (host: string): Fit => {
    if (rules.length === 0) return 'yes';
    if (host === '') return 'perhaps';
    if (rules.some((rule) => rule?.fits(host))) return 'yes';
    return rules.includes(undefined) ? 'perhaps' : 'no';
  };
  const fitMethod = (method: string | undefined): Fit => {
    if (!methods) return 'yes';
    if (method === undefined) return 'perhaps';
    return methods.has(method) ? 'yes' : 'no';
  };
  return (call) => {
    if (!fitsPath(call.path)) return 'no';
    const byHost = fitHost(call.host);
    const byMethod = fitMethod(call.method);
    if (byHost === 'no' || byMethod === 'no') return 'no';
    let isYes = byHost === 'yes' && byMethod === 'yes' && isSure && !demand.conditional;
    for (const check of more) {
      const fit = check(call);
      if (fit === 'no') return 'no';
      if (fit === 'perhaps') isYes = false;
    }
    return isYes ? 'yes' : 'perhaps';
  };
}

function toPathTest(route: Demand, kind: ProxyKind): { fits: FitsPattern; isSure: boolean } {
  const fold = (text: string): string => (route.ignoreCase ? text.toLowerCase() : text);
  const prefix = fold(route.prefix);
  const begins: FitsPattern = route.ignoreCase
    ? (path) => path.toLowerCase().startsWith(prefix)
    : (path) => path.startsWith(prefix);
  if (route.pattern !== undefined) {
    const fits = compileRoutePattern(route, kind);
    if (fits)
      return { fits: prefix === '' ? fits : (path) => begins(path) && fits(path), isSure: true };
    const literal = fold(literalPrefix(route.pattern, anchorings[kind] !== 'anywhere'));
    return { fits: (path) => begins(path) && fold(path).startsWith(literal), isSure: false };
  }
  if (route.exact) return { fits: (path) => fold(path) === prefix, isSure: true };
  if (!route.segments) return { fits: begins, isSure: true };
  const whole = prefix.replace(/\/$/, '');
  return {
    fits: (path) => fold(path) === whole || fold(path).startsWith(`${whole}/`),
    isSure: true,
  };
}

/** The routes that a call may take, in order: each but the last only perhaps. */
export function collectFits(routes: readonly TestedRoute[], call: Call): ProxyRoute[] {
  const found: ProxyRoute[] = [];
  for (const { route, check } of routes) {
    const answer = check(call);
    if (answer !== 'no') found.push(route);
    if (answer === 'yes') break;
  }
  return found;
}
