import type { Place } from '../../errors.ts';
import type {
  ConnectionEvidence,
  Evidence,
  Origin,
  Reference,
  SystemEvidence,
} from '../../evidence.ts';
import {
  formatReference,
  toAddressReference,
  toCodeReference,
  toSummary,
  toSystemReference,
} from '../../evidence.ts';
import { sortedUnique } from '../../order.ts';
import { redact } from '../../redact.ts';
import type { SystemKind } from '../../vocabulary.ts';
import { toJobId } from '../schedulers/scheduled-job.ts';
import { styleOfProtocol } from '../scripts/settings/protocols.ts';
import type { ClientUse, FlowEnd, PlatformFlow, PlatformRoute } from './platform.ts';

/** What all evidence of one platform has in common. */
export interface PlatformSource {
  readonly platform: string;
  readonly kind: SystemKind;
  /** As people call it. */
  readonly product: string;
  readonly environment: string;
}

function share({ environment }: PlatformSource) {
  return { scanner: 'platform', witness: 'coded', environment, confidence: 1 } as const;
}

/** The platform itself, and the names that it is called by. */
export function toPlatform(
  source: PlatformSource,
  hosts: readonly string[],
  place: Place,
): SystemEvidence {
  const { platform, kind } = source;
  const names = sortedUnique(hosts.map((host) => host.toLowerCase()));
  return {
    ...share(source),
    kind: 'system',
    confidence: 0.8,
    origin: toOrigin(place),
    id: platform,
    registered: false,
    fields: { name: platform, kind, ...(names.length > 0 ? { hosts: names } : {}) },
  };
}

/** A flow is a job of the platform: what it takes and what it brings join in it. */
export function* toFlowEvidence(flow: PlatformFlow, source: PlatformSource): Iterable<Evidence> {
  const id = toJobId(flow.place.file, flow.name);
  const job = toCodeReference(id);
  yield {
    ...share(source),
    kind: 'job',
    origin: toOrigin(flow.place),
    id,
    schedules: flow.schedules ?? [],
    command: toSummary(`${source.product} ${flow.name}`),
  };
  // A platform keeps a history of its runs.
  yield {
    ...share(source),
    kind: 'safeguard',
    origin: toOrigin(flow.place),
    code: id,
    safeguard: 'traceability',
    effect: 'provides',
    summary: toSummary(`${source.product} keeps a history of its runs`),
  };
  for (const { safeguard, place, summary } of flow.safeguards ?? [])
    yield {
      ...share(source),
      kind: 'safeguard',
      origin: toOrigin(place),
      code: id,
      safeguard,
      effect: 'provides',
      summary: toSummary(summary),
    };
  const seen = new Set<string>();
  for (const [index, { from, to }] of flow.passes.entries()) {
    const localFiles = [`pass ${index + 1}`];
    if (from) {
      const said = `${flow.name} takes data from ${formatEnd(from)}`;
      yield toStep(from, from.reference, job, said, localFiles, source);
    }
    if (to && (from || !seen.has(formatEnd(to)))) {
      seen.add(formatEnd(to));
      const said = `${flow.name} sends data to ${formatEnd(to)}`;
      yield toStep(to, job, to.reference, said, localFiles, source);
    }
  }
}

function toStep(
  end: FlowEnd,
  from: Reference,
  to: Reference,
  summary: string,
  localFiles: readonly string[],
  source: PlatformSource,
): ConnectionEvidence {
  const isPull = from === end.reference;
  const opensThere = end.opens === true;
  const style = end.style ?? (end.protocol && styleOfProtocol(end.protocol));
  const isOwn = isPlatform(end.reference, source);
  return {
    ...share(source),
    kind: 'connection',
    origin: toOrigin(end.place),
    from,
    to,
    initiator: isPull === opensThere ? 'from' : 'to',
    direction: 'forward',
    ...(end.protocol === undefined ? {} : { protocol: end.protocol }),
    ...(style ? { style } : {}),
    objects: [...(end.objects ?? [])].map((object) => redact(object)),
    via: isOwn ? [] : [toSystemReference(source.platform)],
    ...(end.resource === undefined ? {} : { resource: redact(end.resource) }),
    localFiles,
    summary: toSummary(summary),
  };
}

function isPlatform(reference: Reference, { platform }: PlatformSource): boolean {
  return reference.kind === 'system' && reference.value === platform;
}

function formatEnd({ reference, resource }: FlowEnd): string {
  const name = formatReference(reference);
  return resource === undefined ? name : `${name} (${resource})`;
}

/** A client of the broker writes or reads a topic. */
export function toUseEvidence(use: ClientUse, source: PlatformSource): ConnectionEvidence {
  const broker = toSystemReference(source.platform);
  const [from, to] = use.does === 'publish' ? [use.client, broker] : [broker, use.client];
  const verb = use.confidence === 1 ? '' : 'may ';
  const what = use.does === 'publish' ? 'write to' : 'read from';
  return {
    ...share(source),
    kind: 'connection',
    confidence: use.confidence,
    origin: toOrigin(use.place),
    from,
    to,
    initiator: use.does === 'publish' ? 'from' : 'to',
    direction: 'forward',
    protocol: use.protocol,
    style: 'event',
    objects: [],
    via: [],
    resource: redact(use.topic),
    summary: toSummary(
      `${formatReference(use.client)} ${verb}${what} ${use.topic}`.replace(/ +/g, ' '),
    ),
  };
}

/** Where a gateway leads calls: what calls the path calls the service behind it. */
export function* toRouteEvidence(route: PlatformRoute, source: PlatformSource): Iterable<Evidence> {
  const { target, place, name, protocol } = route;
  const behind = target.kind === 'address' ? target.host : formatReference(target);
  for (const path of route.paths)
    yield {
      ...share(source),
      kind: 'route',
      origin: toOrigin(place),
      intermediary: source.platform,
      prefix: redact(path),
      system: behind,
      // A configuration shows no calls.
      logged: [],
    };
  const gateway = toSystemReference(source.platform);
  const callers = route.callers ?? [];
  for (const from of callers.length > 0 ? callers : [gateway])
    yield {
      ...share(source),
      kind: 'connection',
      confidence: callers.length > 0 ? 0.8 : 0.6,
      origin: toOrigin(place),
      from,
      to: target,
      initiator: 'from',
      direction: 'unknown',
      protocol,
      style: 'request-reply',
      objects: [],
      via: callers.length > 0 ? [gateway] : [],
      summary: toSummary(
        `${name} leads ${callers.length > 0 ? formatReference(from) : 'calls'} to ${formatReference(target)}`,
      ),
    };
}

/** The host of a route, where it names one that can be called. */
export function toGatewayHost(written: string): string | undefined {
  const reference = toAddressReference(written);
  return reference.kind === 'address' && !written.includes('*') ? reference.host : undefined;
}

function toOrigin({ file, line }: Place): Origin {
  return { file, line, column: 1 };
}
