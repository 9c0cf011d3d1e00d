/** A zone that the runtime knows, and what was assumed about it. */
export interface KnownZone {
  readonly name: string;
  readonly notes: readonly string[];
}

const known = new Map<string, boolean>();

/** Whether the runtime knows this IANA time zone. */
export function isTimezone(name: string): boolean {
  let answer = known.get(name);
  if (answer === undefined) {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      answer = true;
    } catch {
      answer = false;
    }
    if (known.size < 2000) known.set(name, answer);
  }
  return answer;
}

/**
 * The zone of a schedule. Where it names none, the zone that its scheduler uses by itself, else UTC
 * with a note that this is assumed.
 */
export function openZone(
  timezone: string,
  byDefault: string | undefined,
): KnownZone | { readonly error: string } {
  if (timezone === '')
    return byDefault === undefined
      ? { name: 'UTC', notes: ['no time zone is known; UTC is assumed'] }
      : { name: byDefault, notes: [] };
  return isTimezone(timezone)
    ? { name: timezone, notes: [] }
    : { error: `"${timezone}" is no time zone` };
}
