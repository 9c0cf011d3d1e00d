/** The value of a line without one, where none can be negative. */
const none: f64 = -1;

/** Whole numbers of so many digits a float holds exactly. */
const maxDigits: usize = 15;

/** A duration written otherwise than as a number with a unit, in microseconds; -1 where it is none. */
declare function readLongDuration(from: usize, end: usize, unit: i32): f64;

/** Whether a value is there: logs write `-` where it is not. */
export function isFilled(from: usize, end: usize): bool {
  return end > from && !(end - from == 1 && load<u8>(from) == 45);
}

/** `GET` and `HEAD` read. */
export function isRead(first: u32, second: u32): bool {
  return second == 69 && (first == 71 || first == 72);
}

/** `POST`, `PUT`, `PATCH` and `DELETE` write. */
export function isWrite(first: u32, second: u32): bool {
  if (first == 68) return second == 69;
  return first == 80 && (second == 79 || second == 85 || second == 65);
}

/** The first digit of a status; 0 where none was sent (`-`, `0`, `-1`), -1 where it is no status. */
export function readStatusClass(from: usize, end: usize): i32 {
  const length = <i32>(end - from);
  const first = load<u8>(from);
  if (length == 3 && isDigit(first))
    return isDigit(load<u8>(from, 1)) && isDigit(load<u8>(from, 2)) ? first - 48 : -1;
  if (length == 0 || (first == 45 && length <= 2)) return 0;
  // Proxies that asked several upstreams write several; the last one answered.
  if (
    length > 3 &&
    isDigit(load<u8>(end - 1)) &&
    (load<u8>(end - 4) == 32 || load<u8>(end - 4) == 44)
  )
    return isDigit(load<u8>(end - 3)) && isDigit(load<u8>(end - 2)) ? load<u8>(end - 3) - 48 : -1;
  return length == 1 && first == 48 ? 0 : -1;
}

/** A count of bytes; 0 where the line has none. */
export function readCount(from: usize, end: usize): f64 {
  // So many digits a whole number holds.
  if (end - from <= maxDigits) {
    let whole: i64 = 0;
    for (let at = from; at < end; at++) {
      const byte = load<u8>(at);
      if (!isDigit(byte)) break;
      whole = whole * 10 + byte - 48;
    }
    return <f64>whole;
  }
  let count: f64 = 0;
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at);
    if (!isDigit(byte)) break;
    count = count * 10 + <f64>byte - 48;
  }
  return count;
}

/**
 * A duration in whole microseconds; -1 where the line has none. Of a list the last value counts. A
 * unit behind the number (`25ms`) outweighs the one of the format.
 */
export function readDuration(from: usize, end: usize, unit: i32): f64 {
  let at = from;
  for (let index = end; index > from; index--) {
    const byte = load<u8>(index - 1);
    if (byte != 32 && byte != 44) continue;
    at = index;
    break;
  }
  if (at >= end || !isDigit(load<u8>(at))) return none;
  const start = at;
  const isShort = end - at <= maxDigits;
  let digits: f64 = 0;
  let whole: i64 = 0;
  let places = 0;
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (isDigit(byte)) {
      if (isShort) whole = whole * 10 + byte - 48;
      else digits = digits * 10 + <f64>byte - 48;
      places += places > 0 ? 1 : 0;
    } else if (byte == 46 && places == 0) places = 1;
    else break;
  }
  if (isShort) digits = <f64>whole;
  const known = at < end ? readUnit(at, end) : unit;
  if (known < 0) return readLongDuration(start, end, unit);
  const value = (digits * microsecondsOf(known)) / powerOfTen(places);
  return value < Infinity ? floor(value + 0.5) : none;
}

function microsecondsOf(unit: i32): f64 {
  if (unit == 0) return 1e6;
  if (unit == 1) return 1e3;
  return unit == 2 ? 1 : 1e-3;
}

/** What a number of so many decimal places, the point counted with them, was multiplied by. */
function powerOfTen(places: i32): f64 {
  if (places == 4) return 1000;
  if (places > 16) return Infinity;
  let power: f64 = 1;
  for (let place = 1; place < places; place++) power *= 10;
  return power;
}

/** The unit behind a number; -1 where more than a unit stands there. */
function readUnit(at: usize, end: usize): i32 {
  const first = load<u8>(at);
  if (first == 115 && at + 1 == end) return 0;
  if (load<u8>(end - 1) != 115) return -1;
  if (first == 109 && at + 2 == end) return 1;
  if (first == 110 && at + 2 == end) return 3;
  // `us`, or `µs` in Latin-1 or UTF-8, where two letters look like it.
  const isMicro = first == 117 || first == 0xb5 || first == 0xc2 || first == 0xce;
  return isMicro && at + 3 >= end ? 2 : -1;
}

/** Buckets of one octave, and one less than the buckets there are; as in `src/latency.ts`. */
const bucketsPerOctave = 64;
const lastBucket = 35 * bucketsPerOctave - 1;
const longest: f64 = 1_099_511_627_776;

/** The bucket of a duration in whole microseconds. */
export function bucketOf(microseconds: f64): i32 {
  if (!(microseconds < longest)) return lastBucket;
  const whole = <i64>microseconds;
  if (whole < bucketsPerOctave) return <i32>max<i64>(whole, 0);
  const shift = 57 - <i32>clz(whole);
  return shift * bucketsPerOctave + <i32>(whole >> shift);
}

/**
 * Where the first address of a field ends: before its port, a comma or a blank. Of one that begins
 * with a bracket, where that closes.
 */
export function endOfAddress(from: usize, end: usize): usize {
  if (load<u8>(from) == 91) {
    let at = from + 1;
    while (at < end && load<u8>(at) != 93) at++;
    return at;
  }
  let colons = 0;
  let lastColon = from;
  let isShortened = false;
  let at = from;
  while (at < end) {
    const block = v128.load(at);
    const comma = i8x16.eq(block, i8x16.splat(44));
    const blank = i8x16.eq(block, i8x16.splat(32));
    const stop = i8x16.bitmask(v128.or(comma, blank)) | 0x10000;
    const inside = min(ctz(stop), <i32>(end - at));
    const found = i8x16.bitmask(i8x16.eq(block, i8x16.splat(58))) & ((1 << inside) - 1);
    if (found != 0) {
      colons += popcnt(found);
      // Two in a row stand for groups of zeros; they may lie on both sides of the sixteenth byte.
      if ((found & (found >> 1)) != 0) isShortened = true;
      if ((found & 1) != 0 && at > from && lastColon + 1 == at) isShortened = true;
      lastColon = at + 31 - clz(found);
    }
    at += inside;
    if (inside < 16) break;
  }
  // One colon, or one after all eight groups of IPv6, stands before a port.
  return colons == 1 || (colons == 8 && !isShortened) ? lastColon : at;
}

/** The first place where one of two bytes stands, or the end. */
export function findEither(from: usize, end: usize, one: i8, other: i8): usize {
  for (let at = from; at < end; at += 16) {
    const block = v128.load(at);
    const either = v128.or(i8x16.eq(block, i8x16.splat(one)), i8x16.eq(block, i8x16.splat(other)));
    const found = i8x16.bitmask(either);
    if (found != 0) return min(end, at + ctz(found));
  }
  return end;
}

function isDigit(byte: u32): bool {
  return byte - 48 <= 9;
}
