import { allocate, doubled } from './memory.ts';

/** How many request ids of a group are kept: enough to tell doubles within a few per cent. */
const sampleSize = 128;
const firstRoom = 512;

/** For each group where its digests lie, and how many they are. */
let samples: usize = 0;
let room: i32 = 0;

/** Forgets all samples, whose memory was given back. */
export function newSamples(): void {
  room = 0;
}

/** Where place and size of the sample of each group lie, for so many groups at least. */
export function samplesAt(groups: i32): usize {
  makeRoom(groups);
  return samples;
}

function makeRoom(groups: i32): void {
  if (room == 0) {
    room = firstRoom;
    samples = allocate(8 * room);
  }
  while (groups > room) {
    samples = doubled(samples, 8 * room);
    room *= 2;
  }
}

/**
 * Adds the request id between two places to the sample of a group: the lowest digests (bottom-k;
 * Beyer et al. 2007), in ascending order.
 */
export function addRequest(group: i32, from: usize, end: usize): void {
  if (group >= room) makeRoom(group + 1);
  const digest = digestOf(from, end);
  const entry = samples + 8 * group;
  let sample: usize = load<u32>(entry);
  if (sample == 0) {
    sample = allocate(8 * sampleSize);
    store<u32>(entry, sample);
  }
  const size = load<i32>(entry, 4);
  if (size == sampleSize && digest >= load<f64>(sample, 8 * (sampleSize - 1))) return;
  let place = 0;
  let behind = size;
  while (place < behind) {
    const middle = (place + behind) >> 1;
    if (load<f64>(sample + 8 * middle) < digest) place = middle + 1;
    else behind = middle;
  }
  const at = sample + 8 * place;
  if (place < size && load<f64>(at) == digest) return;
  memory.copy(at + 8, at, 8 * (min(size, sampleSize - 1) - place));
  store<f64>(at, digest);
  store<i32>(entry, min(size + 1, sampleSize), 4);
}

/** A digest of the bytes of a request id, as a whole number below 2^53. */
function digestOf(from: usize, end: usize): f64 {
  const high = <u64>mix(from, end, 0x85ebca6b);
  const low = <u64>(mix(from, end, 0xc2b2ae35) >> 11);
  return <f64>(high * 0x20_0000 + low);
}

/** Rounds of MurmurHash3 (Appleby 2011) over four bytes each. */
function mix(from: usize, end: usize, seed: u32): u32 {
  let hash: u32 = seed ^ <u32>(end - from);
  for (let at = from; at < end; at += 4) {
    const left = <i32>(end - at);
    let word = load<u32>(at);
    if (left < 4) word &= (1 << (8 * left)) - 1;
    word *= 0xcc9e2d51;
    word = rotl<u32>(word, 15) * 0x1b873593;
    hash ^= word;
    hash = rotl<u32>(hash, 13) * 5 + 0xe6546b64;
  }
  hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
  hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
  return hash ^ (hash >> 16);
}
