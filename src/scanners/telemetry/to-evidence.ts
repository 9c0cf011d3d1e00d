import type {
  ConnectionEvidence,
  Evidence,
  Reference,
  RouteEvidence,
  SystemEvidence,
  Traffic,
} from '../../evidence.ts';
import { toAddressReference, toSummary, toSystemReference } from '../../evidence.ts';
import { findKnownService } from '../../known-services/find-known-service.ts';
import { compareText, sortBy } from '../../order.ts';
import { redact } from '../../redact.ts';
import { type Family, familyOfProtocol, type Style } from '../../vocabulary.ts';
import { type LoggedDays, newLoggedDays } from '../gateway/logged-days.ts';
import type { CallPlace, Party } from './call.ts';
import { type CallTotal, toSketch } from './call-table.ts';

/** What all evidence of one source has in common. */
export interface TelemetrySource {
  /** Of what names none itself. */
  readonly environment: string;
}

/** The name of a party as people would say it. */
export function nameParty(party: Party): string {
  switch (party.kind) {
    case 'service':
      return party.namespace === undefined ? party.name : `${party.name}.${party.namespace}`;
    case 'product':
      return party.address ?? party.product;
    case 'address':
      return party.address;
  }
}

/** How reconcile is asked for a party. */
export function toPartyReference(party: Party): Reference {
  if (party.kind === 'address') return toAddressReference(party.address);
  if (party.kind === 'product')
    return party.address === undefined
      ? toSystemReference(party.product)
      : toAddressReference(party.address);
  const { name, namespace, group } = party;
  if (namespace !== undefined && isLabel(name) && isLabel(namespace))
    return { kind: 'address', value: `${name}.${namespace}`, host: hostOf(name, namespace), name };
  const names = group === undefined ? {} : { names: [`${group}.${name}`] };
  return { ...toSystemReference(redact(name)), ...names };
}

function isLabel(text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,62}$/i.test(text);
}

function hostOf(name: string, namespace: string): string {
  return `${name}.${namespace}.svc.cluster.local`.toLowerCase();
}

/** Calls as evidence, those seen first first. */
export function* toConnections(
  totals: readonly CallTotal[],
  source: TelemetrySource,
): Iterable<ConnectionEvidence> {
  for (const total of inOrder(totals)) yield toConnection(total, source);
}

function inOrder(totals: readonly CallTotal[]): CallTotal[] {
  return sortBy(
    totals,
    ({ place }) => place.file,
    ({ place }) => place.line,
    ({ caller }) => nameParty(caller),
    ({ callee }) => nameParty(callee),
    ({ kind }) => kind,
    ({ topic }) => topic ?? '',
    ({ protocol }) => protocol,
  );
}

function toConnection(total: CallTotal, { environment }: TelemetrySource): ConnectionEvidence {
  const { caller, callee, kind, reads, writes, calls, errors, topic } = total;
  const pulls = kind === 'consume' || (kind === 'request' && reads > 0 && writes === 0);
  const pushes = kind === 'publish' || (kind === 'request' && writes > 0 && reads === 0);
  const [from, to] = pulls ? [callee, caller] : [caller, callee];
  const what = kind === 'request' ? 'calls' : 'messages';
  const by = topic === undefined ? '' : ` by ${topic}`;
  return {
    kind: 'connection',
    scanner: 'telemetry',
    witness: 'observed',
    environment: total.environment ?? environment,
    confidence: caller.kind === 'service' && callee.kind !== 'address' ? 1 : 0.8,
    origin: { ...total.place, column: 1 },
    from: toPartyReference(from),
    to: toPartyReference(to),
    initiator: pulls ? 'to' : 'from',
    direction: pulls || pushes ? 'forward' : reads > 0 ? 'both' : 'unknown',
    protocol: total.protocol,
    style: toStyle(total),
    objects: [],
    via: [],
    ...(topic === undefined ? {} : { resource: redact(topic) }),
    ...(calls > 0 || total.bytes > 0 ? { traffic: toTraffic(total) } : {}),
    summary: toSummary(
      `${calls} ${what}, ${errors} errors: ${nameParty(from)} to ${nameParty(to)}${by}`,
    ),
  };
}

function toStyle({ kind, protocol, callee }: CallTotal): Style {
  if (kind !== 'request') return 'event';
  const family = familyOfProtocol(protocol);
  if (family === 'database' || (callee.kind === 'product' && callee.is === 'database'))
    return 'database';
  return family === 'messaging' ? 'event' : 'request-reply';
}

function toTraffic(total: CallTotal): Traffic {
  const isTimed = Number.isFinite(total.firstMs) && Number.isFinite(total.lastMs);
  return {
    calls: Math.round(total.calls),
    errors: Math.round(total.errors),
    serverErrors: Math.round(total.serverErrors),
    bytes: Math.round(total.bytes),
    ...(isTimed ? { firstSeen: toSecond(total.firstMs), lastSeen: toSecond(total.lastMs) } : {}),
    latency: toSketch(total),
    routes: [...total.routes]
      .sort(([a], [b]) => compareText(a, b))
      .map(([route, { calls, errors }]) => ({ route: redact(route), calls, errors })),
  };
}

/** What lies outside of the years that can be written is the nearest of them. */
export function toSecond(moment: number): string {
  const bounded = Math.min(Math.max(moment, 0), 253_402_300_799_000);
  return `${new Date(bounded).toISOString().slice(0, 19)}Z`;
}

