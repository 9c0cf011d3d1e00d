/** A longer record is broken. */
const maxRecordBytes = 1024 * 1024;

/** What is told of each byte: whether it belongs to a record, and whether the record ends with it. */
interface Splitter {
  /** 0: between records, 1: inside one, 2: the last byte of one. */
  step(byte: number): 0 | 1 | 2;
  /** Whether the last byte showed that the record before it has no end. */
  readonly isCut: boolean;
}

/**
 * Puts JSON objects on lines of their own: those that are written over several lines, and those in
 * an array.
 * @param wrapped whether the array stands in an object: `{"records": [ … ]}`
 */
export async function* splitRecords(
  chunks: AsyncIterable<Uint8Array>,
  wrapped: boolean,
): AsyncIterable<Uint8Array> {
  const splitter = newSplitter(wrapped ? 1 : 0);
  for await (const chunk of chunks) {
    const lines = new Uint8Array(2 * chunk.length);
    let length = 0;
    for (const byte of chunk) {
      const place = splitter.step(byte);
      if (splitter.isCut) lines[length++] = 10;
      if (place === 0) continue;
      lines[length++] = byte === 10 || byte === 13 ? 32 : byte;
      if (place === 2) lines[length++] = 10;
    }
    yield lines.subarray(0, length);
  }
}

function newSplitter(outer: number): Splitter {
  let depth = 0;
  let inText = false;
  let escaped = false;
  let isCut = false;
  /** The last byte that was no blank. */
  let previous = 0;
  let size = 0;
  /** Braces that close nothing are passed over. */
  let floor = 0;
  const stepInText = (byte: number): void => {
    // A text that holds a newline is broken; what follows must not be lost with it.
    if (byte === 10) inText = escaped = false;
    else if (escaped) escaped = false;
    else if (byte === 92) escaped = true;
    else if (byte === 34) inText = false;
  };
  /** Inside an object another one stands behind `[`, `,` or `:`; behind all else a new one begins. */
  const open = (): void => {
    isCut = depth > outer && previous !== 91 && previous !== 44 && previous !== 58;
    depth = isCut ? 1 : depth + 1;
  };
  /** What has not ended by now never will, if a brace is lost: the next record is looked for. */
  const giveUp = (): void => {
    isCut = true;
    inText = escaped = false;
    depth = floor = outer;
  };
  return {
    get isCut() {
      return isCut;
    },
    step(byte) {
      const before = depth;
      const wasText = inText;
      isCut = false;
      if (inText) stepInText(byte);
      else if (byte === 34) inText = true;
      else if (byte === 123) open();
      else if (byte === 125 && depth > floor) depth--;
      if (wasText) previous = 34;
      else if (byte > 32) previous = byte;
      size = depth > outer ? size + 1 : 0;
      if (size > maxRecordBytes) giveUp();
      if (before <= outer && depth <= outer) return 0;
      return depth > outer ? 1 : 2;
    },
  };
}
