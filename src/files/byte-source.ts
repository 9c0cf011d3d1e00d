/** Bytes that come in chunks of any size, read in pieces of the reader's choice. */
export interface ByteSource {
  /** How many bytes were taken so far. */
  readonly offset: number;
  /** At least `count` bytes from the offset on, or all that are left. Valid until the next call. */
  peek(count: number): Promise<Uint8Array>;
  /** Moves on; no further than what `peek` has shown. */
  take(count: number): void;
  /** All that is left, in the chunks it comes in. */
  rest(): AsyncGenerator<Uint8Array>;
  /** Closes what the chunks come from. */
  close(): Promise<void>;
}

/** Opens a stream of chunks for reading in pieces. Holds no more than the largest piece and one chunk. */
export function openBytes(chunks: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = chunks[Symbol.asyncIterator]();
  let buffer = Buffer.alloc(0);
  let start = 0;
  let end = 0;
  let offset = 0;
  let ended = false;

  const append = (chunk: Uint8Array): void => {
    const held = end - start;
    if (end + chunk.length > buffer.length) {
      const old = buffer;
      // Twice what is needed, so that what is held is not moved for each chunk.
      if (2 * held + chunk.length > buffer.length)
        buffer = Buffer.allocUnsafeSlow(2 * (held + chunk.length));
      old.copy(buffer, 0, start, end);
      start = 0;
      end = held;
    }
    buffer.set(chunk, end);
    end += chunk.length;
  };

  return {
    get offset() {
      return offset;
    },
    async peek(count) {
      while (end - start < count && !ended) {
        const { done, value } = await iterator.next();
        if (done) ended = true;
        else append(value);
      }
      return buffer.subarray(start, end);
    },
    take(count) {
      start += count;
      offset += count;
    },
    async *rest() {
      if (end > start) yield buffer.subarray(start, end);
      start = end;
      for (let next = await iterator.next(); !next.done; next = await iterator.next())
        yield next.value;
    },
    async close() {
      await iterator.return?.();
    },
  };
}
