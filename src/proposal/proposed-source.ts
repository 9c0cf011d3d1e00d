/** An option of a source as it will be written. */
export interface ProposedOption {
  readonly key: string;
  readonly value: string | number | boolean | readonly string[] | Readonly<Record<string, string>>;
  /** Why, behind the value. */
  readonly comment?: string;
}

/** One entry under `sources:`. */
export interface ProposedSource {
  readonly kind:
    | 'inventory'
    | 'model'
    | 'cron'
    | 'jobs'
    | 'scripts'
    | 'platform'
    | 'gateway'
    | 'telemetry';
  readonly patterns: readonly string[];
  readonly options: readonly ProposedOption[];
  /** What it was taken for and by what, before the entry. */
  readonly because: string;
  /** Further lines of comment, such as options to fill in, behind the entry. */
  readonly hints: readonly string[];
  /** Files that the patterns name and that were recognised. */
  readonly files: number;
}

/** A system that the proposal describes itself, because nothing else in the folder does. */
export interface ProposedSystem {
  readonly id: string;
  readonly kind?: string;
  readonly hosts?: readonly string[];
  readonly because: string;
}

/** The share that a source is allowed to fall short by, where its first look says that it does. */
export function toMinParsed(parsed: number, records: number): readonly ProposedOption[] {
  const share = records === 0 ? 1 : parsed / records;
  if (share >= 0.95) return [];
  const value = Math.max(0, Math.floor(share * 10 - 1) / 10);
  return [
    {
      key: 'minParsed',
      value,
      comment: `about ${Math.round(share * 100)} % of it is understood; see what is not`,
    },
  ];
}
