/** What people say about data and its readers, beyond what sources show. Names of systems are ids. */
export interface FreshnessOptions {
  /** The first day of the horizon, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** IANA zone of schedules and readers that name none; UTC where it is left out. */
  readonly timezone?: string;
  readonly objects: readonly ObjectOption[];
  readonly readers: readonly ReaderOption[];
  /** How long runs take, by registry id, link key, or job id as a glob; the first that fits counts. */
  readonly durations: readonly { readonly name: string; readonly ms: number }[];
  /** Days on which nobody reads, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** Days, or a calendar year. */
  readonly horizon: number | 'year';
  /** The most runs in a row that fail. */
  readonly failures: number;
}

/** Where an object is born, what it is made of, and how old it may get. */
export interface ObjectOption {
  readonly object: string;
  readonly origins: readonly string[];
  readonly derivedFrom: readonly { readonly system: string; readonly from: readonly string[] }[];
  readonly maxAgeHours?: number;
}

/** Who looks at the data of a system: at moments, or at any moment of working hours. */
export type ReaderOption = {
  readonly system: string;
  readonly timezone?: string;
} & (
  | {
      /** Five fields of a crontab. */
      readonly at: string;
    }
  | {
      /** `HH:MM` on the clock; an end at or before the start is on the next day. */
      readonly from: string;
      readonly to: string;
      /** Days of the week, as in `mon-fri` or `mon,thu`; every day where it is left out. */
      readonly days?: string;
    }
);
