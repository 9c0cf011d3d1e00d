import zlib from 'node:zlib';
import { type Broken, broken } from './packing.ts';
import { openSteps, stepOptions } from './steps.ts';

/** Blocks of one frame, as they stand in the file one behind the other. */
export interface ZstdBlocks {
  readonly bytes: Uint8Array;
  /** Where in the file they begin. */
  readonly offset: number;
  readonly windowBytes: number;
}

/** What a decoder made so far, and where it could not go on. */
export interface ZstdStep {
  readonly output: Uint8Array;
  readonly problem?: Broken | undefined;
}

/** A decoder of Zstandard that is fed whole blocks. */
export interface ZstdDecoder {
  /** Unpacks blocks; what comes out may lag behind. */
  run(blocks: ZstdBlocks): Promise<ZstdStep>;
  /** What is left, once no more blocks follow. */
  finish(): ZstdStep;
  close(): void;
}

type Create = (options: object) => Parameters<typeof openSteps>[0];

/** The decoder that Node brings since 22.15, else one in WebAssembly; undefined where its memory is used up. */
export async function openZstdDecoder(): Promise<ZstdDecoder | undefined> {
  const create = (zlib as { readonly createZstdDecompress?: Create }).createZstdDecompress;
  return create ? openNative(create) : openWebAssembly();
}

const nothing = new Uint8Array(0);

function openNative(create: Create): ZstdDecoder {
  const steps = openSteps(create(stepOptions));
  return {
    async run({ bytes, offset }) {
      const { output, error } = await steps.run(bytes);
      return { output, problem: error === undefined ? undefined : broken(offset, error) };
    },
    finish: () => ({ output: nothing }),
    close: steps.close,
  };
}

/** Memory that decoders of broken files hold for good, in bytes. */
let abandonedBytes = 0;
const maxAbandonedBytes = 512 * 1024 * 1024;

/**
 * The decoder of zstddec asks for its next input when it has used up the last, so blocks are handed
 * over only once those before were taken, and their output comes one step late. It does not tell
 * errors: it gives empty output again and again, and can then be left but not closed.
 */
async function openWebAssembly(): Promise<ZstdDecoder | undefined> {
  if (abandonedBytes > maxAbandonedBytes) return undefined;
  const { ZSTDDecoder } = await import('zstddec/stream');
  const decoder = new ZSTDDecoder();
  await decoder.init();
  let waiting: ZstdBlocks | undefined;
  let taken: ZstdBlocks | undefined;
  let problem: Broken | undefined;
  function* feed(): Generator<Uint8Array> {
    for (; waiting !== undefined; ) {
      taken = waiting;
      waiting = undefined;
      yield taken.bytes;
    }
  }
  const outputs = decoder.decodeStreaming(feed());

  /** Pulls output until the waiting blocks are taken, or until the end where there are none. */
  const pull = (untilEnd: boolean): ZstdStep => {
    const parts: Uint8Array[] = [];
    let isStuck = false;
    while (problem === undefined && (untilEnd || waiting !== undefined)) {
      const before = taken;
      const part = nextOf(outputs);
      if (part === undefined) break;
      if (part.length > 0) parts.push(part);
      const isEmpty = part.length === 0 && taken === before;
      if (isEmpty && isStuck) {
        problem = broken(taken?.offset ?? 0, 'ZSTD_error');
        abandonedBytes += (taken?.windowBytes ?? 0) + 1024 * 1024;
      }
      isStuck = isEmpty;
    }
    return { output: parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts), problem };
  };

  return {
    async run(blocks) {
      waiting = { ...blocks, bytes: Buffer.from(blocks.bytes) };
      return pull(false);
    },
    finish: () => pull(true),
    close: () => {
      pull(true);
    },
  };
}

/** The next output; undefined at the end, which is an error to the decoder if it is within a frame. */
function nextOf(outputs: Iterator<Uint8Array>): Uint8Array | undefined {
  try {
    const { done, value } = outputs.next();
    return done ? undefined : value;
  } catch {
    return undefined;
  }
}
