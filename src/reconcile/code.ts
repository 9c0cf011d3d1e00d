import type { Authors, Evidence, Origin, OwnershipEvidence } from '../evidence.ts';
import type { Implementation, SafeguardProof, Unresolved } from '../landscape.ts';
import { sortBy, sortedUnique } from '../order.ts';
import type { Schedule } from '../schedule.ts';
import type { Identity, Resolution } from './identity.ts';
import { followJobs } from './jobs.ts';
import type { Staff } from './owners.ts';
import { type Call, joinSafeguards } from './safeguards.ts';

/** A script or job: whose it is, where and when it runs. */
export interface Code {
  readonly id: string;
  readonly kind: 'script' | 'job';
  /** The system whose code it is; without one it is a carrier. */
  readonly owner: string | undefined;
  /** The hosts it runs on, as systems where they resolve, else by name. */
  readonly hosts: readonly string[];
  readonly schedules: readonly Schedule[];
  readonly steps: readonly string[];
  readonly authors?: Implementation['authors'];
  readonly durationMs: number | undefined;
  readonly safeguards: readonly SafeguardProof[];
}

export interface CodeTable {
  readonly code: ReadonlyMap<string, Code>;
  readonly unresolved: readonly Unresolved[];
}

interface Draft {
  readonly kind: 'script' | 'job';
  owner: string | undefined;
  readonly hosts: Set<string>;
  readonly schedules: Map<string, Schedule>;
  readonly steps: string[];
  authors?: Authors;
  durationMs: number | undefined;
  readonly safeguards: SafeguardProof[];
}

/**
 * Joins jobs to the scripts they start, and finds whose code each is.
 * @param staff what may be said of authors
 */
export function collectCode(
  evidence: readonly Evidence[],
  identity: Identity,
  staff: Staff,
): CodeTable {
  const drafts = new Map<string, Draft>();
  const unresolved: Unresolved[] = [];
  const draftOf = (id: string, kind: Draft['kind']): Draft => {
    const known = drafts.get(id) ?? {
      kind,
      owner: undefined,
      hosts: new Set(),
      schedules: new Map(),
      steps: [],
      durationMs: undefined,
      safeguards: [],
    };
    drafts.set(id, known);
    return known;
  };

  const owners = new Map<string, string | undefined>();
  /** The system that a module or folder is called after. Thousands of files lie in few folders. */
  const namedOwner = (name: string): string | undefined => {
    if (!owners.has(name)) {
      const id = inProduction(identity.resolve({ kind: 'system', value: name }));
      owners.set(name, id !== undefined && identity.hasCode(id) ? id : undefined);
    }
    return owners.get(name);
  };

  for (const item of evidence) if (item.kind === 'job') draftOf(item.id, 'job');
  for (const item of evidence) {
    if (item.kind === 'ownership') {
      const draft = draftOf(item.script, 'script');
      addOwner(draft, item, identity, namedOwner, unresolved);
      if (item.authors) draft.authors = newer(item.authors, draft.authors);
    } else if (item.kind === 'job') {
      const draft = draftOf(item.id, 'job');
      if (!item.disabled) addSchedules(draft, item.schedules);
      draft.durationMs = longest(item.durationMs, draft.durationMs);
      if (item.host) draft.hosts.add(hostOf(item.host, identity));
    } else if (item.kind === 'safeguard') {
      const { safeguard, effect, origin, summary } = item;
      draftOf(item.code, item.scanner === 'scripts' ? 'script' : 'job').safeguards.push({
        safeguard,
        effect,
        origin,
        summary,
      });
    } else if (item.kind === 'connection') {
      for (const end of [item.from, item.to]) {
        if (end.kind === 'code' && end.host)
          draftOf(end.value, item.scanner === 'scripts' ? 'script' : 'job').hosts.add(
            hostOf(end.host, identity),
          );
      }
    }
  }
  for (const [id, schedules] of followJobs(evidence)) addSchedules(draftOf(id, 'job'), schedules);
  joinCalls(evidence, drafts, unresolved);

  const code = new Map<string, Code>();
  for (const [id, draft] of sortBy(drafts, ([key]) => key))
    code.set(id, finish(id, draft, identity, staff));
  return { code, unresolved };
}

function addSchedules({ schedules }: Draft, added: readonly Schedule[]): void {
  for (const schedule of added) schedules.set(keyOf(schedule), schedule);
}

function addOwner(
  draft: Draft,
  item: OwnershipEvidence,
  identity: Identity,
  namedOwner: (name: string) => string | undefined,
  unresolved: Unresolved[],
): void {
  if (!item.system) {
    for (const name of item.names ?? []) {
      const id = namedOwner(name);
      if (id === undefined) continue;
      draft.owner = id;
      draft.steps.push(`${item.script} stands in a module or folder called ${name}`);
      return;
    }
    return;
  }
  const owner = identity.resolve({ kind: 'system', value: item.system });
  const id = inProduction(owner);
  if (id !== undefined) {
    draft.owner = id;
    draft.steps.push(`${item.script} is code of ${id}`);
  } else {
    unresolved.push({
      reference: item.system,
      reason: 'unknown-reference',
      message: `The configuration says that ${item.script} is code of "${item.system}", which is no system.`,
      ...(owner.kind === 'system' || owner.suggestion === undefined
        ? {}
        : { suggestion: owner.suggestion }),
      calls: 0,
      origins: [item.origin],
    });
  }
}

