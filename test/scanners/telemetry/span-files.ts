/** A span as the file exporter of the collector writes it, in the JSON of OTLP 1.x. */
export interface OtlpSpan {
  readonly id: string;
  readonly parent?: string;
  /** 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly ms?: number;
  readonly lasts?: number;
  readonly failed?: boolean;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

const start = Date.UTC(2026, 9, 30, 6, 0, 0);

/** One line of the file exporter: the spans of one service. */
export function toOtlpLine(
  service: string,
  spans: readonly OtlpSpan[],
  resource: Readonly<Record<string, string>> = {},
): string {
  return JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: toAttributes({ 'service.name': service, ...resource }) },
        scopeSpans: [
          {
            scope: { name: 'instrumentation' },
            spans: spans.map(
              ({ id, parent = '', kind, ms = 0, lasts = 5, failed, attributes }) => ({
                traceId: '5b8efff798038103d269b633813fc60c',
                spanId: id,
                parentSpanId: parent,
                name: 'a span',
                kind,
                startTimeUnixNano: `${start + ms}000000`,
                endTimeUnixNano: `${start + ms + lasts}000000`,
                attributes: toAttributes(attributes ?? {}),
                status: failed ? { code: 2 } : {},
              }),
            ),
          },
        ],
      },
    ],
  });
}

function toAttributes(given: Readonly<Record<string, string | number>>): unknown[] {
  return Object.entries(given).map(([key, value]) => ({
    key,
    value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
  }));
}
