import type { DurationUnit } from '../log-format.ts';

const colon = 58;

/** `GET` and `HEAD` read, `POST`, `PUT`, `PATCH` and `DELETE` write; the rest says neither. */
export function readMethod(bytes: Uint8Array, from: number): 'read' | 'write' | 'other' {
  const first = bytes[from] as number;
  const second = bytes[from + 1] as number;
  if ((first === 71 && second === 69) || (first === 72 && second === 69)) return 'read';
  if (first === 80 && (second === 79 || second === 85 || second === 65)) return 'write';
  return first === 68 && second === 69 ? 'write' : 'other';
}

/** The first digit of a status; 0 where none was sent (`-`, `0`, `-1`), NaN where it is no status. */
export function readStatusClass(bytes: Uint8Array, from: number, end: number): number {
  const first = bytes[from] as number;
  if (end - from === 3 && first >= 48 && first <= 57) {
    return isDigit(bytes[from + 1] as number) && isDigit(bytes[from + 2] as number)
      ? first - 48
      : Number.NaN;
  }
  if (end === from || (first === 45 && end - from <= 2)) return 0;
  // Proxies that asked several upstreams write several; the last one answered.
  if (
    end - from > 3 &&
    isDigit(bytes[end - 1] as number) &&
    (bytes[end - 4] === 32 || bytes[end - 4] === 44)
  )
    return readStatusClass(bytes, end - 3, end);
  return end - from === 1 && first === 48 ? 0 : Number.NaN;
}

/** A count of bytes; 0 where the line has none. */
export function readCount(bytes: Uint8Array, from: number, end: number): number {
  let count = 0;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number;
    if (!isDigit(byte)) break;
    count = count * 10 + byte - 48;
  }
  return count;
}

const microsecondsOf: Readonly<Record<DurationUnit, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };

/**
 * A duration in whole microseconds; -1 where the line has none. Of a list the last value counts. A
 * unit behind the number (`25ms`) outweighs the one of the format.
 */
export function readDuration(
  bytes: Uint8Array,
  from: number,
  end: number,
  unit: DurationUnit,
): number {
  let at = from;
  for (let index = end - 1; index >= from; index--) {
    if (bytes[index] !== 32 && bytes[index] !== 44) continue;
    at = index + 1;
    break;
  }
  if (at >= end || !isDigit(bytes[at] as number)) return -1;
  const start = at;
  let digits = 0;
  let places = 0;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (isDigit(byte)) {
      digits = digits * 10 + byte - 48;
      places += places > 0 ? 1 : 0;
    } else if (byte === 46 && places === 0) places = 1;
    else break;
  }
  const known = at < end ? readUnit(bytes, at, end) : unit;
  if (known === undefined) return readLongDuration(bytes, start, end, unit);
  return toWhole((digits * microsecondsOf[known]) / (tenths[places] ?? Infinity));
}

/** -1 for what is larger than any number. */
function toWhole(value: number): number {
  return value < Infinity ? Math.floor(value + 0.5) : -1;
}

/** What a number of so many decimal places, the point counted with them, was multiplied by. */
const tenths = Array.from({ length: 17 }, (_, places) => 10 ** Math.max(0, places - 1));

/** The unit behind a number; undefined where more than a unit stands there. */
function readUnit(bytes: Uint8Array, at: number, end: number): DurationUnit | undefined {
  const first = bytes[at];
  if (first === 115 && at + 1 === end) return 's';
  if (bytes[end - 1] !== 115) return undefined;
  if (first === 109 && at + 2 === end) return 'ms';
  if (first === 110 && at + 2 === end) return 'ns';
  // `us`, or `µs` in Latin-1 or UTF-8, where two letters look like it.
  const isMicro = first === 117 || first === 0xb5 || first === 0xc2 || first === 0xce;
  return isMicro && at + 3 >= end ? 'us' : undefined;
}

const longUnits: Readonly<Record<string, number>> = { h: 3.6e9, m: 6e7, s: 1e6, ms: 1e3, ns: 1e-3 };

/** `1m2.5s`, as Go writes it, or `1.5e-05`; -1 where it is no duration. */
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

/**
 * Where the first address of a field ends: before its port, a comma or a blank. Brackets of IPv6 are
 * kept out by starting behind them.
 * @returns the end; the start moves by one where the field begins with a bracket
 */
export function endOfAddress(bytes: Uint8Array, from: number, end: number): number {
  if (bytes[from] === 91) {
    let at = from + 1;
    while (at < end && bytes[at] !== 93) at++;
    return at;
  }
  let colons = 0;
  let lastColon = -1;
  let at = from;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 44 || byte === 32) break;
    if (byte !== colon) continue;
    colons++;
    lastColon = at;
  }
  // One colon, or one after all eight groups of IPv6, stands before a port.
  if (colons === 1 || (colons === 8 && !isShortened(bytes, from, at))) return lastColon;
  return at;
}

/** Whether two colons stand for groups of zeros. */
function isShortened(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from + 1; at < end; at++)
    if (bytes[at] === colon && bytes[at - 1] === colon) return true;
  return false;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** Whether a value is there: logs write `-` where it is not. */
export function isFilled(bytes: Uint8Array, from: number, end: number): boolean {
  return end > from && !(end - from === 1 && bytes[from] === 45);
}
