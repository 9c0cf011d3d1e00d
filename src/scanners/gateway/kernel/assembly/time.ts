/** What is no time. */
export const noTime: i64 = -1;

const day: i64 = 86_400_000;

// Logs repeat the same minute and the same zone thousands of times: the bytes read last.
let minuteLow: u64 = 0;
let minuteHigh: u64 = 0;
let minuteLast: u32 = 0;
let minute: i64 = noTime;
let zoneBytes: u64 = 0;
let zone: i64 = 0x7fff_ffff_ffff;

/** Forgets what was read before. */
export function forgetMinute(): void {
  minuteLow = 0;
  minuteHigh = 0;
  minuteLast = 0;
  minute = noTime;
  zoneBytes = 0;
  zone = noZone;
}

/** What `readZone` gives for what is no zone; far from every zone there is. */
const noZone: i64 = 0x7fff_ffff_ffff;

/**
 * Reads the time of a line: `10/Oct/2000:13:55:36 -0700`, ISO 8601 (a blank may stand for `T`), both
 * with or without a fraction and a zone (none is UTC); or seconds, milli-, micro- or nanoseconds
 * since 1970, told apart by their magnitude.
 * @returns milliseconds since 1970, `noTime` where it is no time or one before
 */
export function readTime(from: usize, end: usize): i64 {
  if (<i32>(end - from) < 16 || load<u8>(from, 13) == 46 || isEpoch(from))
    return readEpoch(from, end);
  // The minute ends one byte later where the month has three letters.
  const named = load<u8>(from, 2) == 47;
  const low = load<u64>(from);
  const high = load<u64>(from, 8);
  const last: u32 = named ? load<u8>(from, 16) : 0;
  if (low != minuteLow || high != minuteHigh || last != minuteLast) {
    minute = named ? readNamedMinute(from) : readIsoMinute(from);
    minuteLow = low;
    minuteHigh = high;
    minuteLast = last;
  }
  return readSeconds(named ? from + 17 : from + 16, end, minute);
}

/** Reads a day (`2026-11-02`) and a time of day (`13:55:36`) that stand in fields of their own. */
export function readDayAndClock(date: usize, from: usize, end: usize): i64 {
  if (load<u8>(from, 2) != 58 || load<u8>(date, 4) != 45 || load<u8>(date, 7) != 45) return noTime;
  const start = toDay(four(date), two(date + 5), two(date + 8));
  return readSeconds(from + 5, end, toMinute(start, two(from), two(from + 3)));
}

/** `:36.123 -0700` behind a minute; zone and fraction may be absent. */
function readSeconds(from: usize, end: usize, start: i64): i64 {
  if (start < 0) return noTime;
  let at = from;
  let milliseconds = 0;
  if (at < end && load<u8>(at) == 58) {
    const seconds = two(at + 1);
    if (<u32>seconds > 60 || at + 3 > end) return noTime;
    milliseconds = seconds * 1000;
    at += 3;
    if (at < end && (load<u8>(at) == 46 || load<u8>(at) == 44)) {
      at++;
      for (let scale = 100; at < end && isDigit(load<u8>(at)); at++) {
        milliseconds += scale * (<i32>load<u8>(at) - 48);
        scale /= 10;
      }
    }
  }
  const east = readZone(at, end);
  return east == noZone ? noTime : start + milliseconds - east;
}

/** Milliseconds east of UTC: `Z`, ` +0200`, `+02:00` or nothing. */
function readZone(from: usize, end: usize): i64 {
  if (from >= end) return 0;
  const bytes = load<u64>(from) & 0xffff_ffff_ffff;
  const isUsual = end - from == 6;
  if (isUsual && bytes == zoneBytes) return zone;
  const found = readOtherZone(from, end);
  if (isUsual) {
    zoneBytes = bytes;
    zone = found;
  }
  return found;
}

function readOtherZone(from: usize, end: usize): i64 {
  const at = load<u8>(from) == 32 ? from + 1 : from;
  const sign = load<u8>(at);
  if (at >= end || (sign == 90 && at + 1 == end)) return 0;
  if (sign != 43 && sign != 45) return noZone;
  const hours = two(at + 1);
  const colon: usize = load<u8>(at, 3) == 58 ? 1 : 0;
  const isShort = at + 3 == end;
  const minutes = isShort ? 0 : two(at + 3 + colon);
  if (<u32>hours >= 24 || <u32>minutes >= 60 || (!isShort && at + 5 + colon != end)) return noZone;
  const east = hours * 3_600_000 + minutes * 60_000;
  return sign == 45 ? -east : east;
}

