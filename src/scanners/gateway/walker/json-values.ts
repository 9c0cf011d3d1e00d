import { findQuote } from './find-byte.ts';

/** The first byte at or after a place that is no blank; the newline that ends the record counts. */
export function skipBlanks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (bytes[at] === 32 || bytes[at] === 9 || bytes[at] === 13) at++;
  return at;
}

/** The place behind a value of any kind, or `~place` where the line ends inside it. */
export function skipValue(bytes: Uint8Array, words: DataView, from: number): number {
  const first = bytes[from];
  if (first === 34) return behindText(bytes, words, from);
  if (first === 123 || first === 91) return behindNested(bytes, words, from);
  return behindPlain(bytes, from);
}

/**
 * Notes where a text, number or word lies, and gives the place behind it. Nothing is noted for
 * `null`, an empty text, or what holds values of its own.
 */
export function noteValue(
  bytes: Uint8Array,
  words: DataView,
  from: number,
  slots: Int32Array,
  slot: number,
): number {
  const behind = skipValue(bytes, words, from);
  if (behind < 0) return behind;
  const first = bytes[from];
  if (first === 123 || first === 91) return behind;
  const start = first === 34 ? from + 1 : from;
  const end = first === 34 ? removeEscapes(bytes, start, behind - 1) : behind;
  if (end === start || (first === 110 && end - start === 4)) return behind;
  slots[slot] = start;
  slots[slot + 1] = end;
  return behind;
}

function behindText(bytes: Uint8Array, words: DataView, from: number): number {
  const end = findQuote(bytes, words, from + 1);
  return bytes[end] === 10 ? ~end : end + 1;
}

function behindPlain(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    const byte = bytes[at];
    if (byte === 44 || byte === 125 || byte === 93 || byte === 32) return at > from ? at : ~at;
    if (byte === 10 || byte === 34 || byte === 123) return ~at;
  }
}

function behindNested(bytes: Uint8Array, words: DataView, from: number): number {
  let depth = 0;
  for (let at = from; ; at++) {
    const byte = bytes[at];
    if (byte === 34) {
      at = findQuote(bytes, words, at + 1);
      if (bytes[at] === 10) return ~at;
    } else if (byte === 123 || byte === 91) depth++;
    else if (byte === 125 || byte === 93) {
      depth--;
      if (depth === 0) return at + 1;
    } else if (byte === 10) return ~at;
  }
}

/** What stands for itself, and what a letter behind a backslash stands for. */
const plainEscapes: Readonly<Record<number, number>> = {
  34: 34,
  47: 47,
  92: 92,
  98: 8,
  102: 12,
  // A newline inside a value would end the line.
  110: 32,
  114: 13,
  116: 9,
};

/** Rewrites the escapes of a JSON text in place; the result is never longer. Gives its end. */
function removeEscapes(bytes: Uint8Array, from: number, end: number): number {
  let read = from;
  while (read < end && bytes[read] !== 92) read++;
  let write = read;
  while (read < end) {
    const byte = bytes[read] as number;
    if (byte !== 92) {
      bytes[write++] = byte;
      read++;
    } else if (bytes[read + 1] === 117) {
      const high = hexadecimal(bytes, read + 2);
      const isPair =
        (high & 0xfc00) === 0xd800 && bytes[read + 6] === 92 && bytes[read + 7] === 117;
      const low = isPair ? hexadecimal(bytes, read + 8) : 0;
      const whole = isPair && (low & 0xfc00) === 0xdc00;
      write = writeUtf8(
        bytes,
        write,
        whole ? 0x10000 + ((high & 0x3ff) << 10) + (low & 0x3ff) : high,
      );
      read += whole ? 12 : 6;
    } else {
      bytes[write++] = plainEscapes[bytes[read + 1] as number] ?? 63;
      read += 2;
    }
  }
  return write;
}

function hexadecimal(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let index = at; index < at + 4; index++) {
    const byte = bytes[index] as number;
    const digit = byte <= 57 ? byte - 48 : (byte | 32) - 87;
    if (digit < 0 || digit > 15) return 0xfffd;
    value = value * 16 + digit;
  }
  // Half of a pair stands for no character, and a newline would end the line.
  return value === 10 ? 32 : value;
}

function writeUtf8(bytes: Uint8Array, from: number, point: number): number {
  let at = from;
  const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
  if (code < 0x80) bytes[at++] = code;
  else if (code < 0x800) {
    bytes[at++] = 0xc0 | (code >> 6);
    bytes[at++] = 0x80 | (code & 63);
  } else if (code < 0x10000) {
    bytes[at++] = 0xe0 | (code >> 12);
    bytes[at++] = 0x80 | ((code >> 6) & 63);
    bytes[at++] = 0x80 | (code & 63);
  } else {
    bytes[at++] = 0xf0 | (code >> 18);
    bytes[at++] = 0x80 | ((code >> 12) & 63);
    bytes[at++] = 0x80 | ((code >> 6) & 63);
    bytes[at++] = 0x80 | (code & 63);
  }
  return at;
}
