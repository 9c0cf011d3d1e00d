/** Text is told by this much of it. */
const sampleBytes = 4_096;

/**
 * Decodes text: UTF-16 with a byte order mark, or without one where every other byte is zero, else
 * UTF-8, else Windows-1254 where its letters say Turkish, else Windows-1252, which Latin-1 is part of.
 */
export function decodeText(bytes: Uint8Array): string {
  const wide = findUtf16(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Old scripts are Latin-1; what is no text at all is told by its reader.
    // Node.js 20 takes a whole text in Windows-1252 for Latin-1, and loses `€` and typographic
    // quotes; not so in parts.
    return new TextDecoder(isTurkish(bytes) ? 'windows-1254' : 'windows-1252').decode(bytes, {
      stream: true,
    });
  }
}

/** Ğ, İ, Ş, ğ, ı and ş, which Western Europe reads as Ð, Ý, Þ, ð, ý and þ. */
const shared = { gBreve: [0xd0, 0xf0], dottedI: [0xdd, 0xfd], sCedilla: [0xde, 0xfe] };
/** Ç, Ü, ç and ü stand beside these in Turkish; Á, É, Í, Ó, Ú, Æ, Ø and their small ones in the North. */
const southern = new Set([0xc7, 0xdc, 0xe7, 0xfc]);
const northern = new Set([
  0xc1, 0xc9, 0xcd, 0xd3, 0xda, 0xc6, 0xd8, 0xe1, 0xe9, 0xed, 0xf3, 0xfa, 0xe6, 0xf8,
]);
const consonants = new Set(
  [...'bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ'].map((each) => each.charCodeAt(0)),
);
const letterBytes = 1_000_000;

/**
 * The two code pages differ in six letters; the language tells which. `ı` is everywhere in Turkish,
 * `ş` also inside of words, while `þ` begins them; `ğ` follows a vowel, `ð` also a consonant.
 */
function isTurkish(bytes: Uint8Array): boolean {
  let turkish = 0;
  let other = 0;
  let before = 0x20;
  for (const byte of bytes.subarray(0, letterBytes)) {
    const isInside = (before | 0x20) >= 0x61 && before !== 0x7f;
    if (shared.dottedI.includes(byte)) turkish++;
    else if (shared.sCedilla.includes(byte)) turkish += isInside ? 1 : 0;
    else if (shared.gBreve.includes(byte)) other += consonants.has(before) || !isInside ? 1 : 0;
    else if (northern.has(byte)) other++;
    else if (southern.has(byte)) turkish += 0.5;
    before = byte;
  }
  return turkish > other && hasShared(bytes);
}

function hasShared(bytes: Uint8Array): boolean {
  const all = new Set(Object.values(shared).flat());
  return bytes.subarray(0, letterBytes).some((byte) => all.has(byte));
}

function findUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const pairs = Math.min(sampleBytes, bytes.length) >> 1;
  if (pairs < 4 || bytes.length % 2 !== 0) return undefined;
  let first = 0;
  let second = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (bytes[2 * pair] === 0) first++;
    if (bytes[2 * pair + 1] === 0) second++;
  }
  // Letters of Western alphabets have a zero beside them, and no other byte of a text is zero.
  const most = pairs * 0.6;
  if (first === 0 && second >= most) return 'utf-16le';
  return second === 0 && first >= most ? 'utf-16be' : undefined;
}