/** The systems that telemetry shows: what reports, what is called by a name, databases and brokers. */
export function* toSystems(
  totals: readonly CallTotal[],
  source: TelemetrySource,
): Iterable<SystemEvidence> {
  const found = new Map<
    string,
    { fields: SystemEvidence['fields']; id: string; place: CallPlace }
  >();
  const namespaces = new Map<string, Set<string>>();
  const isHere = (total: CallTotal): boolean =>
    (total.environment ?? source.environment) === 'prod';
  const here = inOrder(totals.filter(isHere));
  for (const { caller, callee } of here)
    for (const party of [caller, callee])
      if (party.kind === 'service')
        namespaces.set(
          party.name,
          (namespaces.get(party.name) ?? new Set()).add(party.namespace ?? ''),
        );
  for (const { caller, callee, protocol, place } of here)
    for (const party of [caller, callee]) {
      const system = describe(party, party === callee ? protocol : '', namespaces);
      if (system && !found.has(system.id)) found.set(system.id, { ...system, place });
    }
  for (const [, { id, fields, place }] of sortBy(found, ([id]) => id))
    yield {
      kind: 'system',
      scanner: 'telemetry',
      witness: 'observed',
      environment: source.environment,
      confidence: 0.8,
      origin: { ...place, column: 1 },
      id,
      registered: false,
      fields,
    };
}

function describe(
  party: Party,
  protocol: string,
  namespaces: ReadonlyMap<string, ReadonlySet<string>>,
): { id: string; fields: SystemEvidence['fields'] } | undefined {
  if (party.kind === 'address') return undefined;
  if (party.kind === 'product') {
    const reference = toPartyReference(party);
    if (reference.kind !== 'address')
      return { id: party.product, fields: { name: party.product, kind: party.is } };
    const { host } = reference;
    const isOutside = /^[\d.]+$|:/.test(host) || findKnownService(host) !== undefined;
    if (isOutside || isOwnHost(host)) return undefined;
    const short = host.replace(/\.[^.]{1,63}\.svc(?:\.cluster\.local)?$/, '');
    return { id: short, fields: { name: short, kind: party.is, hosts: [host] } };
  }
  const { name, namespace } = party;
  // Two teams may call a service alike; their namespaces tell them apart.
  const isShared = (namespaces.get(name)?.size ?? 0) > 1 && namespace !== undefined;
  const id = redact(isShared ? `${namespace}-${name}` : name);
  const family = protocol === '' ? 'other' : familyOfProtocol(protocol);
  const kind = family === 'database' ? 'database' : 'application';
  const reference = toPartyReference(party);
  const hosts = reference.kind === 'address' ? { hosts: [reference.host] } : {};
  return { id, fields: { name: id, kind, ...hosts } };
}

/** Whether an address is the caller's own host. */
export function isOwnHost(host: string): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|::1|0\.0\.0\.0|\[::1\])$/i.test(
    host.replace(/:\d{1,5}$/, ''),
  );
}

/** What a service tells of: who calls it, or whom it calls. */
interface Reporting {
  readonly days: LoggedDays;
  readonly place: CallPlace;
  readonly calls: Set<Family>;
  showsCallers: boolean;
}

/** The services that tell of their callers or of their own calls, and the days on which they did. */
export class ReportingServices {
  readonly #services = new Map<string, Reporting>();

  /** A service tells who calls it. */
  addCallee(service: Party, at: number | undefined, place: CallPlace): void {
    const known = this.#of(service, place);
    if (!known) return;
    known.showsCallers = true;
    if (at !== undefined) known.days.add(place.file, at, at);
  }

  /** A service tells of calls that it makes itself. */
  addCaller(service: Party, family: Family, at: number | undefined, place: CallPlace): void {
    const known = this.#of(service, place);
    if (!known) return;
    known.calls.add(family);
    if (at !== undefined) known.days.add(place.file, at, at);
  }

  #of(service: Party, place: CallPlace): Reporting | undefined {
    if (service.kind !== 'service') return undefined;
    const known = this.#services.get(service.name);
    if (known || this.#services.size >= mostServices) return known;
    const added = { days: newLoggedDays(), place, calls: new Set<Family>(), showsCallers: false };
    this.#services.set(service.name, added);
    return added;
  }

  /** What a link to or from each of them would have been shown by. */
  *toRoutes({ environment }: TelemetrySource): Iterable<RouteEvidence> {
    for (const [name, { days, place, calls, showsCallers }] of sortBy(
      this.#services,
      ([key]) => key,
    ))
      yield {
        kind: 'route',
        scanner: 'telemetry',
        witness: 'observed',
        environment,
        confidence: 1,
        origin: { ...place, column: 1 },
        prefix: redact(name),
        system: redact(name),
        logged: days.spans(),
        calls: [...calls].sort(),
        ...(showsCallers ? { showsCallers } : {}),
      };
  }
}

const mostServices = 20_000;

/** All evidence of a telemetry source. */
export function* toTelemetryEvidence(
  totals: readonly CallTotal[],
  services: ReportingServices,
  source: TelemetrySource,
): Iterable<Evidence> {
  yield* toSystems(totals, source);
  yield* services.toRoutes(source);
  yield* toConnections(totals, source);
}
