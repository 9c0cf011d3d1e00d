import { BrokenFileError, InputError } from '../errors.ts';
import { type ByteSource, openBytes } from './byte-source.ts';
import {
  type Broken,
  findOtherPacking,
  findPacking,
  type Packing,
  packingHeadBytes,
} from './packing.ts';

type Unpack = (source: ByteSource) => AsyncGenerator<Uint8Array, Broken | undefined>;

/** How each packing is unpacked. Loaded when a file needs it. */
const unpackers: Readonly<Record<Packing, () => Promise<Unpack>>> = {
  gzip: async () => (await import('./gunzip.ts')).gunzip,
  zstd: async () => (await import('./unzstd.ts')).unzstd,
  bzip2: async () => (await import('./bunzip.ts')).bunzip,
};

/**
 * The content of a file, unpacked if its first bytes say that it is packed. Memory is bounded however
 * much a byte unpacks to.
 * @param chunks the file as it is stored
 * @param progress told how many bytes more were read of it
 * @throws BrokenFileError behind the last good bytes; InputError for a packing that is not read
 */
export async function* unpack(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  progress?: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const source = openBytes(progress ? counted(chunks, progress) : chunks);
  try {
    const head = await source.peek(packingHeadBytes);
    const packing = findPacking(head);
    const other = findOtherPacking(head);
    if (other !== undefined)
      throw new InputError(`${file}: is packed with ${other}, which is not read; unpack it first.`);
    if (packing === undefined) yield* source.rest();
    else yield* ahead(unpackAs(packing, source, file));
  } finally {
    await source.close();
  }
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  progress: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    yield chunk;
    // Once the next is asked for, this one is used.
    progress(chunk.length);
  }
}

async function* unpackAs(
  packing: Packing,
  source: ByteSource,
  file: string,
): AsyncGenerator<Uint8Array> {
  const run = await unpackers[packing]();
  const problem = yield* run(source);
  if (problem) {
    const { byte, reason, remedy = 'copy the file again' } = problem;
    const place = { file, line: 1, column: 1 };
    const message = `the ${packing} data is broken at byte ${byte} (${reason}); ${remedy}.`;
    throw new BrokenFileError(place, message);
  }
}

/** Makes the next item while the last one is used: unpacking goes on in another thread. */
async function* ahead<Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> {
  const start = (): Promise<IteratorResult<Item>> => {
    const next = items.next();
    next.catch(() => {});
    return next;
  };
  try {
    for (let next = start(); ; ) {
      const { done, value } = await next;
      if (done) return;
      next = start();
      yield value;
    }
  } finally {
    await items.return(undefined);
  }
}
