/** Text is told by this much of it. */
const sampleBytes = 4_096;

/**
 * Decodes text: UTF-16 with a byte order mark, or without one where every other byte is zero, else
 * UTF-8, else Windows-1252, which Latin-1 is part of.
 */
export function decodeText(bytes: Uint8Array): string {
  const wide = findUtf16(bytes);
  if (wide !== undefined) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Old scripts are Latin-1; what is no text at all is told by its reader.
    return new TextDecoder('windows-1252').decode(bytes);
  }
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
