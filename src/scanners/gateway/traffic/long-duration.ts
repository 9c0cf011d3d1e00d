import type { DurationUnit } from '../log-format.ts';

const microsecondsOf: Readonly<Record<DurationUnit, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };

const longUnits: Readonly<Record<string, number>> = { h: 3.6e9, m: 6e7, s: 1e6, ms: 1e3, ns: 1e-3 };

/**
 * A duration that is more than a number and a unit: `1m2.5s`, as Go writes it, or `1.5e-05`.
 * @param unit of a number without one
 * @returns whole microseconds, -1 where it is no duration
 */
export function readLongDuration(
  bytes: Uint8Array,
  from: number,
  end: number,
  unit: DurationUnit,
): number {
  const text = new TextDecoder().decode(bytes.subarray(from, Math.min(end, from + 40)));
  if (/^\d{1,15}(?:\.\d{1,20})?[eE][+-]?\d{1,3}$/.test(text))
    return toWhole(Number(text) * microsecondsOf[unit]);
  const parts = [...text.matchAll(/(\d{1,15}(?:\.\d{1,20})?)(h|ms|m|s|ns|[uµμ]s)/g)];
  if (parts.map(([part]) => part).join('') !== text) return -1;
  return toWhole(
    parts.reduce((sum, [, value, name = '']) => sum + Number(value) * (longUnits[name] ?? 1), 0),
  );
}

/** -1 for what is larger than any number. */
function toWhole(value: number): number {
  return value < Infinity ? Math.floor(value + 0.5) : -1;
}
