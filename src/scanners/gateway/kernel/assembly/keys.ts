import { allocate, doubled } from './memory.ts';

/** Bytes of a key: caller, product, callee, host and template. */
export const keyBytes: usize = 20;

/** What `findKey` gives where there is no room for another key. */
export const noRoom: i32 = -0x8000_0000;

/** A run this long in a table half empty is no chance: someone made the keys to collide. */
const maxProbes = 128;
const firstPlaces = 1024;

/** Hash and number, plus one, of each key in one word; 0 where there is none. */
let table: usize = 0;
let mask: u32 = 0;
let keys: usize = 0;
let room: i32 = 0;
let size: i32 = 0;

/** Forgets all keys, whose memory was given back. */
export function newKeys(): void {
  table = allocate(8 * firstPlaces);
  mask = firstPlaces - 1;
  room = firstPlaces / 2;
  keys = allocate(keyBytes * room + 16);
  size = 0;
}

/** Where the keys of all numbers lie, one after the other. */
export function keysAt(): usize {
  return keys;
}

/**
 * The number of a key, from 0; `~number` on its first sight, `noRoom` where there is none for it.
 * @param max keys beyond this many get no number
 */
export function findKey(a: i32, b: i32, c: i32, d: i32, e: i32, max: i32): i32 {
  const hash = hashOf(a, b, c, d, e);
  let place = hash & mask;
  for (let probes = 0; ; place = (place + 1) & mask) {
    const entry = load<u64>(table + 8 * place);
    if (entry == 0) break;
    if (probes++ == maxProbes) return noRoom;
    if (<u32>(entry >> 32) != hash) continue;
    const number = <i32>entry - 1;
    const at = keys + keyBytes * number;
    const differs =
      (load<i32>(at) ^ a) |
      (load<i32>(at, 4) ^ b) |
      (load<i32>(at, 8) ^ c) |
      (load<i32>(at, 12) ^ d) |
      (load<i32>(at, 16) ^ e);
    if (differs == 0) return number;
  }
  if (size >= max) return noRoom;
  const number = size++;
  if (size > room) {
    keys = doubled(keys, keyBytes * room);
    room *= 2;
  }
  const at = keys + keyBytes * number;
  store<i32>(at, a);
  store<i32>(at, b, 4);
  store<i32>(at, c, 8);
  store<i32>(at, d, 12);
  store<i32>(at, e, 16);
  store<u64>(table + 8 * place, ((<u64>hash) << 32) | size);
  if (<u32>(2 * size) > mask) spread();
  return ~number;
}

function hashOf(a: i32, b: i32, c: i32, d: i32, e: i32): u32 {
  const caller = ((<u64>(<u32>a)) << 32) | <u32>c;
  const rest = ((<u64>(<u32>b)) << 32) | <u32>d;
  let hash = caller * 0x9e3779b97f4a7c15;
  hash = (hash ^ (hash >> 32) ^ <u64>(<u32>e)) * 0x9fb21c651e98df25;
  hash = (hash ^ (hash >> 32) ^ rest) * 0xd6e8feb86659fd93;
  return <u32>(hash >> 32) ^ <u32>hash;
}

function spread(): void {
  const places = mask + 1;
  const larger = allocate(32 * places);
  const wider = 4 * places - 1;
  for (let index: u32 = 0; index < places; index++) {
    const entry = load<u64>(table + 8 * index);
    if (entry == 0) continue;
    let place = <u32>(entry >> 32) & wider;
    while (load<u64>(larger + 8 * place) != 0) place = (place + 1) & wider;
    store<u64>(larger + 8 * place, entry);
  }
  table = larger;
  mask = wider;
}
