/** A source of numbers that is the same in each run (xorshift; Marsaglia 2003). */
export function newRandom(seed: number): (below: number) => number {
  let state = seed | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const encoder = new TextEncoder();

/** What breaks readers where it stands in the middle of a line. */
const pieces: readonly Uint8Array[] = [
  ...[
    '"',
    '\\',
    '\\"',
    '\\\\',
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    ' ',
    '  ',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\0',
    '-',
    '#',
    '/',
    '?',
    ';',
    '|',
    "'",
    '%',
    '<',
    '>',
  ],
  ...[
    '\\u',
    '\\u00',
    '\\ud83d',
    '\\ud83d\\u',
    '\\u000a',
    '\\n',
    'é',
    '😀',
    '\u{feff}',
    '\u{2028}',
    '#Fields: ',
    '#Fields: date time',
    '::',
    '1e999',
    '-1',
    '0',
    '{"a":',
    '":',
    'null',
    'true',
    ' - - ',
    '[]',
    '""',
    '//',
    '@',
    '%2F',
    '{id}',
    '…',
  ],
  ...[
    '9'.repeat(30),
    'a'.repeat(300),
    '/a'.repeat(60),
    '['.repeat(200),
    '{"x":'.repeat(100),
    '\\'.repeat(51),
    ', '.repeat(50),
    ' : '.repeat(20),
  ],
].map((text) => encoder.encode(text));
const bytes = [0xff, 0xfe, 0x80, 0xc3, 0xe9, 0x00, 0x0b, 0x7f].map((byte) => Uint8Array.of(byte));
const all = [...pieces, ...bytes];

/**
 * Writes chunks of lines that were whole once: cut, with bytes replaced, removed, doubled and put in,
 * and joined to others.
 * @param lines how many to begin with; newlines that are put in make more of them, joins fewer
 */
export function* mutate(
  samples: readonly string[],
  lines: number,
  seed: number,
  chunkBytes = 256 * 1024,
): Generator<Uint8Array> {
  const random = newRandom(seed);
  const known = samples.map((sample) => encoder.encode(sample));
  const room = 16 * 1024;
  const chunk = new Uint8Array(chunkBytes + 4 * room);
  const line = new Uint8Array(2 * room);
  let filled = 0;
  for (let count = 0; count < lines; count++) {
    const sample = known[random(known.length)] as Uint8Array;
    let length = Math.min(sample.length, room);
    line.set(sample.subarray(0, length));
    const put = (piece: Uint8Array, at: number, over: number): void => {
      if (length + piece.length > room) return;
      line.copyWithin(at + piece.length, Math.min(length, at + over), length);
      line.set(piece, at);
      length = Math.max(at + piece.length, length + piece.length - Math.min(over, length - at));
    };
    for (let left = random(4) === 0 ? 0 : 1 + random(3); left > 0; left--) {
      const at = random(length + 1);
      switch (random(8)) {
        case 0:
          length = at;
          break;
        case 1:
          if (at < length) line[at] = random(256);
          break;
        case 2:
          put(Uint8Array.of(), at, 1 + random(12));
          break;
        case 3:
          put(line.slice(at, Math.min(length, at + 1 + random(40))), at, 0);
          break;
        case 4:
          put(
            (known[random(known.length)] as Uint8Array).subarray(0, 1 + random(400)),
            at,
            random(9),
          );
          break;
        default:
          put(all[random(all.length)] as Uint8Array, at, random(3));
      }
    }
    chunk.set(line.subarray(0, length), filled);
    filled += length;
    if (random(40) > 0) chunk[filled++] = 10;
    if (filled < chunkBytes) continue;
    yield chunk.slice(0, filled);
    filled = 0;
  }
  yield chunk.slice(0, filled);
}

/** How many lines there are in chunks, and how many of them are blank or begin with `#`. */
export interface LineCounts {
  lines: number;
  blank: number;
  directives: number;
  /** Braces that open: no more objects can be there. */
  braces: number;
}

/** Counts the lines of chunks as they pass: byte by byte, knowing nothing of formats. */
export async function* countLines(
  chunks: Iterable<Uint8Array>,
  counts: LineCounts,
): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  // 0: only zeros so far; 1: blanks behind them; 2: more; 3: begins with `#`.
  let state = 0;
  const end = (): void => {
    counts.lines++;
    if (state < 2) counts.blank++;
    if (state === 3) counts.directives++;
    state = 0;
    isEmpty = true;
  };
  for (const chunk of chunks) {
    for (const byte of chunk) {
      if (byte === 123) counts.braces++;
      if (byte === 10) {
        end();
        continue;
      }
      isEmpty = false;
      if (state >= 2 || (byte === 0 && state === 0)) continue;
      if (byte === 32 || byte === 9 || byte === 13) state = 1;
      else state = byte === 35 && state === 0 ? 3 : 2;
    }
    yield chunk;
  }
  if (!isEmpty) end();
}