function readNamedMinute(from: usize): i64 {
  if (
    load<u8>(from, 2) != 47 ||
    load<u8>(from, 6) != 47 ||
    load<u8>(from, 11) != 58 ||
    load<u8>(from, 14) != 58
  )
    return noTime;
  const start = toDay(four(from + 7), monthOf(load<u32>(from, 3) & 0xff_ffff), two(from));
  return toMinute(start, two(from + 12), two(from + 15));
}

function readIsoMinute(from: usize): i64 {
  const between = load<u8>(from, 10);
  if (
    load<u8>(from, 4) != 45 ||
    load<u8>(from, 7) != 45 ||
    (between != 84 && between != 32) ||
    load<u8>(from, 13) != 58
  )
    return noTime;
  const start = toDay(four(from), two(from + 5), two(from + 8));
  return toMinute(start, two(from + 11), two(from + 14));
}

function toMinute(start: i64, hour: i32, minutes: i32): i64 {
  if (start < 0 || <u32>hour >= 24 || <u32>minutes >= 60) return noTime;
  return start + hour * 3_600_000 + minutes * 60_000;
}

/** Milliseconds since 1970 at the start of a day of the Gregorian calendar. @param month from 1 */
function toDay(year: i32, month: i32, ofMonth: i32): i64 {
  if (year < 1970 || month < 1 || month > 12 || ofMonth < 1) return noTime;
  if (ofMonth > daysOf(year, month)) return noTime;
  // Years that begin in March have the leap day at their end (Richards 2013, for Julian days).
  const shifted = month < 3 ? year - 1 : year;
  const months = month < 3 ? month + 9 : month - 3;
  const leaps = shifted / 4 - shifted / 100 + shifted / 400;
  const days = 365 * shifted + leaps + (153 * months + 2) / 5 + ofMonth - 1 - 719_468;
  return <i64>days * day;
}

function daysOf(year: i32, month: i32): i32 {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  // 31 in January, March, May, July and from then on in every even month.
  return 30 + ((month + (month >> 3)) & 1);
}

/** A month from 1 by its three letters, the first in the lowest byte; 0 where they are none. */
function monthOf(letters: u32): i32 {
  switch (letters) {
    case 0x6e614a:
      return 1;
    case 0x626546:
      return 2;
    case 0x72614d:
      return 3;
    case 0x727041:
      return 4;
    case 0x79614d:
      return 5;
    case 0x6e754a:
      return 6;
    case 0x6c754a:
      return 7;
    case 0x677541:
      return 8;
    case 0x706553:
      return 9;
    case 0x74634f:
      return 10;
    case 0x766f4e:
      return 11;
    case 0x636544:
      return 12;
    default:
      return 0;
  }
}

/** The largest epoch that is read: the end of the year 9999. */
const lastMoment: i64 = 253_402_300_799_999;

function readEpoch(from: usize, end: usize): i64 {
  let point = from;
  while (point < end && isDigit(load<u8>(point))) point++;
  const digits = <i32>(point - from);
  if (digits < 9 || digits > 19) return noTime;
  // So many digits make milliseconds; those behind them are cut off, before they cost precision.
  let left = digits + (digits <= 11 ? 3 : digits <= 14 ? 0 : digits <= 17 ? -3 : -6);
  let moment: i64 = 0;
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at);
    if (at == point && byte == 46) continue;
    if (!isDigit(byte)) return noTime;
    if (left > 0) moment = moment * 10 + byte - 48;
    left--;
  }
  for (; left > 0; left--) moment *= 10;
  return moment <= lastMoment ? moment : noTime;
}

/** Whether five digits stand here. */
function isEpoch(from: usize): bool {
  for (let at = from; at < from + 5; at++) if (!isDigit(load<u8>(at))) return false;
  return true;
}

function isDigit(byte: u32): bool {
  return byte - 48 <= 9;
}

/** A number of two digits, -1 where they are none. */
function two(at: usize): i32 {
  const tens = <u32>load<u8>(at) - 48;
  const ones = <u32>load<u8>(at, 1) - 48;
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : -1;
}

function four(at: usize): i32 {
  const high = two(at);
  const low = two(at + 2);
  return high < 0 || low < 0 ? -1 : high * 100 + low;
}
