import { formatPlace, type Place } from '../errors.ts';
import type { Provenance } from '../evidence/relocate.ts';
import { redact } from '../redact.ts';

/** A record that could not be used, and why. */
export interface Skipped {
  readonly place: Place;
  readonly reason: string;
}

/** A format that was found by content. */
export interface DetectedFormat {
  readonly format: string;
  readonly files: number;
  /** Share of the samples that fits, 0 to 1, in the file where it is lowest. */
  readonly confidence: number;
}

/** What one source held and how much of it was understood. */
export interface SourceCoverage {
  /** The patterns as the configuration writes them. */
  readonly source: string;
  readonly kind: string;
  readonly environment: string;
  readonly files: number;
  /** What the records are: rows, lines, files. */
  readonly unit: string;
  readonly records: number;
  readonly parsed: number;
  readonly skipped: number;
  /** The first skipped records. */
  readonly skippedPlaces: readonly Skipped[];
  /** Rows that were used although a field in them was not understood. */
  readonly flaws: readonly Skipped[];
  /** The formats that were found by content. */
  readonly formats: readonly DetectedFormat[];
  /** Files left alone because no reader knows them, by extension. */
  readonly unread: Readonly<Record<string, number>>;
  /** Headers of tables that are no column's own name, and the column each was taken for. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What was seen and is no integration, by kind: `test`, `tooling`, `mention` … */
  readonly leftOut: Readonly<Record<string, number>>;
  readonly evidence: number;
  /** First and last date seen in the records, ISO 8601 UTC. */
  readonly window?: readonly [string, string];
  /** Where it was collected, if not here. */
  readonly collected?: Provenance;
}

const keptPlaces = 20;
const keptHeaders = 200;

/** Counts what a scanner reads, so that every figure in a report has its denominator. */
export class CoverageCounter {
  unit = 'rows';
  records = 0;
  parsed = 0;
  skipped = 0;
  readonly #places: Skipped[] = [];
  readonly #flaws: Skipped[] = [];
  readonly #formats = new Map<string, DetectedFormat>();
  readonly #unread = new Map<string, number>();
  readonly #headers = new Map<string, string>();
  readonly #leftOut = new Map<string, number>();
  #first: string | undefined;
  #last: string | undefined;

  /** One record was understood. */
  read(count = 1): void {
    this.records += count;
    this.parsed += count;
  }

  /** One record was not understood, or several from one place on; the first few are kept. */
  skip(place: Place, reason: string, count = 1): void {
    this.records += count;
    this.skipped += count;
    if (this.#places.length < keptPlaces) this.#places.push({ place, reason: redact(reason) });
  }

  /** A record was used, but something in it was not understood. */
  flaw(place: Place, reason: string): void {
    if (this.#flaws.length < keptPlaces) this.#flaws.push({ place, reason: redact(reason) });
  }

  /** The format of one more file was found by content. */
  detect(format: string, confidence: number): void {
    const known = this.#formats.get(format) ?? { files: 0, confidence: 1 };
    this.#formats.set(format, {
      format,
      files: known.files + 1,
      confidence: Math.min(known.confidence, Number(confidence.toFixed(3))),
    });
  }

  /** A file that no reader knows: counted, never an error. */
  leaveUnread(extension: string): void {
    this.#unread.set(extension, (this.#unread.get(extension) ?? 0) + 1);
  }

  /** A column of a table that is not understood, or says nothing of what its rows are. */
  leaveColumn(header: string): void {
    const name = `column ${shortenHeader(header)}`;
    if (this.#unread.size < keptHeaders || this.#unread.has(name)) this.leaveUnread(name);
  }

  /** A header that is no column's own name was taken for a column. */
  readAs(header: string, column: string): void {
    if (this.#headers.size < keptHeaders) this.#headers.set(shortenHeader(header), column);
  }

  /** Something that looks like an integration and is none, e.g. an address in a test. */
  leaveOut(kind: string, count = 1): void {
    if (count > 0) this.#leftOut.set(kind, (this.#leftOut.get(kind) ?? 0) + count);
  }

  /** A date that the records carry, ISO 8601 UTC. */
  seen(date: string): void {
    if (this.#first === undefined || date < this.#first) this.#first = date;
    if (this.#last === undefined || date > this.#last) this.#last = date;
  }

  /** The first records that were skipped or not fully understood. */
  problems(): readonly Skipped[] {
    return [...this.#places, ...this.#flaws];
  }

  /** The figures, as they stand in the audit. */
  summarise(source: {
    readonly source: string;
    readonly kind: string;
    readonly environment: string;
    readonly files: number;
    readonly evidence: number;
  }): SourceCoverage {
    return {
      ...source,
      unit: this.unit,
      records: this.records,
      parsed: this.parsed,
      skipped: this.skipped,
      skippedPlaces: this.#places,
      flaws: this.#flaws,
      formats: [...this.#formats].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, format]) => format),
      unread: toSortedRecord(this.#unread),
      ...(this.#headers.size > 0 ? { headers: toSortedRecord(this.#headers) } : {}),
      leftOut: toSortedRecord(this.#leftOut),
      ...(this.#first && this.#last ? { window: [this.#first, this.#last] as const } : {}),
    };
  }
}

function toSortedRecord<T>(values: ReadonlyMap<string, T>): Record<string, T> {
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function shortenHeader(header: string): string {
  const line = redact(header.replace(/\s+/g, ' ').trim());
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** Writes a skipped record as one line. */
export function formatSkipped({ place, reason }: Skipped): string {
  return `${formatPlace(place)}: ${reason}`;
}
