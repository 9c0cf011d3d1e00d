import type { SystemKind } from '../../vocabulary.ts';

/** One end of a call as telemetry names it. */
export type Party =
  /** What reports by itself, or is called by its logical name. */
  | {
      readonly kind: 'service';
      readonly name: string;
      /** The namespace of the cluster that it runs in. */
      readonly namespace?: string;
      /** The group that its makers put it in. */
      readonly group?: string;
    }
  /** A database or broker, which reports nothing by itself. */
  | {
      readonly kind: 'product';
      readonly is: Extract<SystemKind, 'database' | 'broker'>;
      /** `postgresql`, `kafka` … */
      readonly product: string;
      /** Host, with or without a port. */
      readonly address?: string;
    }
  /** What is known by its address alone. */
  | { readonly kind: 'address'; readonly address: string };

/** What goes over a call, as far as it tells: which way the data goes. */
export type Way = 'read' | 'write' | 'unknown' | 'publish' | 'consume';

/** Where telemetry was read. */
export interface CallPlace {
  readonly file: string;
  readonly line: number;
}

/** Calls of one caller to one callee, or a single one. */
export interface SeenCalls {
  readonly caller: Party;
  readonly callee: Party;
  readonly way: Way;
  /** Lower case: `http`, `grpc`, `postgresql`, `kafka` … */
  readonly protocol: string;
  /** The topic or queue. */
  readonly topic?: string;
  readonly route?: string;
  /** Absent where the telemetry does not say. */
  readonly environment?: string;
  readonly calls: number;
  /** Those that failed, by whoever's fault. */
  readonly errors: number;
  /** Those of them that failed at the callee. */
  readonly serverErrors: number;
  readonly bytes?: number;
  /** The first and the last moment, in ms since 1970. */
  readonly firstMs?: number;
  readonly lastMs?: number;
  /** How long a single call took, in µs. */
  readonly durationUs?: number;
  /** What a span of a message says it does: `receive` and `process` are told of the same one. */
  readonly operation?: string;
  readonly place: CallPlace;
}