/** A called script takes the schedules and hosts of its callers, through any number of calls. */
function joinCalls(
  evidence: readonly Evidence[],
  drafts: Map<string, Draft>,
  unresolved: Unresolved[],
): void {
  const scripts = [...drafts].filter(([, { kind }]) => kind === 'script').map(([id]) => id);
  const calls: Call[] = [];
  for (const item of evidence) {
    if (item.kind !== 'calls-script') continue;
    const script = findScript(item.script, scripts);
    const through = item.through === undefined ? undefined : findScript(item.through, scripts);
    if (script)
      calls.push({
        caller: item.caller,
        script,
        isSourced: item.sourced === true,
        ...(through === undefined ? {} : { through }),
      });
    // What a script is told to run may be anything else.
    else if (item.through === undefined) unresolved.push(missingScript(item.script, item.origin));
  }
  for (let changed = true; changed; ) {
    changed = false;
    for (const { caller, script } of calls) {
      const from = drafts.get(caller);
      const to = drafts.get(script);
      if (!from || !to || from === to) continue;
      const before = to.hosts.size + to.schedules.size;
      for (const host of from.hosts) to.hosts.add(host);
      for (const [key, schedule] of from.schedules) to.schedules.set(key, schedule);
      if (to.hosts.size + to.schedules.size > before) changed = true;
    }
  }
  joinSafeguards(calls, drafts);
}

/** The script file that shares the most trailing path segments with the path that is called. */
function findScript(called: string, scripts: readonly string[]): string | undefined {
  const wanted = called.split(/[\\/]+/).reverse();
  const scored = scripts
    .map((script) => {
      const segments = script.split('/').reverse();
      const differs = segments.findIndex((segment, index) => segment !== wanted[index]);
      return { script, score: differs < 0 ? segments.length : differs };
    })
    .filter(({ score }) => score > 0);
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const winners = scored.filter(({ score }) => score === best);
  return winners.length === 1 ? winners[0]?.script : undefined;
}

function missingScript(script: string, origin: Origin): Unresolved {
  return {
    reference: script,
    reason: 'unknown-reference',
    message: `${script} is started here, but no script source holds it, so what it connects to is unknown.`,
    calls: 0,
    origins: [origin],
  };
}

/** The system that a host belongs to, or the host itself. */
function hostOf(host: string, identity: Identity): string {
  const found = identity.resolve({ kind: 'address', value: host, host: host.toLowerCase() });
  return inProduction(found) ?? host.toLowerCase();
}

/** What stands in a folder or on a host of another environment is none of the system's own code. */
function inProduction(found: Resolution): string | undefined {
  return found.kind === 'system' && found.environment === undefined ? found.id : undefined;
}

function finish(id: string, draft: Draft, identity: Identity, staff: Staff): Code {
  const hosts = sortedUnique(draft.hosts);
  const [host] = hosts;
  const ownHost =
    hosts.length === 1 && host
      ? inProduction(identity.resolve({ kind: 'system', value: host }))
      : undefined;
  // A job on an application's own host is that application's code; one on a shared host is nobody's.
  const owner =
    draft.owner ?? (ownHost !== undefined && identity.isCounted(ownHost) ? ownHost : undefined);
  const steps = draft.owner || !owner ? draft.steps : [`${id} runs on a host of ${owner}`];
  const schedules = sortBy(draft.schedules, ([key]) => key).map(([, schedule]) => schedule);
  return {
    id,
    kind: draft.kind,
    owner,
    hosts,
    schedules,
    steps,
    durationMs: draft.durationMs,
    safeguards: sortBy(
      draft.safeguards,
      ({ safeguard }) => safeguard,
      ({ origin }) => origin.file,
      ({ origin }) => origin.line,
      ({ effect }) => effect,
      ({ summary }) => summary,
    ),
    ...(draft.authors ? { authors: staff.toAuthors(draft.authors) } : {}),
  };
}

/** Of what two sources say of one script, the later change. */
function newer(found: Authors, known: Authors | undefined): Authors {
  if (!known) return found;
  const [, latest] = sortBy(
    [found, known],
    ({ lastOn }) => lastOn,
    ({ count }) => count,
    ({ last }) => last,
  );
  return latest ?? found;
}

function keyOf(schedule: Schedule): string {
  const { expression, timezone, scheduler, name, start, delayMinutes } = schedule;
  return [expression, timezone, scheduler, name, start, delayMinutes].join('\u0000');
}

function longest(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

/** How a piece of code realises a link. */
export function toImplementation(code: Code, origin: Origin): Implementation {
  return {
    id: code.id,
    kind: code.kind,
    origin,
    schedules: code.schedules,
    delivers: true,
    hosts: code.hosts,
    safeguards: code.safeguards,
    ...(code.durationMs === undefined ? {} : { durationMs: code.durationMs }),
    ...(code.authors ? { authors: code.authors } : {}),
  };
}
