const dayMs = 86_400_000;

/** Days from one date to another, `YYYY-MM-DD`, both counted. */
export function countDays(first: string, last: string): number {
  return (toTime(last) - toTime(first)) / dayMs + 1;
}

/** The date so many days later. */
export function addDays(date: string, days: number): string {
  return new Date(toTime(date) + days * dayMs).toISOString().slice(0, 10);
}

/** The beginning of a date in milliseconds, for positions on an axis. */
export function toTime(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}
