import { type Mapping, toList, toMapping, toScalar } from '../scripts/settings/documents.ts';
import type { CallPlace } from './call.ts';
import { readDependency } from './dependency.ts';
import { toEnvironment } from './environment.ts';
import type { TelemetryFormat, TelemetrySink } from './format.ts';
import { toService } from './join-spans.ts';
import type { Span, SpanKind } from './span.ts';

/** Traces and dependencies as the query service of Jaeger gives them as JSON. */
export const jaegerFormat: TelemetryFormat = {
  name: 'Jaeger traces or dependencies (JSON)',
  matches: (sample) =>
    /"traceID"\s*:/.test(sample) ||
    (/^\s*\{/.test(sample) && /"parent"\s*:/.test(sample) && /"callCount"\s*:/.test(sample)),
  paths: new Set(['data[]']),
  open: (sink) => ({
    read(value, _path, place) {
      const item = toMapping(value);
      if (item['spans'] === undefined) readDependency(item, place, sink);
      else readTrace(item, place, sink);
    },
  }),
};

function readTrace(trace: Mapping, place: CallPlace, sink: TelemetrySink): void {
  const processes = toMapping(trace['processes']);
  for (const item of toList(trace['spans'])) {
    const given = toMapping(item);
    const span = toSpan(
      given,
      toMapping(given['process'] ?? processes[toScalar(given['processID']) ?? '']),
      place,
    );
    if (!span) {
      sink.skip(place, 'a span has no id, or no process that it ran in');
      continue;
    }
    sink.read();
    if (span.kind === 'server') sink.reports(toService(span), span.startMs, place);
    sink.span(span);
  }
}

function toSpan(item: Mapping, process: Mapping, place: CallPlace): Span | undefined {
  const id = toScalar(item['spanID']);
  const service = toScalar(process['serviceName']);
  if (!id || !service) return undefined;
  const tags = readTags(item['tags']);
  const around = readTags(process['tags']);
  const parent = toList(item['references'])
    .map(toMapping)
    .find(({ refType }) => refType === 'CHILD_OF');
  const start = Number(toScalar(item['startTime']) ?? Number.NaN);
  const duration = Number(toScalar(item['duration']) ?? Number.NaN);
  const group = around.get('service.namespace');
  const namespace = around.get('k8s.namespace.name');
  const environment = toEnvironment(
    around.get('deployment.environment.name') ?? around.get('deployment.environment'),
  );
  return {
    trace: toScalar(item['traceID']) ?? '',
    id,
    parent: toScalar(parent?.['spanID']) ?? toScalar(item['parentSpanID']) ?? '',
    kind: toKind(tags.get('span.kind')),
    service: service.slice(0, 200),
    ...(group ? { group } : {}),
    ...(namespace ? { namespace } : {}),
    ...(environment === undefined ? {} : { environment }),
    startMs: Number.isFinite(start) ? start / 1000 : undefined,
    durationUs: Number.isFinite(duration) ? duration : undefined,
    failed: tags.get('error') === 'true' || tags.get('otel.status_code') === 'ERROR',
    attribute: (name) => tags.get(name),
    place,
  };
}

function toKind(written: string | undefined): SpanKind {
  const kind = written?.toLowerCase() ?? '';
  return /^(?:client|server|producer|consumer)$/.test(kind) ? (kind as SpanKind) : 'internal';
}

const mostTags = 500;

function readTags(list: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const tag of toList(list).slice(0, mostTags)) {
    const { key, value } = toMapping(tag);
    const text = toScalar(value);
    if (typeof key === 'string' && text !== undefined) found.set(key, text);
  }
  return found;
}
