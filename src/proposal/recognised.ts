import type { RecognisedCron } from '../scanners/cron/recognise.ts';
import type { RecognisedLog } from '../scanners/gateway/recognise.ts';
import type { RecognisedInventory } from '../scanners/inventory/recognise.ts';
import type { RecognisedCode } from '../scanners/scripts/recognise.ts';

/** What a file was taken for, by its name and content. */
export type Recognised =
  | ({ readonly kind: 'inventory'; readonly file: string } & RecognisedInventory)
  | ({ readonly kind: 'cron'; readonly file: string } & RecognisedCron)
  | {
      readonly kind: 'jobs';
      readonly file: string;
      readonly scheduler: string;
      readonly jobs: number;
      readonly skipped: number;
    }
  | ({ readonly kind: 'log'; readonly file: string } & RecognisedLog)
  | {
      readonly kind: 'export';
      readonly file: string;
      /** The kind of source that reads it. */
      readonly source: 'model' | 'platform' | 'telemetry';
      readonly format: string;
    }
  | { readonly kind: 'proxy'; readonly file: string; readonly product: string }
  | ({ readonly kind: 'code'; readonly file: string; readonly size: number } & RecognisedCode);

/** The files of one kind of source. */
export type RecognisedOf<Kind extends Recognised['kind']> = Extract<Recognised, { kind: Kind }>;

/** Files that were not taken for a source, by the reason, with a few of them. */
export interface Left {
  readonly reason: string;
  readonly files: number;
  readonly examples: readonly string[];
}

/** What a folder holds. */
export interface RecognisedFolder {
  readonly files: number;
  readonly recognised: readonly Recognised[];
  /** Might be a source, and no reader knows it: to be looked at by a person. */
  readonly notUnderstood: readonly Left[];
  /** Looked at, and known to be none: documents, tests, pictures. */
  readonly leftOut: readonly Left[];
  /** Folders below that have a `landscape.yaml` of their own. */
  readonly landscapes: readonly string[];
  /** Whether a limit ended the look before all was seen. */
  readonly isCut: boolean;
}
