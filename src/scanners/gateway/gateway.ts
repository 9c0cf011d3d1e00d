import { z } from 'zod';
import {
  type ConnectionEvidence,
  type Evidence,
  type Origin,
  type Reference,
  toAddressReference,
  toExpression,
  toSummary,
  toSystemReference,
} from '../../evidence.ts';
import type { ScanContext, Scanner } from '../scanner.ts';
import { type FindCaller, toCallerFinder } from './callers.ts';
import { readCombinedLine } from './combined-line.ts';
import { type Group, TrafficGroups } from './groups.ts';
import { readLines } from './lines.ts';

const options = z.strictObject({
  /** The combined format also reads the common format, which ends before the referrer. */
  format: z.enum(['nginx-combined', 'apache-combined', 'combined', 'common']).default('combined'),
  /** The system that wrote the log: an API gateway, or a proxy that changes nothing. */
  intermediary: z.string().min(1).optional(),
  /** Start of the path → system behind it. */
  routes: z.record(z.string().startsWith('/', 'a route begins with "/"'), z.string()).default({}),
  /** User, start of the user agent, IP or CIDR → system that calls. */
  callers: z.record(z.string().min(1), z.string()).default({}),
});

type GatewayOptions = z.output<typeof options>;

/** Reads the access logs of gateways and proxies: the witness of what really runs. */
export const gatewayScanner: Scanner<typeof options> = {
  name: 'gateway',
  options,
  async *scan(given, context) {
    context.coverage.unit = 'lines';
    expectSystems(given, context);
    yield* readRoutes(given, context);
    const groups = new TrafficGroups();
    const findCaller = toCallerFinder(given.callers);
    const findRoute = toRouteFinder(given.routes);
    for (const file of context.paths) {
      context.progress(file);
      await readFile(file, context, groups, findCaller, findRoute);
    }
    if (groups.folded > 0) {
      const place = { file: context.paths[0] ?? '', line: 1, column: 1 };
      context.coverage.flaw(
        place,
        `${groups.folded} calls of callers or paths beyond the first 20,000 were not told apart; map them under "callers:" and "routes:"`,
      );
    }
    for (const group of groups.all()) yield toConnection(group, given, context);
  },
};

async function readFile(
  file: string,
  context: ScanContext,
  groups: TrafficGroups,
  findCaller: FindCaller,
  findRoute: (path: string) => string | undefined,
): Promise<void> {
  for await (const { text, number, cut } of readLines(context.files.stream(file))) {
    if (text.trim() === '') continue;
    const origin: Origin = { file, line: number, column: 1 };
    const line = cut ? undefined : readCombinedLine(text);
    if (!line) {
      context.coverage.skip(origin, cut ? 'longer than 1 MB' : 'not in the combined log format');
      continue;
    }
    context.coverage.read();
    context.coverage.seen(line.time);
    // A request without a method and a path (a TLS greeting, a scan) was answered but reached no one.
    if (line.path === '') continue;
    const caller = findCaller(line);
    const callee = findRoute(line.path);
    groups.add(
      line,
      {
        caller: caller ?? line.address,
        callerMapped: caller !== undefined,
        callee: callee ?? firstSegment(line.path),
        calleeMapped: callee !== undefined,
      },
      origin,
    );
  }
}

function expectSystems(given: GatewayOptions, context: ScanContext): void {
  if (given.intermediary) context.expectSystem(given.intermediary, context.placeOf('intermediary'));
  for (const option of ['routes', 'callers'] as const) {
    for (const [key, system] of Object.entries(given[option])) {
      context.expectSystem(system, context.placeOf(option, key));
    }
  }
}

function* readRoutes(given: GatewayOptions, context: ScanContext): Iterable<Evidence> {
  for (const [prefix, system] of Object.entries(given.routes)) {
    yield {
      kind: 'route',
      scanner: 'gateway',
      witness: 'declared',
      environment: context.environment,
      confidence: 1,
      origin: context.placeOf('routes', prefix),
      ...(given.intermediary === undefined ? {} : { intermediary: given.intermediary }),
      prefix,
      system,
    };
  }
}

/** The longest route that a path begins with, whole segments only. */
function toRouteFinder(
  routes: Readonly<Record<string, string>>,
): (path: string) => string | undefined {
  const sorted = Object.entries(routes)
    .map(([prefix, system]) => ({ prefix: prefix.replace(/\/$/, ''), system }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return (path) =>
    sorted.find(({ prefix }) => path === prefix || path.startsWith(`${prefix}/`))?.system;
}

function firstSegment(path: string): string {
  return `/${path.split('/')[1] ?? ''}`.slice(0, 80);
}

function toConnection(
  group: Group,
  given: GatewayOptions,
  context: ScanContext,
): ConnectionEvidence {
  const caller: Reference = group.callerMapped
    ? toSystemReference(group.caller)
    : toAddressReference(group.caller);
  const callee: Reference = group.calleeMapped
    ? toSystemReference(group.callee)
    : toExpression(`${given.intermediary ?? 'gateway'}${group.callee}`);
  const pulls = group.reads > 0 && group.writes === 0;
  const pushes = group.writes > 0 && group.reads === 0;
  const { calls, errors } = group.traffic;
  return {
    kind: 'connection',
    scanner: 'gateway',
    witness: 'observed',
    environment: context.environment,
    confidence: group.callerMapped && group.calleeMapped ? 1 : 0.5,
    origin: group.origin,
    from: pulls ? callee : caller,
    to: pulls ? caller : callee,
    initiator: pulls ? 'to' : 'from',
    direction: pulls || pushes ? 'forward' : 'both',
    protocol: 'http',
    style: 'request-reply',
    objects: [],
    via: given.intermediary ? [toSystemReference(given.intermediary)] : [],
    traffic: group.traffic,
    summary: toSummary(`${calls} calls, ${errors} errors: ${group.caller} to ${group.callee}`),
  };
}
