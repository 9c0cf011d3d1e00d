import { templateAt } from './layout.ts';

/** The longest template; what is deeper or longer ends in `…`. */
const maxBytes = 160;
const maxSegments = 10;
/** What is longer is no name that anyone chose. */
const maxNameBytes = 80;

/** `{id}` as one word, and the three bytes of `…`. */
const placeholder: u32 = 0x7d64697b;
const placeholderBytes = 4;
const ellipsis: u32 = 0xa680e2;

/**
 * Writes the template of a path to `templateAt`: segments that name one thing (numbers, UUIDs,
 * hashes, dates, addresses, long tokens) become `{id}`; the query, fragments and path parameters
 * (`;a=b`) are left out, and a blank ends the path.
 * @param literal how many leading segments stay as they are, because a route is mapped by them
 * @returns its length in bytes, 1 for the root
 */
export function writeTemplate(from: usize, end: usize, literal: i32): i32 {
  let length = 0;
  let read = from;
  for (let segment = 0; ; segment++) {
    while (read < end && load<u8>(read) == 47) read++;
    if (read >= end || endsPath(load<u8>(read))) break;
    const start = read;
    let digits = 0;
    let signs = 0;
    for (;;) {
      const block = v128.load(read);
      const inside = min(ctz(endings(block) | 0x10000), <i32>(end - read));
      const mask = (1 << inside) - 1;
      digits += popcnt(i8x16.bitmask(isDigit(block)) & mask);
      signs |= i8x16.bitmask(i8x16.eq(block, i8x16.splat(64))) & mask;
      read += inside;
      if (inside < 16) break;
    }
    const size = <i32>(read - start);
    const isPlaceholder =
      size > maxNameBytes ||
      ((digits | signs) != 0 &&
        segment >= literal &&
        (signs != 0 || isIdentifier(start, size, digits)));
    const written = isPlaceholder ? placeholderBytes : size;
    if (segment == maxSegments || length + written > maxBytes - 8) return endInEllipsis(length);
    const into = templateAt + length;
    store<u8>(into, 47);
    if (isPlaceholder) store<u32>(into, placeholder, 1);
    else for (let at = 0; at < size; at += 16) v128.store(into + at, v128.load(start + at), 1);
    length += 1 + written;
    // A path parameter (`;jsessionid=…`) names a session, not a place.
    if (read < end && load<u8>(read) == 59)
      while (read < end && load<u8>(read) != 47 && !endsPath(load<u8>(read))) read++;
  }
  if (length > 0) return length;
  store<u8>(templateAt, 47);
  return 1;
}

/** Leaves some leading segments of the template and writes `/…` for the rest. @returns its length */
export function cutTemplate(length: i32, segments: i32): i32 {
  let at = 0;
  for (let left = segments; at < length; at++) {
    if (load<u8>(templateAt + at) == 47 && left-- == 0) break;
  }
  if (at >= length) return length;
  store<u8>(templateAt + at, 47);
  return endInEllipsis(at + 1);
}

function endInEllipsis(length: i32): i32 {
  store<u32>(templateAt + length, ellipsis);
  return length + 3;
}

/** `?`, `#` and a blank end a path. */
function endsPath(byte: u32): bool {
  return byte == 63 || byte == 35 || byte == 32;
}

/** A bit for each byte that ends a segment: `/`, `;`, `?`, `#` or a blank. */
function endings(block: v128): i32 {
  const slash = i8x16.eq(block, i8x16.splat(47));
  const semicolon = i8x16.eq(block, i8x16.splat(59));
  const question = i8x16.eq(block, i8x16.splat(63));
  const hash = i8x16.eq(block, i8x16.splat(35));
  const blank = i8x16.eq(block, i8x16.splat(32));
  const all = v128.or(v128.or(slash, semicolon), v128.or(v128.or(question, hash), blank));
  return i8x16.bitmask(all);
}

/** Whether a segment with so many digits, of sixteen bytes at a time, names one thing among many. */
function isIdentifier(start: usize, size: i32, digits: i32): bool {
  if (digits == 0) return false;
  // Codes such as `ORD-20391`.
  if (digits >= 4 && 2 * digits >= size) return true;
  // JWTs and tokens with signs in them: what opens a door must not be told.
  if (size >= 24 && digits >= 3) return true;
  let numeric = true;
  let hexadecimal = size >= 16;
  let word = size >= 20 && digits >= 3;
  for (let at = 0; at < size; at += 16) {
    const outside = size - at >= 16 ? 0 : -1 << (size - at);
    const block = v128.load(start + at);
    const digit = isDigit(block);
    const dash = i8x16.eq(block, i8x16.splat(45));
    // Numbers, dates, IP addresses: `+`, `,`, `-`, `.` and `:` beside digits.
    const points = v128.or(isBetween(block, 43, 46), i8x16.eq(block, i8x16.splat(58)));
    const lower = v128.or(block, i8x16.splat(32));
    // UUIDs and hashes.
    const hex = v128.or(v128.or(digit, dash), isBetween(lower, 97, 102));
    // ULIDs and other random tokens: letters and digits in a row, too long for a word.
    const letters = v128.or(digit, isBetween(lower, 97, 122));
    if (!isFull(v128.or(digit, points), outside)) numeric = false;
    if (!isFull(hex, outside)) hexadecimal = false;
    if (!isFull(letters, outside)) word = false;
  }
  return numeric || hexadecimal || word;
}

function isFull(block: v128, outside: i32): bool {
  return ((i8x16.bitmask(block) | outside) & 0xffff) == 0xffff;
}

function isDigit(block: v128): v128 {
  return isBetween(block, 48, 57);
}

function isBetween(block: v128, first: i8, last: i8): v128 {
  return i8x16.le_u(i8x16.sub(block, i8x16.splat(first)), i8x16.splat(last - first));
}
