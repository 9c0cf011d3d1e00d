// Searches look at sixteen bytes at a time. All of them end at a newline, which every chunk of lines
// ends in; they look at most `lookAhead` bytes beyond it.

/** The place of a byte or of the end of the line, whichever comes first. */
export function findByte(from: i32, byte: i32): i32 {
  const wanted = i8x16.splat(<i8>byte);
  const newline = i8x16.splat(10);
  let at = from;
  while (true) {
    const bytes = v128.load(at);
    const hits = i8x16.bitmask(v128.or(i8x16.eq(bytes, wanted), i8x16.eq(bytes, newline)));
    if (hits != 0) return at + ctz(hits);
    at += 16;
  }
}

/** The place of a quote that no backslash escapes, or of the end of the line. */
export function findQuote(from: i32): i32 {
  let at = from;
  while (true) {
    at = findByte(at, 0x22);
    if (load<u8>(at) == 10 || at == from || load<u8>(at - 1) != 0x5c) return at;
    let slashes = 1;
    while (at - 1 - slashes >= from && load<u8>(at - 1 - slashes) == 0x5c) slashes++;
    if ((slashes & 1) == 0) return at;
    at++;
  }
}

/** The first byte at or after a place that is no blank, tab or carriage return. */
export function skipBlanks(from: i32): i32 {
  let at = from;
  while (true) {
    const byte = load<u8>(at);
    if (byte != 32 && byte != 9 && byte != 13) return at;
    at++;
  }
}
