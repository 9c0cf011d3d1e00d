import { composePrefix, criPrefix, podPrefix, syslogPrefix } from './prefixes.ts';
import { findByte } from './search.ts';

/** Where the line itself begins, behind its prefix; a line without the prefix begins where it is. */
export function skipPrefix(prefix: i32, from: i32): i32 {
  if (prefix == criPrefix) return behindWords(from, 3);
  if (prefix == syslogPrefix) return isVersioned(from) ? behindStructured(from) : behind(from, 58);
  if (prefix == composePrefix) return behind(from, 124);
  if (prefix == podPrefix) return load<u8>(from) == 91 ? behind(from, 93) : from;
  return from;
}

/** The place behind the first such byte that a blank follows; where there is none, the start. */
function behind(from: i32, byte: i32): i32 {
  let at = from;
  while (true) {
    at = findByte(at, byte);
    if (load<u8>(at) == 10) return from;
    if (load<u8>(at + 1) == 32) return at + 2;
    at++;
  }
}

function behindWords(from: i32, words: i32): i32 {
  let at = from;
  let left = words;
  while (true) {
    at = findByte(at, 32);
    if (load<u8>(at) == 10) return from;
    at++;
    left--;
    if (left == 0) return at;
  }
}

/** `<134>1 `: the version behind the priority tells RFC 5424. */
function isVersioned(from: i32): bool {
  if (load<u8>(from) != 60) return false;
  for (let at = from + 1; at < from + 5; at++)
    if (load<u8>(at) == 62) return load<u8>(at + 1) == 49 && load<u8>(at + 2) == 32;
  return false;
}

/** Behind six words and the structured data, which is `-` or stands in brackets. */
function behindStructured(from: i32): i32 {
  const data = behindWords(from, 6);
  if (data == from) return from;
  return load<u8>(data) == 91 ? behind(data, 93) : behindWords(data, 1);
}
