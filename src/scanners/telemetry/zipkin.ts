import { type Mapping, toMapping, toScalar } from '../scripts/settings/documents.ts';
import type { CallPlace } from './call.ts';
import { readDependency } from './dependency.ts';
import type { TelemetryFormat } from './format.ts';
import { toService } from './join-spans.ts';
import type { Span, SpanKind } from './span.ts';

/** Spans of Zipkin's API version 2, and its dependency links. */
export const zipkinFormat: TelemetryFormat = {
  name: 'Zipkin spans or dependencies (JSON)',
  matches: (sample) =>
    (/"traceId"\s*:/.test(sample) && /"(?:localEndpoint|remoteEndpoint)"\s*:/.test(sample)) ||
    (/^\s*\[/.test(sample) && /"parent"\s*:/.test(sample) && /"callCount"\s*:/.test(sample)),
  paths: new Set(['$[]']),
  open: (sink) => ({
    read(value, _path, place) {
      // A trace is a list of spans.
      for (const item of [value].flat(2)) {
        const given = toMapping(item);
        if (given['callCount'] !== undefined) {
          readDependency(given, place, sink);
          continue;
        }
        const span = toSpan(given, place);
        if (!span) {
          sink.skip(place, 'a span has no id, or no local endpoint that names a service');
          continue;
        }
        sink.read();
        if (span.kind === 'server') sink.reports(toService(span), span.startMs, place);
        sink.span(span);
      }
    },
  }),
};

function toSpan(item: Mapping, place: CallPlace): Span | undefined {
  const id = toScalar(item['id']);
  const service = toScalar(toMapping(item['localEndpoint'])['serviceName']);
  if (!id || !service) return undefined;
  const tags = toMapping(item['tags']);
  const remote = toMapping(item['remoteEndpoint']);
  const peer: Record<string, string | undefined> = {
    'peer.service': toScalar(remote['serviceName']),
    'peer.address': toScalar(remote['ipv4']) ?? toScalar(remote['ipv6']),
    'peer.port': toScalar(remote['port']),
    ...(item['kind'] === 'PRODUCER' || item['kind'] === 'CONSUMER'
      ? { 'messaging.system': toScalar(remote['serviceName']) }
      : {}),
  };
  const start = Number(toScalar(item['timestamp']) ?? Number.NaN);
  const duration = Number(toScalar(item['duration']) ?? Number.NaN);
  return {
    trace: toScalar(item['traceId']) ?? '',
    id,
    parent: toScalar(item['parentId']) ?? '',
    kind: toKind(toScalar(item['kind'])),
    isShared: item['shared'] === true,
    service: service.slice(0, 200),
    startMs: Number.isFinite(start) ? start / 1000 : undefined,
    durationUs: Number.isFinite(duration) ? duration : undefined,
    failed: Object.hasOwn(tags, 'error'),
    attribute: (name) =>
      (Object.hasOwn(tags, name) ? toScalar(tags[name]) : undefined) ??
      (Object.hasOwn(peer, name) ? peer[name] : undefined),
    place,
  };
}

function toKind(written: string | undefined): SpanKind {
  return /^(?:CLIENT|SERVER|PRODUCER|CONSUMER)$/.test(written ?? '')
    ? ((written ?? '').toLowerCase() as SpanKind)
    : 'internal';
}
