import type { z } from 'zod';
import type { Place } from '../errors.ts';
import type { Evidence } from '../evidence.ts';
import type { Cache } from '../files/cache.ts';
import type { Files } from '../files.ts';
import type { Collection } from './collected/collection.ts';
import type { CoverageCounter } from './coverage.ts';

/** How far a source is read, in bytes as they are stored. The total is 0 where nobody knows it. */
export interface ReadBytes {
  readonly done: number;
  readonly total: number;
  /** Rows where an engine reads for us. */
  readonly unit?: 'rows';
}

/** What a scanner works with. It reads through `files`, counts into `coverage`, and yields evidence. */
export interface ScanContext {
  readonly files: Files;
  /** The files that the source's patterns name, sorted. */
  readonly paths: readonly string[];
  /** The patterns themselves, for scanners that read paths relative to a folder. */
  readonly patterns: readonly string[];
  readonly environment: string;
  /** The day of the run, `YYYY-MM-DD` UTC, for windows that end with it. */
  readonly today: string;
  /** Ends what runs elsewhere, where somebody may wish to. */
  readonly signal?: AbortSignal;
  readonly cache: Cache;
  readonly coverage: CoverageCounter;
  /** Where an option stands in the configuration. */
  placeOf(...path: readonly (string | number)[]): Place;
  /** An option names a system. One that no source knows would drop links without a word. */
  expectSystem(name: string, place: Place): void;
  /** A file that an option names was read beside the source's own. */
  alsoRead(file: string): void;
  /** A file holds what was collected elsewhere: its sources are sources of this audit too. */
  addCollection(collection: Collection): void;
  /** Tells the person who waits what is being read, and how much of the whole source is done. */
  progress(file: string, bytes?: ReadBytes): void;
}

/** One kind of source: the schema of its options, and how it is read. */
export interface Scanner<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly options: Schema;
  /** Whether a pattern names files at all, and no table or address; without it, each does. */
  isFile?(pattern: string, options: z.output<Schema>): boolean;
  scan(options: z.output<Schema>, context: ScanContext): AsyncIterable<Evidence>;
}
