import { findQuote } from './search.ts';

/** The place behind a value of any kind, or `~place` where the line ends inside it. */
export function skipValue(from: i32): i32 {
  const first = load<u8>(from);
  if (first == 34) {
    const end = endOfText(from + 1);
    return load<u8>(end) == 10 ? ~end : end + 1;
  }
  if (first == 123 || first == 91) return behindNested(from);
  return behindPlain(from);
}

/**
 * Notes where a text, number or word lies, and gives the place behind it. Nothing is noted for
 * `null`, an empty text, or what holds values of its own.
 */
export function noteValue(from: i32, slot: i32): i32 {
  const first = load<u8>(from);
  if (first == 34) {
    const start = from + 1;
    const quote = findSpecial(start);
    if (load<u8>(quote) == 34) {
      if (quote > start) {
        store<i32>(slot, start);
        store<i32>(slot, quote, 4);
      }
      return quote + 1;
    }
    const close = findQuote(start);
    if (load<u8>(close) == 10) return ~close;
    const end = removeEscapes(start, close);
    if (end > start) {
      store<i32>(slot, start);
      store<i32>(slot, end, 4);
    }
    return close + 1;
  }
  const behind = skipValue(from);
  if (behind < 0 || first == 123 || first == 91) return behind;
  if (first == 110 && behind - from == 4) return behind;
  store<i32>(slot, from);
  store<i32>(slot, behind, 4);
  return behind;
}

/** The first quote, backslash or newline. */
function findSpecial(from: i32): i32 {
  const quote = i8x16.splat(34);
  const slash = i8x16.splat(92);
  const newline = i8x16.splat(10);
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const hits = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, slash)), i8x16.eq(bytes, newline)),
    );
    if (hits != 0) return at + ctz(hits);
    at += 16;
  }
}

/** The quote that ends a text, or the end of the line. */
export function endOfText(from: i32): i32 {
  const at = findSpecial(from);
  return load<u8>(at) == 92 ? findQuote(from) : at;
}

/** Numbers and words end at a comma, a closing bracket or a blank. */
function behindPlain(from: i32): i32 {
  // Of each half of a byte the bits of the sets it may belong to; a byte counts where both share one.
  const lows = i8x16(2, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 8, 2, 12, 0, 0);
  const highs = i8x16(1, 0, 2, 0, 0, 4, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0);
  const half = i8x16.splat(15);
  const zero = i8x16.splat(0);
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const low = i8x16.swizzle(lows, v128.and(bytes, half));
    const high = i8x16.swizzle(highs, v128.and(i16x8.shr_u(bytes, 4), half));
    const hits = i8x16.bitmask(i8x16.ne(v128.and(low, high), zero));
    if (hits != 0) {
      at += ctz(hits);
      break;
    }
    at += 16;
  }
  const byte = load<u8>(at);
  const ends = byte == 44 || byte == 125 || byte == 93 || byte == 32;
  return ends && at > from ? at : ~at;
}

function behindNested(from: i32): i32 {
  const quote = i8x16.splat(34);
  const newline = i8x16.splat(10);
  const open = i8x16.splat(123);
  const close = i8x16.splat(125);
  const same = i8x16.splat(32);
  let depth = 0;
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    // Square brackets differ from braces in one bit, which no other byte of the four has.
    const either = v128.or(bytes, same);
    const hits = i8x16.bitmask(
      v128.or(
        v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, newline)),
        v128.or(i8x16.eq(either, open), i8x16.eq(either, close)),
      ),
    );
    if (hits == 0) {
      at += 16;
      continue;
    }
    at += ctz(hits);
    const byte = load<u8>(at);
    if (byte == 34) {
      at = endOfText(at + 1);
      if (load<u8>(at) == 10) return ~at;
    } else if (byte == 10) return ~at;
    else if (byte == 123 || byte == 91) depth++;
    else {
      depth--;
      if (depth == 0) return at + 1;
    }
    at++;
  }
}

/** Rewrites the escapes of a JSON text in place; the result is never longer. Gives its end. */
function removeEscapes(from: i32, end: i32): i32 {
  let read = from;
  while (read < end && load<u8>(read) != 92) read++;
  let write = read;
  while (read < end) {
    const byte = load<u8>(read);
    if (byte != 92) {
      store<u8>(write, byte);
      write++;
      read++;
    } else if (load<u8>(read + 1) == 117) {
      const high = hexadecimal(read + 2);
      const isPair =
        (high & 0xfc00) == 0xd800 && load<u8>(read + 6) == 92 && load<u8>(read + 7) == 117;
      const low = isPair ? hexadecimal(read + 8) : 0;
      const whole = isPair && (low & 0xfc00) == 0xdc00;
      write = writeUtf8(write, whole ? 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff) : high);
      read += whole ? 12 : 6;
    } else {
      store<u8>(write, plainEscape(load<u8>(read + 1)));
      write++;
      read += 2;
    }
  }
  return write;
}

/** What stands for itself, and what a letter behind a backslash stands for. */
function plainEscape(byte: u8): u8 {
  if (byte == 34 || byte == 47 || byte == 92) return byte;
  if (byte == 98) return 8;
  if (byte == 102) return 12;
  // A newline inside a value would end the line.
  if (byte == 110) return 32;
  if (byte == 114) return 13;
  return byte == 116 ? 9 : 63;
}

function hexadecimal(at: i32): i32 {
  let value = 0;
  for (let index = at; index < at + 4; index++) {
    const byte = <i32>load<u8>(index);
    const digit = byte <= 57 ? byte - 48 : (byte | 32) - 87;
    if (digit < 0 || digit > 15) return 0xfffd;
    value = value * 16 + digit;
  }
  // Half of a pair stands for no character, and a newline would end the line.
  return value == 10 ? 32 : value;
}

function writeUtf8(from: i32, point: i32): i32 {
  const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
  if (code < 0x80) {
    store<u8>(from, <u8>code);
    return from + 1;
  }
  if (code < 0x800) {
    store<u8>(from, <u8>(0xc0 | (code >> 6)));
    store<u8>(from, <u8>(0x80 | (code & 63)), 1);
    return from + 2;
  }
  if (code < 0x10000) {
    store<u8>(from, <u8>(0xe0 | (code >> 12)));
    store<u8>(from, <u8>(0x80 | ((code >> 6) & 63)), 1);
    store<u8>(from, <u8>(0x80 | (code & 63)), 2);
    return from + 3;
  }
  store<u8>(from, <u8>(0xf0 | (code >> 18)));
  store<u8>(from, <u8>(0x80 | ((code >> 12) & 63)), 1);
  store<u8>(from, <u8>(0x80 | ((code >> 6) & 63)), 2);
  store<u8>(from, <u8>(0x80 | (code & 63)), 3);
  return from + 4;
}
