import { endOfText, noteValue, skipValue } from './json-values.ts';
import { slotCount, slotsAt } from './layout.ts';
import {
  itemBytes,
  itemIndex,
  itemNode,
  keyAt,
  keyBytes,
  keyLength,
  keyNode,
  longestSeen,
  nodeItems,
  nodeItemsAt,
  nodeKeys,
  nodeKeysAt,
  nodeMemory,
  nodeSlot,
  seenBytes,
  seenCount,
  seenEntries,
  seenLength,
  seenMask,
  seenNext,
  seenNode,
  seenOther,
  seenText,
  seenWanted,
} from './nodes.ts';
import { findByte, skipBlanks } from './search.ts';

/**
 * Walks one object. Text before the first brace is passed over: what a container or syslog wrote
 * there.
 * @returns where the next line or the next object of this one begins, or `~place`
 */
export function walkJson(root: i32, start: i32): i32 {
  memory.fill(slotsAt, 0, 8 * slotCount);
  let at = findByte(start, 123);
  if (load<u8>(at) == 10) return ~at;
  at = walkObject(at + 1, root);
  if (at < 0) return at;
  if (load<u8>(at) == 10) return at + 1;
  at = skipBlanks(at);
  if (load<u8>(at) == 44) at = skipBlanks(at + 1);
  const byte = load<u8>(at);
  if (byte == 10) return at + 1;
  return byte == 123 ? at : ~at;
}

/**
 * Reads an object from behind its brace. Logs write the same keys in the same order line after line:
 * what stands between two values is compared with what stood there before, and only what is new is
 * read as a key.
 */
function walkObject(from: i32, node: i32): i32 {
  const brace = load<i32>(node, nodeMemory);
  let seen = brace;
  let at = from;
  while (true) {
    if (load<u8>(at) == 125) return at + 1;
    let child = 0;
    const next = seen == 0 ? 0 : guess(seen, at);
    if (next != 0) {
      seen = next;
      at += load<i32>(next, seenLength);
      child = load<i32>(next, seenNode);
    } else {
      const begin = at;
      while (true) {
        at = skipBlanks(at);
        if (load<u8>(at) != 44) break;
        at++;
      }
      const byte = load<u8>(at);
      if (byte == 125) return at + 1;
      if (byte != 34) return ~at;
      const key = at + 1;
      at = endOfText(key);
      if (load<u8>(at) == 10) return ~at;
      const end = at;
      at = skipBlanks(at + 1);
      if (load<u8>(at) != 58) return ~at;
      at = skipBlanks(at + 1);
      child = findKey(node, key, end - key);
      seen = brace == 0 ? 0 : remember(brace, seen, begin, at - begin, child);
    }
    at = readChild(at, child);
    if (at < 0) return at;
  }
}

/** The entry that stands at a place of the line, if one followed before; 0 if it is another. */
function guess(seen: i32, at: i32): i32 {
  const next = load<i32>(seen, seenNext);
  const low = v128.load(at);
  const high = v128.load(at, 16);
  if (isSeen(next, low, high)) return next;
  const other = load<i32>(seen, seenOther);
  if (!isSeen(other, low, high)) return 0;
  store<i32>(seen, other, seenNext);
  store<i32>(seen, next, seenOther);
  return other;
}

function isSeen(entry: i32, low: v128, high: v128): bool {
  const equal =
    i8x16.bitmask(i8x16.eq(low, v128.load(entry, seenText))) |
    (i8x16.bitmask(i8x16.eq(high, v128.load(entry, seenText + 16))) << 16);
  return (equal & load<i32>(entry, seenMask)) == load<i32>(entry, seenWanted);
}

/** Keeps what stood between two values. Gives its entry; the one before where there is no room. */
function remember(brace: i32, before: i32, from: i32, length: i32, child: i32): i32 {
  if (length > longestSeen) return before;
  const low = v128.load(from);
  const high = v128.load(from, 16);
  const count = load<i32>(brace, seenCount);
  let entry = brace + seenBytes;
  const end = entry + count * seenBytes;
  while (entry < end && !(load<i32>(entry, seenLength) == length && isSeen(entry, low, high)))
    entry += seenBytes;
  if (entry == end) {
    if (count == seenEntries) return before;
    store<i32>(brace, count + 1, seenCount);
    const mask = length == 32 ? -1 : (1 << length) - 1;
    v128.store(entry, low, seenText);
    v128.store(entry, high, seenText + 16);
    store<i32>(entry, length, seenLength);
    store<i32>(entry, mask, seenMask);
    store<i32>(entry, mask, seenWanted);
    store<i32>(entry, child, seenNode);
    // The brace follows nothing, so it stands for what is not known yet.
    store<i32>(entry, brace, seenNext);
    store<i32>(entry, brace, seenOther);
  }
  store<i32>(before, load<i32>(before, seenNext), seenOther);
  store<i32>(before, entry, seenNext);
  return entry;
}

/** The node of a key, or 0. */
function findKey(node: i32, key: i32, length: i32): i32 {
  const entries = load<i32>(node, nodeKeysAt);
  const end = entries + load<i32>(node, nodeKeys) * keyBytes;
  for (let entry = entries; entry < end; entry += keyBytes)
    if (
      load<i32>(entry, keyLength) == length &&
      memory.compare(load<i32>(entry, keyAt), key, length) == 0
    )
      return load<i32>(entry, keyNode);
  return 0;
}

function walkArray(from: i32, node: i32): i32 {
  const items = load<i32>(node, nodeItemsAt);
  const end = items + load<i32>(node, nodeItems) * itemBytes;
  let at = from;
  let index = -1;
  while (true) {
    at = skipBlanks(at);
    if (load<u8>(at) == 93) return at + 1;
    if (load<u8>(at) == 44) {
      at++;
      continue;
    }
    index++;
    let item = items;
    while (item < end && load<i32>(item, itemIndex) != index) item += itemBytes;
    at = readChild(at, item < end ? load<i32>(item, itemNode) : 0);
    if (at < 0) return at;
  }
}

/** Reads the value of a key, whether the format looks at it or not. */
function readChild(from: i32, node: i32): i32 {
  let at = from;
  let first = load<u8>(at);
  if (first == 32 || first == 9 || first == 13) {
    at = skipBlanks(at);
    first = load<u8>(at);
  }
  if (node == 0) return skipValue(at);
  if (first == 123 && load<i32>(node, nodeKeys) > 0) return walkObject(at + 1, node);
  if (first == 91 && load<i32>(node, nodeItems) > 0) return walkArray(at + 1, node);
  const slot = load<i32>(node, nodeSlot);
  return slot == 0 ? skipValue(at) : noteValue(at, slot);
}
