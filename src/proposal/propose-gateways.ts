import { groupBy, sortBy, sortedUnique } from '../order.ts';
import type { KnownSystem, SystemNames } from '../reconcile/suggest-system.ts';
import { type ProposedSource, toMinParsed } from './proposed-source.ts';
import type { RecognisedOf } from './recognised.ts';
import { folderOf, toPatterns } from './to-patterns.ts';

type LogFile = RecognisedOf<'log'>;

/** Calls that no system is known for, as a hint. */
const shownUnknown = 5;

/** Access logs, an entry for each folder and format, with what their calls say of routes and callers. */
export function proposeGateways(
  logs: readonly LogFile[],
  proxies: readonly RecognisedOf<'proxy'>[],
  systems: readonly KnownSystem[],
  names: SystemNames,
  all: readonly string[],
): ProposedSource[] {
  const groups = groupBy(logs, ({ file, preset }) => `${folderOf(file)}\0${preset}`);
  const intermediary = findIntermediary(systems);
  const config = toPatterns(
    proxies.map(({ file }) => file),
    all,
  );
  return sortBy(
    [...groups.values()].map((group) => toSource(group, config, intermediary, names, all)),
    ({ patterns }) => patterns[0] ?? '',
  );
}

function toSource(
  logs: readonly LogFile[],
  config: readonly string[],
  intermediary: string | undefined,
  names: SystemNames,
  all: readonly string[],
): ProposedSource {
  const confidence = Math.min(...logs.map((log) => log.confidence));
  const { routes, unknown } = nameCallees(logs, names);
  const callers = nameCallers(logs, names);
  const preset = sortedUnique(logs.map((log) => log.preset)).join(', ');
  return {
    kind: 'gateway',
    patterns: toPatterns(
      logs.map(({ file }) => file),
      all,
    ),
    options: [
      ...(intermediary === undefined
        ? []
        : [
            {
              key: 'intermediary',
              value: intermediary,
              comment: 'the only gateway of the inventory',
            },
          ]),
      ...(config.length === 0 ? [] : [{ key: 'config', value: config }]),
      ...(routes.size === 0
        ? []
        : [
            {
              key: 'routes',
              value: Object.fromEntries(routes),
              comment: 'by their names; correct what is wrong',
            },
          ]),
      ...(callers.size === 0
        ? []
        : [
            {
              key: 'callers',
              value: Object.fromEntries(callers),
              comment: 'by a part of their names; correct what is wrong',
            },
          ]),
      ...toMinParsed(Math.round(confidence * 1000), 1000),
    ],
    because: `access log, ${preset}: ${Math.floor(confidence * 100)} % of its first lines are calls`,
    hints: [
      ...(intermediary === undefined ? ['intermediary: api-gateway   # what wrote the log'] : []),
      ...(unknown.length === 0
        ? []
        : [
            'Called in the first lines, and of no known system; add them to routes:',
            ...unknown
              .slice(0, shownUnknown)
              .map(
                ([name, calls]) =>
                  `${JSON.stringify(name)}: ${names.near(wordOf(name)) ?? '…'}   # ${calls} ${calls === 1 ? 'call' : 'calls'}`,
              ),
          ]),
    ],
    files: logs.length,
  };
}

/** One API gateway, or one proxy where there is no gateway; of several nobody knows which it was. */
function findIntermediary(systems: readonly KnownSystem[]): string | undefined {
  for (const kind of ['api-gateway', 'proxy']) {
    const found = systems.filter((system) => system.kind === kind);
    if (found.length > 0) return found.length === 1 ? found[0]?.id : undefined;
  }
  return undefined;
}

/** What logs call by names: services where lines name them, else paths, and hosts that differ. */
function nameCallees(
  logs: readonly LogFile[],
  names: SystemNames,
): { routes: Map<string, string>; unknown: (readonly [string, number])[] } {
  const { services, hosts, prefixes } = sumCalls(logs);
  const asked = services.size > 0 ? services : hosts.size > 1 ? hosts : prefixes;
  const routes = new Map<string, string>();
  const unknown: (readonly [string, number])[] = [];
  const ordered = sortBy(
    asked,
    ([, calls]) => -calls,
    ([name]) => name,
  );
  for (const [name, calls] of ordered) {
    const word = wordOf(name);
    const system = names.whole(word) ?? names.within(word);
    if (system === undefined) unknown.push([name, calls]);
    // What bears a system's own name is found without a route, where it is no path.
    else if (name.startsWith('/') || names.whole(name) === undefined) routes.set(name, system);
  }
  return { routes, unknown };
}

function wordOf(callee: string): string {
  return callee.replace(/^\/|\/$/g, '').split('.')[0] ?? '';
}

/** Callers whose names hold that of a system; those that are called like one need no entry. */
function nameCallers(logs: readonly LogFile[], names: SystemNames): Map<string, string> {
  const { callers } = sumCalls(logs);
  const found = new Map<string, string>();
  for (const [name] of sortBy(callers, ([caller]) => caller)) {
    const bare = name.replace(/\/$/, '');
    if (names.whole(bare) !== undefined) continue;
    const system = names.within(bare);
    if (system !== undefined) found.set(name, system);
  }
  return found;
}

/** What the samples of several logs call, added up. */
export function sumCalls(
  logs: readonly Pick<LogFile, 'services' | 'hosts' | 'prefixes' | 'callers'>[],
): Record<'services' | 'hosts' | 'prefixes' | 'callers', ReadonlyMap<string, number>> {
  const sum = (read: (log: (typeof logs)[number]) => ReadonlyMap<string, number>) => {
    const total = new Map<string, number>();
    for (const log of logs)
      for (const [name, calls] of read(log)) total.set(name, (total.get(name) ?? 0) + calls);
    return total;
  };
  return {
    services: sum(({ services }) => services),
    hosts: sum(({ hosts }) => hosts),
    prefixes: sum(({ prefixes }) => prefixes),
    callers: sum(({ callers }) => callers),
  };
}
