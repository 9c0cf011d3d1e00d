const forms: readonly RegExp[] = [
  /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})(?:[T ].*)?$/,
  /^(?<year>\d{4})\/(?<month>\d{2})\/(?<day>\d{2})$/,
  /^(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})$/,
  /^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})$/,
];

/**
 * A calendar date as `YYYY-MM-DD`. `03/04/2026` is read by nobody: it is two dates.
 * @returns undefined where the text is no date, or one that does not exist
 */
export function readDate(text: string): string | undefined {
  for (const form of forms) {
    const { year, month = '', day = '' } = form.exec(text.trim())?.groups ?? {};
    if (year === undefined) continue;
    const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const time = new Date(`${date}T00:00:00Z`);
    const exists = !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date);
    return exists ? date : undefined;
  }
  return undefined;
}
