import type { CallPlace, Party, SeenCalls } from './call.ts';
import type { Span } from './span.ts';

/** Where readers put what they find. */
export interface TelemetrySink {
  span(span: Span): void;
  calls(calls: SeenCalls): void;
  /** Calls that their caller tells of itself. */
  reported(calls: SeenCalls): void;
  /** A service tells of whoever calls it, at this moment (ms since 1970). */
  reports(service: Party, at: number | undefined, place: CallPlace): void;
  /** So many records were understood. */
  read(count?: number): void;
  skip(place: CallPlace, reason: string): void;
  leaveOut(kind: string, count?: number): void;
}

/** Reads one file of a format, part by part. What it does not know it passes over. */
export interface TelemetryReader {
  /** @param value an object that stands at one of the format's paths, or a line of text */
  read(value: unknown, path: string, place: CallPlace): void;
  /** Told when all of the file was read. */
  finish?(): void;
}

/** A format of telemetry, known by content. */
export interface TelemetryFormat {
  /** As people call it, for messages. */
  readonly name: string;
  matches(sample: string): boolean;
  /** Where the records stand in the JSON; absent where the format is lines of text. */
  readonly paths?: ReadonlySet<string>;
  open(sink: TelemetrySink): TelemetryReader;
}
