import { allocate, doubled } from './memory.ts';
import { bucketOf } from './values.ts';

/** Bytes of the eight figures of a group: calls, client and server errors, reads, writes, bytes, first, last. */
const rowBytes: usize = 64;
const octaves = 35;
const bucketsPerOctave = 64;
const pagesBytes: usize = 4 * octaves;
const firstRoom = 512;
const waitingDurations = 2048;

let rows: usize = 0;
/** For each octave of each group where its counters lie; 0 where there are none yet. */
let pages: usize = 0;
/** The line that each group was first seen in. */
let lines: usize = 0;
/** Group and bucket of durations that are not counted yet. */
let waiting: usize = 0;
let waitingCount: i32 = 0;
let size: i32 = 0;
let room: i32 = 0;

/** Forgets all groups, whose memory was given back. */
export function newFigures(): void {
  size = 0;
  room = firstRoom;
  rows = allocate(rowBytes * room);
  pages = allocate(pagesBytes * room);
  lines = allocate(8 * room);
  waiting = allocate(8 * waitingDurations);
  waitingCount = 0;
}

export function groupCount(): i32 {
  return size;
}

/** Where the rows of all groups lie, one after the other. */
export function rowsAt(): usize {
  return rows;
}

/** Where the first lines of all groups lie, as floats. */
export function firstLinesAt(): usize {
  return lines;
}

/** Adds a group without calls. */
export function addGroup(line: u32): void {
  const group = size++;
  if (size > room) {
    rows = doubled(rows, rowBytes * room);
    pages = doubled(pages, pagesBytes * room);
    lines = doubled(lines, 8 * room);
    room *= 2;
  }
  const row = rows + rowBytes * group;
  store<f64>(row, Infinity, 48);
  store<f64>(row, -Infinity, 56);
  store<f64>(lines + 8 * group, <f64>line);
}

/** Counts one call. @param time milliseconds since 1970, negative where the line has none */
export function countCall(
  group: i32,
  statusClass: i32,
  isRead: bool,
  isWrite: bool,
  bytes: f64,
  time: i64,
): void {
  const row = rows + rowBytes * group;
  store<f64>(row, load<f64>(row) + 1);
  store<f64>(row, load<f64>(row, 8) + <f64>(<i32>(statusClass == 4)), 8);
  store<f64>(row, load<f64>(row, 16) + <f64>(<i32>(statusClass == 5)), 16);
  store<f64>(row, load<f64>(row, 24) + <f64>(<i32>isRead), 24);
  store<f64>(row, load<f64>(row, 32) + <f64>(<i32>isWrite), 32);
  store<f64>(row, load<f64>(row, 40) + bytes, 40);
  if (time < 0) return;
  const moment = <f64>time;
  if (moment < load<f64>(row, 48)) store<f64>(row, moment, 48);
  if (moment > load<f64>(row, 56)) store<f64>(row, moment, 56);
}

/** Counts the duration of one call, in whole microseconds. */
export function countDuration(group: i32, microseconds: f64): void {
  const at = waiting + 8 * waitingCount++;
  store<i32>(at, group);
  store<i32>(at, bucketOf(microseconds), 4);
  if (waitingCount == waitingDurations) countWaiting();
}

/** Counters lie far apart; in a loop of their own the processor waits for many at once. */
function countWaiting(): void {
  const end = waiting + 8 * waitingCount;
  for (let at = waiting; at < end; at += 8) {
    const bucket = load<u32>(at, 4);
    const place = pages + pagesBytes * load<i32>(at) + 4 * (bucket / bucketsPerOctave);
    let page = load<u32>(place);
    if (page == 0) {
      page = <u32>allocate(4 * bucketsPerOctave);
      store<u32>(place, page);
    }
    const counter = page + 4 * (bucket % bucketsPerOctave);
    store<u32>(counter, load<u32>(counter) + 1);
  }
  waitingCount = 0;
}

/** Where `packSketches` put the pairs of bucket and count, how many numbers, and where groups end. */
export let pairsAt: usize = 0;
export let pairsLength: i32 = 0;
export let pairEndsAt: usize = 0;

/** How many counters have counted something. */
function countPairs(): i32 {
  let pairs = 0;
  const end = pages + pagesBytes * size;
  for (let place = pages; place < end; place += 4) {
    const page: usize = load<u32>(place);
    if (page == 0) continue;
    for (let at = page; at < page + 4 * bucketsPerOctave; at += 4) pairs += i32(load<u32>(at) != 0);
  }
  return pairs;
}

/** Writes the counts of all durations side by side. */
export function packSketches(): void {
  countWaiting();
  pairEndsAt = allocate(4 * size);
  pairsAt = allocate(8 * countPairs());
  pairsLength = 0;
  for (let group = 0; group < size; group++) {
    for (let octave = 0; octave < octaves; octave++) {
      const page: usize = load<u32>(pages + pagesBytes * group + 4 * octave);
      for (let index = 0; page != 0 && index < bucketsPerOctave; index++) {
        const count = load<u32>(page + 4 * index);
        if (count == 0) continue;
        const pair = pairsAt + 4 * pairsLength;
        store<i32>(pair, octave * bucketsPerOctave + index);
        store<u32>(pair, count, 4);
        pairsLength += 2;
      }
    }
    store<i32>(pairEndsAt + 4 * group, pairsLength);
  }
}
