import type { TelemetryFormat } from './format.ts';
import { hubbleFormat } from './hubble.ts';
import { jaegerFormat } from './jaeger.ts';
import { kialiFormat } from './kiali.ts';
import { otlpFormat } from './otlp.ts';
import { prometheusAnswerFormat, prometheusTextFormat } from './prometheus.ts';
import { zipkinFormat } from './zipkin.ts';

const formats: readonly TelemetryFormat[] = [
  otlpFormat,
  jaegerFormat,
  zipkinFormat,
  prometheusAnswerFormat,
  kialiFormat,
  hubbleFormat,
  prometheusTextFormat,
];

/** The format that the start of a file is in; the first that knows it. */
export function findTelemetryFormat(sample: string): TelemetryFormat | undefined {
  return formats.find((format) => format.matches(sample));
}

/** What can be read, as a list for messages. */
export function listTelemetryNames(): string {
  const names = formats.map(({ name }) => name);
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
