const msOfHour = 3_600_000;

/** Hours of a span in ms, to a millionth; null where there is none. */
export function toHours(ms: number): number | null {
  return Number.isFinite(ms) ? Math.round((ms / msOfHour) * 1e6) / 1e6 : null;
}

/** An instant in ms as ISO 8601 UTC, to the second. */
export function toTime(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
