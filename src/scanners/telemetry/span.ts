import type { CallPlace } from './call.ts';

/** What a span is about, as OpenTelemetry names the kinds. */
export type SpanKind = 'client' | 'server' | 'producer' | 'consumer' | 'internal';

/** A span, whichever format it came in. */
export interface Span {
  readonly trace: string;
  readonly id: string;
  /** Empty for the first of a trace. */
  readonly parent: string;
  readonly kind: SpanKind;
  /** Both sides of the call have the same id, as tracers of Zipkin do. */
  readonly isShared?: boolean;
  readonly service: string;
  readonly group?: string;
  readonly namespace?: string;
  readonly environment?: string;
  readonly startMs: number | undefined;
  readonly durationUs: number | undefined;
  readonly failed: boolean;
  /** The value of an attribute as text. */
  attribute(name: string): string | undefined;
  readonly place: CallPlace;
}
