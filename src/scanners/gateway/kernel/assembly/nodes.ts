/**
 * The program of a JSON format: a tree of the keys that it looks at. Written by ../token-program.ts,
 * read by walk-json.ts.
 */
export const nodeBytes = 32;

/** Offsets of the numbers of a node. */
/** Where the value is noted; 0 where only what it holds counts. */
export const nodeSlot = 0;
/** Keys below it: how many, and where their entries lie. */
export const nodeKeys = 4;
export const nodeKeysAt = 8;
/** Places of an array below it. */
export const nodeItems = 12;
export const nodeItemsAt = 16;
/** What was seen of the keys of such objects; 0 where nothing is kept. */
export const nodeMemory = 20;

/** An entry of a key: its length, where its bytes lie, and its node. */
export const keyBytes = 12;
export const keyLength = 0;
export const keyAt = 4;
export const keyNode = 8;

/** An entry of a place in an array, and its node. */
export const itemBytes = 8;
export const itemIndex = 0;
export const itemNode = 4;

/**
 * What was seen between a value and the next one: `,"key":`. The first entry of a memory stands for
 * the brace. Each names the two that followed it last.
 */
export const seenBytes = 64;
export const seenEntries = 48;
export const seenText = 0;
export const longestSeen = 32;
export const seenLength = 32;
/** The bits of the bytes that must be equal. */
export const seenMask = 36;
/** The node of the key; 0 where the format does not look at it. */
export const seenNode = 40;
export const seenNext = 44;
export const seenOther = 48;
/** In the first entry: how many there are behind it. */
export const seenCount = 52;
/** The bits that those of an entry must come to; none come to those of an empty one. */
export const seenWanted = 56;
