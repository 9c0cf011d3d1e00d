import { type Mapping, toList, toMapping, toScalar } from '../scripts/settings/documents.ts';
import type { CallPlace } from './call.ts';
import { toEnvironment } from './environment.ts';
import type { TelemetryFormat } from './format.ts';
import { toService } from './join-spans.ts';
import type { Span, SpanKind } from './span.ts';

/** Spans in the JSON of OTLP, as the collector's file exporter and Tempo write it. */
export const otlpFormat: TelemetryFormat = {
  name: 'OpenTelemetry spans (OTLP JSON)',
  matches: (sample) =>
    /"(?:resourceSpans|resource_spans)"\s*:/.test(sample) ||
    /"batches"\s*:\s*\[\s*\{\s*"resource"/.test(sample),
  paths: new Set([
    'resourceSpans[]',
    'resource_spans[]',
    'batches[]',
    'trace.resourceSpans[]',
    'trace.batches[]',
  ]),
  open: (sink) => ({
    read(value, _path, place) {
      const batch = toMapping(value);
      const resource = readAttributes(toMapping(batch['resource'])['attributes']);
      const service = resource.get('service.name');
      const scopes = [
        'scopeSpans',
        'scope_spans',
        'instrumentationLibrarySpans',
        'instrumentation_library_spans',
      ].flatMap((key) => toList(batch[key]));
      const spans = scopes.flatMap((scope) => toList(toMapping(scope)['spans']));
      if (service === undefined || service === '' || service.startsWith('unknown_service')) {
        sink.read(spans.length);
        sink.leaveOut('spans of a service without a name', spans.length);
        return;
      }
      for (const item of spans) {
        const span = toSpan(toMapping(item), resource, service, place);
        if (!span) {
          sink.skip(place, 'a span has no id');
          continue;
        }
        sink.read();
        if (span.kind === 'server') sink.reports(toService(span), span.startMs, place);
        sink.span(span);
      }
    },
  }),
};

function toSpan(
  item: Mapping,
  resource: ReadonlyMap<string, string>,
  service: string,
  place: CallPlace,
): Span | undefined {
  const pick = (...keys: readonly string[]): unknown =>
    keys.map((key) => item[key]).find((value) => value !== undefined);
  const id = toScalar(pick('spanId', 'span_id'));
  if (id === undefined || id === '') return undefined;
  const own = readAttributes(item['attributes']);
  const start = toMs(pick('startTimeUnixNano', 'start_time_unix_nano'));
  const end = toMs(pick('endTimeUnixNano', 'end_time_unix_nano'));
  const group = resource.get('service.namespace');
  const namespace = resource.get('k8s.namespace.name');
  const environment = toEnvironment(
    resource.get('deployment.environment.name') ?? resource.get('deployment.environment'),
  );
  const status = toScalar(toMapping(item['status'])['code']);
  return {
    trace: toScalar(pick('traceId', 'trace_id')) ?? '',
    id,
    parent: toScalar(pick('parentSpanId', 'parent_span_id')) ?? '',
    kind: toKind(toScalar(item['kind'])),
    service: service.slice(0, 200),
    ...(group ? { group } : {}),
    ...(namespace ? { namespace } : {}),
    ...(environment === undefined ? {} : { environment }),
    startMs: start,
    durationUs: start === undefined || end === undefined ? undefined : (end - start) * 1000,
    failed: status === '2' || status === 'STATUS_CODE_ERROR',
    attribute: (name) => own.get(name),
    place,
  };
}

const kinds: readonly SpanKind[] = [
  'internal',
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
];

/** Kinds are numbers, or the names of the protocol. */
function toKind(written: string | undefined): SpanKind {
  const named = /^SPAN_KIND_(CLIENT|SERVER|PRODUCER|CONSUMER)$/.exec(written ?? '')?.[1];
  return named === undefined
    ? (kinds[Number(written)] ?? 'internal')
    : (named.toLowerCase() as SpanKind);
}

/** Nanoseconds since 1970 do not fit into a number; milliseconds with a fraction do. */
function toMs(written: unknown): number | undefined {
  const text = toScalar(written);
  if (text === undefined || !/^\d{7,25}$/.test(text)) return undefined;
  return Number(text.slice(0, -6)) + Number(text.slice(-6)) / 1_000_000;
}

const mostAttributes = 500;

/** The attributes that have a simple value. */
function readAttributes(list: unknown): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const item of toList(list).slice(0, mostAttributes)) {
    const { key, value } = toMapping(item);
    const held = toMapping(value);
    const text = [
      'stringValue',
      'intValue',
      'doubleValue',
      'boolValue',
      'string_value',
      'int_value',
    ]
      .map((name) => toScalar(held[name]))
      .find((each) => each !== undefined);
    if (typeof key === 'string' && text !== undefined) found.set(key, text);
  }
  return found;
}
