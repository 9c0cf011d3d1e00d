/**
 * What a field of a log line says. One format names each role at most once, `status` aside: of
 * several, the last one that a line fills counts.
 */
export type Role =
  /** Who called, most telling first: an authenticated consumer or application, … */
  | 'consumer'
  /** … an API key or subscription id, … */
  | 'api-key'
  /** … the client's certificate: a subject, a SPIFFE id or an `x-forwarded-client-cert` header, … */
  | 'certificate'
  /** … the user of basic authentication, … */
  | 'user'
  /** … the user agent, … */
  | 'agent'
  /** … the network address, with or without a port. In a list (`a, b`), the first is the client. */
  | 'address'
  /** Who was called, most telling first: the service or API by name, … */
  | 'service'
  /** … the route by name, … */
  | 'route'
  /** … the upstream, cluster or backend by name, or its address; in a list, the last answered. */
  | 'upstream'
  /** … the host that the caller asked for. */
  | 'host'
  /** `GET /path HTTP/1.1` in one field; the target may be a whole URL. */
  | 'request'
  | 'method'
  /** The target of the request: a path with or without a query, or a whole URL. */
  | 'path'
  | 'status'
  /** Bytes sent to the caller. */
  | 'bytes'
  | 'duration'
  | 'time'
  /** The calendar day, where it stands apart from the time of day (`clock`). */
  | 'date'
  | 'clock'
  /** By which two logs of the same call are told to be one. */
  | 'request-id';

/** The unit a log writes durations in. */
export type DurationUnit = 's' | 'ms' | 'us' | 'ns';

/** What is known of a field beside where it stands. */
export interface Field {
  /** Absent: the field is passed over. */
  readonly role?: Role;
  /** Of a duration; `s` by default. A text such as `25ms` carries its own. */
  readonly unit?: DurationUnit;
}

/** A piece of a line of text. */
export type Token =
  /** Bytes that stand there as they are. One space stands for one or more. */
  | { readonly kind: 'literal'; readonly text: string }
  /**
   * A value up to the literal that follows it, or the end of the line. Behind a literal that ends in
   * `"` and before one that begins with `"`, a backslash escapes the next byte.
   */
  | ({
      readonly kind: 'field';
      /** May hold `a, b : c`: values with blanks between them, as proxies write several upstreams. */
      readonly list?: boolean;
    } & Field)
  /** From here on a line may end: older versions of the format stop at this place. */
  | { readonly kind: 'may-end' };

/** Lines of text: literals and fields by turns. */
export interface TextFormat {
  readonly kind: 'text';
  readonly tokens: readonly Token[];
  /** Whether more may follow behind the last token: columns that were added over time. */
  readonly open: boolean;
}

/** Tab- or space-separated columns named by a `#Fields:` line, which may come again (W3C). */
export interface ColumnsFormat {
  readonly kind: 'columns';
  /** Column name, in lower case → field. Columns that are not here are passed over. */
  readonly columns: Readonly<Record<string, Field>>;
  /** Columns of a file without a `#Fields:` line. */
  readonly initial?: readonly string[];
}

/** One JSON object a line, or arrays of them. */
export interface JsonFormat {
  readonly kind: 'json';
  /** Path of keys, e.g. `request.headers.host`; `0` is the first of an array → field. */
  readonly fields: Readonly<Record<string, Field>>;
  /** The key of the array that holds the records, e.g. `records`. */
  readonly records?: string;
}

/** How the lines of a log are written. */
export type LogFormat = (TextFormat | ColumnsFormat | JsonFormat) & {
  /** What a person calls it: the name of a preset, or `log_format` and the like. */
  readonly name: string;
};

/** The roles that a format fills, and the unit of its durations. */
export function rolesOf(format: LogFormat): { roles: ReadonlySet<Role>; unit: DurationUnit } {
  const fields: Field[] =
    format.kind === 'text'
      ? format.tokens.flatMap((token) => (token.kind === 'field' ? [token] : []))
      : Object.values(format.kind === 'json' ? format.fields : format.columns);
  return {
    roles: new Set(fields.flatMap(({ role }) => (role ? [role] : []))),
    unit: fields.find(({ role }) => role === 'duration')?.unit ?? 's',
  };
}
