/** Hundredths of an hour: more would be a precision that nobody has. */
export function roundHours(value: number): number {
  return Math.round(value * 100) / 100;
}
