/** What a reader of times remembers: logs repeat the same minute thousands of times. */
export interface TimeMemory {
  /** The sixteen bytes of the minute read last, as four words, and what they came to. */
  readonly minute: Int32Array;
  /** Milliseconds since 1970 of that minute, as if its zone were UTC. */
  base: number;
}

/** A memory that holds no minute yet. */
export function newTimeMemory(): TimeMemory {
  return { minute: new Int32Array(5), base: Number.NaN };
}

/**
 * Reads the time of a line: `10/Oct/2000:13:55:36 -0700`, ISO 8601 (a blank may stand for `T`), both
 * with or without a fraction and a zone (none is UTC); or seconds, milli-, micro- or nanoseconds
 * since 1970, told apart by their magnitude.
 * @returns milliseconds since 1970, NaN where it is no time
 */
export function readTime(
  bytes: Uint8Array,
  words: DataView,
  from: number,
  end: number,
  memory: TimeMemory,
): number {
  if (end - from < 16 || bytes[from + 13] === 46 || isDigits(bytes, from, from + 5))
    return readEpoch(bytes, from, end);
  // The minute ends one byte later where the month has three letters.
  const named = bytes[from + 2] === 47;
  const { minute } = memory;
  const last = named ? (bytes[from + 16] as number) : 0;
  if (
    words.getInt32(from, true) !== minute[0] ||
    words.getInt32(from + 4, true) !== minute[1] ||
    words.getInt32(from + 8, true) !== minute[2] ||
    words.getInt32(from + 12, true) !== minute[3] ||
    last !== minute[4]
  ) {
    memory.base = named ? readNamedMinute(bytes, from) : readIsoMinute(bytes, from);
    for (let index = 0; index < 4; index++) minute[index] = words.getInt32(from + 4 * index, true);
    minute[4] = last;
  }
  return readSeconds(bytes, named ? from + 17 : from + 16, end, memory.base);
}

/**
 * Reads a day (`2026-11-02`) and a time of day (`13:55:36`) that stand in fields of their own.
 * @returns milliseconds since 1970 UTC, NaN where they are no time
 */
export function readDayAndClock(
  bytes: Uint8Array,
  date: number,
  clock: number,
  clockEnd: number,
): number {
  const hour = two(bytes, clock);
  const minute = two(bytes, clock + 3);
  if (!(hour < 24 && minute < 60) || bytes[clock + 2] !== 58) return Number.NaN;
  const day = toDay(four(bytes, date), two(bytes, date + 5) - 1, two(bytes, date + 8));
  if (bytes[date + 4] !== 45 || bytes[date + 7] !== 45) return Number.NaN;
  return readSeconds(bytes, clock + 5, clockEnd, day + hour * 3_600_000 + minute * 60_000);
}

/** `:36.123 -0700` behind a minute; zone and fraction may be absent. */
function readSeconds(bytes: Uint8Array, from: number, end: number, minute: number): number {
  let at = from;
  let milliseconds = 0;
  if (at < end && bytes[at] === 58) {
    const seconds = two(bytes, at + 1);
    if (!(seconds <= 60) || at + 3 > end) return Number.NaN;
    milliseconds = seconds * 1000;
    at += 3;
    if (at < end && (bytes[at] === 46 || bytes[at] === 44)) {
      at++;
      for (let scale = 100; at < end && isDigit(bytes[at] as number); at++, scale /= 10)
        milliseconds += scale >= 1 ? scale * ((bytes[at] as number) - 48) : 0;
    }
  }
  return minute + milliseconds - readZone(bytes, at, end);
}

/** Milliseconds east of UTC: `Z`, ` +0200`, `+02:00` or nothing; NaN for anything else. */
function readZone(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  if (at < end && bytes[at] === 32) at++;
  if (at >= end || (bytes[at] === 90 && at + 1 === end)) return 0;
  const sign = bytes[at] === 43 ? 1 : bytes[at] === 45 ? -1 : Number.NaN;
  const hours = two(bytes, at + 1);
  const colon = bytes[at + 3] === 58 ? 1 : 0;
  const isShort = at + 3 === end;
  const minutes = isShort ? 0 : two(bytes, at + 3 + colon);
  if (!(hours < 24 && minutes < 60) || (!isShort && at + 5 + colon !== end)) return Number.NaN;
  return sign * (hours * 3_600_000 + minutes * 60_000);
}

function readNamedMinute(bytes: Uint8Array, from: number): number {
  const month = monthOf(bytes, from + 3);
  const separated =
    bytes[from + 2] === 47 &&
    bytes[from + 6] === 47 &&
    bytes[from + 11] === 58 &&
    bytes[from + 14] === 58;
  const day = toDay(four(bytes, from + 7), month, two(bytes, from));
  return separated ? toMinute(day, bytes, from + 12, from + 15) : Number.NaN;
}

function readIsoMinute(bytes: Uint8Array, from: number): number {
  const separated =
    bytes[from + 4] === 45 &&
    bytes[from + 7] === 45 &&
    (bytes[from + 10] === 84 || bytes[from + 10] === 32) &&
    bytes[from + 13] === 58;
  const day = toDay(four(bytes, from), two(bytes, from + 5) - 1, two(bytes, from + 8));
  return separated ? toMinute(day, bytes, from + 11, from + 14) : Number.NaN;
}

function toMinute(day: number, bytes: Uint8Array, hourAt: number, minuteAt: number): number {
  const hour = two(bytes, hourAt);
  const minute = two(bytes, minuteAt);
  return hour < 24 && minute < 60 ? day + hour * 3_600_000 + minute * 60_000 : Number.NaN;
}

/** Milliseconds since 1970 at the start of a day; NaN where the calendar has no such day. */
function toDay(year: number, month: number, day: number): number {
  // Years of two digits are of another century to `Date`.
  if (!(year >= 1970 && month >= 0 && month < 12 && day >= 1)) return Number.NaN;
  return day <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
    ? Date.UTC(year, month, day)
    : Number.NaN;
}

/** The largest epoch that is read: the end of the year 9999. */
const lastMoment = 253_402_300_799_999;

function readEpoch(bytes: Uint8Array, from: number, end: number): number {
  let point = from;
  while (point < end && isDigit(bytes[point] as number)) point++;
  const digits = point - from;
  if (digits < 9 || digits > 19) return Number.NaN;
  // So many digits make milliseconds; those behind them are cut off, before they cost precision.
  let left = digits + (digits <= 11 ? 3 : digits <= 14 ? 0 : digits <= 17 ? -3 : -6);
  let moment = 0;
  for (let at = from; at < end; at++) {
    const byte = bytes[at] as number;
    if (at === point && byte === 46) continue;
    if (!isDigit(byte)) return Number.NaN;
    if (left > 0) moment = moment * 10 + byte - 48;
    left--;
  }
  for (; left > 0; left--) moment *= 10;
  return moment <= lastMoment ? moment : Number.NaN;
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function monthOf(bytes: Uint8Array, from: number): number {
  return months.indexOf(
    String.fromCharCode(bytes[from] ?? 0, bytes[from + 1] ?? 0, bytes[from + 2] ?? 0),
  );
}

function isDigits(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (!isDigit(bytes[at] as number)) return false;
  return true;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

/** A number of two digits, NaN where they are none. */
function two(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 48;
  const ones = (bytes[at + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function four(bytes: Uint8Array, at: number): number {
  return two(bytes, at) * 100 + two(bytes, at + 2);
}
