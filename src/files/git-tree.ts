/** The files that are asked about, as a tree of their folders. Names are bytes as Latin-1 text. */
export interface WantedFolder {
  readonly folders: Map<string, WantedFolder>;
  /** Name of a file → its path as it was asked for. */
  readonly files: Map<string, string>;
}

/** Makes a tree of paths. @param paths with `/`, relative to the root of the repository → as asked for */
export function toWanted(paths: ReadonlyMap<string, string>): WantedFolder {
  const root: WantedFolder = { folders: new Map(), files: new Map() };
  for (const [path, asked] of paths) {
    const names = path.split('/').map((name) => Buffer.from(name, 'utf8').toString('latin1'));
    let folder = root;
    for (const name of names.slice(0, -1)) {
      const next = folder.folders.get(name) ?? { folders: new Map(), files: new Map() };
      folder.folders.set(name, next);
      folder = next;
    }
    folder.files.set(names.at(-1) ?? '', asked);
  }
  return root;
}

interface Entry {
  readonly isFolder: boolean;
  readonly name: string;
  readonly id: string;
}

/**
 * The wanted files that differ between two versions of a folder. What is equal is not looked into.
 * @param before undefined where the folder was not there
 * @param readTree undefined where the tree is missing or broken
 * @returns false where a tree could not be read, so that files may be missing
 */
export function listChanges(
  before: string | undefined,
  after: string | undefined,
  wanted: WantedFolder,
  hashBytes: number,
  readTree: (id: string) => Uint8Array | undefined,
  report: (file: string) => void,
): boolean {
  if (before === after) return true;
  const old = before === undefined ? new Uint8Array() : readTree(before);
  const now = after === undefined ? new Uint8Array() : readTree(after);
  if (!old || !now) return false;
  const [gone, come] = listDifferent(old, now, hashBytes);
  let isWhole = true;
  for (const name of new Set([...gone.keys(), ...come.keys()])) {
    const [left, right] = [gone.get(name), come.get(name)];
    const file = wanted.files.get(name);
    if (file !== undefined && (left?.isFolder === false || right?.isFolder === false)) report(file);
    const folder = wanted.folders.get(name);
    if (!folder || (!left?.isFolder && !right?.isFolder)) continue;
    const ids = [left, right].map((entry) => (entry?.isFolder ? entry.id : undefined));
    isWhole = listChanges(ids[0], ids[1], folder, hashBytes, readTree, report) && isWhole;
  }
  return isWhole;
}

/** The entries of two sorted trees that are not in both, by name. */
function listDifferent(
  old: Uint8Array,
  now: Uint8Array,
  hashBytes: number,
): [Map<string, Entry>, Map<string, Entry>] {
  const gone = new Map<string, Entry>();
  const come = new Map<string, Entry>();
  let [left, right] = [0, 0];
  while (left < old.length || right < now.length) {
    const leftEnd = endOfEntry(old, left, hashBytes);
    const rightEnd = endOfEntry(now, right, hashBytes);
    if (isSame(old, left, leftEnd, now, right, rightEnd)) {
      [left, right] = [leftEnd, rightEnd];
      continue;
    }
    const leftEntry = readEntry(old, left, leftEnd, hashBytes);
    const rightEntry = readEntry(now, right, rightEnd, hashBytes);
    const order = compareEntries(leftEntry, rightEntry);
    if (leftEntry && order <= 0) gone.set(leftEntry.name, leftEntry);
    if (rightEntry && order >= 0) come.set(rightEntry.name, rightEntry);
    if (order <= 0) left = leftEnd;
    if (order >= 0) right = rightEnd;
  }
  return [gone, come];
}

/** Behind an entry: mode, space, name, zero byte, id. */
function endOfEntry(tree: Uint8Array, start: number, hashBytes: number): number {
  if (start >= tree.length) return tree.length;
  const zero = tree.indexOf(0, start);
  return zero < 0 ? tree.length : Math.min(zero + 1 + hashBytes, tree.length);
}

function isSame(
  a: Uint8Array,
  aStart: number,
  aEnd: number,
  b: Uint8Array,
  bStart: number,
  bEnd: number,
): boolean {
  if (aEnd - aStart !== bEnd - bStart) return false;
  for (let index = aEnd - aStart - 1; index >= 0; index--)
    if (a[aStart + index] !== b[bStart + index]) return false;
  return true;
}

function readEntry(
  tree: Uint8Array,
  start: number,
  end: number,
  hashBytes: number,
): Entry | undefined {
  if (start >= end) return undefined;
  const bytes = Buffer.from(tree.buffer, tree.byteOffset + start, end - start);
  const head = bytes.subarray(0, Math.max(0, bytes.length - hashBytes - 1)).toString('latin1');
  const space = head.indexOf(' ');
  return {
    isFolder: /^0?40000$/.test(head.slice(0, space)),
    name: head.slice(space + 1),
    id: bytes.subarray(bytes.length - hashBytes).toString('hex'),
  };
}

/** Git sorts a folder as though its name ended in a slash. A missing entry comes last. */
function compareEntries(a: Entry | undefined, b: Entry | undefined): number {
  if (!a || !b) return a ? -1 : b ? 1 : 0;
  const [left, right] = [a, b].map(({ name, isFolder }) => (isFolder ? `${name}/` : name));
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
}
