import { allocate, doubled } from './memory.ts';

/** Numbers for texts, from 1; the same bytes of another kind have another number. */
@unmanaged
export class Dictionary {
  /** Hash and number of each text, in one word; 0 where there is none. */
  table: usize;
  mask: u32;
  /** A `Text` for each number. */
  texts: usize;
  room: i32;
  size: i32;
  max: i32;
  /** Bytes of all texts. */
  filled: usize;
  /** The piece of memory that texts go to. */
  free: usize;
  freeEnd: usize;
}

/** A text that has a number. */
@unmanaged
export class Text {
  start: usize;
  length: i32;
  kind: i32;
  /** The number of what it stands for, plus three; 0 where that is not known yet. */
  meaning: i32;
}

const dictionaryBytes = 64;
export const textBytes: usize = 16;
const firstPlaces = 1024;
const pieceBytes: usize = 64 * 1024;

/** The most bytes of all texts together: few long ones must not fill the memory either. */
const maxBytes: usize = 64 * 1024 * 1024;
/** A run this long in a table half empty is no chance: someone made the texts to collide. */
const maxProbes = 64;

/** @param max texts beyond this many get no number */
export function newDictionary(max: i32): Dictionary {
  const dictionary = changetype<Dictionary>(allocate(dictionaryBytes));
  dictionary.table = allocate(8 * firstPlaces);
  dictionary.mask = firstPlaces - 1;
  dictionary.room = firstPlaces / 2;
  dictionary.texts = allocate(textBytes * dictionary.room);
  dictionary.max = max;
  return dictionary;
}

/** What is known of a number; it moves when a text is added. */
export function textOf(dictionary: Dictionary, number: i32): Text {
  return changetype<Text>(dictionary.texts + textBytes * number);
}

/** The number of a text, given on its first sight; -1 where there is no room for it. */
export function numberOf(
  dictionary: Dictionary,
  from: usize,
  length: i32,
  kind: i32,
  max: i32,
): i32 {
  const hash = hashOf(from, length, kind);
  const table = dictionary.table;
  const mask = dictionary.mask;
  let place = hash & mask;
  for (let probes = 0; probes < maxProbes; probes++) {
    const entry = load<u64>(table + 8 * place);
    if (entry == 0)
      return dictionary.size < max ? add(dictionary, from, length, kind, hash, place) : -1;
    if (<u32>(entry >> 32) == hash) {
      const text = textOf(dictionary, <i32>entry);
      if (text.length == length && text.kind == kind && isEqual(text.start, from, length))
        return <i32>entry;
    }
    place = (place + 1) & mask;
  }
  return -1;
}

/** Multiplies eight bytes at a time, folding the high half onto the low one. */
function hashOf(from: usize, length: i32, kind: i32): u32 {
  let hash = <u64>(length + 256 * kind) * 0x9e3779b97f4a7c15;
  let at = from;
  let left = length;
  for (; left > 8; left -= 8) {
    hash = (hash ^ load<u64>(at)) * 0x9fb21c651e98df25;
    hash ^= hash >> 32;
    at += 8;
  }
  const rest = left > 0 ? load<u64>(at) & (<u64>-1 >> (64 - 8 * left)) : 0;
  hash = (hash ^ rest) * 0xd6e8feb86659fd93;
  hash ^= hash >> 32;
  return <u32>((hash * 0x9fb21c651e98df25) >> 32);
}

function isEqual(a: usize, b: usize, length: i32): bool {
  let at = 0;
  for (; at + 16 <= length; at += 16)
    if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false;
  const same = i8x16.bitmask(i8x16.eq(v128.load(a + at), v128.load(b + at)));
  return (~same & ((1 << (length - at)) - 1)) == 0;
}

function add(
  dictionary: Dictionary,
  from: usize,
  length: i32,
  kind: i32,
  hash: u32,
  place: u32,
): i32 {
  if (dictionary.filled + length > maxBytes) return -1;
  const number = ++dictionary.size;
  if (number == dictionary.room) {
    dictionary.texts = doubled(dictionary.texts, textBytes * dictionary.room);
    dictionary.room *= 2;
  }
  const text = textOf(dictionary, number);
  dictionary.filled += length;
  text.start = keep(dictionary, from, length);
  text.length = length;
  text.kind = kind;
  store<u64>(dictionary.table + 8 * place, ((<u64>hash) << 32) | number);
  if (<u32>(2 * number) > dictionary.mask) spread(dictionary);
  return number;
}

/** Copies bytes to where they stay. */
export function keep(dictionary: Dictionary, from: usize, length: i32): usize {
  if (dictionary.free + length > dictionary.freeEnd) {
    const bytes = max<usize>(pieceBytes, length);
    dictionary.free = allocate(bytes + 16);
    dictionary.freeEnd = dictionary.free + bytes;
  }
  const start = dictionary.free;
  memory.copy(start, from, length);
  dictionary.free = start + length;
  return start;
}

function spread(dictionary: Dictionary): void {
  const old = dictionary.table;
  const places = dictionary.mask + 1;
  const mask = 4 * places - 1;
  const table = allocate(32 * places);
  for (let index: u32 = 0; index < places; index++) {
    const entry = load<u64>(old + 8 * index);
    if (entry == 0) continue;
    let place = <u32>(entry >> 32) & mask;
    while (load<u64>(table + 8 * place) != 0) place = (place + 1) & mask;
    store<u64>(table + 8 * place, entry);
  }
  dictionary.table = table;
  dictionary.mask = mask;
}
