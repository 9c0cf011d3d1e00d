import { createHash } from 'node:crypto';
import { isMainThread } from 'node:worker_threads';
import { InputError } from '../errors.ts';

/** The name of standard input, where a file is asked for. */
export const standardInput = '-';

/** As much of the beginning is kept, so that a reader may look at it and then read all. */
const keptBytes = 8 * 1024 * 1024;

/** What comes in on standard input. */
export interface StandardInput {
  /**
   * The bytes as they come, from the first one on. @throws InputError where more than the first 8 MB
   * were read before, and where a person would have to type them
   */
  chunks(): AsyncGenerator<Uint8Array>;
  /** SHA-256 of all that came in, in hexadecimal; reads on to its end. */
  digest(): Promise<string>;
}

function openProcessInput(): NodeJS.ReadStream {
  // In another thread it never ends, and nothing comes.
  if (!isMainThread) throw new Error('standard input is read in the main thread');
  return process.stdin;
}

/** Opens a stream that can be read once; its digest is taken on the way. */
export function openStandardInput(
  open: () => AsyncIterable<Uint8Array> & { readonly isTTY?: boolean } = openProcessInput,
): StandardInput {
  const hash = createHash('sha256');
  let input: AsyncIterator<Uint8Array> | undefined;
  let digest: string | undefined;
  /** All that was read, until it is too much. */
  let kept: Uint8Array[] | undefined = [];
  let length = 0;

  const next = async (): Promise<Uint8Array | undefined> => {
    const { done, value } = (await input?.next()) ?? { done: true, value: undefined };
    if (done) return undefined;
    hash.update(value);
    length += value.length;
    if (length > keptBytes) kept = undefined;
    kept?.push(value);
    return value;
  };

  const begin = (): void => {
    const stream = open();
    if (stream.isTTY)
      throw new InputError(
        `${standardInput}: nothing comes in on standard input; pipe a log into it.`,
      );
    input = stream[Symbol.asyncIterator]();
  };

  return {
    async *chunks() {
      if (!input) begin();
      if (!kept) throw new InputError(`${standardInput}: standard input can be read only once.`);
      const before = kept;
      let index = 0;
      for (;;) {
        const chunk = before[index++] ?? (await next());
        if (!chunk) return;
        if (before !== kept) before.length = 0;
        yield chunk;
      }
    },
    async digest() {
      if (digest === undefined) {
        while (await next());
        digest = hash.digest('hex');
      }
      return digest;
    },
  };
}
